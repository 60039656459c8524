//! The earlier copies of a space, in the real window: made by themselves, looked into, brought back.

use crate::axe;
use crate::harness::{App, Place};
use crate::lesson_page::{begin_at, see_saved, see_title};
use crate::people::begin_alone;

const FIELD: &str = "What would a camera have seen?";

pub(crate) fn writes(app: &App, field: &str, words: &str) {
    app.fill(field, words);
    see_saved(app);
}

/// Robin, alone, wrote a sentence, left, came back and wrote another over it.
pub(crate) fn written_twice(app: &App) {
    begin_alone(app, "Robin");
    app.click("Course");
    app.click("Begin: Our loop");
    begin_at(app, "Starting with your side", "One ordinary moment");
    writes(app, FIELD, "quincelight on two cups");
    app.click("Back to the course");
    app.click("Close my space");
    app.click("Open Robin’s space");
    app.click("Course");
    app.click("Carry on: Our loop");
    see_title(app, "One ordinary moment");
    writes(app, FIELD, "rhubarbdusk on one cup");
    app.click("Back to the course");
}

#[test]
fn what_was_written_before_comes_back_and_what_was_there_is_kept() {
    let place = Place::new();
    let app = place.open();
    written_twice(&app);
    app.click("Keep");
    app.see("The newest is from");
    axe::finds_nothing(&app, "keep, with a backup");
    app.click("See earlier copies");
    app.click("See what would change");
    app.see("1 answer would read as it did then");
    axe::finds_nothing(&app, "what an earlier copy would change");
    app.click("Bring it back");
    app.see("Your space is as it was");
    app.see("What stood here before");
    axe::finds_nothing(&app, "an earlier copy brought back");
    app.click("Course");
    app.click("Carry on: Our loop");
    see_title(&app, "One ordinary moment");
    app.until("the words of then", |app| {
        Ok(app.value(FIELD) == "quincelight on two cups")
    });
}
