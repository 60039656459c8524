//! One person, from their own door to the end of the worksheet and a book on the shelf.

use super::{ROBIN, Walk, in_both_themes, plan, step, write_half};
use crate::harness::Place;
use crate::people::begin_alone;

#[test]
#[ignore = "takes pictures and judges nothing: run by `cargo xtask screenshots`"]
fn alone() {
    in_both_themes(Place::new, |walk, _| {
        let app = walk.app;
        begin_alone(app, "Robin");
        walk.picture("home");
        app.click("Support");
        walk.see("Where are you?", "support-inside");
        app.click("Close my space");
        walk.see("Welcome, Robin", "front-door-alone");
        app.click("Someone is joining");
        walk.see("Before you say yes", "joining");
        app.click("I would like to join");
        walk.see("Your colour", "joining-naming");
        app.click("Back");
        app.click("Not today");
        app.click("Open Robin’s space");
        app.click("Course");
        walk.see("Our loop", "course");
        our_loop_alone(walk);
        app.click("Home");
        walk.see("Carry on", "home-under-way");
        app.click("Course");
        walk.see("Carry on", "course-under-way");
        a_book_alone(walk);
        app.click("Home");
        walk.see("Love Sense", "home-with-a-book");
        app.click("Hide now");
        walk.see("press any key", "hidden");
    });
}

/// The loop worksheet in a space of one's own, to its end, and left again in the middle of a second time.
fn our_loop_alone(walk: &Walk) {
    let app = walk.app;
    app.click("Begin: Our loop");
    walk.see("Before you begin", "lesson-opening");
    app.click("Begin");
    walk.see("Starting with your side", "lesson");
    step(walk, "What a loop can’t explain", "lesson-limit");
    step(walk, "Other shapes", "lesson-shapes");
    app.click("What is known, and what isn’t");
    walk.see("Doss, 2016", "lesson-note-open");
    step(walk, "One ordinary moment", "lesson-moment");
    app.fill("What would a camera have seen?", "Half past seven.");
    app.see("Saved");
    app.fill(
        "What would a camera have seen?",
        "Half past seven. Two plates, one phone, and a door that closed a little too hard.",
    );
    app.pick("How stirred up am I as I picture it? > 4");
    walk.see("Saved", "lesson-moment-answered");
    app.click("Earlier versions");
    walk.see("no earlier version", "earlier-versions");
    app.click("Close");
    step(walk, "My first move", "lesson-first-move");
    app.pick("did one, and then the other");
    app.pick("I asked again");
    app.pick("I got busy");
    app.pick("Something else");
    app.fill("What did that look like? > In my own words", "I wiped a clean table");
    walk.see("Saved", "lesson-first-move-answered");
    step(walk, "Underneath", "lesson-underneath");
    step(walk, "My half of the loop", "lesson-half");
    write_half(app, &ROBIN);
    walk.see("Saved", "lesson-half-answered");
    app.click("See my half as a drawing");
    app.see("What they meet");
    walk.picture("lesson-half-drawn");
    step(walk, "A name for the pattern", "lesson-name");
    step(walk, "One small change", "lesson-change");
    app.click("Close gently");
    app.click("Finish");
    walk.see("That is the whole lesson", "lesson-finished");
    app.click("Begin again");
    // "Begin" is also the beginning of "Begin again": first the page that has only the one.
    app.see("Before you begin");
    app.see_not("Begin again");
    app.click("Begin");
    app.click("One ordinary moment");
    app.click("Next");
    app.click("Back to the course");
}

/// A book read on one's own: the plan empty, decided, and on the shelf.
fn a_book_alone(walk: &Walk) {
    let app = walk.app;
    app.click("Begin: Reading one book");
    app.see("Next");
    if app.offers("Begin") {
        app.click("Begin");
    }
    step(walk, "Choose a book", "book-choose");
    app.fill("Line 1", "Love Sense");
    app.click("Add a line");
    app.fill("Line 2", "The one on your bedside table");
    app.click("Remove line 2");
    walk.see("Undo", "book-list");
    step(walk, "A pace that is kind", "book-plan");
    plan(app);
    walk.see("by ", "book-plan-dated");
    step(walk, "Read the first part", "book-recall");
    step(walk, "A pace that is kind", "book-shelf");
    app.click("I am here: Attachment");
    walk.see("Robin is here", "book-shelf-bookmark");
    app.click("Change the book, parts or pace");
    walk.picture("book-shelf-changing");
    step(walk, "What stayed with me", "book-after");
    app.click("Back to the course");
}
