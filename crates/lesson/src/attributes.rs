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
    /// The kind of the block it stands on or in; empty on a step.
    kind: String,
    /// What may stand there.
    known: Vec<&'static str>,
}

impl Attributes {
    pub(crate) fn new(tail: Tail, on: impl Into<String>, kind: &str, known: &[&'static str]) -> Self {
        Self {
            tail,
            on: on.into(),
            kind: kind.to_owned(),
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
            let diagnostic = found.error(
                Code::KeyValue,
                pointer.span.clone(),
                format!("`{}` is not a value that `{key}` takes.", pointer.text),
            );
            // A word processor makes a dash of a hyphen.
            let typed = pointer.text.replace(['–', '—', '−'], "-").replace("to", "-");
            if typed != pointer.text && read(&typed).is_some() {
                let meant = format!("{key}={typed}");
                diagnostic
                    .help(format!("Write `{meant}`, with a plain hyphen."))
                    .fix(pointer.span, meant);
            } else {
                diagnostic.help(format!("For example `{example}`."));
            }
        }
        value
    }

    /// A key that takes one of a few words.
    pub(crate) fn word<T: Copy>(&mut self, key: &str, words: &[(&str, T)], found: &mut Findings<'_>) -> Option<T> {
        let known = || words.iter().map(|(word, _)| *word);
        let pointer = self.pointer(key, &format!("{key}={}", words[0].0), found)?;
        let value = words
            .iter()
            .find(|(word, _)| *word == pointer.text)
            .map(|(_, value)| *value);
        if value.is_none() {
            let all: Vec<String> = known().map(|word| format!("`{key}={word}`")).collect();
            let help = did_you_mean(&pointer.text, known()).unwrap_or_else(|| format!("Write {}.", all.join(" or ")));
            found
                .error(
                    Code::KeyValue,
                    pointer.span,
                    format!("`{}` is not a value that `{key}` takes.", pointer.text),
                )
                .help(help);
        }
        value
    }

    /// A whole number between two others.
    pub(crate) fn number(&mut self, key: &str, from: u32, to: u32, found: &mut Findings<'_>) -> Option<u32> {
        let pointer = self.pointer(key, &format!("{key}={}", from.max(3).min(to)), found)?;
        let number = u32::from_str(&pointer.text)
            .ok()
            .filter(|number| (from..=to).contains(number));
        if number.is_none() {
            found
                .error(
                    Code::KeyValue,
                    pointer.span,
                    format!("`{}` is not a value that `{key}` takes.", pointer.text),
                )
                .help(format!(
                    "Write a whole number from {from} to {to}: `{key}={}`.",
                    from.max(3).min(to)
                ));
        }
        number
    }

    /// The ids that something had before it was renamed, with their places.
    pub(crate) fn former_ids(&mut self, found: &mut Findings<'_>) -> Vec<(Id, Range<usize>)> {
        let Some(pointer) = self.pointer("was", "was=old-name", found) else {
            return Vec::new();
        };
        let mut ids = Vec::new();
        for name in pointer.text.split(',') {
            match Id::new(name) {
                Ok(id) => ids.push((id, pointer.span.clone())),
                Err(why) => {
                    found
                        .error(
                            Code::IdMalformed,
                            pointer.span.clone(),
                            format!("`{name}` cannot have been an id: {why}."),
                        )
                        .help("Write the id that it had, for example `was=old-name`, or several with commas between.");
                }
            }
        }
        ids
    }

    /// Whether a flag or key was written and may stand here.
    pub(crate) fn has(&self, key: &str) -> Option<Range<usize>> {
        let entry = self.tail.entries.iter().find(|entry| entry.key == key)?;
        self.known.contains(&key).then(|| entry.span.clone())
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
            if names::KEYS.contains(&key) {
                let help = names::why_not(&self.kind, key).map_or_else(|| self.takes(), str::to_owned);
                found
                    .error(
                        Code::KeyMisplaced,
                        entry.span,
                        format!("`{key}` does not belong on {}.", self.on),
                    )
                    .help(help);
            } else {
                if let Some((name, value)) = key.split_once(':').filter(|(name, _)| names::KEYS.contains(name)) {
                    let meant = format!("{name}={value}");
                    found
                        .error(
                            Code::KeyUnknown,
                            entry.span.clone(),
                            format!("`{key}` is not a key with its value."),
                        )
                        .help(format!("Write `{meant}`."))
                        .fix(entry.span, meant);
                    continue;
                }
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
