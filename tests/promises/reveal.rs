//! Two people, two halves, one moment.

use pairwise::ipc::dto::{LayerName, Refusal, Seat};

use crate::world::{World, id, picks, stages, text};

fn half(of: &str) -> lesson::Value {
    stages(&[
        ("spark", &format!("{of} spark")),
        ("move", &format!("{of} move")),
        ("felt", &format!("{of} feeling")),
    ])
}

fn both_sealed() -> World {
    let mut world = World::couple();
    world
        .turn(Seat::A)
        .writes("loop", half("robin"))
        .writes("hope", text("robin hope"))
        .seals("halves")
        .pass_keyboard();
    world
        .turn(Seat::B)
        .writes("loop", half("sam"))
        .seals("halves")
        .pass_keyboard();
    world
}

#[test]
fn neither_sees_the_other_before_both_sealed_and_both_said_so() {
    let mut world = World::couple();
    world
        .turn(Seat::A)
        .writes("loop", half("robin"))
        .seals("halves")
        .pass_keyboard();
    assert!(!world.screen().contains("robin move"), "on the shared screen");
    world.turn(Seat::B).writes("loop", half("sam"));
    assert!(!world.screen().contains("robin move"), "on the other's turn");
    assert_eq!(
        world
            .session
            .say_open(
                &world.token.clone(),
                &world.run.clone(),
                &id("halves"),
                LayerName::Surface
            )
            .unwrap_err(),
        Refusal::NotBothSealed
    );
    world.seals("halves").pass_keyboard();
    assert!(
        !world.screen().contains("robin move"),
        "both sealed, nobody has said so"
    );
    world.says_open(Seat::A, "halves", LayerName::Surface).unwrap();
    assert!(world.opened("halves", LayerName::Surface).is_none(), "one has said so");
    assert!(!world.screen().contains("sam move"));
    world.says_open(Seat::B, "halves", LayerName::Surface).unwrap();
    let screen = world.screen();
    assert!(
        screen.contains("robin move") && screen.contains("sam move"),
        "both at once"
    );
}

#[test]
fn what_lies_underneath_opens_by_a_second_choice_of_both() {
    let mut world = both_sealed();
    assert_eq!(
        world.says_open(Seat::A, "halves", LayerName::Under).unwrap_err(),
        Refusal::NotHere,
        "not first"
    );
    world.says_open(Seat::A, "halves", LayerName::Surface).unwrap();
    world.says_open(Seat::B, "halves", LayerName::Surface).unwrap();
    assert!(!world.screen().contains("feeling"));
    world.says_open(Seat::B, "halves", LayerName::Under).unwrap();
    assert!(!world.screen().contains("feeling"));
    world.says_open(Seat::A, "halves", LayerName::Under).unwrap();
    let screen = world.screen();
    assert!(screen.contains("robin feeling") && screen.contains("sam feeling"));
}

#[test]
fn both_have_to_say_so_in_the_same_sitting() {
    let mut world = both_sealed();
    world.says_open(Seat::A, "halves", LayerName::Surface).unwrap();
    world.restart();
    world.together();
    world.says_open(Seat::B, "halves", LayerName::Surface).unwrap();
    assert!(world.opened("halves", LayerName::Surface).is_none());
    world.says_open(Seat::A, "halves", LayerName::Surface).unwrap();
    assert_eq!(world.opened("halves", LayerName::Surface).unwrap().len(), 4);
}

#[test]
fn what_was_sealed_is_what_is_shown() {
    let mut world = both_sealed();
    world.turn(Seat::A);
    assert_eq!(world.try_to_write("loop", half("changed")), Err(Refusal::Sealed));
    let (token, run) = (world.token.clone(), world.run.clone());
    assert_eq!(
        world.session.unseal(&token, &run, &id("halves")).unwrap_err(),
        Refusal::Sealed,
        "both have sealed"
    );
    world.pass_keyboard();
    world.says_open(Seat::A, "halves", LayerName::Surface).unwrap();
    world.says_open(Seat::B, "halves", LayerName::Surface).unwrap();
    assert!(world.screen().contains("robin move"));
}

#[test]
fn a_seal_can_be_taken_back_until_the_other_has_sealed() {
    let mut world = World::couple();
    world.turn(Seat::A).writes("loop", half("robin")).seals("halves");
    let (token, run) = (world.token.clone(), world.run.clone());
    world.session.unseal(&token, &run, &id("halves")).unwrap();
    world.writes("loop", half("robin, again")).seals("halves");
}

#[test]
fn a_seal_never_leaves_out_newer_words() {
    let mut world = World::couple();
    world
        .turn(Seat::A)
        .writes("hope", text("one"))
        .writes("hope", text("two"));
    let (token, run) = (world.token.clone(), world.run.clone());
    let stale = world.session.seal(&token, &run, &id("halves"), 1, false);
    assert_eq!(stale.unwrap_err(), Refusal::Unsaved);
}

#[test]
fn keeping_it_to_myself_looks_like_a_seal_until_both_are_open() {
    let mut kept = World::couple();
    kept.turn(Seat::A).writes("loop", half("robin"));
    let (token, run) = (kept.token.clone(), kept.run.clone());
    kept.session.seal(&token, &run, &id("halves"), 1, true).unwrap();
    kept.pass_keyboard();
    let reveal = kept.state().reveals.remove(0);
    assert_eq!(
        reveal.sides.iter().map(|side| side.sealed).collect::<Vec<_>>(),
        [true, false]
    );

    kept.turn(Seat::B)
        .writes("loop", half("sam"))
        .seals("halves")
        .pass_keyboard();
    kept.says_open(Seat::A, "halves", LayerName::Surface).unwrap();
    kept.says_open(Seat::B, "halves", LayerName::Surface).unwrap();
    assert!(!kept.screen().contains("robin"));
    let opened = kept.opened("halves", LayerName::Surface).unwrap();
    assert!(opened.iter().all(|one| (one.seat == Seat::A) == one.value.is_none()));
}

#[test]
fn setting_aside_gives_each_their_words_back() {
    let mut world = both_sealed();
    let (token, run) = (world.token.clone(), world.run.clone());
    world.session.set_aside(&token, &run, &id("halves")).unwrap();
    assert!(world.state().reveals[0].sides.iter().all(|side| !side.sealed));
    world.turn(Seat::B);
    assert_eq!(world.answer("loop"), Some(half("sam")));
    world.writes("loop", half("sam, again"));
}

#[test]
fn a_run_whose_text_is_sealed_keeps_the_lesson_as_it_was() {
    let mut world = both_sealed();
    world.write(
        "lessons/en/duet.md",
        &crate::world::DUET.replace("One hope", "One fear"),
    );
    world.restart();
    world.together();
    assert!(world.screen().contains("One hope"));
}

#[test]
fn a_step_that_hangs_on_a_private_answer_is_not_on_the_shared_list() {
    let mut world = World::couple();
    world.turn(Seat::A).writes("stance", picks("closer")).pass_keyboard();
    assert!(!world.state().steps.iter().any(|step| step.id == id("closer-step")));
}

#[test]
fn a_seal_that_was_refused_pins_nothing() {
    let mut world = World::couple();
    world
        .turn(Seat::A)
        .writes("hope", text("one"))
        .writes("hope", text("two"));
    let (token, run) = (world.token.clone(), world.run.clone());
    assert_eq!(
        world.session.seal(&token, &run, &id("halves"), 1, false).unwrap_err(),
        Refusal::Unsaved
    );
    world.write(
        "lessons/en/duet.md",
        &crate::world::DUET.replace("One hope", "One mended hope"),
    );
    world.session.course_page(&token).unwrap();
    assert!(world.screen().contains("One mended hope"));
}

#[test]
fn a_joint_answer_cannot_change_what_stands_under_a_seal() {
    let duet = crate::world::DUET
        .replace("## The halves {#halves}", "## First, ours {#before}\n\n> [!choice] Shall we? {#shall joint}\n> - yes {#yes}\n> - no {#no}\n\n## The halves {#halves}")
        .replace("{#hope reveal}", "{#hope reveal when=shall:yes}");
    let mut world = World::couple();
    world.write("lessons/en/duet.md", &duet);
    world.restart();
    world.together();
    world.writes("shall", picks("yes"));
    world
        .turn(Seat::A)
        .writes("loop", half("robin"))
        .writes("hope", text("robin hope"))
        .seals("halves")
        .pass_keyboard();
    assert_eq!(world.try_to_write("shall", picks("no")), Err(Refusal::Sealed));
    let (token, run) = (world.token.clone(), world.run.clone());
    world.session.set_aside(&token, &run, &id("halves")).unwrap();
    world.writes("shall", picks("no"));
}
