//! Reading whole tables, and the one form in which a keepsake is written.

use rusqlite::{Connection, params};
use serde_json::{Value, json};

use super::{Book, Frozen, Keepsake, OpenedIn};
use crate::answers::{self, author, number};
use crate::reveal::Leaf;
use crate::{Bookmark, Moment, RunId, Version, runs};

/// Everything a file holds of runs and answers, in one look.
pub(super) fn book(conn: &Connection) -> rusqlite::Result<Book> {
    let runs = runs::all(conn)?;
    let mut passed = Vec::new();
    for run in &runs {
        let steps = runs::passed(conn, &run.id)?.into_iter();
        passed.extend(steps.map(|(step, how)| (run.id.clone(), step, how)));
    }
    Ok(Book {
        passed,
        answers: answers::all(conn)?,
        versions: versions(conn)?,
        runs,
    })
}

fn versions(conn: &Connection) -> rusqlite::Result<Vec<(RunId, String, Version)>> {
    conn.prepare(
        "SELECT h.run, h.field, h.value, h.privacy, p.text, h.author, h.sealed, h.save, h.at, h.at_offset
         FROM history h JOIN prompts p ON p.hash = h.prompt ORDER BY h.save",
    )?
    .query_map([], |row| {
        let version = Version {
            value: row.get(2)?,
            privacy: row.get(3)?,
            prompt: row.get(4)?,
            author: author(row, 5)?,
            sealed: row.get(6)?,
            save: number(row, 7)?,
            at: Moment::kept(row.get(8)?, row.get(9)?),
        };
        Ok((row.get(0)?, row.get(1)?, version))
    })?
    .collect()
}

pub(super) fn frozen(conn: &Connection) -> rusqlite::Result<Vec<Frozen>> {
    conn.prepare("SELECT run, step, field, layer, rev, text FROM frozen ORDER BY run, step, field, layer")?
        .query_map([], |row| {
            Ok(Frozen {
                run: row.get(0)?,
                step: row.get(1)?,
                leaf: Leaf {
                    field: row.get(2)?,
                    layer: row.get(3)?,
                    rev: row.get(4)?,
                    text: row.get(5)?,
                },
            })
        })?
        .collect()
}

pub(super) fn bookmarks(conn: &Connection) -> rusqlite::Result<Vec<(RunId, String, Bookmark)>> {
    conn.prepare("SELECT run, field, part, shown FROM bookmarks ORDER BY run, field")?
        .query_map([], |row| {
            let bookmark = Bookmark {
                part: row.get(2)?,
                shown: row.get(3)?,
            };
            Ok((row.get(0)?, row.get(1)?, bookmark))
        })?
        .collect()
}

pub(super) fn settings(conn: &Connection) -> rusqlite::Result<Vec<(String, String)>> {
    conn.prepare("SELECT key, value FROM settings ORDER BY key")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect()
}

pub(super) fn keepsakes(conn: &Connection) -> rusqlite::Result<Vec<Keepsake>> {
    conn.prepare("SELECT text, at, at_offset FROM keepsakes ORDER BY id")?
        .query_map([], |row| {
            Ok(Keepsake {
                text: row.get(0)?,
                at: Moment::kept(row.get(1)?, row.get(2)?),
            })
        })?
        .collect()
}

pub(super) fn overlaps(conn: &Connection, run: &RunId) -> rusqlite::Result<Vec<String>> {
    conn.prepare("SELECT field FROM overlaps WHERE run = ?1 ORDER BY field")?
        .query_map(params![run], |row| row.get(0))?
        .collect()
}

/// Joint and opened words as JSON. Values are JSON already and stand in it as they are.
pub(super) fn to_json(book: &Book, opened: &[OpenedIn]) -> String {
    let value = |text: &str| serde_json::from_str(text).unwrap_or_else(|_| Value::from(text));
    let at = |at: Moment| at.local().to_rfc3339();
    let by = |author: &Option<crate::PersonId>| author.as_ref().map(ToString::to_string);
    let runs: Vec<Value> = book
        .runs
        .iter()
        .map(|run| {
            json!({
                "id": run.id.as_str(), "pack": run.pack, "lesson": run.lesson, "lesson_version": run.lesson_version,
                "number": run.number, "begun": at(run.begun), "finished": run.finished.map(at),
            })
        })
        .collect();
    let answers: Vec<Value> = book
        .answers
        .iter()
        .map(|kept| {
            let answer = &kept.answer;
            json!({
                "run": answer.run.as_str(), "pack": answer.pack, "lesson": answer.lesson, "field": answer.field,
                "kind": answer.kind, "prompt": answer.prompt, "value": value(&answer.value),
                "author": by(&kept.author), "at": at(kept.at),
            })
        })
        .collect();
    let versions: Vec<Value> = book
        .versions
        .iter()
        .map(|(run, field, version)| {
            json!({
                "run": run.as_str(), "field": field, "prompt": version.prompt, "value": value(&version.value),
                "author": by(&version.author), "at": at(version.at),
            })
        })
        .collect();
    let opened: Vec<Value> = opened
        .iter()
        .map(|one| {
            let texts = one.opened.iter().flatten().map(|text| {
                json!({
                    "step": text.step, "author": text.author.as_str(), "field": text.field, "layer": text.layer,
                    "text": text.text.as_deref().map(value),
                })
            });
            json!({
                "run": one.run.as_str(), "opened": texts.collect::<Vec<Value>>(), "fits_its_seals": one.opened.is_some(),
                "overlaps": one.overlaps.iter().map(|(field, cards)| json!({ "field": field, "cards": cards })).collect::<Vec<Value>>(),
            })
        })
        .collect();
    json!({ "runs": runs, "answers": answers, "versions": versions, "opened": opened }).to_string()
}
