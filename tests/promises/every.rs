//! A lesson with every kind of block, and an answer for each that keeps one.

use std::collections::BTreeMap;

use lesson::{Entry, Id, Placed, PlanPart, Take, Value};

use crate::world::{id, stages, text};

pub(crate) const EVERY: &str = r#"---
format: 1
id: every
title: "Every kind"
version: 1.0.0
lang: en
audience: either
minutes: 30
licence: CC-BY-SA-4.0
sources: ["Made up for a test."]
part: begin
---

## Ready {#ready-step light}

> [!ready] How much today? {#ready}

> [!pause] A breath {#breath}
> Look up.

## Writing {#writing}

> [!short] One word {#word}

> [!long] What happened? {#happened send}

> [!list] What I am glad of {#glad reveal pick}

> [!frame] Say it gently {#gentle reveal}
> - When ___ {#event}
> - I feel ___ {#feel}

> [!list] What I would give {#gifts send}

## Choosing {#choosing}

> [!choice] My first move {#stance}
> - I moved closer {#closer}
> - Something else {#else other}

> [!choices] Which of these? {#which}
> - tired {#tired}
> - hungry {#hungry}

> [!checklist] Before we begin {#before joint}
> - [ ] We have eaten {#eaten}
> - [ ] The phones are away {#phones}

> [!scale] How stirred up? {#heat range=0-10}
> - 0: calm
> - 10: very

> [!rating] How often … {#often range=0-5}
> - 0: never
> - 5: always
> - say good morning {#morning}
> - eat together {#meals}

> [!sort] Where do they go? {#piles own}
> 1. Yes {#yes}
> 2. Not now {#not-now}
>
> - a walk {#walk}
> - a game {#game}

> [!sort] What comes first? {#order reveal pick}
> - rest {#rest}
> - play {#play}

## Both {#both-step}

> [!cycle] My half {#loop reveal}
> 1. When I see {#spark spark}
> 2. I tend to {#move seen}
> 3. Underneath {#felt under}

> [!compare] Side by side {#side of=gentle}

> [!agreement] Our signal {#signal review=2w}

> [!talk] In turns {#turns rounds=2}
> 1. One speaks. {#speak speaker minutes=2}
> 2. The other says it back. {listener}

## The week {#week light}

> [!log] I noticed it {#noticed per=day}
> - early {#early}
> - late {#late}

> [!practice] This week {#try days=7}
> - one long breath {#long-breath}
> - my own {#own-try other}

> [!plan] Our reading {#reading joint every=week}
> - The beginning {pages=1-30}

> [!timer] Two minutes {#quiet minutes=2}

> [!chart] The days I noticed {#days of=noticed as=strip}

> [!chart] How stirred up {#heats of=heat as=line}

> [!instrument] The pulse {#pulse use=pulse}

> [!chart] The pulse so far {#pulses of=pulse as=line}

> [!recall] You wrote {#again of=every.happened}
> Nothing yet.

> [!recall] You said {#again-part of=every.loop.spark}
> Nothing yet.

> [!recall] You felt {#again-gap of=every.gentle.feel}
> Nothing yet.

> [!recall] You were glad of {#again-glad of=every.glad}
> Nothing yet.

## Which way? {#ways}

> [!gate] Shall we stay? {#way}
> - Yes {#stay go=next}
> - No {#leave go=support}

## The rest {#rest-step}

> [!short] One last word {#last}

## Support {#support}

> [!help] Someone to talk to {topic=crisis}

> [!note] Where this comes from
> Nowhere.
"#;

pub(crate) const PULSE: &str = r#"---
format: 1
id: pulse
kind: instrument
title: "The pulse"
version: 1.0.0
lang: en
audience: solo
minutes: 3
licence: CC-BY-SA-4.0
sources: ["Made up for a test."]
scoring: {method: sum, missing: 0}
---

## The past week {#past-week}

> [!rating] In the past week … {#items range=0-10}
> - 0: not at all
> - 10: very
> - How close? {#close}
> - How stuck? {#stuck score=reverse}
"#;

/// Something to say in each field, by what it is in a run with the other.
pub(crate) fn answers() -> Vec<(&'static str, Value)> {
    vec![
        ("word", text("lantern")),
        ("happened", text("a long evening\nand a short night")),
        ("glad", lines(&["coffee in bed", "no alarm"], &[1])),
        ("gentle", gaps(&[("event", "the door slams"), ("feel", "very small")])),
        ("gifts", lines(&["an hour off", "a letter"], &[])),
        ("stance", picks(&["else"], Some("I stood still"))),
        ("which", picks(&["tired", "hungry"], None)),
        ("heat", Value::Mark { at: Some(0) }),
        ("often", marks(&[("morning", 0)])),
        (
            "piles",
            sorted(
                &[("walk", Some("yes")), ("own-1", Some("not-now"))],
                &[("own-1", "a swim at dawn")],
                &[],
            ),
        ),
        ("order", sorted(&[("play", None), ("rest", None)], &[], &["play"])),
        ("loop", stages(&[("spark", "the phone"), ("felt", "left out")])),
        (
            "noticed",
            entries(&[("2026-11-20", &["early"], ""), ("2026-11-22", &[], "on the stairs")]),
        ),
        (
            "try",
            Value::Practice {
                pick: Some(id("own-try")),
                other: Some("hum a tune".into()),
                start: Some(day("2026-11-23")),
            },
        ),
        ("pulse", takes(&[("2026-11-10", &[("close", 0), ("stuck", 4)])])),
        ("last", text("goodnight")),
        ("before", picks(&["eaten"], None)),
        ("signal", wording("We say *bananas* and stop.")),
        (
            "turns",
            Value::Talk {
                rounds: 1,
                next: "buy two lamps".into(),
            },
        ),
        ("reading", plan("A slow book", Some("2026-11-16"))),
    ]
}

/// The fields that are both people's in a run with the other.
pub(crate) const JOINT: [&str; 4] = ["before", "signal", "turns", "reading"];

/// The same field, left blank again.
pub(crate) fn blank(value: &Value) -> Value {
    match value {
        Value::Text { .. } => text(""),
        Value::Picks { .. } => picks(&[], None),
        Value::Mark { .. } => Value::Mark { at: None },
        Value::Lines { .. } => lines(&[], &[]),
        Value::Marks { .. } => marks(&[]),
        Value::Sorted { .. } => sorted(&[], &[], &[]),
        Value::Gaps { .. } => gaps(&[]),
        Value::Agreement { .. } => wording(""),
        Value::Entries { .. } => entries(&[]),
        Value::Practice { .. } => Value::Practice {
            pick: None,
            other: None,
            start: None,
        },
        Value::Talk { .. } => Value::Talk {
            rounds: 0,
            next: String::new(),
        },
        Value::Takes { .. } => takes(&[]),
        Value::Stages { .. } => stages(&[]),
        Value::Plan { .. } => Value::Plan {
            title: String::new(),
            author: String::new(),
            parts: Vec::new(),
            start: None,
            every: 7,
        },
    }
}

pub(crate) fn lines(words: &[&str], chosen: &[u32]) -> Value {
    Value::Lines {
        lines: words.iter().map(|line| (*line).to_owned()).collect(),
        chosen: chosen.to_vec(),
    }
}

pub(crate) fn gaps(words: &[(&str, &str)]) -> Value {
    Value::Gaps {
        gaps: words.iter().map(|(gap, text)| (id(gap), (*text).to_owned())).collect(),
    }
}

pub(crate) fn picks(ids: &[&str], other: Option<&str>) -> Value {
    Value::Picks {
        picks: ids.iter().map(|one| id(one)).collect(),
        other: other.map(str::to_owned),
    }
}

pub(crate) fn marks(rows: &[(&str, i32)]) -> Value {
    Value::Marks {
        marks: rows.iter().map(|(row, mark)| (id(row), *mark)).collect(),
    }
}

pub(crate) fn sorted(cards: &[(&str, Option<&str>)], own: &[(&str, &str)], chosen: &[&str]) -> Value {
    let placed = |(card, pile): &(&str, Option<&str>)| Placed {
        card: id(card),
        pile: pile.map(id),
    };
    Value::Sorted {
        cards: cards.iter().map(placed).collect(),
        own: own.iter().map(|(card, text)| (id(card), (*text).to_owned())).collect(),
        chosen: chosen.iter().map(|card| id(card)).collect(),
    }
}

pub(crate) fn entries(all: &[(&str, &[&str], &str)]) -> Value {
    let entry = |(on, tags, note): &(&str, &[&str], &str)| Entry {
        on: day(on),
        tags: tags.iter().map(|tag| id(tag)).collect(),
        note: (*note).to_owned(),
    };
    Value::Entries {
        entries: all.iter().map(entry).collect(),
    }
}

pub(crate) fn takes(all: &[(&str, &[(&str, i32)])]) -> Value {
    let take = |(on, marks): &(&str, &[(&str, i32)])| Take {
        on: day(on),
        marks: marks
            .iter()
            .map(|(item, mark)| (id(item), *mark))
            .collect::<BTreeMap<Id, i32>>(),
    };
    Value::Takes {
        takes: all.iter().map(take).collect(),
    }
}

pub(crate) fn wording(words: &str) -> Value {
    Value::Agreement {
        text: words.into(),
        accepted: Vec::new(),
        since: None,
        ended: None,
    }
}

pub(crate) fn plan(title: &str, start: Option<&str>) -> Value {
    let part = |title: &str| PlanPart {
        title: title.into(),
        from: None,
        to: None,
    };
    Value::Plan {
        title: title.into(),
        author: String::new(),
        parts: vec![part("One"), part("Two"), part("Three"), part("Four")],
        start: start.map(day),
        every: 7,
    }
}

pub(crate) fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}
