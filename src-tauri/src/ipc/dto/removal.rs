//! What goes away, what is carried over, and what is done only when both want it.

use chrono::{DateTime, FixedOffset};
use lesson::Id;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::Seat;

/// What is both people's to decide: it is done once each has said so, on their own turn, in one sitting.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum BothWant {
    /// Another run of a lesson.
    BeginAgain {
        /// The lesson.
        lesson: Id,
    },
    /// Removing a joint answer, with every version of it.
    RemoveAnswer {
        /// The run.
        run: String,
        /// The field.
        field: Id,
    },
    /// Forgetting the earlier versions of a joint answer.
    ForgetVersions {
        /// The run.
        run: String,
        /// The field.
        field: Id,
    },
    /// Ending what both share.
    StopSharing,
    /// Removing everything.
    RemoveEverything,
    /// Bringing an earlier copy of what both share back.
    BringBack {
        /// Its place in the order.
        number: u32,
    },
}

/// Who has said in this sitting that they want something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Wanted {
    /// What.
    pub what: BothWant,
    /// Who.
    pub said: Vec<Seat>,
}

/// An answer that was removed in this sitting, and can be put back until it ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct RemovedAnswer {
    /// The field.
    pub field: Id,
    /// Where it still is.
    pub left: Left,
}

/// Where something that was removed may still be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Left {
    /// Older backups hold it.
    pub in_backups: bool,
    /// It could not be cleared out of the file yet: something else had the file open.
    pub in_file: bool,
}

/// An answer of mine, from a run on my own, that can be carried over into a run with the other.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Carry {
    /// The field.
    pub field: Id,
    /// What is asked.
    pub prompt: String,
    /// What would be carried over, in plain words.
    pub lines: Vec<String>,
    /// When it was written, for people to read.
    pub at: DateTime<FixedOffset>,
    /// What it becomes there.
    pub becomes: Becomes,
}

/// What an answer from a run on one's own becomes in a run with the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum Becomes {
    /// Still only mine.
    OnlyMe,
    /// A draft of mine, that the other reads only once both have sealed and opened.
    Draft,
    /// Ours, at once.
    Ours,
}

/// What there is to know before something larger goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Leaving {
    /// The folder everything is in.
    pub folder: String,
    /// What the other is called; none while there is one person.
    pub other: Option<String>,
    /// There is something that both share.
    pub shares: bool,
}
