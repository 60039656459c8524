//! The hand-over, faster than any hand: no word lands on the wrong side, and none is lost.

use crate::harness::{App, Place, long};
use crate::people::begin_as_two;
use crate::together::{begin_together, carry_on_together, go_to, pass, take};
use std::time::Duration;

const STEP: &str = "One ordinary moment";
const FIELD: &str = "What would a camera have seen";
const NAMES: [&str; 2] = ["Robin", "Sam"];
const FAST: Duration = Duration::from_millis(50);

/// From now on the page knows how long the last key lay before the last press.
fn time_the_hand(app: &App) {
    app.ask(
        "addEventListener('input', () => { window.lastKey = performance.now(); }, true);
         addEventListener('click', () => { window.hand = performance.now() - window.lastKey; }, true);",
    )
    .unwrap();
}

fn hand(app: &App) -> Duration {
    let took = app.ask("return window.hand").unwrap();
    Duration::from_secs_f64(took.as_f64().unwrap() / 1000.0)
}

/// What each typed is on their own turn all there, in order, and nothing else is.
fn each_has_their_own(app: &App, typed: &[Vec<String>; 2]) {
    for (seat, name) in NAMES.iter().enumerate() {
        take(app, name);
        let value = app.value(FIELD);
        let found: Vec<_> = value.split_whitespace().collect();
        assert_eq!(found, typed[seat], "{name}’s words");
        app.nowhere(&NAMES[1 - seat].to_lowercase().repeat(2));
        pass(app);
        for name in NAMES {
            app.nowhere(&name.to_lowercase().repeat(2));
        }
    }
}

#[test]
fn typing_and_passing_the_keyboard_within_50_ms_never_loses_or_misplaces_a_word() {
    let rounds = if long() { 1_000 } else { 60 };
    let place = Place::new();
    let app = place.open();
    begin_as_two(&app, NAMES[0], NAMES[1]);
    begin_together(&app, "Our loop");
    go_to(&app, STEP);
    time_the_hand(&app);

    let mut typed: [Vec<String>; 2] = Default::default();
    let (mut fast, mut slow, mut longest) = (0, 0, Duration::ZERO);
    while fast < rounds {
        assert!(
            slow < rounds,
            "too slow a machine: {fast} fast rounds, {slow} slow ones"
        );
        let seat = (fast + slow) % 2;
        // Doubled, so that it is in the page only where it was typed: the names themselves are all over it.
        let word = format!("{}{}", NAMES[seat].to_lowercase().repeat(2), fast + slow);
        take(&app, NAMES[seat]);
        app.type_then_click(FIELD, &format!("{word} "), "Pass the keyboard");
        app.see_to_press("Not today");
        for name in NAMES {
            app.nowhere(&name.to_lowercase().repeat(2));
        }
        typed[seat].push(word);
        // A round in which the machine was busy tells nothing about fast hands. Its word counts all the same.
        let took = hand(&app);
        if took <= FAST {
            fast += 1;
            longest = longest.max(took);
        } else {
            slow += 1;
        }
    }
    println!("{rounds} rounds within {longest:?}, and {slow} slower ones");
    each_has_their_own(&app, &typed);
    let app = app.restart(&place);
    carry_on_together(&app, "Our loop");
    each_has_their_own(&app, &typed);
}
