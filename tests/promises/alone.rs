//! One person, alone.

use lesson::Value;
use pairwise::{
    answers::MAX_BYTES,
    ipc::dto::{Recalled, Refusal, Seat, Startup},
};

use crate::world::{DUET, World, id, picks, stages, text};

#[test]
fn every_word_and_the_place_are_there_after_a_restart() {
    let mut world = World::alone();
    let loop_words = stages(&[("spark", "the phone at dinner"), ("felt", "unimportant")]);
    world
        .writes("scene", text("I had my coat on still."))
        .writes("loop", loop_words.clone());
    let (token, run) = (world.token.clone(), world.run.clone());
    world
        .session
        .pass_step(&token, &run, &id("first"), false, Some(&id("halves")))
        .unwrap();

    assert!(matches!(world.restart(), Startup::Door { people } if people.len() == 1 && people[0].name == "Robin"));
    let open = world.enter(Seat::A);
    assert_eq!(open.run, run);
    assert_eq!(open.state.place, id("halves"));
    assert_eq!(world.answer("scene"), Some(text("I had my coat on still.")));
    assert_eq!(world.answer("loop"), Some(loop_words));
}

#[test]
fn a_blank_scale_is_not_a_zero() {
    let mut world = World::alone();
    assert_eq!(world.answer("heat"), None);
    world.writes("heat", Value::Mark { at: Some(0) });
    assert_eq!(world.answer("heat"), Some(Value::Mark { at: Some(0) }));
    world.writes("heat", Value::Mark { at: None });
    assert_eq!(world.answer("heat"), Some(Value::Mark { at: None }));
}

#[test]
fn a_step_that_asks_for_something_can_be_skipped_and_is_done_once_it_is_answered() {
    let mut world = World::alone();
    let (token, run) = (world.token.clone(), world.run.clone());
    let first = |state: &pairwise::ipc::dto::RunState| {
        let step = state.steps.iter().find(|step| step.id == id("first")).unwrap();
        (step.done, step.skipped)
    };
    let skipped = world
        .session
        .pass_step(&token, &run, &id("first"), true, Some(&id("halves")))
        .unwrap();
    assert_eq!(first(&skipped), (false, true));
    let passed = world
        .session
        .pass_step(&token, &run, &id("first"), false, Some(&id("halves")))
        .unwrap();
    assert_eq!(first(&passed), (false, false), "it still asks for the scale");
    world.writes("heat", Value::Mark { at: Some(0) });
    assert_eq!(first(&world.state()), (true, false), "zero is an answer");
}

#[test]
fn a_step_appears_when_the_answer_it_waits_for_is_given() {
    let mut world = World::alone();
    let shows = |world: &mut World| world.state().steps.iter().any(|step| step.id == id("closer-step"));
    assert!(!shows(&mut world));
    world.writes("stance", picks("closer"));
    assert!(shows(&mut world));
    world.writes("stance", picks("away"));
    assert!(!shows(&mut world));
}

#[test]
fn an_earlier_answer_is_met_again() {
    let mut world = World::alone();
    assert!(matches!(world.state().recalls[0].found, Recalled::Nothing));
    world.writes("scene", text("I waited by the door."));
    match &world.state().recalls[0].found {
        Recalled::Words { lines, prompt } => {
            assert_eq!(lines, &["I waited by the door."]);
            assert_eq!(prompt, "What happened?");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn earlier_versions_are_kept_one_for_each_sitting() {
    let mut world = World::alone();
    world
        .writes("scene", text("first words"))
        .writes("scene", text("first words, longer"));
    world.restart();
    world.enter(Seat::A);
    world.writes("scene", text("second thoughts"));
    let history = world.session.history(&world.token, &world.run, &id("scene")).unwrap();
    let values: Vec<_> = history.into_iter().map(|version| version.value).collect();
    assert_eq!(values, [text("first words, longer")]);
}

#[test]
fn what_does_not_fit_its_field_is_refused() {
    let mut world = World::alone();
    assert_eq!(
        world.try_to_write("heat", Value::Mark { at: Some(11) }),
        Err(Refusal::Misfit)
    );
    assert_eq!(world.try_to_write("scene", picks("closer")), Err(Refusal::Misfit));
    assert_eq!(world.try_to_write("stance", picks("elsewhere")), Err(Refusal::Misfit));
    assert_eq!(world.try_to_write("both-halves", text("x")), Err(Refusal::NotHere));
}

#[test]
fn an_answer_longer_than_can_be_kept_is_refused_in_its_own_name_and_what_was_saved_stays() {
    let mut world = World::with(&[("duet", &DUET.replace("[!short] What would", "[!list] What would"))]).with_one();
    world.writes("scene", text("what was saved"));
    let long = text(&"a".repeat(lesson::MAX_ANSWER + 1));
    assert_eq!(world.try_to_write("scene", long), Err(Refusal::TooLong));
    assert_eq!(world.answer("scene"), Some(text("what was saved")));
    world.writes("scene", text(&"a".repeat(lesson::MAX_ANSWER)));

    // Each line is short enough; all of them are not.
    let lines = |bytes: usize| Value::Lines {
        lines: vec!["é".repeat(bytes / 2 / 16); 16],
        chosen: Vec::new(),
    };
    world.writes("ask", lines(MAX_BYTES - 1024));
    assert_eq!(world.try_to_write("ask", lines(MAX_BYTES)), Err(Refusal::TooLong));
    assert_eq!(world.answer("ask"), Some(lines(MAX_BYTES - 1024)));
    world.restart();
    world.enter(Seat::A);
    assert_eq!(world.answer("ask"), Some(lines(MAX_BYTES - 1024)), "as it was saved");
}

#[test]
fn home_offers_one_thing_and_says_where_one_stopped() {
    let mut world = World::alone();
    let home = world.session.home(&world.token).unwrap();
    let next = home.next.unwrap();
    assert!(!next.begun);
    assert_eq!(next.minutes, 20);
    let (token, run) = (world.token.clone(), world.run.clone());
    world
        .session
        .pass_step(&token, &run, &id("first"), false, Some(&id("halves")))
        .unwrap();
    let next = world.session.home(&world.token).unwrap().next.unwrap();
    assert!(next.begun);
    assert_eq!(next.stopped_after.as_deref(), Some("Alone first"));
    assert_eq!(next.next_step.as_deref(), Some("The halves"));
    assert_eq!(next.minutes, 15, "one of four steps is behind");
}

#[test]
fn a_run_comes_to_an_end_and_can_be_begun_again_with_nothing_lost() {
    let mut world = World::alone();
    world.writes("scene", text("the first time"));
    let (token, run) = (world.token.clone(), world.run.clone());
    let state = world
        .session
        .pass_step(&token, &run, &id("book-step"), false, None)
        .unwrap();
    assert!(state.finished);
    let again = world.session.begin_again(&token, &id("duet")).unwrap();
    assert_ne!(again.run, run);
    assert!(again.state.answers.is_empty());
    assert!(world.session.home(&token).unwrap().next.is_some());
    assert_eq!(world.session.run_state(&token, &run).unwrap().answers.len(), 1);
}

#[test]
fn someone_who_only_moved_on_is_met_where_they_are() {
    let mut world = World::alone();
    let (token, run) = (world.token.clone(), world.run.clone());
    world.session.go_to_step(&token, &run, &id("halves")).unwrap();
    let next = world.session.home(&token).unwrap().next.unwrap();
    assert!(next.begun);
    assert_eq!(next.next_step.as_deref(), Some("The halves"));
}
