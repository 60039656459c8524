//! What a name in an archive may be.

use std::collections::{BTreeMap, BTreeSet};

use super::error::{ArchiveError, shown};

/// Longest name, in bytes.
const MAX_NAME: usize = 240;

/// Whether a sign cannot be seen, or turns the writing around.
pub(crate) fn is_unseen(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Refuses a name that could lead anywhere, or look like another.
pub(crate) fn check(bytes: &[u8]) -> Result<&str, ArchiveError> {
    let name = std::str::from_utf8(bytes).map_err(|_| ArchiveError::NameEncoding)?;
    let told = || shown(name);
    // A folder's name ends with a stroke.
    let path = name.strip_suffix('/').unwrap_or(name);
    if path.is_empty() && !name.starts_with('/') {
        return Err(ArchiveError::NameEmpty);
    }
    if name.len() > MAX_NAME {
        return Err(ArchiveError::NameLong(told()));
    }
    if name.chars().any(is_unseen) {
        return Err(ArchiveError::NameSign(told()));
    }
    if name.contains('\\') {
        return Err(ArchiveError::NameBackslash(told()));
    }
    if name.contains(':') {
        return Err(ArchiveError::NameDrive(told()));
    }
    if name.starts_with('/') {
        return Err(ArchiveError::NameAbsolute(told()));
    }
    if path.split('/').any(|part| matches!(part, "" | "." | "..")) {
        return Err(ArchiveError::NameUp(told()));
    }
    Ok(name)
}

/// The names met so far.
#[derive(Default)]
pub(crate) struct Names {
    /// Files, by their names in small letters.
    files: BTreeMap<String, String>,
    /// Folders that are named, or that a file lies in: by their names in small letters.
    folders: BTreeMap<String, String>,
    named: BTreeSet<String>,
}

impl Names {
    /// Takes up a name, unless it is or looks like one that was met.
    pub(crate) fn meet(&mut self, name: &str) -> Result<(), ArchiveError> {
        if !self.named.insert(name.to_owned()) {
            return Err(ArchiveError::Twice(shown(name)));
        }
        let path = name.strip_suffix('/').unwrap_or(name);
        let folders = path.match_indices('/').map(|(at, _)| &path[..at]);
        let itself = (path.len() < name.len()).then_some(path);
        for folder in folders.chain(itself) {
            let small = folder.to_lowercase();
            if self.files.contains_key(&small) {
                return Err(ArchiveError::FileAndFolder(shown(folder)));
            }
            let met = self.folders.entry(small).or_insert_with(|| folder.to_owned());
            if met != folder {
                return Err(ArchiveError::Case(shown(met), shown(folder)));
            }
        }
        if itself.is_some() {
            return Ok(());
        }
        let small = path.to_lowercase();
        if self.folders.contains_key(&small) {
            return Err(ArchiveError::FileAndFolder(shown(path)));
        }
        match self.files.insert(small, path.to_owned()) {
            Some(other) => Err(ArchiveError::Case(shown(&other), shown(path))),
            None => Ok(()),
        }
    }
}
