//! Copies of one's words, and the earlier copies that Pairwise keeps by itself: looked into, and brought back.

use super::in_both_themes;
use crate::earlier::{writes, written_twice};
use crate::harness::Place;
use crate::together::{begin_together, go_to, join};

#[test]
#[ignore = "takes pictures and judges nothing: run by `cargo xtask screenshots`"]
fn earlier_copies() {
    in_both_themes(Place::new, |walk, _| {
        let app = walk.app;
        written_twice(app);
        app.click("Keep");
        app.see("The newest is from");
        walk.picture("keep-newest");
        app.pick("Lock the file with a passphrase");
        app.click("Save a copy");
        walk.see("A passphrase, please", "keep-locked");
        app.click("See earlier copies");
        walk.see("Look first", "earlier");
        app.click("See what would change");
        walk.see("Bring it back", "earlier-look");
        app.click("Bring it back");
        walk.see("Your space is as it was", "earlier-done");
        join(app, "Sam");
        begin_together(app, "Our loop");
        go_to(app, "Give it a name");
        writes(app, "We call it", "the dinner freeze");
        // Out of the lesson, then out of the sitting: that is when a copy is made.
        app.click("Not today");
        app.see("side by side");
        app.click("Not today");
        app.click("Together");
        app.see("Our loop");
        app.click("Earlier copies of what you share");
        walk.see("until each of you says so", "earlier-ours");
        app.click("See what would change");
        walk.see("Bring it back for both of you?", "earlier-ours-look");
        app.click("Robin: yes");
        walk.see("Waits for Sam", "earlier-ours-waits");
        app.click("Sam: yes");
        walk.see("What you share is as it was", "earlier-ours-done");
    });
}
