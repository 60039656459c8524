//! A copy of one's words: a new file that its owner alone may read, with what is theirs in it and nothing else.

use std::fs;

use lesson::Value;
use pairwise::ipc::dto::{BothWant, ExportFormat, LayerName, Refusal, Seat, TroubleKind};

use crate::{
    every::{EVERY, JOINT, PULSE, answers, plan},
    kinds::world as every,
    world::{World, days_pass, id, stages, text},
};

/// Saves a copy, and answers its name and what is in it.
fn saved(world: &mut World, format: ExportFormat, sensitive: bool) -> (String, String) {
    let token = world.token.clone();
    let copy = world.session.save_export(&token, format, sensitive, None).unwrap();
    let path = std::path::PathBuf::from(copy.path);
    assert_eq!(path.parent().unwrap(), world.path("documents"));
    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
    (name, fs::read_to_string(path).unwrap())
}

/// Everything that lies in the folder of copies.
fn lying(world: &World) -> Vec<String> {
    let entries = fs::read_dir(world.path("documents")).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// One person at the own door of a house of two.
fn at_own_door(world: &mut World, seat: Seat) {
    world.token = world.session.open_door(seat).unwrap().token;
}

#[test]
fn a_copy_is_a_new_file_every_time_and_its_name_tells_nothing() {
    let mut world = World::alone();
    world.writes("scene", text("the first words"));
    assert_eq!(
        saved(&mut world, ExportFormat::Markdown, false).0,
        "pairwise-2026-11-24.md"
    );
    world.writes("scene", text("the second words"));
    let (name, words) = saved(&mut world, ExportFormat::Markdown, false);
    assert_eq!(name, "pairwise-2026-11-24-2.md");
    assert!(words.contains("the second words"));
    let first = fs::read_to_string(world.path("documents/pairwise-2026-11-24.md")).unwrap();
    assert!(first.contains("the first words"), "it was not written over");
    assert_eq!(
        saved(&mut world, ExportFormat::Json, false).0,
        "pairwise-2026-11-24.json"
    );
    days_pass(1);
    assert_eq!(
        saved(&mut world, ExportFormat::Markdown, false).0,
        "pairwise-2026-11-25.md"
    );
    assert_eq!(
        lying(&world).len(),
        4,
        "and nothing else is left there: {:?}",
        lying(&world)
    );
}

#[test]
fn what_lies_under_the_name_already_stays_whatever_it_is() {
    let mut world = World::alone();
    world.writes("scene", text("words"));
    world.write("documents/pairwise-2026-11-24.md", "somebody else's");
    fs::create_dir(world.path("documents/pairwise-2026-11-24-2.md")).unwrap();
    assert_eq!(
        saved(&mut world, ExportFormat::Markdown, false).0,
        "pairwise-2026-11-24-3.md"
    );
    let theirs = fs::read_to_string(world.path("documents/pairwise-2026-11-24.md")).unwrap();
    assert_eq!(theirs, "somebody else's");
}

#[cfg(unix)]
#[test]
fn a_copy_can_be_read_by_its_owner_alone_and_no_link_leads_it_elsewhere() {
    use std::os::unix::fs::PermissionsExt;
    let mut world = World::alone();
    world.writes("scene", text("words"));
    world.write("elsewhere", "as it was");
    std::os::unix::fs::symlink(world.path("elsewhere"), world.path("documents/pairwise-2026-11-24.md")).unwrap();
    for format in [ExportFormat::Markdown, ExportFormat::Json] {
        let (name, _) = saved(&mut world, format, false);
        let mode = fs::metadata(world.path("documents").join(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    assert_eq!(fs::read_to_string(world.path("elsewhere")).unwrap(), "as it was");
}

#[test]
fn the_most_tender_answers_are_in_a_copy_only_when_asked_for() {
    let tender = EVERY.replace("{#happened send}", "{#happened sensitive}");
    let mut world = World::with(&[("every", &tender), ("pulse", PULSE)]).with_one();
    world
        .writes("happened", text("a tender thing"))
        .writes("word", text("lantern"));
    for format in [ExportFormat::Markdown, ExportFormat::Json] {
        let (_, without) = saved(&mut world, format, false);
        assert!(!without.contains("tender") && without.contains("lantern"));
        let (_, with) = saved(&mut world, format, true);
        assert!(with.contains("a tender thing") && with.contains("lantern"));
    }
}

#[test]
fn a_copy_holds_nothing_that_the_other_kept_to_themselves() {
    let copies = |private: bool| {
        let mut world = World::couple();
        for seat in [Seat::A, Seat::B] {
            world.turn(seat).writes("loop", stages(&[("spark", "seen by both")]));
            if seat == Seat::A {
                world.writes("scene", text("my own scene"));
            } else if private {
                world.writes("scene", text("sam's own scene"));
            }
            world.seals("halves").pass_keyboard();
        }
        for seat in [Seat::A, Seat::B] {
            world.says_open(seat, "halves", LayerName::Surface).unwrap();
        }
        world.writes("name", text("our name for it"));
        at_own_door(&mut world, Seat::A);
        [ExportFormat::Markdown, ExportFormat::Json].map(|format| saved(&mut world, format, true).1)
    };
    let (with, without) = (copies(true), copies(false));
    for copy in &with {
        for word in ["my own scene", "seen by both", "our name for it"] {
            assert!(copy.contains(word), "{word} is not in\n{copy}");
        }
        assert!(!copy.contains("sam's own"));
    }
    assert_eq!(with, without, "nor a sign of it");
}

#[test]
fn a_copy_is_one_persons_own_door_and_never_a_sitting_for_two() {
    let mut world = World::couple();
    world.turn(Seat::A).writes("scene", text("mine"));
    let refused = |world: &mut World| {
        let token = world.token.clone();
        world
            .session
            .save_export(&token, ExportFormat::Markdown, false, None)
            .unwrap_err()
    };
    assert_eq!(refused(&mut world), Refusal::NotHere, "on a turn");
    world.pass_keyboard();
    assert_eq!(refused(&mut world), Refusal::NotHere, "while both look");
    let void = world.token.clone();
    at_own_door(&mut world, Seat::A);
    assert_eq!(
        world
            .session
            .save_export(&void, ExportFormat::Markdown, false, None)
            .unwrap_err(),
        Refusal::TurnOver
    );
    assert_eq!(lying(&world), [""; 0]);
    assert!(saved(&mut world, ExportFormat::Markdown, false).1.contains("mine"));
}

#[test]
fn a_copy_that_cannot_be_written_is_said_with_its_folder_and_the_words_stay() {
    let mut world = World::alone();
    world.writes("scene", text("still here"));
    let told = |world: &mut World| {
        let token = world.token.clone();
        match world.session.save_export(&token, ExportFormat::Markdown, false, None) {
            Err(Refusal::Storage { trouble }) => trouble,
            other => panic!("{other:?}"),
        }
    };
    fs::remove_dir(world.path("documents")).unwrap();
    let trouble = told(&mut world);
    assert_eq!(trouble.what, TroubleKind::Failed);
    assert_eq!(trouble.path.unwrap(), world.path("documents").display().to_string());
    assert!(!world.path("documents").exists(), "no folder is made where none was");
    world.write("documents", "a file");
    assert_eq!(told(&mut world).what, TroubleKind::Failed);
    assert_eq!(fs::read(world.path("documents")).unwrap(), b"a file");
    assert_eq!(world.answer("scene"), Some(text("still here")));
}

/// Robin, with words of their own and joint ones in a run with Sam, and the app ended. With the shared file as it was
/// before.
fn shared_run() -> (World, Vec<u8>) {
    let mut world = World::new();
    world.people(2);
    world.session = world.another_session();
    let before = fs::read(world.path("profile/shared.db")).unwrap();
    world.session.startup();
    world.together();
    world.writes("name", text("the joint words"));
    world.turn(Seat::A).writes("scene", text("what Robin wrote alone"));
    world
        .pass_keyboard()
        .turn(Seat::B)
        .writes("scene", text("what Sam wrote alone"));
    world.session = world.another_session();
    (world, before)
}

#[test]
fn my_words_of_a_run_with_the_other_are_in_my_copy_though_the_shared_file_is_damaged() {
    let (mut world, _) = shared_run();
    fs::write(world.path("profile/shared.db"), b"garbled").unwrap();
    world.session.startup();
    for (seat, mine, theirs) in [(Seat::A, "Robin", "Sam"), (Seat::B, "Sam", "Robin")] {
        at_own_door(&mut world, seat);
        for format in [ExportFormat::Markdown, ExportFormat::Json] {
            let (_, words) = saved(&mut world, format, true);
            assert_eq!(words.matches(&format!("what {mine} wrote alone")).count(), 1, "{words}");
            assert!(!words.contains(&format!("what {theirs} wrote")), "{words}");
            assert!(!words.contains("the joint words"), "{words}");
        }
        let token = world.token.clone();
        assert!(
            world
                .session
                .save_export(&token, ExportFormat::Markdown, true, None)
                .unwrap()
                .without_shared
        );
    }
}

#[test]
fn my_words_of_a_run_that_an_older_shared_file_does_not_know_are_in_my_copy() {
    let (mut world, before) = shared_run();
    fs::write(world.path("profile/shared.db"), before).unwrap();
    world.session.startup();
    at_own_door(&mut world, Seat::A);
    let words = saved(&mut world, ExportFormat::Markdown, true).1;
    assert_eq!(words.matches("what Robin wrote alone").count(), 1, "{words}");
}

#[test]
fn my_words_of_a_run_with_the_other_are_in_my_copy_once_while_we_share_and_after() {
    let (mut world, _) = shared_run();
    world.session.startup();
    at_own_door(&mut world, Seat::A);
    let once = |words: &str| words.matches("what Robin wrote alone").count() == 1;
    assert!(once(&saved(&mut world, ExportFormat::Markdown, true).1));
    // Sharing ended: what was joint is kept as it was, and what I wrote for myself beside it.
    world.together();
    world.both_say(&BothWant::StopSharing);
    let token = world.token.clone();
    world.session.stop_sharing(&token).unwrap();
    at_own_door(&mut world, Seat::A);
    let words = saved(&mut world, ExportFormat::Markdown, true).1;
    assert!(once(&words) && words.contains("the joint words"), "{words}");
}

#[test]
fn a_copy_before_the_first_word_says_so() {
    let mut world = World::alone();
    let (_, words) = saved(&mut world, ExportFormat::Markdown, false);
    assert_eq!(words, "Nothing has been written yet.\n");
}

/// The headings of the second and third order, in turn.
fn headings(markdown: &str) -> Vec<&str> {
    markdown.lines().filter(|line| line.starts_with("##")).collect()
}

#[test]
fn a_copy_is_read_part_by_part_and_has_no_earlier_version_in_it() {
    let mut two = every().with_two();
    for (field, value) in answers().into_iter().filter(|(field, _)| JOINT.contains(field)) {
        two.writes(field, value);
    }
    two.turn(Seat::A).writes("word", text("a first thought"));
    two.together();
    two.turn(Seat::A);
    for (field, value) in answers().into_iter().filter(|(field, _)| !JOINT.contains(field)) {
        two.writes(field, value);
    }
    // One question means something else by now: what answered it stands apart, under what was really asked.
    let edited = EVERY
        .replace("One word {#word}", "A colour {#word rev=2}")
        .replace("version: 1.0.0", "version: 2.0.0");
    two.write("lessons/en/every.md", &edited);
    two.restart();
    at_own_door(&mut two, Seat::A);
    let (_, words) = saved(&mut two, ExportFormat::Markdown, false);
    let headings = headings(&words);
    let at = |wanted: &str| {
        let found = headings.iter().position(|heading| *heading == wanted);
        found.unwrap_or_else(|| panic!("{wanted} is not in\n{words}"))
    };
    assert!(at("## What I wrote") < at("### What happened?"));
    assert!(at("### What happened?") < at("## Ours") && at("## Ours") < at("### Our signal"));
    assert!(at("### Our signal") < at("## Written earlier, set aside"));
    assert!(at("## Written earlier, set aside") < at("### One word"));
    assert!(!words.contains("A colour") && !words.contains("a first thought"));
    let (_, all) = saved(&mut two, ExportFormat::Json, false);
    assert!(all.contains("a first thought"), "for programs everything is there");
    let pulse = "> 2026-11-10:  \n> How close? 0 (10 is the highest)  \n> How stuck? 4 (10 is the highest)  \n";
    assert!(words.contains(pulse), "{words}");
    assert!(words.contains("### What happened?\n\n> a long evening  \n> and a short night  \n\n*Only me, 2026-11-24*"));
}

#[test]
fn what_is_marked_tender_is_not_mentioned_on_home() {
    let mentioned = |lesson: &str| {
        let mut world = World::with(&[("every", lesson), ("pulse", PULSE)]).with_one();
        world.writes("reading", plan("A slow book", Some("2026-11-23"))).writes(
            "try",
            Value::Practice {
                pick: Some(id("long-breath")),
                other: None,
                start: None,
            },
        );
        let home = world.session.home(&world.token.clone()).unwrap();
        (home.practice.is_some(), home.reading.is_some())
    };
    assert_eq!(mentioned(EVERY), (true, true));
    assert_eq!(
        mentioned(&EVERY.replace("{#try days=7}", "{#try days=7 sensitive}")),
        (false, true)
    );
    let plan = EVERY.replace("{#reading joint every=week}", "{#reading joint every=week sensitive}");
    assert_eq!(mentioned(&plan), (true, false));
}

#[test]
fn scores_go_into_a_table_and_what_was_written_never_becomes_a_formula() {
    let lesson = crate::world::DUET.replace("How warm was it?", "=1+1 How warm?");
    let mut world = World::with(&[("duet", &lesson)]).with_one();
    world
        .writes("heat", Value::Mark { at: Some(7) })
        .writes("scene", text("no number"));
    let (name, table) = saved(&mut world, ExportFormat::Csv, false);
    assert_eq!(name, "pairwise-2026-11-24.csv");
    let lines: Vec<&str> = table.split("\r\n").collect();
    assert_eq!(lines[0], "\u{feff}day,lesson,question,part,mark,lowest,highest");
    assert_eq!(lines[1], "2026-11-24,\"A duet\",\"'=1+1 How warm?\",\"\",7,0,10");
    assert_eq!(lines[2..], [""], "and nothing but scores");
}

#[test]
fn tender_scores_are_in_the_table_only_when_asked_for() {
    let lesson = crate::world::DUET.replace("{#heat range=0-10 required}", "{#heat range=0-10 required sensitive}");
    let mut world = World::with(&[("duet", &lesson)]).with_one();
    world.writes("heat", Value::Mark { at: Some(7) });
    assert!(!saved(&mut world, ExportFormat::Csv, false).1.contains("warm"));
    assert!(saved(&mut world, ExportFormat::Csv, true).1.contains("warm"));
}

#[test]
fn a_copy_under_a_passphrase_holds_no_word_that_can_be_read() {
    let mut world = World::alone();
    world.writes("scene", text("marmalade"));
    let token = world.token.clone();
    for (format, ending) in [
        (ExportFormat::Markdown, "md.age"),
        (ExportFormat::Json, "json.age"),
        (ExportFormat::Csv, "csv.age"),
    ] {
        let passphrase = vault::SecretString::from("four plain words here");
        let copy = world
            .session
            .save_export(&token, format, true, Some(&passphrase))
            .unwrap();
        assert!(
            copy.path.ends_with(&format!("pairwise-2026-11-24.{ending}")),
            "{}",
            copy.path
        );
        let bytes = fs::read(&copy.path).unwrap();
        assert!(bytes.starts_with(b"age-encryption.org/v1"));
        assert!(!bytes.windows(9).any(|part| part == b"marmalade"));
        assert!(!bytes.windows(4).any(|part| part == b"four"));
    }
    let before = lying(&world);
    let blank = vault::SecretString::from("  ");
    let refused = world
        .session
        .save_export(&token, ExportFormat::Markdown, false, Some(&blank));
    assert_eq!(refused, Err(Refusal::Misfit));
    assert_eq!(lying(&world), before);
}
