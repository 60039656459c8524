//! Copies of one's words.

use tauri::State;

use super::Answered;
use crate::{
    Shell,
    ipc::dto::{Backups, Export, ExportFormat, SavedExport},
};

/// Every word of mine, joint or opened, on its way out. Those of fields marked sensitive only when asked for.
#[tauri::command(async)]
#[specta::specta]
pub fn export_words(shell: State<'_, Shell>, token: String, sensitive: bool) -> Answered<Export> {
    shell.session().export_words(&token, sensitive)
}

/// The same as a new file in the person's own folder. Answers where it lies, once it is there to stay.
#[tauri::command(async)]
#[specta::specta]
pub fn save_export(
    shell: State<'_, Shell>,
    token: String,
    format: ExportFormat,
    sensitive: bool,
) -> Answered<SavedExport> {
    shell.session().save_export(&token, format, sensitive)
}

/// The backups of my own space, newest first, and why the last one could not be made, if it could not.
#[tauri::command(async)]
#[specta::specta]
pub fn backups(shell: State<'_, Shell>, token: String) -> Answered<Backups> {
    shell.session().backups(&token)
}
