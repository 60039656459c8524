//! Runs, places and passed steps: one way through a lesson, in whichever file it belongs to.
//!
//! Deliberately not here: what a step or a place means. A step a gate jumps to is never handed in.

use rusqlite::{Connection, OptionalExtension as _, Row, Transaction, params};

use crate::db::Fault;
use crate::{Error, Moment, RunId};

/// A run to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRun {
    /// The course it is in.
    pub pack: String,
    /// The lesson.
    pub lesson: String,
    /// The lesson's version as it begins.
    pub lesson_version: String,
    /// 1 for the first time through, rising.
    pub number: u32,
}

/// One way through a lesson.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Names it.
    pub id: RunId,
    /// The course it is in.
    pub pack: String,
    /// The lesson.
    pub lesson: String,
    /// The lesson's version when it began.
    pub lesson_version: String,
    /// 1 for the first time through, rising.
    pub number: u32,
    /// When it began.
    pub begun: Moment,
    /// When its last step was passed, the first time.
    pub finished: Option<Moment>,
    /// The step to resume at.
    pub place: Option<String>,
}

/// How a step was left behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passed {
    /// Gone through.
    Done,
    /// Passed over.
    Skipped,
}

impl Passed {
    fn word(self) -> &'static str {
        match self {
            Passed::Done => "done",
            Passed::Skipped => "skipped",
        }
    }
}

const COLUMNS: &str =
    "id, pack, lesson, lesson_version, number, begun_at, begun_offset, finished_at, finished_offset, place";

fn from_row(row: &Row<'_>) -> rusqlite::Result<Run> {
    let finished: (Option<i64>, Option<i32>) = (row.get(7)?, row.get(8)?);
    Ok(Run {
        id: row.get(0)?,
        pack: row.get(1)?,
        lesson: row.get(2)?,
        lesson_version: row.get(3)?,
        number: row.get(4)?,
        begun: Moment::kept(row.get(5)?, row.get(6)?),
        finished: match finished {
            (Some(at), Some(offset)) => Some(Moment::kept(at, offset)),
            _ => None,
        },
        place: row.get(9)?,
    })
}

/// Begins a run, or finds the one with this number: a retry begins nothing twice.
pub(crate) fn begin(tx: &Transaction<'_>, fresh: &RunId, new: &NewRun, at: Moment) -> Result<RunId, Fault> {
    tx.execute(
        "INSERT INTO runs (id, pack, lesson, lesson_version, number, begun_at, begun_offset)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (pack, lesson, number) DO NOTHING",
        params![
            fresh,
            new.pack,
            new.lesson,
            new.lesson_version,
            new.number,
            at.millis(),
            at.offset_minutes
        ],
    )?;
    Ok(tx.query_row(
        "SELECT id FROM runs WHERE pack = ?1 AND lesson = ?2 AND number = ?3",
        params![new.pack, new.lesson, new.number],
        |row| row.get(0),
    )?)
}

pub(crate) fn next_number(conn: &Connection, pack: &str, lesson: &str) -> rusqlite::Result<u32> {
    conn.query_row(
        "SELECT coalesce(max(number), 0) + 1 FROM runs WHERE pack = ?1 AND lesson = ?2",
        [pack, lesson],
        |row| row.get(0),
    )
}

pub(crate) fn all(conn: &Connection) -> rusqlite::Result<Vec<Run>> {
    conn.prepare_cached(&format!("SELECT {COLUMNS} FROM runs ORDER BY seq"))?
        .query_map([], from_row)?
        .collect()
}

pub(crate) fn one(conn: &Connection, run: &RunId) -> rusqlite::Result<Option<Run>> {
    conn.prepare_cached(&format!("SELECT {COLUMNS} FROM runs WHERE id = ?1"))?
        .query_row([run], from_row)
        .optional()
}

/// Refuses what is about a run that is not in this file.
pub(crate) fn must_be_here(conn: &Connection, run: &RunId) -> Result<Run, Fault> {
    one(conn, run)?.ok_or(Fault::Rule(Error::NoSuchRun))
}

/// Where one is already, nothing is written: looking around works on a full disk, and leaves no trace.
pub(crate) fn set_place(tx: &Transaction<'_>, run: &RunId, step: &str) -> Result<(), Fault> {
    must_be_here(tx, run)?;
    tx.execute(
        "UPDATE runs SET place = ?2 WHERE id = ?1 AND place IS NOT ?2",
        params![run, step],
    )?;
    Ok(())
}

pub(crate) fn pass(tx: &Transaction<'_>, run: &RunId, step: &str, how: Passed, to: Option<&str>) -> Result<(), Fault> {
    must_be_here(tx, run)?;
    tx.execute(
        "INSERT INTO passed (run, step, how) VALUES (?1, ?2, ?3)
         ON CONFLICT (run, step) DO UPDATE SET how = excluded.how WHERE how IS NOT excluded.how",
        params![run, step, how.word()],
    )?;
    match to {
        Some(to) => set_place(tx, run, to),
        None => Ok(()),
    }
}

pub(crate) fn passed(conn: &Connection, run: &RunId) -> rusqlite::Result<Vec<(String, Passed)>> {
    conn.prepare_cached("SELECT step, how FROM passed WHERE run = ?1 ORDER BY seq")?
        .query_map([run], |row| {
            let how = match row.get_ref(1)?.as_str()? {
                "skipped" => Passed::Skipped,
                _ => Passed::Done,
            };
            Ok((row.get(0)?, how))
        })?
        .collect()
}

pub(crate) fn finish(tx: &Transaction<'_>, run: &RunId, at: Moment) -> Result<(), Fault> {
    must_be_here(tx, run)?;
    tx.execute(
        "UPDATE runs SET finished_at = ?2, finished_offset = ?3 WHERE id = ?1 AND finished_at IS NULL",
        params![run, at.millis(), at.offset_minutes],
    )?;
    Ok(())
}
