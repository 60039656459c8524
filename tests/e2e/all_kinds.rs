//! The kinds of block that ask for more than a line: answered, saved and met again after a restart, alone and by two.
//! What is blank is told from what is nought. (`every_kind.rs` has the plainer kinds and the gate.)

use crate::harness::{App, Place};
use crate::lesson_page::{see_saved, see_title};
use crate::people::{begin_alone, begin_as_two, take_a_copy};
use crate::together::{pass, take};
use crate::{axe, keyboard};
use fantoccini::key::Key;
use serde_json::json;

const COURSE: &str = r#"
format = 1
id = "test"
title = "Test"
version = "1.0.0"
languages = ["en"]
licence = "CC-BY-SA-4.0"
lessons = ["all-kinds"]
instruments = ["small-pulse"]

[[parts]]
id = "begin"
title = "Begin"
"#;

const PULSE: &str = r#"---
format: 1
kind: instrument
id: small-pulse
title: "A small pulse"
version: "1.0.0"
lang: en
audience: solo
minutes: 2
licence: CC-BY-SA-4.0
sources: ["Made up for a test."]
scoring: {method: none}
---

## This week {#week}

> [!rating] In the past week … {#items range=0-10}
> - 0: not at all
> - 10: very much
> - I felt rested {#rested}
> - I felt heard {#heard-me}
"#;

const LESSON: &str = r#"---
format: 1
id: all-kinds
title: "All kinds"
version: "1.0.0"
lang: en
audience: either
minutes: 10
licence: CC-BY-SA-4.0
sources: ["Made up for a test."]
part: begin
---

## Marks {#marks-step}

> [!rating] How is it just now? {#now reveal range=0-5}
> - 0: not at all
> - 5: very much
> - Rest {#rest}
> - Closeness {#close}
> - Play {#play}

> [!frame] In one line {#ask reveal}
> - When ___ {#event}
> - I would like ___. {#wish}

> [!sort] What would help? {#cards reveal pick own}
> 1. Yes {#yes}
> 2. Not now {#no}
> - A walk {#walk}
> - Tea {#tea}

## Side by side {#compare-step when=together}

> [!compare] Both of you {#both of=now,ask,cards}

## Order {#order-step}

> [!sort] What matters first? {#order private}
> - Sleep {#sleep}
> - Money {#money}
> - Time {#time}

> [!list] Lines to keep {#lines private send}

## Days {#days-step}

> [!log] Small reaches {#reaches private per=day}
> - a look {#look}
> - a word {#word}

> [!practice] This week {#week private days=7}
> - Ask once {#ask-once}
> - Something else {#else other}

> [!instrument] How was the week? {#pulse use=small-pulse}

> [!chart] Looking back {#back of=reaches as=strip}

## Between us {#between-step}

> [!agreement] Our signal {#signal joint review=2w}

> [!talk] Five minutes each {#talk joint rounds=1 swap heard}
> 1. Speaker: say one thing. {#say minutes=2}
> 2. Listener: say it back. {#say-back minutes=1}

## Quiet things {#quiet-step}

> [!ready] How much is right today? {#ready}

> [!pause] One breath {#breath}
> Breathe out slowly.

> [!timer] Two minutes {#timer minutes=2}

> [!help] Someone to talk to {#helpers topic=crisis}
"#;

/// Help lines as the built-in course has them.
const HELP_LINES: &str = include_str!("../../lessons/help-lines.toml");

/// A profile nobody has begun, with one lesson of these kinds.
pub(crate) fn place() -> Place {
    Place::new().with_course(&[
        ("course.toml", COURSE),
        ("en/all-kinds.md", LESSON),
        ("instruments/small-pulse.md", PULSE),
        ("help-lines.toml", HELP_LINES),
    ])
}

/// On to the next step, once all is kept and nothing keeps anyone out.
fn on(app: &App) {
    see_saved(app);
    axe::finds_nothing(app, "a step with its fields filled");
    keyboard::forward(app);
}

#[test]
fn what_asks_for_more_than_a_line_is_answered_by_keyboard_and_met_again() {
    let place = place();
    let app = place.open();
    begin_alone(&app, "Robin");
    keyboard::press(&app, "Begin");

    see_title(&app, "Marks");
    keyboard::tab_into(&app, "Rest");
    app.press(" ");
    keyboard::tab_into(&app, "Closeness");
    app.press(" ");
    for _ in 0..3 {
        app.press(&Key::Right);
    }
    keyboard::write(&app, "When …", "the door bangs");
    app.press(&Key::Enter);
    app.press("a minute alone");
    keyboard::tab_into(&app, "A walk");
    app.press(" ");
    keyboard::tab_into(&app, "Tea");
    app.press(" ");
    app.press(&Key::Down);
    keyboard::write(&app, "A card of your own", "a song");
    app.press(&Key::Enter);
    app.pick("a song > Yes");
    on(&app);

    see_title(&app, "Order");
    keyboard::press(&app, "Put it in: Money");
    keyboard::press(&app, "Put it in: Sleep");
    app.click("Move up: Sleep");
    keyboard::write(&app, "Line 1", "you rang the clinic");
    on(&app);

    see_title(&app, "Days");
    app.see("Nothing noted yet.");
    keyboard::press(&app, "Add an entry");
    keyboard::tick(&app, "a word");
    keyboard::write(&app, "A few words", "at breakfast");
    app.press(&Key::Enter);
    app.see("at breakfast");
    keyboard::tab_into(&app, "This week");
    app.press(" ");
    app.see("Days without it are fine.");
    keyboard::press(&app, "Answer it now");
    keyboard::tab_into(&app, "I felt rested");
    app.press(" ");
    keyboard::press(&app, "Keep these answers");
    app.see("Answered on");
    on(&app);

    see_title(&app, "Between us");
    keyboard::write(&app, "The wording", "The word is kettle.");
    see_saved(&app);
    keyboard::press(&app, "I decide this");
    app.see("This is what I decided.");
    app.see("It opens in a sitting with both of you.");
    on(&app);

    see_title(&app, "Quiet things");
    app.see("On your own you can choose too.");
    app.see("Breathe out slowly.");
    keyboard::press(&app, "Start");
    app.see_to_press("Pause");
    keyboard::press(&app, "Start over");
    app.choose("Which country’s lines?", "United States");
    app.see("988");
    axe::finds_nothing(&app, "quiet things");

    let app = app.restart(&place);
    app.click("Open Robin’s space");
    app.click("Carry on");
    see_title(&app, "Quiet things");
    app.see_not("988");
    app.click("Between us");
    app.see("This is what I decided.");
    assert_eq!(app.value("The wording"), "The word is kettle.");
    app.click("Days");
    app.see("at breakfast");
    assert!(app.picked("This week > Ask once"));
    keyboard::press(&app, "Answered on");
    app.see("I felt heard left blank");
    app.see("not at all");
    app.click("Order");
    see_title(&app, "Order");
    let order = app
        .ask("return [...document.querySelectorAll('ol.deck .text')].map((one) => one.textContent.trim())")
        .unwrap();
    assert_eq!(order, json!(["Sleep", "Money"]));
    app.see_to_press("Put it in: Time");
    assert_eq!(app.value("Line 1"), "you rang the clinic");
    app.click("Marks");
    see_title(&app, "Marks");
    assert!(app.picked("Rest > 0: not at all"), "a nought is a mark");
    assert!(app.picked("Closeness > 3"));
    let marked = "return [...document.querySelectorAll('fieldset fieldset')].filter((one) => one.textContent.includes('Play')).map((one) => one.querySelectorAll('input:checked').length)";
    assert_eq!(app.ask(marked).unwrap(), json!([0]), "a blank row is not a nought");
    assert_eq!(app.value("When …"), "the door bangs");
    assert_eq!(app.value("I would like …."), "a minute alone");
    assert!(app.picked("A walk > Yes") && app.picked("Tea > Not now") && app.picked("a song > Yes"));

    let copy = take_a_copy(&app, &place);
    for words in [
        "Rest: 0 (5 is the highest)",
        "Closeness: 3 (5 is the highest)",
        "the door bangs",
        "a minute alone",
        "A walk; a song",
        r"1\. Sleep",
        "you rang the clinic",
        "a word; at breakfast",
        "Ask once",
        "The word is kettle.",
        "I felt rested",
    ] {
        assert!(copy.contains(words), "{words:?} is not in\n{copy}");
    }
    assert!(!copy.contains("Play:"), "what was left blank is not a nought:\n{copy}");
}

/// One person's turn in the first step; the card of their own is theirs alone, and only the walk is chosen to open.
fn mark(app: &App, name: &str, rest: &str, event: &str, own: &str) {
    take(app, name);
    app.pick(&format!("Rest > {rest}"));
    app.fill("When …", event);
    app.pick("A walk > Yes");
    app.fill("A card of your own", own);
    app.click("Add the card");
    app.pick(&format!("{own} > Yes"));
    app.pick("Open this one: A walk");
    see_saved(app);
    app.click("Seal my half");
    app.click("Yes, seal it");
    app.until("the side to be sealed", |app| {
        Ok(app.reads("Your side is sealed") || app.reads("Both are sealed"))
    });
    pass(app);
}

#[test]
fn two_answer_the_same_kinds_and_only_what_was_chosen_opens() {
    let place = place();
    let app = place.open();
    begin_as_two(&app, "Robin", "Sam");
    app.click("Together");
    app.click("Begin: All kinds");
    see_title(&app, "Marks");
    mark(&app, "Robin", "0: not at all", "quincelight", "marzipan");
    app.nowhere("quincelight");
    mark(&app, "Sam", "4", "harpsichord", "gooseberry");
    app.nowhere("harpsichord");
    app.click("Robin: open");
    app.click("Sam: open");
    app.click("Show both sides");
    app.see("quincelight");
    app.see("harpsichord");
    for kept in ["marzipan", "gooseberry"] {
        app.nowhere(kept);
    }
    app.click("Next");
    see_title(&app, "Side by side");
    app.see("quincelight");
    app.click("Next");

    see_title(&app, "Order");
    take(&app, "Robin");
    app.click("Put it in: Money");
    app.fill("Line 1", "lanternfish, thank you");
    see_saved(&app);
    app.click("Give a line to Sam");
    app.click("Give this line to Sam: lanternfish, thank you");
    app.see("Exactly this crosses:");
    app.click("Yes, give it");
    app.see("Given");
    pass(&app);
    app.see("lanternfish, thank you");
    app.click("Next");

    see_title(&app, "Days");
    take(&app, "Sam");
    app.click("Add an entry");
    app.pick("a look");
    app.fill("A few words", "pumpernickel");
    app.click("That is it");
    app.pick("This week > Ask once");
    see_saved(&app);
    pass(&app);
    app.nowhere("pumpernickel");
    app.click("Next");

    see_title(&app, "Between us");
    app.fill("The wording", "The word is kettle.");
    see_saved(&app);
    for name in ["Robin", "Sam"] {
        take(&app, name);
        app.click("I accept this wording");
        app.see(&format!("{name} accepts this"));
        pass(&app);
    }
    app.see("This holds between you.");
    app.click("Robin speaks first");
    app.see("Speaker: say one thing.");
    app.click("Next turn");
    app.see("Listener: say it back.");
    app.click("That is all of it");
    app.see("“Did I get it?”");
    app.click("Yes");
    app.see("Now you change places.");
    app.click("Go on");
    app.click("Next turn");
    app.click("That is all of it");
    app.click("Yes");
    app.fill("One next step", "tea on Friday");
    app.click("Keep this step");
    app.see("Talked through one round");
    app.click("Next");

    see_title(&app, "Quiet things");
    take(&app, "Robin");
    app.click("All of it");
    app.see("Your answer is with the app.");
    pass(&app);
    take(&app, "Sam");
    app.click("Not together today");
    pass(&app);
    app.see("Today’s suggestion: each on your own.");
    axe::finds_nothing(&app, "the quiet things of two");

    let app = app.restart(&place);
    app.click("Together");
    app.click("Carry on: All kinds");
    see_title(&app, "Quiet things");
    app.see_not("Today’s suggestion");
    app.click("Steps");
    app.click("Between us");
    app.see("This holds between you.");
    app.see("tea on Friday");
    app.click("Steps");
    app.click("Order");
    app.see("lanternfish, thank you");
    app.click("Steps");
    app.click("Marks");
    app.see("quincelight");
    for kept in ["marzipan", "gooseberry", "pumpernickel"] {
        app.nowhere(kept);
    }

    app.click("Not today");
    app.see("side by side");
    app.click("Not today");
    app.click("Open Sam’s space");
    let sams = take_a_copy(&app, &place);
    for words in [
        "quincelight",
        "harpsichord",
        "gooseberry",
        "lanternfish, thank you",
        "a look; pumpernickel",
        "The word is kettle.",
        "tea on Friday",
    ] {
        assert!(sams.contains(words), "{words:?} is not in\n{sams}");
    }
    assert!(
        !sams.contains("marzipan"),
        "what Robin did not choose stays Robin’s:\n{sams}"
    );
}
