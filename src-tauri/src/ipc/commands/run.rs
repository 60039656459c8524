//! One way through a lesson: what is written, where one is, and earlier versions.

use lesson::{Id, Value};
use tauri::State;

use super::Answered;
use crate::{
    Shell,
    ipc::dto::{Left, OpenRun, RunState, Saved, Version},
};

/// Goes on with the newest unfinished run of a lesson, or the newest finished one, or begins one.
#[tauri::command(async)]
#[specta::specta]
pub fn open_run(shell: State<'_, Shell>, token: String, lesson: Id) -> Answered<OpenRun> {
    shell.session().open_run(&token, &lesson)
}

/// Begins another run of a lesson that was finished; with the other, once both have said so.
#[tauri::command(async)]
#[specta::specta]
pub fn begin_again(shell: State<'_, Shell>, token: String, lesson: Id) -> Answered<OpenRun> {
    shell.session().begin_again(&token, &lesson)
}

/// What has been written and done in a run, as this turn may read it.
#[tauri::command(async)]
#[specta::specta]
pub fn run_state(shell: State<'_, Shell>, token: String, run: String) -> Answered<RunState> {
    shell.session().run_state(&token, &run)
}

/// Keeps an answer. Answers only after it is durable.
#[tauri::command(async)]
#[specta::specta]
pub fn save_answer(shell: State<'_, Shell>, token: String, run: String, field: Id, value: Value) -> Answered<Saved> {
    shell.session().save_answer(&token, &run, &field, &value)
}

/// Earlier versions of an answer, newest first: of mine to me, of a joint one to both.
#[tauri::command(async)]
#[specta::specta]
pub fn history(shell: State<'_, Shell>, token: String, run: String, field: Id) -> Answered<Vec<Version>> {
    shell.session().history(&token, &run, &field)
}

/// Puts an earlier version back as a new one; what stands there stays a version.
#[tauri::command(async)]
#[specta::specta]
pub fn use_version(shell: State<'_, Shell>, token: String, run: String, field: Id, save: u32) -> Answered<RunState> {
    shell.session().use_version(&token, &run, &field, save)
}

/// Forgets every version of an answer but the one that stands; of a joint one, once both have said so.
#[tauri::command(async)]
#[specta::specta]
pub fn forget_versions(shell: State<'_, Shell>, token: String, run: String, field: Id) -> Answered<Left> {
    shell.session().forget_versions(&token, &run, &field)
}

/// Leaves a step for the next or skips it, and moves on to another.
#[tauri::command(async)]
#[specta::specta]
pub fn pass_step(
    shell: State<'_, Shell>,
    token: String,
    run: String,
    step: Id,
    skip: bool,
    to: Option<Id>,
) -> Answered<RunState> {
    shell.session().pass_step(&token, &run, &step, skip, to.as_ref())
}

/// Moves to a step without passing the one that was open.
#[tauri::command(async)]
#[specta::specta]
pub fn go_to_step(shell: State<'_, Shell>, token: String, run: String, step: Id) -> Answered<RunState> {
    shell.session().go_to_step(&token, &run, &step)
}

/// Goes back to a run of this sitting, be it the newest of its lesson or an older one.
#[tauri::command(async)]
#[specta::specta]
pub fn open_this_run(shell: State<'_, Shell>, token: String, run: String) -> Answered<OpenRun> {
    shell.session().open_this_run(&token, &run)
}

/// A run that is open, with its lesson as the file has it now; with `before`, back on the text that this took the place of.
#[tauri::command(async)]
#[specta::specta]
pub fn read_again(shell: State<'_, Shell>, token: String, run: String, before: bool) -> Answered<OpenRun> {
    shell.session().read_again(&token, &run, before)
}
