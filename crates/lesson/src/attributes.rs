//! What a tail may say in its place: each reader takes what it knows, and what is left over is reported.

use std::ops::Range;
use std::str::FromStr;

use crate::names::{self, did_you_mean};
use crate::tail::{Entry, Tail};
use crate::{Code, Findings, Id, Privacy};

/// A key's value, with its place, to be settled once the whole lesson is known.
#[derive(Clone, Debug)]
pub(crate) struct Pointer {
    pub(crate) text: String,
    pub(crate) span: Range<usize>,
}

/// The tail of one heading, block or item, being read.
pub(crate) struct Attributes {
    tail: Tail,
    /// What it stands on, for messages: "a step", "`scale`".
    on: String,
    /// What may stand there.
    known: Vec<&'static str>,
}

impl Attributes {
    pub(crate) fn new(tail: Tail, on: impl Into<String>, known: &[&'static str]) -> Self {
        Self {
            tail,
            on: on.into(),
            known: known.to_vec(),
        }
    }

    pub(crate) fn id(&self) -> Option<(Id, Range<usize>)> {
        self.tail.id.clone()
    }

    /// An id was written, right or wrong.
    pub(crate) fn id_tried(&self) -> bool {
        self.tail.id_tried
    }

    pub(crate) fn tail_span(&self) -> Option<Range<usize>> {
        self.tail.span.clone()
    }

    fn take(&mut self, key: &str) -> Option<Entry> {
        if !self.known.contains(&key) {
            return None;
        }
        let at = self.tail.entries.iter().position(|entry| entry.key == key)?;
        Some(self.tail.entries.remove(at))
    }

    /// A flag: there or not.
    pub(crate) fn flag(&mut self, key: &str, found: &mut Findings<'_>) -> bool {
        let Some(entry) = self.take(key) else { return false };
        if entry.value.is_some() {
            found
                .error(
                    Code::KeyValue,
                    entry.span.clone(),
                    format!("`{key}` takes no value: it is there or it is not."),
                )
                .help(format!("Write just `{key}`."))
                .fix(entry.span, key);
        }
        true
    }

    /// A key with a value that is settled later.
    pub(crate) fn pointer(&mut self, key: &str, example: &str, found: &mut Findings<'_>) -> Option<Pointer> {
        let entry = self.take(key)?;
        match entry.value {
            Some(text) => Some(Pointer { text, span: entry.span }),
            None => {
                found
                    .error(Code::KeyValue, entry.span, format!("`{key}` needs a value."))
                    .help(format!("For example `{example}`."));
                None
            }
        }
    }

    /// A key whose value is read by a function; what it refuses is reported with an example.
    pub(crate) fn read<T>(
        &mut self,
        key: &str,
        example: &str,
        found: &mut Findings<'_>,
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let pointer = self.pointer(key, example, found)?;
        let value = read(&pointer.text);
        if value.is_none() {
            found
                .error(
                    Code::KeyValue,
                    pointer.span,
                    format!("`{}` is not a value that `{key}` takes.", pointer.text),
                )
                .help(format!("For example `{example}`."));
        }
        value
    }

    /// A whole number between two others.
    pub(crate) fn number(&mut self, key: &str, from: u32, to: u32, found: &mut Findings<'_>) -> Option<u32> {
        let example = format!("{key}={} (from {from} to {to})", from.max(3).min(to));
        self.read(key, &example, found, |text| {
            u32::from_str(text).ok().filter(|number| (from..=to).contains(number))
        })
    }

    /// Who may read the answer.
    pub(crate) fn privacy(&mut self, share: Privacy, found: &mut Findings<'_>) -> Privacy {
        let words = [
            ("private", Privacy::Private),
            ("reveal", Privacy::Reveal),
            ("joint", Privacy::Joint),
        ];
        let mut said: Option<(&str, Privacy)> = None;
        for (word, privacy) in words {
            let Some(span) = self
                .tail
                .entries
                .iter()
                .find(|entry| entry.key == word)
                .map(|e| e.span.clone())
            else {
                continue;
            };
            if !self.flag(word, found) {
                continue;
            }
            match said {
                Some((first, _)) => {
                    found
                        .error(
                            Code::KeyTwice,
                            span,
                            format!("An answer is either `{first}` or `{word}`, not both."),
                        )
                        .help("Keep one of `private`, `reveal` and `joint`.");
                }
                None => said = Some((word, privacy)),
            }
        }
        said.map_or(share, |(_, privacy)| privacy)
    }

    /// Reports whatever nobody took.
    pub(crate) fn finish(mut self, found: &mut Findings<'_>) {
        for entry in std::mem::take(&mut self.tail.entries) {
            let key = entry.key.as_str();
            if names::LATER_KEYS.contains(&key) {
                found
                    .error(
                        Code::NotBuiltYet,
                        entry.span,
                        format!("This version of Pairwise cannot do `{key}` yet."),
                    )
                    .help("Take it out for now. The lesson can have it again in a later version.");
            } else if names::KEYS.contains(&key) {
                let help = self.takes();
                found
                    .error(
                        Code::KeyMisplaced,
                        entry.span,
                        format!("`{key}` does not belong on {}.", self.on),
                    )
                    .help(help);
            } else {
                let help = did_you_mean(key, self.known.iter().copied()).unwrap_or_else(|| self.takes());
                let nearest = names::nearest(key, self.known.iter().copied());
                let message = if key.starts_with('.') || entry.value.is_some() || key.contains('#') {
                    format!("`{key}` is not a key that lessons know.")
                } else {
                    format!("`{key}` is not a flag that lessons know. An id is written `#{key}`.")
                };
                let start = entry.span.start;
                let diagnostic = found.error(Code::KeyUnknown, entry.span, message);
                diagnostic.help(help);
                if let Some(name) = nearest {
                    diagnostic.fix(start..start + key.len(), name);
                }
            }
        }
    }

    fn takes(&self) -> String {
        if self.known.is_empty() {
            return format!("On {} only an id can stand: `{{#id}}`.", self.on);
        }
        let known: Vec<String> = self.known.iter().map(|key| format!("`{key}`")).collect();
        format!("On {} can stand: {}.", self.on, known.join(", "))
    }
}
