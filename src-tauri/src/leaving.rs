//! Leaving: removing one's own space, ending what both share, removing everything; and sharing again.
//!
//! Each ends the sitting. What an error left half done, the next start finishes: the profile is let go and opened anew.
//! Deliberately not here: what goes and what stays (`vault`), and the words that say so (the page).

use vault::{Error, Profile, SecretString, Space, lock::Secret};

use crate::{
    held::Owner,
    ipc::dto::{BothWant, Leaving, Refusal, Seat, Startup, Turn},
    locks::Tries,
    session::{Session, no_chance},
    sitting::{Sitting, Spaces},
};

impl Session {
    /// What there is to know before something larger goes.
    ///
    /// # Errors
    /// `TurnOver`.
    pub fn about_leaving(&self, token: &str) -> Result<Leaving, Refusal> {
        let sitting = self.sitting(token)?;
        let people = self.people();
        let other = match &sitting.spaces {
            Spaces::Alone { seat, .. } => people.get(seat.other().index()).map(|person| person.name.clone()),
            Spaces::Two { .. } => None,
        };
        Ok(Leaving {
            folder: self.places.profile.display().to_string(),
            other,
            shares: sitting.shared().is_some(),
        })
    }

    /// From my own door: removes my space and its backups; with nobody else here, everything. `name` is what I am called,
    /// as I typed it; a locked space asks for its passphrase once more. Answers what there is then.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` outside one's own space; `Misfit` for another name; `WrongKey`; `Storage`, after which the
    /// sitting is over and the next start finishes what was begun.
    pub fn remove_space(
        &mut self,
        token: &str,
        name: &str,
        passphrase: Option<&SecretString>,
    ) -> Result<Startup, Refusal> {
        let (seat, who) = self.own_door(token)?;
        let people = self.people();
        let me = people.get(seat.index()).ok_or(Refusal::NotHere)?;
        if name.trim() != me.name {
            return Err(Refusal::Misfit);
        }
        if me.locked {
            let passphrase = passphrase.ok_or(Refusal::WrongKey { wait: 0 })?;
            drop(self.space_behind(seat, Secret::Passphrase(passphrase))?);
        }
        self.write_held();
        let Some(Spaces::Alone { space, shared, .. }) = self.end_sitting() else {
            return Err(Refusal::NotHere);
        };
        drop(shared);
        self.held.retain(|(owner, ..), _| *owner != Owner::Mine(who.clone()));
        let removed = match people.len() {
            1 => self.wipe(vec![space]),
            _ => self.with_profile(|profile| profile.remove_space(space)),
        };
        // Whoever stays has the first seat from now on.
        if seat == Seat::A {
            self.tries.swap(0, 1);
        }
        self.tries[1] = Tries::default();
        removed?;
        Ok(self.startup())
    }

    /// In a sitting for two, once both have said so: ends what they share. Each keeps a copy of what was joint or opened.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` before both have said so; `Storage`, after which the sitting is over.
    pub fn stop_sharing(&mut self, token: &str) -> Result<Startup, Refusal> {
        self.both_there(token, &BothWant::StopSharing)?;
        let at = self.now();
        self.write_held();
        let Some(Spaces::Two { mut a, mut b, shared }) = self.end_sitting() else {
            return Err(Refusal::NotHere);
        };
        self.held.retain(|(owner, ..), _| *owner != Owner::Ours);
        self.with_profile(|profile| profile.leave_together(&mut a, &mut b, shared, at))?;
        drop((a, b));
        Ok(self.startup())
    }

    /// In a sitting for two, once both have said so: removes both spaces, what they share, every backup.
    ///
    /// # Errors
    /// As [`Session::stop_sharing`].
    pub fn remove_everything(&mut self, token: &str) -> Result<Startup, Refusal> {
        self.both_there(token, &BothWant::RemoveEverything)?;
        let Some(Spaces::Two { a, b, shared }) = self.end_sitting() else {
            return Err(Refusal::NotHere);
        };
        drop(shared);
        self.wipe(vec![a, b])?;
        Ok(self.startup())
    }

    /// After sharing was ended: a new, empty place for both, and a sitting in it. Both spaces have to open, as for any
    /// sitting for two.
    ///
    /// # Errors
    /// As [`Session::open_together`]; `NotHere` when there is something shared.
    pub fn share_again(&mut self) -> Result<Turn, Refusal> {
        let (mut a, mut b) = self.open_both()?;
        self.profile_mut()?.share_again(&mut a, &mut b)?;
        self.sit_down(a, b)
    }

    /// Refuses what two decide anywhere but in their sitting, and before both have said so.
    pub(crate) fn both_there(&self, token: &str, what: &BothWant) -> Result<(), Refusal> {
        let sitting = self.sitting(token)?;
        match sitting.is_two() {
            true => sitting.must_want(what),
            false => Err(Refusal::NotHere),
        }
    }

    /// Ends the sitting and hands out its files.
    pub(crate) fn end_sitting(&mut self) -> Option<Spaces> {
        self.wait_for_backups();
        self.forget_backups();
        self.unlocked.clear();
        let Sitting { spaces, .. } = self.sitting.take()?;
        Some(spaces)
    }

    /// Removes everybody there is.
    fn wipe(&mut self, spaces: Vec<Space>) -> Result<(), Refusal> {
        self.held.clear();
        self.tries = Default::default();
        let profile = self.profile.take().ok_or_else(no_chance)?;
        let folder = profile.dir().to_path_buf();
        profile.remove_everything(spaces)?;
        self.forget_screen(&folder);
        Ok(())
    }

    /// Does something with the profile that an error may leave half done; then it is let go, and opened anew.
    fn with_profile(&mut self, change: impl FnOnce(&mut Profile) -> Result<(), Error>) -> Result<(), Refusal> {
        let changed = change(self.profile_mut()?);
        if changed.is_err() {
            self.profile = None;
        }
        Ok(changed?)
    }
}
