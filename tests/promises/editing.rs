//! Somebody edits a lesson's file while the lesson is open: what is written goes on being kept under the text it was
//! written under, until the page has taken up the new one; a mistake in the file closes nothing that is open.

use lesson::{Block, Lesson, Value};
use pairwise::ipc::dto::{OpenRun, Refusal, Seat};

use crate::{
    every::{EVERY, PULSE, takes},
    world::{DUET, World, id, text},
};

/// Saves the lesson's file with one thing in place of another, as the app hears of it.
fn saved(world: &mut World, from: &str, to: &str) {
    let file = world.path(&format!("lessons/en/{}.md", world.lesson));
    let before = std::fs::read_to_string(&file).unwrap();
    assert!(before.contains(from), "{from}");
    std::fs::write(file, before.replace(from, to)).unwrap();
    assert!(world.session.lessons_changed());
}

fn read_again(world: &mut World) -> OpenRun {
    let (token, run) = (world.token.clone(), world.run.clone());
    world.session.read_again(&token, &run, false).unwrap()
}

fn asks(lesson: &Lesson, field: &str) -> Option<String> {
    lesson.block(&id(field)).map(|block: &Block| block.prompt_text.clone())
}

#[test]
fn the_new_text_is_shown_with_every_answer_in_its_place() {
    let mut world = World::alone();
    world.writes("scene", text("a lamp"));
    saved(&mut world, "What happened? {#scene}", "What was it like? {#scene}");
    let open = read_again(&mut world);
    assert_eq!(asks(&open.lesson, "scene").unwrap(), "What was it like?");
    assert!(open.problems.is_empty());
    assert_eq!(open.run, world.run, "the same run");
    assert_eq!(open.state.answers[0].value, text("a lamp"));
    world.writes("scene", text("a lamp, and nobody"));
    assert_eq!(world.answer("scene"), Some(text("a lamp, and nobody")));
}

#[test]
fn until_the_page_asks_for_the_new_text_what_is_written_is_kept_under_the_old_one() {
    let mut world = World::alone();
    saved(
        &mut world,
        "> [!short] What would you ask? {#ask}\n",
        "Nothing is asked.\n",
    );
    world.writes("ask", text("typed while the file was saved"));
    assert_eq!(
        world.answer("ask"),
        Some(text("typed while the file was saved")),
        "the page still has the field"
    );
    let open = read_again(&mut world);
    assert_eq!(asks(&open.lesson, "ask"), None);
    let earlier = &open.state.earlier[0];
    assert_eq!(
        earlier.value,
        text("typed while the file was saved"),
        "and it is not lost"
    );
    assert_eq!(world.try_to_write("ask", text("later")), Err(Refusal::NotHere));
}

#[test]
fn a_page_that_held_a_word_goes_back_to_the_text_it_was_typed_under() {
    let mut world = World::alone();
    saved(&mut world, "{#scene}", "{#scene rev=1}");
    read_again(&mut world);
    let (token, run) = (world.token.clone(), world.run.clone());
    let back = world.session.read_again(&token, &run, true).unwrap();
    assert_eq!(back.lesson.block(&id("scene")).unwrap().rev, 0);
    world.writes("scene", text("an answer to the old question"));
    let open = read_again(&mut world);
    assert!(open.state.answers.is_empty(), "it is none to the new one");
    assert_eq!(open.state.earlier[0].value, text("an answer to the old question"));
}

#[test]
fn a_mistake_leaves_the_open_run_on_its_text_says_what_to_mend_and_goes_when_it_is_mended() {
    let mut world = World::alone();
    saved(&mut world, "[!long] What happened?", "[!lnog] What was it like?");
    let open = read_again(&mut world);
    assert_eq!(asks(&open.lesson, "scene").unwrap(), "What happened?");
    let [file] = open.problems.as_slice() else {
        panic!("{:?}", open.problems)
    };
    assert_eq!((file.file.as_str(), file.opens), ("en/duet.md", false));
    assert!(file.problems.iter().any(|problem| problem.excerpt.contains("lnog")));
    world.writes("scene", text("written meanwhile"));
    let (token, run) = (world.token.clone(), world.run.clone());
    let to = Some(id("halves"));
    let state = world.session.pass_step(&token, &run, &id("first"), false, to.as_ref());
    assert_eq!(state.unwrap().place, id("halves"), "the run goes on");
    assert!(
        world.session.open_run(&token, &id("duet")).is_err(),
        "to open it anew it has to be mended"
    );

    let mut world = World::alone();
    world.writes("scene", text("before"));
    saved(&mut world, "[!long]", "[!lnog]");
    read_again(&mut world);
    world.writes("scene", text("written meanwhile"));
    saved(&mut world, "[!lnog] What happened?", "[!long] What was it like?");
    let open = read_again(&mut world);
    assert!(open.problems.is_empty());
    assert_eq!(asks(&open.lesson, "scene").unwrap(), "What was it like?");
    assert_eq!(world.answer("scene"), Some(text("written meanwhile")));
}

#[test]
fn a_mistake_in_a_questionnaire_leaves_the_lesson_that_asks_it_as_it_was() {
    let mut world = World::with(&[("every", EVERY), ("pulse", PULSE)]).with_one();
    world.write("lessons/instruments/pulse.md", &PULSE.replace("[!rating]", "[!ratign]"));
    assert!(world.session.lessons_changed());
    let open = read_again(&mut world);
    assert_eq!(open.instruments.len(), 1, "as it was");
    assert!(open.problems.iter().any(|file| file.file == "instruments/pulse.md"));
    world.writes("pulse", takes(&[("2026-11-10", &[("close", 3)])]));
    let off_the_scale = takes(&[("2026-11-10", &[("close", 3)]), ("2026-11-11", &[("close", 99)])]);
    assert_eq!(world.try_to_write("pulse", off_the_scale), Err(Refusal::Misfit));
}

#[test]
fn a_course_that_cannot_be_read_leaves_the_one_that_was() {
    let mut world = World::alone();
    let manifest = std::fs::read_to_string(world.path("lessons/course.toml")).unwrap();
    world.write("lessons/course.toml", "this is no manifest");
    assert!(!world.session.lessons_changed(), "there is nothing new to show");
    world.writes("heat", Value::Mark { at: Some(3) });
    assert!(read_again(&mut world).problems.is_empty());
    std::fs::remove_file(world.path("lessons/en/duet.md")).unwrap();
    world.write("lessons/course.toml", &manifest);
    assert!(world.session.lessons_changed());
    assert_eq!(asks(&read_again(&mut world).lesson, "scene").unwrap(), "What happened?");
    world.writes("scene", text("its file has gone, and this has not"));
}

#[test]
fn a_sealed_run_keeps_the_text_it_was_sealed_under_whatever_is_saved() {
    let mut world = World::couple();
    world.turn(Seat::A).writes("hope", text("for a walk"));
    world.seals("halves").pass_keyboard();
    saved(&mut world, "One hope {#hope reveal}", "One fear {#hope reveal}");
    assert_eq!(asks(&read_again(&mut world).lesson, "hope").unwrap(), "One hope");
    // On the next turn the page has the same text: it is the sitting's, not the turn's.
    world.turn(Seat::B);
    assert_eq!(asks(&read_again(&mut world).lesson, "hope").unwrap(), "One hope");
}

#[test]
fn an_edit_while_two_are_at_it_shows_neither_what_the_other_wrote() {
    let seen_by_robin = |theirs: &str| {
        let mut world = World::couple();
        world.turn(Seat::B).writes("scene", text(theirs)).pass_keyboard();
        saved(
            &mut world,
            "What happened? {#scene}",
            "What was it like? {#scene reveal}",
        );
        let mut seen = vec![serde_json::to_string(&read_again(&mut world)).unwrap()];
        world.turn(Seat::A);
        seen.push(serde_json::to_string(&read_again(&mut world)).unwrap());
        // A run has a name by chance.
        seen.into_iter()
            .map(|one| one.replace(&world.run, ""))
            .collect::<Vec<_>>()
    };
    let (one, other) = (
        seen_by_robin("a lamp"),
        seen_by_robin("something longer that is mine alone"),
    );
    assert!(!one.concat().contains("a lamp"));
    assert_eq!(one, other);
    assert!(DUET.contains("{#scene}"), "private before");
}
