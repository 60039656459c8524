//! What is between two people in a run: seals and openings, agreements, how ready each is.

use chrono::NaiveDate;
use lesson::{Id, Value};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::Seat;

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

/// How an agreement stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct AgreementState {
    /// The field.
    pub field: Id,
    /// Where it is.
    pub state: AgreementStanding,
    /// Who has accepted these words. A new wording is accepted by nobody yet.
    pub accepted: Vec<Seat>,
    /// The day the last of them accepted; none until it is agreed.
    pub since: Option<NaiveDate>,
    /// The day to look at it again, where the lesson asks for one and it is agreed.
    pub review: Option<NaiveDate>,
}

/// Where an agreement is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum AgreementStanding {
    /// No words yet.
    Blank,
    /// Words that nobody has accepted.
    Proposed,
    /// One has accepted, the other not yet.
    Waiting,
    /// Both have; on one's own, I have.
    Agreed,
    /// One of them ended it.
    Ended,
}

/// Who has said how ready they are. What they said is told to nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct ReadyState {
    /// The `ready` or `gate` block.
    pub block: Id,
    /// Who has picked in this sitting; of a `gate`, nobody but whoever has the turn.
    pub picked: Vec<Seat>,
    /// Once both have: what is offered to both. On some days that is *light* whatever they picked. Always none for a
    /// `gate`, which leads the shared screen nowhere: leaving it counts as *apart* in the `ready` blocks of its run.
    pub offered: Option<Pace>,
}

/// How much of a lesson to do together today, from most to least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum Pace {
    /// All of it.
    Whole,
    /// The steps that a light sitting keeps.
    Light,
    /// Not together today.
    Apart,
}
