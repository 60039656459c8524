//! A course with a mistake in it.

use pairwise::ipc::dto::{Colour, Refusal, Seat};

use crate::world::{DUET, World, id};

#[test]
fn a_lesson_with_a_mistake_says_where_and_the_others_still_open() {
    let broken = DUET.replace("id: duet", "id: broken").replace("[!long]", "[!lnog]");
    let mut world = World::with(&[("duet", DUET), ("broken", &broken)]);
    world.session.startup();
    world.session.add_person("Robin", Colour::Teal).unwrap();
    world.enter(Seat::A);
    let course = world.session.course_page(&world.token.clone()).unwrap();
    assert_eq!(
        course.parts[0]
            .lessons
            .iter()
            .map(|card| card.id.as_str())
            .collect::<Vec<_>>(),
        ["duet"]
    );
    let file = course.problems.iter().find(|file| file.file == "en/broken.md").unwrap();
    assert!(!file.opens);
    let problem = file
        .problems
        .iter()
        .find(|problem| problem.excerpt.contains("lnog"))
        .unwrap();
    assert_eq!(problem.line, 18);
    assert!(problem.error && problem.message.contains("lnog"));
    assert!(problem.help.as_deref().unwrap().contains("long"), "{:?}", problem.help);
    assert!(world.session.open_run(&world.token.clone(), &id("broken")).is_err());

    world.write("lessons/en/broken.md", &broken.replace("[!lnog]", "[!long]"));
    let mended = world.session.course_page(&world.token.clone()).unwrap();
    assert_eq!(mended.parts[0].lessons.len(), 2, "seen without a restart");
}

/// Three lessons, and two ways through them.
fn three_with_ways() -> World {
    let named = |name: &str| DUET.replace("id: duet", &format!("id: {name}"));
    let mut world = World::with(&[("duet", DUET), ("second", &named("second")), ("third", &named("third"))]);
    let manifest = std::fs::read_to_string(world.path("lessons/course.toml")).unwrap();
    let ways = "
[[paths]]
id = \"backwards\"
title = \"I read the end first\"
lessons = [\"third\", \"second\"]

[[paths]]
id = \"leaving\"
title = \"I am not sure I am staying\"
who = \"solo\"
lessons = [\"second\"]
";
    world.write("lessons/course.toml", &(manifest + ways));
    world.people(2);
    world
}

fn next_for(world: &mut World, seat: Seat) -> String {
    world.token = world.session.open_door(seat).unwrap().token;
    world
        .session
        .home(&world.token)
        .unwrap()
        .next
        .unwrap()
        .lesson
        .to_string()
}

#[test]
fn the_way_somebody_chose_comes_first_on_their_home_and_stays_theirs() {
    let mut world = three_with_ways();
    assert_eq!(next_for(&mut world, Seat::A), "duet");
    let token = world.token.clone();
    let course = world.session.choose_path(&token, Some(&id("backwards"))).unwrap();
    assert_eq!(course.path, Some(id("backwards")));
    assert_eq!(course.paths[0].lessons, [id("third"), id("second")]);
    assert_eq!(course.paths[1].title, "I am not sure I am staying");
    world.restart();
    assert_eq!(next_for(&mut world, Seat::A), "third", "after a restart");
    assert_eq!(next_for(&mut world, Seat::B), "duet", "the other's home");
    let theirs = world.session.course_page(&world.token.clone()).unwrap();
    assert_eq!((theirs.path, theirs.paths.len()), (None, 2));
    assert_eq!(next_for(&mut world, Seat::A), "third");
    let token = world.token.clone();
    assert_eq!(
        world.session.choose_path(&token, Some(&id("elsewhere"))).unwrap_err(),
        Refusal::NotHere
    );
    assert_eq!(world.session.choose_path(&token, None).unwrap().path, None);
    assert_eq!(next_for(&mut world, Seat::A), "duet", "no reason in particular");
}

#[test]
fn a_sitting_for_two_neither_asks_nor_shows_what_brings_somebody_here() {
    let pages = |choice: Option<&str>| {
        let mut world = three_with_ways();
        world.token = world.session.open_door(Seat::B).unwrap().token;
        let token = world.token.clone();
        world.session.choose_path(&token, choice.map(id).as_ref()).unwrap();
        world.together();
        let token = world.token.clone();
        assert_eq!(
            world.session.choose_path(&token, Some(&id("leaving"))).unwrap_err(),
            Refusal::NotHere
        );
        assert_eq!(world.session.choose_path(&token, None).unwrap_err(), Refusal::NotHere);
        let mut pages = Vec::new();
        for turn in [None, Some(Seat::A), Some(Seat::B)] {
            if let Some(seat) = turn {
                world.turn(seat);
            }
            let page = world.session.course_page(&world.token.clone()).unwrap();
            assert!(page.paths.is_empty() && page.path.is_none());
            pages.push(serde_json::to_string(&page).unwrap());
            if turn.is_some() {
                world.pass_keyboard();
            }
        }
        world.token = world.session.open_door(Seat::A).unwrap().token;
        pages.push(serde_json::to_string(&world.session.course_page(&world.token.clone()).unwrap()).unwrap());
        pages.push(serde_json::to_string(&world.session.home(&world.token).unwrap()).unwrap());
        pages
    };
    assert_eq!(pages(None), pages(Some("leaving")));
}
