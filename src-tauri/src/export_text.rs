//! The text of an export: the parts of a document, what was asked, and what was answered, as Markdown.

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
    let asked = asked.split_whitespace().collect::<Vec<_>>().join(" ");
    let asked = if asked.is_empty() { "An answer" } else { &asked };
    text.push_str(&format!("\n### {asked}\n\n"));
}

/// Lines as a quotation, each on a line of its own; a blank one parts two paragraphs.
pub(crate) fn quote(text: &mut String, lines: &[String]) {
    for line in lines {
        match line.trim_end() {
            "" => text.push_str(">\n"),
            line => text.push_str(&format!("> {line}  \n")),
        }
    }
}
