//! One SQLCipher file: looking at it without touching it, opening it durably, and the one door for every change.
//!
//! Flow: `Db::open` first *inspects* the file through a connection that cannot write a byte (is it ours, is it whole, is
//! it from a newer version), and only then opens it for writing, sets what durability needs and reads each setting back.
//! `write` is one transaction: it answers only after COMMIT returned. After an I/O error nobody knows what the disk holds,
//! so the connection is closed and opened anew before anything else is read; the caller's retry is harmless because
//! every write is keyed by what it writes.
//! Deliberately not here: tables (see `schema` and the module of each table), and repair. A damaged file is left as it is.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};

use crate::Error;
use crate::files;
use crate::keys::Key;
use crate::schema::Schema;

/// Files up to this size are read whole when they are opened, so that damage is named at the door and not in the middle
/// of a lesson. Larger ones are checked page by page as they are read; SQLCipher authenticates each page.
const CHECK_WHOLE_BELOW: u64 = 8 * 1024 * 1024;

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
            tx.commit()?;
            // The name the file is given next must mean a whole file, so nothing may be left beside it.
            conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        })();
        filled.map_err(|e| blame(path, "making a new file", &e))?;
        conn.close().map_err(|(_, e)| blame(path, "making a new file", &e))?;
        files::sync(path)?;
        files::sync_names(path)
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

/// Looks at a file through a connection that writes nothing to it, not even when it closes.
fn inspect(path: &Path, key: &Key, schema: &Schema, whole: bool) -> Result<Connection, Error> {
    let wal = beside(path, "-wal").exists();
    // Without a log beside it the file can be read as if it never changed. With one, the log has to be read too:
    // SQLite then builds its index of the log in `-shm`, which holds nothing and is thrown away.
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let uri = if wal {
        uri(path, "mode=ro")
    } else {
        uri(path, "immutable=1")
    };
    let looked = (|| {
        let conn = Connection::open_with_flags(&uri, flags)?;
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        conn.busy_timeout(BUSY)?;
        unlock(&conn, key)?;
        let version: i64 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
        if version > schema.latest() {
            return Ok(Seen::Newer);
        }
        // No file of ours has version 0: an empty or blank file stands where words were.
        if version < 1 || damaged(&conn, path, wal, whole)? {
            return Ok(Seen::Damaged);
        }
        Ok(Seen::Ours(conn))
    })();
    let path = path.to_path_buf();
    match looked {
        Ok(Seen::Ours(conn)) => Ok(conn),
        Ok(Seen::Newer) => Err(Error::Newer { path }),
        Ok(Seen::Damaged) => Err(Error::Damaged { path }),
        Err(e) => Err(blame(&path, "opening the file", &e)),
    }
}

/// A closed file, to read from and never to write, not even when it is closed again.
pub(crate) fn look(path: &Path, key: &Key, schema: &Schema) -> Result<Connection, Error> {
    files::may_read(path)?;
    inspect(path, key, schema, false)
}

enum Seen {
    Ours(Connection),
    Newer,
    Damaged,
}

fn damaged(conn: &Connection, path: &Path, wal: bool, whole: bool) -> rusqlite::Result<bool> {
    let size = fs::metadata(path).map_or(0, |m| m.len());
    if !whole || size > CHECK_WHOLE_BELOW {
        // At least the list of tables must read.
        conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
        return Ok(false);
    }
    // One row for each page whose seal is broken; a whole file answers none. It reads the file as it lies there, past
    // the log. A power cut while the log is copied in leaves half-written pages in the file and all of them whole in the
    // log, so with a log only what is read through it counts.
    if !wal && !rows(conn, "PRAGMA cipher_integrity_check")?.is_empty() {
        return Ok(true);
    }
    // Goes through the log, and each page it reads is authenticated on the way.
    Ok(rows(conn, "PRAGMA quick_check(1)")? != ["ok"])
}

pub(crate) fn rows(conn: &Connection, pragma: &str) -> rusqlite::Result<Vec<String>> {
    let mut statement = conn.prepare(pragma)?;
    let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
    rows.collect()
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

fn migration(path: &Path, error: rusqlite_migration::Error) -> Error {
    match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => blame(path, "bringing the file up to date", &err),
        rusqlite_migration::Error::MigrationDefinition(
            rusqlite_migration::MigrationDefinitionError::DatabaseTooFarAhead,
        ) => Error::Newer {
            path: path.to_path_buf(),
        },
        _ => Error::Failed {
            doing: "bringing the file up to date",
            path: path.to_path_buf(),
            code: None,
        },
    }
}

/// What SQLite's answer means to the people whose file it is. Its own text is dropped: codes cannot hold a word of theirs.
pub(crate) fn blame(path: &Path, doing: &'static str, error: &rusqlite::Error) -> Error {
    let at = path.to_path_buf();
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Error::DiskFull { path: at },
        Some(ErrorCode::ReadOnly) => Error::ReadOnly { path: at },
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Error::Damaged { path: at },
        Some(ErrorCode::PermissionDenied) => Error::Unreadable { path: at },
        Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => {
            why_the_folder_refuses(path).unwrap_or_else(|| failed(at, doing, error))
        }
        _ => failed(at, doing, error),
    }
}

fn failed(path: PathBuf, doing: &'static str, error: &rusqlite::Error) -> Error {
    let code = error.sqlite_error().map(|e| e.extended_code);
    Error::Failed { doing, path, code }
}

/// SQLite says "I/O error" for a full disk too, when it is the log's index that finds no room. A small file written
/// beside the database tells the reasons apart.
fn why_the_folder_refuses(path: &Path) -> Option<Error> {
    let probe = beside(path, ".probe");
    let written = fs::File::create(&probe).and_then(|mut file| {
        file.write_all(&[0; 64 * 1024])?;
        file.sync_all()
    });
    let _ = fs::remove_file(&probe);
    let error: io::Error = written.err()?;
    match Error::writing(path, &error) {
        Error::Failed { .. } => None,
        told => Some(told),
    }
}

/// A path as SQLite's URI, with everything that could mean something else escaped.
fn uri(path: &Path, query: &str) -> String {
    let mut uri = String::from("file:");
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b'~' => {
                uri.push(char::from(*byte));
            }
            b'\\' if cfg!(windows) => uri.push('/'),
            b':' if cfg!(windows) => uri.push(':'),
            other => uri.push_str(&format!("%{other:02X}")),
        }
    }
    uri.push('?');
    uri.push_str(query);
    uri
}
