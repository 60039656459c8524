//! A copy of every word of mine, as one file in my own folder: readable by its owner alone, never over another file, and
//! under its name only once all of it is there. Its name tells nothing: an app and a day.

use std::{
    fs::File,
    io::{self, Write},
    path::{Path, PathBuf},
};

use vault::SecretString;

use crate::{
    ipc::dto::{Export, ExportFormat, Refusal, SavedExport, Trouble, TroubleKind},
    session::Session,
};

impl Session {
    /// Writes what [`Session::export_words`] answers to a new file; with a passphrase, one that only it opens (`age`).
    ///
    /// # Errors
    /// As [`Session::export_words`]; `Misfit` for a blank passphrase; `Storage` with `read-only`, `disk-full` or `failed` and the folder when the copy
    /// could not be written. Nothing of it is left behind then.
    pub fn save_export(
        &mut self,
        token: &str,
        format: ExportFormat,
        sensitive: bool,
        passphrase: Option<&SecretString>,
    ) -> Result<SavedExport, Refusal> {
        let export = self.export_words(token, sensitive)?;
        let (ending, text) = match format {
            ExportFormat::Markdown => ("md", to_read(&export)),
            ExportFormat::Json => ("json", export.json),
            ExportFormat::Csv => ("csv", export.scores),
        };
        let (ending, bytes) = match passphrase {
            None => (ending.to_owned(), text.into_bytes()),
            Some(passphrase) => {
                let sealed = vault::export::encrypt(text.as_bytes(), passphrase)?;
                (format!("{ending}.age"), sealed)
            }
        };
        let folder = &self.places.documents;
        let path = write_new(folder, &export.name, &ending, &bytes).map_err(|error| not_written(folder, &error))?;
        Ok(SavedExport {
            path: path.display().to_string(),
            without_shared: export.without_shared,
        })
    }
}

/// The documents as one text.
fn to_read(export: &Export) -> String {
    if export.documents.is_empty() {
        return "Nothing has been written yet.\n".to_owned();
    }
    export.markdown.clone()
}

/// Writes a file under the first name that is free: `NAME.md`, `NAME-2.md`, `NAME-3.md` …
fn write_new(folder: &Path, name: &str, ending: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    // Made for its owner alone (0600 on Unix), and gone again if anything below goes wrong.
    let mut file = tempfile::Builder::new().prefix(".pairwise-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    let names = std::iter::once(format!("{name}.{ending}")).chain((2..).map(|n: u64| format!("{name}-{n}.{ending}")));
    for name in names {
        let path = folder.join(name);
        match file.persist_noclobber(&path) {
            Ok(_) => {
                settle(folder);
                return Ok(path);
            }
            Err(taken) if taken.error.kind() == io::ErrorKind::AlreadyExists => file = taken.file,
            Err(other) => return Err(other.error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Asks the disk to keep the name too. The file is whole by now: a system that cannot do this has not failed.
fn settle(folder: &Path) {
    if cfg!(unix) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

pub(crate) fn not_written(folder: &Path, error: &io::Error) -> Refusal {
    let what = match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            TroubleKind::DiskFull
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => TroubleKind::ReadOnly,
        _ => TroubleKind::Failed,
    };
    Refusal::Storage {
        trouble: Trouble {
            what,
            path: Some(folder.display().to_string()),
        },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    fn told(kind: io::ErrorKind) -> TroubleKind {
        match not_written(Path::new("documents"), &kind.into()) {
            Refusal::Storage { trouble } => {
                assert_eq!(trouble.path.as_deref(), Some("documents"));
                trouble.what
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_full_disk_and_a_folder_that_may_not_be_written_are_told_apart() {
        assert_eq!(told(io::ErrorKind::StorageFull), TroubleKind::DiskFull);
        assert_eq!(told(io::ErrorKind::QuotaExceeded), TroubleKind::DiskFull);
        assert_eq!(told(io::ErrorKind::PermissionDenied), TroubleKind::ReadOnly);
        assert_eq!(told(io::ErrorKind::ReadOnlyFilesystem), TroubleKind::ReadOnly);
        assert_eq!(told(io::ErrorKind::NotFound), TroubleKind::Failed);
    }

    /// Every write to `/dev/full` is answered as a full disk would answer it.
    #[cfg(target_os = "linux")]
    #[test]
    fn what_a_full_disk_really_answers_is_told_as_one() {
        let mut full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let error = full.write_all(b"words").unwrap_err();
        assert_eq!(told(error.kind()), TroubleKind::DiskFull);
    }
}
