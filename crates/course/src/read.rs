//! Reading a course: the manifest, then every lesson and questionnaire.
//!
//! Lessons lie in their language's folder, `en/our-loop.md`. Questionnaires lie in `instruments/`, in the course's
//! first language, since the published wording of one is the same everywhere; where somebody may translate one, the
//! translation lies in `de/instruments/`. Whatever is translated keeps its ids and stands in for its original as a
//! whole, or not at all.

use std::io;
use std::path::{Path, PathBuf};

use lesson::{Code, Diagnostic, MAX_LESSON, Severity};

use crate::across;
use crate::files::{Files, Folder, Unread};
use crate::manifest::{self, INSTRUMENTS, Manifest};
use crate::pictures;
use crate::translation::{self, Translations};
use crate::whole::{Course, LessonFile, LoadError};

/// Most files read from one folder.
const MAX_FILES: usize = 2_000;
/// Largest manifest, in bytes.
const MAX_MANIFEST: usize = MAX_LESSON;

/// Reads a course in one language; in one that it does not have, in its first.
pub fn load(dir: &Path, lang: &str) -> Result<Course, LoadError> {
    load_from(&Folder(dir.to_owned()), lang).map_err(|error| below(dir, error))
}

/// The same for a course that does not lie in a folder.
pub fn load_from(files: &impl Files, lang: &str) -> Result<Course, LoadError> {
    let original = original(files)?;
    let mut others = original.manifest.languages.iter().skip(1);
    if !manifest::is_language(lang) || !others.any(|known| known == lang) {
        return Ok(original);
    }
    Ok(translation::stand_in(original, lang, translations(files, lang)))
}

/// A course in its first language.
pub(crate) fn original(files: &impl Files) -> Result<Course, LoadError> {
    let (manifest, manifest_source, problems) = manifest_of(files)?;
    let first = manifest.languages.first().filter(|lang| manifest::is_language(lang));
    let mut course = Course {
        language: first.cloned().unwrap_or_default(),
        manifest: manifest.clone(),
        manifest_source,
        manifest_problems: problems,
        lessons: Vec::new(),
        instruments: Vec::new(),
        set_aside: Vec::new(),
    };
    if let Some(language) = first {
        course.lessons = listed(files, language, &mut course.manifest_problems);
    }
    // There need not be such a folder; what the manifest lists and is not there is told by its name.
    let absent = files.names(INSTRUMENTS).err().map(|error| error.kind());
    if absent != Some(io::ErrorKind::NotFound) {
        course.instruments = listed(files, INSTRUMENTS, &mut course.manifest_problems);
    }
    across::check(&mut course);
    Ok(course)
}

/// The files of another language.
pub(crate) fn translations(files: &impl Files, lang: &str) -> Translations {
    let mut problems = Vec::new();
    let lessons = listed(files, lang, &mut problems);
    // That there is no folder for questionnaires is the rule.
    let instruments = listed(files, &format!("{lang}/{INSTRUMENTS}"), &mut Vec::new());
    Translations {
        lessons,
        instruments,
        problems,
    }
}

fn manifest_of(files: &impl Files) -> Result<(Manifest, String, Vec<Diagnostic>), LoadError> {
    let path = PathBuf::from("course.toml");
    let unreadable = |source| LoadError::Unreadable {
        path: path.clone(),
        source,
    };
    let bytes = files
        .bytes("course.toml", MAX_MANIFEST)
        .map_err(|unread| match unread {
            Unread::Failed(source) => unreadable(source),
            Unread::TooLarge => unreadable(io::Error::other("it is far too large")),
        })?;
    let text = String::from_utf8(bytes).map_err(|_| unreadable(io::Error::other("it is not UTF-8 text")))?;
    let (manifest, problems) = manifest::read(&text);
    match manifest {
        Some(manifest) => Ok((manifest, text, problems)),
        None => Err(LoadError::Manifest { path, text, problems }),
    }
}

/// Says where the manifest is that an error speaks of.
pub(crate) fn below(dir: &Path, error: LoadError) -> LoadError {
    match error {
        LoadError::Unreadable { path, source } => LoadError::Unreadable {
            path: dir.join(path),
            source,
        },
        LoadError::Manifest { path, text, problems } => LoadError::Manifest {
            path: dir.join(path),
            text,
            problems,
        },
    }
}

fn listed(files: &impl Files, folder: &str, problems: &mut Vec<Diagnostic>) -> Vec<LessonFile> {
    let tell = |message: String| Diagnostic::of_file(Code::FileUnreadable, Severity::Error, message);
    let names = files.names(folder).unwrap_or_else(|error| {
        problems.push(tell(format!("The folder `{folder}` cannot be read: {error}.")));
        Vec::new()
    });
    let mut names: Vec<String> = names.into_iter().filter(|name| name.ends_with(".md")).collect();
    if names.len() > MAX_FILES {
        problems.push(tell(format!(
            "The folder `{folder}` holds more than {MAX_FILES} lessons; the rest was not read."
        )));
        names.truncate(MAX_FILES);
    }
    let read = |name: &String| {
        let mut file = file_from(files, &format!("{folder}/{name}"));
        pictures::take_up(files, &mut file);
        file
    };
    names.iter().map(read).collect()
}

/// Reads one lesson file below a folder; that it cannot be read is its diagnostic.
pub fn lesson_file(dir: &Path, file: &str) -> LessonFile {
    file_from(&Folder(dir.to_owned()), file)
}

fn file_from(files: &impl Files, file: &str) -> LessonFile {
    match text(files, file) {
        Ok(source) => lesson_text(file, source),
        Err(message) => {
            let mut diagnostic = Diagnostic::of_file(Code::FileUnreadable, Severity::Error, message);
            diagnostic.help("Nothing in it was changed. Look at the file, or put back a copy of it.");
            LessonFile {
                file: file.to_owned(),
                source: String::new(),
                lesson: None,
                diagnostics: vec![diagnostic],
                pictures: Vec::new(),
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
        pictures: Vec::new(),
        opens,
        listed: false,
    }
}

fn text(files: &impl Files, name: &str) -> Result<String, String> {
    let bytes = files.bytes(name, MAX_LESSON).map_err(|unread| match unread {
        Unread::Failed(error) => format!("This file cannot be read: {error}."),
        Unread::TooLarge => format!(
            "This file is larger than {} KiB, the most a lesson may be.",
            MAX_LESSON / 1024
        ),
    })?;
    String::from_utf8(bytes).map_err(|error| {
        let line = error.as_bytes()[..error.utf8_error().valid_up_to()]
            .iter()
            .filter(|b| **b == b'\n')
            .count()
            + 1;
        format!("This file is not UTF-8 text: line {line} holds a sign in another encoding. Save it again as UTF-8.")
    })
}
