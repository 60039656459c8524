//! The rules of progress, as pure functions: what is shown, what is done, what comes next, when a part of a
//! book is to be read by. Time and everything else they need are arguments.
//!
//! This crate defines the small plain types it reads. It knows neither `lesson` nor `vault`: the shell maps a
//! lesson and its kept answers to these types and joins the result. So what a person may see is decided by what
//! the shell hands in, and nothing here can look further.
//!
//! Deliberately not here: a clock, text for people, storage.

pub mod day;
pub mod done;
pub mod next;
pub mod plan;
pub mod shown;
