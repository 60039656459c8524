//! The kinds of block that ask for more than a line: untouched, answered, and by two.

use super::{Walk, in_both_themes};
use crate::all_kinds::place;
use crate::lesson_page::see_title;
use crate::people::{begin_alone, begin_as_two};
use crate::together::{pass, take};

#[test]
#[ignore = "takes pictures and judges nothing: run by `cargo xtask screenshots`"]
fn kinds_alone() {
    in_both_themes(place, |walk, _| {
        let app = walk.app;
        begin_alone(app, "Robin");
        app.click("Begin");
        see_title(app, "Marks");
        walk.picture("kinds-marks");
        app.pick("Rest > 0: not at all");
        app.pick("Closeness > 3");
        app.fill("When …", "the door bangs");
        app.pick("A walk > Yes");
        app.fill("A card of your own", "a song");
        app.click("Add the card");
        walk.picture("kinds-marks-answered");
        at(walk, "Order");
        walk.picture("kinds-order");
        app.click("Put into the order: Money");
        app.click("Put into the order: Sleep");
        app.fill("Line 1", "you rang the clinic");
        walk.picture("kinds-order-answered");
        at(walk, "Days");
        walk.picture("kinds-days");
        app.click("Add an entry");
        app.pick("a word");
        app.fill("A few words", "at breakfast");
        walk.picture("kinds-days-writing");
        app.click("That is it");
        app.pick("This week > Ask once");
        app.click("Answer it now");
        app.pick("I felt rested > 4");
        walk.picture("kinds-days-answered");
        at(walk, "Between us");
        app.fill("The wording", "The word is kettle.");
        app.see("Saved");
        app.click("I decide this");
        app.see("This is what I decided.");
        walk.picture("kinds-between");
        at(walk, "Quiet things");
        walk.picture("kinds-quiet");
        app.click("Start");
        app.choose("Which country’s lines?", "United States");
        walk.see("988", "kinds-quiet-answered");
    });
}

#[test]
#[ignore = "takes pictures and judges nothing: run by `cargo xtask screenshots`"]
fn kinds_of_two() {
    in_both_themes(place, |walk, _| {
        let app = walk.app;
        begin_as_two(app, "Robin", "Sam");
        app.click("Together");
        app.click("Begin: All kinds");
        see_title(app, "Marks");
        walk.picture("kinds-pair-marks");
        take(app, "Robin");
        app.pick("A walk > Yes");
        walk.picture("kinds-pair-turn");
        pass(app);
        for step in ["Side by side", "Order", "Days", "Between us"] {
            app.click("Next");
            see_title(app, step);
        }
        app.fill("The wording", "The word is kettle.");
        app.see("Saved");
        walk.picture("kinds-pair-between");
        app.click("Robin speaks first");
        walk.see("say one thing", "kinds-pair-talk");
        app.click("Time-out");
        walk.see("A time-out, and a time to come back", "kinds-pair-time-out");
        app.click("No time-out after all");
        app.click("Next turn");
        app.click("That is all of it");
        walk.see("Did I get it?", "kinds-pair-heard");
        app.click("End the talk here");
        walk.see("One next step, or none", "kinds-pair-next-step");
        app.click("No step this time");
        app.click("Next");
        see_title(app, "Quiet things");
        take(app, "Robin");
        walk.picture("kinds-pair-ready");
        app.click("Something light");
        pass(app);
        take(app, "Sam");
        app.click("All of it");
        pass(app);
        walk.picture("kinds-pair-offered");
    });
}

/// To another step, by the list of steps at the side or the one that folds.
fn at(walk: &Walk, step: &str) {
    let app = walk.app;
    app.see("Saved");
    if app.offers("Steps: ") {
        app.click("Steps: ");
    }
    app.click(step);
    see_title(app, step);
}
