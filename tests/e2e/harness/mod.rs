//! Drives the real window as a person would: by the words they read, waiting as they would wait.
//!
//! Flow: a [`Place`] is a profile folder and a course, kept as long as the test; `place.open()` starts the app on it
//! through tauri-driver and WebKitWebDriver and hands out an [`App`]; `quit`, `kill9` and `restart` end it. Every verb of
//! `App` waits for its condition and, when that does not come, leaves a picture and the page's source in `target/e2e/`
//! and fails the test with what it looked for and what was to be read instead.
//!
//! Deliberately not here: ids, classes or anything else of the page's making that a person does not meet; and fixed waits.
#![allow(dead_code, reason = "verbs are for every test, and not each test uses each")]

mod app;
mod driver;
mod place;
pub(crate) mod process;
pub(crate) mod window;

#[allow(unused_imports, reason = "as above")]
pub(crate) use {
    app::App,
    place::{Place, long},
};
