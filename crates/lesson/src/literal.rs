//! A person's own words as Markdown that says exactly what they typed, whatever it looks like.
//!
//! As little as possible is marked, for the text is also read in editors that show every mark: only what would be taken
//! for more than letters by CommonMark, by GitHub's tables and strike-through, or by editors of notes with sums,
//! comments and names of paragraphs.

/// The lines of a text, each as Markdown. Whatever ends a line in Markdown ends one here.
pub fn literal(text: &str) -> Vec<String> {
    text.replace("\r\n", "\n").split(['\n', '\r']).map(line).collect()
}

fn line(text: &str) -> String {
    let text = text.trim_end();
    let words = text.trim_start_matches([' ', '\t']);
    let mut out = String::with_capacity(text.len() + 8);
    // Blanks before the first letter would be dropped, and four of them would make code of the line.
    for blank in text[..text.len() - words.len()].chars() {
        out.push_str(if blank == '\t' {
            "\u{a0}\u{a0}\u{a0}\u{a0}"
        } else {
            "\u{a0}"
        });
    }
    let opens = opener(words);
    let mut before = None;
    for (at, sign) in words.char_indices() {
        let rest = &words[at + sign.len_utf8()..];
        let after = rest.chars().next();
        let twice = before == Some(sign) || after == Some(sign);
        let marks = match sign {
            '\\' | '`' | '*' | '[' | '~' | '^' | '$' => true,
            '<' => after.is_some_and(|after| after.is_ascii_alphabetic() || "/!?".contains(after)),
            '_' => !(before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)),
            '&' => is_entity(rest),
            '%' | '=' => twice,
            _ => false,
        };
        if marks || opens == Some(at) {
            out.push('\\');
        }
        out.push(sign);
        before = Some(sign);
    }
    out
}

/// Where the sign stands that would make a line more than a line of text, if it has one.
fn opener(words: &str) -> Option<usize> {
    let first = words.chars().next()?;
    let ends = |at: usize| {
        words[at..]
            .chars()
            .next()
            .is_none_or(|next| next == ' ' || next == '\t')
    };
    let only = |signs: &str| words.chars().all(|sign| signs.contains(sign));
    // Below a line of text this is a table.
    if only("|-: \t") {
        return words.find(['-', ':']);
    }
    match first {
        '#' => ends(words.len() - words.trim_start_matches('#').len()).then_some(0),
        '>' | ':' => Some(0),
        '-' | '+' => ends(1).then_some(0),
        '=' => only("= \t").then_some(0),
        '0'..='9' => {
            let at = words.find(|sign: char| !sign.is_ascii_digit())?;
            (words[at..].starts_with(['.', ')']) && ends(at + 1)).then_some(at)
        }
        _ => None,
    }
}

/// Whether an `&` with this after it stands for another sign.
fn is_entity(rest: &str) -> bool {
    let name = rest
        .split_once(';')
        .map(|(name, _)| name.strip_prefix('#').unwrap_or(name));
    name.is_some_and(|name| !name.is_empty() && name.chars().all(|sign| sign.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    use super::*;

    /// What a reader shows of lines in a quotation, if it shows plain lines and nothing else.
    fn shown(lines: &[String]) -> Result<String, String> {
        let text: String = lines
            .iter()
            .map(|line| {
                if line.is_empty() {
                    ">\n".to_owned()
                } else {
                    format!("> {line}  \n")
                }
            })
            .collect();
        let mut read = String::new();
        // Quotation marks and dashes are set as a book would: that changes no word.
        for event in Parser::new_ext(&text, Options::all() - Options::ENABLE_SMART_PUNCTUATION) {
            match event {
                Event::Text(words) => read.push_str(&words),
                Event::HardBreak | Event::SoftBreak => read.push('\n'),
                Event::End(TagEnd::Paragraph) => read.push_str("\n\n"),
                Event::Start(Tag::Paragraph | Tag::BlockQuote(None)) | Event::End(TagEnd::BlockQuote(None)) => {}
                other => return Err(format!("{other:?} in {text:?}")),
            }
        }
        Ok(read)
    }

    /// As it was typed, but for blanks: those at a line's end, and how many lines part two paragraphs.
    fn typed(text: &str) -> String {
        let lines = text.split(['\n', '\r']).map(|line| {
            let line = line.trim_end();
            let words = line.trim_start_matches([' ', '\t']);
            let before = line[..line.len() - words.len()].replace('\t', "    ");
            "\u{a0}".repeat(before.len()) + words
        });
        let joined = lines.collect::<Vec<_>>().join("\n");
        let parts = joined.split("\n\n").map(|part| part.trim_matches('\n'));
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
    }

    fn read(text: &str) -> String {
        shown(&literal(text))
            .unwrap_or_else(|odd| odd)
            .trim_end_matches('\n')
            .to_owned()
    }

    #[test]
    fn what_was_typed_is_what_is_read() {
        for text in [
            "# not a heading",
            "###### six",
            "#",
            "text\n---",
            "text\n===",
            "text\n=",
            "***",
            "___",
            "- a\n- b",
            "+ a",
            "* a",
            "1. one",
            "12) twelve",
            "> said",
            "```\nswallowed?",
            "~~~\nswallowed?",
            "<b>bold</b>",
            "<!-- gone -->",
            "<script>",
            "a <3 b",
            "    four blanks",
            "\ttab",
            "  two",
            "*so* **very** _much_ __more__ snake_case",
            "`code`",
            "[a](b) ![c](d) [e]: f [^1] [[g]]",
            "a | b\n--- | ---",
            "a\n|---|",
            "a\n:--",
            "&amp; &lt; &#35; AT&T; R&D",
            "back\\slash\\",
            "\\# x",
            "$1 and $2",
            "%%gone%%",
            "==lit==",
            ": said",
            "a ^b1",
            "~~no~~",
            "line\r# alone",
            "https://a.b/c_d_e?f=g&h=i",
            "[ ] not done",
            "[!note] no",
            "1986. A year",
            "a\n\n\nb",
            "🦊 – “so”",
        ] {
            assert_eq!(read(text), typed(text), "{text:?}");
        }
    }

    #[test]
    fn plain_words_stay_as_they_are() {
        for text in [
            "She said: it’s 5 < 6, isn’t it?",
            "#tag and snake_case - so",
            "a = b & c; 100%",
            "3.5 km (or so)",
        ] {
            assert_eq!(literal(text), [text]);
        }
    }

    proptest! {
        #[test]
        fn whatever_is_typed_nothing_of_it_is_a_mark(text in r"[ \t\n#>*_`~<b/!\-+=.)(0-9a\[\]\\|:&;$%^é]{0,40}") {
            prop_assert_eq!(read(&text), typed(&text));
        }
    }
}
