//! What a person has of their own beside the lessons: the copy of their words, and the lock.

use super::in_both_themes;
use crate::harness::Place;
use crate::people::begin_alone;

#[test]
#[ignore = "takes pictures and judges nothing: run by `cargo xtask screenshots`"]
fn keep_and_lock() {
    in_both_themes(Place::new, |walk, _| {
        let app = walk.app;
        begin_alone(app, "Robin");
        app.click("Keep");
        walk.see("Take your words along", "keep");
        app.click("Save a copy");
        walk.see("It lies here:", "keep-saved");
        app.click("Settings");
        walk.see("Check spelling", "settings");
        app.click("Lock my space");
        app.see("Four words you could take");
        walk.picture("lock");
    });
}
