//! Making an archive of a course's folder. The same folder makes the same bytes, on any day and any computer.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use flate2::{Compression, Crc, write::DeflateEncoder};

use super::error::{ArchiveError, shown};
use super::unpack::{kind, unpack};

/// Deepest folder that is looked into.
const MAX_DEPTH: usize = 8;
/// The first day that an archive can name, 1 January 1980: there is a day in every entry, and it means nothing here.
const NO_DAY: u16 = 0x21;
/// The names are UTF-8.
const UTF8: u16 = 1 << 11;
/// Written as Unix does, to be read by version 2.0.
const MADE_BY: u16 = 0x0314;
const NEEDS: u16 = 20;
/// An ordinary file that its owner may write and everybody read.
const ORDINARY: u32 = 0o100_644 << 16;

/// An archive that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What is in it, in order.
    pub names: Vec<String>,
    /// What lies in the folder and is not in it, since a course does not hold such files.
    pub left_out: Vec<String>,
}

/// Why a folder was not packed.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// The disk.
    #[error("`{name}` cannot be read: {source}.", name = .path.display())]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// It would not be taken where it is sent.
    #[error("{0}")]
    Refused(#[from] ArchiveError),
}

/// Packs a course's folder. What the lessons say is not looked at: for that, [`crate::look`].
///
/// # Errors
/// When a file cannot be read, or when [`unpack`] would not take the archive.
pub fn pack(dir: &Path) -> Result<Packed, PackError> {
    let mut names = Vec::new();
    walk(dir, "", 0, &mut names)?;
    names.sort();
    let (names, left_out): (Vec<String>, Vec<String>) = names.into_iter().partition(|name| kind(name).is_ok());
    let mut archive = Archive::default();
    for name in &names {
        let path = dir.join(name);
        let bytes = std::fs::read(&path).map_err(|source| PackError::Unreadable { path, source })?;
        archive.add(name, &bytes);
    }
    let bytes = archive.finish();
    unpack(&bytes)?;
    Ok(Packed { bytes, names, left_out })
}

fn walk(dir: &Path, below: &str, depth: usize, names: &mut Vec<String>) -> Result<(), PackError> {
    let path = dir.join(below);
    let unreadable = |source| PackError::Unreadable {
        path: path.clone(),
        source,
    };
    for entry in std::fs::read_dir(&path).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = entry
            .file_name()
            .into_string()
            .map_err(|_| ArchiveError::NameEncoding)?;
        if name.starts_with('.') {
            continue;
        }
        let name = if below.is_empty() {
            name
        } else {
            format!("{below}/{name}")
        };
        // Of the entry itself, and not of what it may link to.
        let kind = entry.file_type().map_err(unreadable)?;
        if kind.is_symlink() {
            return Err(ArchiveError::Link(shown(&name)).into());
        } else if kind.is_dir() && depth < MAX_DEPTH {
            walk(dir, &name, depth + 1, names)?;
        } else {
            names.push(name);
        }
    }
    Ok(())
}

/// An archive being written.
#[derive(Default)]
struct Archive {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    count: u16,
}

impl Archive {
    fn add(&mut self, name: &str, content: &[u8]) {
        let deflated = deflate(content);
        let (method, packed) = match &deflated {
            Some(deflated) if deflated.len() < content.len() => (8_u16, deflated.as_slice()),
            _ => (0, content),
        };
        let mut crc = Crc::new();
        crc.update(content);
        let mut shared = Vec::new();
        for number in [NEEDS, UTF8, method, 0, NO_DAY] {
            shared.extend(number.to_le_bytes());
        }
        for number in [crc.sum(), size(packed.len()), size(content.len())] {
            shared.extend(number.to_le_bytes());
        }
        shared.extend(short(name.len()).to_le_bytes());
        // Nothing extra.
        shared.extend([0, 0]);
        let offset = size(self.bytes.len());
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&shared);
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(packed);
        self.directory.extend(b"PK\x01\x02");
        self.directory.extend(MADE_BY.to_le_bytes());
        self.directory.extend(&shared);
        // No comment, the first part, no inner attributes.
        self.directory.extend([0; 6]);
        self.directory.extend(ORDINARY.to_le_bytes());
        self.directory.extend(offset.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.count = self.count.saturating_add(1);
    }

    fn finish(mut self) -> Vec<u8> {
        let (start, length) = (size(self.bytes.len()), size(self.directory.len()));
        self.bytes.append(&mut self.directory);
        self.bytes.extend(b"PK\x05\x06\0\0\0\0");
        for number in [self.count, self.count] {
            self.bytes.extend(number.to_le_bytes());
        }
        for number in [length, start] {
            self.bytes.extend(number.to_le_bytes());
        }
        self.bytes.extend([0, 0]);
        self.bytes
    }
}

fn deflate(content: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).ok()?;
    encoder.finish().ok()
}

/// A number too large for its place becomes the largest, and the archive is refused when it is read back.
fn size(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn short(number: usize) -> u16 {
    u16::try_from(number).unwrap_or(u16::MAX)
}
