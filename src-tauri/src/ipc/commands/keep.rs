//! Copies of one's words.

use tauri::State;
use vault::SecretString;

use super::Answered;
use crate::{
    Shell,
    ipc::dto::{Backups, CopyDiffers, Export, ExportFormat, SavedExport, Turn},
};

/// Every word of mine, joint or opened, on its way out. Those of fields marked sensitive only when asked for.
#[tauri::command(async)]
#[specta::specta]
pub fn export_words(shell: State<'_, Shell>, token: String, sensitive: bool) -> Answered<Export> {
    shell.session().export_words(&token, sensitive)
}

/// The same as a new file in the person's own folder; with a passphrase, one that only it opens. Answers where it lies, once it is there to stay.
#[tauri::command(async)]
#[specta::specta]
pub fn save_export(
    shell: State<'_, Shell>,
    token: String,
    format: ExportFormat,
    sensitive: bool,
    passphrase: Option<String>,
) -> Answered<SavedExport> {
    let passphrase = passphrase.map(SecretString::from);
    shell
        .session()
        .save_export(&token, format, sensitive, passphrase.as_ref())
}

/// The backups of my own space, or while both look of what they share, newest first; and why the last one could not be made, if it could not.
#[tauri::command(async)]
#[specta::specta]
pub fn backups(shell: State<'_, Shell>, token: String) -> Answered<Backups> {
    shell.session().backups(&token)
}

/// What bringing a backup back would do. Nothing is changed.
#[tauri::command(async)]
#[specta::specta]
pub fn look_into_copy(shell: State<'_, Shell>, token: String, number: u32) -> Answered<CopyDiffers> {
    shell.session().look_into_copy(&token, number)
}

/// Brings a backup back; of what both share, once both have said so. What stands there is kept. Answers the turn in it.
#[tauri::command(async)]
#[specta::specta]
pub fn bring_back(shell: State<'_, Shell>, token: String, number: u32, passphrase: Option<String>) -> Answered<Turn> {
    let passphrase = passphrase.map(SecretString::from);
    shell.session().bring_back(&token, number, passphrase.as_ref())
}
