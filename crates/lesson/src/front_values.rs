//! The values of the front matter, each with its place, and the taking of one key after another.

use std::borrow::Cow;
use std::ops::{Range, RangeInclusive};

use crate::names::did_you_mean;
use crate::yaml::{At, Entries, Yaml};
use crate::{Code, Findings, Id};

/// The texts of a list, each with its place.
type Texts<'t> = Vec<At<Cow<'t, str>>>;

/// The front matter, being read.
pub(crate) struct Fields<'t> {
    entries: Entries<'t>,
    /// Where to say that a key is missing.
    at: Range<usize>,
    /// The front matter as a whole was reported already: no need to list every key it lacks.
    told: bool,
}

impl<'t> Fields<'t> {
    pub(crate) fn new(entries: Entries<'t>, at: Range<usize>, told: bool) -> Self {
        Self { entries, at, told }
    }

    /// The keys that nobody took.
    pub(crate) fn finish(self) -> impl Iterator<Item = (Cow<'t, str>, Range<usize>)> {
        self.entries.into_iter().map(|(key, _)| (key.value, key.span))
    }

    fn take(&mut self, key: &str, needed: bool, found: &mut Findings<'_>) -> Option<At<Yaml<'t>>> {
        match self.entries.iter().position(|(name, _)| name.value == key) {
            Some(at) => Some(self.entries.remove(at).1),
            None => {
                // A key that is spelled a little otherwise is told as such: it is not lacking as well.
                let near = |name: &str| strsim::damerau_levenshtein(&name.to_lowercase(), key) <= 1;
                let misspelt = || self.entries.iter().any(|(name, _)| near(&name.value));
                if needed && !self.told && !misspelt() {
                    found
                        .error(
                            Code::FrontKeyMissing,
                            self.at.clone(),
                            format!("The front matter lacks `{key}`."),
                        )
                        .help(format!("Add a line `{key}:` with its value."));
                }
                None
            }
        }
    }

    pub(crate) fn number(
        &mut self,
        key: &str,
        range: RangeInclusive<u32>,
        needed: bool,
        found: &mut Findings<'_>,
    ) -> Option<(u32, Range<usize>)> {
        let value = self.take(key, needed, found)?;
        if let Yaml::Whole(number) = value.value
            && let Some(number) = u32::try_from(number).ok().filter(|number| range.contains(number))
        {
            return Some((number, value.span));
        }
        let help = if *range.end() == u32::MAX {
            format!("For example `{key}: 1`.")
        } else {
            format!("A number from {} to {}, without quotes.", range.start(), range.end())
        };
        found
            .error(Code::FrontValue, value.span, format!("`{key}` takes a whole number."))
            .help(help);
        None
    }

    /// Where a key stands, if it does.
    pub(crate) fn place(&self, key: &str) -> Option<Range<usize>> {
        let (name, _) = self.entries.iter().find(|(name, _)| name.value == key)?;
        Some(name.span.clone())
    }

    /// Takes a key without reading it.
    pub(crate) fn drop(&mut self, key: &str) {
        self.entries.retain(|(name, _)| name.value != key);
    }

    /// A number that need not be whole.
    pub(crate) fn decimal(&mut self, key: &str, needed: bool, found: &mut Findings<'_>) -> Option<At<f64>> {
        let value = self.take(key, needed, found)?;
        let number = match value.value {
            #[allow(clippy::cast_precision_loss, reason = "points of a questionnaire are small")]
            Yaml::Whole(number) => number as f64,
            Yaml::Number(number) => number,
            _ => f64::NAN,
        };
        if number.abs() <= 1e6 {
            return Some(At {
                value: number,
                span: value.span,
            });
        }
        found
            .error(Code::FrontValue, value.span, format!("`{key}` takes a number."))
            .help(format!("For example `{key}: 4` or `{key}: 13.5`, without quotes."));
        None
    }

    /// Keys and values below a key.
    pub(crate) fn map(
        &mut self,
        key: &str,
        needed: bool,
        example: &str,
        found: &mut Findings<'_>,
    ) -> Option<Fields<'t>> {
        let value = self.take(key, needed, found)?;
        as_map(value, key, example, found)
    }

    /// A row of keys and values below a key.
    pub(crate) fn maps(&mut self, key: &str, example: &str, found: &mut Findings<'_>) -> Vec<Fields<'t>> {
        let Some(value) = self.take(key, false, found) else {
            return Vec::new();
        };
        let Yaml::Row(row) = value.value else {
            found
                .error(Code::FrontValue, value.span, format!("`{key}` takes a list."))
                .help(format!("One line each, beginning with `- `: `- {example}`."));
            return Vec::new();
        };
        row.into_iter()
            .filter_map(|item| as_map(item, key, example, found))
            .collect()
    }

    pub(crate) fn text(&mut self, key: &str, needed: bool, example: &str, found: &mut Findings<'_>) -> Option<String> {
        self.text_at(key, needed, example, found)
            .map(|text| text.value.into_owned())
    }

    fn text_at(
        &mut self,
        key: &str,
        needed: bool,
        example: &str,
        found: &mut Findings<'_>,
    ) -> Option<At<Cow<'t, str>>> {
        let value = self.take(key, needed, found)?;
        as_text(value, key, example, found)
    }

    pub(crate) fn texts(&mut self, key: &str, needed: bool, found: &mut Findings<'_>) -> Vec<String> {
        let texts = self.rows(key, needed, found);
        if let (true, Some((span, texts))) = (needed, &texts)
            && texts.is_empty()
        {
            found
                .error(Code::FrontValue, span.clone(), format!("`{key}` is empty."))
                .help("Say where the lesson's claims come from, or that they are your own.");
        }
        texts
            .map(|(_, texts)| texts.into_iter().map(|text| text.value.into_owned()).collect())
            .unwrap_or_default()
    }

    fn rows(&mut self, key: &str, needed: bool, found: &mut Findings<'_>) -> Option<(Range<usize>, Texts<'t>)> {
        let value = self.take(key, needed, found)?;
        let Yaml::Row(row) = value.value else {
            found
                .error(Code::FrontValue, value.span, format!("`{key}` takes a list."))
                .help(format!(
                    "For example `{key}: [\"one\", \"two\"]`, or one line each, beginning with `- `."
                ));
            return None;
        };
        let texts = row
            .into_iter()
            .filter_map(|item| as_text(item, key, "\"one\"", found))
            .collect();
        Some((value.span, texts))
    }

    pub(crate) fn id(&mut self, key: &str, needed: bool, found: &mut Findings<'_>) -> Option<Id> {
        as_id(self.text_at(key, needed, "our-loop", found)?, found)
    }

    pub(crate) fn ids(&mut self, key: &str, found: &mut Findings<'_>) -> Vec<Id> {
        let rows = self.rows(key, false, found);
        rows.map(|(_, rows)| rows.into_iter().filter_map(|text| as_id(text, found)).collect())
            .unwrap_or_default()
    }

    pub(crate) fn word<T: Copy>(
        &mut self,
        key: &str,
        needed: bool,
        words: &[(&str, T)],
        found: &mut Findings<'_>,
    ) -> Option<T> {
        let text = self.text_at(key, needed, words[0].0, found)?;
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text.value) {
            return Some(*value);
        }
        let known: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        let help = did_you_mean(&text.value, words.iter().map(|(word, _)| *word))
            .unwrap_or_else(|| format!("It can be {}.", known.join(", ")));
        found
            .error(
                Code::FrontValue,
                text.span,
                format!("`{key}` cannot be `{}`.", text.value),
            )
            .help(help);
        None
    }

    pub(crate) fn version(&mut self, found: &mut Findings<'_>) -> String {
        let Some(text) = self.text_at("version", true, "\"1.0.0\"", found) else {
            return String::new();
        };
        if !is_semver(&text.value) {
            found
                .error(
                    Code::FrontValue,
                    text.span,
                    format!("`{}` is not a version.", text.value),
                )
                .help("Three numbers with dots, for example `version: \"1.0.0\"`.");
        }
        text.value.into_owned()
    }

    pub(crate) fn lang(&mut self, found: &mut Findings<'_>) -> String {
        let Some(text) = self.text_at("lang", true, "en", found) else {
            return String::new();
        };
        if !is_language(&text.value) {
            found
                .error(
                    Code::FrontValue,
                    text.span,
                    format!("`{}` is not a language tag.", text.value),
                )
                .help("For example `lang: en` or `lang: pt-BR`.");
        }
        text.value.into_owned()
    }

    pub(crate) fn translates(&mut self, found: &mut Findings<'_>) -> Option<String> {
        let text = self.text_at("translates", false, "our-loop@1.0.0", found)?;
        let fits = text
            .value
            .split_once('@')
            .is_some_and(|(id, version)| Id::new(id).is_ok() && is_semver(version));
        if !fits {
            found
                .error(
                    Code::FrontValue,
                    text.span,
                    format!("`{}` does not name a lesson and its version.", text.value),
                )
                .help("For example `translates: our-loop@1.0.0`.");
        }
        fits.then(|| text.value.into_owned())
    }
}

fn as_map<'t>(value: At<Yaml<'t>>, key: &str, example: &str, found: &mut Findings<'_>) -> Option<Fields<'t>> {
    let Yaml::Map(entries) = value.value else {
        found
            .error(
                Code::FrontValue,
                value.span,
                format!("`{key}` takes keys and values of its own."),
            )
            .help(format!("For example `{example}`."));
        return None;
    };
    Some(Fields::new(entries, value.span, false))
}

fn as_text<'t>(value: At<Yaml<'t>>, key: &str, example: &str, found: &mut Findings<'_>) -> Option<At<Cow<'t, str>>> {
    let (message, help) = match value.value {
        Yaml::Text(text) if !text.trim().is_empty() => {
            report_curly(&text, key, &value.span, found);
            return Some(At {
                value: match text {
                    Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
                    Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
                },
                span: value.span,
            });
        }
        Yaml::Text(_) | Yaml::Nothing => (format!("`{key}` is empty."), format!("For example `{key}: {example}`.")),
        Yaml::Bool | Yaml::Whole(_) | Yaml::Number(_) => (
            format!("This value of `{key}` reads as a number or as yes and no. It has to be text."),
            "Put quotes around it.".to_owned(),
        ),
        Yaml::Row(_) | Yaml::Map(_) => (
            format!("`{key}` takes one line of text."),
            format!("For example `{key}: {example}`."),
        ),
    };
    found.error(Code::FrontValue, value.span, message).help(help);
    None
}

/// A word processor's quotation marks mean nothing to YAML, and so become part of the value.
fn report_curly(text: &str, key: &str, span: &Range<usize>, found: &mut Findings<'_>) {
    let text = text.trim();
    let inner = text
        .strip_prefix(['“', '”', '„', '‘', '’', '«', '»'])
        .and_then(|text| text.strip_suffix(['“', '”', '‘', '’', '»', '«']));
    if let Some(inner) = inner.filter(|inner| !inner.contains('"')) {
        found
            .warning(
                Code::FrontValue,
                span.clone(),
                format!("The quotation marks of `{key}` are curly ones, so they are part of what people read."),
            )
            .help("Type straight ones in their place.")
            .fix(span.clone(), format!("\"{inner}\""));
    }
}

fn as_id(text: At<Cow<'_, str>>, found: &mut Findings<'_>) -> Option<Id> {
    match Id::new(&text.value) {
        Ok(id) => Some(id),
        Err(why) => {
            let help = Id::from_words(&text.value).map(|id| format!("For example `{id}`."));
            found
                .error(
                    Code::IdMalformed,
                    text.span,
                    format!("`{}` cannot be an id: {why}.", text.value),
                )
                .help = help;
            None
        }
    }
}

fn is_semver(text: &str) -> bool {
    let core = text.split(['-', '+']).next().unwrap_or_default();
    let numbers: Vec<&str> = core.split('.').collect();
    numbers.len() == 3
        && numbers
            .iter()
            .all(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_lowercase())
        && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}
