//! The file of both: runs with the other, joint answers, the pinned text of a run, bookmarks that are shown.
//!
//! Deliberately not here: anything only one of the two may read, and the seals (`reveal`).

use rusqlite::{OptionalExtension as _, Transaction, params};

use crate::answers::{self, Answer};
use crate::db::Db;
use crate::entropy::Source;
use crate::ledger::{Ledger, held::Held};
use crate::runs;
use crate::search::{self, Place, Words};
use crate::{Error, Moment, PersonId, RunId};

/// What both share, open.
pub struct Shared {
    pub(crate) db: Db,
    pub(crate) source: Source,
}

/// A lesson's text as it was at a run's first seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pinned {
    /// The lesson's version.
    pub version: String,
    /// Its source text.
    pub text: String,
}

impl Held for Shared {
    fn db(&self) -> &Db {
        &self.db
    }

    fn db_mut(&mut self) -> &mut Db {
        &mut self.db
    }

    fn source(&self) -> &Source {
        &self.source
    }
}

impl Ledger for Shared {}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").finish_non_exhaustive()
    }
}

impl Shared {
    /// Keeps a joint answer, its author beside it, and answers the number of the save, once it is durable. What both wrote
    /// has no author.
    pub fn save<'a>(
        &mut self,
        answer: &Answer,
        author: impl Into<Option<&'a PersonId>>,
        sitting: &str,
        at: Moment,
    ) -> Result<u64, Error> {
        self.save_with(answer, None, author.into(), sitting, at)
    }

    /// As [`save`](Self::save), so that it can be found by its words, unless it is sensitive.
    pub fn save_findable<'a>(
        &mut self,
        answer: &Answer,
        words: Words<'_>,
        author: impl Into<Option<&'a PersonId>>,
        sitting: &str,
        at: Moment,
    ) -> Result<u64, Error> {
        self.save_with(answer, Some(words), author.into(), sitting, at)
    }

    /// Lets an opened text be found by its words. What is not open, or not this person's, is not findable: nothing is done.
    pub fn let_find(
        &mut self,
        run: &RunId,
        field: &str,
        layer: &str,
        author: &PersonId,
        words: Words<'_>,
    ) -> Result<(), Error> {
        self.db.write("keeping what you opened", |tx| {
            let open: bool = tx.query_row(
                "SELECT EXISTS (SELECT 1 FROM openings WHERE run = ?1 AND field = ?2 AND layer = ?3 AND author = ?4)",
                params![run, field, layer, author],
                |row| row.get(0),
            )?;
            let place = Place {
                run,
                field,
                layer,
                author: author.as_str(),
            };
            search::put(tx, &place, Some(words).filter(|_| open))?;
            Ok(search::told(tx, &place, open)?)
        })
    }

    /// The runs in which something was opened that nobody has said the words of yet ([`let_find`](Self::let_find)).
    pub fn untold_openings(&self) -> Result<Vec<RunId>, Error> {
        self.db.read("looking up what you opened", |conn| {
            conn.prepare_cached(
                "SELECT r.id FROM runs r WHERE EXISTS (
                   SELECT 1 FROM openings o
                   LEFT JOIN findable f ON f.run = o.run AND f.field = o.field AND f.layer = o.layer AND f.author = o.author
                   WHERE o.run = r.id AND f.id IS NULL)
                 ORDER BY r.seq",
            )?
            .query_map([], |row| row.get(0))?
            .collect()
        })
    }

    fn save_with(
        &mut self,
        answer: &Answer,
        words: Option<Words<'_>>,
        author: Option<&PersonId>,
        sitting: &str,
        at: Moment,
    ) -> Result<u64, Error> {
        self.db.write("keeping what you wrote together", |tx| {
            runs::must_be_here(tx, &answer.run)?;
            answers::save(tx, answer, words, author, sitting, at)
        })
    }

    /// The lesson's text a run is held to, once something was sealed in it. `reveal::seal` keeps it.
    pub fn pinned(&self, run: &RunId) -> Result<Option<Pinned>, Error> {
        self.db.read("looking up a lesson", |conn| {
            conn.query_row("SELECT version, text FROM pins WHERE run = ?1", [run], |row| {
                Ok(Pinned {
                    version: row.get(0)?,
                    text: row.get(1)?,
                })
            })
            .optional()
        })
    }

    /// Shows a person's bookmark to the other, or, with none, shows it no longer.
    pub fn show_bookmark(
        &mut self,
        run: &RunId,
        field: &str,
        person: &PersonId,
        part: Option<u32>,
    ) -> Result<(), Error> {
        self.db.write("moving a bookmark", |tx| {
            runs::must_be_here(tx, run)?;
            match part {
                Some(part) => tx.execute(
                    "INSERT INTO shown_bookmarks (run, field, person, part) VALUES (?1, ?2, ?3, ?4)
                     ON CONFLICT (run, field, person) DO UPDATE SET part = excluded.part",
                    params![run, field, person, part],
                )?,
                None => tx.execute(
                    "DELETE FROM shown_bookmarks WHERE run = ?1 AND field = ?2 AND person = ?3",
                    params![run, field, person],
                )?,
            };
            Ok(())
        })
    }

    /// The bookmarks that are shown on a plan.
    pub fn shown_bookmarks(&self, run: &RunId, field: &str) -> Result<Vec<(PersonId, u32)>, Error> {
        self.db.read("looking up bookmarks", |conn| {
            conn.prepare_cached(
                "SELECT person, part FROM shown_bookmarks WHERE run = ?1 AND field = ?2 ORDER BY person",
            )?
            .query_map(params![run, field], |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect()
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
}

/// Keeps the lesson's text for a run, in the transaction of its first seal. The first one stays.
pub(crate) fn pin(tx: &Transaction<'_>, run: &RunId, version: &str, text: &str) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT INTO pins (run, version, text) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        params![run, version, text],
    )?;
    Ok(())
}
