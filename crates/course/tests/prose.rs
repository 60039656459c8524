//! The built-in course's words: long enough to be a sitting, plain enough to be read when tired, and none that label
//! or promise. `cargo test -p course --test prose -- --nocapture` prints the table.
//!
//! What stands outside the bounds for a good reason is in `prose-allowed.toml`, with the reason.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::Deserialize;

#[path = "support/count.rs"]
mod count;
use count::{Prose, body};

const WORDS: std::ops::RangeInclusive<usize> = 600..=1400;
const GRADE: std::ops::RangeInclusive<f64> = 6.0..=8.0;
const LONGEST: usize = 20;
/// As many lessons as the whole course has.
const WHOLE: usize = 22;
/// As many kinds of block as the grammar has.
const KINDS: usize = 26;

/// Words that label people, promise what nobody can, or suppose how people live. A star stands for any ending.
const BANNED: &[&str] = &[
    "90%",
    "90 %",
    "90 per cent",
    "90 percent",
    "proven",
    "clinically validated",
    "clinically significant",
    "guarantee*",
    "toxic*",
    "narcissis*",
    "gaslight*",
    "codependen*",
    "co-dependen*",
    "borderline",
    "avoidant*",
    "attachment style*",
    "love language*",
    "should",
    "shouldn't",
    "spouse*",
    "husband*",
    "wife",
    "wives",
    "marriage*",
    "marital",
    "saves",
    "fix your partner",
    "change your partner",
];

/// What one lesson's words are like.
struct Report {
    lesson: String,
    words: usize,
    grade: f64,
    longest: (usize, String),
    kinds: BTreeSet<&'static str>,
    banned: Vec<String>,
}

impl Report {
    fn of(lesson: &str, source: &str) -> Self {
        let prose = Prose::of(source);
        let (count, longest) = prose.longest();
        let parsed = lesson::parse(source).lesson.unwrap();
        Report {
            lesson: lesson.to_owned(),
            words: prose.words,
            grade: prose.grade(),
            longest: (count, longest.to_owned()),
            kinds: parsed.blocks().map(|block| block.kind.name()).collect(),
            banned: banned(body(source)),
        }
    }

    /// What is outside the bounds: what an allowance calls it, and how it is told.
    fn outside(&self) -> Vec<(String, String)> {
        let mut outside = Vec::new();
        if !WORDS.contains(&self.words) {
            let told = format!(
                "{} words of prose, not {} to {}",
                self.words,
                WORDS.start(),
                WORDS.end()
            );
            outside.push(("words".to_owned(), told));
        }
        if !GRADE.contains(&self.grade) {
            let told = format!(
                "reads at grade {:.1}, not {} to {}",
                self.grade,
                GRADE.start(),
                GRADE.end()
            );
            outside.push(("grade".to_owned(), told));
        }
        if self.longest.0 > LONGEST {
            let told = format!("a sentence of {} words: {}", self.longest.0, self.longest.1);
            outside.push(("sentence".to_owned(), told));
        }
        outside.extend(self.banned.iter().map(|word| (word.clone(), format!("says “{word}”"))));
        outside
    }
}

/// Which banned words a text says.
fn banned(text: &str) -> Vec<String> {
    let text = text.to_lowercase().replace('’', "'");
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let says = |entry: &str| {
        let word = entry.trim_end_matches('*');
        text.match_indices(word).any(|(at, _)| {
            let begins = !is_word(text[..at].chars().next_back());
            let ends = word.len() < entry.len() || !is_word(text[at + word.len()..].chars().next());
            begins && ends
        })
    };
    BANNED
        .iter()
        .filter(|entry| says(entry))
        .map(|entry| (*entry).to_owned())
        .collect()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Allowed {
    #[serde(default)]
    allow: Vec<Allowance>,
}

/// One thing that one lesson may do.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Allowance {
    lesson: String,
    /// `words`, `grade`, `sentence`, or a banned word as it stands in the list.
    what: String,
    reason: String,
}

/// The repository's own lessons; or those of a folder that is named, to look at a draft.
#[allow(clippy::disallowed_methods, reason = "a writer names their own folder")]
fn lessons() -> PathBuf {
    std::env::var_os("PROSE_OF").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lessons/en"),
        PathBuf::from,
    )
}

fn reports() -> Vec<Report> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(lessons())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "md"))
        .collect();
    files.sort();
    let report = |path: &PathBuf| {
        let stem = path.file_stem().unwrap().to_str().unwrap();
        Report::of(stem, &std::fs::read_to_string(path).unwrap())
    };
    files.iter().map(report).collect()
}

#[test]
fn every_lesson_is_a_sitting_in_plain_kind_words() {
    let allowed: Allowed = toml::from_str(include_str!("prose-allowed.toml")).unwrap();
    let reports = reports();
    assert!(!reports.is_empty());
    println!("{:24} {:>5} {:>5} {:>8}  kinds", "lesson", "words", "grade", "longest");
    let mut wrong = Vec::new();
    let mut used = vec![false; allowed.allow.len()];
    for report in &reports {
        let kinds: Vec<&str> = report.kinds.iter().copied().collect();
        println!(
            "{:24} {:>5} {:>5.1} {:>8}  {}",
            report.lesson,
            report.words,
            report.grade,
            report.longest.0,
            kinds.join(" ")
        );
        for (what, told) in report.outside() {
            let by = |entry: &Allowance| entry.lesson == report.lesson && entry.what == what;
            match allowed.allow.iter().position(by) {
                Some(at) => used[at] = true,
                None => wrong.push(format!("{}: {told}", report.lesson)),
            }
        }
    }
    for (entry, _) in allowed.allow.iter().zip(&used).filter(|(_, used)| !**used) {
        let here = reports.iter().any(|report| report.lesson == entry.lesson);
        if here {
            wrong.push(format!(
                "{}: `{}` is allowed and not needed any more",
                entry.lesson, entry.what
            ));
        }
    }
    let without_reason = allowed.allow.iter().filter(|entry| entry.reason.trim().is_empty());
    wrong.extend(without_reason.map(|entry| format!("{}: `{}` has no reason", entry.lesson, entry.what)));
    // The whole course: every kind of block is there because some lesson needs it.
    let kinds: BTreeSet<&str> = reports.iter().flat_map(|report| report.kinds.iter().copied()).collect();
    if reports.len() >= WHOLE && kinds.len() < KINDS {
        wrong.push(format!(
            "only {} of {KINDS} kinds of block are used: {kinds:?}",
            kinds.len()
        ));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn words_are_counted_as_one_would_by_hand() {
    let source = "---\nid: a\n---\n\n## Not counted {#one}\n\nTwo people talk. They don't shout!\nOne stays.\n\n> [!choice] Not counted {#how}\n> This is help.\n> - not counted {#no}\n\n> [!note] Not counted\n> - A note counts.\n\n- A list counts {#nor-this}\n";
    let prose = Prose::of(source);
    let expected = [
        "Two people talk.",
        "They don't shout!",
        "One stays.",
        "This is help.",
        "A note counts.",
        "A list counts",
    ];
    assert_eq!(prose.sentences, expected);
    assert_eq!((prose.words, prose.longest()), (17, (3, "Two people talk.")));
    let said = |text: &str| banned(text);
    assert_eq!(said("That is Toxic. You shouldn’t."), ["toxic*", "shouldn't"]);
    assert_eq!(said("The shoulder of a midwife, unproven."), [""; 0]);
}
