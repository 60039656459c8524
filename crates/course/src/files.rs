//! Where a course's files lie: a folder on the disk here, an archive's contents in `archive`.

use std::io;
use std::path::PathBuf;

/// The files of a course, by names below it, with `/`.
pub trait Files {
    /// The names of the files that lie directly in a folder, in order; the course's own folder is the empty name.
    fn names(&self, folder: &str) -> io::Result<Vec<String>>;

    /// A file's bytes; `Err(Unread::TooLarge)` when there are more than `most`.
    fn bytes(&self, name: &str, most: usize) -> Result<Vec<u8>, Unread>;
}

/// Why a file's bytes are not there.
#[derive(Debug, thiserror::Error)]
pub enum Unread {
    /// The system said so.
    #[error("{0}")]
    Failed(#[from] io::Error),
    /// It has more than were asked for.
    #[error("it is too large")]
    TooLarge,
}

/// A folder on the disk.
#[derive(Clone, Debug)]
pub struct Folder(pub PathBuf);

impl Files for Folder {
    fn names(&self, folder: &str) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in std::fs::read_dir(self.0.join(folder))? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            // What a name links to decides, as it does when the file is read.
            if !name.starts_with('.') && !entry.path().is_dir() {
                names.push(name);
            }
        }
        names.sort();
        Ok(names)
    }

    fn bytes(&self, name: &str, most: usize) -> Result<Vec<u8>, Unread> {
        let path = self.0.join(name);
        // Looked at first, so that a huge file is never taken into memory.
        if std::fs::metadata(&path)?.len() > most as u64 {
            return Err(Unread::TooLarge);
        }
        Ok(std::fs::read(path)?)
    }
}
