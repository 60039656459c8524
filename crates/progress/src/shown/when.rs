//! The meaning of `when=`.

use std::collections::{BTreeMap, BTreeSet};

/// Which kind of run a person is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunKind {
    /// On one's own.
    Alone,
    /// With the other person.
    Together,
}

/// One test of a `when=`; all of them must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// The run is of this kind. It never asks who is at the keyboard.
    Run(RunKind),
    /// One of these options is picked in an earlier field; with `not`, none of them is.
    Picked {
        /// Which field.
        field: String,
        /// Which options.
        any: Vec<String>,
        /// Turns the test round. A field left blank has none of them picked, so the test then holds.
        not: bool,
    },
    /// An earlier scale's mark lies between these, ends included.
    Between {
        /// Which field.
        field: String,
        /// Lowest.
        from: i32,
        /// Highest.
        to: i32,
        /// Turns the test round. It still needs a mark: blank is not a low number, nor a high one.
        not: bool,
    },
}

/// What a person's `when=` tests may read: their own answers, and the joint ones.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Which kind of run this is.
    pub run: RunKind,
    /// What is picked, by field.
    pub picked: BTreeMap<String, BTreeSet<String>>,
    /// Where marks stand, by field.
    pub marks: BTreeMap<String, i32>,
}

impl Facts {
    /// Facts of a run in which nothing has been answered.
    pub fn none(run: RunKind) -> Facts {
        Facts {
            run,
            picked: BTreeMap::new(),
            marks: BTreeMap::new(),
        }
    }
}

/// Whether every test holds. No tests always hold.
pub fn holds(tests: &[Test], facts: &Facts) -> bool {
    tests.iter().all(|test| match test {
        Test::Run(kind) => *kind == facts.run,
        Test::Picked { field, any, not } => {
            let hit = facts
                .picked
                .get(field)
                .is_some_and(|picked| any.iter().any(|id| picked.contains(id)));
            hit != *not
        }
        Test::Between { field, from, to, not } => facts
            .marks
            .get(field)
            .is_some_and(|mark| (from..=to).contains(&mark) != *not),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        let mut facts = Facts::none(RunKind::Alone);
        facts.picked.insert("stance".into(), BTreeSet::from(["pursue".into()]));
        facts.marks.insert("heat".into(), 3);
        facts
    }

    fn picked(field: &str, any: &[&str], not: bool) -> Test {
        Test::Picked {
            field: field.into(),
            any: any.iter().map(|id| (*id).into()).collect(),
            not,
        }
    }

    fn between(from: i32, to: i32, not: bool) -> Test {
        Test::Between {
            field: "heat".into(),
            from,
            to,
            not,
        }
    }

    #[test]
    fn comma_is_and() {
        assert!(holds(
            &[picked("stance", &["pursue"], false), Test::Run(RunKind::Alone)],
            &facts()
        ));
        assert!(!holds(
            &[picked("stance", &["pursue"], false), Test::Run(RunKind::Together)],
            &facts()
        ));
    }

    #[test]
    fn bar_is_or() {
        assert!(holds(&[picked("stance", &["withdraw", "pursue"], false)], &facts()));
        assert!(!holds(&[picked("stance", &["withdraw", "freeze"], false)], &facts()));
    }

    #[test]
    fn not_picked_holds_for_a_field_left_blank() {
        assert!(holds(&[picked("soft", &["alone"], true)], &facts()));
        assert!(!holds(&[picked("stance", &["pursue"], true)], &facts()));
    }

    #[test]
    fn a_range_takes_its_ends_and_blank_is_in_no_range() {
        assert!(holds(&[between(1, 3, false)], &facts()));
        assert!(!holds(&[between(4, 9, false)], &facts()));
        assert!(holds(&[between(4, 9, true)], &facts()));
        let blank = Facts::none(RunKind::Alone);
        assert!(!holds(&[between(0, 10, false)], &blank));
        assert!(!holds(&[between(0, 10, true)], &blank));
    }
}
