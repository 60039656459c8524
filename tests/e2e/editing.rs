//! Somebody edits a lesson's file while the lesson is open in the window: the new text comes by itself, no word that is
//! being written goes, and a mistake is told without closing anything.

use crate::harness::Place;
use crate::lesson_page::{begin_at, see_saved, see_title};
use crate::{axe, people::begin_alone};
use serde_json::json;
use std::fs;
use std::path::Path;

const FILE: &str = "en/our-loop.md";
const FIELD: &str = "What would a camera have seen?";
const ANEW: &str = "What would a camera on the shelf have seen?";
const MISTAKEN: &str = "> [!lnog] What would a camera";

#[test]
fn a_saved_lesson_is_shown_at_once_and_a_word_in_writing_stays() {
    let place = Place::new().with_own_lessons();
    let app = place.open();
    begin_alone(&app, "Robin");
    app.click("Course");
    app.click("Begin: Our loop");
    begin_at(&app, "Starting with your side", "One ordinary moment");
    app.fill(FIELD, "a lamp");
    // The file is saved while this is still being written.
    app.write_on(FIELD, ", and");
    replace(place.lessons(), FIELD, ANEW);
    app.press(" nobody");
    app.see(ANEW);
    assert_eq!(app.value(ANEW), "a lamp, and nobody");
    see_saved(&app);
    let in_the_field = "return document.activeElement?.tagName";
    assert_eq!(app.ask(in_the_field).unwrap(), json!("TEXTAREA"), "the keyboard stays");

    replace(place.lessons(), &format!("> [!long] {}", &ANEW[..19]), MISTAKEN);
    app.see("This lesson’s file needs mending");
    app.see("`lnog` is not a kind of block.");
    app.see("What you write is kept");
    axe::finds_nothing(&app, "a lesson whose file needs mending");
    app.press(" but a cup");
    see_saved(&app);
    app.click("Next");
    app.click("Back");
    see_title(&app, "One ordinary moment");

    replace(place.lessons(), MISTAKEN, "> [!long] What did a camera");
    app.see("What did a camera on the shelf have seen?");
    app.see_not("This lesson’s file needs mending");
    let kept = "What did a camera on the shelf have seen?";
    assert_eq!(app.value(kept), "a lamp, and nobody but a cup");

    // The same from the course's page: a new title is read without a restart.
    app.click("Back to the course");
    app.see_to_press("Carry on: Our loop");
    replace(place.lessons(), "title: \"Our loop\"", "title: \"The loop of ours\"");
    app.see_to_press("Carry on: The loop of ours");
    let app = app.restart(&place);
    app.click("Robin");
    app.click("Carry on");
    assert_eq!(app.value(kept), "a lamp, and nobody but a cup");
}

/// Puts one text in place of another in the lesson, as an editor does: a whole new file in the place of the old one.
fn replace(lessons: &Path, from: &str, to: &str) {
    let file = lessons.join(FILE);
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains(from), "{from}");
    let new = file.with_extension("md.new");
    fs::write(&new, text.replace(from, to)).unwrap();
    fs::rename(new, file).unwrap();
}
