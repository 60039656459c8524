//! Texts and nonces of my seals, and both sides' commitments, in my own file.

use rusqlite::{Connection, Row, Transaction, params};

use super::Leaf;
use super::seals::Seal;
use crate::{Moment, PersonId, RunId};

/// A text under a seal of mine.
pub(crate) struct Frozen {
    pub(crate) leaf: Leaf,
    pub(crate) nonce: [u8; 32],
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Frozen> {
    Ok(Frozen {
        leaf: Leaf {
            field: row.get(0)?,
            layer: row.get(1)?,
            rev: row.get(2)?,
            text: row.get(3)?,
        },
        nonce: row.get(4)?,
    })
}

/// Whether a field may not be written.
pub(crate) fn holds(conn: &Connection, run: &RunId, field: &str) -> rusqlite::Result<bool> {
    conn.prepare_cached("SELECT EXISTS (SELECT 1 FROM frozen WHERE run = ?1 AND field = ?2)")?
        .query_row(params![run, field], |row| row.get(0))
}

pub(crate) fn fields(conn: &Connection, run: &RunId) -> rusqlite::Result<Vec<String>> {
    conn.prepare_cached("SELECT DISTINCT field FROM frozen WHERE run = ?1 ORDER BY field")?
        .query_map([run], |row| row.get(0))?
        .collect()
}

/// Every step of a run that has frozen texts or noted commitments.
pub(crate) fn steps(conn: &Connection) -> rusqlite::Result<Vec<(RunId, String)>> {
    conn.prepare_cached("SELECT run, step FROM frozen UNION SELECT run, step FROM commitments ORDER BY 1, 2")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

pub(crate) fn of_step(conn: &Connection, run: &RunId, step: &str) -> rusqlite::Result<Vec<Frozen>> {
    conn.prepare_cached(
        "SELECT field, layer, rev, text, nonce FROM frozen WHERE run = ?1 AND step = ?2 ORDER BY field, layer",
    )?
    .query_map(params![run, step], from_row)?
    .collect()
}

pub(crate) fn add(tx: &Transaction<'_>, run: &RunId, step: &str, frozen: &Frozen, at: Moment) -> rusqlite::Result<()> {
    let leaf = &frozen.leaf;
    tx.execute(
        "INSERT INTO frozen (run, field, layer, step, rev, text, nonce, at, at_offset)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        params![
            run,
            leaf.field,
            leaf.layer,
            step,
            leaf.rev,
            leaf.text,
            frozen.nonce,
            at.millis(),
            at.offset_minutes
        ],
    )?;
    Ok(())
}

/// Lets the texts of a step go: they are drafts again, as they stand in `answers`.
pub(crate) fn release(tx: &Transaction<'_>, run: &RunId, step: &str) -> rusqlite::Result<()> {
    tx.execute("DELETE FROM frozen WHERE run = ?1 AND step = ?2", params![run, step])?;
    forget_commitments(tx, run, step)
}

pub(crate) fn forget_commitments(tx: &Transaction<'_>, run: &RunId, step: &str) -> rusqlite::Result<()> {
    tx.execute(
        "DELETE FROM commitments WHERE run = ?1 AND step = ?2",
        params![run, step],
    )?;
    Ok(())
}

/// Keeps a commitment as it is now; one that was kept before stays.
pub(crate) fn note(tx: &Transaction<'_>, run: &RunId, step: &str, seal: &Seal) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT INTO commitments (run, author, field, layer, step, commitment) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT DO NOTHING",
        params![run, seal.author, seal.field, seal.layer, step, seal.commitment],
    )?;
    Ok(())
}

/// A commitment as this file keeps it.
pub(crate) struct Noted {
    pub(crate) author: PersonId,
    pub(crate) field: String,
    pub(crate) layer: String,
    pub(crate) step: String,
    pub(crate) commitment: [u8; 32],
}

/// The commitments kept for one step of a run, or for all of them.
pub(crate) fn noted(conn: &Connection, run: &RunId, step: Option<&str>) -> rusqlite::Result<Vec<Noted>> {
    conn.prepare_cached(
        "SELECT author, field, layer, step, commitment FROM commitments WHERE run = ?1 AND step = coalesce(?2, step)
         ORDER BY author, field, layer",
    )?
    .query_map(params![run, step], |row| {
        Ok(Noted {
            author: row.get(0)?,
            field: row.get(1)?,
            layer: row.get(2)?,
            step: row.get(3)?,
            commitment: row.get(4)?,
        })
    })?
    .collect()
}
