//! Marks: scales, ratings, and the words at their ends.

use std::ops::Range;

use crate::attributes::Attributes;
use crate::items::{Line, Source, kept_id};
use crate::prose::words;
use crate::{Code, Findings, Id, Inline, Kind, Row, ScaleEnd};

/// A scale with more marks than this could not be drawn.
const MAX_MARKS: i32 = 100;

/// A `scale`.
pub(crate) fn scale(
    at: &Source<'_>,
    lines: Vec<Line<'_>>,
    block: &mut Attributes<'_>,
    found: &mut Findings<'_>,
) -> Kind {
    let marks = marks(block, found);
    let mut ends: Vec<ScaleEnd> = Vec::new();
    for line in lines {
        match split(at.text, &line) {
            Some(split) => end(line, split, marks.0, &mut ends, found),
            None => {
                found
                    .error(
                        Code::ScaleEnd,
                        line.span.clone(),
                        "This does not say which mark it is about.",
                    )
                    .help(format!(
                        "Write the mark, a colon and the words: `- {}: not at all`.",
                        marks.0.0
                    ));
            }
        }
    }
    report_endless(at, marks, &ends, found);
    let (from, to) = marks.0;
    Kind::Scale { from, to, ends }
}

/// A `rating`: bullets that begin with a mark name ends, every other bullet is a row.
pub(crate) fn rating(
    at: &Source<'_>,
    lines: Vec<Line<'_>>,
    block: &mut Attributes<'_>,
    was: &mut Vec<(Id, Range<usize>)>,
    found: &mut Findings<'_>,
) -> Kind {
    let marks = marks(block, found);
    let (mut ends, mut rows): (Vec<ScaleEnd>, Vec<Row>) = (Vec::new(), Vec::new());
    let any = !lines.is_empty();
    for mut line in lines {
        // A row may begin with a number too ("7: the early shift"); only a row has an id.
        if line.id.is_none()
            && !line.attributes.id_tried()
            && let Some(split) = split(at.text, &line)
        {
            end(line, split, marks.0, &mut ends, found);
            continue;
        }
        let id = kept_id(&line, found);
        let reverse = line
            .attributes
            .word("score", &[("reverse", true)], found)
            .unwrap_or(false);
        let former = line.former(was, found);
        line.attributes.finish(found);
        rows.push(Row {
            id,
            label: line.label,
            text: line.text,
            was: former,
            reverse,
        });
    }
    if any && rows.is_empty() {
        found
            .error(
                Code::BodyMissing,
                at.opener.clone(),
                "This `rating` has marks, but nothing to rate.",
            )
            .help("Give it rows: `> - at breakfast {#breakfast}`.");
    }
    report_endless(at, marks, &ends, found);
    let (from, to) = marks.0;
    Kind::Rating { from, to, ends, rows }
}

/// From which mark to which, and whether the block says so itself.
fn marks(block: &mut Attributes<'_>, found: &mut Findings<'_>) -> ((i32, i32), bool) {
    let range = block.read("range", "range=0-10", found, |text| {
        range(text).filter(|(from, to)| from < to && to.saturating_sub(*from) <= MAX_MARKS)
    });
    (range.unwrap_or((0, 10)), range.is_some())
}

/// The mark that an item begins with, and where its colon is.
fn split(source: &str, line: &Line<'_>) -> Option<(usize, i32)> {
    let (at, _) = source[line.span.clone()].split_once(':')?;
    Some((at.len(), at.trim().parse().ok()?))
}

fn end(
    line: Line<'_>,
    (colon, at): (usize, i32),
    (from, to): (i32, i32),
    ends: &mut Vec<ScaleEnd>,
    found: &mut Findings<'_>,
) {
    if at < from || at > to || ends.iter().any(|end| end.at == at) {
        found
            .error(
                Code::ScaleEnd,
                line.span.clone(),
                format!("The mark {at} is not on this scale, or has its words already."),
            )
            .help(format!("The scale runs from {from} to {to}."));
        return;
    }
    let label = after(line.label, colon + 1);
    line.attributes.finish(found);
    ends.push(ScaleEnd {
        at,
        text: words(&label).trim().to_owned(),
        label,
    });
}

fn report_endless(
    at: &Source<'_>,
    ((from, to), said): ((i32, i32), bool),
    ends: &[ScaleEnd],
    found: &mut Findings<'_>,
) {
    if said && ends.is_empty() {
        found
            .warning(
                Code::ScaleEnd,
                at.opener.clone(),
                "Nothing says what the ends of this scale mean.",
            )
            .help(format!("Add `> - {from}: not at all` and `> - {to}: very much`."));
    }
}

/// A label without its first characters, which are plain text (the mark and its colon).
fn after(mut label: Vec<Inline>, skip: usize) -> Vec<Inline> {
    if let Some(Inline::Text { text }) = label.first_mut() {
        *text = text.get(skip..).unwrap_or_default().trim_start().to_owned();
        if text.is_empty() {
            label.remove(0);
        }
    }
    label
}

/// `0-10`, `-3-3`, `-5--1`; one number is a range of one.
pub(crate) fn range(text: &str) -> Option<(i32, i32)> {
    let hyphen = text.char_indices().skip(1).find(|(_, c)| *c == '-').map(|(at, _)| at);
    match hyphen {
        Some(at) => Some((text[..at].parse().ok()?, text[at + 1..].parse().ok()?)),
        None => text.parse().ok().map(|one| (one, one)),
    }
}
