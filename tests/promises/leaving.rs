//! Leaving: alone, together, and for good. What goes is gone, what stays is said, and nobody does it for the other.

use std::{fs, path::Path};

use pairwise::ipc::dto::{BothWant, LayerName, Refusal, Seat, Startup};
use vault::SecretString;

use crate::world::{World, text};

const ROBIN: &str = "a very private robin";
const SAM: &str = "a very private sam";
const OURS: &str = "the dinner freeze";

/// Two people with words of their own, each on their own and in the run they share.
fn two() -> World {
    let mut world = World::couple();
    world.writes("name", text(OURS));
    for (seat, words) in [(Seat::A, ROBIN), (Seat::B, SAM)] {
        world.turn(seat).writes("scene", text(words));
        world.pass_keyboard();
    }
    world
}

fn names(startup: Startup) -> Vec<String> {
    match startup {
        Startup::Door { people } => people.into_iter().map(|person| person.name).collect(),
        Startup::Welcome => Vec::new(),
        Startup::Trouble { trouble } => panic!("{trouble:?}"),
    }
}

/// The names of every file below a folder.
fn files(folder: &Path) -> Vec<String> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        match entry.path().is_dir() {
            true => all.extend(files(&entry.path())),
            false => all.push(entry.file_name().into_string().unwrap()),
        }
    }
    all
}

fn words(world: &mut World, seat: Seat) -> String {
    world.enter(seat);
    world.session.export_words(&world.token.clone(), true).unwrap().markdown
}

#[test]
fn removing_my_space_takes_mine_and_leaves_the_other_what_was_ours() {
    let mut world = two();
    world.enter(Seat::A);
    let token = world.token.clone();
    assert_eq!(
        world.session.remove_space(&token, "Sam", None).unwrap_err(),
        Refusal::Misfit
    );
    assert_eq!(
        world.session.remove_space(&token, "", None).unwrap_err(),
        Refusal::Misfit
    );
    assert_eq!(
        names(world.session.remove_space(&token, " Robin ", None).unwrap()),
        ["Sam"]
    );
    assert_eq!(world.session.home(&token).unwrap_err(), Refusal::TurnOver);
    let left = words(&mut world, Seat::A);
    assert!(left.contains(OURS) && left.contains(SAM), "{left}");
    assert!(!left.contains(ROBIN));
    assert_eq!(names(world.restart()), ["Sam"], "and so it stays");
}

#[test]
fn a_locked_space_asks_for_its_passphrase_again() {
    let mut world = two();
    world.enter(Seat::B);
    let token = world.token.clone();
    let key = SecretString::from("copper lantern".to_owned());
    world.session.lock_space(&token, &key).unwrap();
    let wrong = SecretString::from("copper".to_owned());
    for offered in [None, Some(&wrong)] {
        let refused = world.session.remove_space(&token, "Sam", offered).unwrap_err();
        assert!(matches!(refused, Refusal::WrongKey { .. }), "{refused:?}");
    }
    crate::world::seconds_pass(60);
    assert_eq!(
        names(world.session.remove_space(&token, "Sam", Some(&key)).unwrap()),
        ["Robin"]
    );
    let left = words(&mut world, Seat::A);
    assert!(left.contains(ROBIN) && left.contains(OURS) && !left.contains(SAM));
}

#[test]
fn the_last_one_to_go_leaves_a_folder_with_nobodys_words() {
    let mut world = World::alone();
    world.writes("scene", text(ROBIN));
    let token = world.token.clone();
    assert!(matches!(
        world.session.remove_space(&token, "Robin", None).unwrap(),
        Startup::Welcome
    ));
    assert_eq!(files(&world.path("profile")), ["lock"]);
    assert!(matches!(world.restart(), Startup::Welcome));
    world
        .session
        .add_person("Robin", pairwise::ipc::dto::Colour::Teal)
        .unwrap();
    assert!(words(&mut world, Seat::A).is_empty());
}

#[test]
fn sharing_ends_when_both_say_so_and_each_keeps_a_copy_to_read() {
    let mut world = two();
    for (seat, hope) in [(Seat::A, "calm for robin"), (Seat::B, "rest for sam")] {
        world.turn(seat).writes("hope", text(hope)).seals("halves");
        world.pass_keyboard();
    }
    for seat in [Seat::A, Seat::B] {
        world.says_open(seat, "halves", LayerName::Surface).unwrap();
    }
    let token = world.token.clone();
    let refused = world.session.stop_sharing(&token).unwrap_err();
    assert_eq!(refused, Refusal::NotHere, "nobody has said so");
    world.both_say(&BothWant::StopSharing);
    let token = world.token.clone();
    assert_eq!(names(world.session.stop_sharing(&token).unwrap()), ["Robin", "Sam"]);
    assert!(!world.path("profile/shared.db").exists());
    let ids: Vec<String> = files(&world.path("profile"))
        .into_iter()
        .filter_map(|name| name.strip_suffix(".db").map(str::to_owned))
        .filter(|id| id.len() == 32)
        .collect();
    assert_eq!(ids.len(), 2);
    for (seat, mine, theirs) in [(Seat::A, ROBIN, SAM), (Seat::B, SAM, ROBIN)] {
        let copy = words(&mut world, seat);
        assert!(copy.contains(OURS), "{copy}");
        assert!(
            copy.contains("calm for robin") && copy.contains("rest for sam"),
            "what was opened: {copy}"
        );
        assert!(copy.contains(mine), "what I wrote for myself beside it: {copy}");
        assert!(!copy.contains(theirs));
        let export = world.session.export_words(&world.token.clone(), false).unwrap();
        assert!(export.json.contains(OURS) && export.json.contains("calm for robin"));
        assert!(export.json.contains(mine) && !export.json.contains(theirs));
        for id in &ids {
            assert!(!export.json.contains(id), "no id of a person leaves the shell");
        }
    }
    assert_eq!(world.session.open_together().unwrap_err(), Refusal::NotSharing);
    let turn = world.session.share_again().unwrap();
    world.token = turn.token;
    let open = world.open();
    assert!(open.state.answers.is_empty(), "a new place, with nothing in it");
    assert!(!world.screen().contains(OURS));
    assert!(words(&mut world, Seat::A).contains(OURS), "the copy stays");
    assert_eq!(
        world.session.share_again().unwrap_err(),
        Refusal::NotHere,
        "they share already"
    );
}

#[test]
fn everything_goes_when_both_say_so_and_not_before() {
    let mut world = two();
    world.turn(Seat::A);
    let what = BothWant::RemoveEverything;
    let token = world.token.clone();
    for name in [None, Some("Sam"), Some("")] {
        let refused = world.session.say_yes(&token, what.clone(), name).unwrap_err();
        assert_eq!(refused, Refusal::Misfit, "only one's own name, typed");
    }
    assert_eq!(
        world.session.say_yes(&token, what.clone(), Some(" Robin ")).unwrap(),
        [Seat::A]
    );
    assert_eq!(world.session.remove_everything(&token).unwrap_err(), Refusal::NotHere);
    world.pass_keyboard();
    let token = world.token.clone();
    assert_eq!(world.session.remove_everything(&token).unwrap_err(), Refusal::NotHere);
    assert!(world.screen().contains(OURS), "nothing went");
    world.both_say(&what);
    let token = world.token.clone();
    assert!(matches!(
        world.session.remove_everything(&token).unwrap(),
        Startup::Welcome
    ));
    assert_eq!(files(&world.path("profile")), ["lock"]);
}

#[test]
fn nobody_is_told_more_before_they_leave_than_where_things_are() {
    let mut world = two();
    world.enter(Seat::A);
    let about = world.session.about_leaving(&world.token).unwrap();
    assert_eq!(about.other.as_deref(), Some("Sam"));
    assert!(about.shares);
    assert_eq!(about.folder, world.path("profile").display().to_string());
    let token = world.token.clone();
    let refused = world.session.stop_sharing(&token).unwrap_err();
    assert_eq!(refused, Refusal::NotHere, "that takes both");
    let refused = world.session.remove_everything(&token).unwrap_err();
    assert_eq!(refused, Refusal::NotHere);
}
