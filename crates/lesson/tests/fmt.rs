//! `fmt` writes what was left out, and touches nothing that answers hang on.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

use proptest::prelude::*;

const FRONT: &str = "---\nformat: 1\nid: small\ntitle: \"Small\"\nversion: \"1.0.0\"\nlang: en\naudience: either\nminutes: 5\nlicence: CC-BY-SA-4.0\nsources: [\"Ours.\"]\n---\n";

fn lesson(body: &str) -> String {
    format!("{FRONT}\n{body}")
}

fn ids(source: &str) -> Vec<String> {
    let lesson = lesson::parse(source).lesson.unwrap();
    let steps = lesson.steps.iter().map(|step| step.id.to_string());
    steps.chain(lesson.blocks().map(|block| block.id.to_string())).collect()
}

/// Every lesson of this repository, and some drafts.
fn files() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut all = Vec::new();
    for folder in ["lessons/en", "tests/course/en"] {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            all.push(fs::read_to_string(entry.unwrap().path()).unwrap());
        }
    }
    all.push(lesson(
        "## One\n\n> [!choice] Which?\n> - Tea\n> - Tea\n> - Coffee {#tea}\n\n## One\n\n> [!long] Why? {private}\n",
    ));
    all.push("\u{feff}---\r\nformat: 1\r\nid: a\r\n---\r\n\r\n## Hello  \r\n\r\n> [!short]   Name?   {  max=4   #name }  \r\n>   \r\n".into());
    all
}

#[test]
fn ids_that_were_left_out_are_written_once_and_differ() {
    let draft = lesson(
        "## One\n\n> [!choice] Which?\n> - Tea\n> - Tea\n> - Coffee {#tea}\n\n## One\n\n> [!long] Why? {private}\n",
    );
    let tidy = lesson::fmt(&draft);
    let parsed = lesson::parse(&tidy);
    assert!(parsed.diagnostics.is_empty(), "{:#?}\n{tidy}", parsed.diagnostics);
    let wanted = "
## One {#one}

> [!choice] Which? {#which}
> - Tea {#tea-2}
> - Tea {#tea-3}
> - Coffee {#tea}

## One {#one-2}

> [!long] Why? {#why private}
";
    assert_eq!(tidy.strip_prefix(FRONT).unwrap(), wanted);
}

#[test]
fn a_file_from_another_editor_becomes_plain() {
    let tidy = lesson::fmt(files().last().unwrap());
    assert_eq!(
        tidy,
        "---\nformat: 1\nid: a\n---\n\n## Hello {#hello}\n\n> [!short]   Name? {#name max=4}\n>\n"
    );
}

#[test]
fn doing_it_twice_is_doing_it_once() {
    for file in files() {
        let once = lesson::fmt(&file);
        assert_eq!(lesson::fmt(&once), once);
    }
}

#[test]
fn no_id_and_no_word_of_a_whole_lesson_changes() {
    for file in files().into_iter().filter(|file| lesson::parse(file).opens()) {
        let tidy = lesson::fmt(&file);
        assert_eq!(lesson::parse(&tidy).lesson, lesson::parse(&file).lesson);
    }
}

proptest! {
    /// Any line of a real lesson taken out, doubled, cut or mixed with odd characters.
    #[test]
    fn it_holds_for_files_in_any_state(which in 0usize..32, line in 0usize..400, how in 0usize..5, odd in "[ \\t{}#>\\-\\n`a-z]{0,12}") {
        let all = files();
        let mut lines: Vec<String> = all[which % all.len()].split('\n').map(str::to_owned).collect();
        let at = line % lines.len();
        match how {
            0 => drop(lines.remove(at)),
            1 => lines.insert(at, lines[at].clone()),
            2 => lines[at].push_str(&odd),
            3 => lines[at] = odd,
            _ => lines[at] = lines[at].replace(" {#", " {"),
        }
        let source = lines.join("\n");
        let once = lesson::fmt(&source);
        prop_assert_eq!(lesson::fmt(&once), once.clone());
        let (before, after) = (ids(&source), ids(&once));
        let written = |id: &&String| ["}", " "].iter().any(|end| source.contains(&format!("{{#{id}{end}")));
        for id in before.iter().filter(written) {
            prop_assert!(after.contains(id), "{id} is gone");
        }
    }
}
