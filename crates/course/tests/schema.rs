//! The schemas that `pairwise-lesson schema` prints, held against what is read and printed.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::process::Command;

use serde_json::{Value as Json, json};

#[path = "support/bench_course.rs"]
#[allow(unreachable_pub, reason = "an example has it too")]
mod bench_course;
#[path = "support/schema.rs"]
mod schema;

fn printed(arguments: &[&str]) -> Json {
    let output = Command::new(env!("CARGO_BIN_EXE_pairwise-lesson"))
        .args(arguments)
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

fn lesson(version: &str, body: &str) -> String {
    format!(
        "---\nformat: 1\nid: a\ntitle: A title\nversion: {version}\nlang: en\naudience: either\nminutes: 5\nlicence: CC0-1.0\nsources: [Ours]\n---\n\n## One {{#one}}\n\n{body}\n"
    )
}

#[test]
fn what_show_prints_fits_its_schema_for_every_kind_of_block() {
    let schema = printed(&["schema", "--show"]);
    let dir = tempfile::tempdir().unwrap();
    bench_course::bench_course(dir.path(), 2).unwrap();
    for file in ["en/lesson-0001.md", "instruments/pulse.md"] {
        let shown = printed(&["show", dir.path().join(file).to_str().unwrap()]);
        assert_eq!(schema::misfits(&schema, &shown), [""; 0], "{file}");
    }
}

#[test]
fn what_show_never_prints_does_not_fit() {
    let schema = printed(&["schema", "--show"]);
    let dir = tempfile::tempdir().unwrap();
    bench_course::bench_course(dir.path(), 1).unwrap();
    let shown = printed(&["show", dir.path().join("en/lesson-0000.md").to_str().unwrap()]);
    type Edit = fn(&mut Json);
    let edits: [Edit; 5] = [
        |lesson| lesson["more"] = json!(1),
        |lesson| lesson["meta"]["minutes"] = json!(-1),
        |lesson| lesson["meta"]["audience"] = json!("us"),
        |lesson| lesson["steps"][0]["light"] = Json::Null,
        |lesson| lesson["steps"][0]["body"][0]["type"] = json!("html"),
    ];
    for (at, edit) in edits.iter().enumerate() {
        let mut edited = shown.clone();
        edit(&mut edited);
        assert_ne!(schema::misfits(&schema, &edited), [""; 0], "edit {at}");
    }
}

/// The keys of an object in the schema.
fn keys(object: &serde_json::Value) -> Vec<String> {
    object.as_object().unwrap().keys().cloned().collect()
}

#[test]
fn the_schema_knows_the_keys_that_the_reader_knows() {
    let schema = printed(&["schema"]);
    // Without a required key the reader complains of that key.
    for key in schema["required"].as_array().unwrap() {
        let key = key.as_str().unwrap();
        let without: Vec<String> = lesson("1.0.0", "Text.")
            .lines()
            .filter(|line| !line.starts_with(&format!("{key}:")))
            .map(str::to_owned)
            .collect();
        let told = lesson::parse(&without.join("\n"));
        assert!(
            told.diagnostics.iter().any(|d| d.code == lesson::Code::FrontKeyMissing),
            "{key}"
        );
    }
    // Any other key is one that the reader knows, if not as one of this kind of file.
    for key in keys(&schema["properties"]) {
        let with = lesson("1.0.0", "Text.").replace("---\n\n##", &format!("{key}: 1\n---\n\n##"));
        let told = lesson::parse(&with);
        assert!(
            told.diagnostics.iter().all(|d| d.code != lesson::Code::FrontKeyUnknown),
            "{key}: {:?}",
            told.diagnostics
        );
    }
    // And the reader names no key that the schema lacks.
    let told = lesson::parse(&lesson("1.0.0", "Text.").replace("---\n\n##", "zzzzzzzzzz: 1\n---\n\n##"));
    let help = told.diagnostics[0].help.clone().unwrap();
    let named = help.split_once(": ").unwrap().1.trim_end_matches('.').split(", ");
    let known = keys(&schema["properties"]);
    for key in named {
        assert!(known.contains(&key.to_owned()), "{key}");
    }
}
