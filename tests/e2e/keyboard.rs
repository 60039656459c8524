//! Getting about with the keyboard alone: Tab until the wanted thing has the focus, then its own keys.

use crate::harness::App;
use fantoccini::key::Key;
use serde_json::{Value, json};

/// No screen asks for more Tabs than this.
const FAR: usize = 80;

/// What the focus is on, as a screen reader would say it, and the question it belongs to.
const FOCUS: &str = r"
  const el = document.activeElement;
  const plain = (text) => (text || '').replace(/\s+/g, ' ').trim();
  const said = (one) => {
    const copy = one.cloneNode(true);
    copy.querySelectorAll('[aria-hidden=true]').forEach((inner) => inner.remove());
    return plain(copy.textContent);
  };
  const name = el.getAttribute('aria-label') || [...(el.labels || [])].map(said).join(' ') || said(el);
  return [name, plain(el.closest('fieldset')?.querySelector('legend')?.textContent)];
";

/// Presses Tab until something of this name has the focus.
pub(crate) fn tab_to(app: &App, name: &str) {
    tab_until(app, name, |focus| {
        focus[0].as_str().is_some_and(|now| now.starts_with(name))
    });
}

/// Presses Tab until the focus is within the question of these words.
pub(crate) fn tab_into(app: &App, question: &str) {
    tab_until(app, question, |focus| {
        focus[1].as_str().is_some_and(|now| now.starts_with(question))
    });
}

/// Goes to a field and writes at its end.
pub(crate) fn write(app: &App, field: &str, words: &str) {
    tab_to(app, field);
    app.press(words);
}

/// Goes to a button and presses it.
pub(crate) fn press(app: &App, name: &str) {
    tab_to(app, name);
    app.press(&Key::Enter);
}

/// Goes to a box and ticks it.
pub(crate) fn tick(app: &App, name: &str) {
    tab_to(app, name);
    app.press(" ");
}

/// Goes to a row of radio buttons and picks the one so many after the first.
pub(crate) fn pick_nth(app: &App, question: &str, nth: usize) {
    tab_into(app, question);
    app.press(" ");
    for _ in 0..nth {
        app.press(&Key::Down);
    }
}

/// On to the next screen of a lesson.
pub(crate) fn forward(app: &App) {
    app.press(&(Key::Alt + &*Key::Right));
}

fn tab_until(app: &App, wanted: &str, here: impl Fn(&Value) -> bool) {
    let mut met = Vec::new();
    for _ in 0..FAR {
        app.press(&Key::Tab);
        let focus = app.ask(FOCUS).unwrap_or_else(|error| json!([error.to_string()]));
        if here(&focus) {
            return;
        }
        met.push(focus[0].as_str().unwrap_or_default().to_owned());
    }
    panic!("Tab never came to {wanted:?}, but to {met:?}");
}
