//! `new`: writes a lesson to begin from.

use std::io::Write;
use std::path::{Path, PathBuf};

use lesson::Id;

use crate::arguments::Arguments;
use crate::{Outcome, USAGE};

/// What a lesson begins as. It is clean as it stands, and every line of it is to be replaced.
const STARTER: &str = include_str!("starter.md");

pub(crate) fn run(arguments: &[String]) -> Outcome {
    let options = ["--title", "--lang", "--audience", "--minutes"];
    let arguments = Arguments::read(arguments, &[], &options)?;
    let title = arguments.value("--title");
    let audience = arguments.value("--audience").unwrap_or("either");
    if !["solo", "together", "either"].contains(&audience) {
        return Err(format!("`--audience` is solo, together or either.\n\n{USAGE}"));
    }
    let minutes = arguments.value("--minutes").unwrap_or("20");
    if !minutes.parse::<u32>().is_ok_and(|minutes| (1..=600).contains(&minutes)) {
        return Err(format!("`--minutes` is a number from 1 to 600.\n\n{USAGE}"));
    }
    let target = match arguments.targets.as_slice() {
        [] => format!("{}.md", id_of(title.unwrap_or("my-lesson"))),
        [one] => one.clone(),
        _ => return Err(format!("Name one file.\n\n{USAGE}")),
    };
    let stem = Path::new(&target).file_stem().and_then(|stem| stem.to_str());
    let id = id_of(match stem {
        Some(stem) if target != "-" => stem,
        _ => title.unwrap_or("my-lesson"),
    });
    let text = STARTER
        .replace("my-lesson", id.as_str())
        .replace(
            "A title for your lesson",
            &quoted(title.unwrap_or("A title for your lesson")),
        )
        .replace(
            "lang: en",
            &format!("lang: {}", arguments.value("--lang").unwrap_or("en")),
        )
        .replace("audience: either", &format!("audience: {audience}"))
        .replace("minutes: 20", &format!("minutes: {minutes}"));
    if let Some(problem) = lesson::parse(&text).diagnostics.first() {
        return Err(format!(
            "With these, the lesson would not be clean: {}",
            problem.message
        ));
    }
    if target == "-" {
        print!("{text}");
        return Ok(true);
    }
    write(&file(&target), &text)
}

/// Where to write: a name without an end gets one.
fn file(target: &str) -> PathBuf {
    let path = Path::new(target);
    if path.is_dir() {
        return path.join("my-lesson.md");
    }
    match path.extension() {
        Some(end) if end == "md" => path.to_owned(),
        _ => PathBuf::from(format!("{target}.md")),
    }
}

fn write(path: &Path, text: &str) -> Outcome {
    let mut options = std::fs::OpenOptions::new();
    // What is there already is somebody's work.
    let opened = options.write(true).create_new(true).open(path);
    let written = opened.and_then(|mut file| file.write_all(text.as_bytes()));
    match written {
        Ok(()) => {
            println!(
                "Wrote {0}. Open it in any text editor, and look it over with\n  pairwise-lesson check {0}",
                path.display()
            );
            Ok(true)
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Err(format!(
            "There is a file `{}` already, and it was left as it is. Choose another name.",
            path.display()
        )),
        Err(error) => Err(format!("{} cannot be written: {error}.", path.display())),
    }
}

/// The nearest id to some words.
fn id_of(words: &str) -> Id {
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '-'
        }
    };
    let words: String = words.chars().map(plain).collect();
    let joined: Vec<&str> = words.split('-').filter(|word| !word.is_empty()).collect();
    let mut joined = joined.join("-");
    joined.truncate(64);
    let id = joined
        .trim_start_matches(|c: char| !c.is_ascii_lowercase())
        .trim_end_matches('-');
    Id::new(id)
        .or_else(|_| Id::new("my-lesson"))
        .unwrap_or_else(|_| unreachable!("`my-lesson` is an id"))
}

/// Words within the double quotes of front matter.
fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
