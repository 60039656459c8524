//! One person, on their own, from the first window to the end of the loop worksheet, and back another day.

use crate::harness::{App, Place};
use crate::lesson_page::{begin_at, see_saved, see_title};
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

/// The worksheet as one person meets it, up to its last field: the steps by their titles, and every answer.
const BEFORE_THE_LAST: &[(&str, &[Answer])] = &[
    ("Starting with your side", &[]),
    ("What a loop can’t explain", &[]),
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
            Clicked("Something else"),
            Typed(
                "What did that look like? > In my own words",
                "I wiped a clean table — twice",
            ),
            Typed("If I had let it go", "it would all go quiet for good"),
            Keyed("If I had stayed in it", "we would both say too much"),
        ],
    ),
    (
        "Underneath",
        &[
            Keyed("The story I told myself was", "My news can wait; it always can."),
            Clicked("Underneath, I may have felt > lonely"),
            Ticked("missing how we were"),
            Clicked("something in my own words"),
            Keyed("In my own words", "thin, like paper"),
            Typed("Where did I notice it in my body?", "a tight jaw, ü, ß and 語"),
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
];

/// Typed last, and not waited for.
const LAST_FIELD: &str = "I will most likely want it when";
const LAST_WORDS: &str = "the plates are still warm";

#[test]
fn a_person_alone_finds_every_word_and_their_place_though_the_window_was_closed_in_the_middle_of_a_word() {
    let place = Place::new();
    let app = place.open();
    begin_alone(&app, "Robin");
    app.click("Course");
    app.click("Begin: Our loop");
    app.see("Before you begin, so that it does not surprise you");
    axe::finds_nothing(&app, "the lesson's first page");
    app.click("Begin");
    for (step, answers) in BEFORE_THE_LAST {
        see_title(&app, step);
        answers.iter().for_each(|answer| give(&app, answer));
        axe::finds_nothing(&app, step);
        // One way on with the pointer, one with the keyboard.
        if answers.is_empty() {
            keyboard::forward(&app);
        } else {
            app.click("Next");
        }
    }
    see_title(&app, "One small change");
    app.pick("ask once, then wait");
    axe::finds_nothing(&app, "One small change");
    type_and_close_at_once(app);

    let app = place.open();
    app.click("Open Robin’s space");
    app.see("You stopped after “A name for the pattern.”");
    axe::finds_nothing(&app, "home with a lesson begun");
    app.click("Carry on");
    see_title(&app, "One small change");
    assert_eq!(app.value(LAST_FIELD), LAST_WORDS, "typed as the window closed");
    assert!(app.picked("ask once, then wait"));
    for (step, answers) in BEFORE_THE_LAST.iter().rev() {
        app.click("Back");
        see_title(&app, step);
        answers.iter().for_each(|answer| find(&app, answer));
    }

    app.click("One small change");
    see_title(&app, "One small change");
    app.click("Next");
    see_title(&app, "Close gently");
    axe::finds_nothing(&app, "Close gently");
    app.click("Finish");
    see_title(&app, "That is the whole lesson.");
    see_half_a_loop(&app);
    axe::finds_nothing(&app, "the end of the lesson");
}

#[test]
fn no_screen_around_a_lesson_alone_keeps_anyone_out() {
    for place in [Place::new(), Place::new().in_the_dark()] {
        let app = place.open();
        app.see("Just me");
        axe::finds_nothing(&app, "the first window");
        app.click("What this can and can’t protect");
        axe::finds_nothing(&app, "what this can protect");
        app.click("Close");
        app.pick("Just me");
        app.click("Go on");
        app.fill("Name", "Robin");
        axe::finds_nothing(&app, "naming");
        app.click("Go on");
        axe::finds_nothing(&app, "the one question");
        app.click("Not sure");
        axe::finds_nothing(&app, "the open truth");
        app.click("I need help today");
        app.choose("Where are you?", "United States");
        axe::finds_nothing(&app, "support before any door");
        app.click("Back");
        app.click("Go on without a lock");
        app.see(", Robin.");
        axe::finds_nothing(&app, "home");
        app.click("Support");
        axe::finds_nothing(&app, "support");
        app.click("Course");
        app.see("Our loop");
        axe::finds_nothing(&app, "the course");
        app.click("Begin: Our loop");
        begin_at(&app, "Starting with your side", "One ordinary moment");
        app.fill("What would a camera have seen?", "a lamp");
        see_saved(&app);
        app.click("Earlier versions");
        app.see("There is no earlier version");
        axe::finds_nothing(&app, "earlier versions");
        app.click("Close");
        app.click("Back to the course");
        app.click("Close my space");
        app.see("Welcome, Robin.");
        axe::finds_nothing(&app, "the front door");
        app.click("Someone is joining");
        axe::finds_nothing(&app, "before joining");
        app.click("I would like to join");
        axe::finds_nothing(&app, "naming the second person");
        three_shifts(&app);
        app.see("press any key");
        axe::finds_nothing(&app, "the hidden window");
    }
}

#[test]
fn shift_three_times_hides_at_once_and_the_words_just_typed_are_kept() {
    let place = Place::new();
    let app = place.open();
    begin_alone(&app, "Robin");
    app.click("Course");
    app.click("Begin: Our loop");
    begin_at(&app, "Starting with your side", "One ordinary moment");
    app.fill("What would a camera have seen?", "a quiet lamp");
    three_shifts(&app);
    // Not waited for: at the first look after the third Shift nothing may be left of it.
    assert!(!app.reads("a quiet lamp"), "hidden at once");
    app.nowhere("a quiet lamp");
    app.nowhere("Our loop");
    app.nowhere("Robin");
    app.see("Pairwise: press any key");

    app.press("x");
    app.click("Open Robin’s space");
    app.click("Carry on");
    see_title(&app, "One ordinary moment");
    assert_eq!(app.value("What would a camera have seen?"), "a quiet lamp");

    // The button does the same as the keys.
    app.write_on("What would a camera have seen?", " and a door");
    app.click("Hide now");
    app.nowhere("a quiet lamp");
    app.press(&Key::Enter);
    app.see("Welcome, Robin.");
    app.click("Open Robin’s space");
    app.click("Carry on");
    see_title(&app, "One ordinary moment");
    assert_eq!(app.value("What would a camera have seen?"), "a quiet lamp and a door");
}

fn three_shifts(app: &App) {
    (0..3).for_each(|_| app.press(&Key::Shift));
}

/// Types the last words and closes the window in the same breath: nothing but the closing can have saved them.
fn type_and_close_at_once(app: App) {
    app.fill(LAST_FIELD, "the plates");
    see_saved(&app);
    app.write_on(LAST_FIELD, LAST_WORDS.strip_prefix("the plates").unwrap());
    assert!(app.reads("Editing…"), "closed before these words were saved");
    app.quit();
}

fn see_half_a_loop(app: &App) {
    app.see("Your half of the loop");
    app.see("When Robin sees or hears the phone come out at dinner");
    app.see("Robin tends to ask about his day, louder");
    app.see("Underneath, I feel unimportant");
    app.see("I am hoping for a sign that I matter");
    app.see("What they do then I don’t know yet");
    app.until("both strands to be drawn", |app| {
        let drawn = "return [...document.querySelectorAll('section svg path')].filter((path) => path.getTotalLength() > 400).length";
        Ok(app.ask(drawn)?.as_u64() >= Some(2))
    });
}

fn give(app: &App, answer: &Answer) {
    match *answer {
        Typed(field, words) => app.fill(field, &words.replace('\n', &Key::Enter)),
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
