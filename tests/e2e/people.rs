//! What every couple does before the part a test is about.

use crate::axe;
use crate::harness::{App, Place};
use crate::lesson_page::see_title;
use std::fs;

/// From the first window to the first person's home.
pub(crate) fn begin_alone(app: &App, name: &str) {
    app.pick("Just me");
    app.click("Go on");
    app.fill("Name", name);
    app.click("Go on");
    app.click("No");
    app.see(&format!(", {name}."));
}

/// From the first window to the front door, or to wherever two people begin.
pub(crate) fn begin_as_two(app: &App, one: &str, two: &str) {
    app.pick("Both of us");
    app.click("Go on");
    app.see("First, one of you");
    app.fill("Name", one);
    app.click("Go on");
    app.see("Now the other");
    app.fill("Name", two);
    app.click("Go on");
    app.click("No");
    app.see(two);
}

/// From one's own space or a lesson in it: takes one's words along. The text of the copy.
pub(crate) fn take_a_copy(app: &App, place: &Place) -> String {
    let copies = || -> Vec<_> {
        let folder = fs::read_dir(place.documents()).unwrap();
        folder.map(|entry| entry.unwrap().path()).collect()
    };
    let before = copies();
    if !app.offers("Keep") {
        app.click("Course");
    }
    app.click("Keep");
    see_title(app, "Take your words along");
    axe::finds_nothing(app, "the page of one's words");
    app.click("Save a copy");
    app.see("It lies here:");
    let copy = copies()
        .into_iter()
        .find(|copy| !before.contains(copy))
        .expect("a new copy");
    assert!(app.reads(&copy.display().to_string()), "the page says where it lies");
    fs::read_to_string(copy).unwrap()
}
