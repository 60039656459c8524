//! Bringing an earlier copy back: told first what it does, with what was there kept, by its owner or by both alone.

use std::fs;

use pairwise::{
    Task,
    ipc::dto::{BothWant, CopyDiffers, EarlierKind, Refusal, Seat, Turn},
};
use vault::SecretString;

use crate::world::{World, days_pass, text};

fn newest(world: &mut World) -> u32 {
    let token = world.token.clone();
    world.session.backups(&token).unwrap().copies[0].number
}

fn differs(world: &mut World, number: u32) -> CopyDiffers {
    let token = world.token.clone();
    world.session.look_into_copy(&token, number).unwrap()
}

fn bring_back(world: &mut World, number: u32, passphrase: Option<&SecretString>) -> Result<Turn, Refusal> {
    let token = world.token.clone();
    let turn = world.session.bring_back(&token, number, passphrase)?;
    world.token = turn.token.clone();
    world.open();
    Ok(turn)
}

fn backed_up(world: &mut World) -> u32 {
    days_pass(1);
    world.session.backups_due().into_iter().for_each(Task::make);
    newest(world)
}

#[test]
fn my_space_comes_back_as_it_was_after_it_was_said_what_that_does_and_what_was_there_is_kept() {
    let mut world = World::alone();
    world.writes("scene", text("then")).writes("ask", text("goes"));
    let copy = backed_up(&mut world);
    // On another day: the newest of each stays.
    days_pass(1);
    world.writes("scene", text("now")).writes("hope", text("since"));
    let token = world.token.clone();
    let run = world.run.clone();
    world
        .session
        .remove_answer(&token, &run, &crate::world::id("ask"))
        .unwrap();
    let said = CopyDiffers {
        gone: 1,
        changed: 1,
        back: 1,
    };
    assert_eq!(differs(&mut world, copy), said);
    bring_back(&mut world, copy, None).unwrap();
    assert_eq!(world.answer("scene"), Some(text("then")));
    assert_eq!((world.answer("ask"), world.answer("hope")), (Some(text("goes")), None));
    // The turn from before is void, and what stood there can be brought back in its turn.
    assert_eq!(world.session.backups(&token), Err(Refusal::TurnOver));
    let token = world.token.clone();
    let kept = world.session.backups(&token).unwrap().copies.remove(0);
    assert_eq!(kept.kind, EarlierKind::Aside);
    bring_back(&mut world, kept.number, None).unwrap();
    assert_eq!(world.answer("scene"), Some(text("now")));
    assert_eq!((world.answer("ask"), world.answer("hope")), (None, Some(text("since"))));
}

#[test]
fn a_locked_space_comes_back_with_its_passphrase_alone() {
    let mut world = World::alone();
    world.writes("scene", text("then"));
    let (right, wrong) = (SecretString::from("four plain words here"), SecretString::from("five"));
    let token = world.token.clone();
    world.session.lock_space(&token, &right).unwrap();
    let copy = newest(&mut world);
    world.writes("scene", text("now"));
    for offered in [None, Some(&wrong)] {
        let refused = bring_back(&mut world, copy, offered).unwrap_err();
        assert!(matches!(refused, Refusal::WrongKey { .. }), "{refused:?}");
        assert_eq!(world.answer("scene"), Some(text("now")), "the turn goes on");
    }
    crate::world::seconds_pass(60);
    bring_back(&mut world, copy, Some(&right)).unwrap();
    assert_eq!(world.answer("scene"), Some(text("then")));
    let people = world.session.leave(&world.token.clone()).unwrap();
    assert!(people[0].locked, "it is as locked as before");
}

#[test]
fn what_we_share_comes_back_when_each_has_said_so_on_their_own_turn_and_not_before() {
    let mut world = World::couple();
    world.writes("name", text("then"));
    let copy = backed_up(&mut world);
    world.writes("name", text("now"));
    assert_eq!(differs(&mut world, copy).changed, 1);
    let what = BothWant::BringBack { number: copy };
    assert_eq!(bring_back(&mut world, copy, None).unwrap_err(), Refusal::NotHere);
    world.turn(Seat::A);
    let token = world.token.clone();
    world.session.say_yes(&token, what.clone(), None).unwrap();
    assert_eq!(bring_back(&mut world, copy, None).unwrap_err(), Refusal::NotHere);
    world.pass_keyboard();
    assert_eq!(bring_back(&mut world, copy, None).unwrap_err(), Refusal::NotHere);
    world.both_say(&what);
    bring_back(&mut world, copy, None).unwrap();
    assert_eq!(world.answer("name"), Some(text("then")));
    let aside = newest(&mut world);
    world.both_say(&BothWant::BringBack { number: aside });
    bring_back(&mut world, aside, None).unwrap();
    assert_eq!(world.answer("name"), Some(text("now")));
}

#[test]
fn nobody_brings_back_the_others_space_and_what_is_shared_is_not_mine_to_bring_back() {
    let mut world = World::couple();
    backed_up(&mut world);
    let shared = newest(&mut world);
    world.enter(Seat::A);
    let token = world.token.clone();
    let mine: Vec<u32> = world
        .session
        .backups(&token)
        .unwrap()
        .copies
        .iter()
        .map(|copy| copy.number)
        .collect();
    assert!(
        mine.contains(&shared),
        "the numbers are alike, and mean my own copies here"
    );
    world.writes("scene", text("since"));
    bring_back(&mut world, shared, None).unwrap();
    assert_eq!(world.answer("scene"), None);
    assert_eq!(bring_back(&mut world, 4000, None).unwrap_err(), Refusal::NotHere);
}

#[test]
fn a_damaged_copy_is_said_to_be_one_and_changes_nothing() {
    let mut world = World::alone();
    world.writes("scene", text("then"));
    let copy = backed_up(&mut world);
    world.writes("scene", text("now"));
    for folder in fs::read_dir(world.path("profile/backups")).unwrap().flatten() {
        for file in fs::read_dir(folder.path()).unwrap().flatten() {
            if file.path().extension().is_some_and(|ending| ending == "db") {
                fs::write(file.path(), "not whole").unwrap();
            }
        }
    }
    let token = world.token.clone();
    let refused = world.session.look_into_copy(&token, copy).unwrap_err();
    assert!(matches!(refused, Refusal::Storage { .. }), "{refused:?}");
    assert_eq!(world.answer("scene"), Some(text("now")));
    // Whoever asks all the same loses the turn, and nothing else.
    assert!(bring_back(&mut world, copy, None).is_err());
    world.enter(Seat::A);
    assert_eq!(world.answer("scene"), Some(text("now")));
}
