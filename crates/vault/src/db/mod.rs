//! One SQLCipher file: looking at it without touching it, opening it durably, and the one door for every change.
//!
//! Flow: `Db::open` first *inspects* the file through a connection that cannot write a byte (is it ours, is it whole, is
//! it from a newer version), and only then opens it for writing, sets what durability needs and reads each setting back.
//! `write` is one transaction: it answers only after COMMIT returned. After an I/O error nobody knows what the disk holds,
//! so the connection is closed and opened anew before anything else is read; the caller's retry is harmless because
//! every write is keyed by what it writes.
//! Deliberately not here: tables (see `schema` and the module of each table), and repair. A damaged file is left as it is.

mod blame;
mod inspect;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use crate::Error;
use crate::files;
use crate::keys::Key;
use crate::schema::Schema;

pub(crate) use blame::blame;
use blame::migration;
use inspect::inspect;
pub(crate) use inspect::{look, read_along, rows};

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
    pub(crate) fn open(path: &Path, key: Key, schema: &'static Schema) -> Result<Db, Error> {
        files::may_write(path)?;
        drop(inspect(path, &key, schema, true)?);
        let conn = connect(path, &key, schema)?;
        Ok(Db {
            conn: Some(conn),
            path: path.to_path_buf(),
            key,
            schema,
        })
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
        self.conn = Some(connect(&self.path, &self.key, self.schema)?);
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
        let error = match commit(conn, change) {
            Ok(done) => {
                #[cfg(test)]
                files::order::note("committed", &self.path);
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

fn commit<T>(conn: &mut Connection, change: impl FnOnce(&Transaction<'_>) -> Result<T, Fault>) -> Result<T, Fault> {
    let tx = conn.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let done = change(&tx)?;
    tx.commit()?;
    Ok(done)
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

/// `path` with something added to its last part: `-wal`, `-shm`.
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
