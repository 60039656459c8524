//! `course.toml`: what the course is called, which lessons it has and in which order, its parts, and ways through it.

use std::collections::BTreeSet;
use std::ops::Range;

use lesson::{Audience, Code, Diagnostic, Id, Severity, did_you_mean};
use serde::{Deserialize, Serialize};

const KEYS: &[&str] = &[
    "format",
    "id",
    "title",
    "version",
    "languages",
    "licence",
    "lessons",
    "instruments",
    "paths",
    "parts",
    "retired",
    "who",
];

/// Most languages of a course: each is looked for and held against the first.
pub const MAX_LANGUAGES: usize = 100;
/// Most that is told of one file by a look across the course.
pub(crate) const MAX_TOLD: usize = 200;

/// The manifest of a course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The ids of its questionnaires.
    #[serde(default)]
    pub instruments: Vec<Id>,
    /// Ways through the course, by what is going on for the person.
    #[serde(default)]
    pub paths: Vec<Situation>,
    /// The parts it is divided into, in order.
    #[serde(default)]
    pub parts: Vec<Part>,
    /// Ids of lessons and questionnaires that were taken out, and must not come back as something else.
    #[serde(default)]
    pub retired: Vec<Id>,
}

/// A part of a course.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Names it; a lesson's front matter says `part:` with it.
    pub id: Id,
    /// As people read it.
    pub title: String,
}

/// What is going on for a person, and the lessons that may serve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Situation {
    /// Names it.
    pub id: Id,
    /// As the person would say it: "We have the same argument again and again".
    pub title: String,
    /// Lessons, in the order suggested.
    pub lessons: Vec<Id>,
    /// Whom it suits.
    #[serde(default = "anyone")]
    pub who: Audience,
}

fn anyone() -> Audience {
    Audience::Either
}

/// Reads a manifest. What is wrong comes back beside whatever could be read.
pub(crate) fn read(source: &str) -> (Option<Manifest>, Vec<Diagnostic>) {
    let mut manifest: Manifest = match toml::from_str(source) {
        Ok(manifest) => manifest,
        Err(error) => {
            let message = format!("The course's manifest cannot be read: {}.", error.message());
            let mut diagnostic = problem(error.span().unwrap_or(0..0), source, message);
            diagnostic.help = misspelt(error.message());
            return (None, vec![diagnostic]);
        }
    };
    let mut found = Vec::new();
    let mut tell = |key: &str, message: String| {
        if found.len() < MAX_TOLD {
            found.push(problem(find(source, key), source, message));
        }
    };
    if manifest.format != 1 {
        tell(
            "format",
            format!(
                "This course says `format = {}`. This version of Pairwise reads format 1.",
                manifest.format
            ),
        );
    }
    if manifest.languages.is_empty() {
        tell("languages", "This course has no languages.".to_owned());
    }
    for language in &manifest.languages {
        if !is_language(language) {
            tell("languages", format!("`{language}` is not a language tag."));
        }
    }
    if let Some(twice) = repeated(&manifest.languages) {
        tell("languages", format!("The language `{twice}` is listed twice."));
    }
    if manifest.languages.len() > MAX_LANGUAGES {
        tell(
            "languages",
            format!("This course has more than {MAX_LANGUAGES} languages; the rest was not read."),
        );
        manifest.languages.truncate(MAX_LANGUAGES);
    }
    if let Some(twice) = repeated(&manifest.lessons) {
        tell("lessons", format!("The lesson `{twice}` is listed twice."));
    }
    if let Some(twice) = repeated(&manifest.instruments) {
        tell("instruments", format!("The questionnaire `{twice}` is listed twice."));
    }
    if let Some(twice) = repeated(manifest.parts.iter().map(|part| &part.id)) {
        tell("[[parts]]", format!("The part `{twice}` is there twice."));
    }
    if let Some(twice) = repeated(manifest.paths.iter().map(|path| &path.id)) {
        tell("[[paths]]", format!("The path `{twice}` is there twice."));
    }
    for path in &manifest.paths {
        if path.lessons.is_empty() {
            tell("[[paths]]", format!("The path `{}` has no lessons.", path.id));
        }
        if let Some(twice) = repeated(&path.lessons) {
            tell(
                "[[paths]]",
                format!("The path `{}` has the lesson `{twice}` twice.", path.id),
            );
        }
    }
    let retired: BTreeSet<&Id> = manifest.retired.iter().collect();
    for id in manifest.lessons.iter().chain(&manifest.instruments) {
        if retired.contains(id) {
            tell(
                "retired",
                format!("`{id}` was retired, so nothing else may have that id. Choose another."),
            );
        }
    }
    (Some(manifest), found)
}

/// A language becomes a folder's name: nothing else may. `instruments` is another folder's.
pub(crate) fn is_language(text: &str) -> bool {
    !text.is_empty() && text != INSTRUMENTS && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// The folder of the questionnaires.
pub(crate) const INSTRUMENTS: &str = "instruments";

/// What was meant by a key that serde does not know.
fn misspelt(message: &str) -> Option<String> {
    let wrong = message.strip_prefix("unknown field `")?.split('`').next()?;
    did_you_mean(wrong, KEYS.iter().copied())
}

fn repeated<T: Ord + Copy>(list: impl IntoIterator<Item = T>) -> Option<T> {
    let mut seen = BTreeSet::new();
    list.into_iter().find(|one| !seen.insert(*one))
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
