//! What somebody chooses is theirs, and how the screen looks is the computer's.

use std::{collections::BTreeMap, fs};

use pairwise::{
    Idle,
    ipc::dto::{Look, Refusal, Seat, Startup, Theme},
};
use vault::SecretString;

use crate::world::{World, seconds_pass, text};

const PASS: &str = "copper lantern harbour twig";

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

fn dark() -> Look {
    Look {
        theme: Theme::Dark,
        text_size: 130,
    }
}

fn usual() -> Look {
    Look {
        theme: Theme::System,
        text_size: 100,
    }
}

/// Two people, whose spaces are both locked; Robin is at their own door.
fn two_locked() -> World {
    let mut world = World::couple();
    for seat in [Seat::B, Seat::A] {
        world.enter(seat);
        let token = world.token.clone();
        world.session.lock_space(&token, &secret(PASS)).unwrap();
    }
    world
}

fn unlock(world: &mut World, seat: Seat) {
    world.token = world.session.unlock(seat, &secret(PASS)).unwrap().token;
}

#[test]
fn how_the_screen_looks_is_kept_for_this_computer_and_tells_of_nobody() {
    let mut world = World::couple();
    assert_eq!(world.session.look(), usual());
    world.session.set_look(dark()).unwrap();
    assert_eq!(world.another_session().look(), dark());
    let text = fs::read_to_string(world.path("profile/screen.json")).unwrap();
    let kept: BTreeMap<String, serde_json::Value> = serde_json::from_str(&text).unwrap();
    let names: Vec<&str> = kept.keys().map(String::as_str).collect();
    assert_eq!(names, ["text_size", "theme"], "nothing else stands in it");
    assert_eq!(
        world.session.set_look(Look {
            text_size: 400,
            ..usual()
        }),
        Err(Refusal::Misfit)
    );
    assert_eq!(world.session.look(), dark());
}

#[test]
fn a_broken_screen_file_harms_nothing() {
    let long = format!(
        "{{\"theme\":\"dark\",\"text_size\":115,\"more\":\"{}\"}}",
        "x".repeat(100_000)
    );
    let broken = [
        "",
        "not json",
        "{\"theme\":\"purple\",\"text_size\":100}",
        "{\"theme\":\"dark\",\"text_size\":4000000}",
        "[1, 2, 3]",
        long.as_str(),
    ];
    for broken in broken {
        let mut world = World::alone();
        world.writes("scene", text("kept"));
        world.write("profile/screen.json", broken);
        assert!(matches!(world.restart(), Startup::Door { .. }), "{broken:.20}");
        assert_eq!(world.session.look(), usual(), "{broken:.20}");
        world.enter(Seat::A);
        assert_eq!(world.answer("scene"), Some(text("kept")));
        world.session.set_look(dark()).unwrap();
        assert_eq!(world.another_session().look(), dark());
    }
    // Nor does a folder of that name, or a file that is not there.
    let mut world = World::alone();
    fs::create_dir(world.path("profile/screen.json")).unwrap();
    assert!(matches!(world.restart(), Startup::Door { .. }));
    assert_eq!(world.session.look(), usual());
    world.enter(Seat::A);
    assert!(matches!(world.session.set_look(dark()), Err(Refusal::Storage { .. })));
    assert_eq!(world.session.look(), usual(), "nothing was changed");
}

#[test]
fn what_one_person_chose_does_not_reach_the_other() {
    let seen = |chooses: bool| {
        let mut world = World::couple();
        if chooses {
            world.enter(Seat::B);
            let token = world.token.clone();
            world.session.set_idle(&token, 2).unwrap();
            world.session.set_spelling(&token, true).unwrap();
        }
        world.together();
        let both = world.session.end_turn(&world.token.clone());
        let mut seen = vec![format!("{:?}", both.as_ref().map(|turn| turn.spelling))];
        world.token = both.unwrap().token;
        let turn = world.session.take_turn(&world.token.clone(), Seat::A).unwrap();
        seen.push(format!("{:?}", turn.spelling));
        world.enter(Seat::A);
        let settings = world.session.settings(&world.token.clone()).unwrap();
        seen.push(
            serde_json::to_string(&settings)
                .unwrap()
                .replace(&settings.folder, "FOLDER"),
        );
        seen
    };
    assert_eq!(seen(false), seen(true));
    assert!(seen(true).iter().all(|one| !one.contains("true")));
}

#[test]
fn spelling_is_not_checked_until_its_owner_turns_it_on_and_then_on_their_own_turn_alone() {
    let mut world = World::couple();
    let turn = world.session.open_door(Seat::A).unwrap();
    assert!(!turn.spelling);
    assert!(!world.session.settings(&turn.token).unwrap().spelling);
    assert!(world.session.set_spelling(&turn.token, true).unwrap().spelling);
    assert!(
        world.session.open_door(Seat::A).unwrap().spelling,
        "at the next visit too"
    );
    let both = world.session.open_together().unwrap();
    assert!(!both.spelling, "while both look");
    let own = world.session.take_turn(&both.token, Seat::A).unwrap();
    assert!(own.spelling);
    let other = world.session.take_turn(&own.token, Seat::B).unwrap();
    assert!(!other.spelling);
    let refused = world.session.set_spelling(&other.token, true);
    assert_eq!(refused.unwrap_err(), Refusal::NotHere, "from one's own door only");
}

#[test]
fn the_shell_closes_a_locked_space_after_the_minutes_its_owner_chose() {
    let mut world = two_locked();
    let token = world.token.clone();
    assert_eq!(world.session.set_idle(&token, 3).unwrap_err(), Refusal::Misfit);
    assert_eq!(world.session.settings(&token).unwrap().idle_minutes, 5);
    world.session.set_idle(&token, 10).unwrap();
    seconds_pass(599);
    assert_eq!(world.session.look_for_idle(), Idle::No);
    seconds_pass(1);
    assert_eq!(world.session.look_for_idle(), Idle::Ask);
    // At the next visit too.
    unlock(&mut world, Seat::A);
    seconds_pass(301);
    assert_eq!(world.session.look_for_idle(), Idle::No);
    seconds_pass(299);
    assert_eq!(world.session.look_for_idle(), Idle::Ask);
    // In a sitting of both the shorter time closes both: each keeps to what they chose.
    unlock(&mut world, Seat::B);
    let token = world.token.clone();
    world.session.set_idle(&token, 2).unwrap();
    for seat in [Seat::A, Seat::B] {
        world.session.unlock_beside(seat, &secret(PASS)).unwrap();
    }
    seconds_pass(119);
    assert_eq!(world.session.look_for_idle(), Idle::No);
    seconds_pass(1);
    assert_eq!(world.session.look_for_idle(), Idle::Ask, "before it begins");
    world.session.end();
    for seat in [Seat::A, Seat::B] {
        world.session.unlock_beside(seat, &secret(PASS)).unwrap();
    }
    world.together();
    seconds_pass(120);
    assert_eq!(world.session.look_for_idle(), Idle::Ask);
}

#[test]
fn the_question_about_the_lock_comes_back_once_in_ones_own_open_space() {
    let mut world = World::couple();
    let turn = world.session.open_door(Seat::A).unwrap();
    assert!(turn.ask_about_lock);
    world.session.asked_about_lock(&turn.token).unwrap();
    assert!(!world.session.open_door(Seat::A).unwrap().ask_about_lock, "once");
    let other = world.session.open_door(Seat::B).unwrap();
    assert!(other.ask_about_lock, "each is asked for themselves");
    world.session.lock_space(&other.token, &secret(PASS)).unwrap();
    unlock(&mut world, Seat::B);
    assert!(!world.session.unlock(Seat::B, &secret(PASS)).unwrap().ask_about_lock);
    world.session.unlock_beside(Seat::B, &secret(PASS)).unwrap();
    let both = world.session.open_together().unwrap();
    assert!(!both.ask_about_lock);
    let own = world.session.take_turn(&both.token, Seat::A).unwrap();
    assert!(!own.ask_about_lock);
}
