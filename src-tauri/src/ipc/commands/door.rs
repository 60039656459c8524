//! Opening the app, the people, their doors and their turns.

use tauri::State;

use super::Answered;
use crate::{
    Shell,
    ipc::dto::{Colour, Person, Seat, Startup, Turn},
};

/// What the app found at start. Asked once, and again after a trouble was mended.
#[tauri::command(async)]
#[specta::specta]
pub fn startup(shell: State<'_, Shell>) -> Startup {
    shell.session().startup()
}

/// After `missing`: makes a new, empty profile folder where one was asked for.
#[tauri::command(async)]
#[specta::specta]
pub fn make_profile(shell: State<'_, Shell>) -> Startup {
    shell.session().make_profile()
}

/// Adds a person: the first, or the one who joins. Answers everyone.
#[tauri::command(async)]
#[specta::specta]
pub fn add_person(shell: State<'_, Shell>, name: String, colour: Colour) -> Answered<Vec<Person>> {
    shell.session().add_person(&name, colour)
}

/// Opens a person's own space.
#[tauri::command(async)]
#[specta::specta]
pub fn open_door(shell: State<'_, Shell>, seat: Seat) -> Answered<Turn> {
    shell.session().open_door(seat)
}

/// Begins a sitting for two: both look at the screen.
#[tauri::command(async)]
#[specta::specta]
pub fn open_together(shell: State<'_, Shell>) -> Answered<Turn> {
    shell.session().open_together()
}

/// In a sitting for two: the person of that seat takes the keyboard. The token of the turn before is void.
#[tauri::command(async)]
#[specta::specta]
pub fn take_turn(shell: State<'_, Shell>, token: String, seat: Seat) -> Answered<Turn> {
    shell.session().take_turn(&token, seat)
}

/// Ends a person's turn in a sitting for two: both look again. Their token is void.
#[tauri::command(async)]
#[specta::specta]
pub fn end_turn(shell: State<'_, Shell>, token: String) -> Answered<Turn> {
    shell.session().end_turn(&token)
}

/// Closes the space or the sitting; back to the front door.
#[tauri::command(async)]
#[specta::specta]
pub fn leave(shell: State<'_, Shell>, token: String) -> Answered<Vec<Person>> {
    shell.session().leave(&token)
}

/// What is missing from the files that were opened was read: it is not said again.
#[tauri::command(async)]
#[specta::specta]
pub fn missing_is_said(shell: State<'_, Shell>, token: String) -> Answered<()> {
    shell.session().missing_is_said(&token)
}
