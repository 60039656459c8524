//! `cargo xtask bench`: how fast lessons are read, beside well-known peers, in one run over the same text.
//!
//! What runs in Rust is timed by `crates/lesson/benches/read.rs`; the peers that are programs of their own are given the whole
//! course many times over, so that starting them counts for nothing. The figures are ratios: only they mean something on
//! another machine. A peer that is not here is left out and named.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use crate::{Chore, shell};

/// How often a program reads the course in one go, and how many goes there are; the best counts.
const TIMES: usize = 100;
const GOES: usize = 5;

/// Lessons of the generated course that `check` is timed on.
const MANY: usize = 1_000;

const PAGE: &str = "docs/benchmarks.md";
const BEGIN: &str = "<!-- figures: begin -->";
const END: &str = "<!-- figures: end -->";

/// Nanoseconds for the whole course, by reader; `None` for a peer that is not here.
type Figures = Vec<(String, Option<u128>)>;

/// Times everything and writes the page.
pub(crate) fn all() -> Chore<()> {
    let lessons = lessons()?;
    let mut figures = in_rust(&lessons)?;
    let text = lessons
        .iter()
        .map(|file| read(file))
        .collect::<Chore<Vec<_>>>()?
        .join("\n\n");
    let corpus = shell::target().join("bench-corpus.md");
    let many = text.repeat(TIMES);
    fs::write(&corpus, &many).map_err(|error| format!("The text to read could not be written: {error}."))?;
    figures.push(("cmark (C), plain HTML".to_owned(), program("cmark", &corpus)));
    figures.push(("md4c (C), plain HTML".to_owned(), md4c(&corpus)?));
    figures.push(("markdown-it (JavaScript), plain HTML".to_owned(), markdown_it(&corpus)));
    fs::remove_file(&corpus).ok();
    let check = check_many()?;
    write_page(&table(&figures, &text, lessons.len(), check))
}

fn lessons() -> Chore<Vec<PathBuf>> {
    let folder = shell::root().join("lessons/en");
    let entries = fs::read_dir(&folder).map_err(|error| format!("The lessons are not there: {error}."))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "md"));
    files.sort();
    Ok(files)
}

fn read(file: &Path) -> Chore<String> {
    fs::read_to_string(file).map_err(|error| format!("{} could not be read: {error}.", file.display()))
}

fn in_rust(lessons: &[PathBuf]) -> Chore<Figures> {
    let mut bench = shell::cargo();
    bench
        .args(["bench", "--quiet", "-p", "lesson", "--bench", "read", "--"])
        .args(lessons);
    let said = shell::answer(&mut bench)
        .ok_or("The bench of the lesson reader does not build or run; `cargo bench -p lesson` says why.")?;
    let figure = |line: &str| {
        let (name, nanoseconds) = line.split_once('\t')?;
        Some((name.to_owned(), Some(nanoseconds.parse().ok()?)))
    };
    Ok(said.lines().filter_map(figure).collect())
}

/// The best of a few goes of a command, for one reading of the course.
fn best(mut command: impl FnMut() -> Command) -> Option<u128> {
    let go = |_| {
        let mut command = command();
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let begun = Instant::now();
        let done = command.status().ok()?.success();
        done.then(|| begun.elapsed().as_nanos() / TIMES as u128)
    };
    (0..GOES).map(go).collect::<Option<Vec<_>>>()?.into_iter().min()
}

fn program(name: &str, corpus: &Path) -> Option<u128> {
    if !shell::found(name) {
        return None;
    }
    best(|| {
        let mut peer = shell::program(name);
        peer.arg(corpus);
        peer
    })
}

/// md4c is a library: a few lines of C call it.
fn md4c(corpus: &Path) -> Chore<Option<u128>> {
    let source = shell::root().join("xtask/src/bench-md4c.c");
    let built = shell::target().join("bench-md4c");
    let mut cc = shell::program("cc");
    cc.arg("-O3")
        .arg(&source)
        .arg("-o")
        .arg(&built)
        .args(["-lmd4c-html", "-lmd4c"]);
    if shell::answer(&mut cc).is_none() {
        return Ok(None);
    }
    Ok(best(|| {
        let mut peer = Command::new(&built);
        peer.arg(corpus);
        peer
    }))
}

fn markdown_it(corpus: &Path) -> Option<u128> {
    best(|| {
        let mut node = shell::program("node");
        node.current_dir(shell::root().join("ui"));
        let script =
            "const text = require('fs').readFileSync(process.argv[1], 'utf8'); require('markdown-it')().render(text);";
        node.args(["-e", script]).arg(corpus);
        node
    })
}

/// The best time of `check` on a generated course of a thousand lessons, in seconds. It works on one core.
fn check_many() -> Chore<f64> {
    let mut example = shell::cargo();
    example.args([
        "run",
        "--quiet",
        "--release",
        "-p",
        "course",
        "--example",
        "bench-course",
        "--",
    ]);
    example.args([MANY.to_string(), GOES.to_string()]);
    let said = shell::answer(&mut example).ok_or("The bench of the checker does not build or run.")?;
    let times = said
        .split_once("\"check_ms\":[")
        .and_then(|(_, rest)| rest.split_once(']'));
    let best = times
        .into_iter()
        .flat_map(|(times, _)| times.split(','))
        .filter_map(|time| time.parse::<f64>().ok());
    let best = best
        .min_by(f64::total_cmp)
        .ok_or("The bench of the checker said nothing that can be read.")?;
    Ok(best / 1000.0)
}

fn table(figures: &Figures, text: &str, lessons: usize, check: f64) -> String {
    let bare = figures
        .iter()
        .find(|(name, _)| name.starts_with("pulldown-cmark"))
        .and_then(|(_, time)| *time);
    let mut out = format!(
        "Read: {lessons} lessons, {} KiB of Markdown.\n\n| reader | ms | × bare pulldown-cmark |\n|---|---|---|\n",
        text.len() / 1024
    );
    for (name, time) in figures {
        let row = match (time, bare) {
            (Some(time), Some(bare)) => format!("{:.2} | {:.2}", *time as f64 / 1e6, *time as f64 / bare as f64),
            _ => "not on this machine | ".to_owned(),
        };
        out.push_str(&format!("| {name} | {row} |\n"));
    }
    out.push_str(&format!(
        "\n`pairwise-lesson check` on a course of {MANY} lessons: {check:.2} s, on one core.\n"
    ));
    out
}

/// Puts the figures between their marks; the words around them are written by hand.
fn write_page(figures: &str) -> Chore<()> {
    let path = shell::root().join(PAGE);
    let page = read(&path)?;
    let (Some(begin), Some(end)) = (page.find(BEGIN), page.find(END)) else {
        return Err(format!("{PAGE} has lost the marks between which the figures stand."));
    };
    let made = format!("{}\n\n{figures}\n{}", &page[..begin + BEGIN.len()], &page[end..]);
    fs::write(&path, made).map_err(|error| format!("{PAGE} could not be written: {error}."))?;
    println!("{figures}\nWritten to {PAGE}.");
    Ok(())
}
