//! The course that comes with the app, walked from the first step to the last by people who answer everything: alone,
//! and as two, through the real engine and a real vault.

mod look;
mod plant;
mod walker;

use std::collections::BTreeSet;

use lesson::{Audience, Kind, Privacy, Step, Test};
use pairwise::ipc::dto::{LessonState, Seat};

use self::{plant::End, walker::Walk};
use crate::{
    every::EVERY,
    world::{World, id},
};

/// The suggested order for one person alone.
const ALONE: [&str; 14] = [
    "before-we-begin",
    "hesitant-conversation",
    "where-we-are",
    "time-outs",
    "my-part",
    "appreciation",
    "softer-starts",
    "requests",
    "repair",
    "small-reaches",
    "my-limits",
    "read-together",
    "choosing-help",
    "keeping-going",
];

/// The suggested order for two people, with what each does alone.
const TOGETHER: [&str; 12] = [
    "before-we-begin",
    "hesitant-conversation",
    "where-we-are",
    "appreciation",
    "time-outs",
    "speaker-listener",
    "my-part",
    "our-loop",
    "softer-starts",
    "repair",
    "requests",
    "tender-spots",
];

/// What is carried forward: what it is, the answer, and where it is met again, on one's own and in a sitting for two.
const CARRIED: [(&str, &str, &[&str], &[&str]); 12] = [
    (
        "trigger",
        "my-part.half.spark",
        &["softer-starts.my-spark", "repair.my-spark"],
        &["softer-starts.my-spark", "repair.my-spark"],
    ),
    (
        "act",
        "my-part.half.move",
        &["our-loop.move-then", "read-love-sense.my-move"],
        &["our-loop.move-then", "read-love-sense.my-move"],
    ),
    (
        "feeling",
        "my-part.half.feeling",
        &["our-loop.feeling-then", "repair.my-feeling", "tender-spots.my-feeling"],
        &["our-loop.feeling-then", "repair.my-feeling", "tender-spots.my-feeling"],
    ),
    (
        "need",
        "my-part.half.need",
        &["our-loop.need-then", "repair.my-need", "my-limits.my-need"],
        &["our-loop.need-then", "repair.my-need", "my-limits.my-need"],
    ),
    (
        "need",
        "our-loop.loop.need",
        &["read-together.hoped"],
        &["read-together.hoped"],
    ),
    (
        "loop name",
        "our-loop.name",
        &[],
        &["keeping-going.loop-name", "read-together.loop-name"],
    ),
    (
        "loop name",
        "our-loop.own-name",
        &["keeping-going.my-loop-name", "read-together.own-loop-name"],
        &[],
    ),
    (
        "signal",
        "time-outs.signal",
        &["keeping-going.my-signal"],
        &["keeping-going.our-signal"],
    ),
    ("signal", "time-outs.signal", &[], &["small-promises.our-signal"]),
    (
        "strengths",
        "where-we-are.strengths",
        &["keeping-going.strengths-then"],
        &["keeping-going.strengths-then"],
    ),
    (
        "hopes",
        "where-we-are.hope",
        &["keeping-going.hope-then"],
        &["keeping-going.hope-then"],
    ),
    (
        "step",
        "hesitant-conversation.step",
        &["choosing-help.small-step", "keeping-going.small-step-then"],
        &["choosing-help.small-step", "keeping-going.small-step-then"],
    ),
];

/// The lessons in the course's order, without these.
fn others(walk: &Walk, without: &[&str]) -> Vec<String> {
    let all = walk.course.manifest.lessons.iter().map(ToString::to_string);
    all.filter(|lesson| !without.contains(&lesson.as_str())).collect()
}

fn audience(walk: &Walk, lesson: &str) -> Audience {
    walk.lesson(lesson).meta.audience
}

/// One person takes the path for one, and then every other lesson that can be done alone.
fn walked_alone(end: End) -> Walk {
    let mut walk = Walk::new(1, [end; 2]);
    for lesson in ALONE {
        walk.alone(Seat::A, lesson);
    }
    for lesson in others(&walk, &ALONE) {
        if audience(&walk, &lesson) != Audience::Together {
            walk.alone(Seat::A, &lesson);
        }
    }
    walk
}

/// Two people take the path for two, and then every other lesson; each does alone what is for one.
fn walked_together(ends: [End; 2]) -> Walk {
    let mut walk = Walk::new(2, ends);
    let order: Vec<String> = TOGETHER
        .map(str::to_owned)
        .into_iter()
        .chain(others(&walk, &TOGETHER))
        .collect();
    for lesson in order {
        if audience(&walk, &lesson) == Audience::Solo {
            walk.alone(Seat::A, &lesson);
            walk.alone(Seat::B, &lesson);
        } else {
            walk.together(&lesson);
        }
    }
    walk
}

/// The fields nobody answered who took this way through the lessons, of those that can be shown on it.
fn unanswered(walk: &Walk, answered: &BTreeSet<String>, together: bool) -> Vec<String> {
    let (audience, elsewhere) = match together {
        true => (Audience::Solo, Test::Solo),
        false => (Audience::Together, Test::Together),
    };
    let mut missing = Vec::new();
    for lesson in &walk.course.manifest.lessons {
        let lesson = walk.lesson(lesson.as_str());
        if lesson.meta.audience == audience {
            continue;
        }
        for step in &lesson.steps {
            for block in step.blocks().filter(|block| block.privacy.is_some()) {
                let mut tests = [&step.when, &block.when]
                    .into_iter()
                    .flatten()
                    .flat_map(|when| &when.all);
                let name = format!("{}.{}", lesson.meta.id, block.id);
                if tests.all(|test| *test != elsewhere) && !answered.contains(&name) {
                    missing.push(name);
                }
            }
        }
    }
    missing
}

#[test]
fn alone_everything_can_be_answered_finished_and_met_again() {
    let mut answered = BTreeSet::new();
    for end in [End::First, End::Last] {
        let mut walk = walked_alone(end);
        // Whatever was answered after the lesson that recalls it is met when that lesson is opened again.
        walk.read_again(Seat::A);
        for (what, from, alone, _) in CARRIED {
            for block in alone {
                assert!(walk.met.contains(*block), "{what}: {block} does not meet {from}");
            }
        }
        let page = walk.world.session.course_page(&walk.world.token.clone()).unwrap();
        assert!(page.problems.is_empty(), "{:?}", page.problems);
        let cards = page.parts.iter().flat_map(|part| &part.lessons);
        for card in cards.filter(|card| card.fits) {
            assert_eq!(card.state, LessonState::Done, "{}", card.id);
        }
        answered.append(&mut walk.answered);
    }
    let mut walk = Walk::new(1, [End::Second; 2]);
    walk.alone(Seat::A, "our-loop");
    answered.append(&mut walk.answered);
    assert_eq!(unanswered(&walk, &answered, false), Vec::<String>::new());
}

#[test]
fn together_everything_can_be_answered_opened_finished_and_met_again_by_those_who_may() {
    let mut walk = walked_together([End::First, End::Last]);
    for (what, from, _, together) in CARRIED {
        for block in together {
            assert!(walk.met.contains(*block), "{what}: {block} does not meet {from}");
        }
    }
    walk.take_along();
    assert!(walk.replies > 1000, "{} replies were read", walk.replies);
    // What they share is decided by both: a film this time, and not a book.
    let mut other = Walk::new(2, [End::Last, End::Second]);
    other.together("read-together");
    other.together("our-loop");
    let answered = walk.answered.union(&other.answered).cloned().collect();
    assert_eq!(unanswered(&walk, &answered, true), Vec::<String>::new());
}

#[test]
fn what_is_carried_forward_is_what_the_lessons_recall() {
    let course = course::load(&World::built_in().path("lessons"), "en").unwrap();
    for (what, from, alone, together) in CARRIED {
        for block in alone.iter().chain(together) {
            let (lesson, block) = block.split_once('.').unwrap();
            let found = course.lesson(&id(lesson)).unwrap().block(&id(block)).unwrap();
            let Kind::Recall { of } = &found.kind else {
                panic!("{lesson}.{block}")
            };
            let part = of.part.as_ref().map(|part| format!(".{part}")).unwrap_or_default();
            assert_eq!(format!("{}.{}{part}", of.lesson, of.field), from, "{what} in {lesson}");
            assert!(
                !found.help.is_empty(),
                "{lesson}.{block} says nothing to who has nothing to meet"
            );
        }
    }
    let listed: BTreeSet<&str> = CARRIED
        .iter()
        .flat_map(|(_, _, alone, two)| alone.iter().chain(*two))
        .copied()
        .collect();
    for lesson in &course.manifest.lessons {
        for block in course.lesson(lesson).unwrap().blocks() {
            let name = format!("{lesson}.{}", block.id);
            let recalls = matches!(block.kind, Kind::Recall { .. });
            assert!(
                !recalls || listed.contains(name.as_str()),
                "{name} recalls, and nobody walks to it"
            );
        }
    }
}

#[test]
fn every_gate_of_the_course_leads_to_an_end_whatever_is_answered() {
    let mut walk = Walk::new(1, [End::First; 2]);
    let mut ways = 0;
    for name in others(&walk, &[]) {
        let lesson = walk.lesson(&name);
        for step in &lesson.steps {
            let gates = step.blocks().filter_map(|block| match &block.kind {
                Kind::Gate { options } => Some(options),
                _ => None,
            });
            for options in gates {
                // What a gate leads to aside is never kept: a lesson whose first answer did would stay unfinished.
                assert_eq!(
                    options[0].go, None,
                    "{name}: {} does not go on along the path",
                    options[0].id
                );
                for option in options {
                    walk.way(&name, step, option);
                    ways += 1;
                }
            }
        }
    }
    assert!(ways >= 10, "{ways}");
}

#[test]
fn every_kind_of_block_is_used_by_a_lesson_and_every_step_and_block_has_words() {
    let course = course::load(&World::built_in().path("lessons"), "en").unwrap();
    assert!(course.is_clean());
    let every = lesson::parse(EVERY).lesson.unwrap();
    let mut missing: BTreeSet<&str> = every.blocks().map(|block| block.kind.name()).collect();
    for file in course.files() {
        let lesson = file.lesson.as_ref().unwrap();
        for step in &lesson.steps {
            assert!(!step.title_text.trim().is_empty(), "{}.{}", file.file, step.id);
            assert!(!step.body.is_empty(), "{}.{} is an empty page", file.file, step.id);
        }
        for block in lesson.blocks() {
            missing.remove(block.kind.name());
            assert!(!block.prompt_text.trim().is_empty(), "{}.{}", file.file, block.id);
        }
    }
    assert!(missing.is_empty(), "no lesson uses {missing:?}");
}

#[test]
fn the_suggested_ways_are_those_that_are_walked_and_every_lesson_is_in_its_part() {
    let course = course::load(&World::built_in().path("lessons"), "en").unwrap();
    let path = |name: &str| {
        let path = course.manifest.paths.iter().find(|path| path.id == id(name)).unwrap();
        path.lessons.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(path("partner-wont-go"), ALONE);
    assert_eq!(path("side-by-side"), TOGETHER);
    let parts: BTreeSet<_> = course.manifest.parts.iter().map(|part| &part.id).collect();
    for lesson in &course.manifest.lessons {
        let part = course.lesson(lesson).unwrap().meta.part.clone();
        assert!(part.as_ref().is_some_and(|part| parts.contains(part)), "{lesson}");
    }
}

#[test]
fn a_light_sitting_opens_what_it_asks_for_and_keeps_the_beginning_and_the_end() {
    let course = course::load(&World::built_in().path("lessons"), "en").unwrap();
    let mut wrong = Vec::new();
    for name in &course.manifest.lessons {
        let lesson = course.lesson(name).unwrap();
        if lesson.meta.audience == Audience::Solo {
            continue;
        }
        let solo = |step: &Step| step.when.iter().any(|when| when.all.contains(&Test::Solo));
        let steps: Vec<&Step> = lesson.steps.iter().filter(|step| !solo(step)).collect();
        let light: Vec<&Step> = steps.iter().filter(|step| step.light).copied().collect();
        let ends = [steps.first(), steps.last()];
        wrong.extend(
            ends.into_iter()
                .flatten()
                .filter(|step| !step.light)
                .map(|step| format!("{name}: {} is left out", step.id)),
        );
        let mut compared = BTreeSet::new();
        for block in light.iter().flat_map(|step| step.blocks()) {
            if let Kind::Compare { of } = &block.kind {
                compared.extend(
                    of.iter()
                        .flat_map(|of| [Some(&of.field), of.against.as_ref()])
                        .flatten(),
                );
            }
        }
        for field in &compared {
            if !lesson.step_of(field).unwrap().light {
                wrong.push(format!("{name}: {field} is compared and was never asked"));
            }
        }
        for block in light.iter().flat_map(|step| step.blocks()) {
            if block.privacy == Some(Privacy::Reveal) && !compared.contains(&block.id) {
                wrong.push(format!("{name}: {} is asked and never opened", block.id));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
