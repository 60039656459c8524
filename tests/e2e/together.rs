//! Two people, two halves, one moment: from joining to one loop drawing.

use crate::harness::{App, Place};
use crate::lesson_page::{see_saved, see_title};
use crate::people::{begin_alone, begin_as_two};
use serde_json::json;

const HALF: &str = "My half of the loop";
const STAGES: [&str; 4] = [
    "When I see or hear",
    "I tend to",
    "Underneath, I feel",
    "I am hoping for",
];

/// One person's half: what shows on the surface, then what lies underneath. No word of it is anywhere else.
struct Half {
    name: &'static str,
    words: [&'static str; 4],
}

const ROBINS: Half = Half {
    name: "Robin",
    words: [
        "quincelight on the phone",
        "marzipan sums aloud",
        "thistledown scared",
        "wickerwork a sign",
    ],
};
const SAMS: Half = Half {
    name: "Sam",
    words: [
        "gooseberry in the voice",
        "harpsichord and out",
        "pumpernickel ashamed",
        "lanternfish some peace",
    ],
};

impl Half {
    fn surface(&self) -> &[&'static str] {
        &self.words[..2]
    }

    fn under(&self) -> &[&'static str] {
        &self.words[2..]
    }
}

/// The person who is there asks somebody in, who reads first and says yes.
pub(crate) fn join(app: &App, name: &str) {
    app.click("Close my space");
    app.click("Someone is joining");
    app.see("Joining binds you to nothing");
    app.see("You can stop at any point");
    app.click("I would like to join");
    app.fill("Name", name);
    app.click("Go on");
    app.see_to_press(&format!("Open {name}’s space"));
}

/// From the front door into a lesson for two that nobody has begun.
pub(crate) fn begin_together(app: &App, lesson: &str) {
    app.click("Together");
    begin_here(app, lesson);
}

/// The same, in a sitting for two that has begun.
pub(crate) fn begin_here(app: &App, lesson: &str) {
    app.click(&format!("Begin: {lesson}"));
    app.until("the lesson", |app| {
        Ok(app.reads("Before you begin") || app.offers("Next"))
    });
    if app.reads("Before you begin") {
        app.click("Begin");
    }
    app.click("Next");
    app.see(" 2 of ");
}

/// From the front door back into a lesson for two.
pub(crate) fn carry_on_together(app: &App, lesson: &str) {
    app.click("Together");
    app.click(&format!("Carry on: {lesson}"));
    app.see_to_press("Next");
}

/// To another step, by the list of steps.
pub(crate) fn go_to(app: &App, step: &str) {
    app.click("Steps");
    app.click(step);
    see_title(app, step);
}

/// Someone takes the keyboard.
pub(crate) fn take(app: &App, name: &str) {
    app.click(&format!("{name}’s turn"));
    app.see_to_press("Pass the keyboard");
}

/// Whoever writes passes the keyboard, and both look again.
pub(crate) fn pass(app: &App) {
    app.click("Pass the keyboard");
    app.see_to_press("Not today");
}

fn write(app: &App, half: &Half) {
    for (stage, words) in STAGES.iter().zip(half.words) {
        app.fill(stage, words);
    }
}

fn seal(app: &App) {
    app.click("Seal my half");
    app.click("Yes, seal it");
    app.until("the side to be sealed", |app| {
        Ok(app.reads("Your side is sealed") || app.reads("Both are sealed"))
    });
}

/// Both halves written and sealed, and both looking.
fn both_sealed(app: &App) {
    begin_as_two(app, ROBINS.name, SAMS.name);
    begin_together(app, "Our loop");
    go_to(app, HALF);
    for half in [&ROBINS, &SAMS] {
        take(app, half.name);
        write(app, half);
        seal(app);
        pass(app);
    }
    app.see("Both sides are sealed.");
}

/// Both say that a layer may be opened, and take the breath that comes first.
fn both_open(app: &App, what: &str) {
    app.click(&format!("{}: {what}", ROBINS.name));
    app.see("Waits for Sam.");
    app.click(&format!("{}: {what}", SAMS.name));
    app.click("Show both sides");
}

/// Where on the page these words stand: the middle, from the left and from the top.
fn stands(app: &App, words: &str) -> (f64, f64) {
    let middle = "
        const all = [...document.querySelectorAll('main *')].filter((el) => el.textContent.includes(WORDS));
        const box = all.pop().getBoundingClientRect();
        return [box.x + box.width / 2, box.y + box.height / 2];
    ";
    let middle = app.ask(&middle.replace("WORDS", &json!(words).to_string())).unwrap();
    (middle[0].as_f64().unwrap(), middle[1].as_f64().unwrap())
}

/// Nothing of these people's words is in the page, nor was at any moment since the last look.
fn hidden(app: &App, halves: &[&Half]) {
    for words in halves.iter().flat_map(|half| half.words) {
        app.nowhere(words);
    }
    let seen = app.ask("return window.slipped ?? []").unwrap();
    assert_eq!(seen, json!([]), "for a moment the page held what it must not");
}

/// From now on nothing of these people's words may be in the page, not even between two looks of this test.
fn forbid(app: &App, halves: &[&Half]) {
    let words: Vec<_> = halves.iter().flat_map(|half| half.words).collect();
    let watch = "
        window.forbidden = WORDS;
        window.slipped ??= [];
        if (window.watching) return;
        const look = () => {
          const values = [...document.querySelectorAll('input, textarea, select')].map((el) => el.value);
          const page = [document.documentElement.outerHTML, ...values].join();
          window.slipped.push(...window.forbidden.filter((words) => page.includes(words)));
        };
        window.watching = new MutationObserver(look);
        window.watching.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    ";
    app.ask(&watch.replace("WORDS", &json!(words).to_string())).unwrap();
}

#[test]
fn someone_joins_a_space_that_is_already_there_and_begins_apart() {
    let place = Place::new();
    let app = place.open();
    begin_alone(&app, ROBINS.name);
    app.click("Course");
    app.click("Begin: Our loop");
    app.click("Begin");
    app.click(HALF);
    app.fill(STAGES[0], "written before anyone joined");
    see_saved(&app);
    app.click("Course");
    join(&app, SAMS.name);
    app.picture("e2e-two-doors");
    app.click("Open Sam’s space");
    app.see(", Sam.");
    app.nowhere("written before anyone joined");
    app.click("Close my space");
    begin_together(&app, "Our loop");
    go_to(&app, HALF);
    app.nowhere("written before anyone joined");
    take(&app, SAMS.name);
    app.nowhere("written before anyone joined");
    pass(&app);
    take(&app, ROBINS.name);
    app.nowhere("written before anyone joined");
}

#[test]
fn neither_sees_the_others_half_before_both_sealed_and_both_opened() {
    let place = Place::new();
    let app = place.open();
    begin_alone(&app, ROBINS.name);
    join(&app, SAMS.name);
    begin_together(&app, "Our loop");
    go_to(&app, HALF);

    forbid(&app, &[&SAMS]);
    take(&app, ROBINS.name);
    app.see("Covered while Robin writes. Sam, look away");
    write(&app, &ROBINS);
    see_saved(&app);
    let slid = app.ask("return document.scrollingElement.scrollTop").unwrap();
    assert_eq!(slid, json!(0), "“Hide now” stays in sight, however far down one writes");
    app.picture("e2e-writing");
    pass(&app);
    hidden(&app, &[&ROBINS, &SAMS]);

    forbid(&app, &[&ROBINS]);
    take(&app, SAMS.name);
    app.see("Covered while Sam writes. Robin, look away");
    write(&app, &SAMS);
    hidden(&app, &[&ROBINS]);
    pass(&app);
    hidden(&app, &[&ROBINS, &SAMS]);

    forbid(&app, &[&SAMS]);
    take(&app, ROBINS.name);
    assert_eq!(app.value(STAGES[3]), ROBINS.words[3]);
    seal(&app);
    pass(&app);
    app.see("Robin can still take it back.");
    app.picture("e2e-sealed-by-one");
    hidden(&app, &[&ROBINS, &SAMS]);

    let app = app.restart(&place);
    carry_on_together(&app, "Our loop");
    app.see("Robin can still take it back.");
    forbid(&app, &[&ROBINS]);
    take(&app, SAMS.name);
    assert_eq!(app.value(STAGES[1]), SAMS.words[1]);
    seal(&app);
    app.see("Both are sealed.");
    hidden(&app, &[&ROBINS]);
    pass(&app);
    forbid(&app, &[&ROBINS, &SAMS]);
    app.see("Both sides are sealed.");
    app.picture("e2e-both-sealed");
    hidden(&app, &[&ROBINS, &SAMS]);

    app.click("Robin: open");
    app.see("Waits for Sam.");
    app.picture("e2e-one-said-open");
    hidden(&app, &[&ROBINS, &SAMS]);

    let app = app.restart(&place);
    carry_on_together(&app, "Our loop");
    forbid(&app, &[&ROBINS, &SAMS]);
    app.see_to_press("Robin: open");
    app.click("Sam: open");
    app.see("Waits for Robin.");
    hidden(&app, &[&ROBINS, &SAMS]);
    app.click("Robin: open");
    app.see("One breath first.");
    hidden(&app, &[&ROBINS, &SAMS]);
    app.click("Show both sides");
    for words in [ROBINS.surface(), SAMS.surface()].concat() {
        app.see(words);
    }
    for words in [ROBINS.under(), SAMS.under()].concat() {
        app.nowhere(words);
    }
    app.picture("e2e-opened");
}

#[test]
fn both_halves_stand_as_one_loop_and_what_lies_underneath_opens_by_a_second_choice() {
    let place = Place::new();
    let app = place.open();
    both_sealed(&app);
    both_open(&app, "open");
    go_to(&app, "Both halves");
    app.see("This is the loop. Neither of you is.");
    for words in [ROBINS.surface(), SAMS.surface()].concat() {
        app.see(words);
    }
    for words in [ROBINS.under(), SAMS.under()].concat() {
        app.nowhere(words);
    }
    let (robin, sam) = (stands(&app, ROBINS.words[0]), stands(&app, SAMS.words[0]));
    assert!(robin.0 < sam.0, "Robin's half is left of Sam's: {robin:?} {sam:?}");

    go_to(&app, "Give it a name");
    app.fill("We call it", "the dinner freeze");
    see_saved(&app);
    go_to(&app, "Both halves");
    app.see("the dinner freeze");
    let name = stands(&app, "the dinner freeze");
    let (top, bottom) = (stands(&app, ROBINS.words[0]), stands(&app, ROBINS.words[1]));
    assert!(
        robin.0 < name.0 && name.0 < sam.0,
        "the name is between the halves: {name:?}"
    );
    assert!(
        top.1.min(bottom.1) < name.1 && name.1 < top.1.max(bottom.1),
        "the name is in the middle: {name:?}"
    );
    app.picture("e2e-loop-surface");

    app.click("Robin: open what lies underneath");
    app.see("Waits for Sam.");
    for words in [ROBINS.under(), SAMS.under()].concat() {
        app.nowhere(words);
    }
    app.click("Sam: open what lies underneath");
    app.click("Show both sides");
    app.click("Underneath too");
    let all = [ROBINS.words, SAMS.words].concat();
    for words in &all {
        app.see(words);
    }
    app.size(1280, 800);
    app.picture("e2e-loop-underneath");

    app.click("Read as a list");
    app.see("And round it goes again.");
    for words in all.iter().chain(&["the dinner freeze"]) {
        app.see(words);
    }
    app.picture("e2e-loop-list");

    let app = app.restart(&place);
    carry_on_together(&app, "Our loop");
    go_to(&app, "Both halves");
    for words in all
        .iter()
        .chain(&["the dinner freeze"])
        .filter(|words| ![ROBINS.under(), SAMS.under()].concat().contains(words))
    {
        app.see(words);
    }
}

#[test]
fn a_half_kept_to_oneself_looks_like_a_seal_and_is_never_shown() {
    let place = Place::new();
    let app = place.open();
    begin_as_two(&app, ROBINS.name, SAMS.name);
    begin_together(&app, "Our loop");
    go_to(&app, HALF);
    take(&app, ROBINS.name);
    write(&app, &ROBINS);
    app.click("Keep this to myself");
    app.click("Yes, keep it");
    app.see("Your side is sealed");
    pass(&app);
    app.see("Robin can still take it back.");
    app.see_not("kept this");
    forbid(&app, &[&ROBINS]);
    take(&app, SAMS.name);
    app.see_not("kept this");
    write(&app, &SAMS);
    seal(&app);
    pass(&app);
    app.see_not("kept this");
    both_open(&app, "open");
    app.see("Robin kept this to themselves.");
    app.see(SAMS.words[0]);
    go_to(&app, "Both halves");
    app.see("kept to themselves");
    app.see(SAMS.words[1]);
    app.picture("e2e-loop-kept");
    hidden(&app, &[&ROBINS]);
}

#[test]
fn setting_aside_ends_both_seals_and_gives_each_their_words_back() {
    let place = Place::new();
    let app = place.open();
    both_sealed(&app);
    app.click("Set aside");
    app.see("Nothing is shown, and nobody needs to say why.");
    app.click("Yes, set it aside");
    app.see_not("Both sides are sealed.");
    hidden(&app, &[&ROBINS, &SAMS]);
    for half in [&ROBINS, &SAMS] {
        take(&app, half.name);
        assert_eq!(app.value(STAGES[0]), half.words[0]);
        app.write_on(STAGES[0], " again");
        see_saved(&app);
        pass(&app);
    }
    let app = app.restart(&place);
    carry_on_together(&app, "Our loop");
    take(&app, SAMS.name);
    assert_eq!(app.value(STAGES[0]), format!("{} again", SAMS.words[0]));
}

#[test]
fn a_seal_can_be_taken_back_until_the_other_has_sealed() {
    let place = Place::new();
    let app = place.open();
    begin_as_two(&app, ROBINS.name, SAMS.name);
    begin_together(&app, "Our loop");
    go_to(&app, HALF);
    take(&app, ROBINS.name);
    write(&app, &ROBINS);
    seal(&app);
    let open = app.ask("return document.querySelectorAll('textarea').length").unwrap();
    assert_eq!(open, json!(0), "what is sealed can't be changed");
    pass(&app);
    app.click("Take it back");
    app.see_to_press("Seal my half");
    app.fill(STAGES[0], "something else");
    seal(&app);
    pass(&app);
    app.see("Robin can still take it back.");
    hidden(&app, &[&ROBINS, &SAMS]);
}
