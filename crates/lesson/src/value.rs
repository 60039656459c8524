//! What a person's answer to a field is, as kept and as sent between the app's halves.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{Id, PlanPart};

/// An answer. Its shape follows from the kind of the block it answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Value {
    /// `short`, `long`.
    Text {
        /// As typed.
        text: String,
    },
    /// `choice`, `choices`, `checklist`.
    Picks {
        /// The ids picked, in the file's order; at most one for a `choice`.
        picks: Vec<Id>,
        /// Own words beside an option flagged `other`.
        other: Option<String>,
    },
    /// `scale`. Blank is not zero.
    Mark {
        /// Where the mark stands; `None` when it was taken off again.
        at: Option<i32>,
    },
    /// `list`.
    Lines {
        /// In the person's order.
        lines: Vec<String>,
    },
    /// `cycle`.
    Stages {
        /// What was written under each stage's id; a stage left blank has no entry.
        stages: BTreeMap<Id, String>,
    },
    /// `plan`.
    Plan {
        /// The book.
        title: String,
        /// Who wrote it.
        author: String,
        /// Its parts, in reading order.
        parts: Vec<PlanPart>,
        /// The day reading begins.
        start: Option<NaiveDate>,
        /// Days from one part to the next, 1 to 60.
        every: u32,
    },
}
