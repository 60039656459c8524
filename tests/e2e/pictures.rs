//! A lesson's picture is drawn in the real window, through the one door that pictures have.

use crate::harness::{App, Place};
use crate::lesson_page::begin_at;
use crate::{axe, people::begin_alone};
use serde_json::json;

/// The picture of `tests/course`, as wide and as high as its file says.
const NATURAL: [u32; 2] = [240, 120];
const SHOWS: &str = "Two strands that cross and come back to each other, again and again";

#[test]
fn a_lessons_picture_is_drawn_with_its_words_and_no_other_hash_draws_anything() {
    let place = Place::new();
    let app = place.open();
    begin_alone(&app, "Robin");
    at_the_picture(&app);
    app.until("the picture to be drawn", |app| {
        let drawn = app.ask(
            "const i = document.querySelector('main img'); return i?.complete && [i.naturalWidth, i.naturalHeight]",
        )?;
        Ok(drawn == json!(NATURAL))
    });
    let words = app.ask("return document.querySelector('main img').alt").unwrap();
    assert_eq!(words, json!(SHOWS));
    axe::finds_nothing(&app, "a step with a picture");

    app.size(800, 600);
    let inside = "const b = document.querySelector('main img').getBoundingClientRect(); return b.left >= 0 && b.right <= innerWidth && b.height <= innerHeight * .6";
    assert_eq!(app.ask(inside).unwrap(), json!(true), "it fits a small window");

    let other = "const i = new Image(); i.onload = () => document.title = 'drawn'; i.onerror = () => document.title = 'refused'; i.src = document.querySelector('main img').src.replace(/.$/, (last) => last === '0' ? '1' : '0'); return i.src.length > 64";
    assert_eq!(app.ask(other).unwrap(), json!(true));
    app.until("another hash to be refused", |app| {
        Ok(app.ask("return document.title")? == json!("refused"))
    });
}

/// From one's own home to the step with the picture.
pub(crate) fn at_the_picture(app: &App) {
    app.click("Course");
    app.click("Begin: Our loop");
    begin_at(app, "Starting with your side", "How a loop works");
}
