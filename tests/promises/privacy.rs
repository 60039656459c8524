//! Private means private.

use lesson::Value;
use pairwise::ipc::dto::{Refusal, Seat};

use crate::world::{World, id, picks, stages, text};

#[test]
fn what_one_person_reads_is_the_same_whatever_the_other_wrote() {
    let screens = |busy: bool| {
        let mut world = World::couple();
        world.turn(Seat::A).writes("scene", text("mine")).pass_keyboard();
        if busy {
            world
                .turn(Seat::B)
                .writes("scene", text("a long and bitter secret"))
                .writes("stance", picks("away"));
            world.writes("heat", Value::Mark { at: Some(9) });
            world
                .writes("loop", stages(&[("spark", "secret")]))
                .writes("hope", text("to leave"))
                .pass_keyboard();
        }
        let mut seen = vec![without_names(&mut world)];
        world.turn(Seat::A);
        seen.push(without_names(&mut world));
        world.pass_keyboard();
        world.enter(Seat::A);
        seen.push(serde_json::to_string(&world.session.home(&world.token).unwrap()).unwrap());
        seen.push(serde_json::to_string(&world.session.course_page(&world.token.clone()).unwrap()).unwrap());
        seen
    };
    assert_eq!(screens(false), screens(true));
}

/// The screen without the run's random name.
fn without_names(world: &mut World) -> String {
    let run = world.run.clone();
    world.screen().replace(&run, "RUN")
}

#[test]
fn a_shared_screen_says_the_same_of_an_earlier_answer_whether_there_is_one_or_not() {
    let recalls = |writes: bool| {
        let mut world = World::couple();
        if writes {
            world.turn(Seat::B).writes("scene", text("a secret")).pass_keyboard();
        }
        serde_json::to_string(&world.state().recalls).unwrap()
    };
    assert_eq!(recalls(false), recalls(true));
}

#[test]
fn a_word_sent_after_the_turn_ended_is_written_nowhere() {
    let mut world = World::couple();
    world.turn(Seat::A);
    let late = world.token.clone();
    world.pass_keyboard().turn(Seat::B);
    let run = world.run.clone();
    let refused = world
        .session
        .save_answer(&late, &run, &id("scene"), &text("robin's late words"));
    assert_eq!(refused.unwrap_err(), Refusal::TurnOver);
    assert_eq!(world.answer("scene"), None);
    world.pass_keyboard().turn(Seat::A);
    assert_eq!(world.answer("scene"), None);
}

#[test]
fn nobody_writes_a_private_answer_while_both_look_and_nobody_a_joint_one_alone() {
    let mut world = World::couple();
    assert_eq!(world.try_to_write("scene", text("x")), Err(Refusal::NotHere));
    assert_eq!(
        world.try_to_write("loop", stages(&[("spark", "x")])),
        Err(Refusal::NotHere)
    );
    world.writes("name", text("the fog"));
    world.turn(Seat::A);
    assert_eq!(world.try_to_write("name", text("x")), Err(Refusal::NotHere));
    assert_eq!(world.state().joint[0].value, text("the fog"), "but everyone reads it");
}

#[test]
fn in_a_run_on_ones_own_everything_is_only_mine() {
    let mut world = World::alone();
    world.writes("name", text("my fog")).writes("hope", text("a walk"));
    assert!(
        world
            .state()
            .answers
            .iter()
            .all(|answer| answer.privacy == lesson::Privacy::Private)
    );
    world.session.leave(&world.token.clone()).unwrap();
    world
        .session
        .add_person("Sam", pairwise::ipc::dto::Colour::Clay)
        .unwrap();
    world.together();
    assert!(!world.screen().contains("my fog"));
    world.turn(Seat::B);
    assert!(!world.screen().contains("my fog"));
}

#[test]
fn a_lesson_that_asks_wider_exposes_no_answer_written_before() {
    let mut world = World::couple();
    world
        .turn(Seat::A)
        .writes("scene", text("for me alone"))
        .pass_keyboard();
    world.write(
        "lessons/en/duet.md",
        &crate::world::DUET.replace("{#scene}", "{#scene reveal}"),
    );
    world.restart();
    world.together();
    world.turn(Seat::A);
    assert_eq!(world.answer("scene"), None, "the field starts empty");
    world.seals("first").pass_keyboard();
    world.turn(Seat::B).seals("first").pass_keyboard();
    for seat in [Seat::A, Seat::B] {
        world
            .says_open(seat, "first", pairwise::ipc::dto::LayerName::Surface)
            .unwrap();
    }
    assert!(!world.screen().contains("for me alone"));
}

#[test]
fn a_page_that_starts_anew_has_no_turn() {
    let mut world = World::alone();
    let (token, run) = (world.token.clone(), world.run.clone());
    world.session.startup();
    assert_eq!(world.session.run_state(&token, &run).unwrap_err(), Refusal::TurnOver);
    assert_eq!(world.session.home("").unwrap_err(), Refusal::TurnOver);
}

#[test]
fn a_sitting_for_two_opens_only_the_lesson_at_hand() {
    let world = World::couple();
    assert_eq!(world.session.home(&world.token).unwrap_err(), Refusal::NotHere);
}

#[test]
fn an_edited_lesson_loses_no_word_even_when_one_writes_on_at_once() {
    let mut world = World::couple();
    world.turn(Seat::A).writes("scene", text("for me alone"));
    world.write(
        "lessons/en/duet.md",
        &crate::world::DUET.replace("{#scene}", "{#scene reveal}"),
    );
    let token = world.token.clone();
    let run = world.run.clone();
    world.session.course_page(&token).unwrap();
    world.session.read_again(&token, &run, false).unwrap();
    assert_eq!(world.answer("scene"), None, "the field starts empty");
    let earlier = |world: &World| {
        let history = world.session.history(&world.token, &run, &id("scene")).unwrap();
        history.into_iter().map(|version| version.value).collect::<Vec<_>>()
    };
    assert_eq!(earlier(&world), [text("for me alone")]);
    world.writes("scene", text("n")).writes("scene", text("new words"));
    assert_eq!(earlier(&world), [text("for me alone")]);
}
