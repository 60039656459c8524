//! The real window, driven as a person would: one test binary, run by `cargo xtask test window`.
//!
//! `cargo xtask test window NAME` runs those whose name holds NAME; `--long` asks for more rounds. What a test could not
//! find is in `target/tmp/window/`, as a picture and as the page's source.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]
#![allow(
    clippy::disallowed_methods,
    reason = "tests wait, and read what their runner handed them"
)]

mod all_kinds;
mod alone;
mod asks;
mod axe;
mod broken_lesson;
mod earlier;
mod editing;
mod every_kind;
mod find;
mod first_run;
mod harness;
mod injected;
mod keyboard;
mod kills;
mod lesson_page;
mod locks;
mod outside;
mod people;
mod pictures;
mod plan;
mod planted;
mod removal;
mod screenshots;
mod sockets;
mod together;
mod trouble;
mod turns;
mod walls;
#[allow(dead_code, reason = "the promises need more of it than the window does")]
#[path = "../promises/world.rs"]
mod world;
