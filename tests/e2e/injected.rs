//! Script that got into the page in spite of everything finds a shell that hands it nothing: no word of anybody's for a
//! token that is void or made up, none of the other's for the page's own token, and no command that is not ours.

use crate::harness::{App, Place};
use crate::locks::open_with;
use crate::together::{go_to, take};
use crate::world::{World, stages, text};
use pairwise::ipc::dto::Seat;
use serde_json::{Value, json};

mod commands;
mod network;
mod not_ours;

const LISTEN: &str = include_str!("injected/listen.js");
const ASK: &str = include_str!("injected/ask.js");

/// In everything that Robin wrote for no one else, in everything of Sam's, and in what belongs to both.
const ROBINS: &str = "quillrobin";
const SAMS: &str = "zephyrsam";
const OURS: &str = "merleours";
const LESSON: &str = "A duet";
const NAMES: [&str; 2] = ["Robin", "Sam"];
const KEYS: [&str; 2] = ["copper lantern harbour twig", "velvet orchard pebble moth"];

/// Two locked spaces with words in them, and a lesson for two with private, sealed and joint words.
struct Written {
    place: Place,
    /// The run with each other, Robin's on their own, and Sam's.
    runs: [String; 3],
}

fn written() -> Written {
    let mut world = World::new();
    world.people(2);
    let seats = [(Seat::A, ROBINS), (Seat::B, SAMS)];
    let mut runs = Vec::new();
    for (seat, word) in seats {
        world.enter(seat);
        world.writes("scene", text(&format!("{word} on my own")));
        world.writes("hope", text(&format!("{word} hoped")));
        runs.push(world.run.clone());
    }
    world.together();
    runs.insert(0, world.run.clone());
    world.writes("name", text(OURS));
    for (seat, word) in seats {
        world.turn(seat);
        world.writes("scene", text(&format!("{word} beside the other")));
        let half = [("spark", word), ("move", word), ("felt", word)];
        world.writes("loop", stages(&half));
        world.writes("hope", text(&format!("{word} sealed")));
        world.seals("halves").pass_keyboard();
    }
    for ((seat, _), key) in seats.into_iter().zip(KEYS) {
        world.enter(seat);
        world.session.lock_space(&world.token, &key.to_owned().into()).unwrap();
    }
    Written {
        place: Place::in_folder(world.into_folder()),
        runs: runs.try_into().unwrap(),
    }
}

/// What came of one question: the command, how it was answered, and with what.
struct Answer {
    command: String,
    how: String,
    what: Value,
}

impl Answer {
    fn text(&self) -> String {
        self.what.to_string()
    }
}

fn ask(app: &App, asked: &[(String, Value)]) -> Vec<Answer> {
    // A window that is driven gives one script half a minute.
    let some = asked.chunks(50).flat_map(|some| {
        let answers = app.ask_with(ASK, vec![json!(some)]).unwrap();
        serde_json::from_value::<Vec<(String, Value)>>(answers).unwrap()
    });
    let answers: Vec<_> = some.collect();
    assert_eq!(answers.len(), asked.len());
    let both = asked.iter().zip(answers);
    both.map(|((command, _), (how, what))| Answer {
        command: command.clone(),
        how,
        what,
    })
    .collect()
}

fn listen(app: &App) {
    app.ask(LISTEN).unwrap();
}

/// Every token the page has used since a script began to listen, the newest last.
fn tokens(app: &App) -> Vec<String> {
    let heard = app.ask("return window.heard").unwrap();
    let heard: Vec<(String, Value)> = serde_json::from_value(heard).unwrap();
    let mut tokens: Vec<String> = Vec::new();
    for token in heard.iter().filter_map(|(_, given)| given["token"].as_str()) {
        tokens.retain(|one| one != token);
        tokens.push(token.to_owned());
    }
    tokens
}

/// Where the app can be when script gets in, and whose words may then be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Door,
    LockedDoor,
    Own,
    Cover,
    SamsTurn,
}

impl State {
    const ALL: [State; 5] = [
        State::Door,
        State::LockedDoor,
        State::Own,
        State::Cover,
        State::SamsTurn,
    ];

    /// From the front door, with every kind of turn already over.
    fn reach(self, app: &App) {
        match self {
            State::Door => {}
            State::LockedDoor => {
                app.click("Open Sam’s space");
                app.see("Sam’s space is locked");
            }
            State::Own => {
                app.click("Open Robin’s space");
                open_with(app, KEYS[0]);
                app.see(", Robin.");
            }
            State::Cover => sit_down(app),
            State::SamsTurn => {
                sit_down(app);
                take(app, "Sam");
            }
        }
    }

    fn has_a_turn(self) -> bool {
        matches!(self, State::Own | State::Cover | State::SamsTurn)
    }

    /// Words that no reply may hold, even for the page's own token.
    fn never(self) -> Vec<&'static str> {
        match self {
            State::Own => vec![SAMS],
            State::SamsTurn => vec![ROBINS],
            State::Cover => vec![ROBINS, SAMS],
            State::Door | State::LockedDoor => vec![ROBINS, SAMS, OURS],
        }
    }

    /// Words that show that something was told at all.
    fn told(self) -> &'static str {
        match self {
            State::Own => ROBINS,
            State::SamsTurn => SAMS,
            _ => OURS,
        }
    }
}

/// From the front door into the lesson for two, both locks opened.
fn sit_down(app: &App) {
    app.click("Together");
    for (name, key) in NAMES.into_iter().zip(KEYS) {
        app.see(&format!("{name}’s space is locked"));
        open_with(app, key);
    }
    app.click(&format!("Carry on: {LESSON}"));
    app.see_to_press("Next");
    go_to(app, "Alone first");
}
