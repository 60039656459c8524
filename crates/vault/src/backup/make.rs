//! Making a backup: a copy under an unfinished name, proven, flushed, named; then the ones that are too many go.
//!
//! Flow: [`Profile::back_up`] makes one at once. On the schedule a [`Making`] is handed out instead: it reads through a
//! connection of its own, so whoever writes does not wait for it, and it can be carried to another thread.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::{Backup, Kind, card, folder_of, list, schedule, shared_folder};
use crate::db::{self, Db, beside};
use crate::keys::{Key, Root};
use crate::profile::Profile;
use crate::schema::{self, Schema};
use crate::{Error, Moment, PersonId, Shared, Space, copy, files};

/// A backup that is about to be made of a file that is open. The file has to stay open, under the same key, until this is
/// done or dropped; it may be read and written meanwhile.
pub struct Making {
    path: PathBuf,
    key: Key,
    schema: &'static Schema,
    folder: PathBuf,
    at: Moment,
}

impl std::fmt::Debug for Making {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Making").finish_non_exhaustive()
    }
}

impl Making {
    /// Makes it, whole and proven, and lets go of those that are too many. None where the newest usual one holds the same
    /// word for word: the list then tells when something was written, and not who was here without writing.
    pub fn make(self) -> Result<Option<Backup>, Error> {
        let conn = db::read_along(&self.path, &self.key)?;
        let newest = list(&self.folder)?
            .into_iter()
            .find(|backup| backup.kind == Kind::Usual);
        if newest.is_some_and(|newest| copy::holds_the_same(&conn, &newest.path, &self.key)) {
            return Ok(None);
        }
        let backup = next(&self.folder, Some(self.at), Kind::Usual)?;
        keep(&conn, &self.path, &self.key, self.schema, &backup)?;
        prune(&self.folder)?;
        Ok(Some(backup))
    }

    fn of(db: &Db, folder: PathBuf, at: Moment) -> Result<Making, Error> {
        files::make_folder(&folder)?;
        Ok(Making {
            path: db.path().to_path_buf(),
            key: db.key().again(),
            schema: db.schema(),
            folder,
            at,
        })
    }
}

impl Profile {
    /// A backup of an open space, to be made beside whoever writes in it.
    pub fn backup_of(&self, space: &Space, at: Moment) -> Result<Making, Error> {
        let making = Making::of(&space.db, folder_of(&self.dir, space.person()), at)?;
        card::refresh(self, space.person())?;
        Ok(making)
    }

    /// A backup of what both share, to be made beside whoever writes in it.
    pub fn backup_of_shared(&self, shared: &Shared, at: Moment) -> Result<Making, Error> {
        Making::of(&shared.db, shared_folder(&self.dir), at)
    }

    /// Makes a backup of an open space, whole and proven, and lets go of those that are too many.
    pub fn back_up(&self, space: &Space, at: Moment) -> Result<Backup, Error> {
        let folder = folder_of(&self.dir, space.person());
        let made = of_open(&space.db, &folder, Kind::Usual, at)?;
        card::refresh(self, space.person())?;
        Ok(made)
    }

    /// Makes a backup of what both share.
    pub fn back_up_shared(&self, shared: &Shared, at: Moment) -> Result<Backup, Error> {
        of_open(&shared.db, &shared_folder(&self.dir), Kind::Usual, at)
    }

    /// A person's backups, newest first.
    pub fn backups(&self, who: &PersonId) -> Result<Vec<Backup>, Error> {
        list(&folder_of(&self.dir, who))
    }

    /// The backups of what both share, newest first.
    pub fn shared_backups(&self) -> Result<Vec<Backup>, Error> {
        list(&shared_folder(&self.dir))
    }

    /// Removes every backup of a space made before now, after something was removed from it, and makes a fresh one.
    pub fn renew_backups(&self, space: &Space, at: Moment) -> Result<Backup, Error> {
        let made = self.back_up(space, at)?;
        only(&made, &folder_of(&self.dir, space.person()))?;
        Ok(made)
    }

    /// As [`renew_backups`](Self::renew_backups), of what both share.
    pub fn renew_shared_backups(&self, shared: &Shared, at: Moment) -> Result<Backup, Error> {
        let made = self.back_up_shared(shared, at)?;
        only(&made, &shared_folder(&self.dir))?;
        Ok(made)
    }

    /// Keeps a space as it is, if opening it is about to change its tables.
    pub(crate) fn before_migration(&self, who: &PersonId, root: &Root) -> Result<(), Error> {
        let path = self.space_path(who);
        let folder = folder_of(&self.dir, who);
        if before(&path, &root.of_space(who), &schema::OWN, &folder)? {
            card::refresh(self, who)?;
        }
        Ok(())
    }

    /// Keeps what is shared as it is, if opening it is about to change its tables.
    pub(crate) fn before_shared_migration(&self, root: &Root) -> Result<(), Error> {
        let folder = shared_folder(&self.dir);
        before(&self.shared_path(), &root.of_shared(), &schema::SHARED, &folder).map(drop)
    }
}

fn of_open(db: &Db, folder: &Path, kind: Kind, at: Moment) -> Result<Backup, Error> {
    let backup = next(folder, Some(at), kind)?;
    db.read("making a backup", |conn| {
        Ok(keep(conn, db.path(), db.key(), db.schema(), &backup))
    })??;
    prune(folder)?;
    Ok(backup)
}

fn before(path: &Path, key: &Key, schema: &'static Schema, folder: &Path) -> Result<bool, Error> {
    files::may_write(path)?;
    let conn = db::look(path, key, schema)?;
    let version = conn.query_row("PRAGMA user_version", [], |row| row.get::<_, i64>(0));
    let version = version.map_err(|e| db::blame(path, "opening the file", &e))?;
    if version >= schema.latest() {
        return Ok(false);
    }
    let backup = next(folder, None, Kind::Before)?;
    keep(&conn, path, key, schema, &backup)?;
    prune(folder)?;
    Ok(true)
}

fn keep(conn: &Connection, path: &Path, key: &Key, schema: &Schema, backup: &Backup) -> Result<(), Error> {
    let making = beside(&backup.path, ".new");
    if let Err(error) = copy::as_it_is(conn, path, &making, key, schema) {
        let _ = files::remove(&making);
        return Err(error);
    }
    files::rename(&making, &backup.path)
}

/// The next name in a folder, which is made if it is not there.
pub(crate) fn next(folder: &Path, at: Option<Moment>, kind: Kind) -> Result<Backup, Error> {
    files::make_folder(folder)?;
    remove_unfinished(folder)?;
    let number = list(folder)?.first().map_or(1, |newest| newest.number + 1);
    Ok(Backup::new(folder, number, at.map(|at| at.utc), kind))
}

/// What a crash left under an unfinished name would hold words that were removed since.
fn remove_unfinished(folder: &Path) -> Result<(), Error> {
    for entry in fs::read_dir(folder).map_err(|e| Error::reading(folder, &e))? {
        let path = entry.map_err(|e| Error::reading(folder, &e))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.ends_with(".new") || name.ends_with(".new-journal") {
            files::remove(&path)?;
        }
    }
    Ok(())
}

fn prune(folder: &Path) -> Result<(), Error> {
    for backup in schedule::to_go(&list(folder)?) {
        remove(backup)?;
    }
    Ok(())
}

/// Removes every copy but this one.
fn only(stays: &Backup, folder: &Path) -> Result<(), Error> {
    for backup in list(folder)?.iter().filter(|backup| backup.number != stays.number) {
        remove(backup)?;
    }
    files::sync_names(&stays.path)
}

fn remove(backup: &Backup) -> Result<(), Error> {
    for suffix in ["", "-wal"] {
        files::remove(&beside(&backup.path, suffix))?;
    }
    Ok(())
}
