//! A new key for what both share, once both are locked.
//!
//! The shared key lies in each person's own file, and a copy of the folder from before a lock still gives it away. So a
//! new lock asks for a new shared key, and the next sitting of both, with both files open, makes it:
//!
//! ```text
//! 1  each own file      keeps the new key beside the old one
//! 2  shared.db.relock   everything copied under the new key, proven, flushed
//! 3  shared.db          the copy takes the name                ◀ before: the old key fits; from here on: the new
//! 4  each own file      keeps the new key alone
//! 5  older backups of what is shared: removed, and a fresh one made
//! ```
//!
//! Whatever a crash leaves, one of the keys in either file fits, and the next sitting of both puts both files right.

use std::path::PathBuf;

use crate::db::{self, beside};
use crate::entropy::Source;
use crate::keys::Root;
use crate::profile::Profile;
use crate::schema;
use crate::shared::Shared;
use crate::space::{SHARED_KEY, Space, drop_secret, put_secret};
use crate::{Error, Moment, backup, copy, files};

const NEXT: &str = "shared-key-next";
/// Its bytes mean nothing; that it is there asks for a new shared key.
const ASKED: &str = "shared-key-renewal";
const DOING: &str = "renewing the key of what you share";

impl Profile {
    /// Opens what both share in a sitting of both. A new lock of either is completed here: what is shared gets a new key
    /// as soon as both spaces are locked, so that a copy of the folder from before opens none of it either.
    ///
    /// It also gives the shared key back to a space that was restored from before such a change.
    pub fn open_shared_of_both(&self, a: &mut Space, b: &mut Space, at: Moment) -> Result<Shared, Error> {
        let fitting = self.fitting_key(a, b)?;
        let asked = a.secret(ASKED)?.is_some() || b.secret(ASKED)?.is_some();
        if !asked || !self.is_locked(a.person()) || !self.is_locked(b.person()) {
            settle(&mut [a, b], &fitting, false)?;
            return self.shared_by(&fitting);
        }
        let key = Root::draw(&self.source, &self.dir)?;
        for space in [&mut *a, &mut *b] {
            space.db.write(DOING, |tx| {
                put_secret(tx, SHARED_KEY, &fitting)?;
                Ok(put_secret(tx, NEXT, &key)?)
            })?;
        }
        let shared = self.shared_by(&fitting)?;
        copy::under_key(&shared.db, &unfinished(self), &key.of_shared())?;
        shared.close()?;
        let log = beside(&self.shared_path(), "-wal");
        if log.exists() {
            return Err(Error::Failed {
                doing: DOING,
                path: log,
                code: None,
            });
        }
        files::rename(&unfinished(self), &self.shared_path())?;
        settle(&mut [a, b], &key, true)?;
        backup::remove_shared(&self.dir)?;
        let shared = self.shared_by(&key)?;
        self.back_up_shared(&shared, at)?;
        Ok(shared)
    }

    fn fitting_key(&self, a: &Space, b: &Space) -> Result<Root, Error> {
        let path = self.shared_path();
        // After sharing was ended, neither has a key.
        let mut refused = Error::Alone;
        for key in keys_of(a)?.into_iter().chain(keys_of(b)?) {
            files::may_write(&path)?;
            match db::look(&path, &key.of_shared(), &schema::SHARED) {
                Ok(_) => return Ok(key),
                Err(error) => refused = error,
            }
        }
        Err(refused)
    }
}

/// The keys of what is shared that a person's file knows: the one that counts, and one that a crash may have made count.
pub(crate) fn keys_of(space: &Space) -> Result<Vec<Root>, Error> {
    let (key, next) = (space.shared_key()?, space.secret(NEXT)?);
    Ok(key.into_iter().chain(next).collect())
}

/// Asks for a new shared key in a file that is about to be locked.
pub(crate) fn ask_for(space: &mut Space, source: &Source) -> Result<(), Error> {
    if space.shared_key()?.is_none() {
        return Ok(());
    }
    let mark = Root::draw(source, space.db.path())?;
    space.db.write(DOING, |tx| Ok(put_secret(tx, ASKED, &mark)?))
}

/// The key that fits is the one each file keeps; nothing else of the change is left in them.
pub(crate) fn settle(spaces: &mut [&mut Space], key: &Root, renewed: bool) -> Result<(), Error> {
    for space in spaces {
        let kept = space.shared_key()?;
        let as_it_should = kept.is_some_and(|kept| kept.expose() == key.expose()) && space.secret(NEXT)?.is_none();
        if as_it_should && !renewed {
            continue;
        }
        space.db.write(DOING, |tx| {
            put_secret(tx, SHARED_KEY, key)?;
            drop_secret(tx, NEXT)?;
            if renewed {
                drop_secret(tx, ASKED)?;
            }
            Ok(())
        })?;
    }
    Ok(())
}

/// A copy that never took the name is nobody's.
pub(crate) fn remove_unfinished(profile: &Profile) -> Result<(), Error> {
    let path = unfinished(profile);
    files::remove(&path)?;
    files::remove(&beside(&path, "-journal"))
}

fn unfinished(profile: &Profile) -> PathBuf {
    beside(&profile.shared_path(), ".relock")
}
