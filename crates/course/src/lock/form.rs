//! The lock as a file: one line for each thing that answers are kept under, so that a change to it reads as a change.

use std::fmt::Write;

use lesson::Id;

use super::{Lock, LockedField, LockedItem, LockedLesson, Role};

/// The name of the file, beside the manifest.
pub const LOCK_FILE: &str = "course.lock";

const HEAD: &str = "\
# What the last release of this course asked, and under which names it keeps the answers.
# Written by `pairwise-lesson lock`; not to be edited by hand. `pairwise-lesson check --locked` compares the lessons with it.
";

/// Reads a lock. An error says what is wrong with it, and where.
pub fn read_lock(text: &str) -> Result<Lock, String> {
    let lock: Lock = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        let line = text[..text.floor_char_boundary(at)].matches('\n').count() + 1;
        format!("in line {line}, {}", error.message())
    })?;
    if lock.format != 1 {
        return Err(format!(
            "it says `format = {}`, and this version of Pairwise reads format 1",
            lock.format
        ));
    }
    Ok(lock)
}

impl Lock {
    /// The file's text. Equal locks have equal texts.
    pub fn to_text(&self) -> String {
        let mut text = HEAD.to_owned();
        text.push_str(&format!("\nformat = {}\ncourse = \"{}\"\n", self.format, self.course));
        list(&mut text, "retired", &self.retired);
        for lesson in &self.lessons {
            lesson_text(&mut text, lesson);
        }
        text
    }
}

fn lesson_text(text: &mut String, lesson: &LockedLesson) {
    text.push_str(&format!(
        "\n[[lessons]]\nid = \"{}\"\nversion = {}\ntext = {}\n",
        lesson.id,
        quoted(&lesson.version),
        quoted(&lesson.text)
    ));
    if let Some(scoring) = &lesson.scoring {
        text.push_str(&format!("scoring = {}\n", quoted(scoring)));
    }
    list(text, "retired", &lesson.retired);
    for field in &lesson.fields {
        field_text(text, field);
    }
}

fn field_text(text: &mut String, field: &LockedField) {
    text.push_str(&format!(
        "\n[[lessons.fields]]\nid = \"{}\"\nkind = {}\nprivacy = \"{}\"\n",
        field.id,
        quoted(&field.kind),
        super::item::privacy(field.privacy)
    ));
    if field.rev > 0 {
        text.push_str(&format!("rev = {}\n", field.rev));
    }
    list(text, "was", &field.was);
    for (key, is) in [("sensitive", field.sensitive), ("pick", field.pick)] {
        if is {
            text.push_str(&format!("{key} = true\n"));
        }
    }
    if !field.shape.is_empty() {
        text.push_str(&format!("shape = {}\n", quoted(&field.shape)));
    }
    text.push_str(&format!("text = {}\n", quoted(&field.text)));
    if !field.items.is_empty() {
        text.push_str("items = [\n");
        field.items.iter().for_each(|item| item_text(text, item));
        text.push_str("]\n");
    }
}

fn item_text(text: &mut String, item: &LockedItem) {
    let mut line = format!("  {{ id = \"{}\", role = \"{}\"", item.id, Role::name(item.role));
    if !item.was.is_empty() {
        line.push_str(&format!(", was = {}", ids(&item.was)));
    }
    for (key, is) in [("under", item.under), ("other", item.other)] {
        if is {
            line.push_str(&format!(", {key} = true"));
        }
    }
    if let Some(score) = item.score {
        line.push_str(&format!(", score = {score}"));
    }
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{line}, text = {} }},", quoted(&item.text));
}

fn list(text: &mut String, key: &str, of: &[Id]) {
    if !of.is_empty() {
        text.push_str(&format!("{key} = {}\n", ids(of)));
    }
}

fn ids(of: &[Id]) -> String {
    let quoted: Vec<String> = of.iter().map(|id| format!("\"{id}\"")).collect();
    format!("[{}]", quoted.join(", "))
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
