//! The first minute of someone who has just installed Pairwise, and their second visit.

use crate::harness::Place;
use crate::people::{begin_alone, begin_as_two};

#[test]
fn the_first_window_says_what_this_is_and_asks_who_begins() {
    let place = Place::new();
    let app = place.open();
    app.see("This is not therapy");
    app.see("There is no account");
    app.see("Just me");
    app.see("Both of us");
}

#[test]
fn nothing_is_kept_until_a_person_has_begun() {
    let place = Place::new();
    let app = place.open();
    app.pick("Both of us");
    app.click("Go on");
    app.fill("Name", "Robin");
    let app = app.restart(&place);
    app.see("Just me");
    app.see_not("Robin");
}

#[test]
fn a_person_who_begins_alone_is_met_by_name_the_next_time() {
    let place = Place::new();
    let app = place.open();
    begin_alone(&app, "Robin");
    let app = app.restart(&place);
    app.see("Welcome, Robin.");
}

#[test]
fn two_who_begin_together_each_find_their_own_door() {
    let place = Place::new();
    let app = place.open();
    begin_as_two(&app, "Robin", "Alex");
    let app = app.restart(&place);
    app.see_to_press("Open Robin’s space");
    app.see_to_press("Open Alex’s space");
    app.see_to_press("Together");
}
