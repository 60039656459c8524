//! Looking a whole course over, in every language it has.

use std::collections::BTreeSet;
use std::path::Path;

use lesson::{Code, Diagnostic, Severity};

use crate::files::{Files, Folder};
use crate::help_lines::help_lines_from;
use crate::manifest;
use crate::read::{below, original, translations};
use crate::translation;
use crate::whole::{Course, LessonFile, LoadError};

/// A file that was looked at, and what is to be mended in it.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Below the course's folder, with `/`.
    pub file: String,
    /// Its text; empty if it could not be read.
    pub source: String,
    /// What is to be mended.
    pub diagnostics: Vec<Diagnostic>,
}

impl Checked {
    /// Something in it keeps it from being used.
    pub fn is_broken(&self) -> bool {
        self.diagnostics
            .iter()
            .any(|diagnostic| diagnostic.severity == Severity::Error)
    }
}

impl From<&LessonFile> for Checked {
    fn from(file: &LessonFile) -> Self {
        Checked {
            file: file.file.clone(),
            source: file.source.clone(),
            diagnostics: file.diagnostics.clone(),
        }
    }
}

/// What came of looking a course over.
#[derive(Clone, Debug)]
pub struct Look {
    /// Every file, the manifest first.
    pub files: Vec<Checked>,
    /// The course in its first language; none if its manifest is not in its form.
    pub course: Option<Course>,
}

/// Looks a course over: its manifest, every lesson and questionnaire in every language, its help lines.
pub fn look(dir: &Path) -> Result<Look, LoadError> {
    look_from(&Folder(dir.to_owned())).map_err(|error| below(dir, error))
}

/// The same for a course that does not lie in a folder.
pub fn look_from(files: &impl Files) -> Result<Look, LoadError> {
    let first = match original(files) {
        Ok(course) => course,
        Err(LoadError::Manifest { text, problems, .. }) => {
            let manifest = Checked {
                file: "course.toml".to_owned(),
                source: text,
                diagnostics: problems,
            };
            return Ok(Look {
                files: vec![manifest],
                course: None,
            });
        }
        Err(error) => return Err(error),
    };
    let mut problems = first.manifest_problems.clone();
    let mut checked: Vec<Checked> = first.files().map(Checked::from).collect();
    let languages = &first.manifest.languages;
    for (at, lang) in languages.iter().enumerate().skip(1) {
        // One that is listed twice is told once, in the manifest, and not looked at as its own translation.
        if !manifest::is_language(lang) || languages[..at].contains(lang) {
            continue;
        }
        let mut theirs = translations(files, lang);
        problems.append(&mut theirs.problems);
        // Only what is translated has to be beside it: a course may be large and have many languages.
        let beside = Course {
            lessons: translated(&first.lessons, &theirs.lessons),
            instruments: translated(&first.instruments, &theirs.instruments),
            manifest_source: String::new(),
            manifest_problems: Vec::new(),
            set_aside: Vec::new(),
            language: lang.clone(),
            manifest: first.manifest.clone(),
        };
        let course = translation::stand_in(beside, lang, theirs);
        let start = format!("{lang}/");
        let theirs = course.files().filter(|file| file.file.starts_with(&start));
        checked.extend(theirs.map(Checked::from));
    }
    if let Some(Err(error)) = help_lines_from(files) {
        checked.push(Checked {
            file: "help-lines.toml".to_owned(),
            source: String::new(),
            diagnostics: vec![Diagnostic::of_file(
                Code::FileUnreadable,
                Severity::Error,
                error.to_string(),
            )],
        });
    }
    let manifest = Checked {
        file: "course.toml".to_owned(),
        source: first.manifest_source.clone(),
        diagnostics: problems,
    };
    checked.insert(0, manifest);
    Ok(Look {
        files: checked,
        course: Some(first),
    })
}

/// The originals of these translations. Of two with one id it is the last, as where they stand in.
fn translated<'c>(originals: &'c [LessonFile], translations: &[LessonFile]) -> Vec<LessonFile> {
    let wanted: BTreeSet<&str> = translations.iter().filter_map(LessonFile::id).collect();
    let mut met = BTreeSet::new();
    let last = |file: &&'c LessonFile| file.id().is_some_and(|id| wanted.contains(id) && met.insert(id));
    let mut found: Vec<LessonFile> = originals.iter().rev().filter(last).cloned().collect();
    found.reverse();
    found
}
