//! Errors of the vault, as the page is told of them. The page has the words; the vault's own are for a terminal.

use vault::{Error, reveal::RevealError};

use crate::ipc::dto::{Refusal, Trouble, TroubleKind};

/// What is wrong with the place where words are kept.
pub(crate) fn of(error: &Error) -> Trouble {
    let what = match error {
        Error::Missing { .. } => TroubleKind::Missing,
        Error::Unreadable { .. } => TroubleKind::Unreadable,
        Error::ReadOnly { .. } => TroubleKind::ReadOnly,
        Error::InUse { .. } => TroubleKind::InUse,
        Error::Damaged { .. } | Error::Lost { .. } => TroubleKind::Damaged,
        Error::Newer { .. } => TroubleKind::Newer,
        Error::DiskFull { .. } => TroubleKind::DiskFull,
        _ => TroubleKind::Failed,
    };
    Trouble {
        what,
        path: error.path().map(|path| path.display().to_string()),
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Refusal {
        match error {
            Error::Sealed => Refusal::Sealed,
            Error::NoSuchRun | Error::NoSuchPerson | Error::Full | Error::Alone => Refusal::NotHere,
            Error::AlreadyLocked | Error::NotLocked | Error::HereAlready => Refusal::NotHere,
            Error::NothingThere | Error::WrittenSince | Error::NeedsBoth => Refusal::NotHere,
            Error::Locked => Refusal::Locked,
            Error::NotOpened => Refusal::WrongKey { wait: 0 },
            Error::Blank => Refusal::Misfit,
            error => Refusal::Storage { trouble: of(&error) },
        }
    }
}

impl From<RevealError> for Refusal {
    fn from(error: RevealError) -> Refusal {
        match error {
            RevealError::Unsaved => Refusal::Unsaved,
            RevealError::AlreadySealed | RevealError::OtherSealed | RevealError::AlreadyOpened => Refusal::Sealed,
            RevealError::NotBothSealed => Refusal::NotBothSealed,
            RevealError::Mismatch { .. } => Refusal::Mismatch,
            // What was sealed no longer has its other half: only setting it aside leads on.
            RevealError::Uneven => Refusal::Mismatch,
            RevealError::Nothing | RevealError::NoSuchRun | RevealError::NotSealed => Refusal::NotHere,
            RevealError::Vault(error) => error.into(),
        }
    }
}
