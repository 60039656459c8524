//! Between a lesson, its kept answers and the rules of progress: turns the first two into the plain types that the
//! third reads. No rule stands here, and nothing is looked up.

use std::collections::{BTreeMap, BTreeSet};

use lesson::{Id, Kind, Lesson, Privacy, Step, Test, Value, When};
use progress::{done, shown};

use crate::ipc::dto::{LessonState, PartOfDay};

/// The tests of a `when=`.
pub(crate) fn tests(when: Option<&When>) -> Vec<shown::Test> {
    let all = when.map(|when| when.all.as_slice()).unwrap_or_default();
    all.iter()
        .map(|test| match test {
            Test::Together => shown::Test::Run(shown::RunKind::Together),
            Test::Solo => shown::Test::Run(shown::RunKind::Alone),
            Test::Picked { field, any, not } => shown::Test::Picked {
                field: field.to_string(),
                any: any.iter().map(Id::to_string).collect(),
                not: *not,
            },
            Test::Between { field, from, to, not } => shown::Test::Between {
                field: field.to_string(),
                from: *from,
                to: *to,
                not: *not,
            },
        })
        .collect()
}

/// Whether a `when=` asks this field.
pub(crate) fn reads(when: &When, asked: &Id) -> bool {
    when.all.iter().any(|test| match test {
        Test::Picked { field, .. } | Test::Between { field, .. } => field == asked,
        Test::Together | Test::Solo => false,
    })
}

/// What a `when=` may read, from the answers of those who may be asked.
pub(crate) fn facts(run: shown::RunKind, answers: &BTreeMap<Id, Value>) -> shown::Facts {
    let mut facts = shown::Facts::none(run);
    for (field, value) in answers {
        match value {
            Value::Picks { picks, .. } => {
                facts.picked.insert(
                    field.to_string(),
                    picks.iter().map(Id::to_string).collect::<BTreeSet<_>>(),
                );
            }
            Value::Mark { at: Some(at) } => {
                facts.marks.insert(field.to_string(), *at);
            }
            _ => {}
        }
    }
    facts
}

/// A step's fields of this privacy.
pub(crate) fn fields_of(step: &Step, privacy: Privacy) -> impl Iterator<Item = &lesson::Block> {
    blocks_of(step).filter(move |block| block.privacy == Some(privacy))
}

/// A step's blocks.
pub(crate) fn blocks_of(step: &Step) -> impl Iterator<Item = &lesson::Block> {
    step.body.iter().filter_map(|item| match item {
        lesson::Item::Block { block } => Some(block),
        lesson::Item::Prose { .. } => None,
    })
}

/// An answer of this kind that says nothing: what a field left blank opens as.
pub(crate) fn blank(kind: &Kind) -> Option<Value> {
    match kind {
        Kind::Short { .. } | Kind::Long { .. } => Some(Value::Text { text: String::new() }),
        Kind::Choice { .. } | Kind::Choices { .. } | Kind::Checklist { .. } => Some(Value::Picks {
            picks: Vec::new(),
            other: None,
        }),
        Kind::Scale { .. } => Some(Value::Mark { at: None }),
        Kind::List { .. } => Some(Value::Lines {
            lines: Vec::new(),
            chosen: Vec::new(),
        }),
        Kind::Cycle { .. } => Some(Value::Stages {
            stages: BTreeMap::new(),
        }),
        _ => None,
    }
}

/// The steps of a lesson as the rules of progress see them. `asks` says whether a step still asks for something.
pub(crate) fn steps(
    lesson: &Lesson,
    is_shown: impl Fn(&Step) -> bool,
    passed: &BTreeMap<String, done::Passed>,
    asks: impl Fn(&Step) -> bool,
) -> Vec<done::Step> {
    lesson
        .steps
        .iter()
        .map(|step| done::Step {
            id: step.id.to_string(),
            shown: is_shown(step),
            passed: passed.get(step.id.as_str()).copied(),
            asks: asks(step),
        })
        .collect()
}

impl From<done::LessonStanding> for LessonState {
    fn from(standing: done::LessonStanding) -> LessonState {
        match standing {
            done::LessonStanding::Fresh => LessonState::Fresh,
            done::LessonStanding::Begun => LessonState::Begun,
            done::LessonStanding::Done => LessonState::Done,
        }
    }
}

impl From<progress::day::PartOfDay> for PartOfDay {
    fn from(part: progress::day::PartOfDay) -> PartOfDay {
        match part {
            progress::day::PartOfDay::Morning => PartOfDay::Morning,
            progress::day::PartOfDay::Afternoon => PartOfDay::Afternoon,
            progress::day::PartOfDay::Evening => PartOfDay::Evening,
            progress::day::PartOfDay::Night => PartOfDay::Night,
        }
    }
}
