//! A person's own file: their answers, their runs on their own, their place, bookmark and settings.
//!
//! Deliberately not here: anything of the other person. Their file is another file with another key.

use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use crate::answers::{self, Answer};
use crate::db::{Db, Fault};
use crate::entropy::Source;
use crate::keys::Root;
use crate::ledger::{Ledger, held::Held};
use crate::reveal::frozen;
use crate::search::Words;
use crate::{Error, Moment, PersonId, RunId};

/// A person's own space, open.
pub struct Space {
    pub(crate) db: Db,
    pub(crate) person: PersonId,
    pub(crate) source: Source,
}

/// Where a reader is in a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bookmark {
    /// The part, counted from 0; none before the first.
    pub part: Option<u32>,
    /// Its owner shows it to the other.
    pub shown: bool,
}

impl Held for Space {
    fn db(&self) -> &Db {
        &self.db
    }

    fn db_mut(&mut self) -> &mut Db {
        &mut self.db
    }

    fn source(&self) -> &Source {
        &self.source
    }

    fn is_sealed(&self, conn: &Connection, run: &RunId, field: &str) -> rusqlite::Result<bool> {
        frozen::holds(conn, run, field)
    }
}

impl Ledger for Space {}

impl std::fmt::Debug for Space {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Space").finish_non_exhaustive()
    }
}

impl Space {
    /// Whose it is.
    pub fn person(&self) -> &PersonId {
        &self.person
    }

    /// Keeps an answer and answers the number of the save, once it is durable. `sitting` names this sitting: the history
    /// keeps one version for each. A sealed answer is refused. It cannot be found by its words:
    /// [`save_findable`](Self::save_findable) is told them.
    pub fn save(&mut self, answer: &Answer, sitting: &str, at: Moment) -> Result<u64, Error> {
        self.save_with(answer, None, sitting, at)
    }

    /// Keeps an answer so that it can be found by its words, unless it is sensitive.
    pub fn save_findable(
        &mut self,
        answer: &Answer,
        words: Words<'_>,
        sitting: &str,
        at: Moment,
    ) -> Result<u64, Error> {
        self.save_with(answer, Some(words), sitting, at)
    }

    fn save_with(
        &mut self,
        answer: &Answer,
        words: Option<Words<'_>>,
        sitting: &str,
        at: Moment,
    ) -> Result<u64, Error> {
        self.db.write("keeping what you wrote", |tx| {
            if frozen::holds(tx, &answer.run, &answer.field)? {
                return Err(Fault::Rule(Error::Sealed));
            }
            answers::save(tx, answer, words, None, sitting, at)
        })
    }

    /// The fields of a run that are sealed or opened: they cannot be written any more.
    pub fn frozen(&self, run: &RunId) -> Result<Vec<String>, Error> {
        self.db.read("reading what is kept", |conn| frozen::fields(conn, run))
    }

    /// My bookmark on a plan.
    pub fn bookmark(&self, run: &RunId, field: &str) -> Result<Option<Bookmark>, Error> {
        self.db.read("looking up your bookmark", |conn| {
            conn.query_row(
                "SELECT part, shown FROM bookmarks WHERE run = ?1 AND field = ?2",
                params![run, field],
                |row| {
                    Ok(Bookmark {
                        part: row.get(0)?,
                        shown: row.get(1)?,
                    })
                },
            )
            .optional()
        })
    }

    /// Moves my bookmark. Showing it to the other is a line in the shared file: `Shared::show_bookmark`.
    pub fn set_bookmark(&mut self, run: &RunId, field: &str, bookmark: &Bookmark) -> Result<(), Error> {
        self.db.write("moving your bookmark", |tx| {
            tx.execute(
                "INSERT INTO bookmarks (run, field, part, shown) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (run, field) DO UPDATE SET part = excluded.part, shown = excluded.shown",
                params![run, field, bookmark.part, bookmark.shown],
            )?;
            Ok(())
        })
    }

    /// A setting of mine.
    pub fn setting(&self, key: &str) -> Result<Option<String>, Error> {
        self.db.read("looking up a setting", |conn| {
            conn.query_row("SELECT value FROM settings WHERE key = ?1", [key], |row| row.get(0))
                .optional()
        })
    }

    /// Keeps a setting of mine.
    pub fn set_setting(&mut self, key: &str, value: &str) -> Result<(), Error> {
        self.db.write("keeping a setting", |tx| {
            tx.execute(
                "INSERT INTO settings (key, value) VALUES (?1, ?2)
                 ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value IS NOT excluded.value",
                [key, value],
            )?;
            Ok(())
        })
    }

    /// Whether an error left the file closed: nothing is read or written until [`reopen`](Self::reopen) answers.
    pub fn is_lost(&self) -> bool {
        self.db.is_lost()
    }

    /// Closes the file and opens it again, after an error that left it unclear what the disk holds.
    pub fn reopen(&mut self) -> Result<(), Error> {
        self.db.reopen()
    }

    /// Closes the file. Everything that was saved is safe even if this answers an error.
    pub fn close(self) -> Result<(), Error> {
        self.db.close()
    }

    pub(crate) fn shared_key(&self) -> Result<Option<Root>, Error> {
        self.secret(SHARED_KEY)
    }

    /// A secret this file keeps.
    pub(crate) fn secret(&self, name: &str) -> Result<Option<Root>, Error> {
        self.db.read("looking up what you share", |conn| {
            conn.query_row("SELECT bytes FROM secrets WHERE name = ?1", [name], |row| {
                row.get::<_, [u8; 32]>(0)
            })
            .optional()
            .map(|found| found.map(|mut bytes| Root::take(&mut bytes)))
        })
    }

    pub(crate) fn keep_shared_key(&mut self, key: &Root) -> Result<(), Error> {
        self.db
            .write("sharing a place with the other", |tx| Ok(put_shared_key(tx, key)?))
    }
}

/// Under which name a person's file keeps the shared key.
pub(crate) const SHARED_KEY: &str = "shared-key";

/// Puts the shared key into a person's file, new or old. One that is there stays: the shared file may be made with it.
pub(crate) fn put_shared_key(tx: &Transaction<'_>, key: &Root) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT INTO secrets (name, bytes) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
        params![SHARED_KEY, key.expose()],
    )?;
    Ok(())
}

/// Puts a secret in the place of what is under its name.
pub(crate) fn put_secret(tx: &Transaction<'_>, name: &str, key: &Root) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT INTO secrets (name, bytes) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET bytes = excluded.bytes",
        params![name, key.expose()],
    )?;
    Ok(())
}

pub(crate) fn drop_secret(tx: &Transaction<'_>, name: &str) -> rusqlite::Result<()> {
    tx.execute("DELETE FROM secrets WHERE name = ?1", [name])?;
    Ok(())
}
