//! What an answer is, to each kind of block: fits, blank, in words, under a seal, and after its lesson was edited.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use chrono::NaiveDate;
use lesson::*;
use serde_json::json;

const EVERY_KIND: &str = include_str!("samples/every-kind.md");

fn read(source: &str) -> Lesson {
    let parsed = parse(source);
    assert_eq!(parsed.diagnostics, vec![]);
    parsed.lesson.unwrap()
}

/// A lesson with one step.
fn of(body: &str) -> Lesson {
    read(&format!(
        "---\nformat: 1\nid: try-out\ntitle: Try out\nversion: 1.0.0\nlang: en\naudience: either\nminutes: 5\nlicence: CC-BY-SA-4.0\nsources: [Ours]\n---\n\n## One {{#one}}\n\n{body}\n"
    ))
}

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

fn block<'l>(lesson: &'l Lesson, name: &str) -> &'l Block {
    lesson.block(&id(name)).unwrap()
}

/// An answer as it is kept.
fn value(json: serde_json::Value) -> Value {
    serde_json::from_value(json).unwrap()
}

/// For every field of the lesson that has every kind: an answer, what it says, and answers that cannot be.
#[allow(clippy::type_complexity, reason = "a table")]
fn answers() -> Vec<(
    &'static str,
    serde_json::Value,
    &'static [&'static str],
    Vec<serde_json::Value>,
)> {
    vec![
        (
            "word",
            json!({"type": "text", "text": "tired"}),
            &["tired"],
            vec![json!({"type": "mark", "at": 1})],
        ),
        ("happened", json!({"type": "text", "text": "a\nb"}), &["a", "b"], vec![]),
        (
            "glad",
            json!({"type": "lines", "lines": ["tea", " ", "rain"], "chosen": [2]}),
            &["tea", "rain"],
            vec![
                json!({"type": "lines", "lines": ["tea"], "chosen": [1]}),
                json!({"type": "lines", "lines": ["tea"], "chosen": [0, 0]}),
            ],
        ),
        (
            "gentle",
            json!({"type": "gaps", "gaps": {"event": "the door slams ", "help-me": "a word"}}),
            &["When the door slams I feel …, and a word would help."],
            vec![json!({"type": "gaps", "gaps": {"gone": "x"}})],
        ),
        (
            "stance",
            json!({"type": "picks", "picks": ["else"], "other": "sang"}),
            &["something else: sang"],
            vec![json!({"type": "picks", "picks": ["closer", "away"], "other": null})],
        ),
        (
            "which",
            json!({"type": "picks", "picks": ["hungry", "tired"], "other": null}),
            &["tired", "hungry"],
            vec![
                json!({"type": "picks", "picks": ["tired", "tired"], "other": null}),
                json!({"type": "picks", "picks": [], "other": "own"}),
            ],
        ),
        (
            "before",
            json!({"type": "picks", "picks": ["phones"], "other": null}),
            &["The phones are away"],
            vec![],
        ),
        (
            "heat",
            json!({"type": "mark", "at": 10}),
            &["10 (10 is the highest): very"],
            vec![json!({"type": "mark", "at": 11})],
        ),
        (
            "often",
            json!({"type": "marks", "marks": {"meals": 1, "morning": 5}}),
            &[
                "say good morning: 5 (5 is the highest)",
                "eat together: 1 (5 is the highest)",
            ],
            vec![
                json!({"type": "marks", "marks": {"meals": 0}}),
                json!({"type": "marks", "marks": {"gone": 1}}),
            ],
        ),
        (
            "order",
            json!({"type": "sorted", "cards": [{"card": "own-1", "pile": null}, {"card": "rest", "pile": null}], "own": {"own-1": "sing", "own-2": "dance"}, "chosen": []}),
            &["1. sing", "2. rest", "dance"],
            vec![
                json!({"type": "sorted", "cards": [{"card": "rest", "pile": "yes"}], "own": {}, "chosen": []}),
                json!({"type": "sorted", "cards": [{"card": "rest", "pile": null}, {"card": "rest", "pile": null}], "own": {}, "chosen": []}),
                json!({"type": "sorted", "cards": [], "own": {"rest": "not mine to name"}, "chosen": []}),
                json!({"type": "sorted", "cards": [], "own": {}, "chosen": ["rest"]}),
            ],
        ),
        (
            "like",
            json!({"type": "sorted", "cards": [{"card": "walk", "pile": "yes"}, {"card": "hug", "pile": "not-now"}], "own": {}, "chosen": []}),
            &["Yes: a walk, hand in hand", "Not now: a long hug"],
            vec![
                json!({"type": "sorted", "cards": [{"card": "walk", "pile": null}], "own": {}, "chosen": []}),
                json!({"type": "sorted", "cards": [{"card": "walk", "pile": "maybe"}], "own": {}, "chosen": []}),
                json!({"type": "sorted", "cards": [], "own": {"own-1": "x"}, "chosen": []}),
            ],
        ),
        (
            "half",
            json!({"type": "stages", "stages": {"move": "I leave", "spark": "the door"}}),
            &["When I see or hear: the door", "I tend to: I leave"],
            vec![json!({"type": "stages", "stages": {"gone": "x"}})],
        ),
        (
            "signal",
            json!({"type": "agreement", "text": "Kettle", "accepted": ["a", "b"], "since": "2026-03-01", "ended": null}),
            &["Kettle", "Agreed on 2026-03-01"],
            vec![json!({"type": "agreement", "text": "Kettle", "accepted": ["a", "a"], "since": null, "ended": null})],
        ),
        (
            "noticed",
            json!({"type": "entries", "entries": [{"on": "2026-03-01", "tags": ["late"], "note": "in the car"}, {"on": "2026-03-02", "tags": [], "note": ""}]}),
            &["2026-03-01: late; in the car", "2026-03-02: "],
            vec![json!({"type": "entries", "entries": [{"on": "2026-03-01", "tags": ["late", "late"], "note": ""}]})],
        ),
        (
            "try",
            json!({"type": "practice", "pick": "own-try", "other": "sing", "start": "2026-03-01"}),
            &["something of my own: sing", "From 2026-03-01"],
            vec![json!({"type": "practice", "pick": "gone", "other": null, "start": null})],
        ),
        (
            "reading",
            json!({"type": "plan", "title": "A book", "author": "", "parts": [{"title": "One", "from": 1, "to": 9}], "start": null, "every": 7}),
            &["A book", "One, pages 1 to 9"],
            vec![json!({"type": "plan", "title": "A book", "author": "", "parts": [], "start": null, "every": 61})],
        ),
        (
            "turns",
            json!({"type": "talk", "rounds": 1, "next": "Tea on Sunday"}),
            &["Talked through 1 round", "Tea on Sunday"],
            vec![json!({"type": "talk", "rounds": 1001, "next": ""})],
        ),
        (
            "pulse",
            json!({"type": "takes", "takes": [{"on": "2026-03-01", "marks": {"close": 0, "how-stuck": 4}}]}),
            &["2026-03-01: close 0, how stuck 4"],
            vec![json!({"type": "text", "text": "x"})],
        ),
    ]
}

#[test]
fn every_kind_has_an_answer_that_fits_it_and_answers_that_do_not() {
    let lesson = read(EVERY_KIND);
    let asked: Vec<&str> = answers().iter().map(|(field, ..)| *field).collect();
    let fields: Vec<&str> = lesson.fields().map(|field| field.id.as_str()).collect();
    assert_eq!(asked, fields, "a field of the lesson has no answer in this test");
    for (field, good, lines, bad) in answers() {
        let (block, good) = (block(&lesson, field), value(good));
        assert_eq!(fits(block, &good), Ok(()), "{field}");
        assert_eq!(good.as_lines(block), lines, "{field}");
        assert!(!good.is_blank(), "{field}");
        assert_eq!(value(serde_json::to_value(&good).unwrap()), good, "{field}");
        for bad in bad {
            assert!(fits(block, &value(bad.clone())).is_err(), "{field}: {bad}");
        }
    }
}

#[test]
fn blank_is_not_zero_for_any_kind() {
    for blank in [
        json!({"type": "text", "text": " \n"}),
        json!({"type": "picks", "picks": [], "other": " "}),
        json!({"type": "mark", "at": null}),
        json!({"type": "lines", "lines": ["", " "]}),
        json!({"type": "marks", "marks": {}}),
        json!({"type": "sorted", "cards": [], "own": {"own-1": " "}, "chosen": []}),
        json!({"type": "gaps", "gaps": {"event": ""}}),
        json!({"type": "stages", "stages": {"spark": " "}}),
        json!({"type": "agreement", "text": "", "accepted": [], "since": null, "ended": null}),
        json!({"type": "entries", "entries": []}),
        json!({"type": "practice", "pick": null, "other": null, "start": null}),
        json!({"type": "talk", "rounds": 0, "next": " "}),
        json!({"type": "takes", "takes": []}),
    ] {
        assert!(value(blank.clone()).is_blank(), "{blank}");
    }
    for zero in [
        json!({"type": "mark", "at": 0}),
        json!({"type": "marks", "marks": {"close": 0}}),
        json!({"type": "entries", "entries": [{"on": "2026-03-01", "tags": [], "note": ""}]}),
    ] {
        assert!(!value(zero.clone()).is_blank(), "{zero}");
    }
}

#[test]
fn what_was_not_picked_is_in_no_seal() {
    let lesson = of(
        "> [!list] Glad {#glad reveal pick}\n\n> [!sort] Which? {#which reveal pick own}\n> 1. Yes {#yes}\n> 2. No {#no}\n>\n> - a hug {#hug}\n> - a walk {#walk}",
    );
    let lines = value(json!({"type": "lines", "lines": ["secret-one", "tea", "secret-two", "rain"], "chosen": [3, 1]}));
    let sealed = lines.layer_of(block(&lesson, "glad"), Layer::Surface);
    assert_eq!(
        sealed,
        value(json!({"type": "lines", "lines": ["tea", "rain"], "chosen": [0, 1]}))
    );
    assert_eq!(sealed.layer_of(block(&lesson, "glad"), Layer::Surface), sealed);

    let cards = value(json!({
        "type": "sorted",
        "cards": [{"card": "own-2", "pile": "no"}, {"card": "hug", "pile": "yes"}, {"card": "own-7", "pile": "yes"}, {"card": "walk", "pile": "no"}],
        "own": {"own-2": "secret-one", "own-3": "secret-two", "own-7": "a dance"},
        "chosen": ["own-7", "walk"],
    }));
    let sealed = cards.layer_of(block(&lesson, "which"), Layer::Surface);
    assert_eq!(
        sealed,
        value(json!({
            "type": "sorted",
            "cards": [{"card": "own-1", "pile": "yes"}, {"card": "walk", "pile": "no"}],
            "own": {"own-1": "a dance"},
            "chosen": ["own-1", "walk"],
        }))
    );
    assert_eq!(sealed.layer_of(block(&lesson, "which"), Layer::Surface), sealed);
    assert!(!sealed.canonical().contains("secret"));
}

#[test]
fn what_was_taken_up_again_or_put_back_is_in_no_seal() {
    let lesson = of(
        "> [!sort] Which? {#which reveal own}\n> 1. Yes {#yes}\n> 2. No {#no}\n>\n> - a hug {#hug}\n\n> [!choice] How? {#how reveal}\n> - Slowly {#slow}\n> - Another way {#way other}",
    );
    let cards = value(json!({
        "type": "sorted",
        "cards": [{"card": "own-2", "pile": "no"}],
        "own": {"own-1": "secret-one", "own-2": "a dance"},
        "chosen": [],
    }));
    assert_eq!(
        cards.layer_of(block(&lesson, "which"), Layer::Surface),
        value(json!({
            "type": "sorted",
            "cards": [{"card": "own-2", "pile": "no"}],
            "own": {"own-2": "a dance"},
            "chosen": [],
        }))
    );
    let how = block(&lesson, "how");
    let put_back = value(json!({"type": "picks", "picks": ["slow"], "other": "secret-two"}));
    let sealed = put_back.layer_of(how, Layer::Surface);
    assert_eq!(
        sealed,
        value(json!({"type": "picks", "picks": ["slow"], "other": null}))
    );
    let said = value(json!({"type": "picks", "picks": ["way"], "other": "singing"}));
    assert_eq!(said.layer_of(how, Layer::Surface), said);
}

#[test]
fn an_overlap_has_no_layers_and_every_card_is_committed_whatever_was_done_with_it() {
    let lesson = read(EVERY_KIND);
    let like = block(&lesson, "like");
    let mine = value(
        json!({"type": "sorted", "cards": [{"card": "walk", "pile": "yes"}, {"card": "hug", "pile": "not-now"}], "own": {}, "chosen": []}),
    );
    let theirs = value(
        json!({"type": "sorted", "cards": [{"card": "walk", "pile": "yes"}, {"card": "hug", "pile": "yes"}], "own": {}, "chosen": []}),
    );
    assert_eq!(layers(like), []);
    assert!(mine.layer_of(like, Layer::Surface).is_blank());
    let (one, other) = (overlap_cards(like, Some(&mine)), overlap_cards(like, Some(&theirs)));
    assert_eq!(one.len(), overlap_cards(like, None).len());
    assert_eq!(one[0].canonical(), r#"{"card":"hug","chosen":false}"#);
    assert_eq!(in_both(&one, &other), [id("walk")]);
    assert_eq!(in_both(&one, &overlap_cards(like, None)), []);
    let shown = overlap_opened(like, &[id("walk")]).unwrap();
    assert_eq!(shown.as_lines(like), ["Yes: a walk, hand in hand"]);
    assert_eq!(overlap_cards(block(&lesson, "order"), Some(&mine)), []);
}

#[test]
fn an_instrument_is_answered_with_its_own_marks() {
    let pulse = read(include_str!("samples/weekly-pulse.md"));
    let take = |marks: &[(&str, i32)]| Take {
        on: NaiveDate::from_ymd_opt(2026, 3, 1).unwrap(),
        marks: marks.iter().map(|(item, mark)| (id(item), *mark)).collect(),
    };
    let questions: Vec<(String, bool)> = pulse
        .questions()
        .into_iter()
        .map(|q| (q.id.to_string(), q.reverse))
        .collect();
    assert_eq!(
        questions,
        [("close".into(), false), ("stuck".into(), true), ("ended".into(), false)]
    );
    assert_eq!(take_fits(&pulse, &take(&[("close", 0), ("ended", 2)])), Ok(()));
    assert_eq!(take_fits(&pulse, &take(&[("ended", 1)])), Err(Misfit::OutOfRange));
    assert_eq!(take_fits(&pulse, &take(&[("stuck", 11)])), Err(Misfit::OutOfRange));
    assert_eq!(
        take_fits(&pulse, &take(&[("pulse", 1)])),
        Err(Misfit::Unknown(id("pulse")))
    );
    assert_eq!(read(EVERY_KIND).questions(), []);
}

/// What becomes of an answer that was kept under `field` when the lesson is now `body`.
fn after(
    body: &str,
    field: &str,
    privacy: Privacy,
    json: serde_json::Value,
) -> Option<(String, Value, Option<Earlier>, Option<Value>)> {
    let lesson = of(body);
    let (field, value) = (id(field), value(json));
    let kept = Kept {
        field: &field,
        rev: 0,
        privacy,
        value: &value,
    };
    now(&lesson, &kept, false).map(|now| (now.block.id.to_string(), now.value.clone(), now.earlier, now.carries()))
}

#[test]
fn a_renamed_field_and_a_renamed_option_keep_their_answer() {
    let body = "> [!choice] Which? {#newer joint was=which,older}\n> - closer {#closer was=pursue}\n> - away {#away}";
    let (field, value, earlier, _) = after(
        body,
        "older",
        Privacy::Joint,
        json!({"type": "picks", "picks": ["pursue"], "other": null}),
    )
    .unwrap();
    assert_eq!((field.as_str(), earlier), ("newer", None));
    assert_eq!(
        value,
        self::value(json!({"type": "picks", "picks": ["closer"], "other": null}))
    );

    let body = "> [!rating] How often? {#often}\n> - 0: never\n> - dinner {#dinner was=supper}\n\n> [!frame] Say {#say}\n> - When ___ {#event was=trigger}";
    let (_, value, earlier, _) = after(
        body,
        "often",
        Privacy::Private,
        json!({"type": "marks", "marks": {"supper": 3, "dinner": 5}}),
    )
    .unwrap();
    assert_eq!(
        (value, earlier),
        (self::value(json!({"type": "marks", "marks": {"dinner": 5}})), None)
    );
    let (_, value, earlier, _) = after(
        body,
        "say",
        Privacy::Private,
        json!({"type": "gaps", "gaps": {"trigger": "x"}}),
    )
    .unwrap();
    assert_eq!(
        (value, earlier),
        (self::value(json!({"type": "gaps", "gaps": {"event": "x"}})), None)
    );
}

#[test]
fn a_wider_field_never_takes_an_answer_with_it() {
    let text = json!({"type": "text", "text": "mine"});
    let told = |privacy: &str, was: Privacy| {
        after(
            &format!("> [!long] What? {{#what {privacy}}}"),
            "what",
            was,
            text.clone(),
        )
        .unwrap()
        .2
    };
    assert_eq!(told("reveal", Privacy::Private), Some(Earlier::Wider));
    assert_eq!(told("joint", Privacy::Private), Some(Earlier::Wider));
    assert_eq!(told("joint", Privacy::Reveal), Some(Earlier::Wider));
    assert_eq!(told("private", Privacy::Reveal), None);
    assert_eq!(told("private", Privacy::Joint), Some(Earlier::Shared));
    assert_eq!(told("reveal", Privacy::Reveal), None);
}

#[test]
fn on_ones_own_everything_is_only_mine_and_nothing_is_wider() {
    let lesson = of("> [!long] What? {#what joint}");
    let (field, value) = (id("what"), value(json!({"type": "text", "text": "mine"})));
    let kept = Kept {
        field: &field,
        rev: 0,
        privacy: Privacy::Private,
        value: &value,
    };
    assert_eq!(now(&lesson, &kept, true).unwrap().earlier, None);
    assert_eq!(now(&lesson, &kept, false).unwrap().earlier, Some(Earlier::Wider));
}

#[test]
fn a_changed_meaning_makes_an_answer_earlier_wording_that_can_be_copied() {
    let text = json!({"type": "text", "text": "mine"});
    let (_, value, earlier, carries) = after("> [!long] What? {#what rev=1}", "what", Privacy::Private, text).unwrap();
    assert_eq!(earlier, Some(Earlier::Meaning));
    assert_eq!(carries, Some(value));
}

#[test]
fn a_removed_option_stays_readable_and_the_rest_can_be_copied() {
    let body = "> [!choices] Which? {#which}\n> - closer {#closer}\n> - away {#away}";
    let picked = json!({"type": "picks", "picks": ["went-quiet", "away"], "other": null});
    let (_, value, earlier, carries) = after(body, "which", Privacy::Private, picked).unwrap();
    assert_eq!(earlier, Some(Earlier::Form));
    assert_eq!(value.as_lines(block(&of(body), "which")), ["away", "went quiet"]);
    assert_eq!(
        carries,
        Some(self::value(json!({"type": "picks", "picks": ["away"], "other": null})))
    );
}

#[test]
fn an_answer_of_another_form_is_kept_and_not_copied() {
    let (_, value, earlier, carries) = after(
        "> [!scale] How? {#how}",
        "how",
        Privacy::Private,
        json!({"type": "text", "text": "mine"}),
    )
    .unwrap();
    assert_eq!((earlier, carries), (Some(Earlier::Form), None));
    assert_eq!(value.as_lines(block(&of("> [!scale] How? {#how}"), "how")), ["mine"]);
}

#[test]
fn an_answer_whose_field_is_gone_belongs_nowhere() {
    let text = json!({"type": "text", "text": "mine"});
    assert_eq!(after("> [!long] What? {#what}", "gone", Privacy::Private, text), None);
}

#[test]
fn nothing_written_is_missing_from_the_words_of_an_answer() {
    let lesson = read(EVERY_KIND);
    for (field, gone) in [
        ("half", json!({"type": "stages", "stages": {"old-stage": "words"}})),
        ("gentle", json!({"type": "gaps", "gaps": {"old-gap": "words"}})),
        (
            "order",
            json!({"type": "sorted", "cards": [{"card": "own-1", "pile": "old"}], "own": {"own-1": "words"}, "chosen": []}),
        ),
        (
            "try",
            json!({"type": "practice", "pick": null, "other": "words", "start": null}),
        ),
        ("stance", json!({"type": "stages", "stages": {"spark": "words"}})),
        ("word", json!({"type": "picks", "picks": [], "other": "words"})),
    ] {
        let lines = value(gone).as_lines(block(&lesson, field)).join("\n");
        assert!(lines.contains("words"), "{field}: {lines}");
    }
}
