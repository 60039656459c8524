//! Keys: made, kept in `device/`, derived, and shown to SQLCipher. Nothing outside this crate ever sees one.
//!
//! Flow: a root key (32 random bytes) is read from `device/<person>.key`, or, for what is shared, from inside a person's
//! own file; HKDF-SHA-256 turns it into the raw key of one file, bound to that file's purpose and owner.
//! Deliberately not here: passphrases, recovery words and the keychain. They wrap the root key (`lock`).

use std::path::{Path, PathBuf};

use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305};
use hkdf::Hkdf;
use secrecy::{ExposeSecret, SecretBox, SecretString};
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

use crate::db::beside;
use crate::entropy::Source;
use crate::{Error, PersonId, files, hex};

const HEADER: &str = "pairwise-key-1";

/// A person's key or the shared key: what every other key of theirs comes from.
pub(crate) struct Root(SecretBox<[u8; 32]>);

impl Root {
    /// A new one.
    pub(crate) fn draw(source: &Source, dir: &Path) -> Result<Root, Error> {
        let mut bytes = source.bytes::<32>().map_err(|e| Error::Failed {
            doing: "making a new key",
            path: dir.to_path_buf(),
            code: e.raw_os_error(),
        })?;
        Ok(Root::take(&mut bytes))
    }

    /// Takes the bytes and leaves zeros behind.
    pub(crate) fn take(bytes: &mut [u8; 32]) -> Root {
        let root = Root(SecretBox::init_with_mut(|kept: &mut [u8; 32]| {
            kept.copy_from_slice(bytes);
        }));
        bytes.zeroize();
        root
    }

    /// For keeping the shared key inside a person's encrypted file; nowhere else.
    pub(crate) fn expose(&self) -> &[u8; 32] {
        self.0.expose_secret()
    }

    /// The raw key of a person's own file.
    pub(crate) fn of_space(&self, person: &PersonId) -> Key {
        self.derive(&format!("pairwise/1/space/{person}"))
    }

    /// The raw key of the shared file.
    pub(crate) fn of_shared(&self) -> Key {
        self.derive("pairwise/1/shared")
    }

    fn derive(&self, purpose: &str) -> Key {
        Key(derived(self.expose(), purpose))
    }
}

fn derived(from: &[u8; 32], purpose: &str) -> SecretBox<[u8; 32]> {
    let hkdf = Hkdf::<Sha256>::new(None, from);
    SecretBox::init_with_mut(|key: &mut [u8; 32]| {
        hkdf.expand(purpose.as_bytes(), key)
            .expect("32 bytes are within what HKDF-SHA-256 gives");
    })
}

/// The raw key of one file.
pub(crate) struct Key(SecretBox<[u8; 32]>);

impl Key {
    /// The same key once more, for a second connection to its file. Wiped when dropped.
    pub(crate) fn again(&self) -> Key {
        Key(SecretBox::init_with_mut(|key: &mut [u8; 32]| {
            key.copy_from_slice(self.0.expose_secret());
        }))
    }

    /// The statement that hands it to SQLCipher. Wiped when dropped.
    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("PRAGMA key = \"{}\"", self.literal().as_str()))
    }

    /// A cipher for what is kept beside the file, with a key of its own.
    pub(crate) fn cipher(&self, purpose: &str) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(derived(self.0.expose_secret(), purpose).expose_secret().into())
    }

    /// As SQLCipher reads a raw key. Wiped when dropped.
    pub(crate) fn literal(&self) -> Zeroizing<String> {
        let digits = Zeroizing::new(hex::encode(self.0.expose_secret()));
        Zeroizing::new(format!("x'{}'", digits.as_str()))
    }
}

/// Where the only key of an open space lies.
pub(crate) fn device_path(profile: &Path, person: &PersonId) -> PathBuf {
    profile.join("device").join(format!("{person}.key"))
}

/// Writes a person's key, durably, readable by this account alone.
pub(crate) fn keep_on_device(profile: &Path, person: &PersonId, root: &Root) -> Result<(), Error> {
    let folder = profile.join("device");
    files::make_folder(&folder)?;
    keep_at(&device_path(profile, person), person, root)
}

/// Writes a key to a file of its own.
pub(crate) fn keep_at(path: &Path, person: &PersonId, root: &Root) -> Result<(), Error> {
    let digits = Zeroizing::new(hex::encode(root.expose()));
    let line = Zeroizing::new(format!("{HEADER} {} {}\n", digits.as_str(), checksum(person, &digits)));
    files::replace(path, line.as_bytes())
}

/// Lets go of a person's key on the device, where there is one: their space has a lock now, or is gone.
pub(crate) fn forget_on_device(profile: &Path, person: &PersonId) -> Result<(), Error> {
    forget_at(&device_path(profile, person))
}

/// Lets go of a key in a file of its own, finished or not.
pub(crate) fn forget_at(path: &Path) -> Result<(), Error> {
    let there = [path.to_path_buf(), beside(path, ".new")];
    if !there.iter().any(|path| path.exists()) {
        return Ok(());
    }
    for path in &there {
        files::remove(path)?;
    }
    files::sync_names(path)
}

/// Reads a person's key.
pub(crate) fn read_from_device(profile: &Path, person: &PersonId) -> Result<Root, Error> {
    read_at(&device_path(profile, person), person)
}

/// Reads a key from a file of its own.
pub(crate) fn read_at(path: &Path, person: &PersonId) -> Result<Root, Error> {
    let text = SecretString::from(files::read_text(path)?);
    let damaged = || Error::Damaged {
        path: path.to_path_buf(),
    };
    let mut words = text.expose_secret().split_ascii_whitespace();
    let (header, digits, sum) = (words.next(), words.next(), words.next());
    match header {
        Some(HEADER) => {}
        Some(other) if other.starts_with("pairwise-key-") => {
            return Err(Error::Newer {
                path: path.to_path_buf(),
            });
        }
        _ => return Err(damaged()),
    }
    let digits = digits.ok_or_else(damaged)?;
    if sum != Some(checksum(person, digits).as_str()) {
        return Err(damaged());
    }
    let mut bytes = hex::decode::<32>(digits).ok_or_else(damaged)?;
    Ok(Root::take(&mut bytes))
}

/// Tells a damaged key from a damaged file, and one person's key from another's. It guards nothing.
fn checksum(person: &PersonId, digits: &str) -> String {
    let sum = Sha256::new()
        .chain_update(HEADER)
        .chain_update(person.as_str())
        .chain_update(digits)
        .finalize();
    hex::encode(&sum[..8])
}
