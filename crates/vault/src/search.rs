//! Finding answers by their words, inside one file.
//!
//! Flow: whoever saves an answer says its words; the index keeps them under the place they belong to, and nothing that is
//! sensitive. A query becomes quoted words, so that no letter of it means anything to the index.
//! Deliberately not here: what an answer's words are. The index never reads a value.

use std::path::PathBuf;

use rusqlite::{Connection, OptionalExtension as _, Transaction, params};

use crate::answers::{author, silent_debug};
use crate::{Error, PersonId, RunId};

/// An answer's words, for finding it.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// What somebody would look for in it.
    pub text: &'a str,
    /// It is sensitive: kept like any other, and never looked through.
    pub sensitive: bool,
}

/// Something found.
#[derive(Clone, PartialEq, Eq)]
pub struct Hit {
    /// The run it belongs to.
    pub run: RunId,
    /// The field.
    pub field: String,
    /// The layer it was opened in; none for an answer.
    pub layer: Option<String>,
    /// Whose opened words they are; none for an answer.
    pub author: Option<PersonId>,
    /// The words around the first place, in order.
    pub snippet: Vec<Piece>,
}

/// A piece of a snippet.
#[derive(Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// It is what was looked for.
    pub found: bool,
}
silent_debug!(Hit, Piece);

impl std::fmt::Debug for Words<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Words").finish_non_exhaustive()
    }
}

/// What words are found under.
pub(crate) struct Place<'a> {
    pub(crate) run: &'a RunId,
    pub(crate) field: &'a str,
    pub(crate) layer: &'a str,
    pub(crate) author: &'a str,
}

impl<'a> Place<'a> {
    pub(crate) fn answer(run: &'a RunId, field: &'a str) -> Place<'a> {
        Place {
            run,
            field,
            layer: "",
            author: "",
        }
    }
}

/// Around what was looked for, in the text the index gives back. Neither can be typed.
const OPEN: char = '\u{1}';
const CLOSE: char = '\u{2}';
/// An index like the one of a file (`schema/ledger-2.sql`).
const INDEX: &str = "CREATE VIRTUAL TABLE search USING fts5 (words, tokenize = 'unicode61 remove_diacritics 2')";
/// How many words a snippet has at most.
const AROUND: u32 = 16;
/// How many words of a query are looked for; nobody types more, and the index takes only so many.
const WORDS: usize = 32;

/// Keeps the words of a place, in place of any it had. Without words, or sensitive, or blank, it has none.
pub(crate) fn put(tx: &Transaction<'_>, place: &Place<'_>, words: Option<Words<'_>>) -> rusqlite::Result<()> {
    let id: Option<i64> = tx
        .prepare_cached("SELECT id FROM findable WHERE run = ?1 AND field = ?2 AND layer = ?3 AND author = ?4")?
        .query_row(params![place.run, place.field, place.layer, place.author], |row| {
            row.get(0)
        })
        .optional()?;
    if let Some(id) = id {
        tx.prepare_cached("DELETE FROM search WHERE rowid = ?1")?
            .execute([id])?;
        tx.prepare_cached("DELETE FROM findable WHERE id = ?1")?.execute([id])?;
    }
    let Some(words) = words.filter(|words| !words.sensitive && !words.text.trim().is_empty()) else {
        return Ok(());
    };
    // Always under a new number. When one transaction takes a word out under a number and puts it in again under the same
    // one, more than 63 bytes of places long, FTS5's secure delete (SQLite 3.51.3) leaves the old places in the index.
    tx.prepare_cached("INSERT INTO findable (run, field, layer, author) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![place.run, place.field, place.layer, place.author])?;
    tx.prepare_cached("INSERT INTO search (rowid, words) VALUES (?1, ?2)")?
        .execute(params![tx.last_insert_rowid(), words.text.replace([OPEN, CLOSE], "")])?;
    Ok(())
}

/// Notes that the words of a place were said, be there any to find or not, so that nobody is asked for them again.
pub(crate) fn told(tx: &Transaction<'_>, place: &Place<'_>, is_there: bool) -> rusqlite::Result<()> {
    if is_there {
        tx.execute(
            "INSERT INTO findable (run, field, layer, author) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
            params![place.run, place.field, place.layer, place.author],
        )?;
    }
    Ok(())
}

/// The words a place is found by, if it is.
pub(crate) fn words_of(conn: &Connection, place: &Place<'_>) -> rusqlite::Result<Option<String>> {
    conn.query_row(
        "SELECT s.words FROM findable f JOIN search s ON s.rowid = f.id
         WHERE f.run = ?1 AND f.field = ?2 AND f.layer = ?3 AND f.author = ?4",
        params![place.run, place.field, place.layer, place.author],
        |row| row.get(0),
    )
    .optional()
}

/// The newest first: whoever was told last has the highest number. A rank would weigh words by how often everything else
/// holds them; the order of what one wrote hangs on nothing but when one wrote it.
pub(crate) fn find(conn: &Connection, query: &str, most: u32) -> rusqlite::Result<Vec<Hit>> {
    let Some(query) = quoted(query) else {
        return Ok(Vec::new());
    };
    conn.prepare_cached(
        "SELECT f.run, f.field, f.layer, f.author, snippet(search, 0, ?2, ?3, '…', ?4)
         FROM search JOIN findable f ON f.id = search.rowid
         WHERE search MATCH ?1 ORDER BY search.rowid DESC LIMIT ?5",
    )?
    .query_map(
        params![query, OPEN.to_string(), CLOSE.to_string(), AROUND, most],
        |row| {
            let layer: String = row.get(2)?;
            Ok(Hit {
                run: row.get(0)?,
                field: row.get(1)?,
                layer: Some(layer).filter(|layer| !layer.is_empty()),
                author: author(row, 3)?,
                snippet: pieces(row.get_ref(4)?.as_str()?),
            })
        },
    )?
    .collect()
}

/// Which of these texts hold the words of a query, by their places in the list, with the words around: as
/// [`Ledger::find`](crate::Ledger::find), of texts that no file has in its index. All of it stays in memory.
pub fn find_in(query: &str, texts: &[String]) -> Result<Vec<(usize, Vec<Piece>)>, Error> {
    let Some(query) = quoted(query).filter(|_| !texts.is_empty()) else {
        return Ok(Vec::new());
    };
    in_memory(&query, texts).map_err(|_| Error::Failed {
        doing: "looking for words",
        path: PathBuf::new(),
        code: None,
    })
}

fn in_memory(query: &str, texts: &[String]) -> rusqlite::Result<Vec<(usize, Vec<Piece>)>> {
    let conn = Connection::open_in_memory()?;
    conn.execute_batch(INDEX)?;
    {
        let mut put = conn.prepare("INSERT INTO search (rowid, words) VALUES (?1, ?2)")?;
        for (at, text) in (0_i64..).zip(texts) {
            put.execute(params![at, text.replace([OPEN, CLOSE], "")])?;
        }
    }
    conn.prepare("SELECT rowid, snippet(search, 0, ?2, ?3, '…', ?4) FROM search WHERE search MATCH ?1 ORDER BY rowid")?
        .query_map(params![query, OPEN.to_string(), CLOSE.to_string(), AROUND], |row| {
            let at = usize::try_from(row.get::<_, i64>(0)?).unwrap_or_default();
            Ok((at, pieces(row.get_ref(1)?.as_str()?)))
        })?
        .collect()
}

/// Each word in quotes, where nothing in it is a command; the last one may go on. None without a letter or digit.
fn quoted(query: &str) -> Option<String> {
    let words: Vec<String> = query
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .take(WORDS)
        .map(|word| format!("\"{}\"", word.replace('"', "\"\"").replace('\0', "")))
        .collect();
    (!words.is_empty()).then(|| words.join(" ") + "*")
}

fn pieces(marked: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut found = false;
    for text in marked.split([OPEN, CLOSE]) {
        // Marks come in turn: what follows an opening one is found.
        if !text.is_empty() {
            pieces.push(Piece {
                text: text.to_owned(),
                found,
            });
        }
        found = !found;
    }
    pieces
}
