//! `schema`: what a lesson's front matter can hold, and what `show` prints, as JSON Schema: for editors, and for
//! programs that read lessons.

use crate::arguments::Arguments;
use crate::{Outcome, USAGE};

/// Written by hand, as is the other; `tests/schema.rs` holds both against what is really read and printed.
const FRONT_MATTER: &str = include_str!("front-matter.schema.json");
const SHOW: &str = include_str!("show.schema.json");

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let arguments = Arguments::read(arguments, &["--show"], &[])?;
    if !arguments.targets.is_empty() {
        return Err(format!("`schema` takes no files.\n\n{USAGE}"));
    }
    print!("{}", if arguments.has("--show") { SHOW } else { FRONT_MATTER });
    Ok(true)
}
