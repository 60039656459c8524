//! An answer held against its block: does it fit, is it blank, what does it say in plain words.
//!
//! What a lesson *asks* (`min=`, `max=`, `required`) never makes an answer unfit: the page asks for it, and a
//! lesson that changes its mind later must not cost a word that was written.

use crate::{Block, Choice, Id, Kind, Value};

/// The longest text that is kept, in characters. Nobody types this much; a fault might.
pub const MAX_ANSWER: usize = 200_000;
/// The most lines, parts or picks in one answer.
pub const MAX_LINES: usize = 1_000;

/// Why an answer cannot be one to this block.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Misfit {
    /// The block keeps no answers.
    #[error("nothing is kept for this block")]
    KeepsNothing,
    /// It is an answer to another kind of block.
    #[error("this is an answer to another kind of block")]
    OtherKind,
    /// It picks or fills something the block does not have.
    #[error("the block has no `{0}`")]
    Unknown(Id),
    /// It picks something twice, or several where one can be picked.
    #[error("more is picked than can be")]
    TooMany,
    /// It writes own words where none can be written.
    #[error("there is no place for own words here")]
    NoOther,
    /// It lies off the scale, or off the calendar.
    #[error("a number is out of its range")]
    OutOfRange,
    /// It is larger than anything a person writes.
    #[error("the answer is too long to keep")]
    TooLong,
}

/// Whether an answer is one that this block can have.
pub fn fits(block: &Block, value: &Value) -> Result<(), Misfit> {
    if block.privacy.is_none() {
        return Err(Misfit::KeepsNothing);
    }
    match (&block.kind, value) {
        (Kind::Short { .. } | Kind::Long { .. }, Value::Text { text }) => short_enough(text),
        (Kind::Choice { options }, Value::Picks { picks, other }) => {
            if picks.len() > 1 {
                Err(Misfit::TooMany)
            } else {
                picks_fit(options, picks, other.as_deref())
            }
        }
        (Kind::Choices { options, .. } | Kind::Checklist { items: options }, Value::Picks { picks, other }) => {
            picks_fit(options, picks, other.as_deref())
        }
        (Kind::Scale { from, to, .. }, Value::Mark { at }) => match at {
            Some(at) if at < from || at > to => Err(Misfit::OutOfRange),
            _ => Ok(()),
        },
        (Kind::List { .. }, Value::Lines { lines }) if lines.len() > MAX_LINES => Err(Misfit::TooLong),
        (Kind::List { .. }, Value::Lines { lines }) => lines.iter().try_for_each(|line| short_enough(line)),
        (Kind::Cycle { stages, .. }, Value::Stages { stages: written }) => written.iter().try_for_each(|(id, text)| {
            if stages.iter().any(|stage| stage.id == *id) {
                short_enough(text)
            } else {
                Err(Misfit::Unknown(id.clone()))
            }
        }),
        (
            Kind::Plan { .. },
            Value::Plan {
                title,
                author,
                parts,
                every,
                ..
            },
        ) => {
            if !(1..=60).contains(every) {
                return Err(Misfit::OutOfRange);
            }
            if parts.len() > MAX_LINES {
                return Err(Misfit::TooLong);
            }
            let texts = [title, author].into_iter().chain(parts.iter().map(|part| &part.title));
            texts.into_iter().try_for_each(|text| short_enough(text))
        }
        _ => Err(Misfit::OtherKind),
    }
}

fn short_enough(text: &str) -> Result<(), Misfit> {
    if text.chars().count() > MAX_ANSWER {
        Err(Misfit::TooLong)
    } else {
        Ok(())
    }
}

fn picks_fit(options: &[Choice], picks: &[Id], other: Option<&str>) -> Result<(), Misfit> {
    for (at, pick) in picks.iter().enumerate() {
        if !options.iter().any(|option| option.id == *pick) {
            return Err(Misfit::Unknown(pick.clone()));
        }
        if picks[..at].contains(pick) {
            return Err(Misfit::TooMany);
        }
    }
    // Own words stay when their option is unpicked again: they were written.
    match other {
        Some(_) if !options.iter().any(|option| option.other) => Err(Misfit::NoOther),
        Some(text) => short_enough(text),
        None => Ok(()),
    }
}

impl Value {
    /// Nothing has been said: blank is not an answer, and not zero.
    pub fn is_blank(&self) -> bool {
        let blank = |text: &String| text.trim().is_empty();
        match self {
            Value::Text { text } => blank(text),
            Value::Picks { picks, other } => picks.is_empty() && other.as_ref().is_none_or(blank),
            Value::Mark { at } => at.is_none(),
            Value::Lines { lines } => lines.iter().all(blank),
            Value::Stages { stages } => stages.values().all(blank),
            Value::Plan {
                title,
                author,
                parts,
                start,
                ..
            } => blank(title) && blank(author) && start.is_none() && parts.is_empty(),
        }
    }

    /// One part of an answer: what was written under a stage.
    pub fn part(&self, id: &Id) -> Option<&str> {
        match self {
            Value::Stages { stages } => stages.get(id).map(String::as_str),
            _ => None,
        }
    }

    /// The answer in plain words, a line each, in the order of the lesson.
    pub fn as_lines(&self, block: &Block) -> Vec<String> {
        if self.is_blank() {
            return Vec::new();
        }
        match (self, &block.kind) {
            (Value::Text { text }, _) => text.lines().map(str::to_owned).collect(),
            (
                Value::Picks { picks, other },
                Kind::Choice { options } | Kind::Choices { options, .. } | Kind::Checklist { items: options },
            ) => pick_lines(options, picks, other.as_deref()),
            (Value::Picks { picks, .. }, _) => picks.iter().map(Id::to_string).collect(),
            (Value::Mark { at: Some(at) }, Kind::Scale { to, ends, .. }) => {
                let words = ends
                    .iter()
                    .find(|end| end.at == *at)
                    .map(|end| format!(": {}", end.text));
                vec![format!("{at} ({to} is the highest){}", words.unwrap_or_default())]
            }
            (Value::Mark { at }, _) => at.iter().map(i32::to_string).collect(),
            (Value::Lines { lines }, _) => lines.iter().filter(|line| !line.trim().is_empty()).cloned().collect(),
            (Value::Stages { stages: written }, Kind::Cycle { stages, .. }) => stages
                .iter()
                .filter_map(|stage| {
                    let words = written.get(&stage.id).filter(|text| !text.trim().is_empty())?;
                    Some(format!("{}: {words}", stage.text.trim_end_matches(':')))
                })
                .collect(),
            (Value::Stages { stages }, _) => stages.values().cloned().collect(),
            (
                Value::Plan {
                    title,
                    author,
                    parts,
                    start,
                    every,
                },
                _,
            ) => {
                let mut lines = vec![if author.is_empty() {
                    title.clone()
                } else {
                    format!("{title}, {author}")
                }];
                lines.extend(start.map(|day| format!("From {day}, a part every {every} days")));
                lines.extend(parts.iter().map(part_line));
                lines.retain(|line| !line.is_empty());
                lines
            }
        }
    }

    /// The same text for the same answer, always: what a seal is made over.
    pub fn canonical(&self) -> String {
        // An answer is strings, numbers and lists of them: there is nothing in it that JSON cannot say.
        let value = serde_json::to_value(self).unwrap_or(serde_json::Value::Null);
        let mut text = String::new();
        write_sorted(&value, &mut text);
        text
    }
}

fn pick_lines(options: &[Choice], picks: &[Id], other: Option<&str>) -> Vec<String> {
    let own = other.map(str::trim).filter(|own| !own.is_empty());
    let mut lines: Vec<String> = options
        .iter()
        .filter(|option| picks.contains(&option.id))
        .map(|option| match own {
            Some(own) if option.other => format!("{}: {own}", option.text.trim_end_matches(':')),
            _ => option.text.clone(),
        })
        .collect();
    let said = options.iter().any(|option| option.other && picks.contains(&option.id));
    lines.extend(own.filter(|_| !said).map(str::to_owned));
    lines
}

fn part_line(part: &crate::PlanPart) -> String {
    match (part.from, part.to) {
        (Some(from), Some(to)) => format!("{}, pages {from} to {to}", part.title),
        (Some(page), None) | (None, Some(page)) => format!("{}, page {page}", part.title),
        (None, None) => part.title.clone(),
    }
}

/// JSON with its keys in order. Done by hand: whether `serde_json` sorts depends on what else is compiled in.
fn write_sorted(value: &serde_json::Value, text: &mut String) {
    use serde_json::Value as Json;
    match value {
        Json::Object(map) => {
            let mut entries: Vec<_> = map.iter().collect();
            entries.sort_by_key(|(key, _)| key.as_str());
            text.push('{');
            for (at, (key, value)) in entries.into_iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                text.push_str(&Json::String(key.clone()).to_string());
                text.push(':');
                write_sorted(value, text);
            }
            text.push('}');
        }
        Json::Array(list) => {
            text.push('[');
            for (at, value) in list.iter().enumerate() {
                if at > 0 {
                    text.push(',');
                }
                write_sorted(value, text);
            }
            text.push(']');
        }
        other => text.push_str(&other.to_string()),
    }
}
