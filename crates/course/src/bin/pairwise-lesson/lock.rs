//! `lock`: writes `course.lock`, when a course is released.

use std::path::Path;

use crate::arguments::Arguments;
use crate::check::{add, read_lock};
use crate::render::{self, counted};
use crate::targets::course_folder;
use crate::{Outcome, USAGE};

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let arguments = Arguments::read(arguments, &[], &[])?;
    let target = arguments.one("folder with a course.toml")?;
    let dir = Path::new(target);
    if !dir.join("course.toml").exists() {
        return Err(format!("There is no course.toml in `{target}`.\n\n{USAGE}"));
    }
    let mut looked = course_folder(dir)?;
    let Some((course, _)) = looked.course else {
        render::text(&looked.files);
        return Ok(false);
    };
    let before = read_lock(dir)?;
    if let Some(text) = &before {
        let lock = course::read_lock(text).map_err(|message| format!("course.lock cannot be read: {message}"))?;
        add(&lock, &course, dir, &mut looked.files);
    }
    // A lesson that does not open would be missing from the lock, and later changes to it would go unseen.
    if looked.files.iter().any(course::Checked::is_broken) {
        render::text(&looked.files);
        println!("course.lock was left as it is. Mend these first.");
        return Ok(false);
    }
    let lock = course::record(&course);
    let text = lock.to_text();
    let file = dir.join(course::LOCK_FILE);
    if before.as_ref() == Some(&text) {
        println!("{} says all of this already.", file.display());
        return Ok(true);
    }
    std::fs::write(&file, text).map_err(|error| format!("{} cannot be written: {error}.", file.display()))?;
    let fields = lock.lessons.iter().map(|lesson| lesson.fields.len()).sum();
    println!(
        "Wrote {}: {} and {}.",
        file.display(),
        counted(lock.lessons.len(), "lesson"),
        counted(fields, "field")
    );
    Ok(true)
}
