//! A lesson's pictures: each lies in the course, is what its name says, and is no larger than a picture may be.

use std::collections::BTreeSet;
use std::io;

use lesson::{Code, Diagnostic, Inline, Item, Lesson, Prose, Severity, is_in_pack};
use serde_json::Value as Json;

use crate::archive::{Image, MAX_IMAGE, MAX_PIXELS};
use crate::files::{Files, Unread};
use crate::whole::LessonFile;

/// What is wrong with the pictures that a lesson shows.
pub(crate) fn check(files: &impl Files, file: &LessonFile) -> Vec<Diagnostic> {
    // Few lessons have any.
    let Some(lesson) = file.lesson.as_ref().filter(|_| file.source.contains("![")) else {
        return Vec::new();
    };
    let wrong = |src: &String| Some((src.clone(), wrong(files, src)?));
    let told = |(src, message): (String, String)| {
        let mut diagnostic = Diagnostic::of_file(Code::ImageRefused, Severity::Error, message);
        let at = file
            .source
            .find(&format!("]({src}"))
            .map_or(0..0, |at| at + 2..at + 2 + src.len());
        diagnostic.span = at;
        diagnostic
    };
    pictures(lesson, &file.source)
        .iter()
        .filter_map(wrong)
        .map(told)
        .collect()
}

/// The names of a lesson's pictures, each once.
fn pictures(lesson: &Lesson, source: &str) -> BTreeSet<String> {
    let mut found = Vec::new();
    of_prose(&lesson.intro, &mut found);
    for step in &lesson.steps {
        of_inlines(&step.title, &mut found);
        for item in &step.body {
            match item {
                Item::Prose { prose } => of_prose(std::slice::from_ref(prose), &mut found),
                Item::Block { block } => {
                    of_inlines(&block.prompt, &mut found);
                    of_prose(&block.help, &mut found);
                }
            }
        }
    }
    // The rest stand in options and the like, of which every kind has its own, and hardly ever a picture.
    if found.len() < source.matches("![").count() {
        for block in lesson.blocks() {
            of_json(&serde_json::to_value(&block.kind).unwrap_or(Json::Null), &mut found);
        }
    }
    // Any other name was refused when the lesson was read, and must not be looked for.
    found.into_iter().filter(|name| is_in_pack(name)).collect()
}

fn of_prose(list: &[Prose], found: &mut Vec<String>) {
    for prose in list {
        match prose {
            Prose::Paragraph { children } | Prose::Heading { children, .. } => of_inlines(children, found),
            Prose::List { items, .. } => items.iter().for_each(|item| of_prose(item, found)),
            Prose::Quote { children, .. } | Prose::Footnote { children, .. } => of_prose(children, found),
            Prose::Table { head, rows, .. } => {
                let cells = head.iter().chain(rows.iter().flatten());
                cells.for_each(|cell| of_inlines(cell, found));
            }
            Prose::Code { .. } | Prose::Rule => {}
        }
    }
}

fn of_inlines(list: &[Inline], found: &mut Vec<String>) {
    for inline in list {
        match inline {
            Inline::Image { src, .. } => found.push(src.clone()),
            Inline::Emph { children }
            | Inline::Strong { children }
            | Inline::Strike { children }
            | Inline::Link { children, .. } => of_inlines(children, found),
            _ => {}
        }
    }
}

fn of_json(json: &Json, found: &mut Vec<String>) {
    match json {
        Json::Object(map) => {
            if map.get("type").is_some_and(|kind| kind == "image")
                && let Some(src) = map.get("src").and_then(Json::as_str)
            {
                found.push(src.to_owned());
            }
            map.values().for_each(|value| of_json(value, found));
        }
        Json::Array(list) => list.iter().for_each(|value| of_json(value, found)),
        _ => {}
    }
}

fn wrong(files: &impl Files, src: &str) -> Option<String> {
    let bytes = match files.bytes(src, MAX_IMAGE) {
        Ok(bytes) => bytes,
        Err(Unread::TooLarge) => {
            return Some(format!(
                "`{src}` is larger than {} MiB, the most a picture may be.",
                MAX_IMAGE / 1024 / 1024
            ));
        }
        Err(Unread::Failed(error)) if error.kind() == io::ErrorKind::NotFound => {
            return Some(format!("There is no picture `{src}` in the course's folder."));
        }
        Err(Unread::Failed(error)) => return Some(format!("The picture `{src}` cannot be read: {error}.")),
    };
    let end = src.rsplit('.').next().unwrap_or_default().to_lowercase();
    let named = Image::named(&end)?;
    if Image::of(&bytes) != Some(named) {
        return Some(format!("`{src}` is not the kind of picture that its name says."));
    }
    match named.size(&bytes) {
        Some((width, height)) if width.max(height) <= MAX_PIXELS => None,
        Some((width, height)) => Some(format!(
            "`{src}` is {width} × {height} pixels large, and {MAX_PIXELS} on a side is the most a picture may be."
        )),
        None => Some(format!("`{src}` does not say how large it is.")),
    }
}
