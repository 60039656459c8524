//! The reveal: each seals apart, both open together, and nobody can change an answer after seeing the other's.
//!
//! Flow: `seal` freezes texts and nonces in my own file, then puts commitments into the shared one. Once both have sealed,
//! each own file keeps both commitments. `open` holds every text against every commitment and writes both sides' openings
//! in one transaction. The shared file alone says what is sealed and what is open; no rule needs two files to commit as
//! one, because `reconcile` turns a frozen text without its seal back into a draft.
//! `notes` is what each file remembers of a pair: it holds the shared file to it, before an opening and ever after.
//! `overlap` opens a few cards that both put in one pile, and no other ever.
//! Deliberately not here: who is in the room and who has said *open*. Those last one sitting and live in the shell.

mod commitment;
pub(crate) mod frozen;
mod notes;
mod open;
mod overlap;
pub(crate) mod seal;
pub(crate) mod seals;

use thiserror::Error;

pub use notes::note_commitments;
pub use open::{Opened, open, opened};
pub(crate) use overlap::is_card;
pub use overlap::{card, open_overlap, overlap};
pub use seal::{reconcile, seal, set_aside, unseal};

use crate::shared::Shared;
use crate::{Error, PersonId, RunId};

/// One text under seal: a field, or one layer of it when a lesson opens it in two goes.
#[derive(Clone, PartialEq, Eq)]
pub struct Leaf {
    /// The field.
    pub field: String,
    /// What opens in one go.
    pub layer: String,
    /// The field's revision.
    pub rev: u32,
    /// What will be shown; empty for an answer that is kept to oneself.
    pub text: String,
}
crate::answers::silent_debug!(Leaf);

/// Why a seal or an opening was not made.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RevealError {
    /// There is newer text than the last save that was confirmed.
    #[error("There are words newer than the last save. Nothing was sealed. Save first, then seal.")]
    Unsaved,
    /// Nothing was given to seal.
    #[error("There was nothing to seal. Nothing was changed.")]
    Nothing,
    /// The shared file holds no such run.
    #[error("That way through the lesson is not shared. Nothing was changed.")]
    NoSuchRun,
    /// My side is sealed already, with other words.
    #[error("Your side is sealed already. Take the seal back to change it.")]
    AlreadySealed,
    /// Both have sealed: a seal can be set aside now, but not taken back alone.
    #[error("You have both sealed, so the seal stays. You can open together, or set it aside.")]
    OtherSealed,
    /// There is no seal of mine to take back.
    #[error("Your side is not sealed. Nothing was changed.")]
    NotSealed,
    /// Opening needs both seals.
    #[error("Opening needs both seals. Nothing was opened.")]
    NotBothSealed,
    /// The two sides' seals are not about the same fields: opened, they would show more of one than of the other.
    #[error(
        "The two sides are not about the same fields, so they cannot be sealed or opened as a pair. Nothing was changed. Set the seal aside, and each of you can seal again."
    )]
    Uneven,
    /// What was opened stays.
    #[error("This was opened already, and what was opened stays.")]
    AlreadyOpened,
    /// What was sealed is not what would be shown.
    #[error(
        "What is kept is not what was sealed. Nothing was opened or changed. Keep a copy of the profile folder before going on."
    )]
    Mismatch {
        /// Whose seal does not fit.
        person: PersonId,
        /// The field it is about.
        field: String,
    },
    /// Keeping or reading failed.
    #[error(transparent)]
    Vault(#[from] Error),
}

/// Where a step's reveal is, as the shared file alone says. An opening without two seals cannot be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Nobody has sealed.
    Unsealed,
    /// One has.
    SealedBy(PersonId),
    /// Both have.
    Both {
        /// The layers that are open.
        opened: Vec<String>,
    },
}

impl Status {
    /// Whether this person has sealed.
    pub fn sealed_by(&self, person: &PersonId) -> bool {
        match self {
            Status::Unsealed => false,
            Status::SealedBy(one) => one == person,
            Status::Both { .. } => true,
        }
    }

    /// Whether this layer is open.
    pub fn opened(&self, layer: &str) -> bool {
        match self {
            Status::Unsealed | Status::SealedBy(_) => false,
            Status::Both { opened } => opened.iter().any(|one| one == layer),
        }
    }
}

/// Where a step's reveal is.
pub fn status(shared: &Shared, run: &RunId, step: &str) -> Result<Status, RevealError> {
    let status = shared
        .db
        .read("looking at the seals", |conn| seals::status(conn, run, step));
    Ok(status?)
}
