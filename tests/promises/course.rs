//! A course with a mistake in it.

use pairwise::ipc::dto::{Colour, Seat};

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
