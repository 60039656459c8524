//! Locks: a person's key, closed with what they know, and opened again.
//!
//! ```text
//! passphrase   NFKC ─ Argon2id 128 MiB, 3 passes ─ HKDF ─┐
//! recovery     12 words = 128 bits ────────────── HKDF ──┼─▶ XChaCha20-Poly1305 around the person key
//! keychain     32 random bytes ────────────────── HKDF ──┘   bound to format | person | purpose
//! ```
//!
//! Flow: `wrap` closes and opens a key; `passphrase`, `words` and `keychain` are what it is closed with; `change` locks a
//! space, changes the lock and takes it off; `relock` gives a person's file a new key in steps that a crash may end
//! anywhere, and `renew` the shared one.
//! Deliberately not here: how often somebody may try, and for how long a space stays open. The shell counts both; it has
//! [`back_off`] to count by.

mod change;
pub(crate) mod keychain;
pub(crate) mod passphrase;
pub(crate) mod relock;
pub(crate) mod renew;
pub(crate) mod words;
pub(crate) mod wrap;

use std::time::Duration;

use secrecy::SecretString;

#[cfg(feature = "os-keychain")]
pub use keychain::SystemKeychain;
pub use keychain::{Keychain, KeychainError};
pub use passphrase::Cost;
pub use words::RecoveryWords;

/// What somebody offers to open a lock with.
#[derive(Clone, Copy, Debug)]
pub enum Secret<'a> {
    /// Their passphrase.
    Passphrase(&'a SecretString),
    /// Their twelve recovery words, however they are spaced.
    Words(&'a SecretString),
}

/// What a lock will open to.
#[derive(Clone, Copy, Debug)]
pub struct NewLock<'a> {
    /// The passphrase. It may not be blank; how good it is, is for its owner to judge.
    pub passphrase: &'a SecretString,
    /// Recovery words, when they were wanted: on paper they can endanger.
    pub words: Option<&'a RecoveryWords>,
}

/// How long to wait before the next try, after so many failures in a row: nothing at first, then 1 to 30 seconds.
pub fn back_off(failures: u32) -> Duration {
    match failures {
        0 => Duration::ZERO,
        tries => Duration::from_secs((1_u64 << (tries - 1).min(5)).min(30)),
    }
}
