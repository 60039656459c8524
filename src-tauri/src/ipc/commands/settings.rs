//! What is chosen: how the screen looks, and what is a person's own.

use tauri::State;

use super::Answered;
use crate::{
    Shell,
    ipc::dto::{Look, Settings},
};

/// How the screen looks on this computer. Asked before anything is drawn.
#[tauri::command(async)]
#[specta::specta]
pub fn look(shell: State<'_, Shell>) -> Look {
    shell.session().look()
}

/// Makes the screen look otherwise: at once, and at the next start.
#[tauri::command(async)]
#[specta::specta]
pub fn set_look(shell: State<'_, Shell>, look: Look) -> Answered<()> {
    shell.session().set_look(look)?;
    shell.surface.zoom(look.text_size);
    Ok(())
}

/// What I chose, from my own door.
#[tauri::command(async)]
#[specta::specta]
pub fn settings(shell: State<'_, Shell>, token: String) -> Answered<Settings> {
    shell.session().settings(&token)
}

/// From my own door: after how many minutes with nobody there my space closes, when it is locked.
#[tauri::command(async)]
#[specta::specta]
pub fn set_idle(shell: State<'_, Shell>, token: String, minutes: u32) -> Answered<Settings> {
    shell.session().set_idle(&token, minutes)
}

/// From my own door: whether my private fields are spell-checked.
#[tauri::command(async)]
#[specta::specta]
pub fn set_spelling(shell: State<'_, Shell>, token: String, on: bool) -> Answered<Settings> {
    shell.session().set_spelling(&token, on)
}

/// From my own door: I was asked at my first private answer whether somebody else could read it. It is asked once.
#[tauri::command(async)]
#[specta::specta]
pub fn asked_about_lock(shell: State<'_, Shell>, token: String) -> Answered<()> {
    shell.session().asked_about_lock(&token)
}
