//! Keeping answers, and reading earlier ones again.

use lesson::{Block, Id, Kind, Privacy, Value};
use vault::{Kept, Ledger};

use crate::{
    ipc::dto::{Recall, Recalled, Refusal, Saved, Version, Who},
    reader::{Reader, word_of},
    session::{Owner, Session},
    sitting::Sitting,
};

impl Session {
    /// Keeps an answer, and returns only after it is durable. One that could not be written is held in memory for
    /// its owner, who meets it again, and it is tried again whenever the run is read.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` for a field this turn may not write; `Misfit`; `Sealed`; `Storage`.
    pub fn save_answer(&mut self, token: &str, run: &str, field: &Id, value: &Value) -> Result<Saved, Refusal> {
        let reader = self.reader(token, run)?;
        let block = reader.lesson.block(field).ok_or(Refusal::NotHere)?;
        let privacy = reader.privacy(block).ok_or(Refusal::NotHere)?;
        let owner = owner(reader.sitting, privacy)?;
        lesson::fits(block, value).map_err(|_| Refusal::Misfit)?;
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
        let held = (owner, answer.run.clone(), field.clone());
        match self.write(token, &held.0, &answer) {
            Ok(save) => {
                self.unsaved.remove(&held);
                Ok(Saved {
                    save: u32::try_from(save).unwrap_or(u32::MAX),
                    state_changed,
                })
            }
            Err(refusal @ Refusal::Storage { .. }) => {
                self.unsaved.insert(held, value.clone());
                Err(refusal)
            }
            Err(refusal) => Err(refusal),
        }
    }

    /// Tries again to write what could not be written, for whoever has the turn. What fails again stays held.
    pub(crate) fn retry_unsaved(&mut self, token: &str) {
        for (owner, run, field) in self.unsaved.keys().cloned().collect::<Vec<_>>() {
            let may_write = self.sitting(token).is_ok_and(|sitting| match &owner {
                Owner::Mine(person) => sitting.own().is_some_and(|(_, space)| space.person() == person),
                Owner::Ours => sitting.who == Who::Both,
            });
            if let (true, Some(value)) = (
                may_write,
                self.unsaved.get(&(owner, run.clone(), field.clone())).cloned(),
            ) {
                // A refusal leaves it held; the page shows it as not saved.
                let _ = self.save_answer(token, run.as_str(), &field, &value);
            }
        }
    }

    fn write(&mut self, token: &str, owner: &Owner, answer: &vault::Answer) -> Result<u64, Refusal> {
        let at = self.now();
        let sitting = self.sitting_mut(token)?;
        let name = sitting.name.clone();
        match owner {
            Owner::Mine(_) => Ok(sitting.own_mut().ok_or(Refusal::NotHere)?.save(answer, &name, at)?),
            Owner::Ours => {
                // A joint answer is written by both; its author is whoever's side comes first.
                let author = sitting.first_person().ok_or(Refusal::NotHere)?;
                Ok(sitting
                    .shared_mut()
                    .ok_or(Refusal::NotHere)?
                    .save(answer, &author, &name, at)?)
            }
        }
    }

    /// Earlier versions of an answer this turn may write, newest first, without the present one.
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
        Ok(versions
            .into_iter()
            .skip(1)
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
    let decides = |tests: &lesson::When| {
        tests.all.iter().any(|test| match test {
            lesson::Test::Picked { field, .. } | lesson::Test::Between { field, .. } => *field == block.id,
            lesson::Test::Together | lesson::Test::Solo => false,
        })
    };
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
