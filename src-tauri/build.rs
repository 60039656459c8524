//! Builds the UI if it is not there yet, and tells Tauri which commands exist, so that each needs its permission.

use std::{fs, path::Path, process::Command};

/// Every command of `src-tauri/src/ipc/commands/`. Without this list, Tauri lets our own page call any of them
/// unasked; with it, each needs its line in the capability of `tauri.conf.json`. A test compares the three lists.
const COMMANDS: &[&str] = &[
    "startup",
    "make_profile",
    "add_person",
    "open_door",
    "open_together",
    "missing_is_said",
    "take_turn",
    "end_turn",
    "leave",
    "hide_now",
    "home",
    "course",
    "choose_path",
    "open_run",
    "open_this_run",
    "begin_again",
    "read_again",
    "run_state",
    "save_answer",
    "history",
    "use_version",
    "forget_versions",
    "remove_answer",
    "put_answer_back",
    "renew_backups",
    "carries",
    "carry_over",
    "say_yes",
    "say_no",
    "about_leaving",
    "remove_space",
    "stop_sharing",
    "remove_everything",
    "share_again",
    "pass_step",
    "go_to_step",
    "set_bookmark",
    "seal",
    "unseal",
    "set_aside",
    "say_open",
    "send_line",
    "accept_agreement",
    "end_agreement",
    "pick_ready",
    "choose_pace",
    "move_plan",
    "find",
    "export_words",
    "save_export",
    "backups",
    "look_into_copy",
    "bring_back",
    "lock_space",
    "change_passphrase",
    "take_lock_off",
    "recovery_words",
    "unlock",
    "unlock_with_words",
    "unlock_beside",
    "suggest_passphrase",
    "look",
    "set_look",
    "settings",
    "set_idle",
    "set_spelling",
    "asked_about_lock",
    "still_here",
    "help_lines",
    "heard_close",
    "ready_to_close",
];

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    println!("cargo:rerun-if-changed=ui/dist");
    println!("cargo:rerun-if-changed=src-tauri/icons");
    if !root.join("ui/dist/index.html").exists() {
        build_ui(&root.join("ui"));
    }
    let attributes = tauri_build::Attributes::new().app_manifest(tauri_build::AppManifest::new().commands(COMMANDS));
    if let Err(error) = tauri_build::try_build(attributes) {
        panic!("the Tauri build step failed: {error:#}");
    }
}

/// `generate_context!` embeds `ui/dist`, so it has to be there before the crate compiles.
fn build_ui(ui: &Path) {
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let run = |arguments: &[&str]| {
        let done = Command::new(npm).args(arguments).current_dir(ui).status();
        if !done.is_ok_and(|status| status.success()) {
            panic!(
                "`npm {}` failed in ui/. Run `cargo xtask setup`, which says what is missing.",
                arguments.join(" ")
            );
        }
    };
    if fs::metadata(ui.join("node_modules")).is_err() {
        run(&["ci"]);
    }
    run(&["run", "build"]);
}
