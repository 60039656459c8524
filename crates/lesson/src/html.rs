//! A lesson as one page of HTML: to print blank and fill in by hand, or to print with what was written.
//!
//! It is made from the same tree that the app draws. The page stands alone (its style is in it) and runs nothing.
//! [`bare`] draws plain Markdown without front matter, in the form of CommonMark's examples.
//!
//! Deliberately not here: reading answers from anywhere, and anything that moves.

mod blocks;
mod prose;

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::{Audience, Findings, Id, Lesson, Step, Test, Value, When, front, markdown};
use prose::{Trust, escaped, inlines};

const STYLE: &str = include_str!("html/page.css");

/// What a page shows besides the lesson's own text.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Draws lines and boxes to write in by hand.
    pub blank: bool,
    /// What was written, by field; a field without an answer is drawn as on an unfilled page.
    pub answers: BTreeMap<Id, Value>,
}

/// A lesson as a whole page.
pub fn page(lesson: &Lesson, sheet: &Sheet) -> String {
    let meta = &lesson.meta;
    let mut out = String::with_capacity(32 * 1024);
    _ = write!(
        out,
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\" />\n<meta name=\"viewport\" content=\"width=device-width\" />\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n<header>\n<h1>{}</h1>\n",
        escaped(&meta.lang),
        escaped(&meta.title),
        escaped(&meta.title)
    );
    let audience = match meta.audience {
        Audience::Solo => "for one",
        Audience::Together => "for two",
        Audience::Either => "for one or two",
    };
    _ = writeln!(out, "<p class=\"about\">{} minutes, {audience}</p>", meta.minutes);
    if let Some(summary) = &meta.summary {
        _ = writeln!(out, "<p class=\"summary\">{}</p>", escaped(summary));
    }
    if let Some(heavy) = &meta.heavy {
        _ = writeln!(out, "<p class=\"heavy\">It touches: {}</p>", escaped(heavy));
    }
    out.push_str("</header>\n");
    prose::blocks(&mut out, &lesson.intro, Trust::Lesson);
    for step in &lesson.steps {
        self::step(&mut out, lesson, step, sheet);
    }
    out.push_str("<footer>\n<p>");
    if !meta.authors.is_empty() {
        _ = write!(out, "{}. ", escaped(&meta.authors.join(", ")));
    }
    _ = writeln!(
        out,
        "Licence: {}. Version {}.</p>",
        escaped(&meta.licence),
        escaped(&meta.version)
    );
    out.push_str("<ul class=\"sources\">\n");
    for source in &meta.sources {
        _ = writeln!(out, "<li>{}</li>", escaped(source));
    }
    out.push_str("</ul>\n</footer>\n</main>\n</body>\n</html>\n");
    out
}

/// Plain Markdown, without front matter, as HTML. HTML in it is left out, as in a lesson.
pub fn bare(source: &str) -> String {
    let mut found = Findings::new(source);
    let tree = markdown::tree(source, 0..source.len(), &mut found);
    let mut out = String::with_capacity(source.len() * 2);
    prose::blocks(
        &mut out,
        &crate::prose::prose(source, tree.nodes(), &mut found),
        Trust::Bare,
    );
    out
}

fn step(out: &mut String, lesson: &Lesson, step: &Step, sheet: &Sheet) {
    _ = write!(out, "<section id=\"{}\">\n<h2>", step.id);
    inlines(out, &step.title, Trust::Lesson);
    out.push_str("</h2>\n");
    if let Some(when) = &step.when {
        _ = writeln!(out, "<p class=\"when\">{}</p>", escaped(&condition(lesson, when)));
    }
    for item in &step.body {
        match item {
            crate::Item::Prose { prose } => prose::blocks(out, std::slice::from_ref(prose), Trust::Lesson),
            crate::Item::Block { block } => blocks::block(out, lesson, block, sheet),
        }
    }
    out.push_str("</section>\n");
}

/// When a step or block is for the reader, in words.
fn condition(lesson: &Lesson, when: &When) -> String {
    let tests = when.all.iter().map(|test| match test {
        Test::Together => "when you are both here".to_owned(),
        Test::Solo => "when you do this on your own".to_owned(),
        Test::Picked { field, any, not } => {
            let options = any.iter().map(|id| format!("“{}”", option_text(lesson, field, id)));
            let picked = options.collect::<Vec<_>>().join(" or ");
            format!("if you {} {picked}", if *not { "did not pick" } else { "picked" })
        }
        Test::Between { field, from, to, not } => {
            let asked = lesson.block(field).map_or("it", |block| block.prompt_text.as_str());
            format!(
                "if your mark for “{asked}” is {}{from} to {to}",
                if *not { "not " } else { "" }
            )
        }
    });
    let said = tests.collect::<Vec<_>>().join(", and ");
    format!("For you {said}.")
}

fn option_text(lesson: &Lesson, field: &Id, option: &Id) -> String {
    lesson
        .block(field)
        .and_then(|block| block.kind.options().iter().find(|one| one.id == *option))
        .map_or_else(|| option.to_string(), |one| one.text.clone())
}

/// The body of a file whose front matter, if there is any, is left out.
pub fn without_front_matter(source: &str) -> &str {
    &source[front::cut(source, &mut Findings::new(source)).body]
}
