//! The overlap: cards each sorted apart, of which a few that both put in the same pile are opened, and no other ever.
//!
//! Flow: every card is sealed alone, whichever pile it is in ([`card`] makes its leaf), so that the seals of two people
//! look alike. [`open_overlap`] holds all of them against the commitments, draws a few of the cards that both put in the
//! named pile, and writes those openings, both sides, in one transaction, with the word that it was done. It is done once
//! for each run, so what is not shown means nothing and stays in its owner's file.
//! Deliberately not here: what a card says. A card is its place in the lesson's list.

use rusqlite::{Connection, OptionalExtension as _, params};

use super::open::opened_with;
use super::seals;
use super::{Leaf, RevealError, open};
use crate::shared::Shared;
use crate::space::Space;
use crate::{Error, Ledger as _, Moment, RunId};

/// No layer of a lesson begins like this.
const CARD: &str = "card/";

/// Whether a layer is a card: those are opened by [`open_overlap`] alone.
pub(crate) fn is_card(layer: &str) -> bool {
    layer.starts_with(CARD)
}

fn number_of(layer: &str) -> Option<u32> {
    layer.strip_prefix(CARD)?.parse().ok()
}

/// The leaf of one card: its place in the lesson's list, and the pile it was put in; an empty pile for one that was put in
/// none, or is kept to oneself. To be made for every card of the list, whatever became of it.
pub fn card(field: &str, number: u32, rev: u32, pile: &str) -> Leaf {
    Leaf {
        field: field.to_owned(),
        layer: format!("{CARD}{number}"),
        rev,
        text: pile.to_owned(),
    }
}

/// Opens the overlap of a field: at most `show` cards that both put in `pile`, drawn at random. Answers them in the order
/// of the list. Once it was opened for a run, it answers what was opened then, and changes nothing.
#[allow(clippy::too_many_arguments, reason = "each is one thing an overlap is about")]
pub fn open_overlap(
    a: &mut Space,
    b: &mut Space,
    shared: &mut Shared,
    run: &RunId,
    step: &str,
    field: &str,
    pile: &str,
    show: usize,
    at: Moment,
) -> Result<Vec<u32>, RevealError> {
    if let Some(cards) = overlap(shared, run, field, &[a, b])? {
        return Ok(cards);
    }
    let texts = open::held_against(a, b, shared, run, step)?;
    let doing = "opening what you both chose";
    let put = |author: usize| {
        let own = texts[author].1.iter();
        own.filter(|one| one.leaf.field == field && one.leaf.text == pile)
            .filter_map(|one| number_of(&one.leaf.layer))
    };
    if !texts[0]
        .1
        .iter()
        .any(|one| one.leaf.field == field && is_card(&one.leaf.layer))
        || pile.is_empty()
    {
        return Err(RevealError::Nothing);
    }
    let theirs: Vec<u32> = put(1).collect();
    let both: Vec<u32> = put(0).filter(|number| theirs.contains(number)).collect();
    let mut drawn = draw(both, show, a)?;
    drawn.sort_unstable();
    let layers: Vec<String> = drawn.iter().map(|number| format!("{CARD}{number}")).collect();
    shared.db.write(doing, |tx| {
        tx.execute(
            "INSERT INTO overlaps (run, field, step, at, at_offset) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![run, field, step, at.millis(), at.offset_minutes],
        )?;
        for (author, own) in &texts {
            for one in own
                .iter()
                .filter(|one| one.leaf.field == field && layers.contains(&one.leaf.layer))
            {
                seals::add_opening(tx, run, author, one, at)?;
            }
        }
        Ok(())
    })?;
    Ok(drawn)
}

/// The cards that were opened, in the order of the list; none while the overlap was not opened. Held against the seals as
/// everything that is open is.
pub fn overlap(shared: &Shared, run: &RunId, field: &str, spaces: &[&Space]) -> Result<Option<Vec<u32>>, RevealError> {
    if shared.run(run)?.is_none() {
        return Err(RevealError::NoSuchRun);
    }
    let doing = "reading what you opened";
    if shared.db.read(doing, |conn| step_of(conn, run, field))?.is_none() {
        return Ok(None);
    }
    let opened = opened_with(shared, run, spaces, is_card)?;
    let cards = opened.iter().filter(|one| one.field == field);
    let mut numbers: Vec<u32> = cards.filter_map(|one| number_of(&one.layer)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    Ok(Some(numbers))
}

/// Whether a step's overlap was opened, in a card or in none.
pub(crate) fn is_done(conn: &Connection, run: &RunId, step: &str) -> rusqlite::Result<bool> {
    conn.prepare_cached("SELECT EXISTS (SELECT 1 FROM overlaps WHERE run = ?1 AND step = ?2)")?
        .query_row(params![run, step], |row| row.get(0))
}

fn step_of(conn: &Connection, run: &RunId, field: &str) -> rusqlite::Result<Option<String>> {
    conn.query_row(
        "SELECT step FROM overlaps WHERE run = ?1 AND field = ?2",
        params![run, field],
        |row| row.get(0),
    )
    .optional()
}

/// Draws a few, each as likely as any other.
fn draw(mut from: Vec<u32>, few: usize, space: &Space) -> Result<Vec<u32>, Error> {
    let mut drawn = Vec::new();
    while drawn.len() < few && !from.is_empty() {
        let place = below(from.len(), space)?;
        drawn.push(from.swap_remove(place));
    }
    Ok(drawn)
}

/// A number below `end`, each as likely as any other.
fn below(end: usize, space: &Space) -> Result<usize, Error> {
    let end = end as u64;
    // What is left over at the end would make the first few likelier: it is drawn again.
    let fair = u64::MAX - u64::MAX % end;
    loop {
        let bytes = space.source.bytes::<8>().map_err(|e| Error::Failed {
            doing: "drawing a card",
            path: space.db.path().to_path_buf(),
            code: e.raw_os_error(),
        })?;
        let drawn = u64::from_le_bytes(bytes);
        if drawn < fair {
            return Ok(usize::try_from(drawn % end).unwrap_or_default());
        }
    }
}
