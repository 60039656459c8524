//! One way through a lesson: answers, plans, seals and openings.

use chrono::{DateTime, FixedOffset, NaiveDate};
use lesson::{Id, Lesson, PlanPart, Privacy, Value};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::Seat;

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
