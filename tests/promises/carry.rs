//! On one's own first, then with the other: what one picks goes over, one by one, and nothing else crosses.

use pairwise::ipc::dto::{Becomes, Colour, Refusal, Seat};

use crate::world::{World, id, stages, text};

/// Robin filled the lesson alone; then Sam joined, and both look at it.
fn joined(writes: bool) -> World {
    let mut world = World::alone();
    if writes {
        world
            .writes("scene", text("marmalade"))
            .writes("hope", text("calm"))
            .writes("loop", stages(&[("spark", "the door"), ("felt", "small")]))
            .writes("name", text("the freeze"));
    }
    world.session.leave(&world.token.clone()).unwrap();
    world.session.add_person("Sam", Colour::Clay).unwrap();
    world.together();
    world
}

fn picks(world: &mut World, fields: &[&str]) -> Result<pairwise::ipc::dto::RunState, Refusal> {
    let (token, run) = (world.token.clone(), world.run.clone());
    let fields: Vec<_> = fields.iter().map(|field| id(field)).collect();
    world.session.carry_over(&token, &run, &fields)
}

#[test]
fn each_says_what_it_becomes_and_only_what_is_picked_goes_over() {
    let mut world = joined(true);
    world.turn(Seat::A);
    let list = world.session.carries(&world.token, &world.run).unwrap();
    let becomes: Vec<_> = list.iter().map(|one| (one.field.as_str(), one.becomes)).collect();
    let expected = [
        ("scene", Becomes::OnlyMe),
        ("loop", Becomes::Draft),
        ("hope", Becomes::Draft),
        ("name", Becomes::Ours),
    ];
    assert_eq!(becomes, expected);
    assert_eq!(list[2].lines, ["calm"]);
    assert!(
        world.state().answers.is_empty(),
        "looking at the list takes nothing over"
    );
    picks(&mut world, &["hope"]).unwrap();
    assert_eq!(world.answer("hope"), Some(text("calm")));
    assert!(world.state().answers.len() == 1 && world.state().joint.is_empty());
    assert_eq!(
        picks(&mut world, &["hope"]).unwrap_err(),
        Refusal::NotHere,
        "it is there already"
    );
    let state = picks(&mut world, &["name"]).unwrap();
    assert_eq!(state.joint[0].value, text("the freeze"));
    world.pass_keyboard();
    assert!(world.screen().contains("the freeze") && !world.screen().contains("calm"));
    let (token, run) = (world.token.clone(), world.run.clone());
    world.writes("name", text("another"));
    let by = world.session.history(&token, &run, &id("name")).unwrap()[0].by;
    assert_eq!(by, Some(Seat::A), "both read who brought it");
    world.enter(Seat::A);
    assert_eq!(world.answer("hope"), Some(text("calm")), "the one on one's own stays");
}

#[test]
fn what_is_sealed_or_written_there_is_not_offered_and_nobody_picks_for_both() {
    let mut world = joined(true);
    let refused = world.session.carries(&world.token, &world.run);
    assert_eq!(refused.unwrap_err(), Refusal::NotHere);
    assert_eq!(picks(&mut world, &["hope"]).unwrap_err(), Refusal::NotHere);
    world
        .turn(Seat::A)
        .writes("scene", text("quince"))
        .writes("hope", text("rest"))
        .seals("halves");
    let list = world.session.carries(&world.token, &world.run).unwrap();
    let fields: Vec<_> = list.iter().map(|one| one.field.as_str()).collect();
    assert_eq!(fields, ["name"]);
    assert_eq!(picks(&mut world, &["loop"]).unwrap_err(), Refusal::NotHere, "sealed");
    assert_eq!(world.answer("scene"), Some(text("quince")));
    world.enter(Seat::A);
    let refused = world.session.carries(&world.token, &world.run);
    assert_eq!(refused.unwrap_err(), Refusal::NotHere, "there is nowhere to carry it");
}

#[test]
fn the_other_sees_nothing_of_the_list_nor_that_there_is_one() {
    let walk = |writes: bool| {
        let mut world = joined(writes);
        let mut seen = vec![world.screen()];
        world.turn(Seat::A);
        let list = world.session.carries(&world.token, &world.run).unwrap();
        assert_eq!(list.is_empty(), !writes);
        if writes {
            picks(&mut world, &["scene", "hope"]).unwrap();
        }
        world.pass_keyboard();
        seen.push(world.screen());
        world.turn(Seat::B);
        seen.push(serde_json::to_string(&world.session.carries(&world.token, &world.run).unwrap()).unwrap());
        seen.push(world.screen());
        seen.into_iter()
            .map(|one| one.replace(&world.run, "RUN"))
            .collect::<Vec<_>>()
    };
    assert_eq!(walk(true), walk(false));
}
