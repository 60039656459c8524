//! What a search at one's own door finds.

use chrono::NaiveDate;
use lesson::Id;
use serde::Serialize;
use specta::Type;

use super::Seat;

/// What was found, the newest first.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Finds {
    /// At most as many as a page holds.
    pub found: Vec<Found>,
    /// There is more than these.
    pub more: bool,
    /// The file of both could not be opened, so nothing of it was looked through.
    pub without_shared: bool,
}

/// An answer that holds the words.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Found {
    /// The lesson's title; what it is called, where the lesson has gone.
    pub title: String,
    /// The question, as it was asked.
    pub asked: String,
    /// The words around the first place.
    pub snippet: Vec<Snippet>,
    /// Who may read it.
    pub who: FoundAs,
    /// The day it was written, or opened.
    pub on: NaiveDate,
    /// Where it can be read whole.
    pub place: FoundAt,
}

/// A piece of the words around a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Snippet {
    /// The text.
    pub text: String,
    /// It is what was looked for.
    pub found: bool,
}

impl From<vault::Piece> for Snippet {
    fn from(piece: vault::Piece) -> Snippet {
        Snippet {
            text: piece.text,
            found: piece.found,
        }
    }
}

/// Who may read what was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum FoundAs {
    /// Only me.
    OnlyMe,
    /// Only me, until both open it.
    Draft,
    /// Both: it was opened.
    Opened {
        /// Whose words they are; none for somebody with whom nothing is shared any more.
        by: Option<Seat>,
    },
    /// Both: one of the two gave it.
    Given {
        /// As above.
        by: Option<Seat>,
    },
    /// Both.
    Ours,
}

/// Where what was found can be read whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum FoundAt {
    /// In a run on my own, which opens at its field.
    Field {
        /// Which.
        at: FoundField,
    },
    /// Beside the result: no field that can be opened from here holds it.
    Lines {
        /// All it says.
        lines: Vec<String>,
        /// Why it opens nowhere from here.
        why: FoundWhy,
    },
}

/// A field of a run on my own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct FoundField {
    /// The lesson.
    pub lesson: Id,
    /// The run.
    pub run: String,
    /// The step.
    pub step: Id,
    /// The field.
    pub field: Id,
}

/// Why an answer that was found opens nowhere from one's own door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum FoundWhy {
    /// It stands in a run with the other, which opens for both.
    WithTheOther,
    /// The lesson does not ask this any more, or not as things stand.
    NotAsked,
    /// The lesson is not in the course.
    LessonGone,
    /// It stood in a run with somebody until sharing ended.
    SharedBefore,
}
