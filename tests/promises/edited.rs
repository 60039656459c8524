//! A lesson is edited after it was answered: nothing is lost, nothing is shown to more people, and what was meant
//! otherwise is never taken for an answer.

use lesson::Value;
use pairwise::ipc::dto::{Earlier, LayerName, Recalled, Seat};

use crate::{
    every::{EVERY, PULSE, lines, marks, picks, takes},
    world::{World, id, text},
};

fn edited(world: &mut World, from: &str, to: &str) {
    let before = std::fs::read_to_string(world.path("lessons/en/every.md")).unwrap();
    assert!(before.contains(from), "{from}");
    world.write("lessons/en/every.md", &before.replace(from, to));
    world.restart();
}

fn alone() -> World {
    World::with(&[("every", EVERY), ("pulse", PULSE)]).with_one()
}

fn couple() -> World {
    World::with(&[("every", EVERY), ("pulse", PULSE)]).with_two()
}

fn earlier(world: &mut World, field: &str) -> Option<Earlier> {
    world.state().earlier.into_iter().find(|one| one.field == id(field))
}

fn exported(world: &mut World) -> String {
    let token = world.session.open_door(Seat::A).unwrap().token;
    let export = world.session.export_words(&token, true).unwrap();
    format!("{}{}", export.markdown, export.json)
}

#[test]
fn other_words_in_a_question_change_no_answer_and_the_old_ones_stand_beside_it() {
    let mut world = alone();
    world.writes("word", text("lantern"));
    edited(&mut world, "One word {#word}", "A word for today {#word}");
    world.enter(Seat::A);
    assert_eq!(world.answer("word"), Some(text("lantern")));
    assert!(world.state().earlier.is_empty());
    assert!(exported(&mut world).contains("One word"), "what was really asked");
}

#[test]
fn another_meaning_keeps_the_answer_as_earlier_wording_and_uses_it_nowhere() {
    let mut world = alone();
    world.writes("happened", text("the old meaning"));
    world.writes("heat", Value::Mark { at: Some(7) });
    let drawn = |world: &mut World| world.state().charts[1].series[0].points.len();
    let recalled = |world: &mut World| world.state().recalls.remove(0).found;
    assert_eq!(drawn(&mut world), 1);
    assert!(matches!(recalled(&mut world), Recalled::Words { .. }));
    edited(&mut world, "{#happened send}", "{#happened send rev=2}");
    edited(&mut world, "{#heat range=0-10}", "{#heat range=0-10 rev=1}");
    world.enter(Seat::A);
    assert_eq!(world.answer("happened"), None, "the field starts empty");
    assert_eq!(world.answer("heat"), None);
    let found = earlier(&mut world, "happened").unwrap();
    assert_eq!(
        (found.value.clone(), found.prompt.as_str()),
        (text("the old meaning"), "What happened?")
    );
    assert_eq!(found.fits, Some(id("happened")));
    assert!(matches!(recalled(&mut world), Recalled::Nothing));
    assert_eq!(drawn(&mut world), 0);
    // Copied over by hand it is an answer like any other, and no longer earlier wording.
    world.writes("happened", found.value);
    assert_eq!(world.answer("happened"), Some(text("the old meaning")));
    assert!(earlier(&mut world, "happened").is_none());
    world.writes("happened", text("new words"));
    let exported = exported(&mut world);
    assert!(exported.contains("the old meaning") && exported.contains("new words"));
}

#[test]
fn a_field_with_a_new_name_keeps_its_answer_and_its_past() {
    let mut world = alone();
    world.writes("happened", text("under the old name"));
    edited(&mut world, "{#happened send}", "{#story send was=happened}");
    edited(&mut world, "of=every.happened", "of=every.story");
    world.enter(Seat::A);
    assert_eq!(world.answer("story"), Some(text("under the old name")));
    assert!(world.state().earlier.is_empty());
    match world.state().recalls.remove(0).found {
        Recalled::Words { lines, .. } => assert_eq!(lines, ["under the old name"]),
        other => panic!("{other:?}"),
    }
    world.writes("story", text("under the new name"));
    assert_eq!(world.answer("story"), Some(text("under the new name")));
    assert!(world.state().earlier.is_empty(), "it was taken over, not set aside");
    let history = world.session.history(&world.token, &world.run, &id("story")).unwrap();
    assert_eq!(history[0].value, text("under the old name"));
    assert!(exported(&mut world).contains("under the old name"));
}

#[test]
fn options_and_rows_with_new_names_are_what_they_were() {
    let mut world = alone();
    world
        .writes("stance", picks(&["closer"], None))
        .writes("often", marks(&[("meals", 0)]));
    edited(
        &mut world,
        "I moved closer {#closer}",
        "I came closer {#nearer was=closer}",
    );
    edited(&mut world, "eat together {#meals}", "share a meal {#table was=meals}");
    world.enter(Seat::A);
    assert_eq!(world.answer("stance"), Some(picks(&["nearer"], None)));
    assert_eq!(world.answer("often"), Some(marks(&[("table", 0)])));
    assert!(world.state().earlier.is_empty());
}

#[test]
fn an_option_that_was_taken_out_loses_nobody_their_answer() {
    let mut world = alone();
    world.writes("which", picks(&["tired", "hungry"], None));
    edited(&mut world, "> - hungry {#hungry}\n", "> - cold {#cold}\n");
    world.enter(Seat::A);
    assert_eq!(world.answer("which"), None);
    let found = earlier(&mut world, "which").unwrap();
    assert_eq!(found.lines, ["tired", "hungry"], "all of it can be read");
    assert_eq!(found.fits, Some(id("which")));
    assert_eq!(found.value, picks(&["tired"], None), "what can be copied over");
    world.writes("which", picks(&["cold"], None));
    assert!(exported(&mut world).contains("hungry"));
}

#[test]
fn a_field_that_was_taken_out_leaves_its_words() {
    let mut world = alone();
    world.writes("word", text("lantern"));
    edited(&mut world, "> [!short] One word {#word}\n", "");
    world.enter(Seat::A);
    assert_eq!(earlier(&mut world, "word").unwrap().lines, ["lantern"]);
    assert!(exported(&mut world).contains("lantern"));
}

#[test]
fn a_lesson_that_was_taken_out_leaves_its_words() {
    let mut world = alone();
    world
        .writes("word", text("lantern"))
        .writes("which", picks(&["hungry"], None));
    std::fs::remove_file(world.path("lessons/en/every.md")).unwrap();
    world.restart();
    let exported = exported(&mut world);
    assert!(exported.contains("lantern") && exported.contains("hungry"));
}

#[test]
fn a_kind_that_became_another_keeps_what_was_written() {
    let mut world = alone();
    world.writes("word", text("lantern"));
    edited(
        &mut world,
        "> [!short] One word {#word}\n",
        "> [!list] Some words {#word}\n",
    );
    world.enter(Seat::A);
    assert_eq!(earlier(&mut world, "word").unwrap().fits, None);
    world.writes("word", lines(&["lamp"], &[]));
    assert!(exported(&mut world).contains("lantern"));
}

#[test]
fn a_field_that_asks_wider_shows_nobody_what_was_written_before() {
    for (from, to) in [
        ("{#word}", "{#word reveal}"),
        ("{#word}", "{#word joint}"),
        ("{#glad reveal pick}", "{#glad joint}"),
    ] {
        let mut world = couple();
        world
            .turn(Seat::A)
            .writes("word", text("for me alone"))
            .writes("glad", lines(&["for me alone"], &[0]))
            .pass_keyboard();
        edited(&mut world, from, to);
        world.together();
        assert!(!world.screen().contains("for me alone"), "{to}: both look");
        world.turn(Seat::B);
        assert!(!world.screen().contains("for me alone"), "{to}: the other's turn");
        world.seals("writing").pass_keyboard().turn(Seat::A);
        let field = if from.contains("word") { "word" } else { "glad" };
        assert_eq!(world.answer(field), None, "{to}: it starts empty");
        assert!(earlier(&mut world, field).is_some(), "{to}: its owner still has it");
        if field == "word" {
            let token = world.token.clone();
            let run = world.run.clone();
            let sealed = world.session.seal(&token, &run, &id("writing"), u32::MAX, true);
            sealed.unwrap();
            world.pass_keyboard();
            for seat in [Seat::A, Seat::B] {
                world.says_open(seat, "writing", LayerName::Surface).unwrap();
            }
            assert!(!world.screen().contains("for me alone"), "{to}: opened");
        }
        world.token = world.session.open_door(Seat::B).unwrap().token;
        let export = world.session.export_words(&world.token.clone(), true).unwrap();
        assert!(!export.json.contains("for me alone"), "{to}: the other's export");
        assert!(exported(&mut world).contains("for me alone"), "{to}: lost");
    }
}

#[test]
fn a_joint_answer_that_became_private_is_earlier_wording_of_both() {
    let mut world = couple();
    world.writes("before", picks(&["eaten"], None));
    edited(&mut world, "{#before joint}", "{#before}");
    world.together();
    assert_eq!(earlier(&mut world, "before").unwrap().lines, ["We have eaten"]);
    world.turn(Seat::A);
    assert_eq!(world.answer("before"), None);
    assert!(exported(&mut world).contains("We have eaten"));
}

#[test]
fn a_questionnaire_that_changed_keeps_its_takes() {
    let mut world = alone();
    world.writes("pulse", takes(&[("2026-11-10", &[("close", 3), ("stuck", 1)])]));
    world.write(
        "lessons/instruments/pulse.md",
        &PULSE.replace("{#stuck score=reverse}", "{#still score=reverse}"),
    );
    world.restart();
    world.enter(Seat::A);
    assert_eq!(
        world.answer("pulse"),
        Some(takes(&[("2026-11-10", &[("close", 3), ("stuck", 1)])])),
        "a take stands as it was given"
    );
    let pulse = world.state().charts.remove(2);
    assert!(pulse.series[0].points.is_empty(), "and counts for nothing it was not");
}
