//! Who is here, whose turn it is, and what can stand in the way.

use chrono::{DateTime, FixedOffset};
use serde::{Deserialize, Serialize};
use specta::Type;

/// Whose side: the first person of the profile, or the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum Seat {
    /// The person who began the profile.
    A,
    /// The person who joined.
    B,
}

/// The colour a person chose for their side. Each stands apart from the others and from *ours*.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "colour names")]
pub enum Colour {
    Teal,
    Clay,
    Indigo,
    Olive,
}

impl Colour {
    /// The colour as a profile keeps it. One that this version does not know is shown as the first.
    pub(crate) fn read(word: &str) -> Colour {
        [Colour::Teal, Colour::Clay, Colour::Indigo, Colour::Olive]
            .into_iter()
            .find(|colour| colour.word() == word)
            .unwrap_or(Colour::Teal)
    }

    /// As a profile keeps it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Colour::Teal => "teal",
            Colour::Clay => "clay",
            Colour::Indigo => "indigo",
            Colour::Olive => "olive",
        }
    }
}

/// A person, for display.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Person {
    /// Which side is theirs.
    pub seat: Seat,
    /// What they are called here.
    pub name: String,
    /// Their colour.
    pub colour: Colour,
    /// Whether their space has a lock, be it open or shut just now.
    pub locked: bool,
}

/// What the app finds when it starts.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Startup {
    /// Nobody has begun here.
    Welcome,
    /// One or two spaces to choose from.
    Door {
        /// In the order of the seats.
        people: Vec<Person>,
    },
    /// The profile cannot be used as it is.
    Trouble {
        /// What, for the words the UI has for it.
        trouble: Trouble,
    },
}

/// Something that is wrong with the place where words are kept. The UI has the words: what happened, what is safe, what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Trouble {
    /// What happened.
    pub what: TroubleKind,
    /// The file or folder, where naming it helps.
    pub path: Option<String>,
}

/// What can be wrong with the place where words are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum TroubleKind {
    /// The profile folder that was asked for is not there.
    Missing,
    /// The folder or a file in it may not be read.
    Unreadable,
    /// The folder or a file in it may not be written.
    ReadOnly,
    /// Another window of this app has the profile open.
    InUse,
    /// A file is damaged: its bytes are not what was written.
    Damaged,
    /// A file was written by a newer version of the app.
    Newer,
    /// The disk is full.
    DiskFull,
    /// Reading or writing failed for another reason.
    Failed,
    /// The course folder is not there or holds no course.
    NoCourse,
}

/// Why a command was not carried out. A variant only where the UI does something different about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Refusal {
    /// The token is void: that turn has ended.
    TurnOver,
    /// Nothing was written, or it is unknown whether it was.
    Storage {
        /// What is wrong.
        trouble: Trouble,
    },
    /// Sealing: there is newer text than the last save that was confirmed.
    Unsaved,
    /// The answer is sealed; take the seal back first.
    Sealed,
    /// Opening needs both seals.
    NotBothSealed,
    /// What was sealed is not what would be shown. A visible alarm.
    Mismatch,
    /// The value does not fit the field.
    Misfit,
    /// The answer is longer than can be kept. What was saved of it before stays.
    TooLong,
    /// No such run, lesson, step or field, or it is not for this turn.
    NotHere,
    /// Nothing is shared any more: that was ended, and can be begun anew.
    NotSharing,
    /// The space has a lock: it opens with its passphrase or its recovery words.
    Locked,
    /// What was offered does not open the lock. It is never said why.
    WrongKey {
        /// Seconds until another try counts.
        wait: u32,
    },
}

/// Who is at the keyboard, and the token that says so.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Turn {
    /// Random; carried by every command of this turn, void when it ends.
    pub token: String,
    /// Whose turn.
    pub who: Who,
    /// Everyone in this profile, for display.
    pub people: Vec<Person>,
    /// Whether the fields of whoever is at the keyboard are spell-checked: their own choice, and never while both look.
    pub spelling: bool,
    /// In one's own open space, until it was asked once: the page asks, at the first private answer, whether somebody else
    /// could read it.
    pub ask_about_lock: bool,
    /// What is wrong with the shared file, when one's own space opened without it.
    pub trouble: Option<Trouble>,
    /// What is missing from the files that were opened; said until `missing_is_said`.
    pub missing: Vec<Missing>,
}

/// A file holds less than was said to be saved in it: after the computer stopped in the middle and its drive was harmed, or
/// because an older copy of the file was put in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Missing {
    /// Whether it is what both share, or one's own.
    pub ours: bool,
    /// When the newest answer that is there was saved: everything up to then is whole. None when no answer is there.
    pub whole_until: Option<DateTime<FixedOffset>>,
}

/// Whose words a turn reads and writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Who {
    /// One person in their own space, nobody else in the sitting.
    Alone {
        /// Theirs.
        seat: Seat,
    },
    /// A sitting for two; both look at the screen: joint and opened words only.
    Both,
    /// A sitting for two; one writes, the other side is covered.
    Side {
        /// Theirs.
        seat: Seat,
    },
}
