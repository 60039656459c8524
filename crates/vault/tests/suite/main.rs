//! The promises of the vault, each through its public door.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod answers;
mod damage;
mod golden;
mod kill;
mod locks;
mod planted_words;
mod profile;
mod reveal;
mod world;
