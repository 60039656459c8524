//! Opening together: every text against every commitment, then both sides in one transaction.

use super::commitment::Sealed;
use super::frozen::{self, Frozen};
use super::is_card;
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
    /// When it was opened, for people to read.
    pub at: Moment,
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
    if is_card(layer) {
        return Err(RevealError::Nothing);
    }
    let status = status(shared, run, step)?;
    if status.opened(layer) {
        return Ok(());
    }
    let texts = held_against(a, b, shared, run, step)?;
    let doing = "opening what you both sealed";
    if !texts
        .iter()
        .any(|(_, own)| own.iter().any(|one| one.leaf.layer == layer))
    {
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

/// What both have sealed in a step, each text held against its seal and each seal against what both files keep of it.
/// After it, each file keeps both commitments.
pub(crate) fn held_against(
    a: &mut Space,
    b: &mut Space,
    shared: &Shared,
    run: &RunId,
    step: &str,
) -> Result<[(PersonId, Vec<Frozen>); 2], RevealError> {
    let about = shared.run(run)?.ok_or(RevealError::NoSuchRun)?;
    let Status::Both { .. } = status(shared, run, step)? else {
        return Err(RevealError::NotBothSealed);
    };
    let doing = "opening what you both sealed";
    let seals = shared.db.read(doing, |conn| seals::of_step(conn, run, step))?;
    let own = |space: &Space| -> Result<(PersonId, Vec<Frozen>), RevealError> {
        let own = space.db.read(doing, |conn| frozen::of_step(conn, run, step))?;
        fits_seals(&about, space.person(), &own, &seals)?;
        Ok((space.person().clone(), own))
    };
    let texts = [own(a)?, own(b)?];
    for space in [&*a, &*b] {
        fits_notes(space, run, step, &seals)?;
    }
    // What was tampered with was named above; what is left are two honest seals of different fields.
    if !seals::even(&seals) {
        return Err(RevealError::Uneven);
    }
    // Before anything is open, each file knows the pair.
    note_commitments(a, shared, run, step)?;
    note_commitments(b, shared, run, step)?;
    Ok(texts)
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
/// A file that keeps none for a step (brought back from a backup, say) has nothing to hold against it. The cards of an
/// overlap are not among them: see [`overlap`](super::overlap).
pub fn opened(shared: &Shared, run: &RunId, spaces: &[&Space]) -> Result<Vec<Opened>, RevealError> {
    opened_with(shared, run, spaces, |layer| !is_card(layer))
}

/// As [`opened`], of some layers. All are checked.
pub(crate) fn opened_with(
    shared: &Shared,
    run: &RunId,
    spaces: &[&Space],
    wanted: impl Fn(&str) -> bool,
) -> Result<Vec<Opened>, RevealError> {
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
        if !wanted(&seal.layer) {
            continue;
        }
        opened.push(Opened {
            step: opening.step,
            author: seal.author,
            field: seal.field,
            layer: seal.layer,
            rev: seal.rev,
            text: Some(opening.text).filter(|text| !text.is_empty()),
            at: opening.at,
        });
    }
    Ok(opened)
}
