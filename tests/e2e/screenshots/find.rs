//! Finding one's words: before anything is looked for, what is found, where it leads, and nothing found.

use super::{ROBIN, SAM, in_both_themes, open_both, step, write_half};
use crate::harness::{App, Place};
use crate::lesson_page::{see_saved, see_title};
use crate::people::begin_as_two;
use crate::together::{begin_together, go_to, pass, take};
use fantoccini::key::Key;

const LONG: &str = "Half past seven, and the phone came out at dinner again. I had cooked, which nobody had asked me to, and I had news, \
which nobody knew, and then the light of it was on the wall and on the plates, and the kettle began, and I heard my own voice go up.";

fn look_for(app: &App, words: &str) {
    app.press(&(Key::Control + "k"));
    app.see("Words to look for");
    app.fill("Words to look for", words);
}

#[test]
#[ignore = "takes pictures and judges nothing: run by `cargo xtask screenshots`"]
fn find() {
    in_both_themes(Place::new, |walk, _| {
        let app = walk.app;
        begin_as_two(app, "Robin", "Sam");
        app.click("Open Robin’s space");
        app.click("Course");
        app.click("Begin: Our loop");
        app.click("Begin");
        step(walk, "One ordinary moment", "find-lesson");
        app.fill("What would a camera have seen?", LONG);
        see_saved(app);
        app.click("Back to the course");
        app.click("Close my space");
        begin_together(app, "Our loop");
        go_to(app, "My half of the loop");
        for (name, half) in [("Robin", &ROBIN), ("Sam", &SAM)] {
            take(app, name);
            write_half(app, half);
            app.click("Seal my half");
            app.click("Yes, seal it");
            pass(app);
        }
        open_both(app, "Robin", "Sam", "open");
        go_to(app, "Give it a name");
        app.fill("We call it", "the dinner phone");
        see_saved(app);
        app.click("Not today");
        app.click("Not today");
        app.click("Open Robin’s space");
        app.click("Find");
        walk.see("What is looked through", "find");
        look_for(app, "phone");
        walk.see("Ours", "find-found");
        app.press(&Key::Down);
        app.press(&Key::Enter);
        walk.see("From a lesson you do together", "find-read-here");
        look_for(app, "cooked");
        walk.see("which nobody had asked", "find-one");
        app.press(&Key::Down);
        app.press(&Key::Enter);
        see_title(app, "One ordinary moment");
        walk.at_the_focus("find-opened");
        app.click("Back to what was found");
        look_for(app, "marmalade");
        walk.see("Nothing found", "find-nothing");
    });
}
