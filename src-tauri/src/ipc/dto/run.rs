//! One way through a lesson, and what a turn may read of it.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use lesson::{Id, Lesson, Privacy, Value};
use serde::Serialize;
use specta::Type;

use super::{
    AgreementState, Chart, FileProblems, Plan, PracticeState, ReadyState, Recall, RemovedAnswer, Reveal, ScoreState,
    Seat, Wanted,
};

/// One way through a lesson, and everything this turn may read of it.
#[derive(Clone, Debug, Serialize, Type)]
pub struct OpenRun {
    /// Names the run; means nothing outside this turn's spaces.
    pub run: String,
    /// The lesson; in a run whose text is pinned, as it was then.
    pub lesson: Lesson,
    /// The questionnaires its `instrument` blocks use.
    pub instruments: Vec<Lesson>,
    /// The course's pictures: what its lessons call each, and the hash of its bytes, by which the page asks for it.
    pub pictures: BTreeMap<String, String>,
    /// What is to be mended in the lesson's files before they can be used again; `lesson` is then as it was before.
    pub problems: Vec<FileProblems>,
    /// What has been written and done.
    pub state: RunState,
}

/// What has been written and done in a run, as this turn may read it.
#[derive(Clone, Debug, Serialize, Type)]
pub struct RunState {
    /// The run is with the other person.
    pub together: bool,
    /// The day it is here, for entries and takes that carry one.
    pub today: NaiveDate,
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
    /// Lines given with `send`; both may read them.
    pub given: Vec<Given>,
    /// How each `agreement` stands, blank ones included.
    pub agreements: Vec<AgreementState>,
    /// Practices taken into the week, one for each `practice` in which something was picked.
    pub practices: Vec<PracticeState>,
    /// What each `chart` draws: my own answers over all my runs and the joint ones, never those of the other.
    pub charts: Vec<Chart>,
    /// What each `instrument` that was answered comes to; empty while both look.
    pub scores: Vec<ScoreState>,
    /// Who has picked in each `ready` and each `gate`; empty in a run on one's own.
    pub ready: Vec<ReadyState>,
    /// A light sitting was chosen: only the steps that it keeps are shown.
    pub light: bool,
    /// Answers of this run that the lesson, as it is now, has no place for or asks in another way.
    pub earlier: Vec<Earlier>,
    /// Answers that this turn may put back: it removed them in this sitting, and nothing was written there since.
    pub removed: Vec<RemovedAnswer>,
    /// What somebody has said in this sitting that they want, and that needs both; empty in a run on one's own.
    pub wanted: Vec<Wanted>,
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

/// What a save did.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Saved {
    /// Its number, rising with every save of this run and owner.
    pub save: u32,
    /// What is shown or done may have changed: read the run's state again.
    pub state_changed: bool,
}

/// One earlier version of an answer.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Version {
    /// What it said.
    pub value: Value,
    /// When it was written, for people to read.
    pub at: DateTime<FixedOffset>,
    /// The number of the save that wrote it.
    pub save: u32,
    /// Of a joint answer: who wrote it on a turn of their own; none for what was written while both looked.
    pub by: Option<Seat>,
}

/// A line of a private answer that its writer gave to the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Given {
    /// Which field it is from.
    pub field: Id,
    /// Who gave it.
    pub seat: Seat,
    /// The line, as it was when it was given.
    pub line: String,
}

/// An answer that stays as it was written: its field has gone, means something else now, or would show it to more
/// people. It is never scored, recalled, sealed or opened. Saving `value` in the field copies it over.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Earlier {
    /// The field, by the name it was written under.
    pub field: Id,
    /// What it says.
    pub value: Value,
    /// What it says, in plain words.
    pub lines: Vec<String>,
    /// What was asked.
    pub prompt: String,
    /// When it was written, for people to read.
    pub at: DateTime<FixedOffset>,
    /// The field into which `value` may be saved as it is, on this turn; none when it fits nowhere.
    pub fits: Option<Id>,
}
