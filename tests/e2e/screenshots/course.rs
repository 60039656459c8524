//! The built-in course: its page, and the screens of a few of its lessons.

use super::{Walk, in_both_themes};
use crate::harness::Place;
use crate::people::{begin_alone, begin_as_two};

#[test]
#[ignore = "takes pictures and judges nothing: run by `cargo xtask screenshots`"]
fn the_built_in_course() {
    in_both_themes(
        || Place::new().with_the_built_in_course(),
        |walk, _| {
            let app = walk.app;
            begin_alone(app, "Robin");
            walk.see("Before we begin", "built-in-home");
            app.click("Course");
            walk.see("Keeping it going", "built-in-course");
            through(walk, "My part in the pattern", "my-part");
            through(walk, "Time-outs that return", "time-outs");
            through(walk, "Closeness", "closeness");
        },
    );
}

#[test]
#[ignore = "takes pictures and judges nothing: run by `cargo xtask screenshots`"]
fn the_built_in_course_for_two() {
    in_both_themes(
        || Place::new().with_the_built_in_course(),
        |walk, _| {
            begin_as_two(walk.app, "Robin", "Sam");
            walk.app.click("Together");
            walk.see("side by side", "built-in-together");
            through(walk, "Our loop", "our-loop-pair");
        },
    );
}

/// Every step of a lesson, untouched.
fn through(walk: &Walk, lesson: &str, name: &str) {
    let app = walk.app;
    app.click(&format!("Begin: {lesson}"));
    app.until("the lesson", |app| {
        Ok(app.reads("Before you begin") || app.offers("Next"))
    });
    if app.reads("Before you begin") {
        walk.picture(&format!("{name}-opening"));
        app.click("Begin");
    }
    let mut number = 1;
    loop {
        walk.see(&format!("{number} of "), &format!("{name}-{number:02}"));
        if app.offers("Finish") {
            break;
        }
        app.click("Next");
        number += 1;
    }
    app.click("Back to the course");
}
