//! The step `deny`: what comes in with the dependencies, asked of cargo-deny. `deny.toml` says what may.

use crate::{Chore, setup, shell};
use std::process::{Command, Stdio};

/// Licences, bans and sources, which need no network; known flaws too, where their list can be fetched.
pub(crate) fn commands() -> Chore<Vec<Command>> {
    let mut checks = vec!["licenses", "bans", "sources"];
    let fetched = cargo_deny(&["fetch", "db"])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .map_err(|error| format!("cargo-deny could not be started: {error}."))?;
    if fetched.success() {
        checks.push("advisories");
    } else {
        println!(
            "Known flaws of dependencies were NOT checked: their list could not be fetched from here. \
             Licences, bans and sources are. Run this where github.com can be reached."
        );
    }
    let mut check = cargo_deny(&["check", "--hide-inclusion-graph"]);
    check.args(checks);
    Ok(vec![check])
}

fn cargo_deny(args: &[&str]) -> Command {
    let mut deny = Command::new(setup::deny_path());
    deny.current_dir(shell::root())
        .stdin(Stdio::null())
        // A git that asks for a name would wait for ever.
        .env("GIT_TERMINAL_PROMPT", "0")
        .args(["--color", "never", "--locked", "--all-features"])
        .args(args);
    deny
}
