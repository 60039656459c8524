//! Seals and openings in the shared file, which alone says what is sealed and what is open.

use rusqlite::{Connection, Row, Transaction, params};

use super::Status;
use super::frozen::Frozen;
use crate::{Moment, PersonId, RunId};

/// A commitment, as the shared file keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Seal {
    pub(crate) author: PersonId,
    pub(crate) field: String,
    pub(crate) layer: String,
    pub(crate) rev: u32,
    pub(crate) commitment: [u8; 32],
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Seal> {
    Ok(Seal {
        author: row.get(0)?,
        field: row.get(1)?,
        layer: row.get(2)?,
        rev: row.get(3)?,
        commitment: row.get(4)?,
    })
}

pub(crate) fn of_step(conn: &Connection, run: &RunId, step: &str) -> rusqlite::Result<Vec<Seal>> {
    conn.prepare_cached(
        "SELECT author, field, layer, rev, commitment FROM seals WHERE run = ?1 AND step = ?2
         ORDER BY author, field, layer",
    )?
    .query_map(params![run, step], from_row)?
    .collect()
}

pub(crate) fn status(conn: &Connection, run: &RunId, step: &str) -> rusqlite::Result<Status> {
    let mut authors: Vec<PersonId> = conn
        .prepare_cached("SELECT DISTINCT author FROM seals WHERE run = ?1 AND step = ?2")?
        .query_map(params![run, step], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    match (authors.pop(), authors.pop()) {
        (None, _) => Ok(Status::Unsealed),
        (Some(one), None) => Ok(Status::SealedBy(one)),
        (Some(_), Some(_)) => Ok(Status::Both {
            opened: opened_layers(conn, run, step)?,
        }),
    }
}

pub(crate) fn opened_layers(conn: &Connection, run: &RunId, step: &str) -> rusqlite::Result<Vec<String>> {
    conn.prepare_cached(
        "SELECT DISTINCT o.layer FROM openings o JOIN seals s USING (run, author, field, layer)
         WHERE s.run = ?1 AND s.step = ?2 ORDER BY o.layer",
    )?
    .query_map(params![run, step], |row| row.get(0))?
    .collect()
}

pub(crate) fn add(tx: &Transaction<'_>, run: &RunId, step: &str, seal: &Seal) -> rusqlite::Result<()> {
    tx.execute(
        "INSERT INTO seals (run, author, field, layer, step, rev, commitment) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            run,
            seal.author,
            seal.field,
            seal.layer,
            step,
            seal.rev,
            seal.commitment
        ],
    )?;
    Ok(())
}

/// Whether each side's seals are about the same fields and layers as the other's.
pub(crate) fn even(seals: &[Seal]) -> bool {
    seals.iter().all(|one| {
        let mut beside = seals.iter().filter(|other| other.author != one.author);
        beside.any(|other| (&other.field, &other.layer) == (&one.field, &one.layer))
    })
}

/// Ends one person's seal of a step, or everyone's.
pub(crate) fn end(tx: &Transaction<'_>, run: &RunId, step: &str, author: Option<&PersonId>) -> rusqlite::Result<()> {
    tx.execute(
        "DELETE FROM seals WHERE run = ?1 AND step = ?2 AND author = coalesce(?3, author)",
        params![run, step, author],
    )?;
    Ok(())
}

pub(crate) fn add_opening(
    tx: &Transaction<'_>,
    run: &RunId,
    author: &PersonId,
    frozen: &Frozen,
    at: Moment,
) -> rusqlite::Result<()> {
    let leaf = &frozen.leaf;
    tx.execute(
        "INSERT INTO openings (run, author, field, layer, nonce, text, at, at_offset) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            run,
            author,
            leaf.field,
            leaf.layer,
            frozen.nonce,
            leaf.text,
            at.millis(),
            at.offset_minutes
        ],
    )?;
    Ok(())
}

/// An opening beside the seal it answers.
pub(crate) struct Opening {
    pub(crate) seal: Seal,
    pub(crate) step: String,
    pub(crate) nonce: [u8; 32],
    pub(crate) text: String,
    pub(crate) at: Moment,
}

pub(crate) fn openings(conn: &Connection, run: &RunId) -> rusqlite::Result<Vec<Opening>> {
    conn.prepare_cached(
        "SELECT s.author, s.field, s.layer, s.rev, s.commitment, s.step, o.nonce, o.text, o.at, o.at_offset
         FROM openings o JOIN seals s USING (run, author, field, layer)
         WHERE s.run = ?1 ORDER BY s.step, s.layer, s.field, s.author",
    )?
    .query_map([run], |row| {
        Ok(Opening {
            seal: from_row(row)?,
            step: row.get(5)?,
            nonce: row.get(6)?,
            text: row.get(7)?,
            at: Moment::kept(row.get(8)?, row.get(9)?),
        })
    })?
    .collect()
}
