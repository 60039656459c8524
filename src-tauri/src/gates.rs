//! Gates leave nothing, nor does anything that follows from one.
//!
//! The page never says what was answered. A step with a gate is left without a trace, whichever way; where a gate leads
//! off the path, nothing is recorded until the person is back at the gate. Until then only the sitting knows where they
//! are. Opened again, a lesson stands at its last gate, which is asked anew.
//!
//! In a run with the other a gate leads nowhere: see `ready`.

use lesson::{Id, Kind, Step};
use progress::done;

use crate::{map, reader::Reader};

/// Where someone is in a run, as only the sitting knows.
#[derive(Clone, Debug)]
pub(crate) struct At {
    /// The step that is shown.
    pub(crate) step: Id,
    /// The gate whose answer led off the path.
    pub(crate) strayed_from: Option<Id>,
    /// They came to the end from there.
    pub(crate) ended: bool,
}

impl At {
    pub(crate) fn on_the_path(step: Id) -> At {
        At {
            step,
            strayed_from: None,
            ended: false,
        }
    }
}

impl Reader<'_> {
    /// Where the sitting knows this turn to be; none while that is the place that is kept.
    pub(crate) fn at(&self) -> Option<&At> {
        self.sitting.at.get(&self.run.id)
    }

    /// Whether a step has a gate that is shown to this turn.
    pub(crate) fn has_gate(&self, step: &Step) -> bool {
        map::blocks_of(step).any(|block| matches!(block.kind, Kind::Gate { .. }) && self.shows(block))
    }

    /// Whether going from one step to another can only be the doing of a gate: one of its answers leads there, and it
    /// is not the step that comes next anyway.
    pub(crate) fn is_jump(&self, from: &Id, to: &Id, steps: &[done::Step]) -> bool {
        let next = steps
            .iter()
            .skip_while(|step| step.id != from.as_str())
            .skip(1)
            .find(|step| step.shown);
        if next.is_some_and(|next| next.id == to.as_str()) {
            return false;
        }
        let Ok(step) = self.step(from) else { return false };
        map::blocks_of(step)
            .filter(|block| self.shows(block))
            .any(|block| match &block.kind {
                Kind::Gate { options } => options.iter().any(|option| option.go.as_ref() == Some(to)),
                _ => false,
            })
    }

    /// The gate that is asked anew when the run is opened: the last one up to the place that is kept.
    pub(crate) fn last_gate(&self, steps: &[done::Step]) -> Option<Id> {
        let place = self.run.place.as_deref()?;
        let until = steps.iter().position(|step| step.id == place)?;
        let ids = steps[..=until]
            .iter()
            .rev()
            .filter(|step| step.shown)
            .map(|step| &step.id);
        let mut steps = ids.filter_map(|id| self.lesson.steps.iter().find(|step| step.id.as_str() == id));
        let gate = steps.find(|step| self.has_gate(step))?;
        (gate.id.as_str() != place).then(|| gate.id.clone())
    }

    /// Whether one step comes no later than another.
    pub(crate) fn is_up_to(&self, step: &Id, other: &Id) -> bool {
        let place = |id: &Id| self.lesson.steps.iter().position(|step| step.id == *id);
        place(step) <= place(other)
    }
}

/// A gate's step is behind whoever has left a later one: that it was left is recorded nowhere.
pub(crate) fn behind(steps: &mut [done::Step], is_gate: impl Fn(&str) -> bool) {
    let mut later = false;
    for step in steps.iter_mut().rev().filter(|step| step.shown) {
        if later && step.passed.is_none() && is_gate(&step.id) {
            step.passed = Some(done::Passed::Through);
        }
        later |= step.passed.is_some();
    }
}
