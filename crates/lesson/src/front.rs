//! The front matter: read as YAML, every key checked.
//!
//! YAML's ways of saying one thing twice (anchors, aliases, tags, merge keys) are refused: a person who
//! retypes a printed page would not know them, and they are where YAML surprises.

use std::ops::Range;

use serde_saphyr::granit_parser::{Event, Parser};

pub(crate) use crate::front_cut::cut;
use crate::front_values::Fields;
use crate::names::{did_you_mean, nearest};
use crate::place::line_range;
use crate::scoring;
use crate::yaml::{self, Entries, Yaml};
use crate::yaml_plain;
use crate::{Audience, Code, Findings, Id, MAX_FRONT, Meta, Privacy};

const KEYS: &[&str] = &[
    "format",
    "id",
    "title",
    "version",
    "lang",
    "audience",
    "minutes",
    "licence",
    "sources",
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
];
pub(crate) const EXAMPLE: &str =
    "Begin the file with a line `---`, then `format: 1`, `id:`, `title:` and so on, then `---` again.";

/// Reads the front matter; what is missing or wrong is reported and stands in as something harmless.
pub(crate) fn read(source: &str, yaml: Option<Range<usize>>, found: &mut Findings<'_>) -> Meta {
    let entries = yaml.clone().and_then(|yaml| entries(source, yaml, found));
    let told = yaml.is_none() || entries.is_none();
    let at = yaml.map_or(0..0, |yaml| yaml.start.saturating_sub(4)..yaml.start);
    let mut fields = Fields::new(entries.unwrap_or_default(), at, told);
    let meta = meta(&mut fields, found);
    leftovers(fields, found);
    meta
}

fn entries<'s>(source: &'s str, yaml: Range<usize>, found: &mut Findings<'_>) -> Option<Entries<'s>> {
    let text = &source[yaml.clone()];
    if text.len() > MAX_FRONT {
        found.error(
            Code::TooLarge,
            yaml,
            format!(
                "The front matter is larger than {} KiB, the most it may be.",
                MAX_FRONT / 1024
            ),
        );
        return None;
    }
    if let Some(entries) = yaml_plain::read(text, yaml.start) {
        return Some(entries);
    }
    if tricks(text, yaml.start, found) {
        return None;
    }
    report_comments(source, yaml.clone(), found);
    match yaml::read(text) {
        Ok(mut whole @ Yaml::Map(_)) => {
            whole.shift(yaml.start);
            whole.into_entries()
        }
        Ok(Yaml::Nothing) => Some(Entries::default()),
        Ok(_) => {
            found
                .error(
                    Code::FrontUnreadable,
                    yaml,
                    "The front matter is not a list of keys and values.",
                )
                .help(EXAMPLE);
            None
        }
        Err(error) => {
            let line = error.location().and_then(|place| usize::try_from(place.line()).ok());
            let at = place_of_line(text, line.unwrap_or(1)) + yaml.start;
            let line = line_range(source, at);
            let reason = error.without_snippet().to_string();
            // It counts lines from the front matter's start; the diagnostic has the file's own place.
            let reason = reason.lines().next().unwrap_or_default();
            let reason = reason.split(" at line ").next().unwrap_or_default();
            let (line, why, help) = plainly(source, yaml.start, line, reason);
            found
                .error(
                    Code::FrontUnreadable,
                    line,
                    format!("The front matter cannot be read here: {why}."),
                )
                .help(help);
            None
        }
    }
}

/// What the YAML reader says, in words for somebody who does not know that it is YAML.
fn plainly(source: &str, start: usize, line: Range<usize>, reason: &str) -> (Range<usize>, String, &'static str) {
    const QUOTE: &str =
        "Write each key as `key: value`. Put quotes around a value that holds `: ` or starts with a sign.";
    let (why, help) = if reason.contains("mapping values are not allowed") {
        (
            "there is a second colon in this line",
            "Put quotes around the whole value: `title: \"One: two\"`.",
        )
    } else if reason.contains("tab") {
        ("there is a tab in this line", "Put spaces in its place.")
    } else if reason.contains("after single-quoted scalar") {
        (
            "something stands after the closing quotation mark",
            "An apostrophe ends a value that began with one. Put double quotes around the value instead.",
        )
    } else if reason.contains("double-quoted scalar") || reason.contains("quoted scalar") {
        // The mark that was not closed swallowed lines: the mistake is where it stands, not where the next one is.
        let text = &source[start..line.end];
        let mut at = start;
        for one in text.split_inclusive('\n') {
            if one.matches('"').count() % 2 == 1 {
                let open = line_range(source, at);
                return (
                    open,
                    "a quotation mark in this line is not closed".to_owned(),
                    "End the value with a quotation mark too. Within it, write `\\\"` for one that is meant.",
                );
            }
            at += one.len();
        }
        ("a quotation mark is not closed", QUOTE)
    } else if reason.contains("simple key") {
        (
            "there is no colon with a space after it",
            "Write `key: value`, with a space after the colon.",
        )
    } else if reason.contains("Depth") {
        ("it is nested too deep", "Say it in fewer brackets.")
    } else if reason.contains("document") {
        (
            "a second document begins in it",
            "Let only keys and values stand between the two lines `---`.",
        )
    } else {
        return (line, reason.to_owned(), QUOTE);
    };
    (line, why.to_owned(), help)
}

/// Where a line begins, counted from 1.
fn place_of_line(text: &str, line: usize) -> usize {
    text.split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum()
}

/// `title: Walk #1` loses its number: what follows ` #` is a comment. One that is meant has a space after its sign.
fn report_comments(source: &str, yaml: Range<usize>, found: &mut Findings<'_>) {
    for line in crate::place::lines_in(source, yaml) {
        let text = &source[line.clone()];
        let Some((key, value)) = text.split_once(": ") else {
            continue;
        };
        let plain = !value.trim_start().starts_with(['"', '\'', '[', '{', '#', '|', '>']);
        let Some(at) = value.find(" #").filter(|_| plain && !key.contains('#')) else {
            continue;
        };
        if value[at + 2..].starts_with(|c: char| !c.is_whitespace() && c != '#') {
            let at = line.start + key.len() + 2 + at + 1;
            found
                .warning(
                    Code::FrontValue,
                    at..line.end,
                    "What follows `#` is a note to authors here, and no part of the value.",
                )
                .help("Put quotes around the value if it is meant to be one.");
        }
    }
}

/// Reports anchors, aliases and tags, of which serde would tell only some, and without their places.
fn tricks(text: &str, base: usize, found: &mut Findings<'_>) -> bool {
    // One of each is enough to know: a file that is made of them need not say so a thousand times.
    let mut told: Vec<&str> = Vec::new();
    for event in Parser::new_from_str(text) {
        // A syntax error is reported by the reading proper.
        let Ok((event, span)) = event else { break };
        let tag = span.tag_span().and_then(|span| span.byte_range());
        let (what, span) = match (&event, tag) {
            (_, Some(tag)) => ("a tag (`!`)", Some(tag)),
            (Event::Anchor(..), _) => ("an anchor (`&`)", span.byte_range()),
            (Event::Alias(..) | Event::UnresolvedAlias(..), _) => ("an alias (`*`)", span.byte_range()),
            (Event::Scalar(_, _, anchor, _), _) if *anchor > 0 => ("an anchor (`&`)", span.byte_range()),
            (Event::SequenceStart(_, anchor, _) | Event::MappingStart(_, anchor, _), _) if *anchor > 0 => {
                ("an anchor (`&`)", span.byte_range())
            }
            _ => continue,
        };
        if told.contains(&what) {
            continue;
        }
        told.push(what);
        let span = span.unwrap_or(0..0);
        found
            .error(
                Code::FrontTrick,
                base + span.start..base + span.end,
                format!("There is {what} in the front matter."),
            )
            .help("Put quotes around the value if it begins with that sign; otherwise write it out in full.");
    }
    !told.is_empty()
}

fn meta(fields: &mut Fields<'_>, found: &mut Findings<'_>) -> Meta {
    if let Some((format, span)) = fields.number("format", 1..=u32::MAX, true, found)
        && format != 1
    {
        found
            .error(
                Code::FormatUnknown,
                span,
                format!("This lesson says `format: {format}`. This version of Pairwise reads format 1."),
            )
            .help("A newer Pairwise may be able to read it.");
    }
    let id = fields.id("id", true, found);
    let instrument = fields
        .word("kind", false, &[("instrument", true), ("lesson", false)], found)
        .unwrap_or(false);
    let instrument = if instrument {
        Some(scoring::read(fields, found))
    } else {
        scoring::report_astray(fields, found);
        None
    };
    Meta {
        id: id.unwrap_or_else(|| Id("untitled".into())),
        title: fields.text("title", true, "\"Our loop\"", found).unwrap_or_default(),
        version: fields.version(found),
        lang: fields.lang(found),
        audience: fields
            .word(
                "audience",
                true,
                &[
                    ("solo", Audience::Solo),
                    ("together", Audience::Together),
                    ("either", Audience::Either),
                ],
                found,
            )
            .unwrap_or(Audience::Either),
        minutes: fields
            .number("minutes", 1..=600, true, found)
            .map_or(0, |(minutes, _)| minutes),
        licence: fields.text("licence", true, "CC-BY-SA-4.0", found).unwrap_or_default(),
        sources: fields.texts("sources", true, found),
        summary: fields.text("summary", false, "\"One sentence.\"", found),
        part: fields.id("part", false, found),
        requires: fields.ids("requires", found),
        share: fields
            .word(
                "share",
                false,
                &[
                    ("private", Privacy::Private),
                    ("reveal", Privacy::Reveal),
                    ("joint", Privacy::Joint),
                ],
                found,
            )
            .unwrap_or(Privacy::Private),
        authors: fields.texts("authors", false, found),
        heavy: fields.text("heavy", false, "\"Old hurts.\"", found),
        retired: fields.ids("retired", found),
        translates: fields.translates(found),
        instrument,
    }
}

fn leftovers(fields: Fields<'_>, found: &mut Findings<'_>) {
    for (key, span) in fields.finish() {
        if KEYS.contains(&&*key) {
            found
                .error(
                    Code::FrontKeyTwice,
                    span,
                    format!("`{key}` stands twice in the front matter."),
                )
                .help("Keep one.");
        } else {
            let near = nearest(&key, KEYS.iter().copied());
            let help = did_you_mean(&key, KEYS.iter().copied())
                .unwrap_or_else(|| format!("The front matter can hold: {}.", KEYS.join(", ")));
            let diagnostic = found.error(
                Code::FrontKeyUnknown,
                span.clone(),
                format!("`{key}` is not a key that the front matter knows."),
            );
            diagnostic.help(help);
            if let Some(near) = near {
                diagnostic.fix(span, near);
            }
        }
    }
}
