//! What a subcommand is to look at: files, folders, archives or standard input.

use std::io::Read;
use std::path::{Path, PathBuf};

use course::{Checked, Course, LessonFile, LoadError};

/// What was looked at.
pub(crate) struct Looked {
    /// Each file, named as the person who called would name it.
    pub(crate) files: Vec<Checked>,
    /// The course in its first language and the folder it lies in, if that is what was named.
    pub(crate) course: Option<(Course, PathBuf)>,
}

/// Looks at one target.
pub(crate) fn look_at(target: &str) -> Result<Looked, String> {
    if target == "-" {
        return Ok(files(vec![Checked::from(&course::lesson_text("-", standard_input()?))]));
    }
    let path = Path::new(target);
    if !path.exists() {
        return Err(format!("There is no file or folder `{target}`."));
    }
    if path.is_dir() {
        return if path.join("course.toml").exists() {
            course_folder(path)
        } else {
            plain_folder(path)
        };
    }
    if path.extension().is_some_and(|end| end == course::ARCHIVE_END) {
        return archive(path);
    }
    Ok(files(vec![Checked::from(&course::lesson_file(Path::new(""), target))]))
}

fn files(files: Vec<Checked>) -> Looked {
    Looked { files, course: None }
}

/// A course, which must lie in a folder.
pub(crate) fn course_folder(path: &Path) -> Result<Looked, String> {
    let look = course::look(path).map_err(|error| error.to_string())?;
    Ok(Looked {
        files: below(path, look.files),
        course: look.course.map(|course| (course, path.to_owned())),
    })
}

/// Files, named from where the caller stands.
pub(crate) fn below(path: &Path, files: Vec<Checked>) -> Vec<Checked> {
    let below = format!("{}/", path.display().to_string().trim_end_matches('/'));
    let named = |file: Checked| Checked {
        file: format!("{below}{}", file.file),
        ..file
    };
    files.into_iter().map(named).collect()
}

fn archive(path: &Path) -> Result<Looked, String> {
    let unreadable = |error: std::io::Error| format!("`{}` cannot be read: {error}.", path.display());
    let size = std::fs::metadata(path).map_err(unreadable)?.len();
    let opened = if size > course::MAX_ARCHIVE as u64 {
        Err(course::ArchiveError::ArchiveTooLarge)
    } else {
        course::unpack(&std::fs::read(path).map_err(unreadable)?)
    };
    let look = match opened {
        Ok(unpacked) => course::look_from(&unpacked),
        Err(error) => {
            let message = error.to_string();
            let told = lesson::Diagnostic::of_file(lesson::Code::FileUnreadable, lesson::Severity::Error, message);
            return Ok(files(vec![Checked {
                file: path.display().to_string(),
                source: String::new(),
                diagnostics: vec![told],
            }]));
        }
    };
    match look {
        Ok(look) => Ok(files(below(path, look.files))),
        Err(error @ (LoadError::Unreadable { .. } | LoadError::Manifest { .. })) => Err(error.to_string()),
    }
}

fn plain_folder(path: &Path) -> Result<Looked, String> {
    let said = |error: std::io::Error| format!("The folder `{}` cannot be read: {error}.", path.display());
    let entries: Result<Vec<PathBuf>, _> = std::fs::read_dir(path)
        .map_err(said)?
        .map(|entry| entry.map(|e| e.path()))
        .collect();
    let mut lessons: Vec<PathBuf> = entries
        .map_err(said)?
        .into_iter()
        .filter(|file| file.extension().is_some_and(|e| e == "md"))
        .collect();
    lessons.sort();
    if lessons.is_empty() {
        return Err(format!(
            "There is no course.toml and no lesson (.md) in `{}`.",
            path.display()
        ));
    }
    Ok(files(
        lessons
            .iter()
            .map(|file| Checked::from(&course::lesson_file(Path::new(""), &file.display().to_string())))
            .collect(),
    ))
}

/// The one lesson that a target names: a file, or standard input.
pub(crate) fn one_lesson(target: &str) -> Result<LessonFile, String> {
    if target == "-" {
        Ok(course::lesson_text("-", standard_input()?))
    } else if Path::new(target).is_file() {
        Ok(course::lesson_file(Path::new(""), target))
    } else {
        Err(format!("There is no file `{target}`."))
    }
}

/// Standard input as text.
pub(crate) fn standard_input() -> Result<String, String> {
    let mut text = String::new();
    // One byte more than may be, so that too much is noticed and no more is taken in.
    let most = lesson::MAX_LESSON as u64 + 1;
    std::io::stdin()
        .take(most)
        .read_to_string(&mut text)
        .map_err(|error| format!("Standard input cannot be read: {error}."))?;
    Ok(text)
}
