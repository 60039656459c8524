//! What is shown: the meaning of `when=`, who may read what, where a gate leads, what a light sitting keeps.
//!
//! Every rule here answers for one person at one screen, and takes what the other wrote only to pass it over: the
//! result is the same whatever that was (`tests/privacy.rs` holds this).
//!
//! Source: `lesson-format.md`, *Attributes*; `vault.md`, *Spaces, turns and runs*, *What an answer is*.

pub mod gate;
pub mod light;
pub mod person;
pub mod ready;
pub mod visible;
mod when;

pub use when::{Facts, RunKind, Test, holds};
