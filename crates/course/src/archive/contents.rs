//! What came out of an archive: names and the hashes of their bytes, apart from the bytes.

use std::collections::BTreeMap;
use std::io;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::files::{Files, Unread};

/// The SHA-256 of some bytes, in 64 small hexadecimal digits: safe as a file's name wherever it came from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct ContentHash(String);

impl ContentHash {
    /// The hash of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        let hash = Sha256::digest(bytes);
        ContentHash(hash.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Text that is not a hash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a hash has 64 small hexadecimal digits")]
pub struct NotAHash;

impl TryFrom<String> for ContentHash {
    type Error = NotAHash;

    fn try_from(text: String) -> Result<Self, NotAHash> {
        let is = text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        is.then_some(ContentHash(text)).ok_or(NotAHash)
    }
}

/// The names in a course, and the hashes of what stands under them. To be kept beside the bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Index(pub BTreeMap<String, ContentHash>);

/// A course taken out of an archive, in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unpacked {
    /// Names to hashes.
    pub index: Index,
    /// Hashes to bytes.
    pub bytes: BTreeMap<ContentHash, Vec<u8>>,
}

impl Files for Unpacked {
    fn names(&self, folder: &str) -> io::Result<Vec<String>> {
        self.index.names(folder)
    }

    fn bytes(&self, name: &str, most: usize) -> Result<Vec<u8>, Unread> {
        let absent = || io::Error::from(io::ErrorKind::NotFound);
        let hash = self.index.0.get(name).ok_or_else(absent)?;
        let bytes = self.bytes.get(hash).ok_or_else(absent)?;
        if bytes.len() > most {
            return Err(Unread::TooLarge);
        }
        Ok(bytes.clone())
    }
}

impl Index {
    fn names(&self, folder: &str) -> io::Result<Vec<String>> {
        let start = if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        };
        let below: Vec<&str> = self.0.keys().filter_map(|name| name.strip_prefix(&start)).collect();
        if below.is_empty() {
            return Err(io::ErrorKind::NotFound.into());
        }
        let directly = below.into_iter().filter(|name| !name.contains('/'));
        Ok(directly.map(str::to_owned).collect())
    }

    /// The course whose bytes are kept elsewhere, under their hashes.
    pub fn kept_by<R: Fn(&ContentHash) -> io::Result<Vec<u8>>>(&self, read: R) -> Kept<'_, R> {
        Kept { index: self, read }
    }
}

/// A course whose bytes are read by their hashes.
pub struct Kept<'i, R> {
    index: &'i Index,
    read: R,
}

impl<R: Fn(&ContentHash) -> io::Result<Vec<u8>>> Files for Kept<'_, R> {
    fn names(&self, folder: &str) -> io::Result<Vec<String>> {
        self.index.names(folder)
    }

    fn bytes(&self, name: &str, most: usize) -> Result<Vec<u8>, Unread> {
        let hash = self.index.0.get(name).ok_or(io::ErrorKind::NotFound);
        let hash = hash.map_err(io::Error::from)?;
        let bytes = (self.read)(hash)?;
        if bytes.len() > most {
            return Err(Unread::TooLarge);
        }
        if ContentHash::of(&bytes) != *hash {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "what is kept of it is damaged").into());
        }
        Ok(bytes)
    }
}
