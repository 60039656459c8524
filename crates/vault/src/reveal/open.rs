//! Opening together: every text against every commitment, then both sides in one transaction.

use super::commitment::Sealed;
use super::frozen::{self, Frozen};
use super::notes::{fits_notes, known, note_commitments};
use super::seal::seal_of;
use super::seals::{self, Seal};
use super::{RevealError, Status, status};
use crate::runs::Run;
use crate::shared::Shared;
use crate::space::Space;
use crate::{Ledger as _, Moment, PersonId, RunId};

/// One opened text.
#[derive(Clone, PartialEq, Eq)]
pub struct Opened {
    /// The step it belongs to.
    pub step: String,
    /// Whose it is.
    pub author: PersonId,
    /// The field.
    pub field: String,
    /// The layer it opened in.
    pub layer: String,
    /// The field's revision.
    pub rev: u32,
    /// What it says; none when they kept it to themselves.
    pub text: Option<String>,
}
crate::answers::silent_debug!(Opened);

/// Opens one layer of a step, both sides or neither. Opening what is open changes nothing.
pub fn open(
    a: &mut Space,
    b: &mut Space,
    shared: &mut Shared,
    run: &RunId,
    step: &str,
    layer: &str,
    at: Moment,
) -> Result<(), RevealError> {
    let about = shared.run(run)?.ok_or(RevealError::NoSuchRun)?;
    let status = status(shared, run, step)?;
    let Status::Both { .. } = status else {
        return Err(RevealError::NotBothSealed);
    };
    if status.opened(layer) {
        return Ok(());
    }
    let doing = "opening what you both sealed";
    let seals = shared.db.read(doing, |conn| seals::of_step(conn, run, step))?;
    let both = [&*a, &*b];
    let mut texts = Vec::new();
    for space in both {
        let own = space.db.read(doing, |conn| frozen::of_step(conn, run, step))?;
        fits_seals(&about, space.person(), &own, &seals)?;
        texts.push((space.person().clone(), own));
    }
    for space in both {
        fits_notes(space, run, step, &seals)?;
    }
    // What was tampered with was named above; what is left are two honest seals of different fields.
    if !seals::even(&seals) {
        return Err(RevealError::Uneven);
    }
    if !seals.iter().any(|seal| seal.layer == layer) {
        return Err(RevealError::Nothing);
    }
    // Before anything is open, each file knows the pair.
    note_commitments(a, shared, run, step)?;
    note_commitments(b, shared, run, step)?;

    shared.db.write(doing, |tx| {
        for (author, own) in &texts {
            for one in own.iter().filter(|one| one.leaf.layer == layer) {
                seals::add_opening(tx, run, author, one, at)?;
            }
        }
        Ok(())
    })?;
    Ok(())
}

/// A person's frozen texts are exactly what their seals say: none more, none fewer, none other.
fn fits_seals(about: &Run, author: &PersonId, own: &[Frozen], seals: &[Seal]) -> Result<(), RevealError> {
    let theirs: Vec<&Seal> = seals.iter().filter(|s| s.author == *author).collect();
    let from_texts: Vec<Seal> = own.iter().map(|one| seal_of(about, author, one)).collect();
    let odd = |seal: &Seal| RevealError::Mismatch {
        person: author.clone(),
        field: seal.field.clone(),
    };
    if let Some(seal) = theirs.iter().find(|seal| !from_texts.contains(seal)) {
        return Err(odd(seal));
    }
    match from_texts.iter().find(|seal| !theirs.contains(seal)) {
        Some(seal) => Err(odd(seal)),
        None => Ok(()),
    }
}

/// Everything that is open in a run, each text held against its seal once more, and each seal against the commitments
/// that the files of `spaces` keep: a shared file whose seal and opening were both exchanged is noticed there.
///
/// A file that keeps none for a step (brought back from a backup, say) has nothing to hold against it.
pub fn opened(shared: &Shared, run: &RunId, spaces: &[&Space]) -> Result<Vec<Opened>, RevealError> {
    let Some(about) = shared.run(run)? else {
        return Err(RevealError::NoSuchRun);
    };
    let doing = "reading what you opened";
    let openings = shared.db.read(doing, |conn| seals::openings(conn, run))?;
    let mut notes = Vec::with_capacity(spaces.len());
    for space in spaces {
        notes.push(space.db.read(doing, |conn| frozen::noted(conn, run, None))?);
    }
    let mut opened = Vec::with_capacity(openings.len());
    for opening in openings {
        let seal = opening.seal;
        let sealed = Sealed {
            lesson: &about.lesson,
            field: &seal.field,
            layer: &seal.layer,
            rev: seal.rev,
            run,
            author: &seal.author,
            text: &opening.text,
        };
        let fits = sealed.commitment(&opening.nonce) == seal.commitment;
        if !fits || !notes.iter().all(|notes| known(notes, &opening.step, &seal)) {
            return Err(RevealError::Mismatch {
                person: seal.author,
                field: seal.field,
            });
        }
        opened.push(Opened {
            step: opening.step,
            author: seal.author,
            field: seal.field,
            layer: seal.layer,
            rev: seal.rev,
            text: Some(opening.text).filter(|text| !text.is_empty()),
        });
    }
    Ok(opened)
}
