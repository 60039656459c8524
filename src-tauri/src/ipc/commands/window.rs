//! The window: hiding, closing, and somebody being there.

use tauri::State;

use super::Answered;
use crate::Shell;

/// Hides everything at once: voids whatever turn there is and puts the window away.
#[tauri::command(async)]
#[specta::specta]
pub fn hide_now(shell: State<'_, Shell>) {
    shell.surface.put_away();
    shell.session().end();
}

/// Someone is there: they moved or wrote, or a talk or a timer runs. Without it a locked space closes after its time.
#[tauri::command(async)]
#[specta::specta]
pub fn still_here(shell: State<'_, Shell>, token: String) -> Answered<()> {
    shell.session().still_here(&token)
}

/// The page has heard that the window is asked to close, and sees to its words.
#[tauri::command(async)]
#[specta::specta]
pub fn heard_close(shell: State<'_, Shell>) {
    shell.surface.heard_close();
}

/// The page has saved what it held: the window may close. Refused with `unsaved` while words are held that could not
/// be written, unless `anyway`.
#[tauri::command(async)]
#[specta::specta]
pub fn ready_to_close(shell: State<'_, Shell>, anyway: bool) -> Answered<()> {
    shell.session().end_for_good(anyway)?;
    shell.surface.close();
    Ok(())
}
