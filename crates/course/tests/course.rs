//! A course on disk: one bad file never takes the others with it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;
use std::process::Command;

use course::{LoadError, help_lines, load};
use lesson::Code;

const MANIFEST: &str = "format = 1\nid = \"try-out\"\ntitle = \"Try out\"\nversion = \"1.0.0\"\nlanguages = [\"en\"]\nlicence = \"CC-BY-SA-4.0\"\nlessons = [\"b\", \"a\"]\n\n[[parts]]\nid = \"see\"\ntitle = \"See\"\n";

fn lesson(id: &str, more: &str, body: &str) -> String {
    format!(
        "---\nformat: 1\nid: {id}\ntitle: A title\nversion: 1.0.0\nlang: en\naudience: either\nminutes: 5\nlicence: CC0-1.0\nsources: [Ours]\n{more}---\n\n## One {{#one}}\n\n{body}\n"
    )
}

/// A folder with a manifest, two lessons, and whatever else.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("en")).unwrap();
    let write = |name: &str, bytes: &[u8]| std::fs::write(dir.path().join(name), bytes).unwrap();
    write("course.toml", MANIFEST.as_bytes());
    write(
        "en/a.md",
        lesson("a", "part: see\n", "> [!cycle] Loop {#loop half}\n> 1. One {#s1}").as_bytes(),
    );
    write(
        "en/b.md",
        lesson("b", "", "> [!recall] Before {#before of=a.loop.s1}").as_bytes(),
    );
    files.iter().for_each(|(name, bytes)| write(name, bytes));
    dir
}

/// Every problem as `file code`.
fn problems(dir: &Path) -> Vec<String> {
    let course = load(dir, "en").unwrap();
    let manifest = course
        .manifest_problems
        .iter()
        .map(|problem| format!("course.toml {}", problem.code));
    let lessons = course
        .lessons
        .iter()
        .flat_map(|file| file.diagnostics.iter().map(|d| format!("{} {}", file.file, d.code)));
    manifest.chain(lessons).collect()
}

#[test]
fn a_good_course_opens_in_the_manifests_order() {
    let dir = folder(&[]);
    let course = load(dir.path(), "en").unwrap();
    assert!(course.is_clean(), "{:?}", problems(dir.path()));
    let files: Vec<&str> = course.lessons.iter().map(|file| file.file.as_str()).collect();
    assert_eq!(files, ["en/b.md", "en/a.md"]);
    assert_eq!(load(dir.path(), "de").unwrap().lessons.len(), 2, "falls back whole");
}

#[test]
fn one_broken_file_leaves_the_others_open() {
    for broken in [&b"# nothing\n"[..], &b"\xff\xfe not text"[..], &[b'x'; 300 * 1024][..]] {
        let dir = folder(&[("en/a.md", broken)]);
        let course = load(dir.path(), "en").unwrap();
        let a = course.lessons.iter().find(|file| file.file == "en/a.md").unwrap();
        assert!(!a.opens && a.listed && !a.diagnostics.is_empty());
        assert!(course.manifest_problems.is_empty());
    }
    let dir = folder(&[
        ("en/a.md", &lesson("a", "", "> [!shrt] x {#x}").into_bytes()),
        ("en/b.md", &lesson("b", "", "Text.").into_bytes()),
    ]);
    let course = load(dir.path(), "en").unwrap();
    assert!(
        course.lesson(&lesson::Id::new("b").unwrap()).is_some()
            && course.lesson(&lesson::Id::new("a").unwrap()).is_none()
    );
}

#[test]
fn what_only_the_whole_course_can_tell_is_told() {
    let told = |name: &str, text: String| problems(folder(&[(name, text.as_bytes())]).path());
    assert_eq!(told("en/b.md", lesson("b", "part: sea\n", "Text.")), ["en/b.md L054"]);
    assert_eq!(
        told("en/b.md", lesson("b", "requires: [c]\n", "Text.")),
        ["en/b.md L055"]
    );
    assert_eq!(
        told("en/b.md", lesson("b", "", "> [!recall] Before {#before of=a.loop.s2}")),
        ["en/b.md L055"]
    );
    assert_eq!(
        told("en/b.md", lesson("b", "", "> [!recall] Before {#before of=a.lop}")),
        ["en/b.md L055"]
    );
    assert_eq!(told("en/c.md", lesson("c", "", "Text.")), ["en/c.md L052"]);
    assert_eq!(told("en/c.md", lesson("a", "", "Text.")), ["en/c.md L053"]);
    assert_eq!(
        told("course.toml", MANIFEST.replace("\"a\"", "\"a\", \"z\"")),
        ["course.toml L051"]
    );
    assert_eq!(
        told("course.toml", MANIFEST.replace("\n\n[[", "\npaths = [\"x\"]\n\n[[")),
        ["course.toml L021"]
    );
}

#[test]
fn a_manifest_out_of_form_says_where() {
    let dir = folder(&[("course.toml", MANIFEST.replace("licence", "license").as_bytes())]);
    let Err(LoadError::Manifest { problems, text, .. }) = load(dir.path(), "en") else {
        panic!("it loaded")
    };
    assert_eq!(
        (problems[0].code, &text[problems[0].span.clone()]),
        (Code::ManifestUnreadable, "license")
    );
    assert!(matches!(
        load(Path::new("/nowhere/at/all"), "en"),
        Err(LoadError::Unreadable { .. })
    ));
}

#[test]
fn a_language_never_leads_out_of_the_folder() {
    let dir = folder(&[("course.toml", MANIFEST.replace("[\"en\"]", "[\"../en\"]").as_bytes())]);
    let course = load(dir.path(), "en").unwrap();
    assert!(course.lessons.is_empty() && !course.manifest_problems.is_empty());
}

#[test]
fn help_lines_are_read_and_a_line_without_a_way_to_reach_it_is_refused() {
    let good = "checked = 2026-10-15\n\n[[country]]\ncode = \"other\"\nname = \"Elsewhere\"\nemergency = \"local\"\n\n[[country.line]]\ntopic = \"crisis\"\nname = \"Find a helpline\"\nsite = \"findahelpline.com\"\n";
    let lines = help_lines(folder(&[("help-lines.toml", good.as_bytes())]).path()).unwrap();
    assert_eq!(
        (lines.checked.to_string().as_str(), lines.countries[0].lines.len()),
        ("2026-10-15", 1)
    );
    for bad in [
        good.replace("site =", "sight ="),
        good.replace("site = \"findahelpline.com\"\n", ""),
        good.replace("2026-10-15", "\"soon\""),
    ] {
        assert!(help_lines(folder(&[("help-lines.toml", bad.as_bytes())]).path()).is_err());
    }
}

#[test]
fn the_command_line_exits_0_when_clean_1_with_problems_2_when_misused() {
    let run = |arguments: &[&str]| {
        Command::new(env!("CARGO_BIN_EXE_pairwise-lesson"))
            .args(arguments)
            .output()
            .unwrap()
    };
    let good = folder(&[]);
    let bad = folder(&[("en/a.md", b"## One\n")]);
    let (good, bad) = (good.path().to_str().unwrap(), bad.path().to_str().unwrap());
    assert_eq!(run(&["check", good]).status.code(), Some(0));
    let told = run(&["check", "--json", bad]);
    let json: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!(
        (told.status.code(), json.as_array().is_some_and(|all| !all.is_empty())),
        (Some(1), true)
    );
    assert!(String::from_utf8_lossy(&run(&["check", bad]).stdout).contains("en/a.md:1:1"));
    for misuse in [
        &["fmt", good][..],
        &["check"],
        &["check", "--locked", good],
        &["check", "/nowhere/at/all"],
        &[],
    ] {
        assert_eq!(run(misuse).status.code(), Some(2), "{misuse:?}");
    }
}
