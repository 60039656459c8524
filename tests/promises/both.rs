//! What is between two people: agreements, lines that are given, how ready each is.

use lesson::Value;
use pairwise::ipc::dto::{AgreementStanding, LayerName, Pace, ReadyState, Refusal, RunState, Seat};

use crate::{
    every::{day, lines, sorted, wording},
    kinds::world,
    world::{World, days_pass, id, text},
};

fn standing(world: &mut World) -> (AgreementStanding, Vec<Seat>) {
    let signal = world.state().agreements.remove(0);
    (signal.state, signal.accepted)
}

fn accept(world: &mut World) -> Result<RunState, Refusal> {
    let (token, run) = (world.token.clone(), world.run.clone());
    let save = world.save_of("signal");
    world.session.accept_agreement(&token, &run, &id("signal"), save)
}

fn end(world: &mut World) -> Result<RunState, Refusal> {
    let (token, run) = (world.token.clone(), world.run.clone());
    world.session.end_agreement(&token, &run, &id("signal"))
}

/// Both accept these words, each on their own turn.
fn agreed(words: &str) -> World {
    let mut world = world().with_two();
    world.writes("signal", wording(words)).turn(Seat::A);
    accept(&mut world).unwrap();
    world.pass_keyboard().turn(Seat::B);
    accept(&mut world).unwrap();
    world.pass_keyboard();
    world
}

#[test]
fn an_agreement_holds_once_each_has_accepted_on_their_own_turn() {
    let mut world = world().with_two();
    assert_eq!(standing(&mut world), (AgreementStanding::Blank, vec![]));
    assert_eq!(accept(&mut world).unwrap_err(), Refusal::NotHere, "there are no words");
    world.writes("signal", wording("bananas"));
    assert_eq!(standing(&mut world), (AgreementStanding::Proposed, vec![]));
    assert_eq!(
        accept(&mut world).unwrap_err(),
        Refusal::NotHere,
        "nobody accepts for both"
    );
    world.turn(Seat::B);
    accept(&mut world).unwrap();
    accept(&mut world).unwrap();
    assert_eq!(
        standing(&mut world),
        (AgreementStanding::Waiting, vec![Seat::B]),
        "twice is once"
    );
    world.pass_keyboard().turn(Seat::A);
    let state = accept(&mut world).unwrap();
    let signal = &state.agreements[0];
    assert_eq!(signal.state, AgreementStanding::Agreed);
    assert_eq!(signal.accepted, [Seat::A, Seat::B]);
    assert_eq!(
        (signal.since, signal.review),
        (Some(day("2026-11-24")), Some(day("2026-12-08")))
    );
    world.restart();
    world.together();
    assert_eq!(standing(&mut world).0, AgreementStanding::Agreed);
}

#[test]
fn other_words_are_accepted_by_nobody_and_the_old_ones_are_kept() {
    let mut world = agreed("bananas");
    world.writes("signal", wording("bananas"));
    assert_eq!(standing(&mut world).0, AgreementStanding::Agreed, "the same words");
    world.writes("signal", wording("oranges"));
    assert_eq!(standing(&mut world), (AgreementStanding::Proposed, vec![]));
    let history = world.session.history(&world.token, &world.run, &id("signal")).unwrap();
    let agreed = history.iter().any(|version| match &version.value {
        Value::Agreement { text, accepted, .. } => text == "bananas" && accepted.len() == 2,
        _ => false,
    });
    assert!(agreed, "{history:?}");
}

#[test]
fn nobody_can_be_said_to_have_accepted_who_did_not() {
    let mut world = world().with_two();
    let forged = |words: &str| Value::Agreement {
        text: words.into(),
        accepted: vec!["a".into(), "b".into()],
        since: Some(day("2026-01-01")),
        ended: None,
    };
    world.writes("signal", forged("bananas"));
    assert_eq!(standing(&mut world), (AgreementStanding::Proposed, vec![]));
    world.writes("signal", forged("bananas"));
    assert_eq!(standing(&mut world), (AgreementStanding::Proposed, vec![]));
    world.turn(Seat::A);
    accept(&mut world).unwrap();
    world.pass_keyboard().writes("signal", forged("bananas"));
    assert_eq!(standing(&mut world), (AgreementStanding::Waiting, vec![Seat::A]));
}

#[test]
fn either_may_end_an_agreement_and_its_words_stay() {
    let mut world = agreed("bananas");
    assert_eq!(
        end(&mut world).unwrap_err(),
        Refusal::NotHere,
        "nobody ends it for both"
    );
    world.turn(Seat::B);
    let state = end(&mut world).unwrap();
    assert_eq!(state.agreements[0].state, AgreementStanding::Ended);
    assert_eq!(accept(&mut world).unwrap_err(), Refusal::NotHere);
    world.pass_keyboard();
    assert!(world.screen().contains("bananas"));
    world.writes("signal", wording("bananas, but kinder"));
    assert_eq!(
        standing(&mut world),
        (AgreementStanding::Proposed, vec![]),
        "and begun anew"
    );
}

#[test]
fn an_agreement_to_look_at_again_is_on_both_homes() {
    let mut world = agreed("bananas");
    days_pass(14);
    for seat in [Seat::A, Seat::B] {
        world.token = world.session.open_door(seat).unwrap().token;
        let reviews = world.session.home(&world.token).unwrap().reviews;
        assert_eq!(reviews.len(), 1);
        assert_eq!(
            (reviews[0].text.as_str(), reviews[0].on),
            ("bananas", day("2026-12-08"))
        );
    }
}

fn send(world: &mut World, field: &str, line: &str) -> Result<RunState, Refusal> {
    let (token, run) = (world.token.clone(), world.run.clone());
    world.session.send_line(&token, &run, &id(field), line)
}

#[test]
fn only_the_line_that_is_given_leaves_its_writers_file() {
    let mut world = world().with_two();
    world
        .turn(Seat::A)
        .writes("gifts", lines(&["an hour off", "a bitter secret"], &[]))
        .pass_keyboard()
        .turn(Seat::B);
    let before = world.screen();
    assert!(!before.contains("an hour off"));
    world.pass_keyboard().turn(Seat::A);
    let given = send(&mut world, "gifts", "an hour off").unwrap().given;
    assert_eq!(
        (given[0].field.clone(), given[0].seat, given[0].line.as_str()),
        (id("gifts"), Seat::A, "an hour off")
    );
    send(&mut world, "gifts", "an hour off").unwrap();
    world.pass_keyboard();
    let shared = world.screen();
    world.turn(Seat::B);
    for screen in [shared, world.screen()] {
        assert!(screen.contains("an hour off") && !screen.contains("bitter"), "{screen}");
    }
    assert_eq!(world.state().given.len(), 1, "given twice is given once");
    assert_eq!(world.answer("gifts"), None);
    world.token = world.session.open_door(Seat::B).unwrap().token;
    let export = world.session.export_words(&world.token.clone(), true).unwrap();
    assert!(export.markdown.contains("Given by Robin") && export.markdown.contains("an hour off"));
    assert!(!export.json.contains("bitter"));
}

#[test]
fn a_given_line_stays_given_when_its_writer_changes_the_answer() {
    let mut world = world().with_two();
    world.turn(Seat::A).writes("gifts", lines(&["an hour off"], &[]));
    send(&mut world, "gifts", "an hour off").unwrap();
    world.writes("gifts", lines(&["nothing after all"], &[]));
    world.restart();
    world.together();
    let given = world.state().given;
    assert_eq!(given.len(), 1);
    assert_eq!(given[0].line, "an hour off");
}

#[test]
fn nothing_is_given_but_a_line_of_a_field_that_may_give_by_who_wrote_it() {
    let mut world = world().with_two();
    world
        .turn(Seat::A)
        .writes("gifts", lines(&["an hour off"], &[]))
        .writes("word", text("lantern"));
    assert_eq!(
        send(&mut world, "word", "lantern").unwrap_err(),
        Refusal::NotHere,
        "it has no `send`"
    );
    assert_eq!(
        send(&mut world, "gifts", "an hour").unwrap_err(),
        Refusal::NotHere,
        "word for word"
    );
    assert_eq!(send(&mut world, "gifts", "").unwrap_err(), Refusal::NotHere);
    world.pass_keyboard();
    assert_eq!(
        send(&mut world, "gifts", "an hour off").unwrap_err(),
        Refusal::NotHere,
        "both look"
    );
    world.turn(Seat::B);
    assert_eq!(
        send(&mut world, "gifts", "an hour off").unwrap_err(),
        Refusal::NotHere,
        "another's"
    );
    assert!(world.state().given.is_empty());
}

fn pick(world: &mut World, seat: Seat, block: &str, pace: Pace) -> Result<ReadyState, Refusal> {
    world.turn(seat);
    let (token, run) = (world.token.clone(), world.run.clone());
    let state = world.session.pick_ready(&token, &run, &id(block), pace);
    world.pass_keyboard();
    Ok(state?.ready.into_iter().find(|ready| ready.block == id(block)).unwrap())
}

#[test]
fn what_is_offered_is_the_smallest_and_nobody_is_told_what_the_other_picked() {
    for (a, b, offered) in [
        (Pace::Whole, Pace::Light, Pace::Light),
        (Pace::Apart, Pace::Whole, Pace::Apart),
        (Pace::Light, Pace::Apart, Pace::Apart),
    ] {
        let mut world = world().with_two();
        let first = pick(&mut world, Seat::A, "ready", a).unwrap();
        assert_eq!((first.picked, first.offered), (vec![Seat::A], None));
        let shared = world.screen();
        let both = pick(&mut world, Seat::B, "ready", b).unwrap();
        assert_eq!((both.picked, both.offered), (vec![Seat::A, Seat::B], Some(offered)));
        if a != Pace::Whole {
            let more = pick(&mut world, Seat::A, "ready", Pace::Whole);
            assert_eq!(
                more.unwrap_err(),
                Refusal::NotHere,
                "it would show what the other picked"
            );
        }
        let less = pick(&mut world, Seat::A, "ready", Pace::Apart).unwrap();
        assert_eq!(less.offered, Some(Pace::Apart), "a no is possible at any time");
        assert!(!shared.contains("whole") && !shared.contains("apart"), "{shared}");
    }
}

#[test]
fn on_some_days_light_is_offered_to_two_who_picked_the_whole_and_it_stands_for_that_day() {
    let mut world = world().with_two();
    let mut light = 0;
    for day in 0..40 {
        let mut offers = Vec::new();
        for _ in 0..if day < 8 { 2 } else { 1 } {
            world.restart();
            world.together();
            pick(&mut world, Seat::A, "ready", Pace::Whole).unwrap();
            offers.push(
                pick(&mut world, Seat::B, "ready", Pace::Whole)
                    .unwrap()
                    .offered
                    .unwrap(),
            );
        }
        assert!(offers.iter().all(|offer| *offer != Pace::Apart));
        light += u32::from(offers[0] == Pace::Light);
        assert!(
            offers.iter().all(|offer| *offer == offers[0]),
            "that day's offer stands"
        );
        days_pass(1);
    }
    assert!((1..=30).contains(&light), "{light} of 40 days");
}

#[test]
fn leaving_a_gate_counts_as_apart_and_leads_the_shared_screen_nowhere() {
    let duet = crate::every::EVERY
        .replace("> [!ready] How much today? {#ready}\n", "")
        .replace(
            "## The rest {#rest-step}\n",
            "## The rest {#rest-step}\n\n> [!ready] How much today? {#ready}\n",
        );
    let mut world = World::with(&[("every", &duet), ("pulse", crate::every::PULSE)]).with_two();
    for (seat, pace) in [(Seat::A, Pace::Whole), (Seat::B, Pace::Apart)] {
        let gate = pick(&mut world, seat, "way", pace).unwrap();
        assert_eq!(gate.offered, None);
    }
    let place = world.state().place;
    assert_eq!(place, id("ready-step"));
    pick(&mut world, Seat::A, "ready", Pace::Whole).unwrap();
    let ready = pick(&mut world, Seat::B, "ready", Pace::Whole).unwrap();
    assert_eq!(ready.offered, Some(Pace::Apart));
    let (token, run) = (world.token.clone(), world.run.clone());
    let led = world
        .session
        .pass_step(&token, &run, &id("ways"), false, Some(&id("support")));
    assert_eq!(led.unwrap_err(), Refusal::NotHere);
}

#[test]
fn how_ready_somebody_is_dies_with_the_sitting() {
    let mut world = world().with_two();
    pick(&mut world, Seat::A, "ready", Pace::Apart).unwrap();
    world.restart();
    world.together();
    assert!(world.state().ready.iter().all(|ready| ready.picked.is_empty()));
}

#[test]
fn a_light_sitting_shows_only_what_it_keeps_and_leaves_the_rest_as_it_was() {
    let mut world = world().with_two();
    let all = world.state().steps.len();
    let (token, run) = (world.token.clone(), world.run.clone());
    let state = world.session.choose_pace(&token, &run, true).unwrap();
    assert!(state.light);
    let shown: Vec<String> = state.steps.iter().map(|step| step.id.to_string()).collect();
    assert_eq!(shown, ["ready-step", "week", "ways"], "and the gate");
    world
        .session
        .pass_step(&token, &run, &id("ready-step"), false, Some(&id("week")))
        .unwrap();
    world.turn(Seat::A);
    let refused = world.session.choose_pace(&world.token.clone(), &run, false);
    assert_eq!(refused.unwrap_err(), Refusal::NotHere, "not for both");
    world.restart();
    let open = world.together();
    assert!(!open.state.light && !open.state.finished);
    assert_eq!(open.state.steps.len(), all);
    assert_eq!(open.state.place, id("week"));
}

#[test]
fn of_what_is_sealed_with_a_choice_only_what_was_chosen_opens() {
    let mut world = world().with_two();
    world
        .turn(Seat::A)
        .writes("glad", lines(&["robin keeps this", "robin shows this"], &[1]))
        .writes("order", sorted(&[("play", None), ("rest", None)], &[], &["play"]))
        .seals("writing")
        .seals("choosing")
        .pass_keyboard();
    world
        .turn(Seat::B)
        .writes("glad", lines(&["sam keeps all"], &[]))
        .seals("writing")
        .seals("choosing")
        .pass_keyboard();
    for step in ["writing", "choosing"] {
        for seat in [Seat::A, Seat::B] {
            world.says_open(seat, step, LayerName::Surface).unwrap();
        }
    }
    let opened = world.opened("writing", LayerName::Surface).unwrap();
    let glad = opened
        .iter()
        .find(|one| one.seat == Seat::A && one.field == id("glad"))
        .unwrap();
    assert_eq!(glad.value, Some(lines(&["robin shows this"], &[0])));
    let opened = world.opened("choosing", LayerName::Surface).unwrap();
    let order = opened
        .iter()
        .find(|one| one.seat == Seat::A && one.field == id("order"))
        .unwrap();
    assert_eq!(order.value, Some(sorted(&[("play", None)], &[], &["play"])));
    let screen = world.screen();
    assert!(!screen.contains("robin keeps this") && !screen.contains("sam keeps all"));
    world.token = world.session.open_door(Seat::B).unwrap().token;
    let export = world.session.export_words(&world.token.clone(), true).unwrap();
    assert!(export.json.contains("robin shows this") && !export.json.contains("robin keeps this"));
    world.token = world.session.open_door(Seat::A).unwrap().token;
    let export = world.session.export_words(&world.token.clone(), true).unwrap();
    assert!(export.markdown.contains("robin keeps this"), "it stays with its writer");
}

/// Both sort cards of which one may be opened, seal, and open.
fn overlapped(robin: &Value, sam: &Value, every: &str) -> World {
    let mut world = World::with(&[("every", every), ("pulse", crate::every::PULSE)]).with_two();
    for (seat, cards) in [(Seat::A, robin), (Seat::B, sam)] {
        world
            .turn(seat)
            .writes("piles", cards.clone())
            .seals("choosing")
            .pass_keyboard();
    }
    assert!(world.opened("choosing", LayerName::Surface).is_none());
    for seat in [Seat::A, Seat::B] {
        world.says_open(seat, "choosing", LayerName::Surface).unwrap();
    }
    world
}

fn only_overlaps() -> String {
    crate::every::EVERY
        .replace("{#piles own}", "{#piles own reveal overlap=yes show=1}")
        .replace("{#order reveal pick}", "{#order}")
}

#[test]
fn of_cards_that_overlap_only_a_few_that_both_chose_are_opened_and_no_other_leaves() {
    let robin = sorted(
        &[("own-1", Some("yes")), ("walk", Some("yes")), ("game", Some("yes"))],
        &[("own-1", "robin's swim")],
        &[],
    );
    let sam = sorted(
        &[("game", Some("not-now")), ("walk", Some("yes")), ("own-1", Some("yes"))],
        &[("own-1", "sam's swim")],
        &[],
    );
    let mixed = crate::every::EVERY.replace("{#piles own}", "{#piles own reveal overlap=yes show=1}");
    for every in [only_overlaps(), mixed] {
        let mut world = overlapped(&robin, &sam, &every);
        let opened = world.opened("choosing", LayerName::Surface).unwrap();
        let piles: Vec<_> = opened.iter().filter(|one| one.field == id("piles")).collect();
        assert_eq!(piles.len(), 2);
        for side in piles {
            assert_eq!(side.value, Some(sorted(&[("walk", Some("yes"))], &[], &[])));
        }
        let screen = world.screen();
        assert!(!screen.contains("swim"));
        world.turn(Seat::A);
        assert!(world.screen().contains("robin's swim") && !world.screen().contains("sam's swim"));
        assert_eq!(world.try_to_write("piles", robin.clone()), Err(Refusal::Sealed));
        world.token = world.session.open_door(Seat::B).unwrap().token;
        let export = world.session.export_words(&world.token.clone(), true).unwrap();
        assert!(export.markdown.contains("Both: Where do they go?") && export.markdown.contains("a walk"));
        assert!(!export.json.contains("robin's swim"));
    }
}

#[test]
fn of_several_cards_that_both_chose_no_more_are_opened_than_was_said() {
    let both = sorted(&[("walk", Some("yes")), ("game", Some("yes"))], &[], &[]);
    let mut world = overlapped(&both, &both, &only_overlaps());
    let cards = |world: &mut World| {
        let opened = world.opened("choosing", LayerName::Surface).unwrap();
        let Some(Value::Sorted { cards, .. }) = opened[0].value.clone() else {
            panic!("{opened:?}");
        };
        cards
    };
    let drawn = cards(&mut world);
    assert_eq!(drawn.len(), 1);
    world.restart();
    world.together();
    assert_eq!(cards(&mut world), drawn, "drawn once");
}

#[test]
fn cards_kept_to_oneself_open_as_none_at_all() {
    let both = sorted(&[("walk", Some("yes"))], &[], &[]);
    let mut world = World::with(&[("every", &only_overlaps()), ("pulse", crate::every::PULSE)]).with_two();
    world.turn(Seat::A).writes("piles", both.clone());
    let (token, run) = (world.token.clone(), world.run.clone());
    world
        .session
        .seal(&token, &run, &id("choosing"), u32::MAX, true)
        .unwrap();
    world
        .pass_keyboard()
        .turn(Seat::B)
        .writes("piles", both)
        .seals("choosing")
        .pass_keyboard();
    for seat in [Seat::A, Seat::B] {
        world.says_open(seat, "choosing", LayerName::Surface).unwrap();
    }
    let opened = world.opened("choosing", LayerName::Surface).unwrap();
    assert!(
        opened.iter().all(|one| one.value == Some(sorted(&[], &[], &[]))),
        "{opened:?}"
    );
}

#[test]
fn whether_somebody_was_at_a_gate_is_told_to_nobody_else() {
    let mut world = world().with_two();
    let mine = pick(&mut world, Seat::A, "way", Pace::Apart).unwrap();
    assert_eq!(mine.picked, [Seat::A], "to whoever was there");
    let seen = |world: &mut World| {
        let ready = world.state().ready.into_iter();
        ready
            .filter(|one| one.block == id("way"))
            .all(|one| one.picked.is_empty())
    };
    assert!(seen(&mut world), "while both look");
    world.turn(Seat::B);
    assert!(seen(&mut world), "on the other's turn");
}
