//! A lock keeps out whoever does not have its passphrase or its words, and keeps no one's words from them.

use std::{fs, path::Path};

use pairwise::{
    Idle,
    ipc::dto::{Colour, Refusal, Seat, Startup, Who},
};
use vault::SecretString;

use crate::world::{World, seconds_pass, text};

const PASS: &str = "copper lantern harbour twig";
const OTHER: &str = "meadow violin orange stone";
const PLANTED: &str = "xylophone-marmalade";

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

/// Robin, alone, with a word written and a lock put on in the same sitting.
fn locked() -> World {
    let mut world = World::alone();
    world.writes("scene", text(PLANTED));
    lock(&mut world, PASS);
    world
}

fn lock(world: &mut World, passphrase: &str) {
    let people = world.session.lock_space(&world.token, &secret(passphrase)).unwrap();
    assert!(people.iter().any(|person| person.locked));
}

fn unlock(world: &mut World, seat: Seat, passphrase: &str) -> Result<(), Refusal> {
    world.token = world.session.unlock(seat, &secret(passphrase))?.token;
    Ok(())
}

fn refused(world: &mut World, passphrase: &str) -> u32 {
    match world.session.unlock(Seat::A, &secret(passphrase)) {
        Err(Refusal::WrongKey { wait }) => wait,
        other => panic!("{other:?}"),
    }
}

/// Every file below a folder with its bytes, by name.
fn bytes(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(bytes(&path)),
            false => found.push((path.display().to_string(), fs::read(&path).unwrap())),
        }
    }
    found.sort();
    found
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        match path.is_dir() {
            true => copy(&path, &to),
            false => drop(fs::copy(&path, &to).unwrap()),
        }
    }
}

#[test]
fn writing_goes_on_in_the_same_sitting_after_the_first_lock() {
    let mut world = locked();
    assert_eq!(world.answer("scene"), Some(text(PLANTED)));
    world.writes("ask", text("more"));
    world.session.leave(&world.token.clone()).unwrap();
    unlock(&mut world, Seat::A, PASS).unwrap();
    assert_eq!(world.answer("ask"), Some(text("more")));
}

#[test]
fn a_locked_space_opens_after_a_restart_with_its_passphrase_and_with_nothing_else() {
    let mut world = locked();
    let Startup::Door { people } = world.restart() else {
        panic!("the front door");
    };
    assert!(people[0].locked);
    assert_eq!(world.session.open_door(Seat::A).unwrap_err(), Refusal::Locked);
    refused(&mut world, OTHER);
    seconds_pass(30);
    unlock(&mut world, Seat::A, PASS).unwrap();
    assert_eq!(world.answer("scene"), Some(text(PLANTED)));
}

#[test]
fn whatever_is_wrong_is_answered_alike_and_changes_no_byte() {
    let answers = |offer: &dyn Fn(&mut World) -> Refusal| {
        let mut world = locked();
        world.session.leave(&world.token.clone()).unwrap();
        let before = bytes(&world.path("profile"));
        let answer = offer(&mut world);
        assert!(bytes(&world.path("profile")) == before, "a try changed a file");
        answer
    };
    let alike = Refusal::WrongKey { wait: 1 };
    for wrong in [OTHER, "", "Copper lantern harbour twig", "copper"] {
        assert_eq!(answers(&|world| unlock(world, Seat::A, wrong).unwrap_err()), alike);
        let words = |world: &mut World| world.session.unlock_with_words(Seat::A, &secret(wrong)).unwrap_err();
        assert_eq!(answers(&words), alike);
    }
}

#[test]
fn tries_come_slower_and_slower_up_to_half_a_minute_and_the_right_one_ends_it() {
    let mut world = locked();
    world.session.leave(&world.token.clone()).unwrap();
    let mut waits = Vec::new();
    for _ in 0..7 {
        let wait = refused(&mut world, OTHER);
        waits.push(wait);
        // Even the right one, meanwhile: and it is not looked at.
        assert_eq!(refused(&mut world, PASS), wait);
        seconds_pass(i64::from(wait));
    }
    assert_eq!(waits, [1, 2, 4, 8, 16, 30, 30]);
    unlock(&mut world, Seat::A, PASS).unwrap();
    world.session.leave(&world.token.clone()).unwrap();
    assert_eq!(refused(&mut world, OTHER), 1);
}

#[test]
fn a_clock_that_is_set_back_makes_no_wait_longer_than_the_longest() {
    let mut world = locked();
    world.session.leave(&world.token.clone()).unwrap();
    refused(&mut world, OTHER);
    seconds_pass(-86_400);
    assert_eq!(refused(&mut world, PASS), 1);
    seconds_pass(86_401);
    unlock(&mut world, Seat::A, PASS).unwrap();
}

#[test]
fn after_the_first_lock_the_profile_holds_no_written_word_no_passphrase_and_no_open_key() {
    let mut world = locked();
    world.session.leave(&world.token.clone()).unwrap();
    let files = bytes(&world.path("profile"));
    assert!(files.len() >= 3, "there is something to look through");
    for (name, held) in files {
        assert!(!(name.contains("device/") || name.ends_with("device.key")), "{name}");
        for word in [PLANTED, PASS, "lantern"] {
            let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
            for needle in [word.as_bytes(), &wide] {
                assert!(!held.windows(needle.len()).any(|part| part == needle), "{name}");
            }
        }
    }
}

#[test]
fn the_whole_folder_as_it_was_before_the_lock_opens_nothing_written_after() {
    let mut world = World::alone();
    world.writes("scene", text("before"));
    let before = world.path("copy");
    copy(&world.path("profile"), &before);
    lock(&mut world, PASS);
    world.writes("ask", text("after"));
    world.session.leave(&world.token.clone()).unwrap();
    // Everything old, save the file with the new words in it.
    let closed = world.another_session();
    world.session = closed;
    for (name, held) in bytes(&world.path("profile")) {
        let file = Path::new(&name).file_name().unwrap().to_owned();
        if name.contains("backups") || !name.ends_with(".db") {
            continue;
        }
        fs::write(before.join(file), held).unwrap();
        for log in ["-wal", "-shm"] {
            let _ = fs::remove_file(before.join(format!("{}{log}", Path::new(&name).file_name().unwrap().display())));
        }
    }
    fs::remove_dir_all(world.path("profile")).unwrap();
    fs::rename(&before, world.path("profile")).unwrap();
    let Startup::Door { people } = world.restart() else {
        panic!("the front door");
    };
    assert!(!people[0].locked, "the old list of keys");
    let opened = world.session.open_door(Seat::A);
    assert!(matches!(opened, Err(Refusal::Storage { .. })), "{opened:?}");
}

#[test]
fn twelve_words_open_a_forgotten_lock_and_new_ones_end_the_old() {
    let mut world = locked();
    let token = world.token.clone();
    let first = world.session.recovery_words(&token, &secret(PASS)).unwrap();
    assert_eq!(first.split(' ').count(), 12);
    let second = world.session.recovery_words(&token, &secret(PASS)).unwrap();
    world.session.leave(&token).unwrap();
    let tried = world.session.unlock_with_words(Seat::A, &secret(&first));
    assert_eq!(tried.unwrap_err(), Refusal::WrongKey { wait: 1 });
    seconds_pass(1);
    world.token = world
        .session
        .unlock_with_words(Seat::A, &secret(&second))
        .unwrap()
        .token;
    assert_eq!(world.answer("scene"), Some(text(PLANTED)));
}

#[test]
fn another_passphrase_opens_from_now_on_and_the_old_one_does_not() {
    for known in [false, true] {
        let mut world = locked();
        let token = world.token.clone();
        let words = world.session.recovery_words(&token, &secret(PASS)).unwrap();
        let session = &mut world.session;
        let wrong = session.change_passphrase(&token, &secret("not it"), &secret(OTHER), known);
        assert_eq!(wrong.unwrap_err(), Refusal::WrongKey { wait: 1 });
        seconds_pass(1);
        let blank = session.change_passphrase(&token, &secret(PASS), &secret("  "), known);
        assert_eq!(blank.unwrap_err(), Refusal::Misfit);
        session
            .change_passphrase(&token, &secret(PASS), &secret(OTHER), known)
            .unwrap();
        assert_eq!(world.answer("scene"), Some(text(PLANTED)), "the sitting goes on");
        world.session.leave(&token).unwrap();
        refused(&mut world, PASS);
        seconds_pass(1);
        let by_words = world.session.unlock_with_words(Seat::A, &secret(&words));
        assert_eq!(
            by_words.is_ok(),
            !known,
            "words from before end with everything else that may be known"
        );
        seconds_pass(30);
        unlock(&mut world, Seat::A, OTHER).unwrap();
        assert_eq!(world.answer("scene"), Some(text(PLANTED)));
    }
}

#[test]
fn a_lock_comes_off_with_its_passphrase_and_from_ones_own_door_only() {
    let mut world = locked();
    let token = world.token.clone();
    let wrong = world.session.take_lock_off(&token, &secret(OTHER));
    assert_eq!(wrong.unwrap_err(), Refusal::WrongKey { wait: 1 });
    seconds_pass(1);
    let people = world.session.take_lock_off(&token, &secret(PASS)).unwrap();
    assert!(!people[0].locked);
    world.session.leave(&token).unwrap();
    world.enter(Seat::A);
    assert_eq!(world.answer("scene"), Some(text(PLANTED)));
    let mut two = World::couple();
    let token = two.token.clone();
    assert_eq!(
        two.session.lock_space(&token, &secret(PASS)).unwrap_err(),
        Refusal::NotHere
    );
    two.turn(Seat::A);
    let token = two.token.clone();
    assert_eq!(
        two.session.lock_space(&token, &secret(PASS)).unwrap_err(),
        Refusal::NotHere
    );
    assert_eq!(
        two.session.lock_space("", &secret(PASS)).unwrap_err(),
        Refusal::TurnOver
    );
}

#[test]
fn five_minutes_with_nobody_there_ask_the_page_to_close_and_another_one_does_not_wait_for_it() {
    let mut world = locked();
    seconds_pass(299);
    assert_eq!(world.session.look_for_idle(), Idle::No);
    world.session.still_here(&world.token.clone()).unwrap();
    seconds_pass(299);
    assert_eq!(world.session.look_for_idle(), Idle::No, "someone was there");
    seconds_pass(1);
    assert_eq!(world.session.look_for_idle(), Idle::Ask);
    world.writes("ask", text("last words"));
    seconds_pass(59);
    assert_eq!(world.session.look_for_idle(), Idle::No, "it has time to save");
    seconds_pass(1);
    assert_eq!(world.session.look_for_idle(), Idle::Ended);
    let run = world.run.clone();
    assert_eq!(
        world.session.run_state(&world.token, &run).unwrap_err(),
        Refusal::TurnOver
    );
    assert_eq!(world.session.open_door(Seat::A).unwrap_err(), Refusal::Locked);
    unlock(&mut world, Seat::A, PASS).unwrap();
    assert_eq!(world.answer("ask"), Some(text("last words")));
    // An open space stays as it was.
    let mut open = World::alone();
    seconds_pass(3600);
    assert_eq!(open.session.look_for_idle(), Idle::No);
    assert!(open.answer("scene").is_none());
}

#[test]
fn hiding_everything_shuts_every_lock() {
    let mut world = locked();
    world.session.end();
    assert_eq!(world.session.open_door(Seat::A).unwrap_err(), Refusal::Locked);
    world.session.unlock_beside(Seat::A, &secret(PASS)).unwrap();
    world.session.end();
    assert_eq!(world.session.open_together().unwrap_err(), Refusal::Locked);
}

#[test]
fn together_begins_when_each_has_opened_their_own_lock_and_shows_nothing_before() {
    let mut world = World::couple();
    world.turn(Seat::A).writes("hope", text("a walk")).pass_keyboard();
    for (seat, passphrase) in [(Seat::A, PASS), (Seat::B, OTHER)] {
        world.session.leave(&world.token.clone()).unwrap();
        world.token = world.session.open_door(seat).unwrap().token;
        lock(&mut world, passphrase);
    }
    world.restart();
    let session = &mut world.session;
    assert_eq!(session.open_together().unwrap_err(), Refusal::Locked);
    assert_eq!(session.unlock_beside(Seat::A, &secret(PASS)).unwrap(), [Seat::B]);
    assert_eq!(session.open_together().unwrap_err(), Refusal::Locked);
    // The one does not open the other's, and what was opened stays so.
    let wrong = session.unlock_beside(Seat::B, &secret(PASS));
    assert_eq!(wrong.unwrap_err(), Refusal::WrongKey { wait: 1 });
    seconds_pass(1);
    assert_eq!(session.unlock_beside(Seat::B, &secret(OTHER)).unwrap(), []);
    world.together();
    world.turn(Seat::A);
    assert_eq!(world.answer("hope"), Some(text("a walk")));
    world.pass_keyboard();
    world.session.leave(&world.token.clone()).unwrap();
    assert_eq!(world.session.open_together().unwrap_err(), Refusal::Locked);
}

#[test]
fn together_with_one_locked_asks_that_one_alone() {
    let mut world = World::couple();
    world.session.leave(&world.token.clone()).unwrap();
    world.token = world.session.open_door(Seat::B).unwrap().token;
    lock(&mut world, PASS);
    world.restart();
    assert_eq!(world.session.open_together().unwrap_err(), Refusal::Locked);
    assert_eq!(world.session.unlock_beside(Seat::B, &secret(PASS)).unwrap(), []);
    world.together();
}

#[test]
fn somebody_joins_beside_a_locked_space_once_its_owner_has_opened_it() {
    let mut world = locked();
    world.session.leave(&world.token.clone()).unwrap();
    let alone = world.session.add_person("Sam", Colour::Clay);
    assert_eq!(alone.unwrap_err(), Refusal::Locked);
    world.session.unlock_beside(Seat::A, &secret(PASS)).unwrap();
    assert_eq!(world.session.add_person("Sam", Colour::Clay).unwrap().len(), 2);
    assert_eq!(world.session.open_door(Seat::A).unwrap_err(), Refusal::Locked);
    let turn = world.session.open_door(Seat::B).unwrap();
    assert_eq!(turn.who, Who::Alone { seat: Seat::B });
}
