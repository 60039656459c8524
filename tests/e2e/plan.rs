//! Reading one book to a kind pace: dates, and a bookmark for each reader.

use crate::harness::{App, Place};
use crate::lesson_page::see_saved;
use crate::people::{begin_alone, begin_as_two};
use crate::together::{begin_together, carry_on_together, go_to, pass, take};

const LESSON: &str = "Reading one book, side by side";
const STEP: &str = "A pace that is kind";
const PARTS: [&str; 4] = ["Harbour lights", "The long tide", "Fog", "Coming home"];

/// A Monday in November of the year to come, and the days that many days later: as "Sun 8 Nov", reckoned apart from the app.
fn days(app: &App, after: [u32; 4]) -> (u32, String, Vec<String>) {
    let year = app
        .ask("return new Date().getFullYear() + 1")
        .unwrap()
        .as_u64()
        .unwrap();
    let monday = app
        .ask("return [1,2,3,4,5,6,7].find((day) => new Date(new Date().getFullYear() + 1, 10, day, 12).getDay() === 1)")
        .unwrap()
        .as_u64()
        .unwrap();
    let monday = u32::try_from(monday).unwrap();
    let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let written = |after: u32| {
        let of_november = monday + after;
        let (day, month) = match of_november {
            1..=30 => (of_november, "Nov"),
            31..=61 => (of_november - 30, "Dec"),
            _ => (of_november - 61, "Jan"),
        };
        format!("by {} {day} {month}", names[(after % 7) as usize])
    };
    (monday, year.to_string(), after.map(written).to_vec())
}

/// Title, parts, pace and start.
fn decide(app: &App) {
    let (day, year, _) = days(app, [0; 4]);
    app.fill("Title of the book", "The Lighthouse Year");
    app.fill("Author", "N. Body");
    for (at, part) in PARTS.iter().enumerate() {
        app.fill(&format!("Part {}: title", at + 1), part);
    }
    app.choose("Pace", "A part every week");
    app.choose("Day", &day.to_string());
    app.choose("Month", "November");
    app.choose("Year", &year);
    see_saved(app);
}

#[test]
fn alone_a_title_parts_a_pace_and_a_start_give_each_part_its_day() {
    let place = Place::new();
    let app = place.open();
    begin_alone(&app, "Robin");
    app.click("Course");
    app.click(&format!("Begin: {LESSON}"));
    app.until("the lesson", |app| Ok(app.offers(STEP)));
    app.click(STEP);
    app.see("Title of the book");
    assert_eq!(
        app.value("Part 2: title"),
        "The next few chapters",
        "the lesson’s own parts to begin with"
    );
    decide(&app);
    for by in days(&app, [6, 13, 20, 27]).2 {
        assert!(by.starts_with("by Sun "), "{by}");
        app.see(&by);
    }
    app.size(1280, 800);
    app.picture("e2e-plan-alone");
    app.choose("Pace", "A part every two weeks");
    for by in days(&app, [13, 27, 41, 55]).2 {
        app.see(&by);
    }
    app.click("Remove part 2");
    app.see("“The long tide” removed.");
    app.click("Undo");
    see_saved(&app);

    app.click("I am here: Fog");
    app.see("Robin is here");
    let app = app.restart(&place);
    app.click("Open Robin’s space");
    app.see("The book in hand");
    app.see("The Lighthouse Year");
    app.see("You are in “Fog”, by Sunday ");
    app.picture("e2e-plan-home");
    app.click("Open the plan");
    app.until("the lesson", |app| Ok(app.offers(STEP)));
    app.click(STEP);
    app.see("Robin is here");
    app.see(&days(&app, [13, 27, 41, 55]).2[3]);
    app.click("Change the book, parts or pace");
    assert_eq!(app.value("Title of the book"), "The Lighthouse Year");
    assert_eq!(app.value("Author"), "N. Body");
    for (at, part) in PARTS.iter().enumerate() {
        assert_eq!(app.value(&format!("Part {}: title", at + 1)), *part);
    }
    app.picture("e2e-plan-alone-again");
    app.click("Take my bookmark off");
    app.see_not("Robin is here");
}

#[test]
fn together_each_reader_has_a_bookmark_that_the_other_sees_only_when_it_is_shown() {
    let place = Place::new();
    let app = place.open();
    begin_as_two(&app, "Robin", "Sam");
    begin_together(&app, LESSON);
    go_to(&app, STEP);
    decide(&app);
    for by in days(&app, [6, 13, 20, 27]).2 {
        app.see(&by);
    }

    take(&app, "Robin");
    app.click("I am here: Fog");
    app.see("Robin is here");
    app.picture("e2e-plan-turn");
    pass(&app);
    app.nowhere("Robin is here");
    take(&app, "Sam");
    app.nowhere("Robin is here");
    app.click("I am here: Harbour lights");
    app.pick("Show my bookmark to Robin");
    app.see("Sam is here");
    pass(&app);
    app.see("Sam is here");
    app.nowhere("Robin is here");

    let app = app.restart(&place);
    carry_on_together(&app, LESSON);
    app.see("Sam is here");
    app.nowhere("Robin is here");
    take(&app, "Robin");
    app.see("Sam is here");
    app.see("Robin is here");
    app.pick("Show my bookmark to Sam");
    app.until("the bookmark to be shown", |app| {
        Ok(app.picked("Show my bookmark to Sam"))
    });
    pass(&app);
    app.see("Robin is here");
    app.see("Sam is here");
    app.size(1280, 800);
    app.picture("e2e-plan-together");
}
