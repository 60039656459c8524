//! What a kept answer is worth to the lesson as it is now: an answer to its field, or earlier wording.
//!
//! The rule is `lesson::now`; here it meets what the vault keeps. An answer that is earlier wording is never taken for
//! one: not on the page, not in a seal, a condition, a recall or a chart. It stays where it is, and its owner meets it
//! beside the empty field.

use std::collections::BTreeMap;

use lesson::{Block, Id, Lesson, Now, Privacy, Value};
use vault::Kept;

use crate::ipc::dto::Earlier;

/// The privacy a field has in a run: on one's own, everything is only mine.
pub(crate) fn privacy_in(block: &Block, with_the_other: bool) -> Option<Privacy> {
    let privacy = block.privacy?;
    Some(if with_the_other { privacy } else { Privacy::Private })
}

/// A kept answer as one to its field; none if it is earlier wording, or not an answer of this file's: the file of both
/// holds joint answers and nothing else does.
pub(crate) fn answer<'l>(
    lesson: &'l Lesson,
    with_the_other: bool,
    joint: bool,
    kept: &vault::Answer,
) -> Option<(&'l Block, Value, Privacy)> {
    let written_under = privacy_of(&kept.privacy)?;
    let now = now(lesson, with_the_other, kept)?;
    let right_file = joint == (privacy_in(now.block, with_the_other)? == Privacy::Joint);
    (right_file && now.earlier.is_none()).then_some((now.block, now.value, written_under))
}

fn now<'l>(lesson: &'l Lesson, with_the_other: bool, kept: &vault::Answer) -> Option<Now<'l>> {
    let (field, value) = (Id::new(&kept.field).ok()?, read(kept)?);
    let kept = lesson::Kept {
        field: &field,
        rev: kept.rev,
        privacy: privacy_of(&kept.privacy)?,
        value: &value,
    };
    lesson::now(lesson, &kept, !with_the_other)
}

/// The value that is kept, if this version can read it.
pub(crate) fn read(kept: &vault::Answer) -> Option<Value> {
    serde_json::from_str(&kept.value).ok()
}

/// The answers to a lesson's fields, with the privacy each was written under and what is kept beside it.
pub(crate) type ByField<'k> = BTreeMap<Id, (Value, Privacy, &'k Kept)>;

/// Splits the kept answers of a run into those that answer a field and those that are earlier wording. An answer under
/// a field's former name is the field's, unless it has one under the name it has now.
pub(crate) fn sorted<'k>(
    lesson: &Lesson,
    with_the_other: bool,
    joint: bool,
    kept: &'k [Kept],
) -> (ByField<'k>, Vec<&'k Kept>) {
    let mut taken = ByField::new();
    let mut rest = Vec::new();
    let is_former = |block: &Block, kept: &Kept| kept.answer.field != block.id.as_str();
    // First those under the names that the fields have now.
    let (mut former, mut now) = (Vec::new(), Vec::new());
    for one in kept.iter().filter(|one| Id::new(&one.answer.field).is_ok()) {
        match Id::new(&one.answer.field)
            .ok()
            .and_then(|field| field_now(lesson, &field))
        {
            Some(block) if is_former(block, one) => former.push(one),
            _ => now.push(one),
        }
    }
    for one in now.into_iter().chain(former) {
        match answer(lesson, with_the_other, joint, &one.answer) {
            // What stands under a former name and was taken over since is an earlier version, not other wording.
            Some((block, ..)) if is_former(block, one) && taken.contains_key(&block.id) => {}
            Some((block, value, written_under)) => {
                taken.insert(block.id.clone(), (value, written_under, one));
            }
            None => rest.push(one),
        }
    }
    rest.sort_by_key(|one| one.save);
    (taken, rest)
}

/// An answer that stays as it was written, for its owner. `may_write` says whether this turn may write a field.
pub(crate) fn earlier(
    lesson: &Lesson,
    with_the_other: bool,
    kept: &Kept,
    may_write: impl Fn(&Block) -> bool,
) -> Option<Earlier> {
    let field = Id::new(&kept.answer.field).ok()?;
    let value = read(&kept.answer)?;
    if value.is_blank() {
        return None;
    }
    let now = now(lesson, with_the_other, &kept.answer);
    let carries = now.as_ref().filter(|now| may_write(now.block)).and_then(Now::carries);
    Some(Earlier {
        lines: lines(asked_then(lesson, &kept.answer), &value),
        fits: now.filter(|_| carries.is_some()).map(|now| now.block.id.clone()),
        value: carries.unwrap_or(value),
        field,
        prompt: kept.answer.prompt.clone(),
        at: kept.at.local(),
    })
}

/// The field that has this name now, or had it.
pub(crate) fn field_now<'l>(lesson: &'l Lesson, name: &Id) -> Option<&'l Block> {
    let was = || lesson.fields().find(|block| block.was.contains(name));
    lesson.fields().find(|block| block.id == *name).or_else(was)
}

/// The field an answer was to, if it still means the same: its words then say what was meant.
pub(crate) fn asked_then<'l>(lesson: &'l Lesson, kept: &vault::Answer) -> Option<&'l Block> {
    let field = Id::new(&kept.field).ok()?;
    field_now(lesson, &field).filter(|block| block.rev == kept.rev)
}

/// An answer in plain words. Without a field that asked for it, it is said by the names it was kept under.
pub(crate) fn lines(block: Option<&Block>, value: &Value) -> Vec<String> {
    match block {
        Some(block) => value.as_lines(block),
        None => in_its_own_words(value),
    }
}

fn in_its_own_words(value: &Value) -> Vec<String> {
    let lines = |items: Vec<String>| items.into_iter().filter(|line| !line.trim().is_empty()).collect();
    match value {
        Value::Text { text } | Value::Agreement { text, .. } => text.lines().map(str::to_owned).collect(),
        Value::Picks { picks, other } => lines(picks.iter().map(Id::to_string).chain(other.clone()).collect()),
        Value::Mark { at } => at.iter().map(ToString::to_string).collect(),
        Value::Lines { lines: written, .. } => lines(written.clone()),
        Value::Marks { marks } => marks.iter().map(|(row, mark)| format!("{row}: {mark}")).collect(),
        Value::Sorted { cards, own, .. } => {
            let words = |card: &Id| own.get(card).cloned().unwrap_or_else(|| card.to_string());
            let placed = cards.iter().map(|card| match &card.pile {
                Some(pile) => format!("{pile}: {}", words(&card.card)),
                None => words(&card.card),
            });
            let lying = own.iter().filter(|(id, _)| cards.iter().all(|card| card.card != **id));
            lines(placed.chain(lying.map(|(_, text)| text.clone())).collect())
        }
        Value::Gaps { gaps: parts } | Value::Stages { stages: parts } => parts
            .iter()
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(id, text)| format!("{id}: {text}"))
            .collect(),
        Value::Entries { entries } => entries
            .iter()
            .map(|entry| {
                let tags = entry.tags.iter().map(Id::to_string);
                let words = tags.chain((!entry.note.is_empty()).then(|| entry.note.clone()));
                format!("{}: {}", entry.on, words.collect::<Vec<_>>().join("; "))
            })
            .collect(),
        Value::Practice { pick, other, start } => {
            let words = pick.iter().map(Id::to_string).chain(other.clone());
            lines(words.chain(start.map(|day| day.to_string())).collect())
        }
        Value::Talk { next, .. } => next.lines().map(str::to_owned).collect(),
        Value::Takes { takes } => takes
            .iter()
            .map(|take| {
                let marks = take.marks.iter().map(|(item, mark)| format!("{item} {mark}"));
                format!("{}: {}", take.on, marks.collect::<Vec<_>>().join(", "))
            })
            .collect(),
        Value::Plan {
            title, author, parts, ..
        } => {
            let parts = parts.iter().map(|part| part.title.clone());
            lines([title.clone(), author.clone()].into_iter().chain(parts).collect())
        }
    }
}

/// A privacy as it is kept beside an answer.
pub(crate) fn word_of(privacy: Privacy) -> &'static str {
    match privacy {
        Privacy::Private => "private",
        Privacy::Reveal => "reveal",
        Privacy::Joint => "joint",
    }
}

fn privacy_of(word: &str) -> Option<Privacy> {
    [Privacy::Private, Privacy::Reveal, Privacy::Joint]
        .into_iter()
        .find(|privacy| word_of(*privacy) == word)
}
