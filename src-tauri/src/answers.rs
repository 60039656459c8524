//! Keeping answers.

use lesson::{Block, Id, Kind, Misfit, Privacy, Take, Value};
use vault::Ledger;

use crate::{
    agreement,
    held::{Owner, Writing},
    ipc::dto::{Refusal, Saved, Who},
    map, practice,
    reader::Reader,
    session::Session,
    sitting::Sitting,
};

/// The most bytes of one answer, as it is kept: 2 MiB. Nobody types this much; something pasted, or a fault, might.
pub const MAX_BYTES: usize = 2 * 1024 * 1024;

impl Session {
    /// Keeps an answer, and returns only after it is durable. One that could not be written is held in memory for
    /// its owner, who meets it again, and it is tried again at every turn of events.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` for a field this turn may not write; `Misfit`; `TooLong`; `Sealed`; `Storage`.
    pub fn save_answer(&mut self, token: &str, run: &str, field: &Id, value: &Value) -> Result<Saved, Refusal> {
        self.mend_files(token)?;
        let reader = self.reader(token, run)?;
        let block = reader.lesson.block(field).ok_or(Refusal::NotHere)?;
        let privacy = reader.privacy(block).ok_or(Refusal::NotHere)?;
        let owner = owner(reader.sitting, privacy)?;
        lesson::fits(block, value).map_err(|misfit| match misfit {
            Misfit::TooLong => Refusal::TooLong,
            _ => Refusal::Misfit,
        })?;
        if privacy == Privacy::Joint && reader.decides_a_seal(field)? {
            return Err(Refusal::Sealed);
        }
        let stands = reader
            .own
            .get(field)
            .or_else(|| reader.joint.get(field))
            .map(|(value, ..)| value);
        let value = match block.kind {
            Kind::Agreement { .. } => agreement::worded(stands, value),
            Kind::Practice { .. } => practice::begun(value, reader.today),
            _ => value.clone(),
        };
        if let Value::Takes { takes } = &value {
            reader.takes_fit(block, takes, stands)?;
        }
        let writing = reader.answer(block, &value).ok_or(Refusal::NotHere)?;
        if writing.answer.value.len() > MAX_BYTES {
            return Err(Refusal::TooLong);
        }
        let state_changed = changes_state(&reader, block);
        // Words that somebody accepted are a version of their own, whatever the sitting.
        let replaces_unseen = stands.is_none_or(|stands| agreement::binds(stands) && *stands != value);
        let key = (owner, writing.answer.run.clone(), field.clone());
        match self.keep_and_write(token, &key.0, &writing, replaces_unseen) {
            Ok(save) => {
                self.held.remove(&key);
                Ok(Saved {
                    save: u32::try_from(save).unwrap_or(u32::MAX),
                    state_changed,
                })
            }
            Err(refusal @ Refusal::Storage { .. }) => {
                self.held.insert(key, writing);
                Err(refusal)
            }
            Err(refusal) => Err(refusal),
        }
    }

    /// Writes an answer. If the page was not shown what stands there, because the lesson has changed since, that
    /// becomes an earlier version first: the new words must not take its place unseen.
    fn keep_and_write(
        &mut self,
        token: &str,
        owner: &Owner,
        writing: &Writing,
        replaces_unseen: bool,
    ) -> Result<u64, Refusal> {
        if replaces_unseen {
            let answer = &writing.answer;
            let sitting = self.sitting_mut(token)?;
            match owner {
                Owner::Mine(_) => sitting
                    .own_mut()
                    .ok_or(Refusal::NotHere)?
                    .keep_version(&answer.run, &answer.field)?,
                Owner::Ours => sitting
                    .shared_mut()
                    .ok_or(Refusal::NotHere)?
                    .keep_version(&answer.run, &answer.field)?,
            }
        }
        self.write(owner, writing)
    }
}

/// Whose an answer of this privacy is, if this turn may write it.
fn owner(sitting: &Sitting, privacy: Privacy) -> Result<Owner, Refusal> {
    match (privacy, sitting.own(), sitting.who) {
        (Privacy::Joint, _, Who::Both) => Ok(Owner::Ours),
        (Privacy::Private | Privacy::Reveal, Some((_, space)), _) => Ok(Owner::Mine(space.person().clone())),
        _ => Err(Refusal::NotHere),
    }
}

/// Whether a change of this answer can change what is shown or done.
fn changes_state(reader: &Reader<'_>, block: &Block) -> bool {
    let decides = |when: &lesson::When| map::reads(when, &block.id);
    let in_steps = reader
        .lesson
        .steps
        .iter()
        .filter_map(|step| step.when.as_ref())
        .any(decides);
    let in_blocks = reader
        .lesson
        .blocks()
        .filter_map(|block| block.when.as_ref())
        .any(decides);
    let in_charts = reader.lesson.blocks().any(|other| match &other.kind {
        Kind::Chart { of, .. } => of
            .iter()
            .any(|of| of.lesson == reader.lesson.meta.id && of.field == block.id),
        Kind::Recall { of } => of.lesson == reader.lesson.meta.id && of.field == block.id,
        _ => false,
    });
    let has_state = matches!(
        block.kind,
        Kind::Plan { .. } | Kind::Agreement { .. } | Kind::Practice { .. } | Kind::Instrument { .. }
    );
    block.required || has_state || in_steps || in_blocks || in_charts
}

impl Reader<'_> {
    /// Whether every new take is one that its questionnaire can have. One that was kept before stays as it is, whatever
    /// the questionnaire says now; of a questionnaire that has gone, nothing can be told.
    fn takes_fit(&self, block: &Block, takes: &[Take], stands: Option<&Value>) -> Result<(), Refusal> {
        let Some(instrument) = self.instrument(block) else {
            return Ok(());
        };
        let before: &[Take] = match stands {
            Some(Value::Takes { takes }) => takes,
            _ => &[],
        };
        let mut new = takes.iter().filter(|take| !before.contains(take));
        new.try_for_each(|take| lesson::take_fits(instrument, take))
            .map_err(|_| Refusal::Misfit)
    }
}
