//! Where two people's words are kept. All SQL and all keys of the project are in this crate.
//!
//! ```text
//! <profile>/
//!   keys.json            who the people are and how their keys are wrapped; keys.json.bak is its second copy
//!   device/<person>.key  0600: the only key of an open space, as precious as the data; hides nothing from this account
//!   <person>.db          one SQLCipher file for each person
//!   shared.db            one SQLCipher file for both, made when the second person joins
//!   *.db-mark            how far the file beside it had come: a gap after a crash is said (`db`)
//!   backups/             for each person and for both: whole copies, and what a bare machine needs to open them
//!   lock                 held while the app runs: one window for each profile
//!
//! person key (32 random bytes)                  ── HKDF, bound to the person ──▶ raw key of <person>.db
//!   of an open space: in device/; of a locked one: wrapped by passphrase, recovery words, keychain (`lock`)
//! shared key (32 random bytes, in each own file) ── HKDF ─────────────────────▶ raw key of shared.db
//! ```
//!
//! One file for each person makes privacy structural: no statement can reach across, no column can be forgotten, and how
//! much one of them wrote, and when, is not in a file the other's key opens.
//!
//! Flow: [`Profile::open`] takes the lock and finishes what a crash left half done; [`Profile::open_space`] opens one
//! person's file, [`Profile::open_shared`] what both share, with the key that lies in an open space. [`Ledger`] is what both
//! kinds of file can do (runs, places, answers to read); [`Space`] and [`Shared`] add what is theirs; [`reveal`] works
//! across them. Every change is one transaction, and `Ok` means that its COMMIT returned (`db`).
//!
//! [`Profile::lock`] gives a space a lock and a new key (`lock`); [`Profile::unlock`] opens it.
//!
//! Deliberately not here: lessons, the meaning of a value, Tauri, a clock, the environment. Times come in as [`Moment`],
//! randomness through [`Entropy`].

mod answers;
pub mod backup;
mod copy;
mod db;
mod entropy;
mod error;
pub mod export;
mod files;
mod hex;
mod id;
mod keys;
mod leaving;
mod ledger;
pub mod lock;
mod moment;
mod people;
mod profile;
mod removal;
pub mod reveal;
mod runs;
mod schema;
mod search;
mod shared;
mod space;
#[cfg(test)]
mod tests;

pub use answers::{Answer, Kept, Version};
pub use entropy::{Entropy, SystemEntropy};
pub use error::Error;
pub use id::{NotAnId, PersonId, RunId};
pub use ledger::{Gap, Ledger};
pub use moment::Moment;
pub use people::Person;
pub use profile::Profile;
pub use removal::Removed;
pub use reveal::RevealError;
pub use runs::{NewRun, Passed, Run};
pub use search::{Hit, Piece, Words, find_in};
/// A string that is wiped when it is dropped: what passphrases and words come in.
pub use secrecy::{ExposeSecret, SecretString};
pub use shared::{Pinned, Shared};
pub use space::{Bookmark, Space};
