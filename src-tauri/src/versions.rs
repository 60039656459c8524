//! Earlier versions of an answer: reading them, and using one again.

use lesson::{Id, Privacy, Value};
use vault::Ledger;

use crate::{
    ipc::dto::{Refusal, RunState, Version},
    reader::Reader,
    session::Session,
};

impl Session {
    /// Earlier versions of an answer, newest first, without the one that is on the page. Those of a joint answer both may
    /// read, on whichever turn; those of any other, only its owner.
    ///
    /// # Errors
    /// `TurnOver`, `NotHere`, `Storage`.
    pub fn history(&self, token: &str, run: &str, field: &Id) -> Result<Vec<Version>, Refusal> {
        let reader = self.reader(token, run)?;
        let block = reader.lesson.block(field).ok_or(Refusal::NotHere)?;
        let answers = match reader.privacy(block).ok_or(Refusal::NotHere)? {
            Privacy::Joint => &reader.joint,
            Privacy::Private | Privacy::Reveal => &reader.own,
        };
        let on_the_page = answers.get(field).map(|(_, _, save)| *save);
        Ok(reader
            .versions(field)?
            .into_iter()
            .filter(|version| Some(version.save) != on_the_page)
            .filter_map(|version| {
                let value: Value = serde_json::from_str(&version.value).ok()?;
                (!value.is_blank()).then(|| Version {
                    value,
                    at: version.at.local(),
                    save: u32::try_from(version.save).unwrap_or(u32::MAX),
                    by: version.author.map(|author| reader.sitting.seat_of(&author)),
                })
            })
            .collect())
    }

    /// Puts an earlier version back as a new one, on a turn that may write the field. What stands there stays a version,
    /// even if it was written in this sitting.
    ///
    /// # Errors
    /// As [`Session::save_answer`]; `NotHere` for a version that is not there.
    pub fn use_version(&mut self, token: &str, run: &str, field: &Id, save: u32) -> Result<RunState, Refusal> {
        self.mend_files(token)?;
        let reader = self.reader(token, run)?;
        let id = reader.run.id.clone();
        let block = reader.lesson.block(field).ok_or(Refusal::NotHere)?;
        if !reader.may_write(block) {
            return Err(Refusal::NotHere);
        }
        let versions = reader.versions(field)?;
        let version = versions.iter().find(|version| version.save == u64::from(save));
        let value: Value = version
            .and_then(|version| serde_json::from_str(&version.value).ok())
            .ok_or(Refusal::NotHere)?;
        let sitting = self.sitting_mut(token)?;
        sitting.turn_ledger_mut().keep_version(&id, field.as_str())?;
        self.save_answer(token, run, field, &value)?;
        self.run_state(token, run)
    }
}

impl Reader<'_> {
    /// Every version of an answer this turn may read, under the names the field has and had.
    fn versions(&self, field: &Id) -> Result<Vec<vault::Version>, Refusal> {
        let block = self.lesson.block(field).ok_or(Refusal::NotHere)?;
        let own = self.sitting.own().map(|(_, space)| space);
        let shared = self.sitting.shared().filter(|_| self.sitting.is_two());
        let (own, shared): (Option<&dyn Ledger>, Option<&dyn Ledger>) =
            (own.map(|space| space as _), shared.map(|shared| shared as _));
        let ledger = match self.privacy(block).ok_or(Refusal::NotHere)? {
            Privacy::Joint => shared,
            Privacy::Private | Privacy::Reveal => own,
        };
        let ledger = ledger.ok_or(Refusal::NotHere)?;
        let mut versions = Vec::new();
        for name in std::iter::once(field).chain(&block.was) {
            versions.extend(ledger.history(&self.run.id, name.as_str())?);
        }
        Ok(versions)
    }
}
