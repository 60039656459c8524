//! Keeping answers, and reading earlier ones again.

use lesson::{Block, Id, Kind, Privacy, Value};
use vault::{Kept, Ledger};

use crate::{
    held::Owner,
    ipc::dto::{Recall, Recalled, Refusal, Saved, Version, Who},
    map,
    reader::{Reader, word_of},
    session::Session,
    sitting::Sitting,
};

impl Session {
    /// Keeps an answer, and returns only after it is durable. One that could not be written is held in memory for
    /// its owner, who meets it again, and it is tried again at every turn of events.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` for a field this turn may not write; `Misfit`; `Sealed`; `Storage`.
    pub fn save_answer(&mut self, token: &str, run: &str, field: &Id, value: &Value) -> Result<Saved, Refusal> {
        self.mend_files(token)?;
        let reader = self.reader(token, run)?;
        let block = reader.lesson.block(field).ok_or(Refusal::NotHere)?;
        let privacy = reader.privacy(block).ok_or(Refusal::NotHere)?;
        let owner = owner(reader.sitting, privacy)?;
        lesson::fits(block, value).map_err(|_| Refusal::Misfit)?;
        if privacy == Privacy::Joint && reader.decides_a_seal(field)? {
            return Err(Refusal::Sealed);
        }
        let answer = vault::Answer {
            run: reader.run.id.clone(),
            pack: reader.run.pack.clone(),
            lesson: reader.run.lesson.clone(),
            field: field.to_string(),
            rev: 0,
            lesson_version: reader.lesson.meta.version.clone(),
            kind: block.kind.name().to_owned(),
            privacy: word_of(privacy).to_owned(),
            prompt: block.prompt_text.clone(),
            value: value.canonical(),
        };
        let state_changed = changes_state(&reader, block);
        let replaces_unseen = !reader.own.contains_key(field) && !reader.joint.contains_key(field);
        let key = (owner, answer.run.clone(), field.clone());
        match self.keep_and_write(token, &key.0, &answer, replaces_unseen) {
            Ok(save) => {
                self.held.remove(&key);
                Ok(Saved {
                    save: u32::try_from(save).unwrap_or(u32::MAX),
                    state_changed,
                })
            }
            Err(refusal @ Refusal::Storage { .. }) => {
                self.held.insert(key, answer);
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
        answer: &vault::Answer,
        replaces_unseen: bool,
    ) -> Result<u64, Refusal> {
        if replaces_unseen {
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
        self.write(owner, answer)
    }

    /// Earlier versions of an answer this turn may write, newest first, without the one that is on the page.
    ///
    /// # Errors
    /// `TurnOver`, `NotHere`, `Storage`.
    pub fn history(&self, token: &str, run: &str, field: &Id) -> Result<Vec<Version>, Refusal> {
        let reader = self.reader(token, run)?;
        let block = reader.lesson.block(field).ok_or(Refusal::NotHere)?;
        let privacy = reader.privacy(block).ok_or(Refusal::NotHere)?;
        let versions = match (
            owner(reader.sitting, privacy)?,
            reader.sitting.own(),
            reader.sitting.shared(),
        ) {
            (Owner::Ours, _, Some(shared)) => shared.history(&reader.run.id, field.as_str())?,
            (Owner::Mine(_), Some((_, space)), _) => space.history(&reader.run.id, field.as_str())?,
            _ => return Err(Refusal::NotHere),
        };
        let on_the_page = reader
            .own
            .get(field)
            .or_else(|| reader.joint.get(field))
            .map(|(_, _, save)| *save);
        Ok(versions
            .into_iter()
            .filter(|version| Some(version.save) != on_the_page)
            .filter_map(|version| {
                let value: Value = serde_json::from_str(&version.value).ok()?;
                (!value.is_blank()).then(|| Version {
                    value,
                    at: version.at.local(),
                })
            })
            .collect())
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
    block.required || matches!(block.kind, Kind::Plan { .. }) || in_steps || in_blocks
}

impl Reader<'_> {
    /// What each `recall` block of the lesson finds.
    pub(crate) fn recalls(&self) -> Result<Vec<Recall>, Refusal> {
        let mut recalls = Vec::new();
        for block in self.blocks_where(|kind| matches!(kind, Kind::Recall { .. })) {
            if let Kind::Recall { of } = &block.kind {
                recalls.push(Recall {
                    block: block.id.clone(),
                    found: self.recalled(of)?,
                });
            }
        }
        Ok(recalls)
    }

    /// An earlier answer of my own or a joint one, whichever is newer. A screen that both look at shows joint words
    /// only, and says the same of anything else whether it was written or not.
    fn recalled(&self, of: &lesson::RecallOf) -> Result<Recalled, Refusal> {
        let Some(asked) = self
            .course
            .lesson(&of.lesson)
            .and_then(|lesson| lesson.block(&of.field))
        else {
            return Ok(Recalled::Nothing);
        };
        let find = |ledger: &dyn Ledger| -> Result<Option<Kept>, Refusal> {
            let kept = ledger.newest(&self.run.pack, of.lesson.as_str(), of.field.as_str())?;
            Ok(kept
                .into_iter()
                .find(|kept| value_of(kept).is_some_and(|value| !value.is_blank())))
        };
        let joint = self.sitting.shared().map(|shared| find(shared)).transpose()?.flatten();
        let own = self.sitting.own().map(|(_, space)| find(space)).transpose()?.flatten();
        let newest = match (own, joint) {
            (Some(own), Some(joint)) if joint.at.utc > own.at.utc => Some(joint),
            (own, joint) => own.or(joint),
        };
        let lines = newest.as_ref().and_then(|kept| {
            let value = value_of(kept)?;
            let lines = match &of.part {
                Some(part) => value.part(part).into_iter().map(str::to_owned).collect(),
                None => value.as_lines(asked),
            };
            (!lines.is_empty()).then_some(lines)
        });
        Ok(match (lines, newest) {
            (Some(lines), Some(kept)) => Recalled::Words {
                lines,
                prompt: kept.answer.prompt,
            },
            _ if self.sitting.own().is_none() && asked.privacy != Some(Privacy::Joint) => Recalled::Covered,
            _ => Recalled::Nothing,
        })
    }
}

/// The value a kept answer holds, if this version can read it.
pub(crate) fn value_of(kept: &Kept) -> Option<Value> {
    serde_json::from_str(&kept.answer.value).ok()
}
