//! Answers and their history, in whichever file they belong to.
//!
//! Flow: one save is one transaction: the next save number, the prompt's text by its hash, the draft, and this sitting's
//! version in the history. The number is the order; the time beside it is only for people to read.
//! Deliberately not here: what a value means. It is JSON text, kept as it came.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};
use sha2::{Digest, Sha256};

use crate::db::Fault;
use crate::search::{self, Place, Words};
use crate::{Moment, PersonId, RunId};

/// An answer to keep.
#[derive(Clone, PartialEq, Eq)]
pub struct Answer {
    /// The run it belongs to.
    pub run: RunId,
    /// The course.
    pub pack: String,
    /// The lesson.
    pub lesson: String,
    /// The field, with its part if it has one.
    pub field: String,
    /// The field's revision.
    pub rev: u32,
    /// The lesson's version as it was asked.
    pub lesson_version: String,
    /// The kind of field.
    pub kind: String,
    /// The privacy it was written under.
    pub privacy: String,
    /// What was really asked.
    pub prompt: String,
    /// What it says, as JSON text.
    pub value: String,
}

/// An answer as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Kept {
    /// What was saved.
    pub answer: Answer,
    /// Who wrote it last, where both write.
    pub author: Option<PersonId>,
    /// The number of the save that wrote it.
    pub save: u64,
    /// When, for people to read.
    pub at: Moment,
    /// Whether it is sensitive; none where nobody has said yet (`Ledger::untold`).
    pub sensitive: Option<bool>,
}

/// One version of an answer.
#[derive(Clone, PartialEq, Eq)]
pub struct Version {
    /// What it said, as JSON text.
    pub value: String,
    /// The privacy it was written under.
    pub privacy: String,
    /// What was asked.
    pub prompt: String,
    /// Who wrote it, where both write.
    pub author: Option<PersonId>,
    /// It was kept for good as it stands here: sealed, or set down by `Ledger::keep_version`.
    pub sealed: bool,
    /// The number of the save that wrote it.
    pub save: u64,
    /// When, for people to read.
    pub at: Moment,
}

/// Debug output ends in logs and panics, where no answer may stand.
macro_rules! silent_debug {
    ($($name:ident),*) => { $(
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    )* };
}
pub(crate) use silent_debug;
silent_debug!(Answer, Kept, Version);

const COLUMNS: &str = "a.run, a.pack, a.lesson, a.field, a.rev, a.lesson_version, a.kind, a.privacy, p.text, a.value, a.author, a.save, a.at, a.at_offset, a.sensitive";
const FROM: &str = "answers a JOIN prompts p ON p.hash = a.prompt";

fn from_row(row: &Row<'_>) -> rusqlite::Result<Kept> {
    Ok(Kept {
        answer: Answer {
            run: row.get(0)?,
            pack: row.get(1)?,
            lesson: row.get(2)?,
            field: row.get(3)?,
            rev: row.get(4)?,
            lesson_version: row.get(5)?,
            kind: row.get(6)?,
            privacy: row.get(7)?,
            prompt: row.get(8)?,
            value: row.get(9)?,
        },
        author: author(row, 10)?,
        save: number(row, 11)?,
        at: Moment::kept(row.get(12)?, row.get(13)?),
        sensitive: row.get(14)?,
    })
}

pub(crate) fn author(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<PersonId>> {
    // Empty in a person's own file, where everything is theirs.
    if row.get_ref(column)?.as_str()?.is_empty() {
        return Ok(None);
    }
    row.get(column).map(Some)
}

pub(crate) fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(i64::unsigned_abs)
}

/// Keeps an answer and answers its save number. With its words said, it can be found by them; with none, it cannot.
pub(crate) fn save(
    tx: &Transaction<'_>,
    answer: &Answer,
    words: Option<Words<'_>>,
    author: Option<&PersonId>,
    sitting: &str,
    at: Moment,
) -> Result<u64, Fault> {
    let number: i64 = tx.query_row("UPDATE sequence SET save = save + 1 RETURNING save", [], |row| {
        row.get(0)
    })?;
    let prompt = Sha256::digest(&answer.prompt);
    let prompt = prompt.as_slice();
    let author = author.map_or("", PersonId::as_str);
    tx.prepare_cached("INSERT INTO prompts (hash, text) VALUES (?1, ?2) ON CONFLICT DO NOTHING")?
        .execute(params![prompt, answer.prompt])?;
    tx.prepare_cached(
        "INSERT OR REPLACE INTO answers
         (run, field, pack, lesson, rev, lesson_version, kind, privacy, prompt, value, author, save, at, at_offset, sensitive)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?
    .execute(params![
        answer.run,
        answer.field,
        answer.pack,
        answer.lesson,
        answer.rev,
        answer.lesson_version,
        answer.kind,
        answer.privacy,
        prompt,
        answer.value,
        author,
        number,
        at.millis(),
        at.offset_minutes,
        words.map(|words| words.sensitive)
    ])?;
    search::put(tx, &Place::answer(&answer.run, &answer.field), words)?;
    tx.prepare_cached(
        "INSERT INTO history (run, field, sitting, rev, privacy, prompt, value, author, save, at, at_offset)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
         ON CONFLICT (run, field, author, sitting) WHERE sealed = 0 DO UPDATE SET
           rev = excluded.rev, privacy = excluded.privacy, prompt = excluded.prompt, value = excluded.value,
           save = excluded.save, at = excluded.at, at_offset = excluded.at_offset",
    )?
    .execute(params![
        answer.run,
        answer.field,
        sitting,
        answer.rev,
        answer.privacy,
        prompt,
        answer.value,
        author,
        number,
        at.millis(),
        at.offset_minutes
    ])?;
    Ok(number.unsigned_abs())
}

/// Keeps the newest version of a field for good: later saves of the same sitting make another. Without one, does nothing.
pub(crate) fn keep_version(tx: &Transaction<'_>, run: &RunId, field: &str) -> Result<(), Fault> {
    tx.execute(
        "UPDATE history SET sealed = 1 WHERE save = (SELECT max(save) FROM history WHERE run = ?1 AND field = ?2)",
        params![run, field],
    )?;
    Ok(())
}

pub(crate) fn of_run(conn: &Connection, run: &RunId) -> rusqlite::Result<Vec<Kept>> {
    conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM {FROM} WHERE a.run = ?1 ORDER BY a.save"
    ))?
    .query_map([run], from_row)?
    .collect()
}

pub(crate) fn one(conn: &Connection, run: &RunId, field: &str) -> rusqlite::Result<Option<Kept>> {
    conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM {FROM} WHERE a.run = ?1 AND a.field = ?2"
    ))?
    .query_row(params![run, field], from_row)
    .optional()
}

/// Every answer, in the order of their saves.
pub(crate) fn all(conn: &Connection) -> rusqlite::Result<Vec<Kept>> {
    conn.prepare_cached(&format!("SELECT {COLUMNS} FROM {FROM} ORDER BY a.save"))?
        .query_map([], from_row)?
        .collect()
}

/// Every answer of which nobody has said whether it is sensitive.
pub(crate) fn untold(conn: &Connection) -> rusqlite::Result<Vec<Kept>> {
    conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM {FROM} WHERE a.sensitive IS NULL ORDER BY a.save"
    ))?
    .query_map([], from_row)?
    .collect()
}

pub(crate) fn across_runs(conn: &Connection, pack: &str, lesson: &str, field: &str) -> rusqlite::Result<Vec<Kept>> {
    conn.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM {FROM} WHERE a.pack = ?1 AND a.lesson = ?2 AND a.field = ?3 ORDER BY a.save DESC"
    ))?
    .query_map([pack, lesson, field], from_row)?
    .collect()
}

pub(crate) fn last_save(conn: &Connection, run: &RunId) -> rusqlite::Result<u64> {
    conn.prepare_cached("SELECT coalesce(max(save), 0) FROM answers WHERE run = ?1")?
        .query_row([run], |row| number(row, 0))
}

/// The number of the newest save of all, and when it was.
pub(crate) fn newest(conn: &Connection) -> rusqlite::Result<Option<(u64, Moment)>> {
    conn.query_row(
        "SELECT save, at, at_offset FROM answers ORDER BY save DESC LIMIT 1",
        [],
        |row| Ok((number(row, 0)?, Moment::kept(row.get(1)?, row.get(2)?))),
    )
    .optional()
}

pub(crate) fn history(conn: &Connection, run: &RunId, field: &str) -> rusqlite::Result<Vec<Version>> {
    conn.prepare_cached(
        "SELECT h.value, h.privacy, p.text, h.author, h.sealed, h.save, h.at, h.at_offset
         FROM history h JOIN prompts p ON p.hash = h.prompt
         WHERE h.run = ?1 AND h.field = ?2 ORDER BY h.save DESC",
    )?
    .query_map(params![run, field], |row| {
        Ok(Version {
            value: row.get(0)?,
            privacy: row.get(1)?,
            prompt: row.get(2)?,
            author: author(row, 3)?,
            sealed: row.get(4)?,
            save: number(row, 5)?,
            at: Moment::kept(row.get(6)?, row.get(7)?),
        })
    })?
    .collect()
}
