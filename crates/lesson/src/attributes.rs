//! What a tail may say in its place: each reader takes what it knows, and what is left over is reported.

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::ops::Range;
use std::str::FromStr;

use crate::names::{self, Keys, did_you_mean};
use crate::tail::{Entry, Tail};
use crate::{Code, Findings, Id, Privacy};

/// A key's value, with its place, to be settled once the whole lesson is known.
pub(crate) struct Pointer<'s> {
    pub(crate) text: Cow<'s, str>,
    pub(crate) span: Range<usize>,
}

/// The tail of one heading, block or item, being read.
pub(crate) struct Attributes<'s> {
    tail: Tail<'s>,
    on: On<'s>,
    /// What may stand there.
    known: Keys,
}

/// What a tail stands on.
#[derive(Clone, Copy)]
pub(crate) enum On<'s> {
    Step,
    /// A block, by its kind.
    Block(&'s str),
    /// An item in a block of this kind.
    Item(&'s str),
}

impl<'s> On<'s> {
    /// The kind of the block; empty on a step.
    fn kind(self) -> &'s str {
        match self {
            On::Step => "",
            On::Block(kind) | On::Item(kind) => kind,
        }
    }
}

impl Display for On<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            On::Step => f.write_str("a step"),
            On::Block(kind) => f.write_str(&names::a(kind)),
            On::Item(kind) => write!(f, "an item of a `{kind}`"),
        }
    }
}

impl<'s> Attributes<'s> {
    pub(crate) fn new(tail: Tail<'s>, on: On<'s>, known: Keys) -> Self {
        Self { tail, on, known }
    }

    fn knows(&self, key: &str) -> bool {
        self.known.iter().any(|keys| keys.contains(&key))
    }

    fn all_known(&self) -> impl Iterator<Item = &'static str> + Clone {
        self.known.into_iter().flatten().copied()
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

    fn take(&mut self, key: &str) -> Option<Entry<'s>> {
        let at = self.tail.entries.iter().position(|entry| entry.key() == key)?;
        self.knows(key).then(|| self.tail.entries.remove(at))
    }

    /// A flag: there or not.
    pub(crate) fn flag(&mut self, key: &str, found: &mut Findings<'_>) -> bool {
        let Some(entry) = self.take(key) else { return false };
        if entry.has_value() {
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
    pub(crate) fn pointer(
        &mut self,
        key: &str,
        example: impl Display,
        found: &mut Findings<'_>,
    ) -> Option<Pointer<'s>> {
        let entry = self.take(key)?;
        if !entry.has_value() {
            found
                .error(Code::KeyValue, entry.span.clone(), format!("`{key}` needs a value."))
                .help(format!("For example `{example}`."));
        }
        entry.into_pointer()
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
        let pointer = self.pointer(key, format_args!("{key}={}", words[0].0), found)?;
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
        let pointer = self.pointer(key, format_args!("{key}={}", from.max(3).min(to)), found)?;
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
        let entry = self.tail.entries.iter().find(|entry| entry.key() == key)?;
        self.knows(key).then(|| entry.span.clone())
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
                .find(|entry| entry.key() == word)
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
            let key = entry.key();
            if names::KEYS.contains(&key) {
                let help = names::why_not(self.on.kind(), key).map_or_else(|| self.takes(), str::to_owned);
                found
                    .error(
                        Code::KeyMisplaced,
                        entry.span.clone(),
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
                        .fix(entry.span.clone(), meant);
                    continue;
                }
                let help = did_you_mean(key, self.all_known()).unwrap_or_else(|| self.takes());
                let nearest = names::nearest(key, self.all_known());
                let message = if key.starts_with('.') || entry.has_value() || key.contains('#') {
                    format!("`{key}` is not a key that lessons know.")
                } else {
                    format!("`{key}` is not a flag that lessons know. An id is written `#{key}`.")
                };
                let start = entry.span.start;
                let diagnostic = found.error(Code::KeyUnknown, entry.span.clone(), message);
                diagnostic.help(help);
                if let Some(name) = nearest {
                    diagnostic.fix(start..start + key.len(), name);
                }
            }
        }
    }

    fn takes(&self) -> String {
        let known: Vec<String> = self.all_known().map(|key| format!("`{key}`")).collect();
        if known.is_empty() {
            return format!("On {} only an id can stand: `{{#id}}`.", self.on);
        }
        format!("On {} can stand: {}.", self.on, known.join(", "))
    }
}
