//! Opening together: every text against every commitment, then both sides in one transaction.

use super::commitment::Sealed;
use super::frozen::{self, Frozen};
use super::seal::{note_commitments, seal_of};
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
    note_commitments(a, shared, run, step)?;
    note_commitments(b, shared, run, step)?;

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
    if !seals.iter().any(|seal| seal.layer == layer) {
        return Err(RevealError::Nothing);
    }

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

/// Both sides' seals are still the ones this person's file kept when the second was made.
fn fits_notes(space: &Space, run: &RunId, step: &str, seals: &[Seal]) -> Result<(), RevealError> {
    let noted = space
        .db
        .read("opening what you both sealed", |conn| frozen::noted(conn, run, step))?;
    let same = |seal: &Seal, note: &frozen::Noted| {
        seal.author == note.author
            && seal.field == note.field
            && seal.layer == note.layer
            && seal.commitment == note.commitment
    };
    let strange = seals.iter().find(|seal| !noted.iter().any(|note| same(seal, note)));
    if let Some(seal) = strange {
        return Err(RevealError::Mismatch {
            person: seal.author.clone(),
            field: seal.field.clone(),
        });
    }
    let gone = noted.iter().find(|note| !seals.iter().any(|seal| same(seal, note)));
    match gone {
        Some(note) => Err(RevealError::Mismatch {
            person: note.author.clone(),
            field: note.field.clone(),
        }),
        None => Ok(()),
    }
}

/// Everything that is open in a run, each text held against its seal once more.
pub fn opened(shared: &Shared, run: &RunId) -> Result<Vec<Opened>, RevealError> {
    let Some(about) = shared.run(run)? else {
        return Err(RevealError::NoSuchRun);
    };
    let openings = shared
        .db
        .read("reading what you opened", |conn| seals::openings(conn, run))?;
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
        if sealed.commitment(&opening.nonce) != seal.commitment {
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
