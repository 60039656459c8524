//! What a fresh machine lacks, put in place. Quick when nothing is missing.
//!
//! Flow: system packages → Rust's formatter and linter → the window driver → the UI's packages → the built UI.
//! Nothing is installed into a person's home; the driver is built into `target/tools`.

use crate::{Chore, shell, system, ui};
use std::fs;
use std::path::PathBuf;

/// Pinned: the next major wants other capabilities.
const DRIVER: &str = "2.1.0";

/// Everything, for building and for every test.
pub(crate) fn everything() -> Chore<()> {
    system::install(&[system::Part::Build, system::Part::Screen, system::Part::Test])?;
    rust_components()?;
    if cfg!(target_os = "linux") {
        window_driver()?;
    }
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
    shell::root().join("target/tools/bin/tauri-driver")
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

fn window_driver() -> Chore<()> {
    let home = shell::root().join("target/tools");
    let installed = fs::read_to_string(home.join(".crates.toml")).unwrap_or_default();
    if driver_path().is_file() && installed.contains(&format!("tauri-driver {DRIVER}")) {
        return Ok(());
    }
    println!("Building the window driver once, into target/tools.");
    let mut install = shell::cargo();
    install
        .args([
            "install",
            &format!("tauri-driver@{DRIVER}"),
            "--locked",
            "--quiet",
            "--root",
        ])
        .arg(&home);
    install.env("CARGO_TARGET_DIR", home.join("build"));
    shell::run(&mut install)?;
    // Its build is not needed again, and would be restored and stored by every cache of target/.
    fs::remove_dir_all(home.join("build")).ok();
    Ok(())
}
