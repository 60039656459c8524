//! `fmt`: brings lessons into their one tidy form, and writes the ids that were left out.

use std::fs;
use std::path::Path;

use crate::arguments::Arguments;
use crate::targets::{look_at, standard_input};
use crate::{Outcome, USAGE};

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let arguments = Arguments::read(arguments, &["--check"], &[])?;
    if arguments.targets.is_empty() {
        return Err(format!("Say which files to tidy.\n\n{USAGE}"));
    }
    let check = arguments.has("--check");
    let mut tidy = true;
    for target in &arguments.targets {
        if target == "-" {
            let text = standard_input()?;
            let formed = lesson::fmt(&text);
            tidy &= formed == text;
            if !check {
                print!("{formed}");
            }
            continue;
        }
        if !Path::new(target).is_dir() && !target.ends_with(".md") {
            return Err(format!("`{target}` is neither a lesson (.md) nor a folder of them."));
        }
        let lessons = look_at(target)?
            .files
            .into_iter()
            .filter(|file| file.file.ends_with(".md"));
        for file in lessons {
            let formed = lesson::fmt(&file.source);
            // A file that could not be read stands here without its text.
            if file.source.is_empty() || formed == file.source {
                continue;
            }
            tidy = false;
            if check {
                println!("{} is not in its tidy form.", file.file);
            } else {
                write(Path::new(&file.file), &formed)?;
                println!("{} is tidied.", file.file);
            }
        }
    }
    Ok(tidy || !check)
}

/// Writes beside the file and puts it in its place: a lesson is never half written.
fn write(path: &Path, text: &str) -> Result<(), String> {
    let beside = path.with_extension("md.new");
    fs::write(&beside, text)
        .and_then(|()| fs::rename(&beside, path))
        .map_err(|error| {
            fs::remove_file(&beside).ok();
            format!("`{}` could not be written: {error}. It is as it was.", path.display())
        })
}
