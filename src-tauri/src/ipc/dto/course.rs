//! Home and the course.

use chrono::NaiveDate;
use lesson::{Audience, Id};
use serde::Serialize;
use specta::Type;

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
    /// The small thing taken into the week last: in its days, and for a while after, to look back on.
    pub practice: Option<PracticeNote>,
    /// Agreements, with myself or with the other, whose day to look at them again has come.
    pub reviews: Vec<ReviewNote>,
    /// A week has passed since a questionnaire was last answered.
    pub pulse_due: bool,
    /// The lesson that holds that questionnaire; none unless it is due.
    pub pulse: Option<Id>,
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

/// A practice in its days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct PracticeNote {
    /// The lesson it was chosen in.
    pub lesson: Id,
    /// What was chosen, in the lesson's or the person's words.
    pub text: String,
    /// Its last day.
    pub until: NaiveDate,
    /// Its days are over: how was it?
    pub due: bool,
}

/// An agreement to look at again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct ReviewNote {
    /// The lesson it stands in.
    pub lesson: Id,
    /// Its first line.
    pub text: String,
    /// The day that was set for it.
    pub on: NaiveDate,
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
    /// Ways through it by what is going on; empty in a sitting for two, which asks neither of them that.
    pub paths: Vec<Path>,
    /// The way this person chose; none in a sitting for two.
    pub path: Option<Id>,
    /// Lessons that could not be opened, or have something to mend.
    pub problems: Vec<FileProblems>,
}

/// What is going on for a person, and the lessons that may serve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Path {
    /// Names it.
    pub id: Id,
    /// As the person would say it.
    pub title: String,
    /// Whom it suits.
    pub who: Audience,
    /// The lessons that open, in the order suggested.
    pub lessons: Vec<Id>,
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
