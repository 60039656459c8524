//! The authors' command line: `pairwise-lesson check | show`.
//!
//! Exits 0 when all is clean, 1 when there is something to mend, 2 when it was called wrongly.
//! Not here: `fmt html new pack schema` and the options `--locked --watch`, which are not built yet.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line prints")]

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use lesson::{Diagnostic, Severity};

const USAGE: &str = "\
pairwise-lesson checks lessons for Pairwise.

  pairwise-lesson check [--json] FILES, FOLDERS or -    says what is to be mended, by file and line
  pairwise-lesson show FILE or -                        prints the lesson as JSON

A folder with a course.toml is checked as a whole course. `-` reads from standard input.
Exits 0 when all is clean, 1 when there is something to mend, 2 when called wrongly.";

const LATER: &[&str] = &["fmt", "html", "new", "pack", "schema"];

/// A file that was looked at, and what is to be mended in it.
struct Checked {
    file: String,
    source: String,
    diagnostics: Vec<Diagnostic>,
}

#[expect(clippy::disallowed_methods, reason = "arguments are read once, here")]
fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(clean) => ExitCode::from(u8::from(!clean)),
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

/// Whether all is clean; or how it was misused.
fn run(arguments: &[String]) -> Result<bool, String> {
    let Some((command, rest)) = arguments.split_first() else {
        return Err(USAGE.to_owned());
    };
    match command.as_str() {
        "check" => check(rest),
        "show" => show(rest),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(true)
        }
        later if LATER.contains(&later) => Err(format!("`{later}` is not built yet. There are `check` and `show`.")),
        other => Err(format!("There is no command `{other}`.\n\n{USAGE}")),
    }
}

fn check(arguments: &[String]) -> Result<bool, String> {
    let mut json = false;
    let mut targets = Vec::new();
    for argument in arguments {
        match argument.as_str() {
            "--json" => json = true,
            "--locked" | "--watch" => return Err(format!("`{argument}` is not built yet.")),
            flag if flag.starts_with("--") => return Err(format!("There is no option `{flag}`.\n\n{USAGE}")),
            target => targets.push(target),
        }
    }
    if targets.is_empty() {
        return Err(format!("Say which files to check.\n\n{USAGE}"));
    }
    let mut checked = Vec::new();
    for target in targets {
        checked.extend(look_at(target)?);
    }
    if json {
        print_json(&checked);
    } else {
        print_text(&checked);
    }
    Ok(checked.iter().all(|file| file.diagnostics.is_empty()))
}

fn look_at(target: &str) -> Result<Vec<Checked>, String> {
    if target == "-" {
        let file = course::lesson_text("-", standard_input()?);
        return Ok(vec![checked_file(file, "")]);
    }
    let path = Path::new(target);
    if !path.exists() {
        return Err(format!("There is no file or folder `{target}`."));
    }
    if path.is_dir() {
        if path.join("course.toml").exists() {
            return course_folder(path);
        }
        return plain_folder(path);
    }
    Ok(vec![checked_file(course::lesson_file(Path::new(""), target), "")])
}

fn checked_file(file: course::LessonFile, below: &str) -> Checked {
    Checked {
        file: format!("{below}{}", file.file),
        source: file.source,
        diagnostics: file.diagnostics,
    }
}

fn course_folder(path: &Path) -> Result<Vec<Checked>, String> {
    let below = format!("{}/", path.display().to_string().trim_end_matches('/'));
    let manifest = format!("{below}course.toml");
    let first = match course::load(path, "en") {
        Ok(course) => course,
        Err(course::LoadError::Manifest { text, problems, .. }) => {
            return Ok(vec![Checked {
                file: manifest,
                source: text,
                diagnostics: problems,
            }]);
        }
        Err(error) => return Err(error.to_string()),
    };
    let mut problems = first.manifest_problems.clone();
    let mut checked = Vec::new();
    for language in &first.manifest.languages {
        let course = course::load(path, language).map_err(|error| error.to_string())?;
        problems.extend(
            course
                .manifest_problems
                .into_iter()
                .filter(|problem| !first.manifest_problems.contains(problem)),
        );
        checked.extend(course.lessons.into_iter().map(|file| checked_file(file, &below)));
    }
    checked.insert(
        0,
        Checked {
            file: manifest,
            source: first.manifest_source,
            diagnostics: problems,
        },
    );
    let lines = path.join("help-lines.toml");
    if lines.exists()
        && let Err(error) = course::help_lines(path)
    {
        let diagnostic = Diagnostic::of_file(lesson::Code::FileUnreadable, Severity::Error, error.to_string());
        checked.push(Checked {
            file: lines.display().to_string(),
            source: String::new(),
            diagnostics: vec![diagnostic],
        });
    }
    Ok(checked)
}

fn plain_folder(path: &Path) -> Result<Vec<Checked>, String> {
    let said = |error: std::io::Error| format!("The folder `{}` cannot be read: {error}.", path.display());
    let entries: Result<Vec<PathBuf>, _> = std::fs::read_dir(path)
        .map_err(said)?
        .map(|entry| entry.map(|e| e.path()))
        .collect();
    let mut files: Vec<PathBuf> = entries
        .map_err(said)?
        .into_iter()
        .filter(|file| file.extension().is_some_and(|e| e == "md"))
        .collect();
    files.sort();
    if files.is_empty() {
        return Err(format!(
            "There is no course.toml and no lesson (.md) in `{}`.",
            path.display()
        ));
    }
    Ok(files
        .iter()
        .map(|file| checked_file(course::lesson_file(Path::new(""), &file.display().to_string()), ""))
        .collect())
}

fn standard_input() -> Result<String, String> {
    let mut text = String::new();
    // One byte more than may be, so that too much is noticed and no more is taken in.
    let most = lesson::MAX_LESSON as u64 + 1;
    std::io::stdin()
        .take(most)
        .read_to_string(&mut text)
        .map_err(|error| format!("Standard input cannot be read: {error}."))?;
    Ok(text)
}

fn show(arguments: &[String]) -> Result<bool, String> {
    let [target] = arguments else {
        return Err(format!("`show` takes one file.\n\n{USAGE}"));
    };
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
    let checked = checked_file(file, "");
    for diagnostic in &checked.diagnostics {
        eprintln!("{}", render(&checked, diagnostic));
    }
    Ok(checked.diagnostics.is_empty())
}

fn print_json(checked: &[Checked]) {
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

fn print_text(checked: &[Checked]) {
    let mut count = 0;
    for file in checked {
        for diagnostic in &file.diagnostics {
            println!("{}\n", render(file, diagnostic));
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

fn counted(number: usize, what: &str) -> String {
    if number == 1 {
        format!("1 {what}")
    } else {
        format!("{number} {what}s")
    }
}

fn render(file: &Checked, diagnostic: &Diagnostic) -> String {
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
