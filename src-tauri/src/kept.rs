//! What a kept answer is worth to the lesson as it is now: an answer to its field, or earlier wording.
//!
//! A lesson changes while answers stay. One that was written under a narrower privacy, for another rev of the field,
//! or that no longer fits it, is never taken for an answer: not on the page, not in a seal, a condition, a recall or a
//! chart. It stays where it is, and its owner meets it as *earlier wording*.

use std::{borrow::Cow, collections::BTreeMap};

use lesson::{Block, Choice, Id, Kind, Lesson, Privacy, Value};
use vault::Kept;

use crate::ipc::dto::Earlier;

/// The privacy a field has in a run: on one's own, everything is only mine. An agreement and a talk are between two.
pub(crate) fn privacy_in(block: &Block, with_the_other: bool) -> Option<Privacy> {
    let privacy = block.privacy?;
    Some(match block.kind {
        _ if !with_the_other => Privacy::Private,
        Kind::Agreement { .. } | Kind::Talk { .. } => Privacy::Joint,
        _ => privacy,
    })
}

/// The value of a kept answer, if it is one to this field as it is asked now, under this privacy.
pub(crate) fn as_answer(block: &Block, asked: Privacy, kept: &vault::Answer) -> Option<(Value, Privacy)> {
    let written_under = privacy_of(&kept.privacy)?;
    let right_file = (asked == Privacy::Joint) == (written_under == Privacy::Joint);
    if kept.rev != block.rev || !right_file || width(asked) > width(written_under) {
        return None;
    }
    let value = renamed(block, read(kept)?);
    lesson::fits(block, &value).is_ok().then_some((value, written_under))
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
    privacy: impl Fn(&Block) -> Option<Privacy>,
    kept: &'k [Kept],
) -> (ByField<'k>, Vec<&'k Kept>) {
    let mut by_name: BTreeMap<&str, &Kept> = kept.iter().map(|one| (one.answer.field.as_str(), one)).collect();
    let mut taken = BTreeMap::new();
    for block in lesson.blocks() {
        let Some(asked) = privacy(block) else { continue };
        let names = std::iter::once(&block.id).chain(&block.was);
        let Some(found) = names.into_iter().find_map(|name| by_name.get(name.as_str()).copied()) else {
            continue;
        };
        if let Some((value, written_under)) = as_answer(block, asked, &found.answer) {
            taken.insert(block.id.clone(), (value, written_under, found));
            by_name.remove(found.answer.field.as_str());
            // What stands under a former name was taken over before: it is an earlier version, not other wording.
            if found.answer.field == block.id.as_str() {
                by_name.retain(|name, _| block.was.iter().all(|was| was.as_str() != *name));
            }
        }
    }
    let mut rest: Vec<&Kept> = by_name
        .into_values()
        .filter(|one| Id::new(&one.answer.field).is_ok())
        .collect();
    rest.sort_by_key(|one| one.save);
    (taken, rest)
}

/// An answer that stays as it was written, for its owner. `may_write` says whether this turn may write a field.
pub(crate) fn earlier(lesson: &Lesson, kept: &Kept, may_write: impl Fn(&Block) -> bool) -> Option<Earlier> {
    let field = Id::new(&kept.answer.field).ok()?;
    let value = read(&kept.answer)?;
    if value.is_blank() {
        return None;
    }
    let block = field_now(lesson, &field);
    let lines = lines(block.filter(|block| block.rev == kept.answer.rev), &value);
    let (value, fits) = match block.filter(|block| may_write(block)) {
        Some(block) => {
            let value = renamed(block, value);
            let fits = lesson::fits(block, &value).is_ok().then(|| block.id.clone());
            (value, fits)
        }
        None => (value, None),
    };
    Some(Earlier {
        field,
        value,
        lines,
        prompt: kept.answer.prompt.clone(),
        at: kept.at.local(),
        fits,
    })
}

/// The field that has this name now, or had it.
pub(crate) fn field_now<'l>(lesson: &'l Lesson, name: &Id) -> Option<&'l Block> {
    lesson
        .block(name)
        .or_else(|| lesson.blocks().find(|block| block.was.contains(name)))
}

/// An answer in plain words. What the field has no words for any more is said by the name it was kept under: nothing
/// that was picked may go missing because its option has. Without a field, all of it is: so is what was answered when
/// the field meant something else.
pub(crate) fn lines(block: Option<&Block>, value: &Value) -> Vec<String> {
    let block = block.map(|block| (block, renamed(block, value.clone())));
    match &block {
        Some((block, value)) if lesson::fits(block, value).is_ok() => value.as_lines(block),
        // An answer that does not fit is worded as if no lesson were there, and so names everything it holds.
        _ => in_its_own_words(value),
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

/// An answer with the names that its options, rows, gaps and cards have now.
pub(crate) fn renamed(block: &Block, value: Value) -> Value {
    match (&block.kind, value) {
        (
            Kind::Choice { options } | Kind::Choices { options, .. } | Kind::Checklist { items: options },
            Value::Picks { picks, other },
        ) => Value::Picks {
            picks: picks.into_iter().map(|pick| now(options, pick)).collect(),
            other,
        },
        (Kind::Practice { options, .. }, Value::Practice { pick, other, start }) => Value::Practice {
            pick: pick.map(|pick| now(options, pick)),
            other,
            start,
        },
        (Kind::Log { tags, .. }, Value::Entries { mut entries }) => {
            for entry in &mut entries {
                entry.tags = std::mem::take(&mut entry.tags)
                    .into_iter()
                    .map(|tag| now(tags, tag))
                    .collect();
            }
            Value::Entries { entries }
        }
        (Kind::Rating { rows, .. }, Value::Marks { marks }) => Value::Marks {
            marks: keyed(marks, &names(rows.iter().map(|row| (&row.id, &row.was)))),
        },
        (Kind::Frame { gaps }, Value::Gaps { gaps: written }) => Value::Gaps {
            gaps: keyed(written, &names(gaps.iter().map(|gap| (&gap.id, &gap.was)))),
        },
        (
            Kind::Sort { piles, cards, .. },
            Value::Sorted {
                cards: mut placed,
                own,
                chosen,
            },
        ) => {
            for card in &mut placed {
                card.card = now(cards, card.card.clone());
                card.pile = card.pile.take().map(|pile| now(piles, pile));
            }
            Value::Sorted {
                cards: placed,
                own,
                chosen: chosen.into_iter().map(|card| now(cards, card)).collect(),
            }
        }
        (_, value) => value,
    }
}

fn now(options: &[Choice], name: Id) -> Id {
    if options.iter().any(|option| option.id == name) {
        return name;
    }
    let heir = options.iter().find(|option| option.was.contains(&name));
    heir.map_or(name, |option| option.id.clone())
}

fn names<'b>(items: impl Iterator<Item = (&'b Id, &'b Vec<Id>)>) -> Vec<(&'b Id, &'b Vec<Id>)> {
    items.collect()
}

fn keyed<T>(map: BTreeMap<Id, T>, names: &[(&Id, &Vec<Id>)]) -> BTreeMap<Id, T> {
    map.into_iter()
        .map(|(key, value)| {
            let is_here = names.iter().any(|(id, _)| **id == key);
            let heir = names.iter().find(|(_, was)| !is_here && was.contains(&key));
            let key = heir
                .map_or(Cow::Borrowed(&key), |(id, _)| Cow::Owned((*id).clone()))
                .into_owned();
            (key, value)
        })
        .collect()
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

/// How many may read it, as an order.
fn width(privacy: Privacy) -> u8 {
    match privacy {
        Privacy::Private => 0,
        Privacy::Reveal => 1,
        Privacy::Joint => 2,
    }
}
