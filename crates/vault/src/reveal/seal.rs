//! Sealing, taking a seal back, setting aside, and putting a person's file right with the shared one.

use std::collections::BTreeSet;

use super::commitment::Sealed;
use super::frozen::{self, Frozen};
use super::notes::{fits_notes, note_commitments};
use super::seals::{self, Seal};
use super::{Leaf, RevealError, Status, overlap, status};
use crate::answers;
use crate::db::Fault;
use crate::runs::Run;
use crate::shared::{self, Shared};
use crate::space::Space;
use crate::{Error, Ledger as _, Moment, PersonId, RunId};

/// Seals my side of a step. `last_save` is the newest save of this run that was confirmed; newer text is refused, and so
/// are leaves that are not about the same fields as the other's seal. `pin` is the lesson's version and source text: the
/// first seal of a run keeps it with itself, and a refused one keeps nothing.
///
/// Sealing the same leaves again is the retry of a seal whose outcome was unclear, and changes nothing.
#[allow(
    clippy::too_many_arguments,
    reason = "each is one thing a seal is about, and none goes with another"
)]
pub fn seal(
    space: &mut Space,
    shared: &mut Shared,
    run: &RunId,
    step: &str,
    last_save: u64,
    leaves: &[Leaf],
    pin: Option<(&str, &str)>,
    at: Moment,
) -> Result<(), RevealError> {
    if leaves.is_empty() {
        return Err(RevealError::Nothing);
    }
    let about = shared.run(run)?.ok_or(RevealError::NoSuchRun)?;
    if status(shared, run, step)?.sealed_by(space.person()) {
        if !is_sealed_as(space, run, step, leaves)? {
            return Err(RevealError::AlreadySealed);
        }
        return note_commitments(space, shared, run, step);
    }
    if space.last_save(run)? > last_save {
        return Err(RevealError::Unsaved);
    }
    fits_other(shared, run, step, leaves)?;
    let frozen = freeze(space, run, step, leaves, at)?;
    if let Err(error) = put_seals(space, shared, &about, step, &frozen, pin) {
        // Nobody knows whether the seals arrived. What the shared file says counts; if it cannot be asked now, the next
        // opening of the space asks it.
        let _ = reconcile_step(space, shared, run, step);
        return Err(error);
    }
    note_commitments(space, shared, run, step)
}

/// Where the other has sealed already, my leaves are about the same fields and layers as theirs: a joint answer may have
/// changed since which fields are shown.
fn fits_other(shared: &Shared, run: &RunId, step: &str, leaves: &[Leaf]) -> Result<(), RevealError> {
    let seals = shared
        .db
        .read("looking at the seals", |conn| seals::of_step(conn, run, step))?;
    let theirs: BTreeSet<(&str, &str)> = seals.iter().map(|one| (&*one.field, &*one.layer)).collect();
    let mine = leaves.iter().map(|one| (&*one.field, &*one.layer)).collect();
    if theirs.is_empty() || theirs == mine {
        return Ok(());
    }
    Err(RevealError::Uneven)
}

/// The first half: texts and nonces into my own file.
pub(crate) fn freeze(
    space: &mut Space,
    run: &RunId,
    step: &str,
    leaves: &[Leaf],
    at: Moment,
) -> Result<Vec<Frozen>, RevealError> {
    let doing = "sealing your side";
    let mut frozen = Vec::with_capacity(leaves.len());
    for leaf in leaves {
        let nonce = space.source.bytes::<32>().map_err(|e| Error::Failed {
            doing,
            path: space.db.path().to_path_buf(),
            code: e.raw_os_error(),
        })?;
        frozen.push(Frozen {
            leaf: leaf.clone(),
            nonce,
        });
    }
    space.db.write(doing, |tx| {
        // Left by a seal that never arrived.
        frozen::release(tx, run, step)?;
        for one in &frozen {
            frozen::add(tx, run, step, one, at)?;
            answers::keep_version(tx, run, &one.leaf.field)?;
        }
        Ok(())
    })?;
    Ok(frozen)
}

/// The second half: commitments into the shared file, and with the run's first the lesson's text.
pub(crate) fn put_seals(
    space: &Space,
    shared: &mut Shared,
    about: &Run,
    step: &str,
    frozen: &[Frozen],
    pin: Option<(&str, &str)>,
) -> Result<(), RevealError> {
    let author = space.person();
    shared.db.write("sealing your side", |tx| {
        for one in frozen {
            let seal = seal_of(about, author, one);
            seals::add(tx, &about.id, step, &seal)?;
        }
        if let Some((version, text)) = pin {
            shared::pin(tx, &about.id, version, text)?;
        }
        Ok(())
    })?;
    Ok(())
}

/// The seal a frozen text must have.
pub(crate) fn seal_of(about: &Run, author: &PersonId, frozen: &Frozen) -> Seal {
    let leaf = &frozen.leaf;
    let sealed = Sealed {
        lesson: &about.lesson,
        field: &leaf.field,
        layer: &leaf.layer,
        rev: leaf.rev,
        run: &about.id,
        author,
        text: &leaf.text,
    };
    Seal {
        author: author.clone(),
        field: leaf.field.clone(),
        layer: leaf.layer.clone(),
        rev: leaf.rev,
        commitment: sealed.commitment(&frozen.nonce),
    }
}

fn is_sealed_as(space: &Space, run: &RunId, step: &str, leaves: &[Leaf]) -> Result<bool, RevealError> {
    let frozen = space
        .db
        .read("sealing your side", |conn| frozen::of_step(conn, run, step))?;
    let mut wanted: Vec<&Leaf> = leaves.iter().collect();
    wanted.sort_by(|a, b| (&a.field, &a.layer).cmp(&(&b.field, &b.layer)));
    Ok(frozen.iter().map(|one| &one.leaf).eq(wanted))
}

/// Takes my seal back. Free until the other has sealed too.
pub fn unseal(space: &mut Space, shared: &mut Shared, run: &RunId, step: &str) -> Result<(), RevealError> {
    match status(shared, run, step)? {
        Status::SealedBy(one) if one == *space.person() => {}
        Status::Both { .. } => return Err(RevealError::OtherSealed),
        Status::Unsealed | Status::SealedBy(_) => return Err(RevealError::NotSealed),
    }
    shared.db.write("taking your seal back", |tx| {
        Ok(seals::end(tx, run, step, Some(&space.person))?)
    })?;
    reconcile_step(space, shared, run, step)
}

/// Ends both seals of a step before anything in it is opened. The texts of `spaces` are drafts again at once; those of a
/// space that is closed now, when it next opens and is reconciled.
pub fn set_aside(spaces: &mut [&mut Space], shared: &mut Shared, run: &RunId, step: &str) -> Result<(), RevealError> {
    match status(shared, run, step)? {
        Status::Both { opened } if !opened.is_empty() => return Err(RevealError::AlreadyOpened),
        Status::Unsealed | Status::SealedBy(_) | Status::Both { .. } => {}
    }
    // An overlap that showed no card was opened all the same.
    let done = shared
        .db
        .read("looking at the seals", |conn| overlap::is_done(conn, run, step))?;
    if done {
        return Err(RevealError::AlreadyOpened);
    }
    shared
        .db
        .write("setting the seals aside", |tx| Ok(seals::end(tx, run, step, None)?))?;
    for space in spaces {
        reconcile_step(space, shared, run, step)?;
    }
    Ok(())
}

/// Puts a person's file right with the shared one: a frozen text without its seal is a draft again, and where both have
/// sealed, both commitments are kept. To be called whenever a space is opened.
///
/// Where the file remembers a pair already, the shared one is held to it. A `Mismatch` is answered only after every other
/// step was put right: it is an alarm to show, not a reason to keep a person out of their own space.
pub fn reconcile(space: &mut Space, shared: &mut Shared) -> Result<(), RevealError> {
    let doing = "looking at the seals";
    let steps = space.db.read(doing, frozen::steps)?;
    let mut alarm = Ok(());
    for (run, step) in steps {
        match reconcile_step(space, shared, &run, &step) {
            Err(RevealError::Mismatch { person, field }) => {
                alarm = alarm.and(Err(RevealError::Mismatch { person, field }));
            }
            other => other?,
        }
    }
    alarm
}

fn reconcile_step(space: &mut Space, shared: &Shared, run: &RunId, step: &str) -> Result<(), RevealError> {
    let doing = "looking at the seals";
    let status = status(shared, run, step)?;
    let open = shared.db.read(doing, |conn| seals::opened_layers(conn, run, step))?;
    // What was opened keeps both its seals. One of them gone is no seal taken back, so nothing is forgotten over it.
    if matches!(status, Status::Both { .. }) || !open.is_empty() {
        let seals = shared.db.read(doing, |conn| seals::of_step(conn, run, step))?;
        fits_notes(space, run, step, &seals)?;
        return note_commitments(space, shared, run, step);
    }
    let mine = status.sealed_by(space.person());
    space.db.write(doing, |tx| -> Result<(), Fault> {
        // Without two seals there is no pair to remember.
        frozen::forget_commitments(tx, run, step)?;
        if !mine {
            frozen::release(tx, run, step)?;
        }
        Ok(())
    })?;
    Ok(())
}
