//! Backups of what is open: on their schedule, beside whoever writes, and telling nobody what the other did.

use std::fs;

use pairwise::{
    Task,
    ipc::dto::{Backups, EarlierKind, Refusal, Seat, TroubleKind},
};
use vault::SecretString;

use crate::world::{World, seconds_pass, text};

const HALF_AN_HOUR: i64 = 30 * 60;

fn backups(world: &mut World) -> Backups {
    let token = world.token.clone();
    world.session.backups(&token).unwrap()
}

fn how_many(world: &mut World) -> usize {
    backups(world).copies.len()
}

/// What the window's loop does every few seconds. Answers how many were due.
fn looks(world: &mut World) -> usize {
    let due = world.session.backups_due();
    let many = due.len();
    due.into_iter().for_each(Task::make);
    many
}

/// Whose file a backup in the profile is of: people by their id, and `shared`.
fn in_folder(world: &World, of: &str) -> usize {
    let folder = world.path("profile/backups").join(of);
    let files = fs::read_dir(folder).map_or(Vec::new(), |files| files.flatten().collect());
    let ends = |file: &&fs::DirEntry| file.path().extension().is_some_and(|ending| ending == "db");
    files.iter().filter(ends).count()
}

#[test]
fn an_open_space_is_backed_up_every_thirty_minutes_of_use_where_something_was_written() {
    let mut world = World::alone();
    world.writes("scene", text("marmalade"));
    assert_eq!(looks(&mut world), 1, "there is none yet");
    assert_eq!(how_many(&mut world), 1);
    world.writes("scene", text("quince"));
    seconds_pass(HALF_AN_HOUR - 1);
    assert_eq!((looks(&mut world), how_many(&mut world)), (0, 1));
    seconds_pass(1);
    // The newest of a day stays.
    assert_eq!((looks(&mut world), how_many(&mut world)), (1, 1));
    let newest = backups(&mut world).copies.remove(0);
    assert_eq!((newest.number, newest.kind), (2, EarlierKind::Usual));
    assert_eq!(newest.at.unwrap().to_rfc3339(), "2026-11-24T12:30:00+01:00");
    // Nothing was written since: it is looked at, and nothing is added.
    seconds_pass(HALF_AN_HOUR);
    assert_eq!(looks(&mut world), 1);
    assert_eq!(backups(&mut world).copies.remove(0).number, 2);
}

#[test]
fn what_was_written_is_in_a_backup_when_a_space_is_left_locked_or_open_and_when_the_window_closes() {
    let mut world = World::alone();
    world.writes("scene", text("one"));
    world.session.leave(&world.token.clone()).unwrap();
    world.enter(Seat::A);
    assert_eq!(backups(&mut world).copies[0].number, 1);
    world.writes("scene", text("two"));
    world.session.end_for_good(false).unwrap();
    world.restart();
    world.enter(Seat::A);
    assert_eq!(backups(&mut world).copies[0].number, 2);
    let passphrase = SecretString::from("four plain words here");
    let token = world.token.clone();
    world.session.lock_space(&token, &passphrase).unwrap();
    // The new lock made a new key and let go of every backup but its own.
    let before = backups(&mut world).copies[0].number;
    world.writes("scene", text("three"));
    world.session.end();
    world.token = world.session.unlock(Seat::A, &passphrase).unwrap().token;
    assert_eq!(backups(&mut world).copies[0].number, before + 1);
}

#[test]
fn who_writes_while_a_backup_is_made_does_not_wait_for_it_and_who_leaves_does() {
    let mut world = World::alone();
    world.writes("scene", text("one"));
    let due = world.session.backups_due();
    // Handed out and not made yet: writing goes on, and nothing more is handed out.
    world.writes("scene", text("two"));
    assert!(world.session.backups_due().is_empty());
    let other = std::thread::spawn(|| due.into_iter().for_each(Task::make));
    world.session.leave(&world.token.clone()).unwrap();
    assert!(other.is_finished() || other.join().is_ok());
    world.enter(Seat::A);
    assert_eq!(world.answer("scene"), Some(text("two")));
    assert!(how_many(&mut world) > 0);
}

#[test]
fn what_both_share_is_backed_up_with_whoever_is_open() {
    let mut world = World::couple();
    world.writes("name", text("the spiral"));
    assert_eq!(looks(&mut world), 3);
    assert_eq!(in_folder(&world, "shared"), 1);
    world.enter(Seat::B);
    seconds_pass(HALF_AN_HOUR);
    assert_eq!(looks(&mut world), 2, "one's own and the shared one, and nobody else's");
}

/// What A is told of A's backups, after a sitting in which B wrote so much.
fn told_to_a(b_writes: usize) -> String {
    let mut world = World::couple();
    world.session.leave(&world.token.clone()).unwrap();
    world.enter(Seat::B);
    for number in 0..b_writes {
        world.writes("scene", text(&format!("words {number}")));
        seconds_pass(HALF_AN_HOUR / 30);
    }
    seconds_pass(HALF_AN_HOUR * (30 - i64::try_from(b_writes).unwrap()) / 30);
    looks(&mut world);
    world.session.leave(&world.token.clone()).unwrap();
    world.enter(Seat::A);
    world.writes("scene", text("mine"));
    looks(&mut world);
    let copies = in_folder(&world, "shared");
    format!("{:?} {copies}", backups(&mut world))
}

#[test]
fn my_backups_and_those_of_what_we_share_are_the_same_whatever_the_other_wrote() {
    assert_eq!(told_to_a(0), told_to_a(5));
}

#[test]
fn a_backup_that_cannot_be_made_is_told_to_its_owner_alone_and_until_the_next_one_is_made() {
    let mut world = World::couple();
    world.session.leave(&world.token.clone()).unwrap();
    world.enter(Seat::A);
    // A file stands where the folder of one person's backups would be.
    let mine = fs::read_dir(world.path("profile/backups")).unwrap().flatten();
    let mine = mine
        .map(|folder| folder.path())
        .filter(|folder| !folder.ends_with("shared"));
    let (mine, away) = (mine.collect::<Vec<_>>(), world.path("away"));
    fs::create_dir(&away).unwrap();
    let folders: Vec<_> = mine
        .iter()
        .map(|folder| (folder, away.join(folder.file_name().unwrap())))
        .collect();
    for (folder, to) in &folders {
        fs::rename(folder, to).unwrap();
        fs::write(folder, "in the way").unwrap();
    }
    world.writes("scene", text("quince"));
    world.session.leave(&world.token.clone()).unwrap();
    for (folder, to) in &folders {
        fs::remove_file(folder).unwrap();
        fs::rename(to, folder).unwrap();
    }
    world.enter(Seat::B);
    assert_eq!(backups(&mut world).trouble, None, "it is not the other's to know");
    world.enter(Seat::A);
    let trouble = backups(&mut world).trouble.unwrap();
    assert_eq!(trouble.what, TroubleKind::Unreadable);
    assert_eq!(world.answer("scene"), Some(text("quince")), "the words are safe");
    seconds_pass(HALF_AN_HOUR);
    looks(&mut world);
    assert_eq!(backups(&mut world).trouble, None);
}

#[test]
fn my_backups_are_listed_at_my_own_door_and_ours_while_both_look_and_neither_on_a_turn_between() {
    let mut world = World::couple();
    assert_eq!(
        (looks(&mut world), how_many(&mut world)),
        (3, 1),
        "ours, and nobody else's"
    );
    world.turn(Seat::A);
    let token = world.token.clone();
    assert_eq!(world.session.backups(&token), Err(Refusal::NotHere));
}
