//! `pack`: makes a course into one file.

use std::path::Path;

use crate::arguments::Arguments;
use crate::render::{self, counted};
use crate::targets::course_folder;
use crate::{Outcome, USAGE};

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let arguments = Arguments::read(arguments, &[], &["--out"])?;
    let target = arguments.one("folder with a course.toml")?;
    let dir = Path::new(target);
    if !dir.join("course.toml").exists() {
        return Err(format!("There is no course.toml in `{target}`.\n\n{USAGE}"));
    }
    let looked = course_folder(dir)?;
    let Some((course, _)) = looked
        .course
        .filter(|_| !looked.files.iter().any(course::Checked::is_broken))
    else {
        render::text(&looked.files);
        println!("Nothing was packed: what cannot be used cannot be given away. Mend these first.");
        return Ok(false);
    };
    let packed = match course::pack(dir) {
        Ok(packed) => packed,
        Err(error) => {
            println!("{error}");
            return Ok(false);
        }
    };
    let manifest = &course.manifest;
    let name = format!("{}-{}.{}", manifest.id, manifest.version, course::ARCHIVE_END);
    let out = arguments.value("--out").unwrap_or(&name);
    std::fs::write(out, &packed.bytes).map_err(|error| format!("{out} cannot be written: {error}."))?;
    println!(
        "Wrote {out}: {} in {} KiB.",
        counted(packed.names.len(), "file"),
        packed.bytes.len().div_ceil(1024)
    );
    Ok(true)
}
