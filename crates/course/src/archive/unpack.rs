//! Taking a course out of an archive, in memory, counting every byte.

use std::collections::BTreeMap;
use std::io::Read;

use flate2::{Crc, bufread::DeflateDecoder};
use lesson::MAX_LESSON;

use super::contents::{ContentHash, Index, Unpacked};
use super::directory::{self, Entry};
use super::error::{ArchiveError, shown};
use super::image::Image;
use super::{MAX_ARCHIVE, MAX_IMAGE, MAX_LOCK, MAX_PIXELS, MAX_RATIO, MAX_UNPACKED};

/// Takes a course out of an archive.
///
/// A folder that everything lies in is left out of the names, since that is what most tools make of a folder.
///
/// # Errors
/// The first reason not to take it. What the lessons say is not looked at: for that, [`crate::look_from`].
pub fn unpack(archive: &[u8]) -> Result<Unpacked, ArchiveError> {
    if archive.len() > MAX_ARCHIVE {
        return Err(ArchiveError::ArchiveTooLarge);
    }
    let entries = directory::read(archive)?;
    let entries: Vec<Entry<'_>> = entries.into_iter().filter(|entry| !is_litter(entry.name)).collect();
    let top = top(&entries)?;
    let mut unpacked = Unpacked {
        index: Index::default(),
        bytes: BTreeMap::new(),
    };
    let mut total = 0;
    for entry in &entries {
        let name = &entry.name[top.len()..];
        let bytes = take(entry, kind(name)?)?;
        total += bytes.len();
        if total > MAX_UNPACKED {
            return Err(ArchiveError::UnpackedTooLarge);
        }
        let hash = ContentHash::of(&bytes);
        unpacked.index.0.insert(name.to_owned(), hash.clone());
        unpacked.bytes.insert(hash, bytes);
    }
    Ok(unpacked)
}

/// What systems leave in folders and archives by themselves.
fn is_litter(name: &str) -> bool {
    let last = name.rsplit('/').next().unwrap_or(name);
    name.starts_with("__MACOSX/") || matches!(last, ".DS_Store" | "Thumbs.db" | "desktop.ini")
}

/// The folder that everything lies in, with its stroke; empty if the manifest lies on top.
fn top<'a>(entries: &[Entry<'a>]) -> Result<&'a str, ArchiveError> {
    let has = |name: &str| entries.iter().any(|entry| entry.name == name);
    if has("course.toml") {
        return Ok("");
    }
    let first = entries.first().map_or("", |entry| entry.name);
    let top = first.find('/').map_or("", |at| &first[..=at]);
    let all_in = entries.iter().all(|entry| entry.name.starts_with(top));
    if !top.is_empty() && all_in && has(&format!("{top}course.toml")) {
        Ok(top)
    } else {
        Err(ArchiveError::NoManifest)
    }
}

/// What a file is, and so how much of it there may be.
#[derive(Clone, Copy)]
pub(crate) enum FileKind {
    Text(usize),
    Image(Image),
}

/// What a file is, by its name below the course.
pub(crate) fn kind(name: &str) -> Result<FileKind, ArchiveError> {
    let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
    let (stem, end) = file.rsplit_once('.').unwrap_or((file, ""));
    let end = end.to_lowercase();
    match (folder, file, end.as_str()) {
        ("", "course.toml" | "help-lines.toml", _) | (_, _, "md") => Ok(FileKind::Text(MAX_LESSON)),
        ("", "course.lock", _) => Ok(FileKind::Text(MAX_LOCK)),
        (_, _, "" | "txt") if stem.starts_with("LICENSE") || stem.starts_with("LICENCE") => {
            Ok(FileKind::Text(MAX_LESSON))
        }
        (_, _, end) => match Image::named(end) {
            Some(image) => Ok(FileKind::Image(image)),
            None => Err(ArchiveError::Kind(shown(name))),
        },
    }
}

/// A file's bytes.
fn take(entry: &Entry<'_>, kind: FileKind) -> Result<Vec<u8>, ArchiveError> {
    let told = || shown(entry.name);
    let most = match kind {
        FileKind::Text(most) => most,
        FileKind::Image(_) => MAX_IMAGE,
    };
    let bytes = if entry.deflated {
        inflate(entry, most)?
    } else {
        entry.packed.to_vec()
    };
    if bytes.len() > most {
        return Err(ArchiveError::TooLarge(told(), most / 1024));
    }
    let mut crc = Crc::new();
    crc.update(&bytes);
    if bytes.len() != entry.size || crc.sum() != entry.crc {
        return Err(ArchiveError::Mismatch(told()));
    }
    if let FileKind::Image(named) = kind {
        image(&bytes, named, entry.name)?;
    }
    Ok(bytes)
}

/// What comes out of deflated bytes, but never more than one byte too much.
fn inflate(entry: &Entry<'_>, most: usize) -> Result<Vec<u8>, ArchiveError> {
    let told = || shown(entry.name);
    let ratio = entry.packed.len().saturating_mul(MAX_RATIO);
    let limit = most.min(ratio) as u64 + 1;
    let mut bytes = Vec::new();
    let mut decoder = DeflateDecoder::new(entry.packed);
    decoder
        .by_ref()
        .take(limit)
        .read_to_end(&mut bytes)
        .map_err(|_| ArchiveError::Damaged(format!("`{}` cannot be unpacked", told())))?;
    if bytes.len() > ratio {
        return Err(ArchiveError::Ratio(told()));
    }
    if bytes.len() <= most && decoder.total_in() != entry.packed.len() as u64 {
        return Err(ArchiveError::Mismatch(told()));
    }
    Ok(bytes)
}

fn image(bytes: &[u8], named: Image, name: &str) -> Result<(), ArchiveError> {
    if Image::of(bytes) != Some(named) {
        return Err(ArchiveError::ImageKind(shown(name)));
    }
    match named.size(bytes) {
        Some((width, height)) if width.max(height) <= MAX_PIXELS => Ok(()),
        _ => Err(ArchiveError::ImagePixels(shown(name))),
    }
}
