//! What two do: seals and openings, lines for each other, agreements, and what both have to say.

use lesson::Id;
use tauri::State;

use super::Answered;
use crate::{
    Shell,
    ipc::dto::{BothWant, Carry, LayerName, Pace, RunState, Seat, Turn},
};

/// On my own turn: I want something that is done only when both do. Answers who has said so.
#[tauri::command(async)]
#[specta::specta]
pub fn say_yes(shell: State<'_, Shell>, token: String, what: BothWant, name: Option<String>) -> Answered<Vec<Seat>> {
    shell.session().say_yes(&token, what, name.as_deref())
}

/// Not after all: nobody has said so any more.
#[tauri::command(async)]
#[specta::specta]
pub fn say_no(shell: State<'_, Shell>, token: String, what: BothWant) -> Answered<()> {
    shell.session().say_no(&token, &what)
}

/// On my own turn: how ready I am, in a `ready` block; and in a `gate`, *apart* if my answer would leave the path, else
/// *whole*. Stays in memory.
#[tauri::command(async)]
#[specta::specta]
pub fn pick_ready(shell: State<'_, Shell>, token: String, run: String, block: Id, pace: Pace) -> Answered<RunState> {
    shell.session().pick_ready(&token, &run, &block, pace)
}

/// Seals my side of a step; with `keep`, seals an empty answer instead: the words stay with me. `last_save` is the
/// last save this page saw confirmed.
#[tauri::command(async)]
#[specta::specta]
pub fn seal(
    shell: State<'_, Shell>,
    token: String,
    run: String,
    step: Id,
    last_save: u32,
    keep: bool,
) -> Answered<RunState> {
    shell.session().seal(&token, &run, &step, last_save, keep)
}

/// Takes my seal back. Free until the other has sealed too.
#[tauri::command(async)]
#[specta::specta]
pub fn unseal(shell: State<'_, Shell>, token: String, run: String, step: Id) -> Answered<RunState> {
    shell.session().unseal(&token, &run, &step)
}

/// Ends both seals of a step before opening; each text returns to its owner as a draft.
#[tauri::command(async)]
#[specta::specta]
pub fn set_aside(shell: State<'_, Shell>, token: String, run: String, step: Id) -> Answered<RunState> {
    shell.session().set_aside(&token, &run, &step)
}

/// On my own turn: I want this layer opened now. Opens it once both have said so in one sitting.
#[tauri::command(async)]
#[specta::specta]
pub fn say_open(shell: State<'_, Shell>, token: String, run: String, step: Id, layer: LayerName) -> Answered<RunState> {
    shell.session().say_open(&token, &run, &step, layer)
}

/// On my own turn: gives one line of a private answer to the other, word for word as it was confirmed.
#[tauri::command(async)]
#[specta::specta]
pub fn send_line(shell: State<'_, Shell>, token: String, run: String, field: Id, line: String) -> Answered<RunState> {
    shell.session().send_line(&token, &run, &field, &line)
}

/// On my own turn, or on my own: accepts an agreement as the save of this number worded it.
#[tauri::command(async)]
#[specta::specta]
pub fn accept_agreement(
    shell: State<'_, Shell>,
    token: String,
    run: String,
    field: Id,
    save: u32,
) -> Answered<RunState> {
    shell.session().accept_agreement(&token, &run, &field, save)
}

/// On my own turn, or on my own: ends an agreement.
#[tauri::command(async)]
#[specta::specta]
pub fn end_agreement(shell: State<'_, Shell>, token: String, run: String, field: Id) -> Answered<RunState> {
    shell.session().end_agreement(&token, &run, &field)
}

/// On my own turn: what I wrote on my own in this lesson and could carry over into this run.
#[tauri::command(async)]
#[specta::specta]
pub fn carries(shell: State<'_, Shell>, token: String, run: String) -> Answered<Vec<Carry>> {
    shell.session().carries(&token, &run)
}

/// On my own turn: carries over the answers to these fields, and no other.
#[tauri::command(async)]
#[specta::specta]
pub fn carry_over(shell: State<'_, Shell>, token: String, run: String, fields: Vec<Id>) -> Answered<RunState> {
    shell.session().carry_over(&token, &run, &fields)
}

/// After sharing was ended: a new, empty place for both, and a sitting in it.
#[tauri::command(async)]
#[specta::specta]
pub fn share_again(shell: State<'_, Shell>) -> Answered<Turn> {
    shell.session().share_again()
}
