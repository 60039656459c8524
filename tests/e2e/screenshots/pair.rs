//! Two people: a sitting, two halves, one loop, and a book for two.

use super::{LONG, ROBIN, SAM, Walk, in_both_themes, open_both, plan, write_half};
use crate::harness::Place;
use crate::people::begin_as_two;
use crate::together::{begin_together, go_to, pass, take};

#[test]
#[ignore = "takes pictures and judges nothing: run by `cargo xtask screenshots`"]
fn as_two() {
    in_both_themes(Place::new, |walk, _| {
        let app = walk.app;
        begin_as_two(app, "Robin", "Sam");
        walk.see("Whose space?", "front-door");
        app.click("Together");
        walk.see("Robin and Sam, side by side", "together");
        app.click("Begin: Our loop");
        walk.see("Before you begin", "together-opening");
        app.click("Begin");
        walk.see("Starting side by side", "together-reading");
        app.click("Next");
        go_to(app, "One ordinary moment");
        walk.picture("together-private");
        take(app, "Robin");
        walk.picture("together-private-writing");
        pass(app);
        two_halves(walk);
        opening_them(walk);
        app.click("Steps");
        walk.picture("together-steps");
        app.click("Close gently");
        app.click("Finish");
        walk.see("That is the whole lesson", "together-finished");
        app.click("Done for now");
        a_book_for_two(walk);
    });
}

fn two_halves(walk: &Walk) {
    let app = walk.app;
    go_to(app, "My half of the loop");
    walk.picture("together-half");
    take(app, "Robin");
    walk.picture("together-turn");
    write_half(app, &ROBIN);
    walk.see("Saved", "together-turn-written");
    app.click("Seal my half");
    walk.see("Seal my half?", "together-seal");
    app.click("Not yet");
    app.click("Keep this to myself");
    walk.see("Yes, keep it", "together-keep");
    app.click("Not yet");
    app.click("Seal my half");
    app.click("Yes, seal it");
    walk.see("Your side is sealed", "together-sealed-mine");
    pass(app);
    walk.see("can still take it back", "together-sealed-by-one");
    take(app, "Sam");
    write_half(app, &SAM);
    app.click("Seal my half");
    app.click("Yes, seal it");
    walk.see("Both are sealed", "together-sealed-mine-both");
    pass(app);
}

fn opening_them(walk: &Walk) {
    let app = walk.app;
    walk.see("Both sides are sealed", "together-both-sealed");
    app.click("Set aside");
    walk.see("Set this aside?", "together-set-aside");
    app.click("Not yet");
    app.click("Robin: open");
    walk.see("Waits for Sam", "together-one-ready");
    app.click("Sam: open");
    app.see("One breath first");
    // It moves, and passes by itself: held still, there is time for one size.
    let hold = "document.getAnimations().forEach((one) => { one.pause(); one.currentTime = 4000; })";
    app.ask(hold).unwrap();
    app.picture(&format!("together-breath-{}-1280x800", walk.theme));
    if app.offers("Show both sides") {
        app.click("Show both sides");
    }
    walk.see("ask again", "together-opened");
    app.click("Cover these");
    walk.see("Covered again", "together-covered-again");
    app.click("Show these again");
    go_to(app, "Both halves");
    walk.see("Neither of you is", "loop-surface");
    app.click("Robin: open what lies underneath");
    app.click("Sam: open what lies underneath");
    app.click("Show both sides");
    go_to(app, "Give it a name");
    walk.picture("together-joint");
    app.fill("We call it", "the dinner freeze");
    app.pick("three slow breaths each");
    walk.see("Saved", "together-joint-answered");
    go_to(app, "Both halves");
    walk.see("the dinner freeze", "loop-surface-named");
    app.click("Underneath too");
    walk.see("unimportant", "loop-underneath");
    app.click("Read as a list");
    walk.see("round it goes", "loop-list");
}

fn a_book_for_two(walk: &Walk) {
    let app = walk.app;
    app.click("Not today");
    begin_together(app, "Reading one book");
    go_to(app, "A pace that is kind");
    plan(app);
    app.see("Saved");
    for (name, part) in [("Robin", "The Emotions"), ("Sam", "Attachment")] {
        take(app, name);
        app.click(&format!("I am here: {part}"));
        app.see(&format!("{name} is here"));
        app.pick("Show my bookmark to");
        if name == "Sam" {
            walk.picture("shelf-turn");
        }
        pass(app);
    }
    walk.see("Sam is here", "shelf-together");
}

#[test]
#[ignore = "takes pictures and judges nothing: run by `cargo xtask screenshots`"]
fn long_words() {
    in_both_themes(Place::new, |walk, _| {
        let app = walk.app;
        let (one, two) = ("Maximiliane-Friederike von Hohenstein", "Bo");
        begin_as_two(app, one, two);
        walk.picture("long-door");
        app.click(&format!("Open {one}"));
        walk.see("Good ", "long-home");
        app.click("Close my space");
        app.click("Together");
        walk.picture("long-together");
        app.click("Not today");
        begin_together(app, "Our loop");
        go_to(app, "My half of the loop");
        walk.picture("long-half");
        for (name, half) in [(one, &LONG), (two, &SAM)] {
            take(app, name);
            write_half(app, half);
            app.see("Saved");
            if name == one {
                walk.picture("long-turn");
            }
            app.click("Seal my half");
            app.click("Yes, seal it");
            app.see("sealed");
            pass(app);
        }
        walk.see("Both sides are sealed", "long-sealed");
        open_both(app, one, two, "open");
        walk.see("look down", "long-opened");
        go_to(app, "Both halves");
        open_both(app, one, two, "open what lies underneath");
        app.click("Underneath too");
        walk.see("ashamed", "long-loop");
    });
}
