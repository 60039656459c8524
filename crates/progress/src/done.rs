//! What is done: steps and lessons.
//!
//! A step counts as done when it was passed and nothing it asks for is blank. A step that was skipped stays
//! skipped, without comment, until it is passed.

/// How a person left a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passed {
    /// With *Next*.
    Through,
    /// With *Skip this step*.
    Over,
}

/// What is known of one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its id.
    pub id: String,
    /// Its `when=` holds.
    pub shown: bool,
    /// How it was left; none if it was not.
    pub passed: Option<Passed>,
    /// A required field in it is blank.
    pub asks: bool,
}

/// How a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Still to do.
    Open,
    /// Passed over.
    Skipped,
    /// Passed, with everything it asks for.
    Done,
}

/// How a lesson stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LessonStanding {
    /// Not begun.
    Fresh,
    /// Under way.
    Begun,
    /// Its last shown step was passed.
    Done,
}

/// How a step stands.
pub fn step(step: &Step) -> Standing {
    match step.passed {
        None => Standing::Open,
        Some(Passed::Over) => Standing::Skipped,
        Some(Passed::Through) if step.asks => Standing::Open,
        Some(Passed::Through) => Standing::Done,
    }
}

/// Whether the lesson has come to its end: its last shown step was passed, one way or the other. What was left
/// out on the way is the person's own affair.
pub fn finished(steps: &[Step]) -> bool {
    steps
        .iter()
        .rfind(|step| step.shown)
        .is_some_and(|step| step.passed.is_some())
}

/// How many steps are shown, and how many of them were passed one way or the other.
pub fn count(steps: &[Step]) -> (u32, u32) {
    let shown = steps.iter().filter(|step| step.shown);
    let passed = shown.clone().filter(|step| step.passed.is_some()).count();
    (
        u32::try_from(shown.count()).unwrap_or(u32::MAX),
        u32::try_from(passed).unwrap_or(u32::MAX),
    )
}

/// Minutes left of a lesson that takes `minutes`, by the share of its steps still to pass; at least one while any is.
pub fn minutes_left(minutes: u32, steps: &[Step]) -> u32 {
    let (shown, passed) = count(steps);
    if shown == 0 || passed >= shown {
        return 0;
    }
    (u64::from(minutes) * u64::from(shown - passed))
        .div_ceil(u64::from(shown))
        .max(1)
        .try_into()
        .unwrap_or(minutes)
}

/// The step to show: the one asked for if it is shown, else the next shown one after it, else the last before it.
/// With no place yet, the first. `None` only if no step is shown.
pub fn place<'a>(steps: &'a [Step], wanted: Option<&str>) -> Option<&'a Step> {
    let at = wanted
        .and_then(|id| steps.iter().position(|step| step.id == id))
        .unwrap_or(0);
    let (before, from) = steps.split_at(at.min(steps.len()));
    from.iter()
        .find(|step| step.shown)
        .or_else(|| before.iter().rfind(|step| step.shown))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a_step(id: &str, shown: bool, passed: Option<Passed>) -> Step {
        Step {
            id: id.into(),
            shown,
            passed,
            asks: false,
        }
    }

    #[test]
    fn a_step_that_still_asks_for_something_is_not_done() {
        let mut one = a_step("one", true, Some(Passed::Through));
        assert_eq!(step(&one), Standing::Done);
        one.asks = true;
        assert_eq!(step(&one), Standing::Open);
        one.passed = Some(Passed::Over);
        assert_eq!(step(&one), Standing::Skipped, "skipping is always allowed");
    }

    #[test]
    fn a_lesson_ends_with_its_last_shown_step() {
        let steps = [
            a_step("one", true, None),
            a_step("two", true, Some(Passed::Over)),
            a_step("hidden", false, None),
        ];
        assert!(finished(&steps));
        assert!(!finished(&steps[..1]));
        assert!(!finished(&[]));
    }

    #[test]
    fn minutes_left_never_reach_zero_before_the_end() {
        let steps = [
            a_step("one", true, Some(Passed::Through)),
            a_step("two", true, Some(Passed::Through)),
            a_step("three", true, None),
        ];
        assert_eq!(minutes_left(35, &steps), 12);
        assert_eq!(minutes_left(1, &steps), 1);
        assert_eq!(minutes_left(35, &steps[..2]), 0);
    }

    #[test]
    fn a_place_that_is_no_longer_shown_moves_to_the_next_one_that_is() {
        let steps = [
            a_step("one", true, None),
            a_step("two", false, None),
            a_step("three", true, None),
        ];
        let place = |wanted| place(&steps, wanted).map(|step| step.id.as_str());
        assert_eq!(place(None), Some("one"));
        assert_eq!(place(Some("two")), Some("three"));
        assert_eq!(place(Some("gone")), Some("one"));
        assert_eq!(
            super::place(&steps[..2], Some("two")).map(|step| step.id.as_str()),
            Some("one")
        );
        assert_eq!(super::place(&steps[1..2], None), None);
    }
}
