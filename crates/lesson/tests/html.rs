//! A lesson on paper: all of it, blank or with what was written, and nothing that runs.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use lesson::html::{Sheet, page};
use lesson::{Id, Value};

const EVERY_KIND: &str = include_str!("samples/every-kind.md");

#[test]
fn every_block_of_a_lesson_is_on_its_page() {
    let lesson = lesson::parse(EVERY_KIND).lesson.unwrap();
    for blank in [false, true] {
        let html = page(
            &lesson,
            &Sheet {
                blank,
                ..Sheet::default()
            },
        );
        for block in lesson.blocks() {
            assert!(
                html.contains(&format!("class=\"block kind-{}\"", block.kind.name())),
                "{}",
                block.id
            );
            for option in block.kind.options() {
                assert!(html.contains(&option.text), "{}", option.text);
            }
        }
        assert_eq!(
            html.contains("<span class=\"line\">"),
            blank,
            "lines to write on, only when asked for"
        );
    }
}

#[test]
fn what_was_written_stands_on_the_page_and_runs_nothing() {
    let source = format!(
        "{}\n## One {{#one}}\n\n> [!long] What happened? {{#what}}\n\n[a link](javascript:alert(1)) <b>bold</b> ![x](https://elsewhere/x.png)\n",
        EVERY_KIND.split("\n## ").next().unwrap()
    );
    let lesson = lesson::parse(&source).lesson.unwrap();
    let words = Value::Text {
        text: "<script>alert(\"no\")</script> & so on".into(),
    };
    let answers = [(Id::new("what").unwrap(), words)].into();
    let html = page(&lesson, &Sheet { blank: false, answers });
    assert!(
        html.contains("&lt;script&gt;alert(&quot;no&quot;)&lt;/script&gt; &amp; so on"),
        "{html}"
    );
    for never in ["<script", "javascript:", "<b>", "https://elsewhere"] {
        assert!(!html.contains(never), "{never}");
    }
}
