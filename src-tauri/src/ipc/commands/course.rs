//! Home, the course and the plan of a book.

use lesson::Id;
use tauri::State;

use super::Answered;
use crate::{
    Shell,
    ipc::dto::{Course, Finds, HelpLines, Home, PlanMove, RunState},
};

/// The first screen of one's own space.
#[tauri::command(async)]
#[specta::specta]
pub fn home(shell: State<'_, Shell>, token: String) -> Answered<Home> {
    shell.session().home(&token)
}

/// The course, as this turn sees it.
#[tauri::command(async)]
#[specta::specta]
pub fn course(shell: State<'_, Shell>, token: String) -> Answered<Course> {
    shell.session().course_page(&token)
}

/// In one's own space: takes a way through the course by what is going on, or none in particular.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_path(shell: State<'_, Shell>, token: String, path: Option<Id>) -> Answered<Course> {
    shell.session().choose_path(&token, path.as_ref())
}

/// While both look, or on my own: the light way through the lesson, or all of it. Stays in memory.
#[tauri::command(async)]
#[specta::specta]
pub fn choose_pace(shell: State<'_, Shell>, token: String, run: String, light: bool) -> Answered<RunState> {
    shell.session().choose_pace(&token, &run, light)
}

/// Goes on with a plan after an absence, one of the ways it offers.
#[tauri::command(async)]
#[specta::specta]
pub fn move_plan(shell: State<'_, Shell>, token: String, run: String, field: Id, how: PlanMove) -> Answered<RunState> {
    shell.session().move_plan(&token, &run, &field, how)
}

/// Help lines, for anyone, before any door.
#[tauri::command(async)]
#[specta::specta]
pub fn help_lines(shell: State<'_, Shell>) -> Answered<HelpLines> {
    shell.session().help_lines()
}

/// Moves my bookmark on a plan, and says whether the other may see it.
#[tauri::command(async)]
#[specta::specta]
pub fn set_bookmark(
    shell: State<'_, Shell>,
    token: String,
    run: String,
    field: Id,
    part: Option<u32>,
    shown: bool,
) -> Answered<RunState> {
    shell.session().set_bookmark(&token, &run, &field, part, shown)
}

/// From my own door: what I wrote, what is ours and what was opened, by its words; the newest first.
#[tauri::command(async)]
#[specta::specta]
pub fn find(shell: State<'_, Shell>, token: String, query: String) -> Answered<Finds> {
    shell.session().find(&token, &query)
}
