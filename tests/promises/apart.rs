//! What one person is answered is the same, byte for byte, whatever the other wrote for themselves, how much, in which
//! order, and whatever they answered to a gate.

use lesson::Value;
use pairwise::ipc::dto::{Pace, PlanMove, Refusal, Seat};
use serde::Serialize;

use crate::{
    every::{JOINT, answers, blank, lines, takes},
    kinds::world,
    world::{World, days_pass, id, text},
};

/// What the other did, for themselves alone.
type Doing = fn(&mut World);

fn nothing(_: &mut World) {}

fn a_word(world: &mut World) {
    world.writes("word", text("no"));
}

fn everything(world: &mut World) {
    for (field, value) in answers().into_iter().filter(|(field, _)| !JOINT.contains(field)) {
        world.writes(field, value);
    }
}

fn everything_backwards_twice_and_some_of_it_taken_back(world: &mut World) {
    for (field, value) in answers().into_iter().rev().filter(|(field, _)| !JOINT.contains(field)) {
        world.writes(field, value.clone()).writes(field, blank(&value));
        if field.len() > 4 {
            world.writes(field, value);
        }
    }
    let long = "a long and bitter secret ".repeat(500);
    world
        .writes("happened", text(&long))
        .writes("gifts", lines(&[&long, &long], &[]));
    world.writes(
        "pulse",
        takes(&[("2026-11-01", &[("close", 0)]), ("2026-11-08", &[("close", 1)])]),
    );
    let (token, run) = (world.token.clone(), world.run.clone());
    let shown = world.session.set_bookmark(&token, &run, &id("reading"), Some(2), false);
    shown.unwrap();
}

/// What the other did behind their own door.
type Home = fn(&mut World);

fn stays_at_the_gate(world: &mut World) {
    let (token, run) = (world.token.clone(), world.run.clone());
    world
        .session
        .pass_step(&token, &run, &id("ways"), false, Some(&id("rest-step")))
        .unwrap();
}

fn leaves_by_the_gate(world: &mut World) {
    let (token, run) = (world.token.clone(), world.run.clone());
    world
        .session
        .pass_step(&token, &run, &id("ways"), false, Some(&id("support")))
        .unwrap();
    everything(world);
    world.writes("before", crate::every::picks(&["phones"], None));
    world.session.begin_again(&token, &id("every")).unwrap();
}

struct Replies {
    all: Vec<String>,
    runs: Vec<String>,
}

impl Replies {
    fn hear<T: Serialize>(&mut self, reply: Result<T, Refusal>) {
        let mut reply = match reply {
            Ok(reply) => serde_json::to_string(&reply).unwrap(),
            Err(refusal) => serde_json::to_string(&refusal).unwrap(),
        };
        for (at, run) in self.runs.iter().enumerate() {
            reply = reply.replace(run, &format!("RUN-{at}"));
        }
        self.all.push(reply);
    }

    /// Everything a turn can ask of a run without writing.
    fn look(&mut self, world: &mut World) {
        let (token, run) = (world.token.clone(), world.run.clone());
        self.hear(world.session.open_run(&token, &id("every")));
        self.hear(world.session.run_state(&token, &run));
        for (field, _) in answers() {
            self.hear(world.session.history(&token, &run, &id(field)));
        }
        self.hear(world.session.course_page(&token));
        self.hear(world.session.home(&token));
        for sensitive in [false, true] {
            self.hear(world.session.export_words(&token, sensitive));
        }
        self.hear(world.session.run_state("elsewhere", &run));
    }
}

/// One sitting of Robin's, alone and with Sam, after Sam did this for themselves.
fn robins_replies(together: Doing, home: Home) -> Vec<String> {
    let mut world = world().with_two();
    let shared = world.run.clone();
    world.writes("reading", crate::every::plan("A slow book", Some("2026-11-16")));
    world.turn(Seat::B);
    together(&mut world);
    world.pass_keyboard();
    world.enter(Seat::B);
    home(&mut world);
    world.restart();

    let mut replies = Replies {
        all: Vec::new(),
        runs: vec![shared],
    };
    world.enter(Seat::A);
    replies.runs.push(world.run.clone());
    replies.look(&mut world);
    for (field, value) in answers() {
        let (token, run) = (world.token.clone(), world.run.clone());
        replies.hear(world.session.save_answer(&token, &run, &id(field), &value));
    }
    replies.look(&mut world);
    days_pass(20);

    world.together();
    replies.look(&mut world);
    for (field, value) in answers() {
        let (token, run) = (world.token.clone(), world.run.clone());
        replies.hear(world.session.save_answer(&token, &run, &id(field), &value));
    }
    let (token, run) = (world.token.clone(), world.run.clone());
    replies.hear(world.session.move_plan(&token, &run, &id("reading"), PlanMove::Resume));
    replies.hear(world.session.choose_pace(&token, &run, true));
    replies.hear(world.session.choose_pace(&token, &run, false));
    world.turn(Seat::A);
    replies.look(&mut world);
    let token = world.token.clone();
    for (field, value) in answers() {
        replies.hear(world.session.save_answer(&token, &run, &id(field), &value));
    }
    let save = world.save_of("signal");
    replies.hear(world.session.accept_agreement(&token, &run, &id("signal"), save));
    replies.hear(world.session.send_line(&token, &run, &id("gifts"), "an hour off"));
    replies.hear(world.session.send_line(&token, &run, &id("happened"), "no such line"));
    replies.hear(world.session.pick_ready(&token, &run, &id("ready"), Pace::Whole));
    for step in ["writing", "choosing", "both-step"] {
        replies.hear(world.session.seal(&token, &run, &id(step), u32::MAX, false));
    }
    replies.hear(world.session.end_agreement(&token, &run, &id("signal")));
    replies.look(&mut world);
    world.pass_keyboard();
    replies.look(&mut world);
    world.enter(Seat::A);
    replies.look(&mut world);
    replies.all
}

#[test]
fn what_one_person_is_answered_is_the_same_whatever_the_other_did_for_themselves() {
    let first = robins_replies(nothing, |_| {});
    assert!(first.len() > 200, "{} replies", first.len());
    let others: [(Doing, Home); 5] = [
        (a_word, |_| {}),
        (everything, |_| {}),
        (everything_backwards_twice_and_some_of_it_taken_back, stays_at_the_gate),
        (nothing, stays_at_the_gate),
        (everything, leaves_by_the_gate),
    ];
    for (at, (together, home)) in others.into_iter().enumerate() {
        let other = robins_replies(together, home);
        assert_eq!(first.len(), other.len());
        for (number, (one, other)) in first.iter().zip(&other).enumerate() {
            assert!(one == other, "world {at}, reply {number}:\n{one}\n{other}");
        }
    }
}

#[test]
fn the_comparison_can_see_what_both_may_read() {
    let open = |world: &mut World| {
        world.pass_keyboard().writes(
            "turns",
            Value::Talk {
                rounds: 2,
                next: "a sign".into(),
            },
        );
        world.turn(Seat::B);
    };
    assert_ne!(robins_replies(nothing, |_| {}), robins_replies(open, |_| {}));
}
