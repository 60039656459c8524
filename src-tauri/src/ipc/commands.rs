//! Every command, one by one. Each is a line: it locks the session and asks it. What a command means stands with
//! the method it calls; what it may not do stands in the capability of `tauri.conf.json`.
//!
//! `(async)` keeps them off the window's own thread: a commit that waits for the disk must not freeze the screen.

use std::sync::MutexGuard;

use lesson::{Id, Value};
use tauri::State;
use vault::{ExposeSecret as _, SecretString};

use super::dto::{
    BothWant, Carry, Colour, Course, Export, ExportFormat, HelpLines, Home, LayerName, Leaving, Left, OpenRun, Pace,
    Person, PlanMove, Refusal, RunState, Saved, SavedExport, Seat, Startup, Turn, Version,
};
use crate::{Session, Shell};

type Answered<T> = Result<T, Refusal>;

impl Shell {
    /// The session. A command that panicked left nothing half done in it: every change of the vault is one transaction.
    pub(crate) fn session(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

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

/// Hides everything at once: voids whatever turn there is and puts the window away.
#[tauri::command(async)]
#[specta::specta]
pub fn hide_now(shell: State<'_, Shell>) {
    shell.surface.put_away();
    shell.session().end();
}

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

/// A run that is open, with its lesson as the file has it now; with `before`, back on the text that this took the place of.
#[tauri::command(async)]
#[specta::specta]
pub fn read_again(shell: State<'_, Shell>, token: String, run: String, before: bool) -> Answered<OpenRun> {
    shell.session().read_again(&token, &run, before)
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

/// On my own turn: I want something that is done only when both do. Answers who has said so.
#[tauri::command(async)]
#[specta::specta]
pub fn say_yes(shell: State<'_, Shell>, token: String, what: BothWant) -> Answered<Vec<Seat>> {
    shell.session().say_yes(&token, what)
}

/// Not after all: nobody has said so any more.
#[tauri::command(async)]
#[specta::specta]
pub fn say_no(shell: State<'_, Shell>, token: String, what: BothWant) -> Answered<()> {
    shell.session().say_no(&token, &what)
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

/// After sharing was ended: a new, empty place for both, and a sitting in it.
#[tauri::command(async)]
#[specta::specta]
pub fn share_again(shell: State<'_, Shell>) -> Answered<Turn> {
    shell.session().share_again()
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

/// On my own turn: how ready I am, in a `ready` block; and in a `gate`, *apart* if my answer would leave the path, else
/// *whole*. Stays in memory.
#[tauri::command(async)]
#[specta::specta]
pub fn pick_ready(shell: State<'_, Shell>, token: String, run: String, block: Id, pace: Pace) -> Answered<RunState> {
    shell.session().pick_ready(&token, &run, &block, pace)
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

/// Someone is there: they moved or wrote, or a talk or a timer runs. Without it a locked space closes after five minutes.
#[tauri::command(async)]
#[specta::specta]
pub fn still_here(shell: State<'_, Shell>, token: String) -> Answered<()> {
    shell.session().still_here(&token)
}

/// Help lines, for anyone, before any door.
#[tauri::command(async)]
#[specta::specta]
pub fn help_lines(shell: State<'_, Shell>) -> Answered<HelpLines> {
    shell.session().help_lines()
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
