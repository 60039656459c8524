//! The authors' command line: `pairwise-lesson check | fmt | html | lock | show | new | pack | schema`.
//!
//! Exits 0 when all is clean, 1 when there is something to mend, 2 when it was called wrongly. Each subcommand is a
//! file: it takes its arguments and says whether all is clean, or how it was misused. `targets` reads what is named,
//! `render` prints what was found.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line prints")]

mod arguments;
mod check;
mod fmt;
mod html;
mod lock;
mod new;
mod pack;
mod render;
mod schema;
mod show;
mod targets;
mod watch;

use std::process::ExitCode;

/// Whether all is clean; or how it was misused.
type Outcome = Result<bool, String>;

const USAGE: &str = "\
pairwise-lesson helps to write lessons for Pairwise.

  pairwise-lesson new [NAME.md] [--title TITLE]       writes a lesson to begin from
  pairwise-lesson check [--json] [--watch] TARGETS    says what is to be mended, by file and line
  pairwise-lesson check --locked FOLDER               the same, and that no edit loses or shows an answer
  pairwise-lesson fmt [--check] TARGETS               writes ids that were left out, and tidies; words stay as they are
  pairwise-lesson html [--blank] FILE                 a page to print; --answers FILE fills it in, --bare takes any Markdown
  pairwise-lesson lock FOLDER                         writes course.lock, when a course is released
  pairwise-lesson show FILE                           prints a lesson as JSON
  pairwise-lesson pack FOLDER [--out FILE]            makes a course into one file to give away
  pairwise-lesson schema [--show]                     prints what front matter (or what `show` prints) can hold

TARGETS are files, folders, archives (.pairwise) or `-` for standard input. A folder with a course.toml is checked as
a whole course. Exits 0 when all is clean, 1 when there is something to mend, 2 when called wrongly.";

/// What a name runs.
type Subcommand = fn(&[String]) -> Outcome;

/// Each subcommand by its name.
const COMMANDS: &[(&str, Subcommand)] = &[
    ("check", check::run),
    ("fmt", fmt::run),
    ("html", html::run),
    ("lock", lock::run),
    ("new", new::run),
    ("pack", pack::run),
    ("schema", schema::run),
    ("show", show::run),
];

#[expect(clippy::disallowed_methods, reason = "arguments are read once, here")]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(clean) => ExitCode::from(u8::from(!clean)),
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &[String]) -> Outcome {
    let Some((name, rest)) = arguments.split_first() else {
        return Err(USAGE.to_owned());
    };
    if matches!(name.as_str(), "help" | "--help" | "-h") {
        println!("{USAGE}");
        return Ok(true);
    }
    match COMMANDS.iter().find(|(known, _)| known == name) {
        Some((_, run)) => run(rest),
        None => {
            let near = lesson::did_you_mean(name, COMMANDS.iter().map(|(known, _)| *known));
            let near = near.map_or_else(String::new, |near| format!(" {near}"));
            Err(format!("There is no command `{name}`.{near}\n\n{USAGE}"))
        }
    }
}
