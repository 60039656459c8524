//! The reference is true: every example on `docs/lesson-format.md` is what the page says it is.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use lesson::{Code, parse};

const PAGE: &str = include_str!("../../../docs/lesson-format.md");
const TUTORIAL: &str = include_str!("../../../docs/writing-lessons.md");

const FRONT: &[(&str, &str)] = &[
    ("format", "1"),
    ("id", "evening-walk"),
    ("title", "An evening walk"),
    ("version", "\"1.0.0\""),
    ("lang", "en"),
    ("audience", "either"),
    ("minutes", "15"),
    ("licence", "CC-BY-SA-4.0"),
    ("sources", "[\"Our own.\"]"),
];

/// A fenced example, and the rule it stands under.
struct Example {
    line: usize,
    info: String,
    text: String,
    rule: Option<String>,
}

fn examples(page: &str) -> Vec<Example> {
    let (mut examples, mut open, mut rule): (Vec<Example>, Option<(String, Example)>, Option<String>) =
        (vec![], None, None);
    for (at, line) in page.lines().enumerate() {
        match &mut open {
            Some((fence, _)) if line == fence => examples.extend(open.take().map(|(_, example)| example)),
            Some((_, example)) => example.text += &format!("{line}\n"),
            None if line.starts_with("```") => {
                let info = line.trim_start_matches('`');
                let example = Example {
                    line: at + 1,
                    info: info.to_owned(),
                    text: String::new(),
                    rule: rule.clone(),
                };
                open = Some((line[..line.len() - info.len()].to_owned(), example));
            }
            None if line.starts_with('#') => rule = line.strip_prefix("### L").map(|rest| format!("L{}", &rest[..3])),
            None => {}
        }
    }
    examples
}

/// An example as a whole lesson.
fn whole(example: &Example) -> String {
    let is = |word: &str| example.info.split(' ').any(|part| part == word);
    let mut text = example.text.clone();
    if is("escaped") {
        text = text.replace("\\u{202E}", "\u{202e}").replace("\\r", "\r");
        if text.contains('\r') {
            return text.replace('\n', "");
        }
    }
    if !is("yaml") && (text.starts_with("---\n") || text.starts_with("format: 1\n")) {
        return text;
    }
    let mut front: BTreeMap<&str, String> = FRONT.iter().map(|(key, value)| (*key, (*value).to_owned())).collect();
    if is("instrument") {
        front.insert("kind", "instrument".to_owned());
        front.insert("scoring", "{method: sum}".to_owned());
    }
    let mut body = text.clone();
    if is("yaml") {
        for line in text.lines() {
            let (key, value) = line.split_once(": ").unwrap();
            front.insert(key, value.to_owned());
        }
        body = "Text.\n".to_owned();
    }
    let front: String = front.iter().map(|(key, value)| format!("{key}: {value}\n")).collect();
    // An example with steps after its first piece stands in a step as well.
    let step = if body.starts_with("## ") {
        ""
    } else {
        "## A step {#a-step}\n\n"
    };
    format!("---\n{front}---\n\n{step}{body}")
}

#[test]
fn every_example_of_the_reference_is_what_it_is_said_to_be() {
    let mut wrong = String::new();
    for example in examples(PAGE) {
        let lesson = example.info.starts_with("markdown") || example.info.starts_with("yaml");
        if !lesson {
            continue;
        }
        let told: Vec<String> = parse(&whole(&example))
            .diagnostics
            .iter()
            .map(|d| format!("{} {}", d.code, d.message))
            .collect();
        let well = match (&example.rule, example.info.ends_with("wrong")) {
            (Some(rule), true) => told.iter().any(|told| told.starts_with(rule.as_str())),
            _ => told.is_empty(),
        };
        if !well {
            wrong += &format!("line {}: {} {told:?}\n", example.line, example.info);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_rule_of_a_lesson_file_has_a_wrong_and_a_right_example() {
    let examples = examples(PAGE);
    for code in Code::ALL {
        let of_a_course = ("L049".."L070").contains(&code.as_str()) || *code == Code::NotBuiltYet;
        if of_a_course {
            continue;
        }
        assert!(
            PAGE.contains(&format!("### {code}: {}\n", code.meaning())),
            "{code} has no heading"
        );
        for kind in ["wrong", "right"] {
            let has = examples
                .iter()
                .any(|example| example.rule.as_deref() == Some(code.as_str()) && example.info.ends_with(kind));
            assert!(has, "{code} has no {kind} example");
        }
    }
}

#[test]
fn the_lesson_of_the_tutorial_grows_without_a_mistake() {
    let lessons: Vec<Example> = examples(TUTORIAL)
        .into_iter()
        .filter(|example| example.info == "markdown")
        .collect();
    assert!(lessons.len() >= 5, "only {} examples", lessons.len());
    for example in &lessons {
        assert_eq!(parse(&whole(example)).diagnostics, vec![], "line {}", example.line);
    }
    let last = lessons.last().unwrap();
    assert!(last.text.starts_with("---\n"), "the finished lesson stands last, whole");
}

#[test]
fn what_the_tutorial_shows_the_checker_saying_is_what_it_says() {
    let examples = examples(TUTORIAL);
    let shown: Vec<&Example> = examples
        .iter()
        .filter(|example| example.info == "markdown wrong")
        .collect();
    assert!(!shown.is_empty());
    for example in shown {
        let told = parse(&whole(example)).diagnostics;
        let said = told
            .iter()
            .all(|d| TUTORIAL.contains(&d.message) && TUTORIAL.contains(d.code.as_str()));
        assert!(said && !told.is_empty(), "line {}: {told:?}", example.line);
    }
}
