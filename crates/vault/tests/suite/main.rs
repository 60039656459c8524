//! The promises of the vault, each through its public door.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod answers;
mod backups;
mod chance;
mod damage;
mod export;
#[cfg(target_os = "linux")]
mod faults;
mod figures;
mod find;
mod flips;
mod gaps;
mod golden;
#[cfg(target_os = "linux")]
mod images;
mod keychain;
mod kill;
mod leaving;
mod lock_changes;
mod locks;
mod overlap;
mod planted_words;
#[cfg(target_os = "linux")]
mod power;
mod profile;
mod reveal;
#[cfg(target_os = "linux")]
mod traced;
mod world;
