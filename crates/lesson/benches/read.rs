//! How long reading takes: parse, check and JSON, beside plain Markdown renderers over the same text, in one run.
//!
//! Not a test: nothing is asserted, since absolute times on a busy machine say little. `cargo xtask bench` runs this, adds the
//! peers that are programs of their own, and writes `docs/benchmarks.md`. Each round times every reader once, in turn, so that
//! whatever else the machine does falls on all of them alike; the best round of each counts.
//!
//! Prints one line for each reader: its name, a tab, and the nanoseconds of its best round over the whole corpus.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench fails by panicking and prints"
)]
#![allow(clippy::disallowed_methods, reason = "a bench reads the clock and its arguments")]
#![allow(missing_docs, reason = "a bench has no readers of its docs")]

use std::hint::black_box;
use std::time::Instant;
use std::{env, fs};

const ROUNDS: usize = 60;

type Reader = (&'static str, fn(&str) -> usize);

const READERS: &[Reader] = &[
    ("pairwise: parse, check, JSON", |text| {
        let parsed = lesson::parse(text);
        serde_json::to_string(&parsed.lesson).unwrap().len() + parsed.diagnostics.len()
    }),
    ("pairwise: parse and check only", |text| {
        lesson::parse(text).diagnostics.len()
    }),
    ("pulldown-cmark, plain HTML", |text| {
        let mut html = String::new();
        pulldown_cmark::html::push_html(&mut html, pulldown_cmark::Parser::new_ext(text, options()));
        html.len()
    }),
    ("comrak, plain HTML", |text| {
        comrak::markdown_to_html(text, &extensions()).len()
    }),
];

/// The extensions that lessons are read with.
fn options() -> pulldown_cmark::Options {
    use pulldown_cmark::Options;
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_HEADING_ATTRIBUTES
}

fn extensions() -> comrak::Options<'static> {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.footnotes = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options
}

fn main() {
    // `cargo bench` passes `--bench`; what else is there names the lessons.
    let files: Vec<String> = env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let texts: Vec<String> = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
    let mut best = vec![u128::MAX; READERS.len()];
    for _ in 0..ROUNDS {
        for ((_, read), best) in READERS.iter().zip(&mut best) {
            let begun = Instant::now();
            for text in &texts {
                black_box(read(black_box(text)));
            }
            *best = (*best).min(begun.elapsed().as_nanos());
        }
    }
    for ((name, _), best) in READERS.iter().zip(best) {
        println!("{name}\t{best}");
    }
}
