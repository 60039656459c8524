//! A new key for a person's file, in steps that a crash may end anywhere.
//!
//! ```text
//! 1  <person>.db.relock   everything copied under the new key, proven, flushed
//! 2  keys.json            names the new wraps and says *relocking*      ◀ before: all as it was; from here on: the new
//! 3  <person>.db          the copy takes the name
//! 4  device key, older backups, copies of keys.json that were moved aside: removed
//! 5  a fresh backup
//! 6  keys.json            no longer says *relocking*
//! ```
//!
//! A crash before 2 leaves a copy nobody refers to, and the next opening removes it. A crash after 2 is finished by the
//! next opening, all but the backup: that needs the key, and is due as soon as the space is unlocked.
//! Deliberately not here: what the wraps are made from (`change`).

use std::path::PathBuf;

use super::renew;
use super::wrap::Wrap;
use crate::db::beside;
use crate::keys::{self, Root};
use crate::profile::Profile;
use crate::space::Space;
use crate::{Error, Moment, PersonId, backup, copy, files, people};

impl Profile {
    /// Copies a space under a new key and swaps it in. `close` makes the wraps of the new key.
    pub(crate) fn relock(
        &mut self,
        space: Space,
        at: Moment,
        close: impl FnOnce(&Profile, &Root) -> Result<Vec<Wrap>, Error>,
    ) -> Result<Space, Error> {
        let who = space.person().clone();
        let root = Root::draw(&self.source, &self.dir)?;
        let wraps = close(self, &root)?;
        let fresh = self.relock_path(&who);
        let mut space = space;
        renew::ask_for(&mut space, &self.source)?;
        if let Err(error) = self.copy_and_close(space, &root) {
            let _ = files::remove(&fresh);
            return Err(error);
        }
        let named = self.change_person(&who, |person| {
            person.wraps = wraps;
            person.relocking = true;
        });
        if let Err(error) = named {
            let _ = files::remove(&fresh);
            return Err(error);
        }
        self.swap_in(&who)?;
        self.forget_what_the_old_key_opens(&who)?;
        let space = self.open_with(&who, &root)?;
        self.back_up(&space, at)?;
        self.change_person(&who, |person| person.relocking = false)?;
        Ok(space)
    }

    fn copy_and_close(&self, space: Space, root: &Root) -> Result<(), Error> {
        let who = space.person().clone();
        copy::under_key(&space.db, &self.relock_path(&who), &root.of_space(&who))?;
        let path = space.db.path().to_path_buf();
        space.close()?;
        if beside(&path, "-wal").exists() {
            // Someone else in this process has it open, and what they write would be lost with the old file.
            return Err(Error::Failed {
                doing: "changing a lock while the space is open elsewhere",
                path,
                code: None,
            });
        }
        Ok(())
    }

    /// Finishes what a crash left of a change of lock, or undoes it, whichever `keys.json` says.
    pub(crate) fn finish_locks(&mut self) -> Result<(), Error> {
        renew::remove_unfinished(self)?;
        files::remove(&beside(&self.shared_path(), ".restore"))?;
        for person in self.people.clone() {
            // From bringing a backup back, cut short before it took the name.
            files::remove(&beside(&self.space_path(&person.id), ".restore"))?;
            if person.relocking {
                self.swap_in(&person.id)?;
                self.forget_what_the_old_key_opens(&person.id)?;
                self.change_person(&person.id, |person| person.relocking = false)?;
                continue;
            }
            files::remove(&self.relock_path(&person.id))?;
            files::remove(&beside(&self.relock_path(&person.id), "-journal"))?;
            if !person.wraps.is_empty() {
                // From taking a lock off, cut short before the lock was gone: under its name or under its unfinished one.
                keys::forget_on_device(&self.dir, &person.id)?;
            }
        }
        Ok(())
    }

    fn swap_in(&self, who: &PersonId) -> Result<(), Error> {
        let (fresh, path) = (self.relock_path(who), self.space_path(who));
        if !fresh.exists() {
            return Ok(());
        }
        // They belong to the old file.
        for suffix in ["-wal", "-shm"] {
            files::remove(&beside(&path, suffix))?;
        }
        files::rename(&fresh, &path)
    }

    fn forget_what_the_old_key_opens(&self, who: &PersonId) -> Result<(), Error> {
        backup::remove_of(&self.dir, who)?;
        keys::forget_on_device(&self.dir, who)?;
        people::forget_damaged(&self.dir)
    }

    fn relock_path(&self, who: &PersonId) -> PathBuf {
        beside(&self.space_path(who), ".relock")
    }
}
