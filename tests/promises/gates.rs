//! Gates leave nothing, nor does anything that follows from one.

use pairwise::ipc::dto::{RunState, Seat};
use vault::{Ledger, Profile, SystemEntropy};

use crate::{
    kinds::world,
    world::{World, id, text},
};

fn go(world: &mut World, step: &str, to: Option<&str>) -> RunState {
    let (token, run) = (world.token.clone(), world.run.clone());
    let to = to.map(id);
    world
        .session
        .pass_step(&token, &run, &id(step), false, to.as_ref())
        .unwrap()
}

/// Someone at the gate.
fn at_the_gate() -> World {
    let mut world = world().with_one();
    world.writes("word", text("lantern"));
    go(&mut world, "week", Some("ways"));
    world
}

/// Everything the vault holds of this person's, but for what is random in every file.
fn rows(mut world: World) -> Vec<String> {
    let folder = world.path("profile");
    world.restart();
    world.session = world.another_session();
    let profile = Profile::open(&folder, false, Box::new(SystemEntropy)).unwrap();
    let space = profile.open_space(&profile.people()[0].id).unwrap();
    let mut rows = Vec::new();
    for run in space.runs().unwrap() {
        let passed = space.passed(&run.id).unwrap();
        rows.push(format!("{} {:?} {:?} {passed:?}", run.lesson, run.place, run.finished));
        for kept in space.answers(&run.id).unwrap() {
            rows.push(format!("{} {} {}", kept.answer.field, kept.answer.value, kept.save));
            rows.push(space.history(&run.id, &kept.answer.field).unwrap().len().to_string());
        }
    }
    let mut files: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            let kind = entry.path().extension().map(|end| end.to_string_lossy().into_owned());
            format!("{kind:?} {}", entry.metadata().unwrap().len())
        })
        .collect();
    files.sort();
    rows.extend(files);
    rows
}

#[test]
fn a_gate_answered_one_way_leaves_what_it_leaves_answered_the_other() {
    let mut stays = at_the_gate();
    let state = go(&mut stays, "ways", Some("rest-step"));
    assert_eq!(state.place, id("rest-step"));
    let mut leaves = at_the_gate();
    let state = go(&mut leaves, "ways", Some("support"));
    assert_eq!(state.place, id("support"));
    let home = |world: &World| serde_json::to_string(&world.session.home(&world.token).unwrap()).unwrap();
    assert_eq!(home(&stays), home(&leaves));
    let never = rows(at_the_gate());
    let (stays, leaves) = (rows(stays), rows(leaves));
    assert_eq!(stays, leaves);
    assert_eq!(stays, never, "and so does one that is not answered");
    assert!(
        stays.iter().any(|row| row.contains("lantern")),
        "the rows were read: {stays:?}"
    );
}

#[test]
fn nothing_that_follows_from_a_jump_is_recorded() {
    let mut world = at_the_gate();
    let before = world.state().steps.len();
    go(&mut world, "ways", Some("support"));
    let state = go(&mut world, "support", None);
    assert!(state.finished, "for now, they came to the end");
    assert_eq!(state.steps.len(), before);
    assert_eq!(rows(world), rows(at_the_gate()));
}

#[test]
fn a_lesson_is_taken_up_again_at_its_last_gate() {
    let mut world = at_the_gate();
    go(&mut world, "ways", Some("rest-step"));
    go(&mut world, "rest-step", Some("support"));
    assert_eq!(world.state().place, id("support"));
    world.restart();
    assert_eq!(world.enter(Seat::A).state.place, id("ways"), "asked anew");
    let state = go(&mut world, "ways", Some("rest-step"));
    assert_eq!(state.place, id("rest-step"));
    let done = |step: &str| state.steps.iter().any(|mark| mark.id == id(step) && mark.done);
    assert!(
        done("rest-step") && done("ways"),
        "what was done on the path stays done"
    );
}

#[test]
fn whoever_goes_back_to_the_gate_is_on_the_path_again() {
    let mut world = at_the_gate();
    go(&mut world, "ways", Some("support"));
    let (token, run) = (world.token.clone(), world.run.clone());
    world.session.go_to_step(&token, &run, &id("ways")).unwrap();
    go(&mut world, "ways", Some("rest-step"));
    let state = go(&mut world, "rest-step", Some("support"));
    assert!(state.steps.iter().any(|mark| mark.id == id("rest-step") && mark.done));
}

#[test]
fn a_lesson_that_ends_after_its_gate_can_be_finished() {
    let mut world = at_the_gate();
    go(&mut world, "ways", Some("rest-step"));
    go(&mut world, "rest-step", Some("support"));
    assert!(go(&mut world, "support", None).finished);
    world.restart();
    assert!(world.enter(Seat::A).state.finished);
}
