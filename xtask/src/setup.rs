//! What a fresh machine lacks, put in place. Quick when nothing is missing.
//!
//! Flow: system packages → Rust's formatter and linter → the window driver and cargo-deny → the UI's packages → the built UI.
//! Nothing is installed into a person's home; tools are built into `target/tools`.

use crate::{Chore, shell, system, ui};
use std::fs;
use std::path::PathBuf;

/// Pinned: the next major wants other capabilities.
const DRIVER: &str = "2.1.0";
/// Pinned, so that a newer release with other rules does not change what a check says.
const DENY: &str = "0.20.2";

/// Everything, for building and for every test.
pub(crate) fn everything() -> Chore<()> {
    system::install(&[system::Part::Build, system::Part::Screen, system::Part::Test])?;
    rust_components()?;
    if cfg!(target_os = "linux") {
        tool("tauri-driver", DRIVER, &[])?;
    }
    // Unoptimised: it is asked once per check, and a quick build is worth more than a quick answer.
    tool("cargo-deny", DENY, &["--debug"])?;
    ui::ready()
}

/// Only what it takes to open the app.
pub(crate) fn to_run(with_screen: bool) -> Chore<()> {
    let parts: &[system::Part] = if with_screen {
        &[system::Part::Build, system::Part::Screen]
    } else {
        &[system::Part::Build]
    };
    system::install(parts)?;
    ui::ready()
}

/// Where the window driver is kept.
pub(crate) fn driver_path() -> PathBuf {
    tool_path("tauri-driver")
}

/// Where cargo-deny is kept.
pub(crate) fn deny_path() -> PathBuf {
    tool_path("cargo-deny")
}

fn rust_components() -> Chore<()> {
    let missing: Vec<&str> = [("fmt", "rustfmt"), ("clippy", "clippy")]
        .into_iter()
        .filter(|(command, _)| shell::answer(shell::cargo().args([command, "--version"])).is_none())
        .map(|(_, component)| component)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    if !shell::found("rustup") {
        return Err(format!(
            "Rust's {} missing, and there is no rustup to add it. Install it the way Rust itself was installed, then try again.",
            missing.join(" and ") + if missing.len() == 1 { " is" } else { " are" }
        ));
    }
    shell::run(shell::program("rustup").args(["component", "add"]).args(missing))
}

/// A program of Rust's own world, built once into `target/tools`. `how` goes to `cargo install`.
fn tool(name: &str, version: &str, how: &[&str]) -> Chore<()> {
    let home = shell::root().join("target/tools");
    let installed = fs::read_to_string(home.join(".crates.toml")).unwrap_or_default();
    if tool_path(name).is_file() && installed.contains(&format!("{name} {version} ")) {
        return Ok(());
    }
    println!("Building {name} once, into target/tools.");
    let mut install = shell::cargo();
    install
        .args(["install", &format!("{name}@{version}"), "--locked", "--quiet"])
        .args(how)
        .arg("--root")
        .arg(&home);
    install.env("CARGO_TARGET_DIR", home.join("build"));
    shell::run(&mut install)?;
    // Its build is not needed again, and would be restored and stored by every cache of target/.
    fs::remove_dir_all(home.join("build")).ok();
    Ok(())
}

fn tool_path(name: &str) -> PathBuf {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    shell::root().join("target/tools/bin").join(file)
}
