//! Every kind of block is answered, kept, met again after a restart and taken along, alone and together.

use lesson::Value;
use pairwise::ipc::dto::{OpenRun, Refusal, Seat};

use crate::{
    every::{EVERY, JOINT, PULSE, answers, blank, day, lines, takes},
    world::{World, id, text},
};

pub(crate) fn world() -> World {
    World::with(&[("every", EVERY), ("pulse", PULSE)])
}

/// What the page would be shown of a field, whichever list it stands in.
fn kept(open: &OpenRun, field: &str) -> Option<Value> {
    let all = open.state.answers.iter().chain(&open.state.joint);
    let mut found = all.filter(|answer| answer.field == id(field));
    found.next().map(|answer| answer.value.clone())
}

#[test]
fn the_lesson_has_every_kind_and_nothing_to_mend() {
    let mut world = world().with_one();
    let course = world.session.course_page(&world.token.clone()).unwrap();
    assert!(course.problems.is_empty(), "{:?}", course.problems);
    let shown: Vec<String> = course.parts[0].lessons.iter().map(|card| card.id.to_string()).collect();
    assert_eq!(shown, ["every"], "a questionnaire is no lesson of its own");
    let lesson = world.open().lesson;
    let kinds: std::collections::BTreeSet<&str> = lesson.blocks().map(|block| block.kind.name()).collect();
    assert_eq!(kinds.len(), 26, "every kind of the format: {kinds:?}");
    let asked: Vec<&str> = lesson
        .blocks()
        .filter(|block| block.privacy.is_some())
        .map(|block| block.id.as_str())
        .collect();
    let given = answers();
    assert!(
        asked.iter().all(|field| given.iter().any(|(known, _)| known == field)),
        "{asked:?}"
    );
}

#[test]
fn alone_every_kind_is_there_after_a_restart_and_blank_is_no_zero() {
    let mut world = world().with_one();
    for (field, _) in answers() {
        assert_eq!(world.answer(field), None, "{field}");
    }
    for (field, value) in answers() {
        world.writes(field, value);
    }
    world.restart();
    let open = world.enter(Seat::A);
    for (field, value) in answers() {
        assert_eq!(kept(&open, field), Some(value.clone()), "{field}");
        assert!(!value.is_blank(), "{field}: a zero is an answer");
        world.writes(field, blank(&value));
    }
    world.restart();
    let open = world.enter(Seat::A);
    for (field, value) in answers() {
        let now = kept(&open, field).unwrap();
        assert!(now.is_blank() && now == blank(&value), "{field}: {now:?}");
    }
}

#[test]
fn together_every_kind_is_there_after_a_restart_for_those_who_may_read_it() {
    let mut world = world().with_two();
    for (field, value) in answers() {
        let is_joint = JOINT.contains(&field);
        let open = world.try_to_write(field, value.clone());
        assert_eq!(open.is_ok(), is_joint, "{field} while both look: {open:?}");
    }
    world.turn(Seat::A);
    for (field, value) in answers() {
        let is_joint = JOINT.contains(&field);
        assert_eq!(world.try_to_write(field, value).is_ok(), !is_joint, "{field} on a turn");
    }
    world.pass_keyboard();
    world.restart();
    let open = world.together();
    for (field, value) in answers() {
        let seen = JOINT.contains(&field).then_some(value);
        assert_eq!(kept(&open, field), seen, "{field} while both look");
    }
    world.turn(Seat::A);
    let open = world.open();
    for (field, value) in answers() {
        assert_eq!(kept(&open, field), Some(value), "{field} on the writer's turn");
    }
    world.pass_keyboard().turn(Seat::B);
    let open = world.open();
    for (field, value) in answers() {
        let seen = JOINT.contains(&field).then_some(value);
        assert_eq!(kept(&open, field), seen, "{field} on the other's turn");
    }
}

#[test]
fn every_kind_is_taken_along_as_it_was_written() {
    let words = [
        "lantern",
        "and a short night",
        "coffee in bed",
        "When the door slams I feel very small",
        "an hour off",
        "I stood still",
        "hungry",
        "0 (10 is the highest)",
        "say good morning: 0",
        "a swim at dawn",
        r"1\. play",
        "left out",
        "on the stairs",
        "hum a tune",
        "How close? 0 (10 is the highest)",
        "goodnight",
        "We have eaten",
        r"\*bananas\*",
        "buy two lamps",
        "A slow book",
    ];
    let mut alone = world().with_one();
    for (field, value) in answers() {
        alone.writes(field, value);
    }
    let export = alone.session.export_words(&alone.token.clone(), false).unwrap();
    assert_eq!(export.documents.len(), 1);
    let json: serde_json::Value = serde_json::from_str(&export.json).unwrap();
    let mine = json["runs"][0]["mine"].as_array().unwrap();
    for (field, value) in answers() {
        let kept = mine.iter().find(|answer| answer["field"] == field).unwrap();
        assert_eq!(kept["value"], serde_json::to_value(&value).unwrap(), "{field}");
    }
    for word in words {
        assert!(export.markdown.contains(word), "{word} is not in\n{}", export.markdown);
    }

    let mut two = world().with_two();
    for (field, value) in answers().into_iter().filter(|(field, _)| JOINT.contains(field)) {
        two.writes(field, value);
    }
    two.turn(Seat::A);
    for (field, value) in answers().into_iter().filter(|(field, _)| !JOINT.contains(field)) {
        two.writes(field, value);
    }
    let token = two.token.clone();
    assert_eq!(
        two.session.export_words(&token, true).unwrap_err(),
        Refusal::NotHere,
        "a sitting for two is nobody's own door"
    );
    two.token = two.session.open_door(Seat::A).unwrap().token;
    let export = two.session.export_words(&two.token.clone(), false).unwrap();
    for word in words {
        assert!(export.markdown.contains(word), "{word} is not in\n{}", export.markdown);
    }
    two.token = two.session.open_door(Seat::B).unwrap().token;
    let export = two.session.export_words(&two.token.clone(), false).unwrap();
    assert!(export.markdown.contains(r"\*bananas\*"));
    for private in ["lantern", "coffee in bed", "very small", "left out", "goodnight"] {
        assert!(
            !export.markdown.contains(private) && !export.json.contains(private),
            "{private}"
        );
    }
}

#[test]
fn sensitive_words_are_taken_along_only_when_asked_for() {
    let tender = EVERY.replace("{#happened send}", "{#happened sensitive}");
    let mut world = World::with(&[("every", &tender), ("pulse", PULSE)]).with_one();
    world
        .writes("happened", text("a tender thing"))
        .writes("word", text("lantern"));
    let token = world.token.clone();
    let export = world.session.export_words(&token, false).unwrap();
    assert_eq!(export.left_out, 1);
    assert!(!export.markdown.contains("tender") && !export.json.contains("tender"));
    assert!(export.markdown.contains("lantern"));
    let export = world.session.export_words(&token, true).unwrap();
    assert_eq!(export.left_out, 0);
    assert!(export.markdown.contains("tender") && export.json.contains("tender"));
}

#[test]
fn sensitive_words_stay_back_when_their_field_has_gone_from_the_lesson() {
    let tender = EVERY.replace("{#happened send}", "{#happened sensitive}");
    let mut world = World::with(&[("every", &tender), ("pulse", PULSE)]).with_one();
    world
        .writes("happened", text("a tender thing"))
        .writes("word", text("lantern"));
    world.write(
        "lessons/en/every.md",
        &EVERY
            .replace("> [!long] What happened? {#happened send}\n", "")
            .replace("of=every.happened", "of=every.word"),
    );
    world.restart();
    world.enter(Seat::A);
    let token = world.token.clone();
    let export = world.session.export_words(&token, false).unwrap();
    assert_eq!(export.left_out, 1);
    assert!(!export.markdown.contains("tender") && !export.json.contains("tender"));
    assert!(export.markdown.contains("lantern"));
    let export = world.session.export_words(&token, true).unwrap();
    assert!(export.markdown.contains("tender") && export.json.contains("tender"));
}

#[test]
fn a_questionnaire_comes_with_the_lesson_that_uses_it_and_takes_only_marks_it_has() {
    let mut world = world().with_one();
    let open = world.open();
    assert_eq!(open.instruments.len(), 1);
    assert_eq!(open.instruments[0].meta.id, id("pulse"));
    assert_eq!(
        world.try_to_write("pulse", takes(&[("2026-11-10", &[("elsewhere", 1)])])),
        Err(Refusal::Misfit)
    );
    assert_eq!(
        world.try_to_write("pulse", takes(&[("2026-11-10", &[("close", 11)])])),
        Err(Refusal::Misfit)
    );
    assert!(world.session.open_run(&world.token.clone(), &id("pulse")).is_err());
}

#[test]
fn a_practice_begins_on_the_day_it_is_taken_and_is_over_after_its_days() {
    let mut world = world().with_one();
    world.writes(
        "try",
        Value::Practice {
            pick: Some(id("long-breath")),
            other: None,
            start: None,
        },
    );
    let practice = world.state().practices.remove(0);
    assert_eq!((practice.from, practice.until), (day("2026-11-24"), day("2026-11-30")));
    assert!(!practice.due);
    let note = world.session.home(&world.token).unwrap().practice.unwrap();
    assert_eq!((note.text.as_str(), note.until), ("one long breath", day("2026-11-30")));
    crate::world::days_pass(7);
    assert!(world.state().practices[0].due);
    assert!(
        world.session.home(&world.token).unwrap().practice.unwrap().due,
        "how was it?"
    );
    crate::world::days_pass(14);
    assert_eq!(
        world.session.home(&world.token).unwrap().practice,
        None,
        "and it goes by itself"
    );
}

#[test]
fn home_says_when_a_week_has_gone_since_the_last_pulse_and_not_before_there_was_one() {
    let mut world = world().with_one();
    let due = |world: &World| {
        let home = world.session.home(&world.token).unwrap();
        (home.pulse_due, home.pulse)
    };
    assert_eq!(due(&world), (false, None));
    world.writes("pulse", takes(&[("2026-11-24", &[("close", 3)])]));
    assert_eq!(due(&world), (false, None));
    crate::world::days_pass(6);
    assert_eq!(due(&world), (false, None));
    crate::world::days_pass(1);
    assert_eq!(due(&world), (true, Some(id("every"))));
}

#[test]
fn what_makes_no_sense_alone_is_refused_and_an_agreement_is_with_myself() {
    use pairwise::ipc::dto::{AgreementStanding, Pace};
    let mut world = world().with_one();
    let (token, run) = (world.token.clone(), world.run.clone());
    let refused = world.session.pick_ready(&token, &run, &id("ready"), Pace::Light);
    assert_eq!(refused.unwrap_err(), Refusal::NotHere);
    assert!(world.state().ready.is_empty());
    world.writes("gifts", lines(&["an hour off"], &[]));
    let refused = world.session.send_line(&token, &run, &id("gifts"), "an hour off");
    assert_eq!(refused.unwrap_err(), Refusal::NotHere, "there is nobody to give it to");
    world.writes("signal", crate::every::wording("I stop at ten."));
    let save = world.save_of("signal");
    let state = world
        .session
        .accept_agreement(&token, &run, &id("signal"), save)
        .unwrap();
    let signal = &state.agreements[0];
    assert_eq!(signal.state, AgreementStanding::Agreed);
    assert_eq!(
        (signal.since, signal.review),
        (Some(day("2026-11-24")), Some(day("2026-12-08")))
    );
    crate::world::days_pass(14);
    let reviews = world.session.home(&token).unwrap().reviews;
    assert_eq!(reviews[0].text, "I stop at ten.");
    let ended = world.session.end_agreement(&token, &run, &id("signal")).unwrap();
    assert_eq!(ended.agreements[0].state, AgreementStanding::Ended);
    assert!(world.session.home(&token).unwrap().reviews.is_empty());
}
