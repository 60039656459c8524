//! `show`: a lesson as JSON, which is all that the app's pages see of it.

use course::Checked;

use crate::arguments::Arguments;
use crate::targets::one_lesson;
use crate::{Outcome, render};

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let arguments = Arguments::read(arguments, &[], &[])?;
    let target = arguments.one("file, or `-`")?;
    let file = one_lesson(target)?;
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
