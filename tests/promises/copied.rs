//! A copy says what was typed, as it was typed, and loses nothing because a lesson changed.

use pairwise::ipc::dto::{Colour, Export, Seat};

use crate::world::{DUET, World, id, stages, text};

fn copied(world: &mut World, sensitive: bool) -> Export {
    world.token = world.session.open_door(Seat::A).unwrap().token;
    let token = world.token.clone();
    world.session.export_words(&token, sensitive).unwrap()
}

/// What would be read as more than words, each on a line of its own.
const ODD: &str = "# a heading\n<b>bold</b>\n```\nafter a fence\n---\n===\n- a list\n1. first\n> said\n    four blanks\n<!-- gone\n\
*so* [a](b) &amp; ~~no~~\nline\r# alone\n| a |\n|---|";

#[test]
fn no_line_somebody_typed_is_a_heading_a_rule_or_a_tag_or_leaves_the_quotation() {
    let mut world = World::new();
    world.session.startup();
    world.session.add_person("Robin", Colour::Teal).unwrap();
    world.session.add_person("<i>*Sam*", Colour::Clay).unwrap();
    world.together();
    world.writes("name", text("## ours"));
    for seat in [Seat::A, Seat::B] {
        world
            .turn(seat)
            .writes("scene", text(ODD))
            .writes("loop", stages(&[("spark", "one\n# two\n</details>")]))
            .seals("halves")
            .pass_keyboard();
    }
    for seat in [Seat::A, Seat::B] {
        world
            .says_open(seat, "halves", pairwise::ipc::dto::LayerName::Surface)
            .unwrap();
    }
    let copy = copied(&mut world, true).markdown;
    let ours = [
        "# A duet",
        "## What I wrote",
        "## Opened together",
        "## Ours",
        "### ",
        "*Only me, ",
        "*Opens together, ",
        "*Ours, ",
        "*Kept",
        "*Left blank",
        "With \\<i>\\*Sam\\*. ",
    ];
    for line in copy.lines().filter(|line| !line.is_empty()) {
        let quoted = line.strip_prefix('>').map(str::trim_end);
        match quoted.map(|line| line.strip_prefix(' ').unwrap_or(line)) {
            None => assert!(ours.iter().any(|known| line.starts_with(known)), "{line:?} in\n{copy}"),
            Some(words) => {
                let marks = ["#", "<", "```", "---", "===", "- ", "1. ", ">", " ", "|--", "*", "["];
                assert!(!marks.iter().any(|mark| words.starts_with(mark)), "{line:?} in\n{copy}");
            }
        }
    }
    for words in [
        "\\# a heading",
        "\\<b>bold\\</b>",
        "after a fence",
        "\\---",
        "four blanks",
        "\\# alone",
        "\\## ours",
        "\\<i>\\*Sam\\*: ",
    ] {
        assert!(copy.contains(words), "{words} is not in\n{copy}");
    }
}

#[test]
fn words_of_a_lesson_or_a_question_that_is_gone_are_in_a_copy_and_tender_ones_only_when_asked_for() {
    let tender = DUET.replace("{#ask}", "{#ask sensitive}");
    let mut world = World::with(&[("duet", &tender)]).with_one();
    world
        .writes("scene", text("by the river"))
        .writes("hope", text("a walk"))
        .writes("ask", text("tender words"));
    let without = tender.replace("> [!short] One hope {#hope reveal}\n", "");
    world.write("lessons/en/duet.md", &without.replace("of=loop,hope", "of=loop"));
    world.restart();
    let copy = copied(&mut world, false);
    assert!(
        copy.markdown.contains("by the river") && copy.markdown.contains("a walk"),
        "{}",
        copy.markdown
    );
    assert!(!copy.markdown.contains("tender words"));
    world.write("lessons/en/other.md", &DUET.replace("id: duet", "id: other"));
    std::fs::remove_file(world.path("lessons/en/duet.md")).unwrap();
    let manifest = std::fs::read_to_string(world.path("lessons/course.toml")).unwrap();
    world.write("lessons/course.toml", &manifest.replace("\"duet\"", "\"other\""));
    world.restart();
    let copy = copied(&mut world, false);
    for words in ["What happened?", "by the river", "One hope", "a walk"] {
        assert!(
            copy.markdown.contains(words) && copy.json.contains(words),
            "{}",
            copy.markdown
        );
    }
    assert!(!copy.markdown.contains("tender words") && !copy.json.contains("tender words"));
    assert_eq!(copy.left_out, 1);
    assert!(copied(&mut world, true).markdown.contains("tender words"));
    assert!(
        world.session.open_run(&world.token.clone(), &id("duet")).is_err(),
        "the lesson is gone"
    );
}
