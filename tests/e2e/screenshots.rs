//! Every screen, light and dark, large and small: `cargo xtask screenshots`.

use crate::harness::{App, Place};
use crate::people::{begin_alone, begin_as_two};

#[test]
#[ignore = "takes pictures and judges nothing: run by `cargo xtask screenshots`"]
fn alone() {
    in_both_themes(|app, theme| {
        app.see("Just me");
        both_sizes(app, theme, "first-run");
        app.click("What this can and can’t protect");
        both_sizes(app, theme, "protect");
        app.click("Close");
        app.pick("Just me");
        app.click("Go on");
        app.fill("Name", "Robin");
        both_sizes(app, theme, "naming");
        app.click("Go on");
        app.see("One question");
        both_sizes(app, theme, "asking");
        app.click("Not sure");
        both_sizes(app, theme, "open-truth");
        app.click("I need help today");
        both_sizes(app, theme, "support");
    });
    in_both_themes(|app, theme| {
        begin_alone(app, "Robin");
        both_sizes(app, theme, "home");
        app.click("Course");
        app.see("Our loop");
        both_sizes(app, theme, "course");
        app.click("Begin: Our loop");
        app.see("Before you begin");
        both_sizes(app, theme, "lesson-opening");
        app.click("Begin");
        app.see("Next");
        both_sizes(app, theme, "lesson");
    });
}

#[test]
#[ignore = "takes pictures and judges nothing: run by `cargo xtask screenshots`"]
fn as_two() {
    in_both_themes(|app, theme| {
        begin_as_two(app, "Robin", "Alex");
        both_sizes(app, theme, "front-door");
        app.click("Together");
        app.see("Robin and Alex, side by side");
        both_sizes(app, theme, "together");
    });
}

/// Each screen is met twice, on a light desktop and on a dark one, by people who have just begun.
fn in_both_themes(walk: impl Fn(&App, &str)) {
    walk(&Place::new().open(), "light");
    walk(&Place::new().in_the_dark().open(), "dark");
}

/// The screen as it stands, at the two sizes it is judged at.
fn both_sizes(app: &App, theme: &str, name: &str) {
    for (width, height) in [(800, 600), (1280, 800)] {
        app.size(width, height);
        app.picture(&format!("{name}-{theme}-{width}x{height}"));
    }
}
