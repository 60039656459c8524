//! The promises of the vault, each through its public door.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod answers;
mod backups;
mod damage;
mod export;
mod find;
mod golden;
mod kill;
mod leaving;
mod locks;
mod overlap;
mod planted_words;
mod profile;
mod reveal;
mod world;
