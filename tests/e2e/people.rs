//! What every couple does before the part a test is about.

use crate::harness::App;

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
