//! Files that a person could really make or send, each with exactly what it is told, where.
//!
//! Beside each `tests/clumsy/NAME.md` stands `NAME.txt`. After a change of words: `UPDATE_CLUMSY=1 cargo test -p
//! lesson --test clumsy`, and read the difference as the author of such a file would.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use lesson::{Severity, parse, place};

/// What a file is told: a line for each finding with its place, then what to do about it.
fn told(source: &str) -> String {
    let parsed = parse(source);
    let mut out = String::new();
    for d in &parsed.diagnostics {
        let (from, to) = (place(source, d.span.start), place(source, d.span.end));
        let severity = if d.severity == Severity::Error {
            ""
        } else {
            " (warning)"
        };
        let span = format!("{}:{}-{}:{}", from.line, from.column, to.line, to.column);
        writeln!(out, "{} {span}{severity} {}", d.code, d.message).unwrap();
        for label in &d.labels {
            let at = place(source, label.span.start);
            writeln!(out, "    and {}:{} {}", at.line, at.column, label.text).unwrap();
        }
        if let Some(help) = &d.help {
            writeln!(out, "    {help}").unwrap();
        }
        if let Some(fix) = &d.fix {
            let at = place(source, fix.span.start);
            writeln!(
                out,
                "    fix {}:{} {:?} -> {:?}",
                at.line,
                at.column,
                &source[fix.span.clone()],
                fix.text
            )
            .unwrap();
        }
    }
    if out.is_empty() {
        out = "nothing to mend\n".to_owned();
    }
    out
}

fn files() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clumsy");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "md"))
        .collect();
    files.sort();
    files
}

#[test]
#[allow(clippy::disallowed_methods, reason = "asks whether to write what is expected anew")]
fn every_clumsy_file_is_told_exactly_what_is_wrong_and_where() {
    let update = std::env::var_os("UPDATE_CLUMSY").is_some();
    let mut wrong = String::new();
    for file in files() {
        let told = told(&std::fs::read_to_string(&file).unwrap());
        let beside = file.with_extension("txt");
        if update {
            std::fs::write(&beside, &told).unwrap();
        }
        let expected = std::fs::read_to_string(&beside).unwrap_or_default();
        if told != expected {
            writeln!(wrong, "== {}\n-- expected\n{expected}-- told\n{told}", file.display()).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_fix_mends_what_it_is_offered_for() {
    for file in files() {
        let mut source = std::fs::read_to_string(&file).unwrap();
        // One after the other, as an author would take them.
        for _ in 0..40 {
            let found = parse(&source).diagnostics;
            let Some(d) = found.iter().find(|d| d.fix.is_some()) else {
                break;
            };
            let fix = d.fix.clone().unwrap();
            let same = |other: &&lesson::Diagnostic| other.code == d.code && other.message == d.message;
            let before = found.iter().filter(same).count();
            source.replace_range(fix.span.clone(), &fix.text);
            let after = parse(&source).diagnostics.iter().filter(same).count();
            assert!(
                after < before,
                "{}: the fix for {} ({}) leaves it",
                file.display(),
                d.code,
                d.message
            );
        }
        let left = parse(&source).diagnostics;
        assert!(
            left.iter().all(|d| d.fix.is_none()),
            "{}: fixes that go in circles",
            file.display()
        );
    }
}

#[test]
fn the_files_are_as_many_as_promised_and_none_that_is_broken_opens_silently() {
    let files = files();
    assert!(files.len() >= 60, "only {}", files.len());
    for file in files {
        let source = std::fs::read_to_string(&file).unwrap();
        let parsed = parse(&source);
        assert_eq!(
            parsed.opens(),
            parsed.diagnostics.iter().all(|d| d.severity != Severity::Error),
            "{}",
            file.display()
        );
        for d in &parsed.diagnostics {
            assert!(
                d.help.is_some() || d.fix.is_some(),
                "{}: {} says what is wrong, and not what to do",
                file.display(),
                d.code
            );
        }
    }
}
