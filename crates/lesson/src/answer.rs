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
            if (1..chosen.len()).any(|at| chosen[..at].contains(&chosen[at])) {
                return Err(Misfit::TooMany);
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
        // A tag may be one that the lesson has dropped since: what was noted under it stays.
        (Kind::Log { .. }, Value::Entries { entries }) => entries.iter().try_for_each(|entry| {
            if entry.tags.len() > MAX_LINES || has_twice(&entry.tags) {
                return Err(Misfit::TooMany);
            }
            short_enough(&entry.note)
        }),
        (Kind::Practice { options, .. }, Value::Practice { pick, other, .. }) => {
            picks_fit(options, pick.as_slice(), other.as_deref())
        }
        // More rounds than the lesson asks for now may have been talked through.
        (Kind::Talk { .. }, Value::Talk { rounds, .. }) if *rounds as usize > MAX_LINES => Err(Misfit::OutOfRange),
        (Kind::Talk { .. }, Value::Talk { next, .. }) => short_enough(next),
        // Which items there are, the instrument knows and the block does not: `take_fits` asks it.
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
    // Nobody's card takes the name of one of the lesson's.
    if let Some(stranger) = own
        .keys()
        .find(|id| !is_own_card(id) || cards.iter().any(|card| card.id == **id))
    {
        return Err(Misfit::Unknown(stranger.clone()));
    }
    if has_twice(chosen) {
        return Err(Misfit::TooMany);
    }
    if let Some(stranger) = chosen.iter().find(|id| placed.iter().all(|card| card.card != **id)) {
        return Err(Misfit::Unknown(stranger.clone()));
    }
    own.values().try_for_each(|text| short_enough(text))
}

/// The name of a card that a person added: `own-1`, `own-2` …
pub(crate) fn is_own_card(id: &Id) -> bool {
    id.as_str()
        .strip_prefix("own-")
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

fn has_twice(ids: &[Id]) -> bool {
    (1..ids.len()).any(|at| ids[..at].contains(&ids[at]))
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
}
