//! `schema`: what a lesson's front matter can hold, as JSON Schema, so that an editor can help while it is written.

use crate::arguments::Arguments;
use crate::{Outcome, USAGE};

/// Written by hand; `tests/cli.rs` holds it against what the reader takes and refuses.
const FRONT_MATTER: &str = include_str!("front-matter.schema.json");

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let arguments = Arguments::read(arguments, &[], &[])?;
    if !arguments.targets.is_empty() {
        return Err(format!("`schema` takes nothing.\n\n{USAGE}"));
    }
    print!("{FRONT_MATTER}");
    Ok(true)
}
