//! `show`: a lesson as JSON, which is all that the app's pages see of it.

use std::path::Path;

use course::Checked;

use crate::arguments::Arguments;
use crate::targets::standard_input;
use crate::{Outcome, render};

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let arguments = Arguments::read(arguments, &[], &[])?;
    let target = arguments.one("file, or `-`")?;
    let file = if target == "-" {
        course::lesson_text("-", standard_input()?)
    } else if Path::new(target).is_file() {
        course::lesson_file(Path::new(""), target)
    } else {
        return Err(format!("There is no file `{target}`."));
    };
    if let Some(lesson) = &file.lesson {
        let json = serde_json::to_string_pretty(lesson).map_err(|error| error.to_string())?;
        println!("{json}");
    }
    let checked = Checked::from(&file);
    for diagnostic in &checked.diagnostics {
        eprintln!("{}", render::in_place(&checked, diagnostic));
    }
    Ok(checked.diagnostics.is_empty())
}
