//! A lock, in the real window: put on at the first run, and kept shut to whatever is not its passphrase.

use crate::axe;
use crate::harness::{App, Place};
use crate::lesson_page::{begin_at, see_saved};
use fantoccini::key::Key;

const PASS: &str = "copper lantern harbour twig";
const FIELD: &str = "What would a camera have seen?";
const WORDS: &str = "two cups going cold";

/// From the first window to the first person's lock, put on.
fn begin_locked(app: &App) {
    app.pick("Just me");
    app.click("Go on");
    app.fill("Name", "Robin");
    app.click("Go on");
    app.click("Yes");
    axe::finds_nothing(app, "lock first");
    app.click("Lock it now");
    app.see("Four words you could take");
    axe::finds_nothing(app, "the page of one’s own lock");
    app.fill("Passphrase", PASS);
    app.fill("The same once more", PASS);
    app.click("Lock my space");
    app.see("Twelve recovery words");
    axe::finds_nothing(app, "recovery words");
    app.click("Skip");
    app.see("Your space is locked");
    app.nowhere("lantern");
}

/// From one's own space, by the settings, to a lock that is on.
pub(crate) fn put_a_lock_on(app: &App, passphrase: &str) {
    app.click("Settings");
    app.click("Lock my space");
    app.see("Four words you could take");
    app.fill("Passphrase", passphrase);
    app.fill("The same once more", passphrase);
    app.click("Lock my space");
    app.see("Twelve recovery words");
    app.click("Skip");
}

pub(crate) fn open_with(app: &App, passphrase: &str) {
    app.fill("Passphrase", passphrase);
    app.press(&Key::Enter);
}

#[test]
fn a_space_locked_at_the_first_run_keeps_its_words_for_whoever_has_the_passphrase() {
    let place = Place::new();
    let app = place.open();
    begin_locked(&app);
    app.click("Course");
    app.click("Begin: Our loop");
    begin_at(&app, "Starting with your side", "One ordinary moment");
    app.fill(FIELD, WORDS);
    see_saved(&app);

    let app = app.restart(&place);
    app.see("locked");
    app.nowhere(WORDS);
    app.click("Open Robin’s space");
    axe::finds_nothing(&app, "a locked door");
    open_with(&app, "copper lantern");
    app.see("That did not open this space. Nothing was changed.");
    app.nowhere(WORDS);
    // The first wait is a second by the app's own clock: too early is answered as any wrong one is.
    while !app.reads(", Robin.") {
        open_with(&app, PASS);
        app.until("an answer", |app| {
            Ok(app.reads(", Robin.") || app.reads("That did not open"))
        });
    }
    app.click("Carry on");
    app.until("the words", |app| Ok(app.reads(WORDS)));

    (0..3).for_each(|_| app.press(&Key::Shift));
    app.see("press any key");
    app.nowhere(WORDS);
    app.press("x");
    app.click("Open Robin’s space");
    app.see("Robin’s space is locked");
    app.nowhere(WORDS);
}
