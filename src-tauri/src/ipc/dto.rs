//! What crosses between the shell and the UI. Nothing here is kept; nothing here names a person by anything
//! but their seat and what they chose to be called.

use chrono::{DateTime, FixedOffset, NaiveDate};
use lesson::{Audience, Id, Lesson, PlanPart, Privacy, Value};
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

/// A person, for display.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Person {
    /// Which side is theirs.
    pub seat: Seat,
    /// What they are called here.
    pub name: String,
    /// Their colour.
    pub colour: Colour,
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
    /// No such run, lesson, step or field, or it is not for this turn.
    NotHere,
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

/// The first screen of a person's own space.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Home {
    /// For the greeting.
    pub part_of_day: PartOfDay,
    /// The one clear thing to do next; none when everything has been done.
    pub next: Option<Next>,
    /// Something shorter than `next`, where there is one.
    pub shorter: Option<Next>,
    /// A book being read alone.
    pub reading: Option<Reading>,
    /// The course as a path.
    pub parts: Vec<PartMark>,
}

/// When it is, as far as a greeting goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "times of day")]
pub enum PartOfDay {
    Morning,
    Afternoon,
    Evening,
    Night,
}

/// A lesson to begin or go on with.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Next {
    /// Which lesson.
    pub lesson: Id,
    /// Its title.
    pub title: String,
    /// Its summary.
    pub summary: Option<String>,
    /// Minutes left, as the lesson counts them; the whole lesson's when it has not begun.
    pub minutes: u32,
    /// The step after which the person stopped; none when they have not begun.
    pub stopped_after: Option<String>,
    /// The step that comes next.
    pub next_step: Option<String>,
    /// It has been begun.
    pub begun: bool,
}

/// A book in hand.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Reading {
    /// The lesson its plan stands in.
    pub lesson: Id,
    /// The book.
    pub title: String,
    /// The part the bookmark is in.
    pub part: Option<String>,
    /// When that part is to be read by.
    pub by: Option<NaiveDate>,
}

/// One part of the course on the path.
#[derive(Clone, Debug, Serialize, Type)]
pub struct PartMark {
    /// Its title.
    pub title: String,
    /// Every lesson in it that opens is done.
    pub done: bool,
    /// The next thing to do is in it.
    pub now: bool,
}

/// The course, as this turn sees it.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Course {
    /// Its title.
    pub title: String,
    /// Its parts in order.
    pub parts: Vec<CoursePart>,
    /// Lessons that could not be opened, or have something to mend.
    pub problems: Vec<FileProblems>,
}

/// One part of the course.
#[derive(Clone, Debug, Serialize, Type)]
pub struct CoursePart {
    /// Names it.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// Its lessons in order.
    pub lessons: Vec<LessonCard>,
}

/// One lesson on the course page.
#[derive(Clone, Debug, Serialize, Type)]
pub struct LessonCard {
    /// Names it.
    pub id: Id,
    /// Its title.
    pub title: String,
    /// Its summary.
    pub summary: Option<String>,
    /// How long a sitting takes.
    pub minutes: u32,
    /// Who it is for.
    pub audience: Audience,
    /// Whether this turn can begin it: a together lesson needs a sitting for two, a solo one a space of one's own.
    pub fits: bool,
    /// Where this person (or, in a sitting for two, this couple) is.
    pub state: LessonState,
    /// Steps done, of those that are shown.
    pub steps_done: u32,
    /// Steps shown.
    pub steps: u32,
}

/// How far a lesson has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "plain words")]
pub enum LessonState {
    Fresh,
    Begun,
    Done,
}

/// What is wrong in one file of the course.
#[derive(Clone, Debug, Serialize, Type)]
pub struct FileProblems {
    /// The file, below the course folder.
    pub file: String,
    /// The lesson's title, if it could be read.
    pub title: Option<String>,
    /// The lesson can still be opened: there are warnings only.
    pub opens: bool,
    /// What, in the order of the file.
    pub problems: Vec<Problem>,
}

/// One thing wrong in a file.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Problem {
    /// `L014` and the like.
    pub code: String,
    /// It stops the lesson from opening.
    pub error: bool,
    /// In plain words.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// From 1.
    pub line: u32,
    /// From 1.
    pub column: u32,
    /// The line of the file itself.
    pub excerpt: String,
}

/// One way through a lesson, and everything this turn may read of it.
#[derive(Clone, Debug, Serialize, Type)]
pub struct OpenRun {
    /// Names the run; means nothing outside this turn's spaces.
    pub run: String,
    /// The lesson; in a run whose text is pinned, as it was then.
    pub lesson: Lesson,
    /// What has been written and done.
    pub state: RunState,
}

/// What has been written and done in a run, as this turn may read it.
#[derive(Clone, Debug, Serialize, Type)]
pub struct RunState {
    /// The run is with the other person.
    pub together: bool,
    /// The step to show.
    pub place: Id,
    /// Every step that is shown, in order.
    pub steps: Vec<StepMark>,
    /// Blocks that a `when=` hides from this turn.
    pub hidden: Vec<Id>,
    /// The answers this turn may write: my own on my turn or alone, the joint ones when both look.
    pub answers: Vec<Answer>,
    /// The joint answers, to read, on one's own turn in a sitting for two.
    pub joint: Vec<Answer>,
    /// Earlier answers met again, one for each `recall` block of the lesson.
    pub recalls: Vec<Recall>,
    /// Dates and bookmarks, one for each `plan` that has been filled.
    pub plans: Vec<Plan>,
    /// Seals and openings, one for each step with something to open together; empty in a run on one's own.
    pub reveals: Vec<Reveal>,
    /// The last step was passed.
    pub finished: bool,
}

/// One step in the quiet list at the side.
#[derive(Clone, Debug, Serialize, Type)]
pub struct StepMark {
    /// Which.
    pub id: Id,
    /// Passed, with everything it asks for answered.
    pub done: bool,
    /// Passed over.
    pub skipped: bool,
}

/// A kept answer.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Answer {
    /// Which field.
    pub field: Id,
    /// What it says.
    pub value: Value,
    /// The privacy it was written under.
    pub privacy: Privacy,
    /// The number of the save that wrote it; 0 for one that is held in memory because it could not be saved.
    pub save: u32,
}

/// One earlier version of an answer.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Version {
    /// What it said.
    pub value: Value,
    /// When it was written, for people to read.
    pub at: DateTime<FixedOffset>,
}

/// An earlier answer met again.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Recall {
    /// The `recall` block.
    pub block: Id,
    /// What was found.
    pub found: Recalled,
}

/// What a `recall` finds.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Recalled {
    /// Nothing: the block shows its fallback.
    Nothing,
    /// The answer, and the prompt it answered.
    Words {
        /// As plain lines.
        lines: Vec<String>,
        /// What was asked.
        prompt: String,
    },
    /// On the shared screen: someone wrote something here; it can be read on their own turn.
    Covered,
}

/// A reading plan with its dates.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Plan {
    /// The field it answers.
    pub field: Id,
    /// Its parts with the day each is to be read by.
    pub parts: Vec<PlanDate>,
    /// The part whose week it is, counted from 0; none before the start and after the end.
    pub current: Option<u32>,
    /// My bookmark: the part I am in, counted from 0.
    pub mine: Option<u32>,
    /// My bookmark is shown to the other.
    pub shown: bool,
    /// Bookmarks this turn may see, my own among them.
    pub bookmarks: Vec<Bookmark>,
}

/// One part of a plan with its day.
#[derive(Clone, Debug, Serialize, Type)]
pub struct PlanDate {
    /// Title and pages.
    pub part: PlanPart,
    /// To be read by this day; none while the plan has no start.
    pub by: Option<NaiveDate>,
}

/// Where a reader is.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Bookmark {
    /// Whose.
    pub seat: Seat,
    /// The part, counted from 0.
    pub part: u32,
}

/// Seals and openings of one step of a run with the other.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Reveal {
    /// The step.
    pub step: Id,
    /// The first person's side, then the second's.
    pub sides: Vec<Side>,
    /// What is opened in one go, in order. A loop opens its surface first, then what lies underneath.
    pub layers: Vec<Layer>,
}

/// One person's side of a reveal.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Side {
    /// Whose.
    pub seat: Seat,
    /// They have sealed (or kept it to themselves: that shows only once both are open).
    pub sealed: bool,
}

/// What opens in one go.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Layer {
    /// Which.
    pub name: LayerName,
    /// Who has said in this sitting that they want it opened.
    pub said: Vec<Seat>,
    /// What was opened; none until it is.
    pub opened: Option<Vec<Opened>>,
}

/// Which layer of a step's sealed answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum LayerName {
    /// Everything but what lies underneath a loop.
    Surface,
    /// The loop's stages marked `under`.
    Under,
}

/// One opened answer.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Opened {
    /// Whose.
    pub seat: Seat,
    /// Which field.
    pub field: Id,
    /// What it says; none when they kept it to themselves.
    pub value: Option<Value>,
}

/// What a save did.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Saved {
    /// Its number, rising with every save of this run and owner.
    pub save: u32,
    /// What is shown or done may have changed: read the run's state again.
    pub state_changed: bool,
}

/// Help lines by country.
#[derive(Clone, Debug, Serialize, Type)]
pub struct HelpLines {
    /// The day the numbers were last checked.
    pub checked: NaiveDate,
    /// Whole days since then.
    pub days_ago: u32,
    /// By country, in the file's order.
    pub countries: Vec<Country>,
}

/// One country's help lines.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Country {
    /// ISO 3166 code in small letters, or `other`.
    pub code: String,
    /// As people read it.
    pub name: String,
    /// The emergency number, with any words it needs.
    pub emergency: String,
    /// Its lines.
    pub lines: Vec<HelpLine>,
}

/// One help line.
#[derive(Clone, Debug, Serialize, Type)]
pub struct HelpLine {
    /// What it is for.
    pub topic: HelpTopic,
    /// Its name.
    pub name: String,
    /// How to call or text, as plain text.
    pub number: Option<String>,
    /// Its site, as plain text.
    pub site: Option<String>,
}

/// What a help line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "plain words")]
pub enum HelpTopic {
    Crisis,
    Abuse,
    Therapist,
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
