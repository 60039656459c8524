//! A lesson with every kind of block that is built: answered with the keyboard alone, and met again another day.

use crate::harness::{App, Place};
use crate::lesson_page::{see_saved, see_title};
use crate::people::{begin_alone, begin_as_two, take_a_copy};
use crate::together::{pass, take};
use crate::{axe, keyboard};
use fantoccini::key::Key;
use serde_json::Value;
use std::fs;
use tempfile::TempDir;

const COURSE: &str = r#"
format = 1
id = "test"
title = "Test"
version = "1.0.0"
languages = ["en"]
licence = "CC-BY-SA-4.0"
lessons = ["every-kind"]

[[parts]]
id = "begin"
title = "Begin"
"#;

const LESSON: &str = r#"---
format: 1
id: every-kind
title: "Every kind"
version: 1.0.0
lang: en
audience: either
minutes: 10
licence: CC-BY-SA-4.0
sources: ["Made up for a test."]
part: begin
---

## Words {#words-step}

> [!short] One word {#word max=40}

> [!long] What happened? {#story}

> [!list] Small things {#things max=4}

## Picks {#picks-step}

> [!choice] My first move {#stance}
> - I moved closer {#closer}
> - I moved away {#away}
> - Something else {#stance-else other}

> [!choices] How it looked {#moves max=2}
> - I asked again {#asked}
> - I went quiet {#quiet}
> - Another way {#moves-else other}

> [!checklist] Next time {#next}
> - [ ] Say its name {#say}
> - [ ] Breathe {#breathe}

## Marks {#marks-step}

> [!scale] Marked with a nought {#nought range=0-10}
> - 0: cold
> - 10: hot

> [!scale] Left alone {#alone range=0-10}
> - 0: none
> - 10: all

> [!scale] A long line {#wide range=0-30}
> - 0: none
> - 30: all

## The loop {#loop-step}

> [!cycle] My half {#loop reveal}
> 1. When I see … {#spark spark}
> 2. I tend to … {#move seen}
> 3. Underneath … {#felt under}

> [!compare] Side by side {#side of=loop}

## A book {#book-step}

> [!plan] The weeks {#weeks joint every=week}
> - The first part {pages=1-30}
> - The second part {pages=31-60}

## Again {#again-step}

> [!recall] You told this {#told of=every-kind.story}
> Nothing was told.

> [!recall] You marked this {#marked of=every-kind.nought}
> Nothing was marked.

> [!recall] You left this {#left of=every-kind.alone}
> No mark was made.

> [!note] What this rests on {#evidence}
> On being made up.

## A gate {#gate-step}

> [!gate] Is someone listening? {#listening}
> - Yes, or I am not sure {#yes go=shelter}
> - No {#no go=next}

## The way on {#on-step}

On it goes.

## A shelter {#shelter}

A page to look at.
"#;

#[test]
fn every_kind_of_field_is_answered_with_the_keyboard_alone_and_met_again_after_a_restart() {
    let (place, _course) = place();
    let app = place.open();
    keyboard::press(&app, "Go on");
    keyboard::write(&app, "Name", "Robin");
    app.press(&Key::Enter);
    keyboard::press(&app, "No");
    app.see(", Robin.");
    keyboard::press(&app, "Begin");
    answer_words(&app);
    answer_picks(&app);
    answer_marks(&app);
    answer_loop(&app);
    answer_plan(&app);

    let app = app.restart(&place);
    keyboard::press(&app, "Open Robin’s space");
    app.see(", Robin.");
    keyboard::press(&app, "Carry on");
    see_title(&app, "Again");
    find_recalls(&app);
    find_plan(&app);
    find_loop(&app);
    find_marks(&app);
    find_picks(&app);
    find_words(&app);
    let copy = take_a_copy(&app, &place);
    for words in WRITTEN.iter().chain(&["the phone come out", "The Long Table"]) {
        assert!(copy.contains(words), "{words:?} is not in\n{copy}");
    }
    assert!(!copy.contains("Left alone"), "a blank scale is not a nought:\n{copy}");
}

/// Something done or looked at on a step.
type Act = fn(&App);

/// What of the plainer answers stands in a copy of one's words.
const WRITTEN: [&str; 9] = [
    "fog",
    "and a door.",
    "a walk",
    "Something else: I hummed",
    "I asked again",
    "Another way: I tidied",
    "Breathe",
    "0 (10 is the highest): cold",
    "17 (30 is the highest)",
];

#[test]
fn each_of_two_answers_the_plainer_kinds_with_the_keyboard_and_finds_only_their_own() {
    let (place, _course) = place();
    let app = place.open();
    begin_as_two(&app, "Robin", "Sam");
    app.click("Together");
    app.click("Begin: Every kind");
    let steps: [(&str, Act, Act); 3] = [
        ("Words", fill_words, words_are_there),
        ("Picks", fill_picks, picks_are_there),
        ("Marks", fill_marks, marks_are_there),
    ];
    for (step, fill, _) in steps {
        see_title(&app, step);
        keyboard::press(&app, "Robin’s turn");
        app.see_to_press("Pass the keyboard");
        fill(&app);
        see_saved(&app);
        keyboard::press(&app, "Pass the keyboard");
        app.see_to_press("Not today");
        app.nowhere("I hummed");
        app.nowhere("and a door.");
        app.click("Next");
    }
    let app = app.restart(&place);
    app.click("Together");
    app.click("Carry on: Every kind");
    for (step, _, are_there) in steps {
        app.see_to_press("Steps");
        app.click("Steps");
        app.click(step);
        see_title(&app, step);
        take(&app, "Sam");
        app.nowhere("I hummed");
        assert!(!app.reads("and a door."));
        pass(&app);
        take(&app, "Robin");
        are_there(&app);
        pass(&app);
    }
    app.click("Not today");
    app.see("side by side");
    app.click("Not today");
    app.click("Open Sam’s space");
    let sams = take_a_copy(&app, &place);
    for words in WRITTEN {
        assert!(!sams.contains(words), "Sam’s copy holds {words:?}");
    }
    app.click("Close my space");
    app.click("Open Robin’s space");
    let robins = take_a_copy(&app, &place);
    for words in WRITTEN {
        assert!(robins.contains(words), "{words:?} is not in\n{robins}");
    }
}

#[test]
fn what_a_gate_is_told_leaves_nothing() {
    let unanswered = after_the_gate(keyboard::forward);
    let no = after_the_gate(|app| {
        app.pick("No");
        keyboard::forward(app);
    });
    let yes = after_the_gate(|app| {
        app.pick("Yes, or I am not sure");
        keyboard::forward(app);
        see_title(app, "A shelter");
        app.see("This page keeps no trace that you opened it.");
        axe::finds_nothing(app, "a page beside the way");
        app.click("Back to where I was");
        see_title(app, "A gate");
        assert!(!app.picked("Yes, or I am not sure"), "asked anew");
        keyboard::forward(app);
    });
    assert_eq!(no, unanswered);
    assert_eq!(yes, unanswered);
}

#[test]
fn closing_the_window_on_the_page_a_gate_led_to_leaves_nothing_either() {
    let (place, _course) = place();
    let app = begin_at_the_gate(&place);
    let app = app.restart(&place);
    let before = screens(&app);
    app.pick("Yes, or I am not sure");
    app.click("Next");
    see_title(&app, "A shelter");
    let app = app.restart(&place);
    assert_eq!(screens(&app), before);
    app.pick("No");
    let app = app.restart(&place);
    assert_eq!(screens(&app), before);
}

fn place() -> (Place, TempDir) {
    let course = TempDir::new().unwrap();
    fs::create_dir(course.path().join("en")).unwrap();
    fs::write(course.path().join("course.toml"), COURSE).unwrap();
    fs::write(course.path().join("en/every-kind.md"), LESSON).unwrap();
    (Place::new().with_lessons(course.path()), course)
}

fn answer_words(app: &App) {
    see_title(app, "Words");
    fill_words(app);
    on(app);
}

fn fill_words(app: &App) {
    keyboard::write(app, "One word", "fog");
    keyboard::write(app, "What happened?", "A lamp");
    app.press(&Key::Enter);
    app.press("and a door.");
    keyboard::write(app, "Line 1", "tea");
    app.press(&Key::Enter);
    app.press("a walk");
}

fn find_words(app: &App) {
    see_title(app, "Words");
    words_are_there(app);
}

fn words_are_there(app: &App) {
    assert_eq!(app.value("One word"), "fog");
    assert_eq!(app.value("What happened?"), "A lamp\nand a door.");
    assert_eq!(app.value("Line 1"), "tea");
    assert_eq!(app.value("Line 2"), "a walk");
}

fn answer_picks(app: &App) {
    see_title(app, "Picks");
    fill_picks(app);
    on(app);
}

fn fill_picks(app: &App) {
    keyboard::pick_nth(app, "My first move", 2);
    keyboard::write(app, "In my own words", "I hummed");
    keyboard::tick(app, "I asked again");
    keyboard::tick(app, "Another way");
    keyboard::write(app, "In my own words", "I tidied");
    keyboard::tick(app, "Breathe");
}

fn find_picks(app: &App) {
    see_title(app, "Picks");
    picks_are_there(app);
    app.click("Back");
}

fn picks_are_there(app: &App) {
    assert!(app.picked("My first move > Something else"));
    assert_eq!(app.value("My first move > In my own words"), "I hummed");
    assert!(app.picked("I asked again") && app.picked("Another way"));
    assert_eq!(app.value("How it looked > In my own words"), "I tidied");
    assert!(app.picked("Breathe") && !app.picked("Say its name"));
}

fn answer_marks(app: &App) {
    see_title(app, "Marks");
    fill_marks(app);
    on(app);
}

fn fill_marks(app: &App) {
    keyboard::tab_into(app, "Marked with a nought");
    app.press(" ");
    keyboard::tab_to(app, "A long line");
    app.press("17");
}

fn find_marks(app: &App) {
    see_title(app, "Marks");
    marks_are_there(app);
    app.click("Back");
}

fn marks_are_there(app: &App) {
    assert!(app.picked("Marked with a nought > 0: cold"), "a nought is a mark");
    app.see("No mark yet");
    let marks = "return [...document.querySelectorAll('fieldset')].map((one) => [one.querySelectorAll('input:checked').length, one.querySelector('select')?.value ?? ''])";
    let marks: Vec<(u32, String)> = serde_json::from_value(app.ask(marks).unwrap()).unwrap();
    assert_eq!(marks[0].0, 1);
    assert_eq!(marks[1].0, 0, "a blank scale is not a nought");
    assert_eq!(marks[2].1, "17");
}

fn answer_loop(app: &App) {
    see_title(app, "The loop");
    keyboard::write(app, "When I see", "the phone come out");
    keyboard::write(app, "I tend to", "joke");
    keyboard::write(app, "Underneath", "unimportant");
    on(app);
}

fn find_loop(app: &App) {
    see_title(app, "The loop");
    assert_eq!(app.value("When I see"), "the phone come out");
    assert_eq!(app.value("I tend to"), "joke");
    assert_eq!(app.value("Underneath"), "unimportant");
    app.see("When Robin sees or hears the phone come out");
    app.see("Your half of the loop");
    app.click("Back");
}

fn answer_plan(app: &App) {
    see_title(app, "A book");
    keyboard::write(app, "Title of the book", "The Long Table");
    keyboard::write(app, "Author", "A. Baker");
    keyboard::press(app, "Add a part");
    app.press("The third part");
    keyboard::write(app, "Part 3: first page", "61");
    keyboard::write(app, "Part 3: last page", "90");
    keyboard::press(app, "Remove part 1");
    keyboard::tab_to(app, "Pace");
    app.press("An");
    keyboard::tab_to(app, "Days for each part");
    app.press(&(Key::Control + "a"));
    app.press("10");
    keyboard::press(app, "Start today");
    see_saved(app);
    keyboard::press(app, "I am here: The second part");
    app.see("Robin is here");
    on(app);
}

fn find_plan(app: &App) {
    see_title(app, "A book");
    app.see("A part every 10 days.");
    app.see("The second part pages 31–60");
    app.see("Robin is here");
    app.click("Change the book, parts or pace");
    assert_eq!(app.value("Title of the book"), "The Long Table");
    assert_eq!(app.value("Author"), "A. Baker");
    assert_eq!(app.value("Part 1: title"), "The second part");
    assert_eq!(app.value("Part 2: title"), "The third part");
    assert_eq!(app.value("Part 2: first page"), "61");
    assert_eq!(app.value("Part 2: last page"), "90");
    app.click("Back");
}

fn find_recalls(app: &App) {
    see_title(app, "Again");
    app.see("You wrote earlier: What happened? A lamp and a door.");
    app.see("You wrote earlier: Marked with a nought 0");
    app.see("No mark was made.");
    app.see_not("On being made up.");
    keyboard::press(app, "What this rests on");
    app.see("On being made up.");
    axe::finds_nothing(app, "Again");
    app.click("Back");
}

/// On to the next step, once all is kept.
fn on(app: &App) {
    see_saved(app);
    axe::finds_nothing(app, "a step with its fields filled");
    keyboard::forward(app);
}

/// Every screen of a person who did something at the gate and came back another day.
fn after_the_gate(act: impl Fn(&App)) -> Vec<Value> {
    let (place, _course) = place();
    let app = begin_at_the_gate(&place);
    act(&app);
    see_title(&app, "The way on");
    let app = app.restart(&place);
    let screens = screens(&app);
    // Whatever it was told, and whether anything came after it: a lesson goes on at its last gate, asked anew.
    see_title(&app, "A gate");
    screens
}

fn begin_at_the_gate(place: &Place) -> App {
    let app = place.open();
    begin_alone(&app, "Robin");
    app.click("Begin");
    app.fill("One word", "fog");
    see_saved(&app);
    app.click("A gate");
    see_title(&app, "A gate");
    app
}

/// From the door to the step a person was at.
fn screens(app: &App) -> Vec<Value> {
    app.see("Welcome, Robin.");
    let door = screen(app);
    app.click("Open Robin’s space");
    app.see("Every kind");
    let home = screen(app);
    app.click("Course");
    app.see("Take them in this order");
    let course = screen(app);
    app.click("Carry on: Every kind");
    app.see("Skip this step");
    vec![door, home, course, screen(app)]
}

/// All that can be read, and how every field stands.
fn screen(app: &App) -> Value {
    app.settle();
    let all = "return [document.body.innerText, ...[...document.querySelectorAll('input, textarea, select')].map((one) => [one.value, one.checked])]";
    app.ask(all).unwrap()
}
