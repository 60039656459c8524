//! Looking back and looking ahead: earlier words met again, charts, practices, reading plans.

use chrono::NaiveDate;
use lesson::{Id, PlanPart};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::Seat;

/// An earlier answer met again.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Recall {
    /// The `recall` block.
    pub block: Id,
    /// What was found.
    pub found: Recalled,
    /// What both opened of it, each side under its seat; empty when it was not opened, or holds nothing.
    pub opened: Vec<RecalledSide>,
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

/// One person's side of an earlier answer that both opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct RecalledSide {
    /// Whose.
    pub seat: Seat,
    /// As plain lines.
    pub lines: Vec<String>,
}

/// What a `chart` draws.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct Chart {
    /// The `chart` block.
    pub block: Id,
    /// What is drawn, in the lesson's order.
    pub series: Vec<Series>,
    /// There is enough to see something in it.
    pub enough: bool,
}

/// One run of points.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct Series {
    /// What it is of, in the lesson's words.
    pub label: String,
    /// What its numbers count.
    pub unit: Unit,
    /// The lowest and highest value there can be, where the lesson says so.
    pub ends: Option<(f64, f64)>,
    /// A change smaller than this is noise; none where no source states one.
    pub noise: Option<f64>,
    /// In order. A gap is a gap: it has no value.
    pub points: Vec<Point>,
}

/// What the numbers of a series count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Marks on a scale.
    Mark,
    /// How often, or how many.
    Count,
    /// Points of a questionnaire.
    Score,
}

/// One point of a series.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct Point {
    /// The day; none where it does not belong to one.
    pub on: Option<NaiveDate>,
    /// What it is, in the lesson's or the person's words; empty where the day says it all.
    pub label: String,
    /// Its value; none where nothing was marked.
    pub value: Option<f64>,
}

/// What a questionnaire that was answered comes to. Only ever one's own.
#[derive(Clone, Debug, PartialEq, Serialize, Type)]
pub struct ScoreState {
    /// The `instrument` block.
    pub block: Id,
    /// The day of the last take.
    pub on: NaiveDate,
    /// Its total; none where the questionnaire has none, or with more left blank than it allows.
    pub total: Option<f64>,
    /// What its source calls a total like this; none where no source names any.
    pub band: Option<String>,
    /// The change since the first take, where it is larger than the questionnaire's own noise and was seen twice.
    pub change: Option<f64>,
}

/// One small thing taken into the week.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct PracticeState {
    /// The `practice` field.
    pub field: Id,
    /// The day it begins.
    pub from: NaiveDate,
    /// Its last day.
    pub until: NaiveDate,
    /// Its days are over: how was it?
    pub due: bool,
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
    /// Ways to go on after an absence; empty while the reading keeps its pace, or the pace is not this turn's to change.
    pub ways: Vec<PlanWay>,
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

/// One way to go on with a plan after an absence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct PlanWay {
    /// Which.
    pub how: PlanMove,
    /// The day by which the last part would be read.
    pub ends: NaiveDate,
}

/// How to go on with a plan after an absence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum PlanMove {
    /// At the same pace from where the bookmark is; the end moves.
    Resume,
    /// From where the bookmark is to the same end, with shorter stretches.
    Shorten,
    /// From the first part, today.
    Restart,
}
