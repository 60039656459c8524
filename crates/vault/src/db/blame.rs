//! What SQLite's answers mean to the people whose file it is.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use super::beside;
use crate::Error;

pub(super) fn migration(path: &Path, error: rusqlite_migration::Error) -> Error {
    match error {
        rusqlite_migration::Error::RusqliteError { err, .. } => blame(path, "bringing the file up to date", &err),
        rusqlite_migration::Error::MigrationDefinition(
            rusqlite_migration::MigrationDefinitionError::DatabaseTooFarAhead,
        ) => Error::Newer {
            path: path.to_path_buf(),
        },
        _ => Error::Failed {
            doing: "bringing the file up to date",
            path: path.to_path_buf(),
            code: None,
        },
    }
}

/// What SQLite's answer means to the people whose file it is. Its own text is dropped: codes cannot hold a word of theirs.
pub(crate) fn blame(path: &Path, doing: &'static str, error: &rusqlite::Error) -> Error {
    let at = path.to_path_buf();
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => Error::DiskFull { path: at },
        Some(ErrorCode::ReadOnly) => Error::ReadOnly { path: at },
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => Error::Damaged { path: at },
        Some(ErrorCode::PermissionDenied) => Error::Unreadable { path: at },
        Some(ErrorCode::SystemIoFailure | ErrorCode::CannotOpen) => {
            why_the_folder_refuses(path).unwrap_or_else(|| failed(at, doing, error))
        }
        _ => failed(at, doing, error),
    }
}

fn failed(path: PathBuf, doing: &'static str, error: &rusqlite::Error) -> Error {
    let code = error.sqlite_error().map(|e| e.extended_code);
    Error::Failed { doing, path, code }
}

/// SQLite says "I/O error" for a full disk too, when it is the log's index that finds no room. A small file written
/// beside the database tells the reasons apart.
fn why_the_folder_refuses(path: &Path) -> Option<Error> {
    let probe = beside(path, ".probe");
    let written = fs::File::create(&probe).and_then(|mut file| {
        file.write_all(&[0; 64 * 1024])?;
        file.sync_all()
    });
    let _ = fs::remove_file(&probe);
    let error: io::Error = written.err()?;
    match Error::writing(path, &error) {
        Error::Failed { .. } => None,
        told => Some(told),
    }
}
