//! What only the whole course can tell: lessons that name each other, and the manifest's list.

use std::ops::Range;

use lesson::{Code, Diagnostic, Id, Kind, Lesson, Severity};

use crate::folder::{Course, LessonFile};
use crate::manifest::find;

/// Checks a course across its files and puts its lessons in the manifest's order.
pub(crate) fn across(course: &mut Course, language: &str) {
    order(course);
    missing(course, language);
    twice(course);
    let lessons: Vec<Lesson> = course.lessons.iter().filter_map(|file| file.lesson.clone()).collect();
    for file in &mut course.lessons {
        let Some(lesson) = file.lesson.clone() else { continue };
        part(file, &lesson, course.manifest.parts.iter().map(|part| &part.id));
        requires(file, &lesson, &lessons);
        recalls(file, &lesson, &lessons);
        if !file.listed {
            let id = &lesson.meta.id;
            add(
                file,
                Code::FileUnlisted,
                Severity::Warning,
                0..0,
                format!(
                    "The manifest does not list this lesson, so no order is suggested for it. Add `\"{id}\"` to `lessons` in course.toml."
                ),
            );
        }
        file.opens = file.opens
            && file
                .diagnostics
                .iter()
                .all(|diagnostic| diagnostic.severity != Severity::Error);
    }
}

fn add(file: &mut LessonFile, code: Code, severity: Severity, span: Range<usize>, message: String) {
    let mut diagnostic = Diagnostic::of_file(code, severity, message);
    diagnostic.span = span;
    file.diagnostics.push(diagnostic);
}

/// The id in the front matter, or else the file's name: a file that cannot be read is still in its place.
fn is(file: &LessonFile, id: &Id) -> bool {
    let stem = file.file.rsplit('/').next().and_then(|name| name.strip_suffix(".md"));
    match &file.lesson {
        Some(lesson) if lesson.meta.id == *id => true,
        Some(_) if file.opens => false,
        _ => stem == Some(id.as_str()),
    }
}

fn order(course: &mut Course) {
    let listed = course.manifest.lessons.clone();
    for file in &mut course.lessons {
        file.listed = listed.iter().any(|id| is(file, id));
    }
    let place = |file: &LessonFile| listed.iter().position(|id| is(file, id)).unwrap_or(usize::MAX);
    course.lessons.sort_by_key(place);
}

fn missing(course: &mut Course, language: &str) {
    let absent: Vec<Id> = course
        .manifest
        .lessons
        .iter()
        .filter(|id| !course.lessons.iter().any(|file| is(file, id)))
        .cloned()
        .collect();
    for id in absent {
        let message =
            format!("The manifest lists `{id}`, but there is no lesson of that id in the folder `{language}`.");
        let mut diagnostic = Diagnostic::of_file(Code::ManifestFile, Severity::Error, message);
        diagnostic.span = find(&course.manifest_source, "lessons");
        course.manifest_problems.push(diagnostic);
    }
}

fn twice(course: &mut Course) {
    let ids: Vec<Option<Id>> = course
        .lessons
        .iter()
        .map(|file| {
            file.lesson
                .as_ref()
                .filter(|_| file.opens)
                .map(|lesson| lesson.meta.id.clone())
        })
        .collect();
    for at in 0..ids.len() {
        let Some(first) = ids[at]
            .as_ref()
            .and_then(|id| ids[..at].iter().position(|other| other.as_ref() == Some(id)))
        else {
            continue;
        };
        let (other, id) = (course.lessons[first].file.clone(), ids[at].clone());
        let file = &mut course.lessons[at];
        let span = find(&file.source, "id:");
        let id = id.map_or_else(String::new, |id| id.to_string());
        add(
            file,
            Code::LessonTwice,
            Severity::Error,
            span,
            format!("`{other}` holds a lesson with the id `{id}` already. Give this one another."),
        );
        file.opens = false;
    }
}

fn part<'a>(file: &mut LessonFile, lesson: &Lesson, mut parts: impl Iterator<Item = &'a Id>) {
    let Some(part) = &lesson.meta.part else { return };
    if !parts.any(|known| known == part) {
        let span = find(&file.source, "part:");
        add(
            file,
            Code::PartUnknown,
            Severity::Error,
            span,
            format!("course.toml has no part `{part}`."),
        );
    }
}

fn requires(file: &mut LessonFile, lesson: &Lesson, lessons: &[Lesson]) {
    for id in &lesson.meta.requires {
        if !lessons.iter().any(|other| other.meta.id == *id) {
            let span = find(&file.source, "requires:");
            add(
                file,
                Code::LessonUnknown,
                Severity::Error,
                span,
                format!("This lesson asks for `{id}` before it, which is not in this course."),
            );
        }
    }
}

fn recalls(file: &mut LessonFile, lesson: &Lesson, lessons: &[Lesson]) {
    for block in lesson.blocks() {
        let Kind::Recall { of } = &block.kind else { continue };
        // An empty name was reported when the file was read.
        if of.lesson.as_str().is_empty() {
            continue;
        }
        let target = lessons.iter().find(|other| other.meta.id == of.lesson);
        let field = target
            .and_then(|other| other.block(&of.field))
            .filter(|block| block.privacy.is_some());
        let message = match (target, field, &of.part) {
            (None, _, _) => format!(
                "This recalls an answer from `{}`, which is not in this course.",
                of.lesson
            ),
            (_, None, _) => format!("The lesson `{}` has no field `{}` to recall.", of.lesson, of.field),
            (_, Some(field), Some(part)) if !has_part(&field.kind, part) => {
                format!("`{}` in `{}` has no part `{part}`.", of.field, of.lesson)
            }
            _ => continue,
        };
        let span = pointer(&file.source, of);
        add(file, Code::LessonUnknown, Severity::Error, span, message);
    }
}

fn has_part(kind: &Kind, part: &Id) -> bool {
    matches!(kind, Kind::Cycle { stages, .. } if stages.iter().any(|stage| stage.id == *part))
}

/// Where a recall says what it recalls.
fn pointer(source: &str, of: &lesson::RecallOf) -> Range<usize> {
    let text = match &of.part {
        Some(part) => format!("of={}.{}.{part}", of.lesson, of.field),
        None => format!("of={}.{}", of.lesson, of.field),
    };
    source.find(&text).map_or(0..0, |at| at..at + text.len())
}
