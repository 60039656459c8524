//! What holds for every lesson, whoever wrote it: ten thousand that are well, as many that are spoiled, and a
//! fuzzer over all the files there are.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod generator;

use std::collections::BTreeSet;
use std::path::Path;

use generator::{Dice, SPOILERS, lesson, spoiled};
use lesson::{Lesson, Parsed, grammar, line_text, parse};
use proptest::prelude::*;

/// Reads it, and holds every place in what it says to be one.
fn survives(source: &str) -> Result<(), TestCaseError> {
    holds(source, &parse(source))
}

fn holds(source: &str, parsed: &Parsed) -> Result<(), TestCaseError> {
    for d in &parsed.diagnostics {
        let spans = d
            .labels
            .iter()
            .map(|label| &label.span)
            .chain(d.fix.as_ref().map(|fix| &fix.span));
        for span in spans.chain([&d.span]) {
            prop_assert!(source.get(span.clone()).is_some(), "{d:?} in {source:?}");
        }
        prop_assert!(!d.message.is_empty());
        let json = d.to_json("a.md", source);
        prop_assert!(json["line"].as_u64() >= Some(1) && json["column"].as_u64() >= Some(1));
        line_text(source, d.span.start);
    }
    // Nothing grows beyond what was written: a finding or two for each few bytes at most.
    prop_assert!(
        parsed.diagnostics.len() <= source.len() + 20,
        "{} findings",
        parsed.diagnostics.len()
    );
    if let Some(lesson) = &parsed.lesson {
        let json = serde_json::to_string(lesson).unwrap();
        prop_assert!(
            json.len() <= 400 * source.len() + 10_000,
            "{} bytes of JSON",
            json.len()
        );
        if parsed.opens() {
            prop_assert_eq!(&serde_json::from_str::<Lesson>(&json).unwrap(), lesson);
        }
    }
    Ok(())
}

/// The lesson of a seed, as it is and spoilt.
fn well_and_spoilt(seed: u64) -> Result<(), TestCaseError> {
    let made = lesson(seed);
    let parsed = parse(&made.source);
    prop_assert!(
        parsed.diagnostics.is_empty(),
        "{:#?}\n{}",
        parsed.diagnostics,
        made.source
    );
    holds(&made.source, &parsed)?;
    survives(&spoiled(&made.source, SPOILERS, &mut Dice::new(seed)))
}

#[test]
fn lessons_that_are_well_have_nothing_to_mend_and_spoiled_ones_break_nothing() {
    let (threads, lessons) = (4, 10_000);
    // It is the longest of the tests, so it takes every core there is.
    std::thread::scope(|scope| {
        for thread in 0..threads {
            scope.spawn(move || {
                for seed in (thread..lessons).step_by(threads) {
                    let seed = u64::try_from(seed).unwrap();
                    well_and_spoilt(seed).unwrap_or_else(|error| panic!("seed {seed}: {error}"));
                }
            });
        }
    });
}

#[test]
fn the_generator_leaves_no_kind_key_or_flag_out() {
    let used: BTreeSet<String> = (0..3_000).flat_map(|seed| lesson(seed).used).collect();
    let mut wanted: BTreeSet<String> = BTreeSet::new();
    for names in grammar() {
        wanted.insert(format!("kind:{}", names.kind));
        wanted.extend(names.keys.iter().map(|key| format!("{}.{key}", names.kind)));
        wanted.extend(names.items.iter().map(|key| format!("{}/{key}", names.kind)));
    }
    wanted.extend(["light", "when"].map(|key| format!("step.{key}")));
    wanted.extend(["line", "strip", "jar", "columns"].map(|way| format!("chart.as={way}")));
    for key in [
        "summary",
        "part",
        "requires",
        "share",
        "authors",
        "heavy",
        "retired",
        "translates",
        "kind",
        "scoring",
        "bands",
        "noise",
        "citation",
        "permission",
    ] {
        wanted.insert(format!("front.{key}"));
    }
    let lack: Vec<&String> = wanted.difference(&used).collect();
    assert!(lack.is_empty(), "{lack:?}");
}

/// Every file that a fuzzer can begin from.
fn corpus() -> Vec<String> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut corpus = Vec::new();
    for folder in ["clumsy", "samples"] {
        for entry in std::fs::read_dir(tests.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|ext| ext == "md") {
                corpus.push(std::fs::read_to_string(path).unwrap());
            }
        }
    }
    corpus.sort();
    corpus
}

/// Spoils files of the corpus, over and over; with `front`, only what stands before the second `---`.
fn fuzz(times: u64, seed: u64, front: bool) {
    let corpus = corpus();
    let mut dice = Dice::new(seed);
    for time in 0..times {
        let made;
        let file = if time % 4 == 0 {
            made = lesson(seed.wrapping_add(time)).source;
            &made
        } else {
            dice.pick(&corpus)
        };
        let (head, rest) = match file.match_indices("---\n").nth(1).filter(|_| front) {
            Some((at, _)) => file.split_at(at),
            None => (file.as_str(), ""),
        };
        let mut text = spoiled(head, SPOILERS, &mut dice);
        // What broke something once may break more with something else.
        if dice.one_in(3) {
            text = spoiled(&text, SPOILERS, &mut dice);
        }
        text.push_str(rest);
        if let Err(error) = survives(&text) {
            panic!("{error}\n{text:?}");
        }
    }
}

#[test]
fn a_file_full_of_one_thing_ends_and_stays_small() {
    let front = &lesson(0).source[..lesson(0).source.find("\n---\n").unwrap() + 5];
    for bit in [
        "## a\n",
        "[a](#b) ",
        "> [!short] x {#a}\n\n",
        "> [!note] x\n\n",
        "> ",
        "- ",
        "1. ",
        "{#a} ",
        "\u{ad}",
        "\u{7}",
        "<b>",
        "a\r",
        "*",
        "_",
        "`",
        "[",
        "](",
        "![",
        "|",
        "> [!choice] x {#a}\n> - b {#b}\n",
        "[^a]: x\n\n",
        "&amp;",
        "\\",
        "    > [!short] x {#a}\n\n",
        "~~~\n",
    ] {
        let room = lesson::MAX_LESSON - front.len() - 100;
        for lead in ["", "## One {#one}\n\n", "## One {#one}\n\n> [!choice] x {#x when="] {
            let source = format!("{front}\n{lead}{}", bit.repeat((room - lead.len()) / bit.len()));
            let parsed = parse(&source);
            assert!(parsed.diagnostics.len() <= 500, "{bit:?}: {}", parsed.diagnostics.len());
        }
    }
    let tail = format!("## One {{#one {}}}\n\nText.\n", "when=a:b ".repeat(20_000));
    assert!(!parse(&format!("{front}\n{tail}")).opens());
    let when = format!("## One {{#one when={}}}\n\nText.\n", "a:b,".repeat(40_000));
    assert!(!parse(&format!("{front}\n{when}")).opens());
}

#[test]
fn spoiled_files_break_nothing() {
    fuzz(2_000, 1, false);
}

#[test]
fn spoiled_front_matter_breaks_nothing() {
    fuzz(2_000, 2, true);
}

/// How often the long run spoils each: `PAIRWISE_FUZZ=1000000 cargo test -p lesson --release --test generated -- --ignored`.
#[allow(clippy::disallowed_methods, reason = "the long run asks how long")]
fn times() -> u64 {
    std::env::var("PAIRWISE_FUZZ")
        .ok()
        .and_then(|times| times.parse().ok())
        .unwrap_or(1_000_000)
}

#[test]
#[ignore = "takes many minutes"]
fn a_million_spoiled_files_break_nothing() {
    fuzz(times(), 3, false);
}

#[test]
#[ignore = "takes many minutes"]
fn a_million_spoiled_front_matters_break_nothing() {
    fuzz(times(), 4, true);
}
