//! When the place where words are kept is not as it should be: say so, and touch nothing.

use std::{fs, path::PathBuf};

use pairwise::ipc::dto::{Missing, Refusal, Seat, Startup, TroubleKind};

use crate::world::{World, text};

fn what(startup: &Startup) -> TroubleKind {
    match startup {
        Startup::Trouble { trouble } => trouble.what,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_missing_profile_folder_is_said_and_not_made() {
    let mut world = World::new();
    fs::remove_dir(world.path("profile")).unwrap();
    assert_eq!(what(&world.session.startup()), TroubleKind::Missing);
    assert!(!world.path("profile").exists());
    assert!(
        matches!(world.session.make_profile(), Startup::Welcome),
        "unless one is asked for"
    );
}

#[test]
fn a_file_where_the_profile_should_be_is_said_and_left_alone() {
    let mut world = World::new();
    fs::remove_dir(world.path("profile")).unwrap();
    world.write("profile", "not a folder");
    assert!(matches!(world.session.startup(), Startup::Trouble { .. }));
    assert_eq!(fs::read(world.path("profile")).unwrap(), b"not a folder");
}

#[test]
fn a_second_window_says_so_and_the_first_goes_on() {
    let mut world = World::alone();
    let mut second = world.another_session();
    assert_eq!(what(&second.startup()), TroubleKind::InUse);
    world.writes("scene", text("still writing"));
}

#[test]
fn a_garbled_database_is_named_and_not_touched() {
    let mut world = World::alone();
    world.writes("scene", text("some words"));
    world.session = world.another_session();
    let database = fs::read_dir(world.path("profile"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|extension| extension == "db"))
        .unwrap();
    let mut bytes = fs::read(&database).unwrap();
    let middle = bytes.len() / 2;
    for byte in &mut bytes[middle..middle + 64] {
        *byte ^= 0x5a;
    }
    fs::write(&database, &bytes).unwrap();
    assert!(matches!(world.session.startup(), Startup::Door { .. }));
    match world.session.open_door(Seat::A).unwrap_err() {
        Refusal::Storage { trouble } => assert_eq!(trouble.what, TroubleKind::Damaged),
        other => panic!("{other:?}"),
    }
    assert_eq!(fs::read(&database).unwrap(), bytes);
}

#[test]
fn a_course_that_is_not_there_is_said() {
    let mut world = World::new();
    fs::remove_dir_all(world.path("lessons")).unwrap();
    assert_eq!(what(&world.session.startup()), TroubleKind::NoCourse);
}

#[test]
fn what_is_wrong_with_the_shared_file_keeps_nobody_from_their_own_words() {
    let mut world = World::couple();
    world.turn(Seat::A).writes("scene", text("mine")).pass_keyboard();
    world.session = world.another_session();
    fs::write(world.path("profile/shared.db"), b"garbled").unwrap();
    world.session.startup();
    let turn = world.session.open_door(Seat::A).unwrap();
    assert_eq!(turn.trouble.unwrap().what, TroubleKind::Damaged);
    assert!(matches!(world.session.open_together(), Err(Refusal::Storage { .. })));
    assert_eq!(fs::read(world.path("profile/shared.db")).unwrap(), b"garbled");
}

/// Ends the app; every database as it then is.
fn closed(world: &mut World) -> Vec<(PathBuf, Vec<u8>)> {
    world.session = world.another_session();
    let entries = fs::read_dir(world.path("profile")).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    let databases = paths.filter(|path| path.extension().is_some_and(|extension| extension == "db"));
    databases.map(|path| (path.clone(), fs::read(path).unwrap())).collect()
}

/// Older databases in the place of the newer ones, and the app started again.
fn put_back(world: &mut World, older: &[(PathBuf, Vec<u8>)]) {
    closed(world);
    for (path, bytes) in older {
        fs::write(path, bytes).unwrap();
    }
    world.session.startup();
}

fn whose(missing: &[Missing]) -> Vec<bool> {
    assert!(missing.iter().all(|missing| missing.whole_until.is_some()));
    missing.iter().map(|missing| missing.ours).collect()
}

#[test]
fn saved_words_that_are_not_in_the_file_any_more_are_said_until_their_owner_has_read_it() {
    let mut world = World::alone();
    world.writes("scene", text("early"));
    let older = closed(&mut world);
    world.session.startup();
    world.enter(Seat::A);
    world.writes("scene", text("late"));
    put_back(&mut world, &older);
    let turn = world.session.open_door(Seat::A).unwrap();
    assert_eq!(whose(&turn.missing), [false]);
    // The page went before they had read it.
    world.session.startup();
    let turn = world.session.open_door(Seat::A).unwrap();
    assert_eq!(whose(&turn.missing), [false]);
    assert_eq!(world.session.missing_is_said("another"), Err(Refusal::TurnOver));
    world.session.missing_is_said(&turn.token).unwrap();
    world.session.startup();
    assert_eq!(world.session.open_door(Seat::A).unwrap().missing, []);
}

#[test]
fn beside_the_other_only_what_both_share_is_said_to_be_missing() {
    let mut world = World::couple();
    let all_write = |world: &mut World, words: &str| {
        world.writes("name", text(words));
        world.turn(Seat::A).writes("scene", text(words)).pass_keyboard();
    };
    all_write(&mut world, "early");
    let older = closed(&mut world);
    world.session.startup();
    world.together();
    all_write(&mut world, "late");
    put_back(&mut world, &older);
    let turn = world.session.open_together().unwrap();
    assert_eq!(whose(&turn.missing), [true]);
    world.session.missing_is_said(&turn.token).unwrap();
    let turn = world.session.take_turn(&turn.token, Seat::A).unwrap();
    assert_eq!(turn.missing, [], "nor is it on one's own turn, with the other at hand");
    assert_eq!(whose(&world.session.open_door(Seat::A).unwrap().missing), [false]);
    assert_eq!(world.session.open_door(Seat::B).unwrap().missing, []);
}

#[test]
fn nothing_is_left_behind_when_the_window_closes() {
    let mut world = World::alone();
    world.writes("scene", text("some words"));
    assert_eq!(world.session.end_for_good(false), Ok(()), "nothing is held");
}
