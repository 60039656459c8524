//! What is removed, carried over and left, in the real window.

use crate::axe;
use crate::harness::{App, Place};
use crate::keyboard;
use crate::lesson_page::{begin_at, see_saved, see_title};
use crate::people::{begin_alone, begin_as_two};
use crate::together::{begin_together, carry_on_together, go_to, join, pass, take};
use fantoccini::key::Key;

const FIELD: &str = "What would a camera have seen?";
const WORDS: &str = "quincelight on two cups";

/// Robin, alone, has written a sentence.
fn one_who_wrote(app: &App) {
    begin_alone(app, "Robin");
    app.click("Course");
    app.click("Begin: Our loop");
    begin_at(app, "Starting with your side", "One ordinary moment");
    app.fill(FIELD, WORDS);
    see_saved(app);
}

#[test]
fn an_answer_is_removed_and_put_back_with_the_keyboard_alone() {
    let place = Place::new();
    let app = place.open();
    one_who_wrote(&app);
    let remove = |app: &App| {
        keyboard::press(app, "Remove…");
        app.see("Remove this answer?");
        keyboard::press(app, "Remove it");
        app.see("Removed.");
        app.nowhere(WORDS);
    };
    remove(&app);
    axe::finds_nothing(&app, "a removed answer");
    // What undoes it has the focus.
    app.press(&Key::Enter);
    app.until("the words", |app| Ok(app.reads(WORDS)));
    remove(&app);
    let app = app.restart(&place);
    app.click("Open Robin’s space");
    app.click("Course");
    app.click("Carry on: Our loop");
    see_title(&app, "One ordinary moment");
    app.nowhere(WORDS);
    assert!(!app.offers("Undo"), "that sitting is over");
}

#[test]
fn one_brings_over_what_one_picks_and_the_other_is_shown_nothing_of_the_rest() {
    let place = Place::new();
    let app = place.open();
    one_who_wrote(&app);
    app.click("Back to the course");
    join(&app, "Sam");
    begin_together(&app, "Our loop");
    go_to(&app, "One ordinary moment");
    assert!(!app.offers("Bring over"), "while both look there is nothing to see");
    take(&app, "Robin");
    app.click("Bring over what you wrote on your own");
    app.see("Nothing of it is here unless you pick it");
    axe::finds_nothing(&app, "what can be brought over");
    app.pick(FIELD);
    app.click("Bring this one");
    app.until("the words, in their field", |app| Ok(app.value(FIELD) == WORDS));
    pass(&app);
    app.nowhere(WORDS);
    take(&app, "Sam");
    app.nowhere(WORDS);
    assert!(!app.offers("Bring over"));
}

#[test]
fn both_read_the_earlier_wordings_of_what_is_ours_and_both_say_so_before_it_goes() {
    let place = Place::new();
    let app = place.open();
    begin_as_two(&app, "Robin", "Sam");
    begin_together(&app, "Our loop");
    go_to(&app, "Give it a name");
    app.fill("We call it", "the dinner freeze");
    see_saved(&app);
    let app = app.restart(&place);
    carry_on_together(&app, "Our loop");
    go_to(&app, "Give it a name");
    app.fill("We call it", "the long quiet");
    see_saved(&app);
    app.click("Earlier wordings: We call it");
    app.see("the dinner freeze");
    app.see("Written together");
    axe::finds_nothing(&app, "earlier wordings");
    app.click("Use this wording again");
    app.until("the earlier wording", |app| {
        Ok(app.value("We call it") == "the dinner freeze")
    });
    app.click("Remove…: We call it");
    app.click("Robin: yes");
    app.see("Waits for Sam");
    assert_eq!(app.value("We call it"), "the dinner freeze");
    app.click("Sam: yes");
    app.see("Removed.");
    assert_eq!(app.value("We call it"), "");
    app.click("Undo");
    app.until("the words", |app| Ok(app.value("We call it") == "the dinner freeze"));
}

#[test]
fn sharing_ends_when_both_say_so_and_a_space_goes_for_its_name_alone() {
    let place = Place::new();
    let app = place.open();
    begin_as_two(&app, "Robin", "Sam");
    app.click("Together");
    app.click("Stop sharing, or remove everything");
    app.click("Stop sharing…");
    app.click("Robin: yes");
    app.see("Waits for Sam");
    app.click("Sam: yes");
    app.see("You have stopped sharing");
    axe::finds_nothing(&app, "after sharing ended");
    app.click("Together");
    app.see("You don’t share anything just now");
    app.click("We both want to share again");
    app.see("Robin and Sam, side by side");
    app.click("Not today");
    app.click("Open Robin’s space");
    app.click("Keep");
    app.click("See what can be removed");
    app.see(&place.profile().display().to_string());
    axe::finds_nothing(&app, "the page of what can be removed");
    app.click("Remove my space…");
    app.fill("Your name here", "Sam");
    app.press(&Key::Enter);
    app.see("That is not the name");
    app.fill("Your name here", "Robin");
    app.press(&Key::Enter);
    app.see("Robin’s space is removed.");
    assert!(!app.offers("Open Robin’s space"));
    app.click("Open Sam’s space");
    app.see(", Sam.");
}
