//! Removing, putting back, and leaving.

use lesson::Id;
use tauri::State;
use vault::SecretString;

use super::Answered;
use crate::{
    Shell,
    ipc::dto::{Leaving, RunState, Startup},
};

/// Removes an answer with every version of it; a joint one, once both have said so.
#[tauri::command(async)]
#[specta::specta]
pub fn remove_answer(shell: State<'_, Shell>, token: String, run: String, field: Id) -> Answered<RunState> {
    shell.session().remove_answer(&token, &run, &field)
}

/// Puts back what this turn removed in this sitting.
#[tauri::command(async)]
#[specta::specta]
pub fn put_answer_back(shell: State<'_, Shell>, token: String, run: String, field: Id) -> Answered<RunState> {
    shell.session().put_answer_back(&token, &run, &field)
}

/// Removes the older backups of the file this turn writes, after something was removed from it.
#[tauri::command(async)]
#[specta::specta]
pub fn renew_backups(shell: State<'_, Shell>, token: String) -> Answered<()> {
    shell.session().renew_backups(&token)
}

/// What there is to know before something larger goes.
#[tauri::command(async)]
#[specta::specta]
pub fn about_leaving(shell: State<'_, Shell>, token: String) -> Answered<Leaving> {
    shell.session().about_leaving(&token)
}

/// From my own door: removes my space and its backups; with nobody else here, everything. Answers what there is then.
#[tauri::command(async)]
#[specta::specta]
pub fn remove_space(
    shell: State<'_, Shell>,
    token: String,
    name: String,
    passphrase: Option<String>,
) -> Answered<Startup> {
    let passphrase = passphrase.map(SecretString::from);
    shell.session().remove_space(&token, &name, passphrase.as_ref())
}

/// Once both have said so: ends what they share. Each keeps a copy.
#[tauri::command(async)]
#[specta::specta]
pub fn stop_sharing(shell: State<'_, Shell>, token: String) -> Answered<Startup> {
    shell.session().stop_sharing(&token)
}

/// Once both have said so: removes both spaces, what they share, and every backup.
#[tauri::command(async)]
#[specta::specta]
pub fn remove_everything(shell: State<'_, Shell>, token: String) -> Answered<Startup> {
    shell.session().remove_everything(&token)
}
