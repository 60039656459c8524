//! Reading a book to a pace.

use lesson::{PlanPart, Value};
use pairwise::ipc::dto::{Refusal, Seat};

use crate::world::{World, id};

fn plan(start: Option<&str>) -> Value {
    let part = |title: &str| PlanPart {
        title: title.into(),
        from: None,
        to: None,
    };
    Value::Plan {
        title: "A book".into(),
        author: String::new(),
        parts: vec![part("One"), part("Two"), part("Three")],
        start: start.map(|day| day.parse().unwrap()),
        every: 7,
    }
}

#[test]
fn a_plan_gives_a_date_for_every_part_and_knows_this_week() {
    let mut world = World::alone();
    world.writes("weeks", plan(None));
    assert_eq!(world.state().plans[0].parts[0].by, None, "no start, no dates");
    world.writes("weeks", plan(Some("2026-11-16")));
    let plans = world.state().plans;
    let days: Vec<String> = plans[0].parts.iter().map(|part| part.by.unwrap().to_string()).collect();
    assert_eq!(days, ["2026-11-22", "2026-11-29", "2026-12-06"]);
    assert_eq!(plans[0].current, Some(1), "it is the 24th");
    let reading = world.session.home(&world.token).unwrap().reading.unwrap();
    assert_eq!(
        (reading.title.as_str(), reading.part.as_deref()),
        ("A book", Some("Two"))
    );
}

#[test]
fn a_bookmark_is_its_readers_own_until_they_show_it() {
    let mut world = World::couple();
    world.writes("weeks", plan(Some("2026-11-16")));
    let mark = |world: &mut World, part, shown| {
        let (token, run) = (world.token.clone(), world.run.clone());
        world
            .session
            .set_bookmark(&token, &run, &id("weeks"), Some(part), shown)
            .unwrap()
    };
    assert_eq!(
        world
            .session
            .set_bookmark(&world.token.clone(), &world.run.clone(), &id("weeks"), Some(0), true)
            .unwrap_err(),
        Refusal::NotHere,
        "whose would it be?"
    );
    world.turn(Seat::A);
    assert_eq!(mark(&mut world, 2, false).plans[0].bookmarks.len(), 1);
    world.pass_keyboard();
    assert!(world.state().plans[0].bookmarks.is_empty());
    world.turn(Seat::B);
    let state = mark(&mut world, 0, true);
    assert_eq!(state.plans[0].bookmarks.len(), 1, "Robin's is not shown");
    world.pass_keyboard();
    let bookmarks = &world.state().plans[0].bookmarks;
    assert_eq!((bookmarks[0].seat, bookmarks[0].part), (Seat::B, 0));
    world.restart();
    world.together();
    world.turn(Seat::A);
    let plans = world.state().plans;
    assert_eq!((plans[0].mine, plans[0].bookmarks.len()), (Some(2), 2));
}
