//! Finding one's words again: what is mine, ours and opened, newest first, and nothing the other wrote for themselves.

use lesson::Value;
use pairwise::ipc::dto::{BothWant, Finds, FoundAs, FoundAt, FoundField, FoundWhy, LayerName, Refusal, Seat};
use vault::{Ledger, Profile, SystemEntropy};

use crate::world::{DUET, World, days_pass, id, picks, stages, text};

fn find(world: &mut World, query: &str) -> Finds {
    let token = world.token.clone();
    world.session.find(&token, query).unwrap()
}

fn at_own_door(world: &mut World, seat: Seat) {
    world.token = world.session.open_door(seat).unwrap().token;
}

/// What was asked, of each thing found.
fn asked(finds: &Finds) -> Vec<&str> {
    finds.found.iter().map(|found| found.asked.as_str()).collect()
}

/// The field a single result opens at.
fn field(finds: &Finds) -> FoundField {
    match &finds.found[0].place {
        FoundAt::Field { at } => at.clone(),
        FoundAt::Lines { .. } => panic!("it opens nowhere"),
    }
}

fn lines(finds: &Finds) -> (Vec<String>, FoundWhy) {
    match &finds.found[0].place {
        FoundAt::Field { .. } => panic!("it opens at a field"),
        FoundAt::Lines { lines, why } => (lines.clone(), *why),
    }
}

fn opens_halves(world: &mut World) {
    for seat in [Seat::A, Seat::B] {
        world.says_open(seat, "halves", LayerName::Surface).unwrap();
    }
}

#[test]
fn what_i_wrote_on_my_own_is_found_and_opens_at_its_step_and_field() {
    let mut world = World::alone();
    world
        .writes("scene", text("We stood in the Café,\nand nobody spoke."))
        .writes("hope", text("a walk by the river"));
    let found = find(&mut world, "cafe nob");
    assert_eq!(asked(&found), ["What happened?"]);
    assert_eq!(found.found[0].title, "A duet");
    assert_eq!(found.found[0].who, FoundAs::OnlyMe);
    let marked: Vec<_> = found.found[0].snippet.iter().filter(|piece| piece.found).collect();
    assert_eq!(
        marked.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>(),
        ["Café", "nobody"]
    );
    let at = field(&find(&mut world, "river"));
    assert_eq!((at.step.as_str(), at.field.as_str()), ("halves", "hope"));
    let token = world.token.clone();
    let open = world.session.open_this_run(&token, &at.run).unwrap();
    assert!(open.state.steps.iter().any(|step| step.id == at.step));
}

#[test]
fn an_older_run_is_found_and_opened_too_and_the_newest_words_come_first() {
    let mut world = World::alone();
    world.writes("scene", text("the old river"));
    let (old, token) = (world.run.clone(), world.token.clone());
    days_pass(1);
    world.run = world.session.begin_again(&token, &id("duet")).unwrap().run;
    world.writes("scene", text("the new river"));
    let found = find(&mut world, "river");
    assert_eq!(
        found.found.iter().map(|one| one.on.to_string()).collect::<Vec<_>>(),
        ["2026-11-25", "2026-11-24"]
    );
    let FoundAt::Field { at } = &found.found[1].place else {
        panic!()
    };
    assert_eq!(at.run, old);
    let open = world.session.open_this_run(&token, &old).unwrap();
    assert_eq!(open.state.answers[0].value, text("the old river"));
}

#[test]
fn what_is_ours_and_what_was_opened_is_found_by_both_with_whose_it_is() {
    let mut world = World::couple();
    world.writes("name", text("the kitchen fog"));
    for (seat, words) in [(Seat::A, "my kitchen"), (Seat::B, "your kitchen")] {
        world
            .turn(seat)
            .writes("loop", stages(&[("spark", words), ("felt", "lonely kitchen below")]))
            .seals("halves")
            .pass_keyboard();
    }
    at_own_door(&mut world, Seat::B);
    assert_eq!(
        asked(&find(&mut world, "kitchen")),
        ["My half", "What we call it"],
        "nothing of Robin's before it is opened"
    );
    world.together();
    opens_halves(&mut world);
    for (seat, other) in [(Seat::A, "your kitchen"), (Seat::B, "my kitchen")] {
        at_own_door(&mut world, seat);
        let found = find(&mut world, "kitchen");
        let who: Vec<_> = found.found.iter().map(|found| found.who).collect();
        let mine = FoundAs::Opened { by: Some(seat) };
        assert_eq!(who.len(), 3, "what I opened is one result");
        assert!(who.contains(&FoundAs::Ours) && who.contains(&mine));
        let theirs = found
            .found
            .iter()
            .find(|found| matches!(found.who, FoundAs::Opened { by } if by != Some(seat)))
            .unwrap();
        let FoundAt::Lines { lines, why } = &theirs.place else {
            panic!()
        };
        assert!(lines[0].contains(other));
        assert_eq!(*why, FoundWhy::WithTheOther);
        // What lies underneath is still closed: mine is found by me alone.
        let below = find(&mut world, "lonely");
        assert_eq!(below.found.len(), 1);
        assert_eq!(below.found[0].who, FoundAs::Draft);
    }
}

#[test]
fn a_line_that_was_given_is_found_by_the_one_it_was_given_to() {
    let lesson = DUET.replace("{#scene}", "{#scene send}");
    let mut world = World::with(&[("duet", &lesson)]).with_two();
    world
        .turn(Seat::A)
        .writes("scene", text("a line for you\na secret line"));
    let (token, run) = (world.token.clone(), world.run.clone());
    world
        .session
        .send_line(&token, &run, &id("scene"), "a line for you")
        .unwrap();
    at_own_door(&mut world, Seat::B);
    let found = find(&mut world, "line");
    assert_eq!(found.found.len(), 1);
    assert_eq!(found.found[0].who, FoundAs::Given { by: Some(Seat::A) });
    assert_eq!(lines(&found).0, ["a line for you"]);
    assert!(find(&mut world, "secret").found.is_empty());
}

#[test]
fn what_one_person_finds_is_the_same_whatever_the_other_wrote_sealed_removed_or_looked_for() {
    let found_by_a = |busy: bool| {
        let mut world = World::couple();
        world.writes("name", text("the fog in the kitchen"));
        for (seat, words) in [(Seat::A, "kitchen of mine"), (Seat::B, "kitchen of yours")] {
            world
                .turn(seat)
                .writes("loop", stages(&[("spark", words)]))
                .writes("hope", text("a kitchen hope"))
                .seals("halves")
                .pass_keyboard();
        }
        opens_halves(&mut world);
        world
            .turn(Seat::A)
            .writes("scene", text("the kitchen, by me"))
            .pass_keyboard();
        if busy {
            world.turn(Seat::B);
            for words in [
                "kitchen kitchen kitchen",
                "river fog hope mine",
                "a very long secret kitchen",
            ] {
                world.writes("scene", text(words)).writes("ask", text(words));
            }
            world
                .writes("stance", picks("away"))
                .writes("heat", Value::Mark { at: Some(9) });
            let (token, run) = (world.token.clone(), world.run.clone());
            world.session.remove_answer(&token, &run, &id("ask")).unwrap();
            world.pass_keyboard();
            world.enter(Seat::B);
            for words in ["kitchen", "the kitchen is mine alone"] {
                world.writes("scene", text(words)).writes("hope", text(words));
            }
            for query in ["kitchen", "fog", "mine"] {
                assert!(!find(&mut world, query).found.is_empty());
            }
            let (token, run) = (world.token.clone(), world.run.clone());
            world.session.remove_answer(&token, &run, &id("hope")).unwrap();
            let line = vault::SecretString::from("four words keep anyone");
            world.session.lock_space(&token, &line).unwrap();
        }
        world.enter(Seat::A);
        world.writes("scene", text("a kitchen on my own"));
        let run = world.run.clone();
        let replies = [
            "kitchen",
            "k",
            "kitchen of",
            "fog",
            "mine",
            "yours",
            "secret",
            "alone",
            "river",
            "\"",
            "",
        ];
        replies.map(|query| {
            serde_json::to_string(&find(&mut world, query))
                .unwrap()
                .replace(&run, "RUN")
        })
    };
    let (quiet, busy) = (found_by_a(false), found_by_a(true));
    assert!(quiet[0].matches("\"title\"").count() >= 7, "{}", quiet[0]);
    assert_eq!(quiet, busy);
}

#[test]
fn an_answer_to_a_question_marked_as_sensitive_is_not_found_even_if_it_was_marked_later() {
    let tender = DUET.replace("{#scene}", "{#scene sensitive}");
    let mut world = World::with(&[("duet", &tender)]).with_one();
    world
        .writes("scene", text("a tender river"))
        .writes("ask", text("a plain river"));
    assert_eq!(asked(&find(&mut world, "river")).len(), 1);
    world.write("lessons/en/duet.md", &tender.replace("{#ask}", "{#ask sensitive}"));
    world.restart();
    world.enter(Seat::A);
    assert!(find(&mut world, "river").found.is_empty());
}

#[test]
fn a_removed_answer_is_not_found_until_it_is_put_back() {
    let mut world = World::alone();
    world.writes("scene", text("the river"));
    let (token, run) = (world.token.clone(), world.run.clone());
    world.session.remove_answer(&token, &run, &id("scene")).unwrap();
    assert!(find(&mut world, "river").found.is_empty());
    world.session.put_answer_back(&token, &run, &id("scene")).unwrap();
    assert_eq!(find(&mut world, "river").found.len(), 1);
}

#[test]
fn what_is_ours_and_was_removed_by_both_is_found_by_neither() {
    let mut world = World::couple();
    world.writes("name", text("the fog"));
    let run = world.run.clone();
    world.both_say(&BothWant::RemoveAnswer {
        run: run.clone(),
        field: id("name"),
    });
    let token = world.token.clone();
    world.session.remove_answer(&token, &run, &id("name")).unwrap();
    at_own_door(&mut world, Seat::A);
    assert!(find(&mut world, "fog").found.is_empty());
}

#[test]
fn only_at_ones_own_door_and_with_its_token() {
    let mut world = World::couple();
    let both = world.token.clone();
    assert_eq!(world.session.find(&both, "x").unwrap_err(), Refusal::NotHere);
    world.turn(Seat::A);
    let side = world.token.clone();
    assert_eq!(world.session.find(&side, "x").unwrap_err(), Refusal::NotHere);
    assert_eq!(world.session.find(&both, "x").unwrap_err(), Refusal::TurnOver);
}

#[test]
fn words_of_a_lesson_or_a_question_that_is_gone_are_still_found_and_read() {
    let mut world = World::alone();
    world
        .writes("scene", text("the river\nby night"))
        .writes("stance", picks("closer"))
        .writes("ask", text("a river question"));
    // The step is not shown any more.
    world.writes("stance", picks("away"));
    assert_eq!(
        lines(&find(&mut world, "question")),
        (vec!["a river question".into()], FoundWhy::NotAsked)
    );
    let without = DUET.replace(
        "> [!long] What happened? {#scene}
",
        "",
    );
    world.write("lessons/en/duet.md", &without.replace("of=duet.scene", "of=duet.ask"));
    world.restart();
    at_own_door(&mut world, Seat::A);
    assert_eq!(
        lines(&find(&mut world, "night")),
        (vec!["the river".into(), "by night".into()], FoundWhy::NotAsked)
    );
    world.write("lessons/en/other.md", &DUET.replace("id: duet", "id: other"));
    std::fs::remove_file(world.path("lessons/en/duet.md")).unwrap();
    let manifest = std::fs::read_to_string(world.path("lessons/course.toml")).unwrap();
    world.write("lessons/course.toml", &manifest.replace("\"duet\"", "\"other\""));
    world.restart();
    at_own_door(&mut world, Seat::A);
    let found = find(&mut world, "night");
    assert_eq!(found.found[0].title, "duet");
    assert_eq!(
        lines(&found),
        (vec!["the river".into(), "by night".into()], FoundWhy::LessonGone)
    );
}

#[test]
fn what_an_older_app_kept_is_found_unless_its_question_is_sensitive() {
    let tender = DUET.replace("{#ask}", "{#ask sensitive}");
    let mut world = World::with(&[("duet", &tender)]).with_one();
    world.writes("scene", text("quince")).writes("ask", text("quince"));
    let token = world.token.clone();
    world.session.leave(&token).unwrap();
    // A session that has not started has the profile closed.
    world.session = world.another_session();
    // As an app without an index saved it.
    let profile = Profile::open(&world.path("profile"), false, Box::new(SystemEntropy)).unwrap();
    let person = profile.people()[0].id.clone();
    let mut space = profile.open_space(&person).unwrap();
    let run = space.runs().unwrap()[0].id.clone();
    for kept in space.answers(&run).unwrap() {
        space.save(&kept.answer, "older", kept.at).unwrap();
    }
    assert!(space.find("quince", 9).unwrap().is_empty());
    space.close().unwrap();
    drop(profile);
    world.session.startup();
    at_own_door(&mut world, Seat::A);
    assert_eq!(asked(&find(&mut world, "quince")), ["What happened?"]);
}

#[test]
fn nothing_typed_is_an_error_and_marks_on_a_scale_are_not_words() {
    let mut world = World::alone();
    world
        .writes("scene", text("she said \"no\" AND went: it’s 50% (or so)"))
        .writes("heat", Value::Mark { at: Some(10) });
    let long = "word ".repeat(5000);
    for query in [
        "", " ", "\"", "*", "(", "AND", "-", "a OR", "NEAR(", "words:", "\u{0}", "😀", "'; --", "\u{1}", &long,
    ] {
        find(&mut world, query);
    }
    for query in ["it's", "it’s", "\"no\" and", "50%", "(or"] {
        assert_eq!(asked(&find(&mut world, query)), ["What happened?"], "{query}");
    }
    assert!(find(&mut world, "hot").found.is_empty());
}

#[test]
fn what_is_mine_is_found_while_what_we_share_is_shut_and_it_is_said() {
    let mut world = World::couple();
    world.writes("name", text("our river"));
    world.turn(Seat::A).writes("scene", text("my river")).pass_keyboard();
    let token = world.token.clone();
    world.session.leave(&token).unwrap();
    std::fs::write(world.path("profile/shared.db"), "no database").unwrap();
    at_own_door(&mut world, Seat::A);
    let found = find(&mut world, "river");
    assert!(found.without_shared);
    assert_eq!(asked(&found), ["What happened?"]);
    assert_eq!(lines(&found).1, FoundWhy::WithTheOther);
}

#[test]
fn after_sharing_ended_my_own_words_of_it_are_still_found_and_what_was_ours_or_opened() {
    let tender = DUET.replace("{#next joint}", "{#next joint sensitive}");
    let mut world = World::with(&[("duet", &tender)]).with_two();
    world
        .writes("name", text("the Café by our river"))
        .writes("next", picks("say"));
    for (seat, words) in [(Seat::A, "robin's river"), (Seat::B, "sam's river")] {
        world
            .turn(seat)
            .writes("scene", text("a river of my own"))
            .writes("loop", stages(&[("spark", words), ("felt", "unopened river")]))
            .seals("halves")
            .pass_keyboard();
    }
    opens_halves(&mut world);
    world.both_say(&BothWant::StopSharing);
    let token = world.token.clone();
    world.session.stop_sharing(&token).unwrap();
    for (seat, mine, theirs) in [(Seat::A, "robin's", "sam's"), (Seat::B, "sam's", "robin's")] {
        at_own_door(&mut world, seat);
        let found = find(&mut world, "river");
        assert!(!found.without_shared, "nothing is shared, so nothing is missing");
        let mut who = |words: &str| {
            let finds = find(&mut world, words);
            assert!(
                finds
                    .found
                    .iter()
                    .all(|found| matches!(&found.place, FoundAt::Lines { why, .. } if *why == FoundWhy::SharedBefore))
            );
            finds.found.into_iter().map(|found| found.who).collect::<Vec<_>>()
        };
        assert_eq!(who("own"), [FoundAs::OnlyMe]);
        assert_eq!(who("cafe"), [FoundAs::Ours]);
        assert_eq!(who(theirs), [FoundAs::Opened { by: None }]);
        assert_eq!(
            who(mine),
            [FoundAs::Opened { by: Some(seat) }],
            "what I opened is one result"
        );
        assert_eq!(who("unopened").len(), 1, "mine, and not the other's");
        assert!(who("its name").is_empty(), "a question marked as especially private");
    }
}
