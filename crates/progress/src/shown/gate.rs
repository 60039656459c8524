//! Gates: where they lead, and that they leave nothing.
//!
//! A gate's answer lives in memory. So does everything that follows from one which leads away: the steps reached by
//! its jump are not recorded as seen and do not move the place, and a lesson resumes at its last gate, asked anew.
//! Neither way of answering writes anything by itself, so that a profile looks the same after each.
//!
//! Source: `vault.md`, *Gates leave nothing*; `lesson-format.md`, `gate`.

use super::ready::Pick;
use crate::done;

/// What is known of one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its id.
    pub id: String,
    /// Its `when=` holds.
    pub shown: bool,
    /// It holds a gate.
    pub gate: bool,
}

/// Where an answer leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Go<'a> {
    /// `go=next`.
    Next,
    /// `go=step-id`.
    To(&'a str),
}

/// How a step was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// Along the lesson.
    Path,
    /// By the jump of the gate in this step (counted from 0), or by walking on from there.
    Aside {
        /// Where the path was left.
        gate: usize,
    },
}

/// A person's place on the screen. It lives in memory; what of it is kept, [`record`] says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Here {
    /// Which step, counted from 0.
    pub at: usize,
    /// How it was reached.
    pub route: Route,
}

impl Here {
    /// On the path.
    pub fn on_path(at: usize) -> Here {
        Here { at, route: Route::Path }
    }
}

/// What a move writes. Mostly nothing, near a gate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Record<'a> {
    /// This step was left, with *Next* or *Skip*.
    pub passed: Option<&'a str>,
    /// The place is now here.
    pub place: Option<&'a str>,
}

/// The step that is on screen after the gate in `here` was answered. `None` when the lesson ends with it.
///
/// *Next* leads on to the kept place where that lies further along, so that whoever is asked anew does not have to walk
/// the lesson again; else to the next shown step. A jump to the step that comes next anyhow is no jump. A jump to a
/// step that is not shown leads to the shown one after it; to one that is not there, nowhere: the gate stays. And
/// whoever has left the path already stays off it, whatever they answer.
pub fn answer(steps: &[Step], here: Here, go: Go<'_>, place: Option<&str>) -> Option<Here> {
    let next = next_shown(steps, here.at + 1);
    let target = match go {
        Go::Next => None,
        Go::To(id) => match position(steps, id).and_then(|at| next_shown(steps, at)) {
            None => return Some(here),
            target => target.filter(|target| Some(*target) != next),
        },
    };
    match (target, here.route) {
        (Some(at), Route::Path) => Some(Here {
            at,
            route: Route::Aside { gate: here.at },
        }),
        (Some(at), route) => Some(Here { at, route }),
        (None, Route::Path) => {
            let kept = place
                .and_then(|id| position(steps, id))
                .filter(|at| *at > here.at && steps[*at].shown && last_gate(steps, *at) == Some(here.at));
            kept.or(next).map(Here::on_path)
        }
        (None, route) => next.map(|at| Here { at, route }),
    }
}

/// The next shown step, reached the same way. `None` at the end.
pub fn forward(steps: &[Step], here: Here) -> Option<Here> {
    next_shown(steps, here.at + 1).map(|at| Here { at, ..here })
}

/// One step back; off the path, to the gate where it was left. `None` at the beginning.
pub fn back(steps: &[Step], here: Here) -> Option<Here> {
    match here.route {
        Route::Aside { gate } => Some(Here::on_path(gate)),
        Route::Path => steps
            .iter()
            .take(here.at)
            .rposition(|step| step.shown)
            .map(Here::on_path),
    }
}

/// A step chosen from the list. Off the path, only a step up to the gate where it was left is on the path again.
/// `None` when there is no such step.
pub fn choose(steps: &[Step], here: Here, wanted: &str) -> Option<Here> {
    let at = position(steps, wanted).filter(|at| steps[*at].shown)?;
    let route = match here.route {
        Route::Aside { gate } if at > gate => here.route,
        _ => Route::Path,
    };
    Some(Here { at, route })
}

/// What going from one step to another writes; with no `to`, the lesson's end.
///
/// Nothing, if either lies off the path. And nothing when a gate is left, whichever way it was answered: the first
/// trace is written when the step after it is left, which says that a person walked on and not what they answered
/// (one who stopped at the gate leaves the same as one who was led away).
pub fn record<'a>(steps: &'a [Step], from: Here, to: Option<Here>) -> Record<'a> {
    let aside = from.route != Route::Path || to.is_some_and(|to| to.route != Route::Path);
    match steps.get(from.at) {
        Some(left) if !aside && !left.gate => Record {
            passed: Some(&left.id),
            place: to.and_then(|to| steps.get(to.at)).map(|step| step.id.as_str()),
        },
        _ => Record::default(),
    }
}

/// Where a lesson is taken up again: at its last shown gate up to the kept place; where there is none, at the place,
/// by [`done::place`]'s rule. `None` only if no step is shown.
pub fn resume(steps: &[Step], place: Option<&str>) -> Option<Here> {
    let kept = place.and_then(|id| position(steps, id)).unwrap_or(0);
    let at = next_shown(steps, kept).or_else(|| steps.iter().take(kept).rposition(|step| step.shown))?;
    Some(Here::on_path(last_gate(steps, at).unwrap_or(at)))
}

/// What a gate's answer counts as in a sitting with both, where it is given under the cover and never routes the
/// screen: one that would leave the path counts as *apart*; any other leaves the pick as it is.
pub fn in_a_sitting(steps: &[Step], gate: usize, go: Go<'_>) -> Option<Pick> {
    match answer(steps, Here::on_path(gate), go, None) {
        Some(Here { route: Route::Path, at }) if at != gate => None,
        None => None,
        // Away from the path, or to a step that is not there: never take a doubt for a yes.
        Some(_) => Some(Pick::Apart),
    }
}

/// The steps with their gates counted. Leaving a gate is never written, so it counts as passed by what lies around it:
/// once a later shown step was passed or, at the lesson's end, the one before it. `gates` runs along with `steps`.
pub fn counted(steps: &[done::Step], gates: &[bool]) -> Vec<done::Step> {
    let is_gate = |at: usize| gates.get(at).copied().unwrap_or(false);
    let passed = |(at, step): (usize, &done::Step)| step.shown && !is_gate(at) && step.passed.is_some();
    let last_passed = steps.iter().enumerate().rposition(passed);
    let last_plain = steps
        .iter()
        .enumerate()
        .rposition(|(at, step)| step.shown && !is_gate(at));
    let at_the_end = last_passed.is_some() && last_passed == last_plain;
    let through = |at: usize| at_the_end || last_passed.is_some_and(|last| at < last);
    steps
        .iter()
        .enumerate()
        .map(|(at, step)| {
            let mut step = step.clone();
            if is_gate(at) {
                step.passed = through(at).then_some(done::Passed::Through);
            }
            step
        })
        .collect()
}

fn position(steps: &[Step], id: &str) -> Option<usize> {
    steps.iter().position(|step| step.id == id)
}

fn next_shown(steps: &[Step], from: usize) -> Option<usize> {
    (from..steps.len()).find(|at| steps[*at].shown)
}

fn last_gate(steps: &[Step], up_to: usize) -> Option<usize> {
    steps.iter().take(up_to + 1).rposition(|step| step.shown && step.gate)
}

#[cfg(test)]
mod tests;
