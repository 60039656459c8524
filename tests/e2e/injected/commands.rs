//! Every command of the contract, asked with every token but the right one, then with the page's own, in every state.

use super::Answer;
use super::{KEYS, LESSON, NAMES, OURS, ROBINS, SAMS, State, ask, listen, sit_down, tokens, written};
use crate::asks::{self, Command, Known};
use crate::harness::{App, Place};
use crate::locks::open_with;
use crate::together::{pass, take};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The commands that carry no token: someone sits down, or nothing of anybody's is in them.
const WITHOUT_A_TOKEN: [&str; 16] = [
    "startup",
    "make_profile",
    "add_person",
    "open_door",
    "open_together",
    "share_again",
    "unlock",
    "unlock_with_words",
    "unlock_beside",
    "suggest_passphrase",
    "help_lines",
    "look",
    "set_look",
    "hide_now",
    "heard_close",
    // Ends the app: tried last of all.
    READY_TO_CLOSE,
];
const READY_TO_CLOSE: &str = "ready_to_close";

/// After these the turn is over or something is gone: tried last.
const ENDING: [&str; 7] = [
    "leave",
    "end_turn",
    "take_turn",
    "remove_space",
    "stop_sharing",
    "remove_everything",
    "take_lock_off",
];

/// What a script may know of: each run, each kind of field.
fn known(runs: &[String]) -> Vec<Known<'_>> {
    let fields = [("first", "scene"), ("halves", "loop"), ("ours", "name")];
    let pairs = runs.iter().flat_map(|run| fields.map(|field| (run, field)));
    pairs
        .map(|(run, (step, field))| Known {
            run,
            lesson: "duet",
            step,
            field,
            seat: "b",
        })
        .collect()
}

fn with_token(command: &Command, known: &Known<'_>, token: Option<&Value>) -> (String, Value) {
    let mut arguments = command.arguments(known);
    arguments.extend(token.map(|token| ("token".to_owned(), token.clone())));
    (command.name.clone(), Value::Object(arguments))
}

/// One sitting after the other: each alone, then both, each with a turn. Back at the front door every token is void.
fn use_up_turns(app: &App) -> Vec<String> {
    for (name, key) in NAMES.into_iter().zip(KEYS) {
        app.click(&format!("Open {name}’s space"));
        open_with(app, key);
        app.see(&format!(", {name}."));
        app.click("Close my space");
        app.see_to_press("Together");
    }
    sit_down(app);
    for name in NAMES {
        take(app, name);
        pass(app);
    }
    app.click("Not today");
    app.see("side by side");
    app.click("Not today");
    app.see_to_press("Open Sam’s space");
    let ended = tokens(app);
    assert_eq!(ended.len(), 7, "two alone, and both, Robin, both, Sam, both");
    ended
}

/// A void token, a made-up one, one that is no word and none at all get nothing, whatever is asked for.
fn tokens_that_open_nothing(app: &App, state: State, ended: &[String], runs: &[String]) -> usize {
    let refusal = json!({ "type": "turn-over" });
    let words = ended.iter().map(String::as_str).chain(["", "0", "a made-up token"]);
    let all_zero = "0".repeat(32);
    let mut bad: Vec<Option<Value>> = words.chain([all_zero.as_str()]).map(|word| Some(json!(word))).collect();
    bad.extend([None, Some(Value::Null), Some(json!([])), Some(json!({ "$ne": "" }))]);
    let mut tried = 0;
    for token in bad {
        let commands = asks::commands();
        let carrying = commands.iter().filter(|command| command.carries_a_token());
        let known = known(&runs[..1]);
        let asked: Vec<_> = carrying
            .map(|command| with_token(command, &known[0], token.as_ref()))
            .collect();
        tried += asked.len();
        for answer in ask(app, &asked) {
            let expected = match token {
                Some(Value::String(_)) => answer.what == refusal,
                _ => answer.text().contains("invalid args `token`"),
            };
            assert!(
                answer.how == "refused" && expected,
                "{} with the token {token:?} at {state:?}: {} {}",
                answer.command,
                answer.how,
                answer.what
            );
        }
    }
    tried
}

/// What the page's own token opens is its own turn's, and nothing else: not in another's run, not by any command.
fn its_own_token_opens_its_own(app: &App, state: State, token: &str, runs: &[String]) -> usize {
    let token = json!(token);
    let (ending, staying): (Vec<Command>, Vec<Command>) = asks::commands()
        .into_iter()
        .filter(Command::carries_a_token)
        .partition(|command| ENDING.contains(&command.name.as_str()));
    assert_eq!(ending.len(), ENDING.len());
    let known = known(runs);
    let lock = |command: &&Command| command.name.contains("lock");
    let mut asked: Vec<_> = Vec::new();
    for command in staying.iter().filter(|command| !lock(command)) {
        asked.extend(known.iter().map(|known| with_token(command, known, Some(&token))));
    }
    let one = |command: &Command| with_token(command, &known[0], Some(&token));
    asked.extend(staying.iter().filter(lock).map(one));
    let mut told = false;
    for answer in ask(app, &asked) {
        told |= answer.text().contains(state.told());
        keeps_to_its_turn(&answer, state);
    }
    assert!(told, "at {state:?} something was told");
    let turn = ask(app, &[("still_here".to_owned(), json!({ "token": token }))]);
    assert_eq!(
        turn[0].how, "given",
        "the turn stands at {state:?}, so that every command was really asked"
    );
    let last: Vec<_> = ending.iter().map(one).collect();
    for answer in ask(app, &last) {
        keeps_to_its_turn(&answer, state);
    }
    asked.len() + last.len()
}

fn keeps_to_its_turn(answer: &Answer, state: State) {
    let text = answer.text();
    for word in state.never() {
        assert!(!text.contains(word), "{} at {state:?} tells {text}", answer.command);
    }
    assert!(
        answer.how != "silent" && !text.contains("invalid args"),
        "{} at {state:?} was really asked: {text}",
        answer.command
    );
}

/// Whoever sits down without a key gets neither a word nor a turn, and what was open is shut.
fn sitting_down_needs_a_key(app: &App, state: State, runs: &[String]) -> usize {
    let commands = asks::commands();
    let found: BTreeSet<&str> = commands
        .iter()
        .filter(|command| !command.carries_a_token())
        .map(|command| command.name.as_str())
        .collect();
    let meant: BTreeSet<&str> = WITHOUT_A_TOKEN.into_iter().collect();
    assert_eq!(found, meant, "commands that carry no token");
    let known = known(&runs[..1]);
    let mut asked = Vec::new();
    for command in commands.iter().filter(|command| !command.carries_a_token()) {
        if command.name == READY_TO_CLOSE {
            continue;
        }
        for seat in ["a", "b"] {
            let mut arguments = command.arguments(&known[0]);
            if let Some(named) = arguments.get_mut("seat") {
                *named = json!(seat);
            }
            asked.push((command.name.clone(), Value::Object(arguments)));
        }
    }
    for answer in ask(app, &asked) {
        let text = answer.text();
        let words = [ROBINS, SAMS, OURS, "\"token\""];
        assert!(
            answer.how != "silent" && words.iter().all(|word| !text.contains(word)),
            "{} at {state:?} tells {text}",
            answer.command
        );
        if answer.command.starts_with("open_") || answer.command == "share_again" {
            assert_eq!(
                answer.what,
                json!({ "type": "locked" }),
                "{} at {state:?}",
                answer.command
            );
        }
    }
    asked.len()
}

#[test]
fn script_in_the_page_gets_no_word_that_this_turn_may_not_read() {
    let written = written();
    let mut tried = 0;
    for state in State::ALL {
        let app = written.place.open();
        listen(&app);
        let ended = use_up_turns(&app);
        state.reach(&app);
        let token = tokens(&app).pop().unwrap();
        tried += tokens_that_open_nothing(&app, state, &ended, &written.runs);
        if state.has_a_turn() {
            // None of it touched the turn at hand.
            app.nowhere(state.never()[0]);
            tried += its_own_token_opens_its_own(&app, state, &token, &written.runs);
        }
        tried += sitting_down_needs_a_key(&app, state, &written.runs);
        app.ask("location.reload()").unwrap();
        app.see_to_press("Open Sam’s space");
        for word in [ROBINS, SAMS, OURS] {
            app.nowhere(word);
        }
        app.quit();
    }
    println!("{tried} questions");
    nothing_of_sams_is_lost(&written.place);
}

/// Whatever script did on Robin's turn: Sam's words stand where they stood.
fn nothing_of_sams_is_lost(place: &Place) {
    let app = place.open();
    app.click("Open Sam’s space");
    open_with(&app, KEYS[1]);
    app.see(", Sam.");
    app.click("Course");
    app.click(&format!("Carry on: {LESSON}"));
    app.until("Sam’s own words", |app| Ok(app.reads(&format!("{SAMS} on my own"))));
    app.quit();
}
