//! Every command, one by one.
use crate::ipc::dto::*;
use lesson::{Id, Value};
type Answered<T> = Result<T, Refusal>;
macro_rules! c { ($($(#[$d:meta])* fn $n:ident($($a:ident: $t:ty),*) -> $r:ty;)*) => { $( $(#[$d])* #[tauri::command(async)] #[specta::specta] pub fn $n($($a: $t),*) -> $r { $(let _ = $a;)* panic!() } )* } }
c! {
    /// What the app found at start. Asked once, and again after a trouble was mended.
    fn startup() -> Startup;
    /// After `missing`: makes a new, empty profile folder where one was asked for.
    fn make_profile() -> Startup;
    /// Adds a person: the first, or the one who joins. Answers everyone.
    fn add_person(name: String, colour: Colour) -> Answered<Vec<Person>>;
    /// Opens a person's own space.
    fn open_door(seat: Seat) -> Answered<Turn>;
    /// Begins a sitting for two: both look at the screen.
    fn open_together() -> Answered<Turn>;
    /// In a sitting for two: the person of that seat takes the keyboard. The token of the turn before is void.
    fn take_turn(token: String, seat: Seat) -> Answered<Turn>;
    /// Ends a person's turn in a sitting for two: both look again. Their token is void.
    fn end_turn(token: String) -> Answered<Turn>;
    /// Closes the space or the sitting; back to the front door.
    fn leave(token: String) -> Answered<Vec<Person>>;
    /// Hides everything at once: voids whatever turn there is and puts the window away.
    fn hide_now() -> ();
    /// The first screen of one's own space.
    fn home(token: String) -> Answered<Home>;
    /// The course, as this turn sees it.
    fn course(token: String) -> Answered<Course>;
    /// Goes on with the newest unfinished run of a lesson, or the newest finished one, or begins one.
    fn open_run(token: String, lesson: Id) -> Answered<OpenRun>;
    /// Begins another run of a lesson that was finished.
    fn begin_again(token: String, lesson: Id) -> Answered<OpenRun>;
    /// What has been written and done in a run, as this turn may read it.
    fn run_state(token: String, run: String) -> Answered<RunState>;
    /// Keeps an answer. Answers only after it is durable.
    fn save_answer(token: String, run: String, field: Id, value: Value) -> Answered<Saved>;
    /// Earlier versions of an answer this turn may write, newest first.
    fn history(token: String, run: String, field: Id) -> Answered<Vec<Version>>;
    /// Leaves a step for the next or skips it, and moves on to another.
    fn pass_step(token: String, run: String, step: Id, skip: bool, to: Option<Id>) -> Answered<RunState>;
    /// Moves to a step without passing the one that was open.
    fn go_to_step(token: String, run: String, step: Id) -> Answered<RunState>;
    /// Moves my bookmark on a plan, and says whether the other may see it.
    fn set_bookmark(token: String, run: String, field: Id, part: Option<u32>, shown: bool) -> Answered<RunState>;
    /// Seals my side of a step; with `keep`, seals an empty answer instead: the words stay with me. `last_save` is the last save this page saw confirmed.
    fn seal(token: String, run: String, step: Id, last_save: u32, keep: bool) -> Answered<RunState>;
    /// Takes my seal back. Free until the other has sealed too.
    fn unseal(token: String, run: String, step: Id) -> Answered<RunState>;
    /// Ends both seals of a step before opening; each text returns to its owner as a draft.
    fn set_aside(token: String, run: String, step: Id) -> Answered<RunState>;
    /// On my own turn: I want this layer opened now. Opens it once both have said so in one sitting.
    fn say_open(token: String, run: String, step: Id, layer: LayerName) -> Answered<RunState>;
    /// Help lines, for anyone, before any door.
    fn help_lines() -> Answered<HelpLines>;
    /// The page has saved what it held: the window may close.
    fn ready_to_close() -> ();
}
