//! Every screen, light and dark, large and small: `cargo xtask screenshots`.
//!
//! Each walk is taken twice, on a light desktop and on a dark one. A screen longer than the window is shown from its
//! beginning, and as `NAME-end` to its end. Nothing here judges: somebody has to open the pictures.

mod alone;
mod course;
mod doors;
mod earlier;
mod find;
mod kinds;
mod pair;
mod pictures;
mod removal;

use crate::harness::{App, Place};
use crate::keyboard;
use crate::people::{begin_alone, begin_as_two};
use crate::together::{begin_together, go_to, pass, take};
use serde_json::json;
use std::fs;

const SIZES: [(u32, u32); 2] = [(800, 600), (1280, 800)];
/// Nearly what a window of 1280 by 800 leaves to a page when everything in it is shown twice as large: the smallest
/// window there is.
const ZOOMED: [(u32, u32); 1] = [(640, 480)];

/// Scrolls whatever scrolls to its beginning or its end; answers whether there was more than fits.
const SCROLL: &str = "
  const boxes = [document.scrollingElement, ...document.querySelectorAll('main, dialog:modal, .body')];
  const long = boxes.filter((box) => box.scrollHeight > box.clientHeight + 8 && (box === boxes[0] || getComputedStyle(box).overflowY !== 'visible'));
  for (const box of long) box.scrollTop = END ? box.scrollHeight : 0;
  return long.length > 0;
";

/// One walk in one theme.
struct Walk<'a> {
    app: &'a App,
    theme: &'static str,
    sizes: &'static [(u32, u32)],
}

impl Walk<'_> {
    /// The screen as it stands, at every size it is judged at.
    fn picture(&self, name: &str) {
        for (width, height) in self.sizes {
            self.app.size(*width, *height);
            let long = self.scroll(false);
            self.app.picture(&format!("{name}-{}-{width}x{height}", self.theme));
            // The end in one theme only: the other shows nothing new there.
            if long && self.theme == "light" {
                self.scroll(true);
                self.app.picture(&format!("{name}-end-{}-{width}x{height}", self.theme));
                self.scroll(false);
            }
        }
    }

    /// The screen around what has the focus.
    fn at_the_focus(&self, name: &str) {
        for (width, height) in self.sizes {
            self.app.size(*width, *height);
            let name = format!("{name}-{}-{width}x{height}", self.theme);
            // The first picture waits until the window has been laid out anew; then the focus has its last place.
            for _ in 0..2 {
                let centre = "document.activeElement.scrollIntoView({ block: 'center' })";
                self.app.ask(centre).unwrap();
                self.app.picture(&name);
            }
        }
    }

    fn scroll(&self, end: bool) -> bool {
        let answer = self.app.ask(&SCROLL.replace("END", &end.to_string()));
        answer.is_ok_and(|long| long == json!(true))
    }

    /// What can be read on the screen, and its picture.
    fn see(&self, words: &str, name: &str) {
        self.app.see(words);
        self.picture(name);
    }
}

fn in_both_themes(place: impl Fn() -> Place, walk: impl Fn(&Walk, &Place)) {
    at_sizes(&SIZES, place, walk);
}

fn at_sizes(sizes: &'static [(u32, u32)], place: impl Fn() -> Place, walk: impl Fn(&Walk, &Place)) {
    for theme in ["light", "dark"] {
        let place = if theme == "dark" {
            place().in_the_dark()
        } else {
            place()
        };
        let app = place.open();
        walk(
            &Walk {
                app: &app,
                theme,
                sizes,
            },
            &place,
        );
    }
}

#[test]
#[ignore = "takes pictures and judges nothing: run by `cargo xtask screenshots`"]
fn first_run() {
    in_both_themes(Place::new, |walk, _| {
        let app = walk.app;
        walk.see("Just me", "first-run");
        app.click("What this can and can’t protect");
        walk.see("A seal keeps the order fair", "protect");
        app.click("Close");
        app.pick("Both of us");
        app.click("Go on");
        walk.see("First, one of you", "naming-first");
        app.fill("Name", "Robin");
        app.click("Go on");
        walk.see("Now the other", "naming-second");
        app.click("Back");
        app.click("Back");
        app.pick("Just me");
        app.click("Go on");
        walk.see("What should we call you here?", "naming");
        app.click("Go on");
        walk.see("One question", "asking");
        app.click("Not sure");
        walk.see("lock it before you write", "lock-first");
        app.click("I need help today");
        walk.see("Where are you?", "support");
        app.choose("Where are you?", "United States");
        walk.see("Emergency", "support-country");
    });
}

#[test]
#[ignore = "takes pictures and judges nothing: run by `cargo xtask screenshots`"]
fn mending() {
    in_both_themes(
        || Place::new().with_own_lessons(),
        |walk, place| {
            let app = walk.app;
            let file = place.lessons().join("en/read-together.md");
            let text = fs::read_to_string(&file).unwrap();
            let broken = text
                .replace("[!plan]", "[!planner]")
                .replace("#hope joint", "#hope jiont");
            fs::write(&file, broken).unwrap();
            begin_alone(app, "Robin");
            app.click("Course");
            walk.see("Lessons that need mending", "course-mending");
        },
    );
}

#[test]
#[ignore = "takes pictures and judges nothing: run by `cargo xtask screenshots`"]
fn trouble() {
    in_both_themes(
        || {
            let place = Place::new();
            fs::remove_dir(place.profile()).unwrap();
            place
        },
        |walk, _| walk.see("What is safe", "trouble-missing"),
    );
    in_both_themes(Place::new, |walk, place| {
        begin_alone(walk.app, "Robin");
        let second = place.open();
        let walk = Walk { app: &second, ..*walk };
        walk.see("already open", "trouble-in-use");
    });
    in_both_themes(Place::new, |walk, place| {
        begin_alone(walk.app, "Robin");
        garble(place);
        walk.app.click("Course");
        walk.see("What is safe", "trouble-meanwhile");
    });
    in_both_themes(
        || {
            let place = Place::new();
            let app = place.open();
            begin_alone(&app, "Robin");
            app.quit();
            garble(&place);
            place
        },
        |walk, _| {
            walk.app.click("Open Robin’s space");
            walk.see("What is safe", "trouble-damaged");
        },
    );
}

/// Writes over every file of words.
fn garble(place: &Place) {
    for entry in fs::read_dir(place.profile()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ext| ext == "db") {
            fs::write(path, "This was a file of words.").unwrap();
        }
    }
}

#[test]
#[ignore = "takes pictures and judges nothing: run by `cargo xtask screenshots`"]
fn where_the_keyboard_is() {
    in_both_themes(Place::new, |walk, _| {
        let app = walk.app;
        keyboard::tab_to(app, "Just me");
        walk.picture("focus-choice");
        begin_as_two(app, "Robin", "Sam");
        keyboard::tab_to(app, "Open Sam’s space");
        walk.picture("focus-door");
        app.click("Open Sam’s space");
        keyboard::tab_to(app, "Begin");
        walk.picture("focus-next");
        app.click("Course");
        app.click("Begin: Our loop");
        app.click("Begin");
        step(walk, "My first move", "lesson-first-move");
        app.pick("moved away");
        keyboard::tab_into(app, "What did that look like?");
        walk.at_the_focus("focus-box");
        step(walk, "One ordinary moment", "lesson-moment");
        keyboard::tab_into(app, "How stirred up");
        walk.at_the_focus("focus-scale");
    });
}

#[test]
#[ignore = "takes pictures and judges nothing: run by `cargo xtask screenshots`"]
fn twice_as_large() {
    at_sizes(&ZOOMED, Place::new, |walk, _| {
        let app = walk.app;
        walk.see("Just me", "first-run");
        begin_as_two(app, "Robin", "Sam");
        walk.picture("front-door");
        app.click("Open Robin’s space");
        walk.see("Robin", "home");
        app.click("Course");
        walk.see("Our loop", "course");
        app.click("Begin: Our loop");
        app.click("Begin");
        step(walk, "My first move", "lesson-first-move");
        app.click("Back to the course");
        app.click("Close my space");
        begin_together(app, "Our loop");
        go_to(app, "My half of the loop");
        walk.picture("together-half");
        for (name, half) in [("Robin", &ROBIN), ("Sam", &SAM)] {
            take(app, name);
            write_half(app, half);
            walk.picture("together-turn");
            app.click("Seal my half");
            app.click("Yes, seal it");
            pass(app);
        }
        walk.picture("together-both-sealed");
        open_both(app, "Robin", "Sam", "open");
        go_to(app, "Both halves");
        walk.see("Neither of you is", "loop-surface");
    });
}

/// To a step, by the list of steps, and its picture.
fn step(walk: &Walk, title: &str, name: &str) {
    let app = walk.app;
    app.until("a way to the steps", |app| {
        Ok(app.offers("Steps: ") || app.offers(title))
    });
    if app.offers("Steps: ") {
        app.click("Steps: ");
    }
    app.click(title);
    app.until(title, |app| {
        let now = app.ask("return document.querySelector('h1')?.textContent ?? ''")?;
        Ok(now.as_str().map(str::trim) == Some(title))
    });
    walk.picture(name);
}

const ROBIN: [&str; 4] = [
    "the phone come out at dinner",
    "ask again, with an edge",
    "unimportant, as if I don’t matter this evening",
    "a sign that you’re glad I’m here",
];
const SAM: [&str; 4] = [
    "a question with an edge in it",
    "look down and go quiet",
    "ashamed: I’ve got it wrong again",
    "to hear that I’m still okay with you",
];
const LONG: [&str; 4] = [
    "the front door close a little too hard, and then the kettle, and then nothing at all for what feels like an hour although it is ten minutes",
    "follow from room to room and ask what is wrong, again and again, in a voice that I would not like to be asked in, until somebody slams a door",
    "Donaudampfschifffahrtsgesellschaftskapitänsmützenverzweiflung, which is the only word for it; small, and very far away from everyone",
    "one hand on my shoulder, without a word, and then to go on with the evening as if it were any other evening in the year",
];

fn write_half(app: &App, half: &[&str; 4]) {
    let stages = [
        "When I see or hear",
        "I tend to",
        "Underneath, I feel",
        "I am hoping for",
    ];
    for (stage, words) in stages.iter().zip(half) {
        app.fill(stage, words);
    }
}

fn open_both(app: &App, one: &str, two: &str, what: &str) {
    app.click(&format!("{one}: {what}"));
    app.see(&format!("Waits for {two}"));
    app.click(&format!("{two}: {what}"));
    app.click("Show both sides");
}

fn plan(app: &App) {
    app.fill("Title of the book", "Love Sense");
    app.fill("Author", "Sue Johnson");
    let parts = [
        "A Paradigm Shift",
        "Attachment: The Key to Love",
        "The Emotions",
        "The Brain",
    ];
    for (at, part) in parts.iter().enumerate() {
        app.fill(&format!("Part {}: title", at + 1), part);
    }
    app.choose("Day", "29");
    app.choose("Month", "November");
    app.choose("Year", "2026");
}
