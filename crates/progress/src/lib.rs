//! The rules of progress, as pure functions: what is shown and to whom, what is done, what comes next, when a part of a
//! book is to be read by, when a check-in, a practice or an agreement comes up again, what a questionnaire's marks add
//! up to and what a chart draws. Time and everything else they need are arguments.
//!
//! This crate defines the small plain types it reads. It knows neither `lesson` nor `vault`: the shell maps a
//! lesson and its kept answers to these types and joins the result. So what a person may see is decided by what
//! the shell hands in, and nothing here can look further.
//!
//! Days are [`chrono::NaiveDate`]: the day on the clock of whoever wrote ([`week::local_day`]). Today is an argument.
//! Where a list has an order, it is the order in which things were written, never that of their dates: clocks go back.
//!
//! Deliberately not here: a clock, text for people, storage, chance.

pub mod agreement;
pub mod calendar;
pub mod chart;
pub mod day;
pub mod done;
pub mod log;
pub mod next;
pub mod plan;
pub mod practice;
pub mod pulse;
pub mod score;
pub mod shown;
pub mod sitting;
pub mod week;
