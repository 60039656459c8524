//! Leaving: together, alone, and for good.
//!
//! Flow: whoever stays keeps what was joint or opened, as data in their own file (a *keepsake*), before anything of it
//! goes. A person who goes is marked in `keys.json` first; from then on the next opening finishes what a crash left.
//! Deliberately not here: the words that say what drives and old copies may keep. Those are the shell's to show.

use std::path::Path;

use rusqlite::params;
use sha2::{Digest, Sha256};

use crate::db::{MARK, beside};
use crate::export::keepsake_text;
use crate::keys::{self, Root};
use crate::people;
use crate::profile::Profile;
use crate::shared::Shared;
use crate::space::{SHARED_KEY, Space, drop_secret, put_secret};
use crate::{Error, Moment, PersonId, backup, files};

const DOING: &str = "ending what you share";

impl Profile {
    /// Ends sharing. Each keeps a copy of what was joint or opened; the shared file and its backups go. What each wrote
    /// alone stays as it is.
    ///
    /// A crash leaves both sharing still, or neither.
    pub fn leave_together(&self, a: &mut Space, b: &mut Space, shared: Shared, at: Moment) -> Result<(), Error> {
        for space in [&mut *a, &mut *b] {
            keep_of(space, &shared, at)?;
        }
        shared.close()?;
        for space in [a, b] {
            space.db.write(DOING, |tx| Ok(drop_secret(tx, SHARED_KEY)?))?;
        }
        self.remove_shared()
    }

    /// Begins sharing anew, after it was ended: a new shared file, with nothing in it.
    pub fn share_again(&self, a: &mut Space, b: &mut Space) -> Result<(), Error> {
        if a.shared_key()?.is_some() || b.shared_key()?.is_some() {
            return Err(Error::HereAlready);
        }
        self.remove_shared()?;
        let key = self.make_shared(a)?;
        b.db.write("sharing a place with the other", |tx| {
            Ok(put_secret(tx, SHARED_KEY, &key)?)
        })?;
        self.finish_joining()
    }

    /// Removes a space: its file, its key, its backups. What was joint or opened stays with the other.
    ///
    /// What drives and older copies of the folder still hold is out of its reach.
    pub fn remove_space(&mut self, space: Space) -> Result<(), Error> {
        let who = space.person().clone();
        space.close()?;
        self.change_person(&who, |person| person.removing = true)?;
        self.finish_removing()
    }

    /// Removes everybody's spaces, what both share, and every backup. Both must be there: `spaces` are everyone's, open.
    /// The folder stays, with whatever else is in it.
    pub fn remove_everything(mut self, spaces: Vec<Space>) -> Result<(), Error> {
        let here = |who: &PersonId| spaces.iter().any(|space| space.person() == who);
        if !self.people.iter().all(|person| here(&person.id)) {
            return Err(Error::NeedsBoth);
        }
        for space in spaces {
            space.close()?;
        }
        let mut people = self.people.clone();
        people.iter_mut().for_each(|person| person.removing = true);
        self.name_people(people)?;
        self.finish_removing()?;
        files::remove_folder(&self.dir.join("packs"))?;
        people::remove_all(&self.dir)?;
        files::remove(&self.dir.join("lock"))
    }

    /// Removes what belongs to people who are going.
    pub(crate) fn finish_removing(&mut self) -> Result<(), Error> {
        let going = |person: &&people::Person| person.removing;
        for who in self
            .people
            .iter()
            .filter(going)
            .map(|person| person.id.clone())
            .collect::<Vec<_>>()
        {
            let path = self.space_path(&who);
            // The key first: what is left of the rest after a crash is then nobody's to read.
            keys::forget_on_device(&self.dir, &who)?;
            backup::remove_of(&self.dir, &who)?;
            remove_file(&path)?;
            let stay: Vec<_> = self.people.iter().filter(|person| person.id != who).cloned().collect();
            if stay.is_empty() {
                self.remove_shared()?;
            }
            self.name_people(stay)?;
            people::forget_damaged(&self.dir)?;
        }
        Ok(())
    }

    /// Before somebody new joins, what was shared with somebody who left goes into the file of the one who stayed: it is
    /// not for the new one's eyes.
    pub(crate) fn part_with_the_last(&self, space: &mut Space) -> Result<(), Error> {
        if self.people.len() != 1 || !self.shared_path().exists() {
            return Ok(());
        }
        if let Some(key) = space.shared_key()? {
            let shared = self.shared_by(&key)?;
            // The time of the last change there is not known any more; the keepsake stands at the beginning of time.
            keep_of(space, &shared, Moment::kept(0, 0))?;
            shared.close()?;
            space.db.write(DOING, |tx| Ok(drop_secret(tx, SHARED_KEY)?))?;
        }
        self.remove_shared()
    }

    fn remove_shared(&self) -> Result<(), Error> {
        remove_file(&self.shared_path())?;
        backup::remove_shared(&self.dir)
    }
}

/// A copy of what both share, in a person's own file; once for each shared file, however often it is tried.
fn keep_of(space: &mut Space, shared: &Shared, at: Moment) -> Result<(), Error> {
    let text = keepsake_text(shared)?;
    let of = space.shared_key()?.as_ref().map(fingerprint).unwrap_or_default();
    space.db.write(DOING, |tx| {
        tx.execute(
            "INSERT INTO keepsakes (of, text, at, at_offset) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (of) DO UPDATE SET text = excluded.text, at = excluded.at, at_offset = excluded.at_offset",
            params![of, text, at.millis(), at.offset_minutes],
        )?;
        Ok(())
    })
}

fn fingerprint(key: &Root) -> Vec<u8> {
    let digest = Sha256::new()
        .chain_update("pairwise/1/keepsake")
        .chain_update(key.expose())
        .finalize();
    digest[..16].to_vec()
}

/// A database with everything that may lie beside it.
fn remove_file(path: &Path) -> Result<(), Error> {
    for suffix in ["", "-wal", "-shm", MARK, ".new", ".relock", ".restore", ".probe"] {
        files::remove(&beside(path, suffix))?;
    }
    files::sync_names(path)
}
