//! Answers of every run to one field, as this turn may read them: what a `recall` and a `chart` look back on.
//!
//! Only answers to the field as it is asked now: earlier wording is never recalled, counted or drawn.

use std::collections::BTreeMap;

use course::Course;
use lesson::{Block, Id, Lesson, Value};
use vault::{Kept, Ledger, PersonId, RunId, Shared, Space, reveal};

use crate::{ipc::dto::Refusal, kept, reader::Reader, sitting::Spaces};

/// An answer of some run.
pub(crate) struct Past {
    /// What it says.
    pub(crate) value: Value,
    /// What is kept beside it.
    pub(crate) kept: Kept,
}

/// The lesson that a run went through: as it was pinned, or as it is now; none if it has gone. `of` names its course and
/// the lesson.
pub(crate) fn lesson_of(
    course: &Course,
    run: &RunId,
    of: (&str, &str),
    shared: Option<&Shared>,
) -> Result<Option<Lesson>, Refusal> {
    let pinned = shared.map(|shared| shared.pinned(run)).transpose()?.flatten();
    if let Some(lesson) = pinned.and_then(|pinned| lesson::parse(&pinned.text).lesson) {
        return Ok(Some(lesson));
    }
    let here = of.0 == course.manifest.id.as_str();
    let id = Id::new(of.1).ok().filter(|_| here);
    Ok(id.and_then(|id| course.lesson(&id).cloned()))
}

/// One person's own answers to a field, newest first.
pub(crate) fn own(space: &Space, pack: &str, lesson: &Lesson, block: &Block) -> Result<Vec<Past>, Refusal> {
    let mut past = Vec::new();
    for kept in kept_of(space, pack, lesson, block)? {
        // A run that is in a person's own file is one on their own, where everything is only theirs.
        let with_the_other = space.run(&kept.answer.run)?.is_none();
        past.extend(past_of(lesson, with_the_other, false, kept));
    }
    Ok(past)
}

/// The joint answers to a field, newest first.
pub(crate) fn joint(shared: &Shared, pack: &str, lesson: &Lesson, block: &Block) -> Result<Vec<Past>, Refusal> {
    let kept = kept_of(shared, pack, lesson, block)?;
    Ok(kept
        .into_iter()
        .filter_map(|kept| past_of(lesson, true, true, kept))
        .collect())
}

/// Every kept answer to a field under the names it has and had, one for each run, newest first.
fn kept_of(ledger: &dyn Ledger, pack: &str, lesson: &Lesson, block: &Block) -> Result<Vec<Kept>, Refusal> {
    let mut by_run: BTreeMap<RunId, Kept> = BTreeMap::new();
    for name in std::iter::once(&block.id).chain(&block.was) {
        for kept in ledger.newest(pack, lesson.meta.id.as_str(), name.as_str())? {
            by_run.entry(kept.answer.run.clone()).or_insert(kept);
        }
    }
    let mut kept: Vec<Kept> = by_run.into_values().collect();
    kept.sort_by_key(|kept| std::cmp::Reverse(kept.save));
    Ok(kept)
}

impl Reader<'_> {
    /// My own answers to a field, newest first; none while both look.
    pub(crate) fn own_past(&self, lesson: &Lesson, block: &Block) -> Result<Vec<Past>, Refusal> {
        match self.sitting.own() {
            Some((_, space)) => own(space, &self.run.pack, lesson, block),
            None => Ok(Vec::new()),
        }
    }

    /// The joint answers to a field, newest first.
    pub(crate) fn joint_past(&self, lesson: &Lesson, block: &Block) -> Result<Vec<Past>, Refusal> {
        match self.sitting.shared() {
            Some(shared) => joint(shared, &self.run.pack, lesson, block),
            None => Ok(Vec::new()),
        }
    }

    /// What both opened of a field, by whose it is, in the newest run in which they did. A layer that is still closed
    /// is not in it, nor an answer that its writer kept.
    pub(crate) fn opened_past(&self, lesson: &Lesson, block: &Block) -> Result<BTreeMap<PersonId, Value>, Refusal> {
        let Some(shared) = self.sitting.shared() else {
            return Ok(BTreeMap::new());
        };
        let spaces = match &self.sitting.spaces {
            Spaces::Alone { space, .. } => vec![space],
            Spaces::Two { a, b, .. } => vec![a, b],
        };
        let is_it = |field: &str| field == block.id.as_str() || block.was.iter().any(|name| name.as_str() == field);
        for run in shared.runs()?.into_iter().rev() {
            if run.pack != self.run.pack || run.lesson != lesson.meta.id.as_str() {
                continue;
            }
            // A run whose seals do not fit says so when it is read; it must not close this one.
            let Ok(opened) = reveal::opened(shared, &run.id, &spaces) else {
                continue;
            };
            let mut layers: BTreeMap<PersonId, Vec<Value>> = BTreeMap::new();
            for one in opened
                .into_iter()
                .filter(|one| is_it(&one.field) && one.rev == block.rev)
            {
                let value = one
                    .text
                    .as_deref()
                    .and_then(|text| serde_json::from_str::<Value>(text).ok());
                layers.entry(one.author).or_default().extend(value);
            }
            let words: BTreeMap<PersonId, Value> = layers
                .into_iter()
                .filter_map(|(author, layers)| Some((author, as_now(lesson, block, &Value::join(layers)?)?)))
                .filter(|(_, value)| !value.is_blank())
                .collect();
            if !words.is_empty() {
                return Ok(words);
            }
        }
        Ok(BTreeMap::new())
    }
}

fn past_of(lesson: &Lesson, with_the_other: bool, joint: bool, kept: Kept) -> Option<Past> {
    let (_, value, _) = kept::answer(lesson, with_the_other, joint, &kept.answer)?;
    Some(Past { value, kept })
}

/// What was opened, with the names its parts have now.
fn as_now(lesson: &Lesson, block: &Block, opened: &Value) -> Option<Value> {
    let kept = lesson::Kept {
        field: &block.id,
        rev: block.rev,
        // Both have read it: asking narrower or wider now changes nothing about that.
        privacy: block.privacy?,
        value: opened,
    };
    let now = lesson::now(lesson, &kept, false)?;
    now.earlier.is_none().then_some(now.value)
}
