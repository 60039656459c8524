//! Finding one's words again, in the real window.

use crate::axe;
use crate::harness::{App, Place};
use crate::lesson_page::{begin_at, see_saved, see_title};
use crate::people::{begin_alone, begin_as_two};
use crate::together::{begin_together, go_to, pass, take};
use fantoccini::key::Key;
use serde_json::json;

const FIELD: &str = "What would a camera have seen?";
const SCENE: &str = "Half past seven. Two plates, one phone, and a door.";

/// Types into the field that Ctrl+K leads to.
fn look_for(app: &App, words: &str) {
    app.press(&(Key::Control + "k"));
    app.see("Words to look for");
    app.fill("Words to look for", words);
}

fn focused(app: &App, script: &str) {
    app.until(script, |app| {
        Ok(app.ask(&format!("return Boolean(document.activeElement{script})"))? == json!(true))
    });
}

#[test]
fn a_word_written_on_ones_own_is_found_with_the_keyboard_and_opens_at_its_field_and_goes_with_its_answer() {
    let place = Place::new();
    let app = place.open();
    begin_alone(&app, "Robin");
    app.click("Course");
    app.click("Begin: Our loop");
    begin_at(&app, "Starting with your side", "One ordinary moment");
    app.fill(FIELD, SCENE);
    see_saved(&app);
    look_for(&app, "PLATES door");
    app.see("Two plates, one phone");
    axe::finds_nothing(&app, "what was found");
    let told = app.ask("return document.title + location.href").unwrap().to_string();
    assert!(!told.to_lowercase().contains("plates"), "{told}");
    app.press(&Key::Down);
    focused(&app, "?.classList.contains('result')");
    app.press(&Key::Enter);
    see_title(&app, "One ordinary moment");
    focused(
        &app,
        "?.value === 'Half past seven. Two plates, one phone, and a door.'",
    );
    app.click("Back to what was found");
    app.see("Two plates, one phone");
    focused(&app, "?.classList.contains('result')");
    app.press(&Key::Enter);
    see_title(&app, "One ordinary moment");
    app.click("Remove…");
    app.click("Remove it");
    app.see("Removed.");
    app.click("Back to what was found");
    app.see("Nothing found");
}

#[test]
fn of_what_the_other_wrote_only_what_is_ours_is_found() {
    let place = Place::new();
    let app = place.open();
    begin_as_two(&app, "Robin", "Sam");
    begin_together(&app, "Our loop");
    go_to(&app, "One ordinary moment");
    take(&app, "Sam");
    app.fill(FIELD, "marmalade on the phone");
    see_saved(&app);
    pass(&app);
    app.click("Not today");
    app.click("Not today");
    app.click("Open Robin’s space");
    app.see(", Robin.");
    look_for(&app, "marmalade");
    app.see("Nothing found");
    app.click("Close my space");
    app.click("Open Sam’s space");
    app.see(", Sam.");
    look_for(&app, "marmalade");
    app.see("on the phone");
    app.see("Only me");
}
