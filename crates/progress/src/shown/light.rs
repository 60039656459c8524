//! A light sitting: the steps that ask little.
//!
//! Source: `lesson-format.md`, `ready` ("step flag `light` marks what a light sitting keeps").

use crate::done;

/// What is known of one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its `when=` holds.
    pub shown: bool,
    /// It is marked `light`.
    pub light: bool,
    /// It holds a gate.
    pub gate: bool,
}

/// Which steps a light sitting goes through, by their place, in the lesson's order: those marked `light`, and those
/// with a gate, since a question about safety is not what is left out to make an evening easier. Steps that are left
/// out stay as they were: not seen, not skipped, not done.
///
/// `None` when no shown step is marked: such a lesson has no light form. The whole of it is then never passed off as
/// light; [`ready::offer`](super::ready::offer) answers *apart* instead.
pub fn kept(steps: &[Step]) -> Option<Vec<usize>> {
    has_light_form(steps).then(|| {
        let kept = steps.iter().enumerate();
        kept.filter(|(_, step)| step.shown && (step.light || step.gate))
            .map(|(at, _)| at)
            .collect()
    })
}

/// Whether a light sitting has come to its end: the last step it keeps was passed, one way or the other. Whether the
/// lesson is done is another question, and [`done::finished`] answers it by the lesson's own last step: what a light
/// evening left out is no debt.
pub fn is_over(steps: &[done::Step], kept: &[usize]) -> bool {
    let last = kept.last().and_then(|at| steps.get(*at));
    last.is_some_and(|step| step.passed.is_some())
}

/// Whether a light sitting of this lesson has anything in it. Ask with the steps as both see them, or the answer could
/// depend on what one of them wrote.
pub fn has_light_form(steps: &[Step]) -> bool {
    steps.iter().any(|step| step.shown && step.light)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a_step(shown: bool, light: bool, gate: bool) -> Step {
        Step { shown, light, gate }
    }

    #[test]
    fn a_light_sitting_keeps_what_is_marked_and_the_gates() {
        let steps = [
            a_step(true, false, true),
            a_step(true, true, false),
            a_step(true, false, false),
            a_step(false, true, false),
            a_step(true, true, false),
        ];
        assert_eq!(kept(&steps), Some(vec![0, 1, 4]));
    }

    #[test]
    fn a_light_sitting_ends_with_the_last_step_it_keeps() {
        let a_step = |passed| done::Step {
            id: "a".into(),
            shown: true,
            passed,
            asks: false,
        };
        let steps = [a_step(None), a_step(Some(done::Passed::Over)), a_step(None)];
        assert!(is_over(&steps, &[0, 1]));
        assert!(!is_over(&steps, &[1, 2]));
        assert!(!is_over(&steps, &[]));
        assert!(!done::finished(&steps));
    }

    #[test]
    fn a_lesson_without_a_mark_has_no_light_form() {
        assert_eq!(kept(&[a_step(true, false, true), a_step(true, false, false)]), None);
        assert_eq!(
            kept(&[a_step(false, true, false)]),
            None,
            "what is not shown is not kept"
        );
        assert_eq!(kept(&[]), None);
    }
}
