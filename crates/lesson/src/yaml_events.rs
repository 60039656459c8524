//! Values from the YAML parser's events alone.
//!
//! The events are needed anyhow, to find anchors, aliases and tags. Where they leave nothing to decide, the values follow from
//! them, and the front matter need not be parsed once more. Anything that YAML could read in more than one way is left to
//! `serde-saphyr`, which alone decides what is refused: a plain word that could be a number or *yes*, a key that is no name.

use std::borrow::Cow;
use std::ops::Range;

use serde_saphyr::granit_parser::{Event, ScalarStyle};

use crate::yaml::{At, Entries, Yaml};

/// More than this is left to `serde-saphyr` and its budget.
const MAX_EVENTS: usize = 1_000;
const MAX_DEPTH: usize = 4;

/// Puts values together.
pub(crate) struct Values<'t> {
    /// What is not closed yet, from the outermost in.
    open: Vec<At<Open<'t>>>,
    whole: Option<Yaml<'t>>,
    events: usize,
    /// There was something that the events do not decide.
    unclear: bool,
}

enum Open<'t> {
    Row(Vec<At<Yaml<'t>>>),
    /// Keys with their values, and a key whose value comes next.
    Map(Entries<'t>, Option<At<Cow<'t, str>>>),
}

impl<'t> Values<'t> {
    pub(crate) fn new() -> Self {
        Self {
            open: Vec::new(),
            whole: None,
            events: 0,
            unclear: false,
        }
    }

    /// What all the events together say; `None` if it is for `serde-saphyr` to decide.
    pub(crate) fn finish(self) -> Option<Yaml<'t>> {
        self.whole.filter(|_| !self.unclear && self.open.is_empty())
    }

    /// Something stands there that cannot be read.
    pub(crate) fn give_up(&mut self) {
        self.unclear = true;
    }

    /// Takes an event with its place in the file.
    pub(crate) fn take(&mut self, event: Event<'t>, span: Range<usize>) {
        self.events += 1;
        self.unclear |= self.events > MAX_EVENTS || self.open.len() > MAX_DEPTH;
        if self.unclear {
            return;
        }
        match event {
            Event::Scalar(text, style, 0, None) => self.scalar(text, style, span),
            Event::SequenceStart(_, 0, None) => self.begin(Open::Row(Vec::new()), span),
            Event::MappingStart(_, 0, None) => self.begin(Open::Map(Vec::new(), None), span),
            Event::SequenceEnd | Event::MappingEnd => self.end(),
            Event::StreamStart | Event::StreamEnd | Event::DocumentStart(false, None) | Event::DocumentEnd => {}
            _ => self.unclear = true,
        }
    }

    fn begin(&mut self, value: Open<'t>, span: Range<usize>) {
        // A row or a map cannot be a key.
        let is_key = matches!(
            self.open.last(),
            Some(At {
                value: Open::Map(_, None),
                ..
            })
        );
        self.unclear |= is_key;
        self.open.push(At { value, span });
    }

    fn end(&mut self) {
        match self.open.pop() {
            Some(At {
                value: Open::Row(row),
                span,
            }) => self.add(At {
                value: Yaml::Row(row),
                span,
            }),
            Some(At {
                value: Open::Map(entries, None),
                span,
            }) => self.add(At {
                value: Yaml::Map(entries),
                span,
            }),
            _ => self.unclear = true,
        }
    }

    fn scalar(&mut self, text: Cow<'t, str>, style: ScalarStyle, span: Range<usize>) {
        if let Some(At {
            value: Open::Map(_, key @ None),
            ..
        }) = self.open.last_mut()
        {
            self.unclear |= !is_name(&text);
            *key = Some(At { value: text, span });
            return;
        }
        match value(text, style) {
            Some(value) => self.add(At { value, span }),
            None => self.unclear = true,
        }
    }

    fn add(&mut self, value: At<Yaml<'t>>) {
        match self.open.last_mut().map(|open| &mut open.value) {
            Some(Open::Row(row)) => row.push(value),
            Some(Open::Map(entries, key)) => match key.take() {
                Some(key) => entries.push((key, value)),
                None => self.unclear = true,
            },
            None => {
                self.unclear |= self.whole.is_some();
                self.whole = Some(value.value);
            }
        }
    }
}

/// What a scalar is, where that is certain.
fn value(text: Cow<'_, str>, style: ScalarStyle) -> Option<Yaml<'_>> {
    let digits = text.len() <= 9 && !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    match style {
        ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Some(Yaml::Text(text)),
        ScalarStyle::Plain if digits => text.parse().ok().map(Yaml::Whole),
        ScalarStyle::Plain if is_word(&text) => Some(Yaml::Text(text)),
        _ => None,
    }
}

/// Text that nobody takes for anything else: it begins with a letter and is no word that stands for a value.
fn is_word(text: &str) -> bool {
    const VALUES: &[&str] = &[
        "true", "false", "null", "yes", "no", "y", "n", "on", "off", "nan", "inf", "infinity",
    ];
    text.starts_with(|c: char| c.is_ascii_alphabetic()) && !VALUES.iter().any(|value| value.eq_ignore_ascii_case(text))
}

fn is_name(text: &str) -> bool {
    is_word(text) && text.bytes().all(|byte| byte.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_saphyr::granit_parser::Parser;

    use super::{Values, Yaml};

    fn from_events(text: &str) -> Option<Yaml<'_>> {
        let mut values = Values::new();
        for event in Parser::new_from_str(text) {
            let (event, span) = event.ok()?;
            values.take(event, span.byte_range()?);
        }
        values.finish()
    }

    const PIECES: &[&str] = &[
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
        fn where_the_events_suffice_they_say_what_serde_saphyr_says(
            pieces in prop::collection::vec(prop::sample::select(PIECES), 1..16)
        ) {
            let text = pieces.concat();
            if let Some(said) = from_events(&text) {
                let read = crate::yaml::read(&text);
                prop_assert!(read.as_ref().is_ok_and(|read| *read == said), "{said:?} is {read:?}");
            }
        }
    }

    #[test]
    fn the_events_suffice_for_front_matter_as_it_is_mostly_written() {
        let text = "id: our-loop\nminutes: 45\ntitle: \"Our: loop\"\nrequires: [one, two]\nsources:\n  - \"Ours\"\n  - 'It''s ours'\n";
        assert_eq!(from_events(text), crate::yaml::read(text).ok());
        assert!(from_events(text).is_some());
        assert_eq!(from_events("minutes: 0x1F"), None);
    }
}
