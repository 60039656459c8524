//! Printing what was found, for people and for editors.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use course::Checked;
use lesson::{Diagnostic, Severity};

/// One array for everything, as editors read it.
pub(crate) fn json(checked: &[Checked]) {
    let all: Vec<serde_json::Value> = checked
        .iter()
        .flat_map(|file| {
            file.diagnostics
                .iter()
                .map(|diagnostic| diagnostic.to_json(&file.file, &file.source))
        })
        .collect();
    println!("{}", serde_json::Value::Array(all));
}

/// Everything with its place, then how much it is.
pub(crate) fn text(checked: &[Checked]) {
    let mut count = 0;
    for file in checked {
        for diagnostic in &file.diagnostics {
            println!("{}\n", in_place(file, diagnostic));
            count += 1;
        }
    }
    match count {
        0 => println!("All is well: nothing to mend in {}.", counted(checked.len(), "file")),
        _ => println!(
            "{} to mend in {}.",
            counted(count, "thing"),
            counted(checked.len(), "file")
        ),
    }
}

/// `1 file`, `2 files`.
pub(crate) fn counted(number: usize, what: &str) -> String {
    if number == 1 {
        format!("1 {what}")
    } else {
        format!("{number} {what}s")
    }
}

/// A diagnostic with the lines it speaks of.
pub(crate) fn in_place(file: &Checked, diagnostic: &Diagnostic) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut snippet = Snippet::source(file.source.as_str())
        .path(file.file.as_str())
        .annotation(AnnotationKind::Primary.span(diagnostic.span.clone()));
    for label in &diagnostic.labels {
        snippet = snippet.annotation(
            AnnotationKind::Context
                .span(label.span.clone())
                .label(label.text.as_str()),
        );
    }
    let mut group = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code.as_str())
        .element(snippet);
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    Renderer::plain().render(&[group]).to_string()
}
