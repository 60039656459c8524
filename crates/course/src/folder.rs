//! Reading a course's folder: the manifest, then every lesson file of one language.

use std::path::{Path, PathBuf};

use lesson::{Code, Diagnostic, Id, Lesson, MAX_LESSON, Severity};

use crate::check;
use crate::manifest::{self, Manifest};

/// Most files read from one language's folder.
const MAX_FILES: usize = 2_000;

/// A course, with whatever is wrong in it.
#[derive(Clone, Debug)]
pub struct Course {
    /// What the course says of itself.
    pub manifest: Manifest,
    /// The manifest as it stands in the file.
    pub manifest_source: String,
    /// What is wrong in the manifest.
    pub manifest_problems: Vec<Diagnostic>,
    /// Its lessons: those that the manifest lists, in its order, then the rest by name.
    pub lessons: Vec<LessonFile>,
}

/// One lesson file.
#[derive(Clone, Debug)]
pub struct LessonFile {
    /// Below the course's folder, with `/`: `en/our-loop.md`.
    pub file: String,
    /// The file's text; empty if it could not be read.
    pub source: String,
    /// As much of a lesson as could be read.
    pub lesson: Option<Lesson>,
    /// What is wrong in it.
    pub diagnostics: Vec<Diagnostic>,
    /// It may be used.
    pub opens: bool,
    /// The manifest lists it.
    pub listed: bool,
}

/// Why a folder is not a course.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// There is no manifest, or it cannot be read from the disk.
    #[error("the course's manifest {path} could not be read: {source}")]
    Unreadable {
        /// The manifest.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The manifest is not in its form.
    #[error("the course's manifest {path} is not in its form: {}", problems.first().map_or("", |p| p.message.as_str()))]
    Manifest {
        /// The manifest.
        path: PathBuf,
        /// Its text.
        text: String,
        /// What is wrong in it.
        problems: Vec<Diagnostic>,
    },
}

impl Course {
    /// The lesson of this id, if it opens.
    pub fn lesson(&self, id: &Id) -> Option<&Lesson> {
        self.lessons
            .iter()
            .filter(|file| file.opens)
            .filter_map(|file| file.lesson.as_ref())
            .find(|lesson| lesson.meta.id == *id)
    }

    /// Whether there is anything at all to mend.
    pub fn is_clean(&self) -> bool {
        self.manifest_problems.is_empty() && self.lessons.iter().all(|file| file.diagnostics.is_empty())
    }
}

/// Reads a course in one language; in one that it does not have, in its first.
pub fn load(dir: &Path, lang: &str) -> Result<Course, LoadError> {
    let path = dir.join("course.toml");
    let text = std::fs::read_to_string(&path).map_err(|source| LoadError::Unreadable {
        path: path.clone(),
        source,
    })?;
    let (manifest, problems) = manifest::read(&text);
    let Some(manifest) = manifest else {
        return Err(LoadError::Manifest { path, text, problems });
    };
    let known = |language: &&String| problems.is_empty() || !language.contains(['/', '\\', '.']);
    let language = manifest
        .languages
        .iter()
        .find(|known| *known == lang)
        .or(manifest.languages.first())
        .filter(known);
    let mut course = Course {
        manifest_source: text,
        manifest_problems: problems,
        lessons: Vec::new(),
        manifest: manifest.clone(),
    };
    if let Some(language) = language {
        match files(&dir.join(language)) {
            Ok(names) => {
                course.lessons = names
                    .iter()
                    .map(|name| lesson_file(dir, &format!("{language}/{name}")))
                    .collect();
            }
            Err(error) => course.manifest_problems.push(Diagnostic::of_file(
                Code::FileUnreadable,
                Severity::Error,
                format!("The folder `{language}` cannot be read: {error}."),
            )),
        }
    }
    check::across(&mut course, language.map_or("", String::as_str));
    Ok(course)
}

fn files(dir: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".md") && !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort();
    names.truncate(MAX_FILES);
    Ok(names)
}

/// Reads one lesson file below a folder; that it cannot be read is its diagnostic.
pub fn lesson_file(dir: &Path, file: &str) -> LessonFile {
    match text(&dir.join(file)) {
        Ok(source) => lesson_text(file, source),
        Err(message) => {
            let mut diagnostic = Diagnostic::of_file(Code::FileUnreadable, Severity::Error, message);
            diagnostic.help("Nothing in it was changed. Look at the file, or put back a copy of it.");
            LessonFile {
                file: file.to_owned(),
                source: String::new(),
                lesson: None,
                diagnostics: vec![diagnostic],
                opens: false,
                listed: false,
            }
        }
    }
}

/// A lesson from text that is at hand.
pub fn lesson_text(file: &str, source: String) -> LessonFile {
    let parsed = lesson::parse(&source);
    let opens = parsed.opens();
    LessonFile {
        file: file.to_owned(),
        source,
        lesson: parsed.lesson,
        diagnostics: parsed.diagnostics,
        opens,
        listed: false,
    }
}

fn text(path: &Path) -> Result<String, String> {
    let said = |error: std::io::Error| format!("This file cannot be read: {error}.");
    // Looked at first, so that a huge file is never taken into memory.
    let size = std::fs::metadata(path).map_err(said)?.len();
    if size > MAX_LESSON as u64 {
        return Err(format!(
            "This file is larger than {} KiB, the most a lesson may be.",
            MAX_LESSON / 1024
        ));
    }
    let bytes = std::fs::read(path).map_err(said)?;
    String::from_utf8(bytes).map_err(|error| {
        let line = error.as_bytes()[..error.utf8_error().valid_up_to()]
            .iter()
            .filter(|b| **b == b'\n')
            .count()
            + 1;
        format!("This file is not UTF-8 text: line {line} holds a sign in another encoding. Save it again as UTF-8.")
    })
}
