//! A course against its lock.

use std::collections::{BTreeMap, BTreeSet};

use lesson::{Code, Diagnostic, Id, Severity};

use super::lesson::compare_lesson;
use super::{Lock, LockedLesson};
use crate::manifest::find;
use crate::whole::{Course, LessonFile};

/// What the lock has against a course as it is now.
#[derive(Clone, Debug, Default)]
pub struct Unexplained {
    /// About the manifest.
    pub manifest: Vec<Diagnostic>,
    /// By file, as [`crate::LessonFile::file`] names it.
    pub files: BTreeMap<String, Vec<Diagnostic>>,
}

impl Unexplained {
    /// Every change says what it is, and none loses or shows an answer.
    pub fn is_empty(&self) -> bool {
        self.manifest.is_empty() && self.files.is_empty()
    }
}

/// Holds a course, in its first language, against the lock of its last release.
pub fn compare(lock: &Lock, course: &Course) -> Unexplained {
    let mut told = Unexplained::default();
    let mut tell = |key: &str, message: String, help: String| {
        let mut diagnostic = Diagnostic::of_file(Code::LockBroken, Severity::Error, message);
        diagnostic.span = find(&course.manifest_source, key);
        diagnostic.help(help);
        told.manifest.push(diagnostic);
    };
    if lock.course != course.manifest.id {
        tell(
            "id",
            format!(
                "The lock is of the course `{}`, and this is `{}`. Answers are kept under a course's id.",
                lock.course, course.manifest.id
            ),
            format!(
                "Write `id = \"{}\"`, or, for a course of its own, take course.lock away.",
                lock.course
            ),
        );
        return told;
    }
    let retired: BTreeSet<&Id> = course.manifest.retired.iter().collect();
    for id in lock.retired.iter().filter(|id| !retired.contains(id)) {
        tell(
            "retired",
            format!("`{id}` was retired, and it is not in `retired` any more."),
            format!("Put `\"{id}\"` back into `retired`, so that nothing else is ever kept under that name."),
        );
    }
    let files = course.lessons.iter().chain(&course.instruments);
    // Whether it opens or is broken.
    let there: BTreeSet<&str> = files.filter_map(LessonFile::id).collect();
    for locked in lock.lessons.iter().filter(|locked| !there.contains(locked.id.as_str())) {
        if !retired.contains(&locked.id) {
            tell(
                "lessons",
                format!(
                    "The lesson `{}` was released, and now it is gone. People may have answered it.",
                    locked.id
                ),
                format!(
                    "Put it back. If nobody is to begin it any more, write `retired = [\"{}\"]` here: answers are kept, and the id is never used again.",
                    locked.id
                ),
            );
        }
    }
    let released: BTreeMap<&Id, &LockedLesson> = lock.lessons.iter().map(|lesson| (&lesson.id, lesson)).collect();
    for file in course
        .lessons
        .iter()
        .chain(&course.instruments)
        .filter(|file| file.opens)
    {
        let Some(lesson) = &file.lesson else { continue };
        let Some(locked) = released.get(&lesson.meta.id) else {
            continue;
        };
        let found = compare_lesson(locked, lesson, &file.source);
        if !found.is_empty() {
            told.files.insert(file.file.clone(), found);
        }
    }
    told
}
