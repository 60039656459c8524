//! A lesson's picture: as it stands in the text, and its words where it is not shown.

use super::in_both_themes;
use crate::harness::Place;
use crate::people::begin_alone;
use crate::pictures::at_the_picture;
use serde_json::json;

#[test]
#[ignore = "takes pictures and judges nothing: run by `cargo xtask screenshots`"]
fn a_picture_in_a_lesson() {
    in_both_themes(Place::new, |walk, _| {
        let app = walk.app;
        begin_alone(app, "Robin");
        at_the_picture(app);
        app.until("the picture to be drawn", |app| {
            let drawn = app.ask("const i = document.querySelector('main img'); i.tabIndex = -1; i.focus({ focusVisible: false }); return i.naturalWidth > 0")?;
            Ok(drawn == json!(true))
        });
        walk.at_the_focus("lesson-picture");
        // What a web view does when it cannot draw one.
        app.ask("document.querySelector('main img').dispatchEvent(new Event('error'))")
            .unwrap();
        app.see("Picture: Two strands");
        let words = "const words = [...document.querySelectorAll('main span')].find((span) => span.textContent.startsWith('Picture:')); words.tabIndex = -1; words.focus({ focusVisible: false })";
        app.ask(words).unwrap();
        walk.at_the_focus("lesson-picture-broken");
    });
}
