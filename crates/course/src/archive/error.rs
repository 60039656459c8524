//! Why an archive is not taken, in words for the person who was given it.

use super::{MAX_ARCHIVE, MAX_ENTRIES, MAX_PIXELS, MAX_RATIO, MAX_UNPACKED};

/// Why an archive is not taken. Nothing of it is kept then.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[allow(missing_docs, reason = "each says it in its message")]
pub enum ArchiveError {
    #[error("This archive is larger than {} MiB, the most a course may be.", MAX_ARCHIVE / 1024 / 1024)]
    ArchiveTooLarge,
    #[error("This is not a course's archive: it is no ZIP file, or it was cut short on its way here.")]
    NotAnArchive,
    #[error("This archive is damaged: {0}. Ask for it again.")]
    Damaged(String),
    #[error("This archive is one of several parts. A course is always one file.")]
    Split,
    #[error(
        "This archive is in the form for huge ones (ZIP64), which a course never needs. Make it again with `pairwise-lesson pack`."
    )]
    Huge,
    #[error("This archive holds more than {MAX_ENTRIES} files.")]
    TooMany,
    #[error("`{0}` is locked with a password. A course has none.")]
    Encrypted(String),
    #[error("`{0}` is packed in a way that a course does not use. Make the archive again with `pairwise-lesson pack`.")]
    Method(String),
    #[error("A file's name in this archive is not UTF-8 text.")]
    NameEncoding,
    #[error("A file in this archive has no name.")]
    NameEmpty,
    #[error("`{0}` is longer than a file's name in a course may be.")]
    NameLong(String),
    #[error("`{0}` names a place outside the course.")]
    NameAbsolute(String),
    #[error("`{0}` leads out of the course by way of `..` or `.`.")]
    NameUp(String),
    #[error("`{0}` has a backslash in its name. Folders are parted by `/`.")]
    NameBackslash(String),
    #[error("`{0}` has a colon in its name, as a drive letter has.")]
    NameDrive(String),
    #[error("`{0}` has a sign in its name that cannot be seen.")]
    NameSign(String),
    #[error("`{0}` is in the archive twice.")]
    Twice(String),
    #[error("`{0}` and `{1}` differ in nothing but small and capital letters. On many computers they are one file.")]
    Case(String, String),
    #[error("`{0}` is a file and a folder at once.")]
    FileAndFolder(String),
    #[error("`{0}` is a link to somewhere else. A course holds only files.")]
    Link(String),
    #[error("`{0}` is no ordinary file. A course holds only files.")]
    Special(String),
    #[error("`{0}` is not something that a course holds: lessons (.md), its own .toml and .lock, PNG, JPEG and WebP.")]
    Kind(String),
    #[error("`{0}` is larger than {1} KiB, the most such a file may be.")]
    TooLarge(String, usize),
    #[error("This archive holds more than {} MiB once it is unpacked.", MAX_UNPACKED / 1024 / 1024)]
    UnpackedTooLarge,
    #[error("`{0}` swells to more than {MAX_RATIO} times its size. No lesson does.")]
    Ratio(String),
    #[error("`{0}` is not what the archive says of it: its size or its checksum differs.")]
    Mismatch(String),
    #[error("`{0}` shares its bytes with another file of the archive.")]
    Overlap(String),
    #[error("`{0}` is not the kind of picture that its name says.")]
    ImageKind(String),
    #[error("`{0}` is larger than {MAX_PIXELS} × {MAX_PIXELS} pixels, or its size cannot be read.")]
    ImagePixels(String),
    #[error("There is no course.toml in this archive, so it is not a course.")]
    NoManifest,
}

/// A name as it can be shown: no longer than a line, and without signs that nobody sees.
pub(crate) fn shown(name: &str) -> String {
    let visible = name
        .chars()
        .map(|c| if super::name::is_unseen(c) { '\u{fffd}' } else { c });
    let mut shown: String = visible.clone().take(80).collect();
    if visible.count() > 80 {
        shown.push('…');
    }
    shown
}
