//! The chores of this repository, so that two commands are enough for anyone: `cargo xtask run` and `cargo xtask test`.
//!
//! Flow: a command line becomes one chore; a chore calls [`setup`] for what it needs, then runs plain programs (cargo,
//! npm, Xvfb) and stops at the first thing a person has to mend, in words that say what to do.
//!
//! Deliberately not here: packaging, and anything the app itself does.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "this is a command line")]
#![allow(
    clippy::disallowed_methods,
    reason = "a command line reads its own arguments, environment and clock"
)]

mod bench;
mod check;
mod deny;
mod frame;
mod outcome;
mod run;
mod screen;
mod setup;
mod shell;
mod system;
mod ui;

use std::process::ExitCode;

/// What went wrong, in words for the person at the terminal.
type Chore<T> = Result<T, String>;

const HELP: &str = "\
cargo xtask setup                     install what is missing, and build the screens
cargo xtask run [-- ARGS]             open the app; ARGS go to it, such as --profile DIR --lessons DIR
cargo xtask test [--long] [STEP…]     run every check, or only the named steps: format deny ui lint rust window
cargo xtask test window NAME          run only the window tests whose name holds NAME
cargo xtask bench                     time how lessons are read, beside peers, into docs/benchmarks.md
cargo xtask screenshots               drive the real window through every screen; pictures go to screenshots/";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let rest = args.get(1..).unwrap_or_default();
    let done = match args.first().map(String::as_str) {
        Some("setup") => setup::everything().map(|()| println!("Ready.")),
        Some("run") => run::open(rest.strip_prefix(["--".to_owned()].as_slice()).unwrap_or(rest)),
        Some("test") => check::all(rest),
        Some("bench") => bench::all(),
        Some("screenshots") => check::screenshots(),
        Some("help" | "--help" | "-h") => {
            println!("{HELP}");
            Ok(())
        }
        _ => Err(HELP.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(words) => {
            eprintln!("{words}");
            ExitCode::FAILURE
        }
    }
}
