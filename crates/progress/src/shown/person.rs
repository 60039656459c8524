//! `when=` judged for one person at one screen.
//!
//! Source: `lesson-format.md`, `when=` ("looks backwards only, judged per person"); `vault.md` ("the step list shows
//! only steps that depend on nothing private").

use std::collections::BTreeSet;

use super::{
    Facts, RunKind, Test, holds,
    visible::{Owner, Privacy, Screen, Words},
};

/// What an answer says to a `when=`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Says {
    /// These options are picked.
    Picked(BTreeSet<String>),
    /// The mark stands here.
    Mark(i32),
}

/// An answer a `when=` could ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Of which field.
    pub field: String,
    /// Whose, and under what.
    pub words: Words,
    /// What it says.
    pub says: Says,
}

/// What a `when=` reads for this person at this screen: the joint answers and, where they look alone, their own. What
/// the other wrote decides nothing, opened or not: after an opening each would otherwise walk the other's way. Of
/// several answers to a field the last one counts, and one's own before a joint one.
pub fn facts(run: RunKind, screen: Screen, answers: &[Known]) -> Facts {
    let joint = answers.iter().filter(|known| known.words.privacy == Privacy::Joint);
    let own = answers.iter().filter(|known| {
        screen != Screen::Both && known.words.privacy != Privacy::Joint && known.words.owner == Owner::Mine
    });
    let mut facts = Facts::none(run);
    for known in joint.chain(own) {
        // One of the two stays: a field that has become a scale since forgets what was picked.
        facts.picked.remove(&known.field);
        facts.marks.remove(&known.field);
        match &known.says {
            Says::Picked(picked) => drop(facts.picked.insert(known.field.clone(), picked.clone())),
            Says::Mark(mark) => drop(facts.marks.insert(known.field.clone(), *mark)),
        }
    }
    facts
}

/// Whether the tests ask nothing but the kind of run and fields that both may always read.
pub fn asks_joint_only(tests: &[Test], is_joint: impl Fn(&str) -> bool) -> bool {
    tests.iter().all(|test| match test {
        Test::Run(_) => true,
        Test::Picked { field, .. } | Test::Between { field, .. } => is_joint(field),
    })
}

/// Whether a step or block is there at this screen. Where both look, one that asks anything but joint fields is not:
/// not even when a `!` would hold for a blank field, since no answer of either may be guessed from what is missing.
///
/// A step that depends on a private answer belongs to one person's turn: that it was seen or passed is kept in their
/// own space, never in the shared file.
pub fn shows(tests: &[Test], facts: &Facts, screen: Screen, is_joint: impl Fn(&str) -> bool) -> bool {
    (screen != Screen::Both || asks_joint_only(tests, is_joint)) && holds(tests, facts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picked(field: &str, owner: Owner, privacy: Privacy, option: &str) -> Known {
        Known {
            field: field.into(),
            words: Words::new(owner, privacy),
            says: Says::Picked(BTreeSet::from([option.into()])),
        }
    }

    fn asks(field: &str, option: &str, not: bool) -> Vec<Test> {
        vec![Test::Picked {
            field: field.into(),
            any: vec![option.into()],
            not,
        }]
    }

    #[test]
    fn each_walks_by_their_own_answer() {
        let answers = [
            picked("stance", Owner::Mine, Privacy::Reveal, "pursue"),
            picked("stance", Owner::Theirs, Privacy::Reveal, "withdraw"),
        ];
        let facts = facts(RunKind::Together, Screen::OwnTurn, &answers);
        assert!(holds(&asks("stance", "pursue", false), &facts));
        assert!(!holds(&asks("stance", "withdraw", false), &facts));
    }

    #[test]
    fn an_opened_answer_of_the_other_still_decides_nothing() {
        let mut theirs = picked("stance", Owner::Theirs, Privacy::Reveal, "withdraw");
        theirs.words.opened = true;
        let facts = facts(RunKind::Together, Screen::OwnTurn, &[theirs]);
        assert_eq!(facts.picked.len(), 0);
    }

    #[test]
    fn where_both_look_nothing_private_decides_and_a_not_tells_nothing() {
        let answers = [
            picked("stance", Owner::Mine, Privacy::Private, "pursue"),
            picked("pace", Owner::Theirs, Privacy::Joint, "slow"),
        ];
        let facts = facts(RunKind::Together, Screen::Both, &answers);
        let is_joint = |field: &str| field == "pace";
        assert!(shows(&asks("pace", "slow", false), &facts, Screen::Both, is_joint));
        assert!(!shows(&asks("stance", "pursue", false), &facts, Screen::Both, is_joint));
        assert!(
            !shows(&asks("stance", "pursue", true), &facts, Screen::Both, is_joint),
            "a step for those who did not pick it would show the answer of those who did by its absence"
        );
    }

    #[test]
    fn the_kind_of_run_is_asked_everywhere() {
        let facts = facts(RunKind::Together, Screen::Both, &[]);
        assert!(shows(&[Test::Run(RunKind::Together)], &facts, Screen::Both, |_| false));
    }
}
