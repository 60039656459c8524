//! Looking at a file without touching it: is it ours, is it whole, is it from a newer version.

use std::fs;
use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::{BUSY, beside, blame, unlock};
use crate::keys::Key;
use crate::schema::Schema;
use crate::{Error, files};

/// Files up to this size are read whole when they are opened, so that damage is named at the door and not in the middle
/// of a lesson. Larger ones are checked page by page as they are read; SQLCipher authenticates each page.
const CHECK_WHOLE_BELOW: u64 = 8 * 1024 * 1024;

/// Looks at a file through a connection that writes nothing to it, not even when it closes.
pub(super) fn inspect(path: &Path, key: &Key, schema: &Schema, whole: bool) -> Result<Connection, Error> {
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

/// A second connection to a file that is open for writing just now: it reads what was committed, beside whatever is
/// written meanwhile, and writes nothing, not even when it closes.
pub(crate) fn read_along(path: &Path, key: &Key) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let opened = (|| {
        let conn = Connection::open_with_flags(path, flags)?;
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        conn.busy_timeout(BUSY)?;
        unlock(&conn, key)?;
        // Comparing must not spill words into a plain temporary file.
        conn.execute_batch("PRAGMA temp_store = MEMORY")?;
        Ok(conn)
    })();
    opened.map_err(|e| blame(path, "opening the file to read along", &e))
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
