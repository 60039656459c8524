//! What a course is once it was read, with whatever is wrong in it.

use std::path::PathBuf;

use lesson::{Diagnostic, Id, Lesson, Severity};

use crate::manifest::Manifest;
use crate::pictures::Picture;

/// A course in one language, with whatever is wrong in it.
#[derive(Clone, Debug)]
pub struct Course {
    /// What the course says of itself.
    pub manifest: Manifest,
    /// The manifest as it stands in the file.
    pub manifest_source: String,
    /// What is wrong in the manifest.
    pub manifest_problems: Vec<Diagnostic>,
    /// The language it was read in; a lesson that has no usable translation stands in the course's first.
    pub language: String,
    /// Its lessons: those that the manifest lists, in its order, then the rest by name.
    pub lessons: Vec<LessonFile>,
    /// Its questionnaires, in the same way.
    pub instruments: Vec<LessonFile>,
    /// Translations that cannot be used. Their lessons stand in the course's first language.
    pub set_aside: Vec<LessonFile>,
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
    /// The pictures it shows and that may be shown; none of a file that was read by itself.
    pub pictures: Vec<Picture>,
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
        opened(&self.lessons, id)
    }

    /// The questionnaire of this id, if it opens.
    pub fn instrument(&self, id: &Id) -> Option<&Lesson> {
        opened(&self.instruments, id)
    }

    /// The file of the lesson or questionnaire of this id, if it has one that does not open.
    pub fn unopened(&self, id: &Id) -> Option<&LessonFile> {
        let mut shut = self.lessons.iter().chain(&self.instruments).filter(|file| !file.opens);
        shut.find(|file| file.id() == Some(id.as_str()))
    }

    /// Whether there is anything at all to mend.
    pub fn is_clean(&self) -> bool {
        self.manifest_problems.is_empty() && self.files().all(|file| file.diagnostics.is_empty())
    }

    /// Every file that was read, but the manifest.
    pub fn files(&self) -> impl Iterator<Item = &LessonFile> {
        self.lessons.iter().chain(&self.instruments).chain(&self.set_aside)
    }
}

fn opened<'c>(files: &'c [LessonFile], id: &Id) -> Option<&'c Lesson> {
    files
        .iter()
        .filter(|file| file.opens)
        .filter_map(|file| file.lesson.as_ref())
        .find(|lesson| lesson.meta.id == *id)
}

impl LessonFile {
    /// The id in the front matter, or else the file's name: a file that cannot be read is still in its place.
    pub(crate) fn id(&self) -> Option<&str> {
        match &self.lesson {
            Some(lesson) if self.opens => Some(lesson.meta.id.as_str()),
            Some(lesson) if lesson.meta.id.as_str() != "untitled" => Some(lesson.meta.id.as_str()),
            _ => self.stem(),
        }
    }

    /// The file's name without `.md`.
    pub(crate) fn stem(&self) -> Option<&str> {
        self.file.rsplit('/').next().and_then(|name| name.strip_suffix(".md"))
    }

    /// Takes up what a look across the course found; an error keeps the file from being used.
    pub(crate) fn add(&mut self, found: Vec<Diagnostic>) {
        self.opens = self.opens && found.iter().all(|diagnostic| diagnostic.severity != Severity::Error);
        self.diagnostics.extend(found);
    }
}
