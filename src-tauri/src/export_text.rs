//! The text of an export: the parts of a document, what was asked, and what was answered, as Markdown.
//!
//! Whatever somebody typed stands in it as what it says: no line of theirs is a heading, a rule or a tag, or hides another.

use serde_json::Value as Json;

use lesson::literal;

/// The parts of a document, as they are read: each under its heading, and none of them empty.
#[derive(Default)]
pub(crate) struct Parts {
    pub(crate) mine: String,
    pub(crate) opened: String,
    pub(crate) both: String,
    pub(crate) joint: String,
    pub(crate) given: String,
    pub(crate) aside: String,
}

impl Parts {
    /// Writes them below one another. On one's own everything is mine, which need not be said.
    pub(crate) fn onto(&self, text: &mut String, with_the_other: bool) {
        let parts = [
            (with_the_other.then_some("What I wrote"), &self.mine),
            (Some("Opened together"), &self.opened),
            (Some("What both put in one pile"), &self.both),
            (Some("Ours"), &self.joint),
            (Some("Given to each other"), &self.given),
            (Some("Written earlier, set aside"), &self.aside),
        ];
        for (title, part) in parts.into_iter().filter(|(_, part)| !part.is_empty()) {
            if let Some(title) = title {
                text.push_str(&format!("\n## {title}\n"));
            }
            text.push_str(part);
        }
    }
}

/// What was asked, on one line whatever it holds.
pub(crate) fn heading(text: &mut String, asked: &str) {
    let asked = on_one_line(asked);
    let asked = if asked.is_empty() { "An answer" } else { &asked };
    text.push_str(&format!("\n### {asked}\n\n"));
}

/// Words as they are, on one line. At the end of a heading a `#` would be dropped.
pub(crate) fn on_one_line(words: &str) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = literal(&words).concat();
    match words.strip_suffix('#') {
        Some(before) => format!("{before}\\#"),
        None => words,
    }
}

/// Lines as a quotation, each on a line of its own; a blank one parts two paragraphs.
pub(crate) fn quote(text: &mut String, lines: &[String]) {
    // A line of an answer can hold line breaks of its own.
    for line in lines.iter().flat_map(|line| literal(line)) {
        match line.as_str() {
            "" => text.push_str(">\n"),
            line => text.push_str(&format!("> {line}  \n")),
        }
    }
}

/// A name that every system takes for a file's.
pub(crate) fn plain(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|sign| {
            if sign.is_alphanumeric() {
                sign.to_ascii_lowercase()
            } else {
                '-'
            }
        })
        .collect();
    let plain = plain.trim_matches('-').to_owned();
    if plain.is_empty() { "words".to_owned() } else { plain }
}

/// A kept value as JSON; as the text it is, should it not be any.
pub(crate) fn value(text: &str) -> Json {
    serde_json::from_str(text).unwrap_or_else(|_| Json::String(text.to_owned()))
}
