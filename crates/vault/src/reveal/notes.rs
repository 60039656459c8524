//! What each own file remembers of a pair of seals, and what the shared file is held to by it.
//!
//! Flow: once both have sealed, both commitments go into each file as soon as it is open. From then on a seal that is not
//! the one remembered is a mismatch, before an opening and ever after. A file that remembers nothing of a step has nothing
//! to hold against it.
//! Deliberately not here: texts. They are held against the seals in `open`.

use super::frozen::{self, Noted};
use super::seals::{self, Seal};
use super::{RevealError, Status, status};
use crate::RunId;
use crate::shared::Shared;
use crate::space::Space;

/// Once both have sealed, keeps both commitments in this person's file. Before that, does nothing.
///
/// A commitment kept before stays as it was, so that a seal exchanged afterwards is noticed when it is opened. `seal` does
/// this for the one who seals second, and only for them: the first one's file learns of the pair when it is next
/// reconciled, at the latest in `open`. Whoever has both files open should call it for the other after each seal, so that
/// there is no while in which one file alone knows what both sealed.
pub fn note_commitments(space: &mut Space, shared: &Shared, run: &RunId, step: &str) -> Result<(), RevealError> {
    let Status::Both { .. } = status(shared, run, step)? else {
        return Ok(());
    };
    let doing = "keeping both seals";
    let seals = shared.db.read(doing, |conn| seals::of_step(conn, run, step))?;
    let noted = space.db.read(doing, |conn| frozen::noted(conn, run, Some(step)))?;
    if !noted.is_empty() {
        return Ok(());
    }
    space.db.write(doing, |tx| {
        for seal in &seals {
            frozen::note(tx, run, step, seal)?;
        }
        Ok(())
    })?;
    Ok(())
}

/// Both sides' seals of a step are still the ones this person's file keeps, none more and none fewer.
pub(crate) fn fits_notes(space: &Space, run: &RunId, step: &str, seals: &[Seal]) -> Result<(), RevealError> {
    let noted = space
        .db
        .read("looking at the seals", |conn| frozen::noted(conn, run, Some(step)))?;
    if noted.is_empty() {
        return Ok(());
    }
    if let Some(seal) = seals.iter().find(|seal| !known(&noted, step, seal)) {
        return Err(RevealError::Mismatch {
            person: seal.author.clone(),
            field: seal.field.clone(),
        });
    }
    match noted.iter().find(|note| !seals.iter().any(|seal| about(note, seal))) {
        Some(note) => Err(RevealError::Mismatch {
            person: note.author.clone(),
            field: note.field.clone(),
        }),
        None => Ok(()),
    }
}

/// Whether a seal of a step is one of those noted, or nothing was noted about it or its step.
pub(crate) fn known(noted: &[Noted], step: &str, seal: &Seal) -> bool {
    match noted.iter().find(|note| about(note, seal)) {
        Some(note) => note.step == step && note.commitment == seal.commitment,
        None => noted.iter().all(|note| note.step != step),
    }
}

fn about(note: &Noted, seal: &Seal) -> bool {
    note.author == seal.author && note.field == seal.field && note.layer == seal.layer
}
