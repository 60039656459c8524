//! What an archive says it holds: the directory at its end, and the header before each file's bytes.

use std::ops::Range;

use super::error::{ArchiveError, shown};
use super::name::{self, Names};
use super::{MAX_ENTRIES, MAX_UNPACKED};

/// One file of an archive, as the archive describes it.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    /// Its name; it was checked.
    pub(crate) name: &'a str,
    /// Its bytes as packed.
    pub(crate) packed: &'a [u8],
    /// They are deflated, and not just stored.
    pub(crate) deflated: bool,
    /// How many bytes are to come out.
    pub(crate) size: usize,
    /// Their checksum.
    pub(crate) crc: u32,
}

const END: [u8; 4] = *b"PK\x05\x06";
const CENTRAL: [u8; 4] = *b"PK\x01\x02";
const LOCAL: [u8; 4] = *b"PK\x03\x04";
const END_SIZE: usize = 22;
/// What stands for "look elsewhere", in the form for huge archives.
const ELSEWHERE: u32 = u32::MAX;
/// Bits of a file's flags that say it is encrypted: itself, strongly, and its directory.
const ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;
/// The method's number that stands for "encrypted with AES".
const AES: u16 = 99;

/// The files of an archive, in the order of their names. Folders are looked at and left out.
pub(crate) fn read(archive: &[u8]) -> Result<Vec<Entry<'_>>, ArchiveError> {
    let end = end(archive).ok_or(ArchiveError::NotAnArchive)?;
    let record = Fields(&archive[end..]);
    let (here, all) = (record.small(8)?, record.small(10)?);
    if record.small(4)? != 0 || record.small(6)? != 0 || here != all {
        return Err(ArchiveError::Split);
    }
    let (size, start) = (record.large(12)?, record.large(16)?);
    if all == u16::MAX || size == ELSEWHERE || start == ELSEWHERE {
        return Err(ArchiveError::Huge);
    }
    if usize::from(all) > MAX_ENTRIES {
        return Err(ArchiveError::TooMany);
    }
    let (size, start) = (size as usize, start as usize);
    // Something before it, such as a program that unpacks itself, would show here.
    if start.checked_add(size) != Some(end) {
        return Err(damaged("its directory is not where it says"));
    }
    let mut names = Names::default();
    let mut taken = Vec::new();
    let mut entries = Vec::new();
    let mut at = start;
    for _ in 0..all {
        let central = &archive[at..end];
        let (entry, bytes, length) = file(archive, central, start)?;
        names.meet(entry.name)?;
        taken.push((bytes, entry.name));
        if entry.name.ends_with('/') {
            if entry.size != 0 {
                return Err(damaged("a folder in it has bytes of its own"));
            }
        } else {
            entries.push(entry);
        }
        at += length;
    }
    if at != end {
        return Err(damaged("its directory holds more than it says"));
    }
    apart(taken)?;
    let said: u64 = entries.iter().map(|entry| entry.size as u64).sum();
    if said > MAX_UNPACKED as u64 {
        return Err(ArchiveError::UnpackedTooLarge);
    }
    entries.sort_by_key(|entry| entry.name);
    Ok(entries)
}

/// Where the last record begins: it and its comment end with the file.
fn end(archive: &[u8]) -> Option<usize> {
    let last = archive.len().checked_sub(END_SIZE)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    (first..=last).rev().find(|at| {
        let record = &archive[*at..];
        record.starts_with(&END) && usize::from(u16::from_le_bytes([record[20], record[21]])) == last - at
    })
}

/// One entry of the directory: the file, where all of it lies, and how long the entry is.
fn file<'a>(
    archive: &'a [u8],
    central: &'a [u8],
    limit: usize,
) -> Result<(Entry<'a>, Range<usize>, usize), ArchiveError> {
    let fields = Fields(central);
    if !central.starts_with(&CENTRAL) {
        return Err(damaged("its directory is not in its form"));
    }
    let (flags, method, crc) = (fields.small(8)?, fields.small(10)?, fields.large(16)?);
    let (packed, size) = (fields.large(20)?, fields.large(24)?);
    let [name, extra, comment] = [28, 30, 32].map(|at| fields.small(at).map(usize::from));
    let (name_length, extra, comment) = (name?, extra?, comment?);
    let name = name::check(fields.slice(46, name_length)?)?;
    let told = || shown(name);
    let length = 46 + name_length + extra + comment;
    // It has to be there, though nothing in it is used.
    fields.slice(46, length - 46)?;
    kind(name, fields.large(38)?)?;
    if flags & ENCRYPTED != 0 || method == AES {
        return Err(ArchiveError::Encrypted(told()));
    }
    let deflated = match method {
        0 => false,
        8 => true,
        _ => return Err(ArchiveError::Method(told())),
    };
    let offset = fields.large(42)?;
    if packed == ELSEWHERE || size == ELSEWHERE || offset == ELSEWHERE {
        return Err(ArchiveError::Huge);
    }
    if fields.small(34)? != 0 {
        return Err(ArchiveError::Split);
    }
    let (offset, packed) = (offset as usize, packed as usize);
    let local = archive
        .get(offset..limit)
        .ok_or_else(|| damaged("a file in it is not where it says"))?;
    let start = offset + header(local, name, flags, method)?;
    let end = start.checked_add(packed).filter(|end| *end <= limit);
    let end = end.ok_or_else(|| damaged("a file in it is cut short"))?;
    let entry = Entry {
        name,
        packed: &archive[start..end],
        deflated,
        size: size as usize,
        crc,
    };
    if !deflated && entry.packed.len() != entry.size {
        return Err(ArchiveError::Mismatch(told()));
    }
    Ok((entry, offset..end, length))
}

/// The header before a file's bytes says the same as the directory. Returns its length.
fn header(local: &[u8], name: &str, flags: u16, method: u16) -> Result<usize, ArchiveError> {
    let fields = Fields(local);
    if !local.starts_with(&LOCAL) {
        return Err(damaged("a file in it is not where it says"));
    }
    let (name_length, extra) = (usize::from(fields.small(26)?), usize::from(fields.small(28)?));
    let same = fields.slice(30, name_length)? == name.as_bytes()
        && fields.small(8)? == method
        && fields.small(6)? & ENCRYPTED == flags & ENCRYPTED;
    if same {
        Ok(30 + name_length + extra)
    } else {
        Err(ArchiveError::Mismatch(shown(name)))
    }
}

/// Refuses links, devices and the like, by the rights that Unix keeps in the upper half of the attributes.
fn kind(name: &str, attributes: u32) -> Result<(), ArchiveError> {
    match attributes >> 16 & 0o170_000 {
        0o120_000 => Err(ArchiveError::Link(shown(name))),
        0 | 0o100_000 => Ok(()),
        0o040_000 if name.ends_with('/') => Ok(()),
        _ => Err(ArchiveError::Special(shown(name))),
    }
}

/// No two files lie in the same bytes: that is how a small archive holds a huge one.
fn apart(mut taken: Vec<(Range<usize>, &str)>) -> Result<(), ArchiveError> {
    taken.sort_by_key(|(bytes, _)| bytes.start);
    let over = taken.windows(2).find(|pair| pair[0].0.end > pair[1].0.start);
    over.map_or(Ok(()), |pair| Err(ArchiveError::Overlap(shown(pair[1].1))))
}

fn damaged(what: &str) -> ArchiveError {
    ArchiveError::Damaged(what.to_owned())
}

/// Numbers in a record, the lowest byte first.
struct Fields<'a>(&'a [u8]);

impl<'a> Fields<'a> {
    fn slice(&self, at: usize, length: usize) -> Result<&'a [u8], ArchiveError> {
        self.0
            .get(at..at + length)
            .ok_or_else(|| damaged("its directory is cut short"))
    }

    fn small(&self, at: usize) -> Result<u16, ArchiveError> {
        let bytes = self.slice(at, 2)?;
        Ok(u16::from_le_bytes([bytes[0], bytes[1]]))
    }

    fn large(&self, at: usize) -> Result<u32, ArchiveError> {
        let bytes = self.slice(at, 4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }
}
