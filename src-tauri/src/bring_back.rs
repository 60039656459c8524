//! Bringing an earlier copy back: of my own space from my own door, of what both share once both have said so.
//!
//! Whose the copies are follows from the turn. What stands there is put aside among the copies first (`vault::backup`), so a
//! bring-back can itself be taken back. Each ends the sitting and begins another, in what was brought back.
//! Deliberately not here: making copies (`backups`), and a file that does not open at all, for which the window
//! has no screen yet.

use vault::{
    PersonId, SecretString, Space,
    backup::{Backup, Differs},
    lock::Secret,
};

use crate::{
    ipc::dto::{BothWant, CopyDiffers, Refusal, Turn, Who},
    session::Session,
    sitting::Spaces,
};

/// Whose copies a turn may see.
pub(crate) enum Whose {
    Mine(PersonId),
    Ours,
}

impl Session {
    /// What bringing a copy back would do, in answers. It is read from end to end for that; nothing is changed.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` for a copy that is not in the list, or on one's own turn in a sitting for two; `Storage` with
    /// `damaged` when the copy does not read back whole.
    pub fn look_into_copy(&mut self, token: &str, number: u32) -> Result<CopyDiffers, Refusal> {
        self.mend_files(token)?;
        self.write_held();
        let copy = self.copy_of_turn(token, number)?;
        let profile = self.profile.as_ref().ok_or(Refusal::NotHere)?;
        let sitting = self.sitting(token)?;
        let Differs { gone, changed, back } = match &sitting.spaces {
            Spaces::Alone { space, .. } => profile.compare(space, &copy)?,
            Spaces::Two { shared, .. } => profile.compare_shared(shared, &copy)?,
        };
        let few = |many: u64| u32::try_from(many).unwrap_or(u32::MAX);
        Ok(CopyDiffers {
            gone: few(gone),
            changed: few(changed),
            back: few(back),
        })
    }

    /// Brings a copy back in the place of what is there, which is kept as a copy of its own. Mine from my own door, with my
    /// passphrase once more where there is a lock; ours once both have said so. Answers the turn that begins in it.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` for a copy that is not in the list, or before both have said so; `WrongKey`; `Storage`, after
    /// which the sitting is over, and what stands there is what stood there or what was brought back.
    pub fn bring_back(&mut self, token: &str, number: u32, passphrase: Option<&SecretString>) -> Result<Turn, Refusal> {
        let copy = self.copy_of_turn(token, number)?;
        match self.sitting(token)?.is_two() {
            true => self.bring_ours_back(token, number, &copy),
            false => self.bring_mine_back(token, &copy, passphrase),
        }
    }

    fn bring_mine_back(
        &mut self,
        token: &str,
        copy: &Backup,
        passphrase: Option<&SecretString>,
    ) -> Result<Turn, Refusal> {
        let (seat, who) = self.own_door(token)?;
        let secret = passphrase.map(Secret::Passphrase);
        if self.is_locked(&who) {
            drop(self.space_behind(seat, secret.ok_or(Refusal::WrongKey { wait: 0 })?)?);
        }
        self.write_held();
        let at = self.now();
        drop(self.end_sitting());
        let space = self.profile_mut()?.restore(&who, copy, secret, at)?;
        self.enter(seat, space)
    }

    fn bring_ours_back(&mut self, token: &str, number: u32, copy: &Backup) -> Result<Turn, Refusal> {
        self.both_there(token, &BothWant::BringBack { number })?;
        self.write_held();
        let at = self.now();
        let Some(Spaces::Two { mut a, mut b, shared }) = self.end_sitting() else {
            return Err(Refusal::NotHere);
        };
        shared.close()?;
        self.restore_ours(&mut a, &mut b, copy, at)?;
        self.sit_down(a, b)
    }

    pub(crate) fn restore_ours(
        &mut self,
        a: &mut Space,
        b: &mut Space,
        copy: &Backup,
        at: vault::Moment,
    ) -> Result<(), Refusal> {
        Ok(self.profile_mut()?.restore_shared(a, b, copy, at)?.close()?)
    }

    /// Whose copies this turn may see: mine at my own door, ours while both look.
    pub(crate) fn whose_copies(&self, token: &str) -> Result<Whose, Refusal> {
        let sitting = self.sitting(token)?;
        match (&sitting.spaces, sitting.who) {
            (Spaces::Alone { space, .. }, _) => Ok(Whose::Mine(space.person().clone())),
            (Spaces::Two { .. }, Who::Both) => Ok(Whose::Ours),
            (Spaces::Two { .. }, _) => Err(Refusal::NotHere),
        }
    }

    fn copy_of_turn(&mut self, token: &str, number: u32) -> Result<Backup, Refusal> {
        self.wait_for_backups();
        let whose = self.whose_copies(token)?;
        let profile = self.profile_mut()?;
        let copies = match whose {
            Whose::Mine(who) => profile.backups(&who)?,
            Whose::Ours => profile.shared_backups()?,
        };
        let named = copies.into_iter().find(|copy| copy.number == u64::from(number));
        named.ok_or(Refusal::NotHere)
    }
}
