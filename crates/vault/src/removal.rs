//! Removing an answer, and earlier versions of one; and putting a removed answer back while the sitting lasts.
//!
//! Flow: everything the file holds of the answer is taken out in one transaction and handed to whoever asked; what is put
//! back is exactly that. Nothing of it stays on the disk in between (`Db::clear`).
//! Deliberately not here: backups, and what was opened together. That is no longer one person's to remove.

use rusqlite::types::Value;
use rusqlite::{Connection, Transaction, params, params_from_iter};

use crate::answers::silent_debug;
use crate::db::Fault;
use crate::search::{self, Place, Words};
use crate::{Error, RunId};

/// A removed answer, in memory, for as long as it can be put back.
pub struct Removed {
    run: RunId,
    field: String,
    answer: Vec<Value>,
    versions: Vec<Vec<Value>>,
    prompts: Vec<(Vec<u8>, String)>,
    words: Option<String>,
    pub(crate) cleared: bool,
}
silent_debug!(Removed);

impl Removed {
    /// Nothing of it is left in the file. If not, something else had the file open: it is gone after the next removal.
    pub fn is_cleared(&self) -> bool {
        self.cleared
    }
}

const ANSWER: &str = "run, field, pack, lesson, rev, lesson_version, kind, privacy, prompt, value, author, save, at, at_offset, sensitive";
const VERSION: &str = "id, run, field, sitting, sealed, rev, privacy, prompt, value, author, save, at, at_offset";
/// Prompts nobody refers to any more would still tell what was answered.
const ORPHANS: &str = "hash NOT IN (SELECT prompt FROM answers UNION SELECT prompt FROM history)";

pub(crate) fn take(tx: &Transaction<'_>, run: &RunId, field: &str) -> Result<Removed, Fault> {
    let mut answer = rows(tx, ANSWER, "answers", run, field)?;
    let answer = answer.pop().ok_or(Fault::Rule(Error::NothingThere))?;
    let versions = rows(tx, VERSION, "history", run, field)?;
    let place = Place::answer(run, field);
    let words = search::words_of(tx, &place)?;
    search::put(tx, &place, None)?;
    for table in ["answers", "history"] {
        tx.execute(
            &format!("DELETE FROM {table} WHERE run = ?1 AND field = ?2"),
            params![run, field],
        )?;
    }
    let prompts = tx
        .prepare(&format!("SELECT hash, text FROM prompts WHERE {ORPHANS}"))?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<_>>()?;
    tx.execute(&format!("DELETE FROM prompts WHERE {ORPHANS}"), [])?;
    Ok(Removed {
        run: run.clone(),
        field: field.to_owned(),
        answer,
        versions,
        prompts,
        words,
        cleared: false,
    })
}

pub(crate) fn put_back(tx: &Transaction<'_>, removed: &Removed) -> Result<(), Fault> {
    let there = "SELECT EXISTS (SELECT 1 FROM answers WHERE run = ?1 AND field = ?2)";
    if tx.query_row(there, params![removed.run, removed.field], |row| row.get::<_, bool>(0))? {
        return Err(Fault::Rule(Error::WrittenSince));
    }
    for (hash, text) in &removed.prompts {
        tx.execute(
            "INSERT INTO prompts (hash, text) VALUES (?1, ?2) ON CONFLICT DO NOTHING",
            params![hash, text],
        )?;
    }
    insert(tx, "answers", ANSWER, &removed.answer)?;
    for version in &removed.versions {
        insert(tx, "history", VERSION, version)?;
    }
    if let Some(text) = &removed.words {
        let words = Words { text, sensitive: false };
        search::put(tx, &Place::answer(&removed.run, &removed.field), Some(words))?;
    }
    Ok(())
}

/// Every version but the newest goes.
pub(crate) fn forget(tx: &Transaction<'_>, run: &RunId, field: &str) -> Result<(), Fault> {
    tx.execute(
        "DELETE FROM history WHERE run = ?1 AND field = ?2
         AND save <> (SELECT max(save) FROM history WHERE run = ?1 AND field = ?2)",
        params![run, field],
    )?;
    tx.execute(&format!("DELETE FROM prompts WHERE {ORPHANS}"), [])?;
    Ok(())
}

fn rows(conn: &Connection, columns: &str, table: &str, run: &RunId, field: &str) -> rusqlite::Result<Vec<Vec<Value>>> {
    let width = columns.split(',').count();
    conn.prepare(&format!(
        "SELECT {columns} FROM {table} WHERE run = ?1 AND field = ?2 ORDER BY save"
    ))?
    .query_map(params![run, field], |row| {
        (0..width)
            .map(|column| row.get(column))
            .collect::<rusqlite::Result<Vec<Value>>>()
    })?
    .collect()
}

fn insert(tx: &Transaction<'_>, table: &str, columns: &str, row: &[Value]) -> rusqlite::Result<()> {
    let marks = vec!["?"; row.len()].join(", ");
    tx.execute(
        &format!("INSERT INTO {table} ({columns}) VALUES ({marks})"),
        params_from_iter(row),
    )?;
    Ok(())
}
