//! What a person looks for on a page of a lesson.

use crate::harness::App;

/// Waits for a screen by its title.
pub(crate) fn see_title(app: &App, title: &str) {
    app.until(&format!("the screen {title:?}"), |app| {
        let now = app.ask("return document.querySelector('h1')?.textContent ?? ''")?;
        Ok(now.as_str().map(str::trim) == Some(title))
    });
}

/// Waits until the page says that everything typed is kept. What a screen reader was told stays on the page, so the
/// word alone may be an old one.
pub(crate) fn see_saved(app: &App) {
    app.see_not("Editing…");
    app.see("Saved");
    assert!(!app.reads("Not saved"));
}

/// From a lesson's first page to one of its steps, by the list of steps.
pub(crate) fn begin_at(app: &App, first: &str, step: &str) {
    app.click("Begin");
    see_title(app, first);
    app.click(step);
    see_title(app, step);
}
