//! Commands of Tauri's own, of plugins that are not here, and messages past Tauri's door: all refused.

use super::{LESSON, ROBINS, State, ask, listen, tokens, written};
use crate::harness::App;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// All that the page needs of Tauri's own: to hear that the window is to close, or a lock to shut.
const OURS_OF_THE_CORE: [(&str, &str); 2] = [("core:event", "listen"), ("core:event", "unlisten")];
const FORGE: &str = include_str!("forge.js");

/// Every command of Tauri's own that this build knows, plugin by plugin, from what Tauri's build step wrote.
fn core_commands() -> Vec<(String, String)> {
    let manifests: Map<String, Value> =
        serde_json::from_str(include_str!(concat!(env!("OUT_DIR"), "/acl-manifests.json"))).unwrap();
    let mut found = BTreeSet::new();
    for (plugin, manifest) in manifests.iter().filter(|(plugin, _)| plugin.starts_with("core:")) {
        let permissions = manifest["permissions"].as_object().into_iter().flatten();
        for command in permissions.flat_map(|(_, one)| one["commands"]["allow"].as_array().cloned().unwrap_or_default())
        {
            found.insert((plugin.clone(), command.as_str().unwrap().to_owned()));
        }
    }
    assert!(found.len() > 100, "Tauri's own commands are known: {}", found.len());
    found.into_iter().collect()
}

/// Plugins that are not built in, and names that only look like ours.
const NOT_OURS: [&str; 22] = [
    "plugin:fs|read_text_file",
    "plugin:fs|write_file",
    "plugin:shell|execute",
    "plugin:shell|open",
    "plugin:opener|open_url",
    "plugin:process|exit",
    "plugin:http|fetch",
    "plugin:websocket|connect",
    "plugin:upload|upload",
    "plugin:dialog|open",
    "plugin:clipboard-manager|read_text",
    "plugin:notification|notify",
    "plugin:os|hostname",
    "plugin:sql|execute",
    "plugin:store|load",
    "plugin:updater|check",
    "plugin:__app-acl__|home",
    "plugin:|home",
    "plugin:event|listen|emit",
    "__TAURI_CHANNEL__|fetch",
    "HOME",
    "../home",
];

#[test]
fn script_in_the_page_has_no_command_that_is_not_ours() {
    let written = written();
    let app = written.place.open();
    listen(&app);
    let mut refused = 0;
    for state in [State::Door, State::Own] {
        state.reach(&app);
        let core = core_commands()
            .into_iter()
            .filter(|(plugin, command)| !OURS_OF_THE_CORE.contains(&(plugin.as_str(), command.as_str())));
        let mut asked: Vec<_> = core
            .map(|(plugin, command)| format!("plugin:{}|{command}", plugin.trim_start_matches("core:")))
            .chain(NOT_OURS.map(str::to_owned))
            .map(|command| {
                (
                    command,
                    json!({ "label": "second", "event": "close-requested", "path": "/etc/passwd" }),
                )
            })
            .collect();
        asked.push(("no_such_command".to_owned(), json!({})));
        for answer in ask(&app, &asked) {
            let text = answer.text();
            // What Tauri says in a debug build to a name it half knows; the command is not carried out all the same.
            let is_refusal =
                text.contains("not allowed") || text == "\"allowed\"" || answer.command == "__TAURI_CHANNEL__|fetch";
            assert!(
                answer.how == "refused" && is_refusal,
                "{} at {state:?}: {} {text}",
                answer.command,
                answer.how
            );
        }
        refused += asked.len();
    }
    println!("{refused} commands that are not ours");
    forged_messages_are_not_heard(&app);
    app.click("Close my space");
    nothing_is_broken(&app);
}

/// Past Tauri's own script: without its key, with a made-up one, and what is no message at all. The shell has dealt with
/// all of it before it answers a question that came after.
fn forged_messages_are_not_heard(app: &App) {
    let token = tokens(app).pop().unwrap();
    let answers = app.ask_with(FORGE, vec![json!(token)]).unwrap();
    assert_eq!(answers[0], json!("given"), "the true question was answered");
    assert!(!answers.to_string().contains(ROBINS), "{answers}");
}

/// The page still does what it is there for.
fn nothing_is_broken(app: &App) {
    State::Own.reach(app);
    app.click("Course");
    app.click(&format!("Carry on: {LESSON}"));
    app.until("Robin’s own words", |app| {
        Ok(app.reads(&format!("{ROBINS} on my own")))
    });
}
