//! Front matter as it is mostly written: a key and its value in each line, and lists of short texts.
//!
//! Only what can be read in one way alone is read here. Whatever YAML could make more of (a sign, an escape, a number that is
//! not whole, a line that goes on in the next) is left, with the whole front matter, to `serde-saphyr`, which alone decides
//! what is refused. A test holds the two against each other.

use std::borrow::Cow;

use crate::yaml::{At, Entries, Yaml};

/// More values than this are left to `serde-saphyr` and its budget.
const MAX_VALUES: usize = 500;
const MAX_KEY: usize = 40;

/// Its keys and values with their places in the file, where `base` is that of the text; `None` if it is not that plain.
pub(crate) fn read(text: &str, base: usize) -> Option<Entries<'_>> {
    let mut entries: Entries<'_> = Vec::with_capacity(16);
    let mut last = Last::Whole;
    let (mut at, mut values) = (base, 0);
    for line in text.split('\n') {
        let inner = line.trim_start_matches(' ');
        let margin = line.len() - inner.len();
        let place = at + margin;
        at += line.len() + 1;
        values += 1 + memchr::memchr_iter(b',', inner.as_bytes()).count();
        if values > MAX_VALUES {
            return None;
        }
        // After the last line end there is nothing.
        if inner.is_empty() && margin == 0 && at > base + text.len() {
            break;
        }
        if let Some(item) = inner.strip_prefix("- ") {
            match last {
                Last::Begun if margin > 0 => last = Last::Items(margin),
                Last::Items(others) if others == margin => {}
                _ => return None,
            }
            let (_, list) = entries.last_mut()?;
            let Yaml::Row(row) = &mut list.value else { return None };
            if row.is_empty() {
                list.span = place..place;
            }
            row.push(scalar(item, place + 2, false)?);
            continue;
        }
        if margin > 0 || last == Last::Begun {
            return None;
        }
        let (key, rest) = inner.split_once(':')?;
        let is_name = key.len() <= MAX_KEY && key.bytes().all(|byte| byte.is_ascii_lowercase());
        if !is_name || !is_word(key) {
            return None;
        }
        let after = place + key.len() + 1;
        let value = if rest.is_empty() {
            last = Last::Begun;
            At {
                value: Yaml::Row(Vec::new()),
                span: 0..0,
            }
        } else {
            last = Last::Whole;
            value(rest.strip_prefix(' ')?, after + 1)?
        };
        let key = At {
            value: Cow::Borrowed(key),
            span: place..place + key.len(),
        };
        entries.push((key, value));
    }
    // A key with nothing behind it and no items below it is no empty list.
    (!entries.is_empty() && last != Last::Begun).then_some(entries)
}

/// What may stand below the last key.
#[derive(PartialEq)]
enum Last {
    /// Nothing: its value is whole.
    Whole,
    /// The items of its list.
    Begun,
    /// More of them, standing in as far as the first.
    Items(usize),
}

fn value(text: &str, at: usize) -> Option<At<Yaml<'_>>> {
    let trimmed = text.trim_matches(' ');
    let start = at + (text.len() - text.trim_start_matches(' ').len());
    let Some(inner) = trimmed.strip_prefix('[') else {
        return scalar(text, at, false);
    };
    let inner = inner.strip_suffix(']')?;
    let mut row = Vec::new();
    let mut rest = inner;
    while !rest.trim_matches(' ').is_empty() || !row.is_empty() {
        let lead = rest.len() - rest.trim_start_matches(' ').len();
        let length = match rest[lead..].strip_prefix('"') {
            Some(quoted) => lead + 2 + quoted.find('"')?,
            None => rest.find(',').unwrap_or(rest.len()),
        };
        let item = start + 1 + (inner.len() - rest.len());
        row.push(scalar(&rest[..length], item, true)?);
        rest = rest[length..].trim_start_matches(' ');
        if rest.is_empty() {
            break;
        }
        rest = rest.strip_prefix(',')?;
    }
    Some(At {
        value: Yaml::Row(row),
        span: start..start + 1,
    })
}

/// A text or a whole number, with spaces around it.
fn scalar(text: &str, at: usize, in_list: bool) -> Option<At<Yaml<'_>>> {
    let start = at + (text.len() - text.trim_start_matches(' ').len());
    let text = text.trim_matches(' ');
    let span = start..start + text.len();
    let value = match text.strip_prefix('"') {
        Some(quoted) => {
            let inner = quoted
                .strip_suffix('"')
                .filter(|inner| inner.chars().all(is_plain_in_quotes))?;
            Yaml::Text(Cow::Borrowed(inner))
        }
        None if is_number(text) => Yaml::Whole(text.parse().ok()?),
        None if is_word(text) && text.chars().all(|c| is_plain(c, in_list)) => Yaml::Text(Cow::Borrowed(text)),
        None => return None,
    };
    Some(At { value, span })
}

fn is_plain_in_quotes(c: char) -> bool {
    !c.is_control() && !matches!(c, '"' | '\\' | '\u{2028}' | '\u{2029}' | '\u{feff}')
}

fn is_plain(c: char, in_list: bool) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '.' | '/' | '(' | ')') || (c == ',' && !in_list)
}

fn is_number(text: &str) -> bool {
    (1..=9).contains(&text.len()) && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Text that nobody takes for anything else: it begins with a letter and is no word that stands for a value.
fn is_word(text: &str) -> bool {
    const VALUES: &[&str] = &[
        "true", "false", "null", "yes", "no", "y", "n", "on", "off", "nan", "inf", "infinity",
    ];
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && !VALUES.iter().any(|value| value.eq_ignore_ascii_case(text))
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::yaml::Yaml;
    use proptest::prelude::*;

    const PIECES: &[&str] = &[
        "title: words\n",
        "minutes: 12\n",
        "sources:\n  - words\n",
        "  - \"one\"\n",
        "a: [one, ",
        "\"two\" ]\n",
        "b: []\n",
        "title: ",
        "sources:",
        "bands: ",
        "a: ",
        "1: ",
        "<<: ",
        "? ",
        "\n",
        "\n",
        "\n",
        "\n  - ",
        "\n  ",
        "- ",
        " ",
        ": ",
        ", ",
        "[",
        "]",
        "{",
        "}",
        "words",
        "more words",
        "Über",
        "1",
        "12",
        "0",
        "01",
        "0x1F",
        "0o7",
        "1_000",
        "1.5",
        "-3",
        "+3",
        "1e3",
        ".inf",
        "inf",
        "Nan",
        "~",
        "null",
        "Null",
        "true",
        "TRUE",
        "yes",
        "No",
        "n",
        "on",
        "2024-01-01",
        "\"\"",
        "\"one \\\" two\"",
        "'it''s'",
        "\"1\"",
        "# aside",
        "|\n  block",
        ">\n  fold",
        "&a ",
        "*a",
        "!tag ",
        "!!str ",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "\t",
        "\u{feff}",
        "\r\n",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]
        /// A shortcut, and no reader of its own.
        #[test]
        fn what_is_read_is_what_serde_saphyr_reads(
            pieces in prop::collection::vec(prop::sample::select(PIECES), 1..16)
        ) {
            let text = pieces.concat();
            if let Some(said) = read(&text, 0).map(Yaml::Map) {
                let decided = crate::yaml::read(&text);
                prop_assert!(decided.as_ref().is_ok_and(|whole| *whole == said), "{said:?} is {decided:?}");
            }
        }
    }

    #[test]
    fn front_matter_is_mostly_as_plain_as_that() {
        let text = "id: our-loop\nminutes: 45\ntitle: \"Our: loop\" \nrequires: [one, \"a, b\" ,two]\nretired: []\nsources:\n  - \"Ours\"\n  - By us, too\nlang: en\n";
        let plain = read(text, 0).map(Yaml::Map);
        assert!(plain.is_some());
        assert_eq!(plain, crate::yaml::read(text).ok());
        for left in [
            "minutes: 0x1F\n",
            "title: It's: ours\n",
            "sources:\n",
            "part: true\n",
            "title: a\n  b\n",
            "a: &b c\n",
        ] {
            assert_eq!(read(left, 0), None, "{left}");
        }
    }
}
