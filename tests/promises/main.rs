//! The promises of the design, kept by the shell's session through a real course folder and a real vault, without a
//! window. Each test is named for the promise it keeps. The window's own tests are in `tests/e2e/`.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod alone;
mod apart;
mod back;
mod backups;
mod both;
mod bring_back;
mod carry;
mod contract;
mod copied;
mod course;
mod edited;
mod editing;
mod every;
mod find;
mod gates;
mod keep;
mod kinds;
mod leaving;
mod locks;
mod pictures;
mod plan;
mod privacy;
mod removal;
mod reveal;
mod settings;
mod trouble;
mod walk;
#[allow(dead_code, reason = "the window tests go on in its folders")]
mod world;
