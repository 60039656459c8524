//! Removing an answer and forgetting earlier versions, and putting a removed answer back while the sitting lasts.
//!
//! Whose an answer is follows from the turn: mine, from my own file, on my own or on my turn; ours, from the shared one,
//! while both look. What is ours goes only when both have said so.
//! Deliberately not here: what was sealed or opened. The vault refuses that.

use lesson::Id;
use vault::{Ledger, Removed, RunId};

use crate::{
    held::{Owner, Writing},
    ipc::dto::{BothWant, Left, Refusal, RemovedAnswer, RunState, Seat, Who},
    kept,
    reader::Reader,
    session::Session,
    sitting::{Sitting, Spaces},
};

/// A removed answer, under every name it stood under.
pub(crate) struct Taken {
    owner: Owner,
    run: RunId,
    field: Id,
    kept: Vec<Removed>,
    /// What was held for it because it could not be written.
    held: Option<Writing>,
    left: Left,
}

impl Session {
    /// Removes an answer this turn may write: what it says, every version, what search knows of it. A fresh backup is made
    /// without it. Until the sitting ends it can be put back.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` where nothing stands, or for a joint answer before both have said so; `Sealed` for one that is
    /// sealed or was opened; `Storage`.
    pub fn remove_answer(&mut self, token: &str, run: &str, field: &Id) -> Result<RunState, Refusal> {
        self.wait_for_backups();
        self.mend_files(token)?;
        let what = BothWant::RemoveAnswer {
            run: run.to_owned(),
            field: field.clone(),
        };
        let reader = self.reader(token, run)?;
        let (id, names) = (reader.run.id.clone(), reader.names(field));
        let owner = reader.owner();
        if owner == Owner::Ours {
            if reader.decides_a_seal(field)? {
                return Err(Refusal::Sealed);
            }
            reader.sitting.must_want(&what)?;
        }
        let sitting = self.sitting_mut(token)?;
        let mut kept = Vec::new();
        let mut stopped = None;
        for name in &names {
            match sitting.turn_ledger_mut().remove_answer(&id, name) {
                Ok(removed) => kept.push(removed),
                Err(vault::Error::NothingThere) => {}
                Err(error) => {
                    stopped = Some(error);
                    break;
                }
            }
        }
        let held = match stopped {
            None => self.held.remove(&(owner.clone(), id.clone(), field.clone())),
            Some(_) => None,
        };
        if kept.is_empty() && held.is_none() {
            return Err(stopped.map_or(Refusal::NotHere, Refusal::from));
        }
        let in_file = !kept.iter().all(Removed::is_cleared);
        let in_backups = self.back_up_afresh();
        let sitting = self.sitting_mut(token)?;
        if owner == Owner::Ours {
            sitting.no_longer_want(&what);
        }
        sitting.removed.push(Taken {
            owner,
            run: id,
            field: field.clone(),
            kept,
            held,
            left: Left { in_backups, in_file },
        });
        match stopped {
            Some(error) => Err(error.into()),
            None => self.run_state(token, run),
        }
    }

    /// Puts back what this turn removed in this sitting, as it was.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` when nothing of this turn was removed there, or something was written there since;
    /// `Storage`, after which it can be tried again.
    pub fn put_answer_back(&mut self, token: &str, run: &str, field: &Id) -> Result<RunState, Refusal> {
        self.mend_files(token)?;
        let reader = self.reader(token, run)?;
        let (id, owner) = (reader.run.id.clone(), reader.owner());
        let sitting = self.sitting_mut(token)?;
        let is_it = |taken: &Taken| taken.owner == owner && taken.run == id && taken.field == *field;
        let at = sitting.removed.iter().rposition(is_it).ok_or(Refusal::NotHere)?;
        // The newest first: an older one of the same field has had its place taken.
        let mut taken = sitting.removed.remove(at);
        while let Some(removed) = taken.kept.last() {
            if let Err(error) = sitting.turn_ledger_mut().put_back(removed) {
                sitting.removed.insert(at, taken);
                return Err(error.into());
            }
            taken.kept.pop();
        }
        if let Some(held) = taken.held {
            self.held.insert((taken.owner, taken.run, taken.field), held);
        }
        self.run_state(token, run)
    }

    /// Forgets every version but the one that stands, of an answer this turn may write. Answers where they may still be.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` for a joint answer before both have said so; `Storage`.
    pub fn forget_versions(&mut self, token: &str, run: &str, field: &Id) -> Result<Left, Refusal> {
        self.wait_for_backups();
        self.mend_files(token)?;
        let what = BothWant::ForgetVersions {
            run: run.to_owned(),
            field: field.clone(),
        };
        let reader = self.reader(token, run)?;
        let (id, names) = (reader.run.id.clone(), reader.names(field));
        reader.sitting.must_want(&what)?;
        let sitting = self.sitting_mut(token)?;
        let ledger = sitting.turn_ledger_mut();
        let mut in_file = false;
        let stands = ledger.answer(&id, field.as_str())?.is_some();
        for name in &names {
            // Under a former name nothing stands any more once the field has an answer under its own.
            if stands && name != field.as_str() {
                match ledger.remove_answer(&id, name) {
                    Ok(removed) => in_file |= !removed.is_cleared(),
                    Err(vault::Error::NothingThere) => {}
                    Err(error) => return Err(error.into()),
                }
            }
            in_file |= !ledger.forget_versions(&id, name)?;
        }
        sitting.no_longer_want(&what);
        let in_backups = self.back_up_afresh();
        Ok(Left { in_backups, in_file })
    }

    /// Removes every older backup of the file this turn may write, after something was removed from it; a fresh one is
    /// made first.
    ///
    /// # Errors
    /// `TurnOver`; `Storage`.
    pub fn renew_backups(&mut self, token: &str) -> Result<(), Refusal> {
        self.wait_for_backups();
        self.mend_files(token)?;
        let at = self.now();
        let sitting = self.sitting(token)?;
        let profile = self.profile.as_ref().ok_or(Refusal::NotHere)?;
        match sitting.own() {
            Some((_, space)) => profile.renew_backups(space, at)?,
            None => profile.renew_shared_backups(sitting.shared().ok_or(Refusal::NotHere)?, at)?,
        };
        let sitting = self.sitting_mut(token)?;
        let owner = sitting.turn_owner();
        for taken in sitting.removed.iter_mut().filter(|taken| taken.owner == owner) {
            taken.left.in_backups = false;
        }
        Ok(())
    }

    /// A backup without what was just removed; whether there are older ones. That it could not be made takes nothing back:
    /// the removal stands, and older copies are said to be there.
    fn back_up_afresh(&self) -> bool {
        let at = self.now();
        let (Some(profile), Some(sitting)) = (&self.profile, &self.sitting) else {
            return false;
        };
        let (made, all) = match (sitting.own(), sitting.shared()) {
            (Some((_, space)), _) => (profile.back_up(space, at), profile.backups(space.person())),
            (None, Some(shared)) => (profile.back_up_shared(shared, at), profile.shared_backups()),
            (None, None) => return false,
        };
        let own = made.map(|made| made.number).ok();
        all.map_or(true, |all| all.iter().any(|one| Some(one.number) != own))
    }
}

impl Sitting {
    /// The file that this turn writes: mine on my own or on my turn, ours while both look.
    pub(crate) fn turn_ledger_mut(&mut self) -> &mut dyn Ledger {
        match (&mut self.spaces, self.who) {
            (Spaces::Alone { space, .. }, _) => space,
            (Spaces::Two { a, .. }, Who::Side { seat: Seat::A }) => a,
            (Spaces::Two { b, .. }, Who::Side { seat: Seat::B }) => b,
            (Spaces::Two { shared, .. }, _) => shared,
        }
    }

    /// Whose the answers are that this turn writes.
    pub(crate) fn turn_owner(&self) -> Owner {
        match self.own() {
            Some((_, space)) => Owner::Mine(space.person().clone()),
            None => Owner::Ours,
        }
    }
}

impl Reader<'_> {
    /// What this turn removed in this sitting and can still put back.
    pub(crate) fn removed(&self) -> Vec<RemovedAnswer> {
        let owner = self.owner();
        let answers = if owner == Owner::Ours { &self.joint } else { &self.own };
        let mut all: Vec<RemovedAnswer> = Vec::new();
        let mine = |taken: &&Taken| taken.owner == owner && taken.run == self.run.id;
        for taken in self.sitting.removed.iter().rev().filter(mine) {
            let open = !answers.contains_key(&taken.field) && all.iter().all(|known| known.field != taken.field);
            if open {
                all.push(RemovedAnswer {
                    field: taken.field.clone(),
                    left: taken.left,
                });
            }
        }
        all
    }

    fn owner(&self) -> Owner {
        self.sitting.turn_owner()
    }

    /// The names an answer to a field may stand under: the one it has now, and those it had.
    fn names(&self, field: &Id) -> Vec<String> {
        let block = kept::field_now(&self.lesson, field).filter(|block| block.id == *field);
        let former = block.map(|block| block.was.as_slice()).unwrap_or_default();
        std::iter::once(field).chain(former).map(Id::to_string).collect()
    }
}
