//! One SQLCipher file: looking at it without touching it, opening it durably, and the one door for every change.
//!
//! Flow: `Db::open` first *inspects* the file through a connection that cannot write a byte (is it ours, is it whole, is
//! it from a newer version), and only then opens it for writing, sets what durability needs and reads each setting back.
//! `write` is one transaction: it answers only after COMMIT returned, and then marks outside the file how far it has come
//! (`mark`), so that what is missing at a later opening can be said. After an I/O error nobody knows what the disk holds,
//! so the connection is closed and opened anew before anything else is read; the caller's retry is harmless because
//! every write is keyed by what it writes.
//! Deliberately not here: tables (see `schema` and the module of each table), and repair. A damaged file is left as it is.

mod blame;
mod inspect;
mod mark;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use crate::Error;
use crate::entropy::Source;
use crate::files;
use crate::keys::Key;
use crate::schema::Schema;

pub(crate) use blame::blame;
use blame::migration;
use inspect::inspect;
pub(crate) use inspect::{look, read_along, rows};
pub(crate) use mark::MARK;
use mark::Mark;

/// How long to wait for another connection of this same process (adding a person writes beside an open space).
const BUSY: Duration = Duration::from_secs(5);

/// Why a change was not made: SQLite said no, or a rule did.
pub(crate) enum Fault {
    Sql(rusqlite::Error),
    Rule(Error),
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Fault {
        Fault::Sql(error)
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Fault {
        Fault::Rule(error)
    }
}

/// An open file. `conn` is empty only between a failed write and the reopening that mends it.
pub struct Db {
    conn: Option<Connection>,
    path: PathBuf,
    key: Key,
    schema: &'static Schema,
    /// Apart, so that an open file is small enough to be handed on.
    mark: Box<Mark>,
}

impl Db {
    /// Makes a new file at `path`, whole and closed, its name as durable as its bytes: what is written next may count on
    /// it. What stood there is replaced: callers give a name that is only ever used for files in the making.
    pub(crate) fn make(
        path: &Path,
        key: &Key,
        schema: &'static Schema,
        fill: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<()>,
    ) -> Result<(), Error> {
        for suffix in ["", "-wal", "-shm"] {
            files::remove(&beside(path, suffix))?;
        }
        files::create_private(path)?;
        let mut conn = connect(path, key, schema)?;
        let filled = (|| {
            let tx = conn.transaction()?;
            fill(&tx)?;
            tx.commit()
        })();
        filled.map_err(|e| blame(path, "making a new file", &e))?;
        close_whole(conn, path)
    }

    /// Makes a copy that was written some other way ready to be given a name: with its log's mode and the newest tables,
    /// whole by itself. Opened by its name it is then only ever written through a log. Else the first opening would change
    /// the mode through a journal, and a power cut in the middle of that would leave a file that reads as damaged.
    pub(crate) fn make_ready(path: &Path, key: &Key, schema: &'static Schema) -> Result<(), Error> {
        close_whole(connect(path, key, schema)?, path)
    }

    /// Opens a file that must be there, be whole, and not be newer than this code.
    pub(crate) fn open(path: &Path, key: Key, schema: &'static Schema, source: &Source) -> Result<Db, Error> {
        files::may_write(path)?;
        drop(inspect(path, &key, schema, true)?);
        let mut db = Db {
            conn: None,
            path: path.to_path_buf(),
            mark: Box::new(Mark::of(path, &key, source.clone())),
            key,
            schema,
        };
        db.reopen()?;
        Ok(db)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn key(&self) -> &Key {
        &self.key
    }

    pub(crate) fn schema(&self) -> &'static Schema {
        self.schema
    }

    /// Whether it is closed because it could not be opened again after an error.
    pub(crate) fn is_lost(&self) -> bool {
        self.conn.is_none()
    }

    /// Closes and opens again, so that what is read next is what the disk holds.
    pub(crate) fn reopen(&mut self) -> Result<(), Error> {
        self.conn = None;
        let conn = connect(&self.path, &self.key, self.schema)?;
        let come = conn.query_row("SELECT commits FROM sequence", [], |row| row.get::<_, i64>(0));
        let come = come.map_err(|e| blame(&self.path, "opening the file", &e))?;
        self.mark.hold_against(come);
        self.conn = Some(conn);
        Ok(())
    }

    /// Whether the file lacks changes that were acknowledged, and nobody was told yet.
    pub(crate) fn has_gap(&self) -> bool {
        self.mark.gap.is_some()
    }

    /// Whoever owns the file was told of the gap: from here on it counts as it is.
    pub(crate) fn gap_is_said(&mut self) -> Result<(), Error> {
        let Some(marked) = self.mark.gap else { return Ok(()) };
        // Past the mark and not back behind it: an older mark that a power cut leaves must not bring the gap up again.
        self.write("noting that you were told", |tx| {
            tx.execute("UPDATE sequence SET commits = ?1", [marked])?;
            Ok(())
        })?;
        self.mark.gap = None;
        Ok(())
    }

    /// Closes the file. Everything committed is safe even if this answers an error.
    pub(crate) fn close(mut self) -> Result<(), Error> {
        match self.conn.take() {
            None => Ok(()),
            Some(conn) => conn.close().map_err(|(_, e)| blame(&self.path, "closing the file", &e)),
        }
    }

    /// Writes the file anew without what was removed from it, and empties its log: deleted words are then in neither.
    pub(crate) fn clear(&mut self) -> Result<(), Error> {
        let busy = self.read("clearing out what was removed", |conn| {
            conn.execute_batch("VACUUM")?;
            conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0))
        })?;
        match busy {
            0 => Ok(()),
            _ => Err(Error::Failed {
                doing: "clearing out what was removed",
                path: self.path.clone(),
                code: None,
            }),
        }
    }

    /// Reads.
    pub(crate) fn read<T>(
        &self,
        doing: &'static str,
        look: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Error> {
        let conn = self.conn.as_ref().ok_or_else(|| Error::Failed {
            doing,
            path: self.path.clone(),
            code: None,
        })?;
        look(conn).map_err(|e| blame(&self.path, doing, &e))
    }

    /// One change, whole or not at all. `Ok` means that COMMIT returned.
    pub(crate) fn write<T>(
        &mut self,
        doing: &'static str,
        change: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>,
    ) -> Result<T, Error> {
        if self.conn.is_none() {
            self.reopen()?;
        }
        let Some(conn) = self.conn.as_mut() else {
            return Err(Error::Failed {
                doing,
                path: self.path.clone(),
                code: None,
            });
        };
        let error = match commit(conn, self.mark.gap.is_none(), change) {
            Ok((done, number)) => {
                #[cfg(test)]
                files::order::note("committed", &self.path);
                if let Some(number) = number {
                    self.mark.set(number);
                }
                return Ok(done);
            }
            Err(Fault::Rule(refusal)) => return Err(refusal),
            Err(Fault::Sql(error)) => error,
        };
        let blamed = blame(&self.path, doing, &error);
        if outcome_unknown(&error) {
            // If this fails too, `conn` stays empty and the next write tries again; the first error is the one to show.
            let _ = self.reopen();
        }
        Err(blamed)
    }
}

/// Closes a file with nothing left beside it, its bytes and its name durable.
fn close_whole(conn: Connection, path: &Path) -> Result<(), Error> {
    let doing = "making a new file";
    conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .map_err(|e| blame(path, doing, &e))?;
    conn.close().map_err(|(_, e)| blame(path, doing, &e))?;
    files::sync(path)?;
    files::sync_names(path)
}

/// Answers, with what was done, how far the file has come with it, if it counts and anything was changed.
fn commit<T>(
    conn: &mut Connection,
    counts: bool,
    change: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>,
) -> Result<(T, Option<i64>), Fault> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let before = tx.total_changes();
    let done = change(&tx)?;
    let number = match counts && tx.total_changes() != before {
        true => Some(tx.query_row(
            "UPDATE sequence SET commits = commits + 1 RETURNING commits",
            [],
            |row| row.get(0),
        )?),
        false => None,
    };
    tx.commit()?;
    Ok((done, number))
}

/// SQLite rolled back and says so, or it cannot tell what reached the disk.
fn outcome_unknown(error: &rusqlite::Error) -> bool {
    !matches!(
        error.sqlite_error_code(),
        None | Some(
            ErrorCode::DiskFull
                | ErrorCode::ConstraintViolation
                | ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::TooBig
        )
    )
}

/// `path` with something added to its last part: `-wal`, `-shm`, `-mark`.
pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Opens for writing, with the settings that durability rests on, at the newest schema.
fn connect(path: &Path, key: &Key, schema: &Schema) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let opened = (|| {
        let conn = Connection::open_with_flags(path, flags)?;
        conn.busy_timeout(BUSY)?;
        unlock(&conn, key)?;
        Ok((settings(&conn)?, conn))
    })();
    let (odd, mut conn) = opened.map_err(|e| blame(path, "opening the file", &e))?;
    if odd.is_some() {
        // A setting that did not take: "Saved" would be a promise without ground.
        return Err(Error::Failed {
            doing: "preparing the file for safe writing",
            path: path.to_path_buf(),
            code: None,
        });
    }
    schema.bring_up_to_date(&mut conn).map_err(|e| migration(path, e))?;
    Ok(conn)
}

/// Gives SQLCipher the key and sees whether it fits.
fn unlock(conn: &Connection, key: &Key) -> rusqlite::Result<()> {
    // It would otherwise write its complaints to the terminal.
    conn.execute_batch("PRAGMA cipher_log_level = NONE")?;
    conn.execute_batch(&key.pragma())?;
    conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))
}

/// Sets what `vault.md` asks for and reads each back. Answers the first setting that did not take.
fn settings(conn: &Connection) -> rusqlite::Result<Option<&'static str>> {
    const SETTINGS: [(&str, &str, &str); 9] = [
        ("journal_mode", "WAL", "wal"),
        ("synchronous", "FULL", "2"),
        ("locking_mode", "NORMAL", "normal"),
        ("secure_delete", "ON", "1"),
        ("foreign_keys", "ON", "1"),
        // Only macOS makes a difference between the two kinds of flush; elsewhere these change nothing.
        ("fullfsync", "ON", "1"),
        ("checkpoint_fullfsync", "ON", "1"),
        // Sorting must not spill words into a plain temporary file.
        ("temp_store", "MEMORY", "2"),
        ("trusted_schema", "OFF", "0"),
    ];
    for (name, wish, answer) in SETTINGS {
        // Some of these answer a row and some do not, so each is run as a batch and then asked.
        conn.execute_batch(&format!("PRAGMA {name} = {wish}"))?;
        let is: String = conn.query_row(&format!("PRAGMA {name}"), [], |row| {
            row.get_ref(0).map(|value| match value {
                rusqlite::types::ValueRef::Integer(number) => number.to_string(),
                other => other.as_str().unwrap_or_default().to_owned(),
            })
        })?;
        if is != answer {
            return Ok(Some(name));
        }
    }
    Ok(None)
}
