//! An answer held against its block: does it fit, is it blank, what does it say in plain words.
//!
//! What a lesson *asks* (`min=`, `max=`, `required`) never makes an answer unfit: the page asks for it, and a
//! lesson that changes its mind later must not cost a word that was written.

use std::collections::BTreeMap;

use crate::{Block, Choice, Id, Kind, Placed, Value};

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
        (Kind::List { .. }, Value::Lines { lines, .. }) if lines.len() > MAX_LINES => Err(Misfit::TooLong),
        (Kind::List { .. }, Value::Lines { lines, chosen }) => {
            if chosen.iter().any(|at| *at as usize >= lines.len()) {
                return Err(Misfit::OutOfRange);
            }
            lines.iter().try_for_each(|line| short_enough(line))
        }
        (Kind::Rating { from, to, rows, .. }, Value::Marks { marks }) => marks.iter().try_for_each(|(id, mark)| {
            if rows.iter().all(|row| row.id != *id) {
                Err(Misfit::Unknown(id.clone()))
            } else if mark < from || mark > to {
                Err(Misfit::OutOfRange)
            } else {
                Ok(())
            }
        }),
        (
            Kind::Sort {
                piles,
                cards,
                own: may_add,
                ..
            },
            Value::Sorted {
                cards: placed,
                own,
                chosen,
            },
        ) => sorted_fits(piles, cards, *may_add, placed, own, chosen),
        (Kind::Frame { gaps }, Value::Gaps { gaps: written }) => written.iter().try_for_each(|(id, text)| {
            if gaps.iter().any(|gap| gap.id == *id) {
                short_enough(text)
            } else {
                Err(Misfit::Unknown(id.clone()))
            }
        }),
        (Kind::Agreement { .. }, Value::Agreement { text, accepted, .. }) => {
            if accepted.len() > 2 || (accepted.len() == 2 && accepted[0] == accepted[1]) {
                return Err(Misfit::TooMany);
            }
            short_enough(text)
        }
        (Kind::Log { .. }, Value::Entries { entries }) if entries.len() > MAX_LINES => Err(Misfit::TooLong),
        (Kind::Log { tags, .. }, Value::Entries { entries }) => entries.iter().try_for_each(|entry| {
            picks_fit(tags, &entry.tags, None)?;
            short_enough(&entry.note)
        }),
        (Kind::Practice { options, .. }, Value::Practice { pick, other, .. }) => {
            picks_fit(options, pick.as_slice(), other.as_deref())
        }
        (Kind::Talk { rounds: most, .. }, Value::Talk { rounds, next }) => {
            if rounds > most {
                return Err(Misfit::OutOfRange);
            }
            short_enough(next)
        }
        // Which items there are, the instrument knows and the block does not: `takes_fit` asks it.
        (Kind::Instrument { .. }, Value::Takes { takes }) if takes.len() > MAX_LINES => Err(Misfit::TooLong),
        (Kind::Instrument { .. }, Value::Takes { .. }) => Ok(()),
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

fn sorted_fits(
    piles: &[Choice],
    cards: &[Choice],
    may_add: bool,
    placed: &[Placed],
    own: &BTreeMap<Id, String>,
    chosen: &[Id],
) -> Result<(), Misfit> {
    if !may_add && !own.is_empty() {
        return Err(Misfit::NoOther);
    }
    if own.len() > MAX_LINES {
        return Err(Misfit::TooLong);
    }
    let known = |id: &Id| cards.iter().any(|card| card.id == *id) || own.contains_key(id);
    for (at, card) in placed.iter().enumerate() {
        if !known(&card.card) {
            return Err(Misfit::Unknown(card.card.clone()));
        }
        if placed[..at].iter().any(|other| other.card == card.card) {
            return Err(Misfit::TooMany);
        }
        match &card.pile {
            Some(pile) if piles.iter().all(|known| known.id != *pile) => return Err(Misfit::Unknown(pile.clone())),
            None if !piles.is_empty() => return Err(Misfit::OutOfRange),
            _ => {}
        }
    }
    if let Some(stranger) = chosen.iter().find(|id| placed.iter().all(|card| card.card != **id)) {
        return Err(Misfit::Unknown(stranger.clone()));
    }
    own.values().try_for_each(|text| short_enough(text))
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
            Value::Lines { lines, .. } => lines.iter().all(blank),
            Value::Stages { stages } => stages.values().all(blank),
            Value::Marks { marks } => marks.is_empty(),
            Value::Sorted { cards, own, .. } => cards.is_empty() && own.values().all(blank),
            Value::Gaps { gaps } => gaps.values().all(blank),
            Value::Agreement { text, .. } => blank(text),
            Value::Entries { entries } => entries.is_empty(),
            Value::Practice { pick, other, .. } => pick.is_none() && other.as_ref().is_none_or(blank),
            Value::Talk { rounds, next } => *rounds == 0 && blank(next),
            Value::Takes { takes } => takes.is_empty(),
            Value::Plan {
                title,
                author,
                parts,
                start,
                ..
            } => blank(title) && blank(author) && start.is_none() && parts.is_empty(),
        }
    }

    /// One part of an answer: what was written under a stage or in a gap.
    pub fn part(&self, id: &Id) -> Option<&str> {
        match self {
            Value::Stages { stages: parts } | Value::Gaps { gaps: parts } => parts.get(id).map(String::as_str),
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
            (Value::Lines { lines, .. }, _) => lines.iter().filter(|line| !line.trim().is_empty()).cloned().collect(),
            (Value::Stages { stages: written }, Kind::Cycle { stages, .. }) => stages
                .iter()
                .filter_map(|stage| {
                    let words = written.get(&stage.id).filter(|text| !text.trim().is_empty())?;
                    Some(format!("{}: {words}", stage.text.trim_end_matches(':')))
                })
                .collect(),
            (Value::Stages { stages }, _) => stages.values().cloned().collect(),
            (Value::Marks { marks }, Kind::Rating { to, rows, .. }) => rows
                .iter()
                .filter_map(|row| Some(format!("{}: {} ({to} is the highest)", row.text, marks.get(&row.id)?)))
                .collect(),
            (Value::Marks { marks }, _) => marks.iter().map(|(id, mark)| format!("{id}: {mark}")).collect(),
            (Value::Sorted { cards: placed, own, .. }, Kind::Sort { piles, cards, .. }) => {
                sorted_lines(piles, cards, placed, own)
            }
            (Value::Sorted { cards, .. }, _) => cards.iter().map(|card| card.card.to_string()).collect(),
            (Value::Gaps { gaps: written }, Kind::Frame { gaps }) => vec![sentence(gaps, written)],
            (Value::Gaps { gaps }, _) => gaps.values().cloned().collect(),
            (Value::Agreement { text, since, ended, .. }, _) => {
                let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
                lines.extend(since.map(|day| format!("Agreed on {day}")));
                lines.extend(ended.map(|day| format!("Ended on {day}")));
                lines
            }
            (Value::Entries { entries }, kind) => entries.iter().map(|entry| entry_line(entry, kind)).collect(),
            (Value::Practice { pick, other, start }, Kind::Practice { options, .. }) => {
                let mut lines = pick_lines(options, pick.as_slice(), other.as_deref());
                lines.extend(start.map(|day| format!("From {day}")));
                lines
            }
            (Value::Practice { pick, .. }, _) => pick.iter().map(Id::to_string).collect(),
            (Value::Talk { rounds, next }, _) => {
                let mut lines = vec![format!("Talked through {rounds} rounds")];
                lines.extend(next.lines().map(str::to_owned));
                lines
            }
            (Value::Takes { takes }, _) => takes
                .iter()
                .map(|take| {
                    let marks = take.marks.iter().map(|(item, mark)| format!("{item} {mark}"));
                    format!("{}: {}", take.on, marks.collect::<Vec<_>>().join(", "))
                })
                .collect(),
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

/// Pile by pile, in the lesson's order; the cards of a pile in the person's.
fn sorted_lines(piles: &[Choice], cards: &[Choice], placed: &[Placed], own: &BTreeMap<Id, String>) -> Vec<String> {
    let words = |id: &Id| {
        let card = cards.iter().find(|card| card.id == *id);
        card.map(|card| card.text.clone()).or_else(|| own.get(id).cloned())
    };
    if piles.is_empty() {
        let named = placed.iter().filter_map(|card| words(&card.card));
        return named
            .enumerate()
            .map(|(at, text)| format!("{}. {text}", at + 1))
            .collect();
    }
    piles
        .iter()
        .filter_map(|pile| {
            let here = placed.iter().filter(|card| card.pile.as_ref() == Some(&pile.id));
            let here: Vec<String> = here.filter_map(|card| words(&card.card)).collect();
            (!here.is_empty()).then(|| format!("{}: {}", pile.text.trim_end_matches(':'), here.join("; ")))
        })
        .collect()
}

/// The whole sentence, with what was written in its gaps and dots in those left blank.
fn sentence(gaps: &[crate::Gap], written: &BTreeMap<Id, String>) -> String {
    let said = |gap: &crate::Gap| {
        let words = written
            .get(&gap.id)
            .map(|words| words.trim())
            .filter(|words| !words.is_empty());
        gap.text.replacen("___", words.unwrap_or("…"), 1)
    };
    gaps.iter().map(said).collect::<Vec<_>>().join(" ")
}

fn entry_line(entry: &crate::Entry, kind: &Kind) -> String {
    let tags = match kind {
        Kind::Log { tags, .. } => pick_lines(tags, &entry.tags, None),
        _ => entry.tags.iter().map(Id::to_string).collect(),
    };
    let words = tags
        .into_iter()
        .chain((!entry.note.is_empty()).then(|| entry.note.clone()));
    format!("{}: {}", entry.on, words.collect::<Vec<_>>().join("; "))
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
