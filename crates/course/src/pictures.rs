//! A lesson's pictures: each lies in the course, is what its name says, and is no larger than a picture may be. Outside
//! this crate a picture is asked for by the hash of its bytes, so that no name in a lesson ever becomes a path there.

use std::collections::BTreeSet;
use std::io;

use lesson::{Code, Diagnostic, Inline, Item, Lesson, Prose, Severity, is_in_pack};
use serde_json::Value as Json;

use crate::archive::{ContentHash, Image, MAX_IMAGE, MAX_PIXELS};
use crate::files::{Files, Unread};
use crate::whole::{Course, LessonFile};

/// A picture that a lesson shows, as it was when the course was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Below the course's folder, as the lesson names it.
    pub name: String,
    /// Of its bytes.
    pub hash: ContentHash,
    /// What its name and its bytes both say it is.
    pub kind: Image,
}

impl Course {
    /// The pictures of every lesson and questionnaire that opens.
    pub fn pictures(&self) -> impl Iterator<Item = &Picture> {
        let opened = self.lessons.iter().chain(&self.instruments).filter(|file| file.opens);
        opened.flat_map(|file| &file.pictures)
    }

    /// The bytes of one of its pictures, and what they are; `None` for every other hash, and for a picture that has gone
    /// or is no longer what it was.
    pub fn picture(&self, files: &impl Files, hash: &str) -> Option<(Image, Vec<u8>)> {
        let picture = self.pictures().find(|picture| picture.hash.as_str() == hash)?;
        let bytes = files.bytes(&picture.name, MAX_IMAGE).ok()?;
        (ContentHash::of(&bytes) == picture.hash).then_some((picture.kind, bytes))
    }
}

/// Takes up the pictures that a lesson shows, and what is wrong with them.
pub(crate) fn take_up(files: &impl Files, file: &mut LessonFile) {
    // Few lessons have any.
    let Some(lesson) = file.lesson.as_ref().filter(|_| file.source.contains("![")) else {
        return;
    };
    let names = pictures(lesson, &file.source);
    let mut problems = Vec::new();
    for name in names {
        match read(files, &name) {
            Ok((kind, hash)) => file.pictures.push(Picture { name, hash, kind }),
            Err(message) => {
                let mut diagnostic = Diagnostic::of_file(Code::ImageRefused, Severity::Error, message);
                let at = file.source.find(&format!("]({name}"));
                diagnostic.span = at.map_or(0..0, |at| at + 2..at + 2 + name.len());
                problems.push(diagnostic);
            }
        }
    }
    file.add(problems);
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

/// What a picture is, or what is wrong with it.
fn read(files: &impl Files, src: &str) -> Result<(Image, ContentHash), String> {
    let bytes = files.bytes(src, MAX_IMAGE).map_err(|unread| match unread {
        Unread::TooLarge => format!(
            "`{src}` is larger than {} MiB, the most a picture may be.",
            MAX_IMAGE / 1024 / 1024
        ),
        Unread::Failed(error) if error.kind() == io::ErrorKind::NotFound => {
            format!("There is no picture `{src}` in the course's folder.")
        }
        Unread::Failed(error) => format!("The picture `{src}` cannot be read: {error}."),
    })?;
    let end = src.rsplit('.').next().unwrap_or_default().to_lowercase();
    let kind = Image::named(&end)
        .filter(|named| Image::of(&bytes) == Some(*named))
        .ok_or_else(|| format!("`{src}` is not the kind of picture that its name says."))?;
    match kind.size(&bytes) {
        Some((width, height)) if width.max(height) <= MAX_PIXELS => Ok((kind, ContentHash::of(&bytes))),
        Some((width, height)) => Err(format!(
            "`{src}` is {width} × {height} pixels large, and {MAX_PIXELS} on a side is the most a picture may be."
        )),
        None => Err(format!("`{src}` does not say how large it is.")),
    }
}
