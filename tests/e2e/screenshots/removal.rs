//! What goes and what is carried over: the questions before it, and what stands there after.

use super::in_both_themes;
use crate::harness::Place;
use crate::lesson_page::{begin_at, see_saved};
use crate::people::begin_alone;
use crate::together::{begin_together, go_to, join, pass, take};

#[test]
#[ignore = "takes pictures and judges nothing: run by `cargo xtask screenshots`"]
fn removing() {
    in_both_themes(Place::new, |walk, _| {
        let app = walk.app;
        begin_alone(app, "Robin");
        app.click("Course");
        app.click("Begin: Our loop");
        begin_at(app, "Starting with your side", "One ordinary moment");
        app.fill(
            "What would a camera have seen?",
            "Two cups going cold, and the phone face up between them.",
        );
        see_saved(app);
        app.click("Remove…");
        walk.see("Remove this answer?", "remove-answer");
        app.click("Remove it");
        walk.see("Removed.", "remove-undo");
        app.click("Undo");
        app.see("Earlier versions");
        app.click("Back to the course");
        app.click("Keep");
        app.click("See what can be removed");
        walk.see("Nothing goes by opening this page", "remove-alone");
        join(app, "Sam");
        app.click("Open Robin’s space");
        app.click("Keep");
        app.click("See what can be removed");
        walk.see("Stop sharing", "remove");
        app.click("Remove my space…");
        walk.see("type your name", "remove-space");
        app.click("Close my space");
        begin_together(app, "Our loop");
        go_to(app, "One ordinary moment");
        take(app, "Robin");
        walk.see("Bring over", "carry");
        app.click("Bring over what you wrote on your own");
        walk.see("Nothing of it is here", "carry-list");
        app.click("Close");
        pass(app);
        go_to(app, "Give it a name");
        app.fill("We call it", "the dinner freeze");
        see_saved(app);
        app.click("Remove…: We call it");
        app.click("Robin: yes");
        walk.see("Waits for Sam", "remove-ours");
        app.click("Not after all");
        app.click("Not today");
        app.click("Stop sharing, or remove everything");
        walk.see("For both of you to decide", "remove-both");
        app.click("Remove everything…");
        walk.see("type your name", "remove-everything");
        app.click("Stop sharing…");
        app.click("Robin: yes");
        app.click("Sam: yes");
        walk.see("You have stopped sharing", "remove-stopped");
        app.click("Together");
        walk.see("You don’t share anything", "remove-share-again");
    });
}
