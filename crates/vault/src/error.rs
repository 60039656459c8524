//! What can go wrong, in words for the person it happens to: what was attempted, what is safe, what to do.
//!
//! Flow: SQLite and the file system answer with codes; `Db` and `files` turn each into one of these, with the path.
//! Deliberately not here: any text that came from a database or a statement. A message never holds an answer.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

/// Why the vault did not do what was asked.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Error {
    /// The profile folder that was asked for is not there.
    #[error(
        "There is no profile folder at {}. Nothing was changed. Check the path, or plug in the drive it is on; a new, empty one is made only if you ask for it.", path.display()
    )]
    Missing {
        /// The folder.
        path: PathBuf,
    },
    /// A file that must be there is gone: a person's file, the shared one, or a key.
    #[error(
        "{} should be here and is not. Nothing else was touched. If it was moved, put it back; if not, take it from your copy of this folder.", path.display()
    )]
    Lost {
        /// The file.
        path: PathBuf,
    },
    /// The folder or a file in it may not be read.
    #[error(
        "{} could not be read. What is kept there has not been changed. Check that it is a folder of yours and that your account may read it.", path.display()
    )]
    Unreadable {
        /// The folder or file.
        path: PathBuf,
    },
    /// The folder or a file in it may not be written.
    #[error(
        "{} may be read but not written. Everything kept there is safe; nothing new can be kept. Check its permissions, or whether the drive is write-protected.", path.display()
    )]
    ReadOnly {
        /// The folder or file.
        path: PathBuf,
    },
    /// Another window of this app has the profile open.
    #[error(
        "Another window already has the profile at {} open. Everything is safe there. Go on in that window, or close it and try again.", path.display()
    )]
    InUse {
        /// The profile folder.
        path: PathBuf,
    },
    /// The bytes of a file are not what was written.
    #[error(
        "{} is damaged: its bytes are not what was written. It has been left exactly as it is, and the other files are untouched. Keep a copy of the folder, then bring this file back from a backup.", path.display()
    )]
    Damaged {
        /// The file.
        path: PathBuf,
    },
    /// The file was written by a newer version of the app.
    #[error(
        "{} was written by a newer version of this app. Not one byte of it was changed. Open it with that version or a later one.", path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
    },
    /// There is no room left on the disk.
    #[error(
        "The disk that holds {} is full. Everything saved before is safe; the last change is not saved yet. Make some room, then try again.", path.display()
    )]
    DiskFull {
        /// The file being written.
        path: PathBuf,
    },
    /// Reading or writing failed for another reason.
    #[error(
        "Something went wrong while {doing} ({}{}). Everything saved before is safe; the last change may not be. Try again; if it keeps happening, restart the app and look after the disk.", path.display(), code.map(|c| format!(", code {c}")).unwrap_or_default()
    )]
    Failed {
        /// What was being done, to read after "while".
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// SQLite's extended result code, or the system's error number.
        code: Option<i32>,
    },
    /// The answer is sealed: take the seal back first.
    #[error("This answer is sealed, so it was not changed. Take the seal back to go on writing.")]
    Sealed,
    /// There is nothing there to remove.
    #[error("There is no answer there. Nothing was changed.")]
    NothingThere,
    /// Another answer stands where a removed one was to be put back.
    #[error("Something was written there since, so it was left as it is. Nothing was changed.")]
    WrittenSince,
    /// The file holds no such run.
    #[error("That way through the lesson is not kept here. Nothing was changed.")]
    NoSuchRun,
    /// The profile holds no such person.
    #[error("That person has no space here. Nothing was changed.")]
    NoSuchPerson,
    /// The person has a space here already.
    #[error("That person's space is here already. Nothing was changed.")]
    HereAlready,
    /// Two people already share the profile.
    #[error("Two people already share this place. Nothing was changed.")]
    Full,
    /// The space has a lock: it is opened with `Profile::unlock`.
    #[error("This space is locked. Its passphrase or its recovery words open it.")]
    Locked,
    /// What was offered does not open the lock. It is never said why.
    #[error("That did not open this space. Nothing was changed. Look at it again, then try once more.")]
    NotOpened,
    /// The space has no lock.
    #[error("This space has no lock. Nothing was changed.")]
    NotLocked,
    /// The space has a lock already.
    #[error("This space is locked already. Nothing was changed.")]
    AlreadyLocked,
    /// A blank passphrase locks nothing.
    #[error("There was nothing in the passphrase. Nothing was changed.")]
    Blank,
    /// The system's keychain could not be used.
    #[error(
        "This computer's keychain could not be used. Nothing was changed; your passphrase opens your space as before."
    )]
    NoKeychain,
    /// Removing everything needs everyone's space, open.
    #[error(
        "Removing everything needs both of you. Nothing was removed. Whoever owns this account can also delete the folder by hand."
    )]
    NeedsBoth,
    /// There is nothing shared: only one person is here, or sharing was ended.
    #[error("There is nothing shared here.")]
    Alone,
}

impl Error {
    /// The file or folder it is about, where naming it helps.
    pub fn path(&self) -> Option<&Path> {
        match self {
            Error::Missing { path }
            | Error::Lost { path }
            | Error::Unreadable { path }
            | Error::ReadOnly { path }
            | Error::InUse { path }
            | Error::Damaged { path }
            | Error::Newer { path }
            | Error::DiskFull { path }
            | Error::Failed { path, .. } => Some(path),
            Error::Sealed
            | Error::NothingThere
            | Error::WrittenSince
            | Error::NoSuchRun
            | Error::NoSuchPerson
            | Error::HereAlready
            | Error::Full
            | Error::Locked
            | Error::NotOpened
            | Error::NotLocked
            | Error::AlreadyLocked
            | Error::Blank
            | Error::NoKeychain
            | Error::NeedsBoth
            | Error::Alone => None,
        }
    }

    /// What a failed write to the file system means.
    pub(crate) fn writing(path: &Path, error: &io::Error) -> Error {
        let path = path.to_path_buf();
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                Error::DiskFull { path }
            }
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Error::ReadOnly { path },
            io::ErrorKind::NotADirectory => Error::Unreadable { path },
            _ => Error::Failed {
                doing: "writing to the profile folder",
                path,
                code: error.raw_os_error(),
            },
        }
    }

    /// What a failed read from the file system means.
    pub(crate) fn reading(path: &Path, error: &io::Error) -> Error {
        let path = path.to_path_buf();
        match error.kind() {
            io::ErrorKind::NotFound => Error::Lost { path },
            io::ErrorKind::PermissionDenied | io::ErrorKind::NotADirectory | io::ErrorKind::IsADirectory => {
                Error::Unreadable { path }
            }
            _ => Error::Failed {
                doing: "reading the profile folder",
                path,
                code: error.raw_os_error(),
            },
        }
    }
}
