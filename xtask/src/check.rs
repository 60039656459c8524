//! `cargo xtask test` and `cargo xtask screenshots`.
//!
//! Every step runs even when one before it did not hold, so that one run tells everything. Every cargo step names the
//! whole workspace: with another choice of packages cargo would unite features differently and build Tauri twice.

use crate::outcome::Outcome;
use crate::screen::Screen;
use crate::{Chore, deny, setup, shell};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

/// Large enough for a 1280 × 800 window with room around it.
const SCREEN: (u32, u32) = (1400, 900);

/// The steps, cheapest first: what breaks most often is said soonest.
const STEPS: [Step; 6] = [
    Step {
        name: "format",
        commands: || Ok(vec![cargo(&["fmt", "--all", "--check", "--", "--color", "never"])]),
    },
    Step {
        name: "deny",
        commands: deny::commands,
    },
    Step {
        name: "ui",
        commands: || Ok(vec![npm("check"), npm("test")]),
    },
    Step {
        name: "lint",
        commands: || Ok(lint()),
    },
    Step {
        name: "rust",
        commands: || Ok(vec![cargo(&["test", "--workspace", "--no-fail-fast"])]),
    },
    Step {
        name: "window",
        commands: || Ok(vec![window(&[])]),
    },
];

struct Step {
    name: &'static str,
    commands: fn() -> Chore<Vec<Command>>,
}

/// Runs every step, or the named ones.
pub(crate) fn all(args: &[String]) -> Chore<()> {
    let long = args.iter().any(|arg| arg == "--long");
    let words: Vec<&str> = args.iter().map(String::as_str).filter(|arg| *arg != "--long").collect();
    if let Some(unknown) = words.iter().find(|arg| arg.starts_with('-')) {
        return Err(format!(
            "`{unknown}` is not an option of `cargo xtask test`.\n{}",
            crate::HELP
        ));
    }
    let (named, filters): (Vec<&str>, Vec<&str>) = words
        .iter()
        .partition(|word| STEPS.iter().any(|step| step.name == **word));
    if !filters.is_empty() && named != ["window"] {
        return Err(format!("`{}` is not a step.\n{}", filters.join(" "), crate::HELP));
    }
    setup::everything()?;
    let mut total = Outcome::default();
    let mut broken = Vec::new();
    for step in STEPS
        .iter()
        .filter(|step| named.is_empty() || named.contains(&step.name))
    {
        let commands = if filters.is_empty() {
            (step.commands)()?
        } else {
            vec![window(&filters)]
        };
        let begun = Instant::now();
        let held = perform(step.name, commands, long, &mut total)?;
        println!(
            "-- {}: {} ({} s)",
            step.name,
            if held { "holds" } else { "does not hold" },
            begun.elapsed().as_secs()
        );
        if !held {
            broken.push(step.name);
        }
    }
    let tests = format!("{} passed, {} failed", total.passed, total.failed);
    if broken.is_empty() {
        println!("Everything holds: {tests}.");
        Ok(())
    } else {
        Err(format!("Not everything holds ({}): {tests}.", broken.join(", ")))
    }
}

/// Drives the real window through every screen and says where the pictures are.
pub(crate) fn screenshots() -> Chore<()> {
    setup::everything()?;
    let mut command = window(&["screenshots::"]);
    command.arg("--ignored");
    if !perform("window", vec![command], false, &mut Outcome::default())? {
        return Err("Not every picture could be taken; see above.".to_owned());
    }
    println!("The pictures are in {}", shell::root().join("screenshots").display());
    Ok(())
}

fn perform(name: &str, commands: Vec<Command>, long: bool, total: &mut Outcome) -> Chore<bool> {
    println!("-- {name}");
    let screen = if name == "window" {
        if !cfg!(target_os = "linux") {
            return Err(
                "The window tests need Linux: elsewhere there is no driver for the system's web view.".to_owned(),
            );
        }
        Some(Screen::start(SCREEN.0, SCREEN.1)?)
    } else {
        None
    };
    let mut held = true;
    for mut command in commands {
        if let Some(screen) = &screen {
            screen.show(&mut command);
            command.env("PAIRWISE_TAURI_DRIVER", setup::driver_path());
        }
        if long {
            command.env("PAIRWISE_LONG", "1");
        }
        held &= counted(&mut command, total)?;
    }
    Ok(held)
}

/// Runs a command, shows what it prints and counts its tests.
fn counted(command: &mut Command, total: &mut Outcome) -> Chore<bool> {
    let line = shell::line_of(command);
    println!("> {line}");
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("`{line}` could not be started: {error}."))?;
    let mut outcome = Outcome::default();
    if let Some(stdout) = child.stdout.take() {
        // Split by bytes: a runner may print what is not UTF-8, and that must not end the reading.
        for bytes in BufReader::new(stdout).split(b'\n').map_while(Result::ok) {
            let said = String::from_utf8_lossy(&bytes);
            println!("{said}");
            outcome.read(&said);
        }
    }
    total.join(outcome);
    let status = child.wait().map_err(|error| format!("`{line}` was lost: {error}."))?;
    Ok(status.success())
}

fn cargo(args: &[&str]) -> Command {
    let mut cargo = shell::cargo();
    cargo.args(args).env("CARGO_TERM_COLOR", "never");
    cargo
}

fn npm(script: &str) -> Command {
    let mut npm = shell::npm();
    npm.args(["run", "--silent", script])
        .env("NO_COLOR", "1")
        .env("CI", "1");
    npm
}

/// Twice, because `--all-targets` passes over the window tests, which plain `cargo test` must not run.
fn lint() -> Vec<Command> {
    [["--all-targets"].as_slice(), &["--test", "e2e"]]
        .into_iter()
        .map(|targets| {
            let mut clippy = cargo(&["clippy", "--workspace", "--quiet"]);
            clippy.args(targets).args(["--", "-D", "warnings"]);
            clippy
        })
        .collect()
}

/// One window at a time: they share a screen, a keyboard and the machine's patience.
fn window(args: &[&str]) -> Command {
    let mut tests = cargo(&["test", "--workspace", "--test", "e2e", "--", "--test-threads=1"]);
    tests.args(args);
    tests
}
