//! What is told of a whole course, word for word; and the reference's examples of it, each through the real checker.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use lesson::Code;

const PAGE: &str = include_str!("../../../docs/lesson-format.md");

const MANIFEST: &str = "\
format = 1
id = \"ours\"
title = \"Our course\"
version = \"1.0.0\"
languages = [\"en\"]
licence = \"CC0-1.0\"
lessons = [\"our-loop\", \"our-walk\"]
instruments = [\"weekly-pulse\"]

[[parts]]
id = \"middle\"
title = \"The middle\"
";
const LOOP: &str = "> [!long] What happened? {#happened}\n\n> [!short] What do you call it? {#name}\n";
const KREIS: &str = "> [!long] Was ist geschehen? {#happened}\n\n> [!short] Wie nennt ihr es? {#name}\n";
const PULSE: &str = "> [!rating] In the past week {#past range=0-10}\n> - 0: not at all\n> - 10: very much\n> - How close have I felt? {#close}\n";

/// A lesson file in the making: its front matter, and what stands in its one step.
#[derive(Clone)]
struct Page {
    front: BTreeMap<String, String>,
    body: String,
}

impl Page {
    fn new(id: &str, more: &[(&str, &str)], body: &str) -> Self {
        let usual = [
            ("format", "1"),
            ("id", id),
            ("title", "A title"),
            ("version", "\"1.0.0\""),
            ("lang", "en"),
            ("audience", "either"),
            ("minutes", "5"),
            ("licence", "CC0-1.0"),
            ("sources", "[Ours]"),
        ];
        let front = usual
            .iter()
            .chain(more)
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        Self {
            front: front.collect(),
            body: body.to_owned(),
        }
    }

    fn text(&self) -> String {
        let front: String = self
            .front
            .iter()
            .map(|(key, value)| format!("{key}: {value}\n"))
            .collect();
        format!("---\n{front}---\n\n## One {{#one}}\n\n{}", self.body)
    }
}

/// What became of the lock of the release.
#[derive(Clone, Copy)]
enum Kept {
    Whole,
    Gone,
    Half,
}

/// The small course that the examples change.
#[derive(Clone)]
struct Course {
    manifest: String,
    pages: BTreeMap<String, Page>,
    utf16: BTreeSet<String>,
    lock: Kept,
}

impl Course {
    fn small() -> Self {
        let pulse = [("kind", "instrument"), ("scoring", "{method: none}")];
        let pages = [
            ("en/our-loop.md", Page::new("our-loop", &[], LOOP)),
            ("en/our-walk.md", Page::new("our-walk", &[], "Text.\n")),
            ("instruments/weekly-pulse.md", Page::new("weekly-pulse", &pulse, PULSE)),
        ];
        Self {
            manifest: MANIFEST.to_owned(),
            pages: pages.map(|(name, page)| (name.to_owned(), page)).into(),
            utf16: BTreeSet::new(),
            lock: Kept::Whole,
        }
    }

    /// The small course with what an example puts in its place.
    fn with(example: &str) -> Self {
        Self::small().and(example)
    }

    fn and(mut self, example: &str) -> Self {
        let course = &mut self;
        let mut at = String::new();
        let mut body_of = BTreeSet::new();
        for line in example.lines() {
            let (name, note) = line.split_once(" (").unwrap_or((line, ""));
            if matches!(name, "course.toml" | "course.lock") || name.ends_with(".md") {
                name.clone_into(&mut at);
                course.begin(name, note);
            } else if at == "course.toml" {
                course.set(line);
            } else {
                let page = course.pages.get_mut(&at).unwrap();
                let in_body = body_of.contains(&at);
                match line.split_once(": ") {
                    Some((key, value)) if !in_body && !line.starts_with('>') => {
                        page.front.insert(key.to_owned(), value.to_owned());
                    }
                    _ => {
                        if body_of.insert(at.clone()) {
                            page.body.clear();
                        }
                        page.body += &format!("{line}\n");
                    }
                }
            }
        }
        self
    }

    fn begin(&mut self, name: &str, note: &str) {
        match note {
            "" | "saved as UTF-8)" | "as `pairwise-lesson lock` wrote it)" => {}
            "saved as UTF-16)" => _ = self.utf16.insert(name.to_owned()),
            "not there)" => self.lock = Kept::Gone,
            "cut short)" => self.lock = Kept::Half,
            _ => panic!("nobody knows what ({note} means"),
        }
        if name.starts_with("de/") {
            self.set("languages = [\"en\", \"de\"]");
            let more = [("lang", "de"), ("translates", "our-loop@1.0.0")];
            self.pages.insert(name.to_owned(), Page::new("our-loop", &more, KREIS));
        } else if name.ends_with(".md") && !self.pages.contains_key(name) {
            self.pages
                .insert(name.to_owned(), Page::new(name_of(name), &[], "Text.\n"));
        }
    }

    /// A line of the manifest takes the place of the one with its key. A part or path stands on one line: `[[paths]] id = …; …`.
    fn set(&mut self, line: &str) {
        if line.starts_with("[[") {
            self.manifest += &format!("\n{}\n", line.replace("]] ", "]]\n").replace("; ", "\n"));
            return;
        }
        let key = line.split('=').next().unwrap();
        let (head, parts) = self.manifest.split_once("\n\n").unwrap();
        let others = head.lines().filter(|other| !other.starts_with(key));
        let head: Vec<&str> = others.chain([line]).collect();
        self.manifest = format!("{}\n\n{parts}", head.join("\n"));
    }

    fn write(&self, dir: &Path) {
        std::fs::write(dir.join("course.toml"), &self.manifest).unwrap();
        for (name, page) in &self.pages {
            let path = dir.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            let text = page.text();
            let bytes = if self.utf16.contains(name) {
                let units = std::iter::once(0xfeff).chain(text.encode_utf16());
                units.flat_map(u16::to_le_bytes).collect()
            } else {
                text.into_bytes()
            };
            std::fs::write(path, bytes).unwrap();
        }
        let lock = dir.join("course.lock");
        match self.lock {
            Kept::Whole => {}
            Kept::Gone => std::fs::remove_file(lock).unwrap(),
            Kept::Half => {
                let text = std::fs::read_to_string(&lock).unwrap();
                std::fs::write(lock, &text[..text.rfind('=').unwrap()]).unwrap();
            }
        }
    }
}

/// A file's name without its folder and its end.
fn name_of(file: &str) -> &str {
    file.rsplit('/').next().unwrap().trim_end_matches(".md")
}

/// What `check` tells of a course, each with all of its words; if that is asked, held against the lock of another.
fn told(course: &Course, released: Option<&Course>) -> Vec<String> {
    let dir = tempfile::tempdir().unwrap();
    if let Some(released) = released {
        released.write(dir.path());
        call(dir.path(), &["lock", "."]);
        assert!(dir.path().join("course.lock").exists(), "what was released is not well");
    }
    course.write(dir.path());
    let held: &[&str] = if released.is_some() { &["--locked"] } else { &[] };
    let json = call(dir.path(), &[&["check", "--json"], held, &["."]].concat());
    let list: serde_json::Value = serde_json::from_str(&json).unwrap_or_else(|_| panic!("{json}"));
    let told = |one: &serde_json::Value| {
        let word = |key: &str| one[key].as_str().unwrap_or("-").to_owned();
        format!(
            "{}:{}:{} {} {}\n  {}\n  help: {}\n  fix: {}",
            word("file"),
            one["line"],
            one["column"],
            word("severity"),
            word("code"),
            word("message"),
            word("help"),
            one["fix"]["text"].as_str().unwrap_or("-"),
        )
    };
    list.as_array().unwrap().iter().map(told).collect()
}

fn call(dir: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_pairwise-lesson"))
        .args(arguments)
        .current_dir(dir)
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// The reference's examples of a rule that are so marked.
fn examples(code: Code, mark: &str) -> Vec<&'static str> {
    let heading = format!("### {code}: {}\n", code.meaning());
    let (_, rest) = PAGE
        .split_once(&heading)
        .unwrap_or_else(|| panic!("{code} has no heading"));
    let section = rest.split("\n### ").next().unwrap();
    let open = format!("```text course {mark}\n");
    let pieces = section.split(open.as_str()).skip(1);
    pieces
        .map(|piece| piece.split("```").next().unwrap().trim_end())
        .collect()
}

fn of_a_course() -> impl Iterator<Item = Code> {
    Code::ALL
        .iter()
        .copied()
        .filter(|code| ("L049".."L070").contains(&code.as_str()))
}

/// What the examples of a rule about the lock are held against.
fn released(code: Code) -> Option<Course> {
    ("L060".."L070").contains(&code.as_str()).then(Course::small)
}

/// Edits that the reference has no example of. After `released` stands what the lock was made of, after `now` the edit.
const EDITS: &str = include_str!("support/edits.txt");

#[test]
fn the_small_course_is_well() {
    assert_eq!(told(&Course::small(), Some(&Course::small())), [""; 0]);
}

#[test]
fn every_example_of_a_course_in_the_reference_is_what_it_is_said_to_be() {
    assert_eq!(examples(Code::NotBuiltYet, "wrong"), [""; 0], "no file is told it");
    for code in of_a_course() {
        let (wrong, right) = (examples(code, "wrong"), examples(code, "right"));
        assert!(!wrong.is_empty() && !right.is_empty(), "{code} lacks an example");
        for example in wrong {
            let told = told(&Course::with(example), released(code).as_ref());
            let of_it = format!(" {code}\n");
            assert!(told.iter().any(|one| one.contains(&of_it)), "{code}: {told:#?}");
        }
        for example in right {
            assert_eq!(told(&Course::with(example), released(code).as_ref()), [""; 0], "{code}");
        }
    }
}

#[test]
fn every_rule_of_a_course_is_told_in_these_words() {
    let mut words = String::new();
    for code in of_a_course() {
        for example in examples(code, "wrong") {
            let told = told(&Course::with(example), released(code).as_ref()).join("\n");
            words += &format!("{code}: {}\n\n{example}\n\n{told}\n\n---\n\n", code.meaning());
        }
    }
    insta::assert_snapshot!(words);
}

#[test]
fn every_other_sentence_about_a_course_stands_as_it_is_told() {
    let mut words = String::new();
    for edit in EDITS.split("\n---\n") {
        let (title, example) = edit.trim().split_once('\n').unwrap();
        let told = match example
            .strip_prefix("released")
            .and_then(|rest| rest.split_once("now\n"))
        {
            Some((before, now)) => {
                let released = Course::with(before.trim_start());
                told(&released.clone().and(now), Some(&released))
            }
            None => told(&Course::with(example), None),
        };
        assert!(!told.is_empty(), "{title}: nothing is told");
        words += &format!("{title}\n\n{}\n\n---\n\n", told.join("\n"));
    }
    insta::assert_snapshot!(words);
}
