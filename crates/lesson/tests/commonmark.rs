//! Lessons are CommonMark: the 652 examples of its specification, version 0.31.2, through the HTML that we draw.
//!
//! The examples come with the development package `commonmark-spec` (CC BY-SA 4.0), which `cargo xtask setup` installs with
//! the UI's; they are not copied into this tree. What differs on purpose is listed with its reason, and an example on the list
//! that would pass fails the test, so that the list cannot grow stale.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;

struct Example {
    number: usize,
    section: String,
    markdown: String,
    html: String,
}

fn examples() -> Vec<Example> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/node_modules/commonmark-spec/spec.txt");
    let spec = fs::read_to_string(path).expect("CommonMark's examples: run `cargo xtask setup` first");
    let fence = "`".repeat(32);
    let (mut all, mut section) = (Vec::new(), String::new());
    let mut lines = spec.lines();
    while let Some(line) = lines.next() {
        if let Some(title) = line.strip_prefix("## ").or_else(|| line.strip_prefix("# ")) {
            title.clone_into(&mut section);
        }
        if line != format!("{fence} example") {
            continue;
        }
        let (mut markdown, mut html, mut in_html) = (String::new(), String::new(), false);
        for line in lines.by_ref().take_while(|line| *line != fence) {
            if line == "." && !in_html {
                in_html = true;
                continue;
            }
            let part = if in_html { &mut html } else { &mut markdown };
            part.push_str(&line.replace('→', "\t"));
            part.push('\n');
        }
        all.push(Example {
            number: all.len() + 1,
            section: section.clone(),
            markdown,
            html,
        });
    }
    all
}

/// Each holds raw HTML, as a block or within a line. A lesson holds none, so that it can never run anything: it is reported
/// (L011) and left out.
const RAW_HTML: &[usize] = &[
    21, 31, 148, 149, 150, 151, 152, 153, 154, 155, 156, 157, 158, 159, 160, 161, 162, 163, 164, 165, 166, 167, 168,
    169, 170, 171, 172, 173, 174, 175, 176, 177, 178, 179, 180, 181, 182, 183, 184, 185, 186, 187, 188, 189, 190, 191,
    201, 308, 309, 344, 475, 476, 477, 491, 494, 524, 536, 613, 614, 615, 616, 617, 623, 625, 626, 627, 628, 629, 630,
    631, 642, 643,
];

/// Differs on purpose, and why.
fn on_purpose(example: &Example) -> Option<&'static str> {
    RAW_HTML.contains(&example.number).then_some("it holds raw HTML")
}

/// The same document, however its quotation marks are escaped.
fn same(html: &str) -> String {
    html.replace("&quot;", "\"").replace("&#39;", "'").trim_end().to_owned()
}

#[test]
fn commonmarks_examples_read_as_commonmark_says() {
    let all = examples();
    assert_eq!(all.len(), 652, "the specification has 652 examples");
    let mut wrong = Vec::new();
    let mut stale = Vec::new();
    for example in &all {
        let got = lesson::html::bare(&example.markdown);
        let passes = same(&got) == same(&example.html);
        match (passes, on_purpose(example)) {
            (false, None) => wrong.push(format!(
                "{} ({})\n{}--- wanted\n{}--- got\n{got}",
                example.number, example.section, example.markdown, example.html
            )),
            (true, Some(reason)) => stale.push(format!("{}: {reason}", example.number)),
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n\n"));
    assert!(stale.is_empty(), "these pass and need no reason any more: {stale:?}");
}
