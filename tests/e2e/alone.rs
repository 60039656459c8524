//! One person, on their own, from the first window to the end of the loop worksheet, and back another day.

use crate::harness::{App, Place};
use crate::people::begin_alone;
use crate::{axe, keyboard};
use fantoccini::key::Key;

/// How an answer is given: with the pointer, or with the keyboard and nothing else.
enum Answer {
    /// Words, typed into the field that was clicked.
    Typed(&'static str, &'static str),
    /// Words, typed into the field that Tab leads to.
    Keyed(&'static str, &'static str),
    /// An option or a line, clicked.
    Clicked(&'static str),
    /// An option, ticked with the space bar.
    Ticked(&'static str),
    /// The option or mark so many after the first of a question, by arrow keys: its question, its place, its label.
    Stepped(&'static str, usize, &'static str),
}

use Answer::{Clicked, Keyed, Stepped, Ticked, Typed};

/// The whole worksheet as one person meets it: the steps by their titles, and every answer that can be given.
const WORKSHEET: [(&str, &[Answer]); 12] = [
    ("Starting with your side", &[]),
    ("What a loop can't explain", &[]),
    ("How a loop works", &[]),
    ("Other shapes", &[]),
    (
        "One ordinary moment",
        &[
            Typed(
                "What would a camera have seen?",
                "Half past seven. Two plates, one phone,\nand a door.",
            ),
            Stepped("How stirred up am I", 4, "How stirred up am I as I picture it? > 4"),
        ],
    ),
    (
        "My first move",
        &[
            Stepped("In that moment, I mostly", 2, "did one, and then the other"),
            Ticked("I asked again"),
            Clicked("I counted the plates"),
            Typed("What did that look like? > In my own words", "I wiped a clean table — twice"),
            Typed("If I had not pushed", "it would all go quiet for good"),
            Keyed("If I had stayed in it", "we would both say too much"),
        ],
    ),
    (
        "Underneath",
        &[
            Keyed("The story I told myself was", "My news can wait; it always can."),
            Clicked("Underneath, I may have felt > lonely"),
            Ticked("homesick for us"),
            Clicked("something in my own words"),
            Keyed("In my own words", "thin, like paper"),
            Typed("Where did I notice it in my body?", "a tight jaw ü 🙂"),
        ],
    ),
    (
        "My half of the loop",
        &[
            Typed("When I see or hear", "the phone come out at dinner"),
            Keyed("I tend to", "ask about his day, louder"),
            Keyed("Underneath, I feel", "unimportant"),
            Typed("I am hoping for", "a sign that I matter"),
        ],
    ),
    (
        "Seen from outside",
        &[
            Typed(
                "In three sentences",
                "Two tired people. Both missed the other. Neither meant harm.",
            ),
            Keyed("How might my move have looked", "Like a question with a hook in it."),
        ],
    ),
    (
        "A name for the pattern",
        &[
            Keyed("I call it", "the dinner freeze"),
            Typed("Where could I step out of it", "When I hear my own voice rise."),
        ],
    ),
    ("One small change", &[Clicked("ask once, then wait")]),
    ("Close gently", &[]),
];

/// Typed last, and not waited for.
const LAST: (&str, &str) = ("I will most likely want it when", "the plates are still warm");

#[test]
fn a_person_alone_finds_every_word_and_their_place_after_closing_in_the_middle_of_a_word() {
    let place = Place::new();
    let app = place.open();
    begin_alone(&app, "Robin");
    app.click("Course");
    app.click("Begin: Our loop");
    app.see("Before you begin, so that it does not surprise you");
    axe::finds_nothing(&app, "the lesson's first page");
    app.click("Begin");
    for (step, answers) in &WORKSHEET[..11] {
        app.until_title(step);
        answers.iter().for_each(|answer| give(&app, answer));
        axe::finds_nothing(&app, step);
        if *step == "My half of the loop" {
            app.picture("step-half");
        }
        // One way on with the pointer, one with the keyboard.
        if *step == "One small change" {
        } else if answers.is_empty() {
            keyboard::forward(&app);
        } else {
            app.click("Next");
        }
    }
    type_and_look_at_once(&app);

    let app = app.restart(&place);
    app.click("Open Robin’s space");
    app.see("You stopped after “A name for the pattern.”");
    axe::finds_nothing(&app, "home with a lesson begun");
    app.click("Carry on");
    app.until_title("One small change");
    assert_eq!(app.value(LAST.0), LAST.1, "the words typed as the window closed are there");
    for (step, answers) in WORKSHEET[..11].iter().rev() {
        app.until_title(step);
        answers.iter().for_each(|answer| find(&app, answer));
        app.click("Back");
    }
    app.see("Before you begin, so that it does not surprise you");

    app.click("Close gently");
    app.until_title("Close gently");
    app.click("Finish");
    see_half_a_loop(&app);
    app.picture("finished");
}

impl App {
    /// Waits for a screen by its title.
    fn until_title(&self, title: &str) {
        self.until(&format!("the screen {title:?}"), |app| {
            let now = app.ask("return document.querySelector('h1')?.innerText ?? ''")?;
            Ok(now.as_str() == Some(title))
        });
    }
}

fn give(app: &App, answer: &Answer) {
    match *answer {
        Typed(field, words) => app.fill(field, words),
        Keyed(field, words) => keyboard::write(app, field, words),
        Clicked(option) => app.pick(option),
        Ticked(option) => keyboard::tick(app, option),
        Stepped(question, nth, _) => keyboard::pick_nth(app, question, nth),
    }
}

fn find(app: &App, answer: &Answer) {
    match *answer {
        Typed(field, words) | Keyed(field, words) => assert_eq!(app.value(field), words, "in {field:?}"),
        Clicked(option) | Ticked(option) | Stepped(_, _, option) => assert!(app.picked(option), "{option:?} is picked"),
    }
}
