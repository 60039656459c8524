//! Locks: set, changed, taken off, opened.

use tauri::State;
use vault::{ExposeSecret as _, SecretString};

use super::Answered;
use crate::{
    Shell,
    ipc::dto::{Person, Seat, Turn},
};

/// From my own door: puts the first lock on my space. Answers everyone.
#[tauri::command(async)]
#[specta::specta]
pub fn lock_space(shell: State<'_, Shell>, token: String, passphrase: String) -> Answered<Vec<Person>> {
    let passphrase = SecretString::from(passphrase);
    shell.session().lock_space(&token, &passphrase)
}

/// From my own door: another passphrase. `known` says that someone may know the old one: everything gets a new key, and
/// recovery words end.
#[tauri::command(async)]
#[specta::specta]
pub fn change_passphrase(
    shell: State<'_, Shell>,
    token: String,
    current: String,
    next: String,
    known: bool,
) -> Answered<()> {
    let (current, next) = (SecretString::from(current), SecretString::from(next));
    shell.session().change_passphrase(&token, &current, &next, known)
}

/// From my own door: takes the lock off. Answers everyone.
#[tauri::command(async)]
#[specta::specta]
pub fn take_lock_off(shell: State<'_, Shell>, token: String, passphrase: String) -> Answered<Vec<Person>> {
    let passphrase = SecretString::from(passphrase);
    shell.session().take_lock_off(&token, &passphrase)
}

/// From my own door: twelve new words that open my space when the passphrase is forgotten, to be shown once. Any earlier
/// ones end.
#[tauri::command(async)]
#[specta::specta]
pub fn recovery_words(shell: State<'_, Shell>, token: String, passphrase: String) -> Answered<String> {
    let passphrase = SecretString::from(passphrase);
    shell.session().recovery_words(&token, &passphrase)
}

/// Opens a locked space with its passphrase.
#[tauri::command(async)]
#[specta::specta]
pub fn unlock(shell: State<'_, Shell>, seat: Seat, passphrase: String) -> Answered<Turn> {
    let passphrase = SecretString::from(passphrase);
    shell.session().unlock(seat, &passphrase)
}

/// Opens a locked space with its twelve recovery words.
#[tauri::command(async)]
#[specta::specta]
pub fn unlock_with_words(shell: State<'_, Shell>, seat: Seat, words: String) -> Answered<Turn> {
    let words = SecretString::from(words);
    shell.session().unlock_with_words(seat, &words)
}

/// Opens a lock for a sitting of both, or for somebody who joins, and shows nothing. Answers whose locks are still shut.
#[tauri::command(async)]
#[specta::specta]
pub fn unlock_beside(shell: State<'_, Shell>, seat: Seat, passphrase: String) -> Answered<Vec<Seat>> {
    let passphrase = SecretString::from(passphrase);
    shell.session().unlock_beside(seat, &passphrase)
}

/// Four words for a passphrase, drawn anew each time.
#[tauri::command(async)]
#[specta::specta]
pub fn suggest_passphrase(shell: State<'_, Shell>) -> Answered<String> {
    let words = shell.session().suggest_passphrase()?;
    Ok(words.expose_secret().to_owned())
}
