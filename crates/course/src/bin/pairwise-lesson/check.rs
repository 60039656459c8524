//! `check`: says what is to be mended.

use std::path::Path;

use course::{Checked, Course};
use lesson::{Code, Diagnostic, Severity};

use crate::arguments::Arguments;
use crate::targets::{Looked, look_at};
use crate::{Outcome, USAGE, render, watch};

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let arguments = Arguments::read(arguments, &["--json", "--locked", "--watch"], &[])?;
    if arguments.targets.is_empty() {
        return Err(format!("Say which files to check.\n\n{USAGE}"));
    }
    let (json, locked) = (arguments.has("--json"), arguments.has("--locked"));
    let once = || {
        let checked = look(&arguments.targets, locked)?;
        if json {
            render::json(&checked);
        } else {
            render::text(&checked);
        }
        Ok(checked.iter().all(|file| file.diagnostics.is_empty()))
    };
    if arguments.has("--watch") {
        return watch::again(&arguments.targets, &once);
    }
    once()
}

fn look(targets: &[String], locked: bool) -> Result<Vec<Checked>, String> {
    let mut checked = Vec::new();
    for target in targets {
        let mut looked = look_at(target)?;
        if locked {
            against_lock(target, &mut looked)?;
        }
        checked.extend(looked.files);
    }
    Ok(checked)
}

/// Adds what the lock has against a course.
fn against_lock(target: &str, looked: &mut Looked) -> Result<(), String> {
    let Some((course, dir)) = &looked.course else {
        // Its manifest is broken, and that is reported.
        if Path::new(target).join("course.toml").exists() {
            return Ok(());
        }
        return Err(format!(
            "`--locked` is for a folder with a course.toml, and `{target}` is none."
        ));
    };
    let found = match read_lock(dir) {
        Ok(Some(text)) => match course::read_lock(&text) {
            Ok(lock) => {
                add(&lock, course, dir, &mut looked.files);
                return Ok(());
            }
            Err(message) => unreadable(
                format!("course.lock cannot be read: {message}."),
                "It is written by `pairwise-lesson lock`. Put back the one of the last release.",
            ),
        },
        Ok(None) => unreadable(
            "This course has no course.lock, so nothing says what its last release asked.".to_owned(),
            "Write one with `pairwise-lesson lock`, when the course is first given to anybody.",
        ),
        Err(message) => unreadable(message, "Nothing in it was changed."),
    };
    looked.files.push(Checked {
        file: dir.join(course::LOCK_FILE).display().to_string(),
        source: String::new(),
        diagnostics: vec![found],
    });
    Ok(())
}

fn unreadable(message: String, help: &str) -> Diagnostic {
    let mut diagnostic = Diagnostic::of_file(Code::LockUnreadable, Severity::Error, message);
    diagnostic.help(help);
    diagnostic
}

/// A course's lock, if it has one.
pub(crate) fn read_lock(dir: &Path) -> Result<Option<String>, String> {
    match std::fs::read_to_string(dir.join(course::LOCK_FILE)) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(format!("course.lock cannot be read: {error}.")),
    }
}

/// Adds what a lock has against a course to the files it is about.
pub(crate) fn add(lock: &course::Lock, course: &Course, dir: &Path, files: &mut [Checked]) {
    let mut told = course::compare(lock, course);
    let below = format!("{}/", dir.display().to_string().trim_end_matches('/'));
    for file in files {
        let name = file.file.strip_prefix(&below).unwrap_or(&file.file);
        if name == "course.toml" {
            file.diagnostics.append(&mut told.manifest);
        } else if let Some(found) = told.files.remove(name) {
            file.diagnostics.extend(found);
        }
    }
}
