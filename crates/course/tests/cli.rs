//! `pairwise-lesson`, as an author calls it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

const MANIFEST: &str = "format = 1\nid = \"try-out\"\ntitle = \"Try out\"\nversion = \"1.0.0\"\nlanguages = [\"en\"]\nlicence = \"CC0-1.0\"\nlessons = [\"a\"]\n";

fn lesson(version: &str, body: &str) -> String {
    format!(
        "---\nformat: 1\nid: a\ntitle: A title\nversion: {version}\nlang: en\naudience: either\nminutes: 5\nlicence: CC0-1.0\nsources: [Ours]\n---\n\n## One {{#one}}\n\n{body}\n"
    )
}

fn course(a: &str) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("en")).unwrap();
    std::fs::write(dir.path().join("course.toml"), MANIFEST).unwrap();
    std::fs::write(dir.path().join("en/a.md"), a).unwrap();
    dir
}

/// Calls it in a folder.
fn call(dir: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_pairwise-lesson"))
        .args(arguments)
        .current_dir(dir)
        .output()
        .unwrap()
}

fn code(dir: &Path, arguments: &[&str]) -> i32 {
    call(dir, arguments).status.code().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Calls it with something on standard input.
fn feed(arguments: &[&str], text: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_pairwise-lesson"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn it_exits_0_when_clean_1_with_problems_2_when_misused() {
    let good = course(&lesson("1.0.0", "Text."));
    let bad = course("## One\n");
    assert_eq!(code(good.path(), &["check", "."]), 0);
    assert_eq!(code(good.path(), &["check", "en", "en/a.md"]), 0);
    assert_eq!(code(bad.path(), &["check", "."]), 1);
    assert_eq!(code(bad.path(), &["show", "en/a.md"]), 1);
    assert!(said(&call(bad.path(), &["check", "."])).contains("en/a.md:1:1"));
    for misuse in [
        &["check"][..],
        &["chekc", "."],
        &["check", "--jsn", "."],
        &["check", "--locked", "en/a.md"],
        &["check", "/nowhere/at/all"],
        &["check", "--watch", "-"],
        &["lock", "en"],
        &["pack"],
        &["show", "en"],
        &["new", "--title"],
        &["new", "--audience", "us"],
        &[],
    ] {
        assert_eq!(code(good.path(), misuse), 2, "{misuse:?}");
    }
    let near = call(good.path(), &["chekc", "."]);
    assert!(
        String::from_utf8(near.stderr)
            .unwrap()
            .contains("Did you mean `check`?")
    );
}

#[test]
fn json_is_one_array_of_what_the_design_names() {
    let bad = course(&lesson("1.0.0", "> [!shrt] One? {#x}"));
    let told = call(bad.path(), &["check", "--json", "."]);
    let json: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    let all = json.as_array().unwrap();
    let mut keys: Vec<&str> = all[0].as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(
        keys,
        [
            "code",
            "column",
            "end_column",
            "end_line",
            "file",
            "fix",
            "help",
            "line",
            "message",
            "severity"
        ]
    );
    assert_eq!(
        (all[0]["file"].as_str(), all[0]["line"].as_u64()),
        (Some("./en/a.md"), Some(15))
    );
    let clean = course(&lesson("1.0.0", "Text."));
    assert_eq!(said(&call(clean.path(), &["check", "--json", "."])).trim(), "[]");
}

#[test]
fn standard_input_is_a_file_like_any_other() {
    assert_eq!(feed(&["check", "-"], &lesson("1.0.0", "Text.")).status.code(), Some(0));
    let told = feed(&["check", "--json", "-"], "## One\n");
    assert_eq!(told.status.code(), Some(1));
    assert!(said(&told).contains("\"file\":\"-\""));
    let shown = feed(&["show", "-"], &lesson("1.0.0", "Text."));
    let json: serde_json::Value = serde_json::from_slice(&shown.stdout).unwrap();
    assert_eq!(json["meta"]["id"], "a");
}

#[test]
fn a_released_course_is_locked_and_an_edit_that_loses_answers_is_refused() {
    let body = "> [!short] One? {#one-line}";
    let dir = course(&lesson("1.0.0", body));
    let path = dir.path();
    let write = |text: String| std::fs::write(path.join("en/a.md"), text).unwrap();
    let lock = || std::fs::read_to_string(path.join("course.lock")).unwrap();
    assert_eq!(code(path, &["check", "--locked", "."]), 1, "there is no lock yet");
    assert_eq!(code(path, &["lock", "."]), 0);
    assert_eq!(code(path, &["check", "--locked", "."]), 0);
    let first = lock();
    // Lost.
    write(lesson("1.1.0", "Nothing is asked."));
    let told = call(path, &["check", "--locked", "."]);
    assert_eq!(told.status.code(), Some(1));
    assert!(said(&told).contains("L062") && said(&told).contains("`one-line` was released, and now it is gone."));
    assert_eq!(code(path, &["check", "."]), 0, "without the lock nobody can tell");
    assert_eq!(code(path, &["lock", "."]), 1);
    assert_eq!(lock(), first, "what is refused is not locked either");
    // Reworded.
    write(lesson("1.0.1", "> [!short] Just one? {#one-line}"));
    assert_eq!(code(path, &["check", "--locked", "."]), 0);
    assert_eq!(code(path, &["lock", "."]), 0);
    assert_ne!(lock(), first);
    std::fs::write(path.join("course.lock"), "nonsense").unwrap();
    assert_eq!(code(path, &["check", "--locked", "."]), 1);
}

#[test]
fn an_edit_that_says_what_it_is_is_taken_release_after_release() {
    let ask = "> [!choice] How was it? {#how reveal}\n> - Good {#good}\n> - Bad {#bad}";
    let dir = course(&lesson("1.0.0", ask));
    let release = |text: String| {
        std::fs::write(dir.path().join("en/a.md"), text).unwrap();
        (
            code(dir.path(), &["check", "--locked", "."]),
            code(dir.path(), &["lock", "."]),
        )
    };
    let taken = (0, 0);
    let refused = (1, 1);
    assert_eq!(code(dir.path(), &["lock", "."]), 0);
    let renamed = ask
        .replace("#how reveal", "#mood reveal was=how")
        .replace("#bad", "#poor was=bad");
    assert_eq!(release(lesson("1.1.0", &renamed)), taken);
    let fewer = renamed.replace("\n> - Good {#good}", "");
    assert_eq!(release(lesson("1.2.0", &fewer)), refused);
    let retired =
        |version: &str, body: &str| lesson(version, body).replace("minutes: 5", "minutes: 5\nretired: [good]");
    assert_eq!(release(retired("1.2.0", &fewer)), taken);
    let shared = fewer.replace("reveal", "joint");
    assert_eq!(release(retired("1.3.0", &shared)), refused);
    assert_eq!(
        release(retired("1.3.0", &shared.replace("joint", "joint rev=1"))),
        taken
    );
    assert_eq!(release(retired("1.4.0", &shared)), refused, "a rev only rises");
}

#[test]
fn a_course_is_packed_and_the_archive_is_checked_like_the_folder() {
    let dir = course(&lesson("1.0.0", "Text."));
    std::fs::write(dir.path().join("notes.docx"), "left at home").unwrap();
    assert_eq!(code(dir.path(), &["pack", "."]), 0);
    assert_eq!(code(dir.path(), &["pack", ".", "--out", "again.pairwise"]), 0);
    let bytes = |name: &str| std::fs::read(dir.path().join(name)).unwrap();
    assert_eq!(bytes("try-out-1.0.0.pairwise"), bytes("again.pairwise"));
    assert_eq!(code(dir.path(), &["check", "again.pairwise"]), 0);
    std::fs::write(dir.path().join("cut.pairwise"), &bytes("again.pairwise")[..100]).unwrap();
    assert_eq!(code(dir.path(), &["check", "cut.pairwise"]), 1);
    let bad = course("## One\n");
    assert_eq!(code(bad.path(), &["pack", "."]), 1);
    assert!(!bad.path().join("try-out-1.0.0.pairwise").exists());
}

#[test]
fn a_new_lesson_is_clean_and_nothing_is_ever_written_over() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(code(dir.path(), &["new"]), 0);
    assert_eq!(
        code(
            dir.path(),
            &["new", "--title", "Our \"quiet\" evening: two", "--audience", "together"]
        ),
        0
    );
    assert_eq!(
        code(dir.path(), &["new", "2nd try", "--lang", "de", "--minutes", "45"]),
        0
    );
    assert_eq!(code(dir.path(), &["check", "."]), 0);
    let evening = std::fs::read_to_string(dir.path().join("our-quiet-evening-two.md")).unwrap();
    assert!(evening.contains("id: our-quiet-evening-two ") && evening.contains("audience: together"));
    assert!(dir.path().join("2nd try.md").exists());
    assert_eq!(code(dir.path(), &["new"]), 2, "it is there already");
}

#[test]
fn watching_looks_again_after_each_change_until_it_is_stopped() {
    let dir = course(&lesson("1.0.0", "Text."));
    let mut child = Command::new(env!("CARGO_BIN_EXE_pairwise-lesson"))
        .args(["check", "--watch", "."])
        .current_dir(dir.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    // It watches before it looks, so that nothing is missed in between.
    assert!(lines.any(|line| line.contains("All is well")));
    assert!(lines.any(|line| line.contains("Watching")));
    std::fs::write(dir.path().join("en/a.md"), "## One\n").unwrap();
    assert!(lines.any(|line| line.contains("to mend in")));
    std::fs::write(dir.path().join("en/a.md"), lesson("1.0.0", "Text.")).unwrap();
    assert!(lines.any(|line| line.contains("All is well")));
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn fmt_writes_ids_once_and_says_when_there_is_nothing_to_do() {
    let draft = lesson("1.0.0", "> [!long] What was said?").replace(" {#one}", "");
    let dir = course(&draft);
    assert_eq!(code(dir.path(), &["fmt", "--check", "."]), 1);
    assert_eq!(
        std::fs::read_to_string(dir.path().join("en/a.md")).unwrap(),
        draft,
        "--check changes nothing"
    );
    assert_eq!(code(dir.path(), &["fmt", "."]), 0);
    let tidy = std::fs::read_to_string(dir.path().join("en/a.md")).unwrap();
    assert!(
        tidy.contains("## One {#one}") && tidy.contains("What was said? {#what-was-said}"),
        "{tidy}"
    );
    assert_eq!(code(dir.path(), &["fmt", "--check", "en/a.md"]), 0);
    assert_eq!(said(&feed(&["fmt", "-"], &draft)), tidy);
    assert_eq!(code(dir.path(), &["fmt"]), 2);
    assert_eq!(code(dir.path(), &["fmt", "course.toml"]), 2);
}

#[test]
fn html_prints_a_lesson_blank_or_filled_and_plain_markdown_bare() {
    let dir = course(&lesson("1.0.0", "> [!long] What was said? {#said}"));
    let page = said(&call(dir.path(), &["html", "--blank", "en/a.md"]));
    assert!(
        page.starts_with("<!doctype html>") && page.contains("class=\"line\""),
        "{page}"
    );
    std::fs::write(
        dir.path().join("answers.json"),
        r#"{"said":{"type":"text","text":"a <kind> word"}}"#,
    )
    .unwrap();
    let filled = said(&call(dir.path(), &["html", "--answers", "answers.json", "en/a.md"]));
    assert!(filled.contains("a &lt;kind&gt; word"), "{filled}");
    assert_eq!(
        said(&feed(&["html", "--bare", "-"], "*so* it is\n")),
        "<p><em>so</em> it is</p>\n"
    );
    assert_eq!(code(dir.path(), &["html", "gone.md"]), 2);
}

#[test]
fn the_built_in_course_is_clean_and_keeps_what_its_lock_promises() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let checked = call(&root, &["check", "--locked", "lessons"]);
    assert_eq!(checked.status.code(), Some(0), "{}", said(&checked));
}
