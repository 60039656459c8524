//! `course.toml`: what the course is called, which lessons it has and in which order, and its parts.

use std::ops::Range;

use lesson::{Code, Diagnostic, Id, Severity};
use serde::Deserialize;

/// The manifest of a course.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The format's version: 1.
    pub format: u32,
    /// Names the course (the pack).
    pub id: Id,
    /// As people read it.
    pub title: String,
    /// Semantic version of the whole.
    pub version: String,
    /// The languages it has, the first being the one that others fall back to. Each is a folder.
    pub languages: Vec<String>,
    /// SPDX name of the licence of its text.
    pub licence: String,
    /// The ids of its lessons, in the order suggested to people.
    pub lessons: Vec<Id>,
    /// Questionnaires: not built yet, so it has to be empty.
    #[serde(default)]
    pub instruments: Vec<String>,
    /// Ways through the course: not built yet, so it has to be empty.
    #[serde(default)]
    pub paths: Vec<String>,
    /// The parts it is divided into, in order.
    #[serde(default)]
    pub parts: Vec<Part>,
}

/// A part of a course.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Names it; a lesson's front matter says `part:` with it.
    pub id: Id,
    /// As people read it.
    pub title: String,
}

/// Reads a manifest. What is wrong comes back beside whatever could be read.
pub(crate) fn read(source: &str) -> (Option<Manifest>, Vec<Diagnostic>) {
    let manifest: Manifest = match toml::from_str(source) {
        Ok(manifest) => manifest,
        Err(error) => {
            let message = format!("The course's manifest cannot be read: {}.", error.message());
            return (None, vec![problem(error.span().unwrap_or(0..0), source, message)]);
        }
    };
    let mut problems = Vec::new();
    if manifest.format != 1 {
        problems.push(problem(
            find(source, "format"),
            source,
            format!(
                "This course says `format = {}`. This version of Pairwise reads format 1.",
                manifest.format
            ),
        ));
    }
    if manifest.languages.is_empty() {
        problems.push(problem(
            find(source, "languages"),
            source,
            "This course has no languages.".to_owned(),
        ));
    }
    for language in &manifest.languages {
        // A language becomes a folder's name: nothing else may.
        if language.is_empty() || !language.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') {
            problems.push(problem(
                find(source, "languages"),
                source,
                format!("`{language}` is not a language tag."),
            ));
        }
    }
    for (key, list) in [("instruments", &manifest.instruments), ("paths", &manifest.paths)] {
        if !list.is_empty() {
            let mut diagnostic = problem(
                find(source, key),
                source,
                format!("This version of Pairwise cannot do `{key}` yet."),
            );
            diagnostic.code = Code::NotBuiltYet;
            problems.push(diagnostic);
        }
    }
    for (at, id) in manifest.lessons.iter().enumerate() {
        if manifest.lessons[..at].contains(id) {
            problems.push(problem(
                find(source, "lessons"),
                source,
                format!("The lesson `{id}` is listed twice."),
            ));
        }
    }
    for (at, part) in manifest.parts.iter().enumerate() {
        if manifest.parts[..at].iter().any(|other| other.id == part.id) {
            problems.push(problem(
                find(source, "[[parts]]"),
                source,
                format!("The part `{}` is there twice.", part.id),
            ));
        }
    }
    (Some(manifest), problems)
}

fn problem(span: Range<usize>, source: &str, message: String) -> Diagnostic {
    let mut diagnostic = Diagnostic::of_file(Code::ManifestUnreadable, Severity::Error, message);
    let start = source.floor_char_boundary(span.start);
    diagnostic.span = start..source.floor_char_boundary(span.end).max(start);
    diagnostic
}

/// Where a key stands: the start of its line.
pub(crate) fn find(source: &str, key: &str) -> Range<usize> {
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        if line.trim_start().starts_with(key) {
            return at..at + line.trim_end().len();
        }
        at += line.len();
    }
    0..0
}
