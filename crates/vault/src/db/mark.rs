//! How far a file had come when its last change was acknowledged, kept outside of it: a log that lost its end, or an older
//! file in the place of a newer one, is whole by itself and would tell nobody.
//!
//! Flow: every change counts up inside its own transaction (`sequence.commits`); once COMMIT returned, that number is
//! written beside the file (`<person>.db-mark`), over the one before, and not flushed: the save is durable already, and
//! the way of a save takes one flush as before. So the mark may fall behind (a crash in between, a power cut that takes
//! an unflushed write back), and then a gap is not said; it is never ahead of what was durable, so no gap is said that is
//! none. At opening, a file that has come less far than its mark has lost what was acknowledged.
//!
//! The number would tell whoever has the folder how much somebody writes, so it is encrypted under the file's own key.
//! A mark that can't be read, or is another key's, counts as none, and an error in writing it harms no save.
//! Deliberately not here: saying it (`Db::gap`), and any proof against somebody who takes the mark back with the file.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use chacha20poly1305::aead::Aead as _;
use chacha20poly1305::{XChaCha20Poly1305, XNonce};

use super::beside;
use crate::entropy::Source;
use crate::files;
use crate::keys::Key;

/// What a mark's name ends in, after the file's.
pub(crate) const MARK: &str = "-mark";

const NONCE: usize = 24;
/// The nonce, the number, and the cipher's tag.
const LENGTH: usize = NONCE + 8 + 16;

/// The mark of one file.
pub(super) struct Mark {
    path: PathBuf,
    cipher: XChaCha20Poly1305,
    source: Source,
    file: Option<File>,
    /// How far the file had come, when it has come less far now: what was acknowledged is missing. Until that is said,
    /// changes are neither counted nor marked, so that it is said however often the file is opened before.
    pub(super) gap: Option<i64>,
}

impl Mark {
    pub(super) fn of(db: &Path, key: &Key, source: Source) -> Mark {
        Mark {
            path: beside(db, MARK),
            cipher: key.cipher("pairwise/1/mark"),
            source,
            file: None,
            gap: None,
        }
    }

    /// Holds the file against it, which has come this far.
    pub(super) fn hold_against(&mut self, come: i64) {
        self.gap = self.read().filter(|marked| *marked > come);
    }

    /// The number of the last change that was acknowledged, as far as anybody knows.
    fn read(&self) -> Option<i64> {
        let bytes: [u8; LENGTH] = fs::read(&self.path).ok()?.try_into().ok()?;
        let (nonce, sealed) = bytes.split_at(NONCE);
        let number = self.cipher.decrypt(XNonce::from_slice(nonce), sealed).ok()?;
        Some(i64::from_be_bytes(number.try_into().ok()?))
    }

    /// Marks that this change is durable. What can't be written stays unmarked.
    pub(super) fn set(&mut self, number: i64) {
        if self.write(number).is_err() {
            self.file = None;
        }
    }

    fn write(&mut self, number: i64) -> io::Result<()> {
        let nonce = self.source.bytes::<NONCE>()?;
        let sealed = self
            .cipher
            .encrypt(XNonce::from_slice(&nonce), &number.to_be_bytes()[..]);
        let sealed = sealed.expect("8 bytes are within what the cipher takes");
        let file = match self.file.take() {
            Some(file) => file,
            None => files::private(OpenOptions::new().write(true).create(true).truncate(false)).open(&self.path)?,
        };
        files::overwrite(&file, &[&nonce[..], &sealed].concat())?;
        self.file = Some(file);
        Ok(())
    }
}
