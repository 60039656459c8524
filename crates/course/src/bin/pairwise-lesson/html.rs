//! `html`: a lesson as a page to print, blank or with what was written.

use std::collections::BTreeMap;
use std::fs;

use course::Checked;
use lesson::html::{Sheet, bare, page};
use lesson::{Id, Value};

use crate::arguments::Arguments;
use crate::targets::{one_lesson, standard_input};
use crate::{Outcome, render};

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let arguments = Arguments::read(arguments, &["--bare", "--blank"], &["--answers"])?;
    let target = arguments.one("file, or `-`")?;
    if arguments.has("--bare") {
        let text = if target == "-" {
            standard_input()?
        } else {
            read(target)?
        };
        print!("{}", bare(&text));
        return Ok(true);
    }
    let file = one_lesson(target)?;
    let sheet = Sheet {
        blank: arguments.has("--blank"),
        answers: arguments
            .value("--answers")
            .map(answers)
            .transpose()?
            .unwrap_or_default(),
    };
    if let Some(lesson) = &file.lesson {
        print!("{}", page(lesson, &sheet));
    }
    let checked = Checked::from(&file);
    for diagnostic in &checked.diagnostics {
        eprintln!("{}", render::in_place(&checked, diagnostic));
    }
    Ok(checked.diagnostics.is_empty())
}

/// Answers by field, as JSON: `{"moment": {"type": "text", "text": "…"}}`.
fn answers(path: &str) -> Result<BTreeMap<Id, Value>, String> {
    serde_json::from_str(&read(path)?).map_err(|error| format!("`{path}` does not hold answers: {error}."))
}

fn read(path: &str) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("`{path}` cannot be read: {error}."))
}
