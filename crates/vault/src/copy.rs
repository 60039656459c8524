//! Whole copies of a file, each proven before anything relies on it.
//!
//! Flow: everything in an open file goes into a new one (under another key, or under the same one), row by row compared
//! while both are attached; then the copy is flushed, opened by its name as a stranger would, and read from end to end.
//! Deliberately not here: what a copy is for (`lock::relock`, `backup`), and names.

use std::path::Path;

use rusqlite::Connection;
use zeroize::Zeroizing;

use crate::db::{self, Db, beside};
use crate::keys::Key;
use crate::schema::Schema;
use crate::{Error, files};

/// What a file holds, in numbers: its tables with their rows.
pub(crate) type Counts = Vec<(String, i64)>;

/// Copies everything an open file holds into a new one at `to`, under another key. What stood there is replaced.
pub(crate) fn under_key(from: &Db, to: &Path, key: &Key) -> Result<(), Error> {
    let doing = "copying a file under a new key";
    make_room(to)?;
    let changed = || Error::Failed {
        doing,
        path: to.to_path_buf(),
        code: None,
    };
    let counts = from.read(doing, |conn| {
        // Changes when another connection writes, so that no word written meanwhile is left behind.
        let version: i64 = conn.query_row("PRAGMA data_version", [], |row| row.get(0))?;
        let (same, counts) = attached(conn, to, key, into_attached)?;
        let now: i64 = conn.query_row("PRAGMA data_version", [], |row| row.get(0))?;
        Ok((same && now == version).then_some(counts))
    })?;
    let counts = counts.ok_or_else(changed)?;
    Db::make_ready(to, key, from.schema())?;
    match prove(to, key, from.schema())? == counts {
        true => Ok(()),
        false => Err(changed()),
    }
}

/// Fills the attached file and compares each table. `false` when a row differs.
fn into_attached(conn: &Connection) -> rusqlite::Result<(bool, Counts)> {
    let version: i64 = conn.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    conn.query_row("SELECT sqlcipher_export('copy')", [], |_| Ok(()))?;
    conn.execute_batch(&format!("PRAGMA copy.user_version = {version}"))?;
    let counts = counts(conn)?;
    Ok((equals_attached(conn, &counts)?, counts))
}

/// Whether the attached file holds the same rows in every table.
fn equals_attached(conn: &Connection, counts: &Counts) -> rusqlite::Result<bool> {
    for (table, _) in counts {
        let differ = format!(
            "SELECT (SELECT count(*) FROM (SELECT * FROM main.\"{table}\" EXCEPT SELECT * FROM copy.\"{table}\"))
                  + (SELECT count(*) FROM main.\"{table}\") - (SELECT count(*) FROM copy.\"{table}\")"
        );
        let differ: i64 = conn.query_row(&differ, [], |row| row.get(0))?;
        if differ != 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether the copy at `path` holds word for word what an open file holds; how often the file was written to is no word.
/// One that cannot be read holds nothing.
pub(crate) fn holds_the_same(conn: &Connection, path: &Path, key: &Key) -> bool {
    attached(conn, path, key, |conn| {
        let mut counts = counts(conn)?;
        counts.retain(|(table, _)| table != "sequence");
        let tables: i64 = conn.query_row("SELECT count(*) FROM copy.sqlite_schema", [], |row| row.get(0))?;
        let here: i64 = conn.query_row("SELECT count(*) FROM main.sqlite_schema", [], |row| row.get(0))?;
        Ok(tables == here && equals_attached(conn, &counts)?)
    })
    .unwrap_or(false)
}

/// Does something while the file at `path` is attached as `copy`.
pub(crate) fn attached<T>(
    conn: &Connection,
    path: &Path,
    key: &Key,
    look: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    let attach = Zeroizing::new(format!("ATTACH DATABASE ?1 AS copy KEY \"{}\"", key.literal().as_str()));
    conn.execute(&attach, [&*path.to_string_lossy()])?;
    let looked = look(conn);
    conn.execute_batch("DETACH DATABASE copy")?;
    looked
}

/// Copies the file at `from` as it is, under its own key, into a new one at `to`.
pub(crate) fn as_it_is(conn: &Connection, from: &Path, to: &Path, key: &Key, schema: &Schema) -> Result<(), Error> {
    let doing = "making a backup";
    make_room(to)?;
    let copied = (|| {
        let before = counts(conn)?;
        conn.execute("VACUUM INTO ?1", [&*to.to_string_lossy()])?;
        Ok((before, counts(conn)?))
    })();
    let (before, after) = copied.map_err(|e| db::blame(from, doing, &e))?;
    settle(to)?;
    match lies_between(&prove(to, key, schema)?, &before, &after) {
        true => Ok(()),
        false => Err(Error::Failed {
            doing,
            path: to.to_path_buf(),
            code: None,
        }),
    }
}

/// Whether a copy holds as much as the file did. While it was made somebody may have gone on writing, through another
/// connection: then it holds a moment in between.
fn lies_between(copy: &Counts, before: &Counts, after: &Counts) -> bool {
    let tables = |counts: &Counts| counts.iter().map(|(table, _)| table.clone()).collect::<Vec<_>>();
    let rows = |counts: &Counts| counts.iter().map(|(_, rows)| *rows).collect::<Vec<_>>();
    let (now, one, other) = (rows(copy), rows(before), rows(after));
    let mut moments = now.iter().zip(one.iter().zip(&other));
    tables(copy) == tables(before)
        && tables(copy) == tables(after)
        && moments.all(|(now, (one, other))| (one.min(other)..=one.max(other)).contains(&now))
}

/// Reads a closed file from end to end: every page as it was sealed, every table whole. Answers what it holds.
pub(crate) fn prove(path: &Path, key: &Key, schema: &Schema) -> Result<Counts, Error> {
    let conn = db::look(path, key, schema)?;
    // It reads the file as it lies there, past a log beside it: with one, only what is read through the log counts.
    let log = beside(path, "-wal").exists();
    let sound = |pragma: &str, good: &[&str]| -> rusqlite::Result<bool> { Ok(db::rows(&conn, pragma)? == good) };
    let read = (|| {
        let whole = (log || sound("PRAGMA cipher_integrity_check", &[])?)
            && sound("PRAGMA integrity_check(1)", &["ok"])?
            && sound("PRAGMA foreign_key_check", &[])?;
        Ok((whole, counts(&conn)?))
    })();
    match read.map_err(|e| db::blame(path, "reading a copy", &e))? {
        (true, counts) => Ok(counts),
        (false, _) => Err(Error::Damaged {
            path: path.to_path_buf(),
        }),
    }
}

/// Every real table with its rows. What FTS5 keeps is among them; the table it shows is not.
fn counts(conn: &Connection) -> rusqlite::Result<Counts> {
    let tables: Vec<String> = conn
        .prepare(
            "SELECT name FROM sqlite_schema
             WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite_%' ORDER BY name",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut counts = Vec::with_capacity(tables.len());
    for table in tables {
        let rows = conn.query_row(&format!("SELECT count(*) FROM \"{table}\""), [], |row| row.get(0))?;
        counts.push((table, rows));
    }
    Ok(counts)
}

fn make_room(to: &Path) -> Result<(), Error> {
    for suffix in ["", "-journal", "-wal", "-shm"] {
        files::remove(&beside(to, suffix))?;
    }
    // SQLite would make it readable for others.
    files::create_private(to)
}

fn settle(to: &Path) -> Result<(), Error> {
    files::sync(to)?;
    files::sync_names(to)
}
