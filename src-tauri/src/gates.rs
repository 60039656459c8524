//! Gates leave nothing, nor does anything that follows from one: the rules of `progress::shown::gate`, and where the
//! sitting keeps what they need.
//!
//! The page never says what was answered, only where it goes. Where that can only be the doing of a gate's answer, the
//! path is left: the sitting alone knows where someone is until they are back at the gate. In a run with the other a
//! gate leads nowhere: see `ready`.

use lesson::{Id, Kind};
use progress::{
    done,
    shown::gate::{self, Here, Route},
};

use crate::{ipc::dto::Refusal, map, reader::Reader};

/// Where someone is in a run, as only the sitting knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct At {
    /// The step that is shown.
    step: Id,
    /// The gate at which the path was left.
    left_at: Option<Id>,
    /// They came to the end from there.
    ended: bool,
}

impl Reader<'_> {
    /// Where this turn is: as the sitting knows, or as is kept.
    pub(crate) fn place(&self, steps: &[done::Step]) -> Result<Id, Refusal> {
        let at = self.at().map(|at| at.step.as_str());
        let place = done::place(steps, at.or(self.run.place.as_deref())).ok_or(Refusal::NotHere)?;
        Id::new(&place.id).map_err(|_| Refusal::NotHere)
    }

    /// Whether they came to the end of a way that a gate led to.
    pub(crate) fn ended_aside(&self) -> bool {
        self.at().is_some_and(|at| at.ended)
    }

    fn at(&self) -> Option<&At> {
        self.sitting.at.get(&self.run.id)
    }

    /// The steps on the way today, as the rules of gates see them.
    pub(crate) fn gate_steps(&self) -> Result<Vec<gate::Step>, Refusal> {
        let gates = self.gates();
        let steps = self.steps_today()?.into_iter().zip(gates);
        Ok(steps
            .map(|(step, gate)| gate::Step {
                id: step.id,
                shown: step.shown,
                gate,
            })
            .collect())
    }

    /// Where a step is, and how it was reached: off the path if that was left at a gate further up.
    pub(crate) fn here(&self, steps: &[gate::Step], step: &Id) -> Result<Here, Refusal> {
        let at = position(steps, step)
            .filter(|at| steps[*at].shown)
            .ok_or(Refusal::NotHere)?;
        let left_at = self.at().and_then(|at| at.left_at.as_ref());
        let route = match left_at.and_then(|gate| position(steps, gate)) {
            Some(gate) if at > gate => Route::Aside { gate },
            _ => Route::Path,
        };
        Ok(Here { at, route })
    }

    /// Where going from one step to another leads.
    pub(crate) fn going(&self, steps: &[gate::Step], from: Here, to: &Id) -> Result<Here, Refusal> {
        let chosen = gate::choose(steps, from, to.as_str()).ok_or(Refusal::NotHere)?;
        if from.route == Route::Path && self.is_jump(steps, from, chosen) {
            return Ok(Here {
                at: chosen.at,
                route: Route::Aside { gate: from.at },
            });
        }
        Ok(chosen)
    }

    /// Whether only a gate's answer leads there: it names that step, and going straight on would not come to it.
    fn is_jump(&self, steps: &[gate::Step], from: Here, to: Here) -> bool {
        let step = &self.lesson.steps[from.at];
        let gates = map::blocks_of(step).filter(|block| self.shows(block));
        gates
            .filter_map(|block| match &block.kind {
                Kind::Gate { options } => Some(options),
                _ => None,
            })
            .flatten()
            .filter_map(|option| option.go.as_ref())
            .any(|go| gate::answer(steps, from, gate::Go::To(go.as_str()), None) == Some(aside(from, to)))
    }

    /// What the sitting has to remember of a move; nothing where what is kept says it.
    pub(crate) fn remembered(&self, steps: &[gate::Step], from: Here, to: Option<Here>) -> Option<At> {
        let id = |at: usize| Id::new(&steps[at].id).ok();
        let written = gate::record(steps, from, to) != gate::Record::default();
        let here = to.unwrap_or(from);
        let left_at = match here.route {
            Route::Aside { gate } => id(gate),
            Route::Path => None,
        };
        if written || (left_at.is_none() && to.is_none()) {
            return None;
        }
        Some(At {
            step: id(here.at)?,
            ended: to.is_none() && gate::forward(steps, from).is_none(),
            left_at,
        })
    }

    /// Where a run is taken up again, if that is not the place that is kept: at its last gate, asked anew.
    pub(crate) fn resumed(&self) -> Result<Option<At>, Refusal> {
        let steps = self.gate_steps()?;
        let here = gate::resume(&steps, self.run.place.as_deref()).ok_or(Refusal::NotHere)?;
        let step = Id::new(&steps[here.at].id).map_err(|_| Refusal::NotHere)?;
        let is_kept = self.run.place.as_deref().is_none_or(|place| place == step.as_str()) || !steps[here.at].gate;
        Ok((!is_kept).then_some(At {
            step,
            left_at: None,
            ended: false,
        }))
    }
}

fn aside(from: Here, to: Here) -> Here {
    Here {
        at: to.at,
        route: Route::Aside { gate: from.at },
    }
}

fn position(steps: &[gate::Step], id: &Id) -> Option<usize> {
    steps.iter().position(|step| step.id == id.as_str())
}
