//! What is removed is gone, can be put back while the sitting lasts, and is nobody else's to remove.

use std::fs;

use lesson::Value;
use pairwise::ipc::dto::{BothWant, LayerName, Refusal, RunState, Seat};

use crate::world::{World, id, stages, text};

fn remove(world: &mut World, field: &str) -> Result<RunState, Refusal> {
    let (token, run) = (world.token.clone(), world.run.clone());
    world.session.remove_answer(&token, &run, &id(field))
}

fn put_back(world: &mut World, field: &str) -> Result<RunState, Refusal> {
    let (token, run) = (world.token.clone(), world.run.clone());
    world.session.put_answer_back(&token, &run, &id(field))
}

fn versions(world: &mut World, field: &str) -> Vec<pairwise::ipc::dto::Version> {
    let (token, run) = (world.token.clone(), world.run.clone());
    world.session.history(&token, &run, &id(field)).unwrap()
}

fn about_name(world: &World) -> BothWant {
    BothWant::RemoveAnswer {
        run: world.run.clone(),
        field: id("name"),
    }
}

fn backups(world: &World, of: &str) -> usize {
    let all = fs::read_dir(world.path("profile/backups")).map_or(Vec::new(), |all| all.flatten().collect());
    let mut count = 0;
    for folder in all {
        let name = folder.file_name().into_string().unwrap();
        if (of == "shared") == (name == "shared") {
            let files = fs::read_dir(folder.path()).unwrap().flatten();
            count += files
                .filter(|file| file.path().extension().is_some_and(|ext| ext == "db"))
                .count();
        }
    }
    count
}

#[test]
fn a_removed_answer_is_on_no_page_in_no_version_and_in_no_export_and_undo_brings_all_of_it_back() {
    let mut world = World::alone();
    world.writes("scene", text("marmalade"));
    world.enter(Seat::A);
    world.writes("scene", text("quince"));
    let before = world.screen();
    assert_eq!(versions(&mut world, "scene").len(), 1);
    let state = remove(&mut world, "scene").unwrap();
    assert_eq!(state.removed.len(), 1);
    assert!(!state.removed[0].left.in_file);
    assert!(versions(&mut world, "scene").is_empty());
    let everything = |world: &mut World| {
        let export = world.session.export_words(&world.token.clone(), true).unwrap();
        format!("{}{}{}", world.screen(), export.markdown, export.json)
    };
    let after = everything(&mut world);
    for word in ["marmalade", "quince"] {
        assert!(!after.contains(word), "{word}");
    }
    let state = put_back(&mut world, "scene").unwrap();
    assert!(state.removed.is_empty());
    assert_eq!(world.screen(), before);
    assert_eq!(versions(&mut world, "scene").len(), 1);
}

#[test]
fn undo_ends_with_the_sitting_and_never_takes_the_place_of_newer_words() {
    let mut world = World::alone();
    world.writes("scene", text("marmalade"));
    remove(&mut world, "scene").unwrap();
    let state = world.writes("scene", text("quince")).state();
    assert!(state.removed.is_empty(), "nothing is offered that would be refused");
    assert_eq!(put_back(&mut world, "scene").unwrap_err(), Refusal::NotHere);
    assert_eq!(world.answer("scene"), Some(text("quince")));
    remove(&mut world, "scene").unwrap();
    world.enter(Seat::A);
    assert!(world.state().removed.is_empty());
    assert_eq!(put_back(&mut world, "scene").unwrap_err(), Refusal::NotHere);
    assert_eq!(
        remove(&mut world, "scene").unwrap_err(),
        Refusal::NotHere,
        "nothing there"
    );
}

#[test]
fn a_sealed_answer_is_taken_back_before_it_goes_and_an_opened_one_stays() {
    let mut world = World::couple();
    world.turn(Seat::A).writes("hope", text("calm")).seals("halves");
    assert_eq!(remove(&mut world, "hope").unwrap_err(), Refusal::Sealed);
    let (token, run) = (world.token.clone(), world.run.clone());
    world.session.unseal(&token, &run, &id("halves")).unwrap();
    remove(&mut world, "hope").unwrap();
    put_back(&mut world, "hope").unwrap();
    world.open();
    world.seals("halves");
    world
        .pass_keyboard()
        .turn(Seat::B)
        .writes("loop", stages(&[("spark", "noise")]))
        .seals("halves");
    world.pass_keyboard();
    world.says_open(Seat::A, "halves", LayerName::Surface).unwrap();
    world.says_open(Seat::B, "halves", LayerName::Surface).unwrap();
    world.turn(Seat::A);
    assert_eq!(remove(&mut world, "hope").unwrap_err(), Refusal::Sealed);
    assert_eq!(world.answer("hope"), Some(text("calm")));
}

#[test]
fn what_is_ours_goes_only_when_each_has_said_so_and_comes_back_for_both() {
    let mut world = World::couple();
    world.writes("name", text("the dinner freeze"));
    let what = about_name(&world);
    assert_eq!(
        remove(&mut world, "name").unwrap_err(),
        Refusal::NotHere,
        "nobody has said so"
    );
    let token = world.token.clone();
    assert_eq!(
        world.session.say_yes(&token, what.clone(), None).unwrap_err(),
        Refusal::NotHere,
        "not for both"
    );
    world.turn(Seat::A);
    let token = world.token.clone();
    assert_eq!(world.session.say_yes(&token, what.clone(), None).unwrap(), [Seat::A]);
    assert_eq!(
        remove(&mut world, "name").unwrap_err(),
        Refusal::NotHere,
        "on one's own turn it is not mine"
    );
    world.pass_keyboard();
    assert_eq!(world.state().wanted[0].said, [Seat::A]);
    assert_eq!(
        remove(&mut world, "name").unwrap_err(),
        Refusal::NotHere,
        "one has said so"
    );
    world.turn(Seat::B);
    let token = world.token.clone();
    world.session.say_no(&token, &what).unwrap();
    world.session.say_yes(&token, what.clone(), None).unwrap();
    world.pass_keyboard();
    assert_eq!(
        remove(&mut world, "name").unwrap_err(),
        Refusal::NotHere,
        "one has thought again"
    );
    world.both_say(&what);
    let state = remove(&mut world, "name").unwrap();
    assert!(state.wanted.is_empty() && state.removed.len() == 1);
    assert!(!world.screen().contains("freeze"));
    let state = put_back(&mut world, "name").unwrap();
    assert!(
        state
            .answers
            .iter()
            .any(|answer| answer.value == text("the dinner freeze"))
    );
}

#[test]
fn nothing_tells_the_other_that_something_was_removed() {
    let walk = |removes: bool| {
        let mut world = World::couple();
        world
            .turn(Seat::A)
            .writes("scene", text("marmalade"))
            .writes("heat", Value::Mark { at: Some(3) });
        if removes {
            remove(&mut world, "scene").unwrap();
        }
        world.pass_keyboard();
        let mut seen = vec![world.screen()];
        seen.push(world.turn(Seat::B).screen());
        assert_eq!(
            put_back(&mut world, "scene").unwrap_err(),
            Refusal::NotHere,
            "it is not theirs"
        );
        world.pass_keyboard();
        world.enter(Seat::B);
        seen.push(world.screen());
        seen.push(world.session.export_words(&world.token.clone(), true).unwrap().json);
        // Ids are drawn at random.
        seen.into_iter()
            .map(|one| one.replace(&world.run, "RUN"))
            .collect::<Vec<_>>()
    };
    let plain = |seen: Vec<String>| {
        let strip = |one: String| {
            one.split("\"run\":\"")
                .map(|part| part.get(32..).unwrap_or(part).to_owned())
                .collect::<String>()
        };
        seen.into_iter().map(strip).collect::<Vec<_>>()
    };
    assert_eq!(plain(walk(true)), plain(walk(false)));
}

#[test]
fn forgetting_leaves_the_version_that_stands_and_needs_both_where_it_is_ours() {
    let mut world = World::alone();
    world.writes("scene", text("marmalade"));
    world.enter(Seat::A);
    world.writes("scene", text("quince"));
    let (token, run) = (world.token.clone(), world.run.clone());
    let left = world.session.forget_versions(&token, &run, &id("scene")).unwrap();
    assert!(!left.in_file);
    assert!(versions(&mut world, "scene").is_empty());
    assert_eq!(world.answer("scene"), Some(text("quince")));

    let mut world = World::couple();
    world.writes("name", text("first"));
    world.together();
    world.writes("name", text("second"));
    let (token, run) = (world.token.clone(), world.run.clone());
    let refused = world.session.forget_versions(&token, &run, &id("name"));
    assert_eq!(refused.unwrap_err(), Refusal::NotHere);
    assert_eq!(versions(&mut world, "name").len(), 1);
    world.both_say(&BothWant::ForgetVersions { run, field: id("name") });
    let (token, run) = (world.token.clone(), world.run.clone());
    world.session.forget_versions(&token, &run, &id("name")).unwrap();
    assert!(versions(&mut world, "name").is_empty());
}

#[test]
fn older_backups_are_said_to_hold_it_and_go_when_asked() {
    let mut world = World::alone();
    world.writes("scene", text("marmalade"));
    let state = remove(&mut world, "scene").unwrap();
    assert!(!state.removed[0].left.in_backups, "there was none before");
    assert_eq!(backups(&world, "mine"), 1, "a fresh one was made");
    put_back(&mut world, "scene").unwrap();
    crate::world::days_pass(1);
    let state = remove(&mut world, "scene").unwrap();
    assert!(state.removed[0].left.in_backups);
    assert_eq!(backups(&world, "mine"), 2);
    world.session.renew_backups(&world.token.clone()).unwrap();
    assert_eq!(backups(&world, "mine"), 1);
    let state = world.state();
    assert!(!state.removed[0].left.in_backups);
    put_back(&mut world, "scene").unwrap();
    assert_eq!(
        world.answer("scene"),
        Some(text("marmalade")),
        "and it can still be put back"
    );
}

#[test]
fn both_read_who_wrote_the_earlier_wordings_of_what_is_ours() {
    let mut world = crate::kinds::world().with_two();
    world.writes("signal", crate::every::wording("pears"));
    world.together();
    world.writes("signal", crate::every::wording("bananas"));
    world.turn(Seat::B);
    let (token, run, save) = (world.token.clone(), world.run.clone(), world.save_of("signal"));
    world
        .session
        .accept_agreement(&token, &run, &id("signal"), save)
        .unwrap();
    world.pass_keyboard().writes("signal", crate::every::wording("oranges"));
    let by: Vec<Option<Seat>> = versions(&mut world, "signal")
        .iter()
        .map(|version| version.by)
        .collect();
    assert_eq!(by, [Some(Seat::B), None], "accepted by one, worded by both");
    let read = |world: &mut World| serde_json::to_string(&versions(world, "signal")).unwrap();
    let both = read(&mut world);
    for seat in [Seat::A, Seat::B] {
        world.turn(seat);
        assert_eq!(read(&mut world), both, "each on their own turn too");
        world.pass_keyboard();
    }
}

#[test]
fn an_earlier_wording_comes_back_as_a_new_version_and_what_stood_there_stays_one() {
    let mut world = World::couple();
    world.writes("name", text("first"));
    world.together();
    world.writes("name", text("second"));
    let first = versions(&mut world, "name").remove(0);
    let (token, run) = (world.token.clone(), world.run.clone());
    world
        .session
        .use_version(&token, &run, &id("name"), first.save)
        .unwrap();
    let said: Vec<Value> = versions(&mut world, "name")
        .into_iter()
        .map(|version| version.value)
        .collect();
    assert_eq!(
        said,
        [text("second"), text("first")],
        "the one of this very sitting too"
    );
    assert_eq!(world.answer("name"), Some(text("first")));
    world.turn(Seat::A);
    let token = world.token.clone();
    let refused = world.session.use_version(&token, &run, &id("name"), first.save);
    assert_eq!(refused.unwrap_err(), Refusal::NotHere, "it is for both to change");
}

#[test]
fn nobody_begins_again_or_goes_on_for_both() {
    let mut world = World::couple();
    let (lesson, first) = (id("duet"), world.run.clone());
    let again = |world: &mut World| world.session.begin_again(&world.token.clone(), &lesson);
    assert_eq!(again(&mut world).unwrap_err(), Refusal::NotHere, "nobody has said so");
    world.turn(Seat::A);
    assert_eq!(
        again(&mut world).unwrap_err(),
        Refusal::NotHere,
        "not on one's own turn"
    );
    let (token, run) = (world.token.clone(), world.run.clone());
    let passed = world
        .session
        .pass_step(&token, &run, &id("first"), false, Some(&id("halves")));
    assert_eq!(passed.unwrap_err(), Refusal::NotHere);
    let what = BothWant::BeginAgain { lesson: id("duet") };
    world.session.say_yes(&token, what.clone(), None).unwrap();
    world.session.say_yes(&token, what, None).unwrap();
    world.pass_keyboard();
    assert_eq!(again(&mut world).unwrap_err(), Refusal::NotHere, "twice is once");
    assert_ne!(world.begins_again().run, first);
    assert_eq!(again(&mut world).unwrap_err(), Refusal::NotHere, "said for one time");
}

#[test]
fn an_agreement_is_accepted_as_it_was_read() {
    let mut world = crate::kinds::world().with_two();
    world.writes("signal", crate::every::wording("bananas"));
    let read = world.save_of("signal");
    world.writes("signal", crate::every::wording("oranges"));
    world.turn(Seat::A);
    let (token, run) = (world.token.clone(), world.run.clone());
    let accept = |world: &mut World, save| world.session.accept_agreement(&token, &run, &id("signal"), save);
    assert_eq!(accept(&mut world, read).unwrap_err(), Refusal::Unsaved);
    let read = world.save_of("signal");
    assert_eq!(accept(&mut world, read).unwrap().agreements[0].accepted, [Seat::A]);
}
