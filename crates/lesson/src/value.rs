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
        /// Of a list with `pick`, which lines are sealed: their places, counted from 0.
        #[serde(default)]
        chosen: Vec<u32>,
    },
    /// `rating`. A row without a mark has no entry: blank is not zero.
    Marks {
        /// Where each row's mark stands.
        marks: BTreeMap<Id, i32>,
    },
    /// `sort`.
    Sorted {
        /// The cards that were placed, in the person's order. A card left lying has no entry.
        cards: Vec<Placed>,
        /// The words of cards the person added.
        own: BTreeMap<Id, String>,
        /// Of a sort with `pick`, which cards are sealed.
        chosen: Vec<Id>,
    },
    /// `frame`. The whole sentence follows from the block.
    Gaps {
        /// What was written in each gap; one left blank has no entry.
        gaps: BTreeMap<Id, String>,
    },
    /// `agreement`.
    Agreement {
        /// Its wording.
        text: String,
        /// Who accepted this wording, as the app names them; a new wording is accepted by nobody yet.
        accepted: Vec<String>,
        /// The day the last of them accepted it.
        since: Option<NaiveDate>,
        /// The day one of them ended it.
        ended: Option<NaiveDate>,
    },
    /// `log`.
    Entries {
        /// In the order they were added.
        entries: Vec<Entry>,
    },
    /// `practice`.
    Practice {
        /// What is taken into the week.
        pick: Option<Id>,
        /// Own words beside an option flagged `other`.
        other: Option<String>,
        /// The day it begins.
        start: Option<NaiveDate>,
    },
    /// `talk`.
    Talk {
        /// Rounds talked through.
        rounds: u32,
        /// The one next step, in their words; blank for none.
        next: String,
    },
    /// `instrument`.
    Takes {
        /// In the order they were answered.
        takes: Vec<Take>,
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

/// A card in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Placed {
    /// Which card: one of the lesson's, or `own-1`, `own-2` … of the person's.
    pub card: Id,
    /// Its pile; none where there are none.
    pub pile: Option<Id>,
}

/// One entry of a log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Entry {
    /// The day it is about.
    pub on: NaiveDate,
    /// Its tags, in the lesson's order.
    pub tags: Vec<Id>,
    /// A few words; may be blank.
    pub note: String,
}

/// An instrument answered once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Take {
    /// The day.
    pub on: NaiveDate,
    /// What was marked or picked, as a number, by item; one left blank has no entry.
    pub marks: BTreeMap<Id, i32>,
}
