//! A `frame`: a sentence in pieces, with one gap in each.

use std::ops::Range;

use crate::items::{Line, kept_id};
use crate::prose::words;
use crate::{Code, Findings, Gap, Id, Inline};

/// A gap as it is kept, however long it was drawn.
const GAP: &str = "___";

/// Reads the lines of a `frame`.
pub(crate) fn gaps(lines: Vec<Line<'_>>, was: &mut Vec<(Id, Range<usize>)>, found: &mut Findings<'_>) -> Vec<Gap> {
    lines
        .into_iter()
        .filter_map(|mut line| {
            let id = kept_id(&line, found);
            let former = line.former(was, found);
            let split = split(&line, found);
            line.attributes.finish(found);
            let (before, after) = split?;
            Some(Gap {
                id,
                text: format!("{}{GAP}{}", words(&before), words(&after)).trim().to_owned(),
                before,
                after,
                was: former,
            })
        })
        .collect()
}

/// What stands before a line's gap, and what after.
fn split(line: &Line<'_>, found: &mut Findings<'_>) -> Option<(Vec<Inline>, Vec<Inline>)> {
    let count = runs(&words(&line.label)).len();
    if count != 1 {
        let message = match count {
            0 => "There is no gap in this line.".to_owned(),
            more => format!("There are {more} gaps in this line."),
        };
        found
            .error(Code::FrameGap, line.span.clone(), message)
            .help("Each line of a frame has one gap, drawn as three underscores: `> - When ___ {#event}`.");
        return None;
    }
    let place = line.label.iter().enumerate().find_map(|(at, inline)| match inline {
        Inline::Text { text } => runs(text).first().cloned().map(|run| (at, text, run)),
        _ => None,
    });
    let Some((at, text, run)) = place else {
        found
            .error(
                Code::FrameGap,
                line.span.clone(),
                "The gap of this line stands inside emphasis, code or a link.",
            )
            .help("Write the gap as plain text, with a space before and after: `When ___ happens`.");
        return None;
    };
    let mut before = line.label[..at].to_vec();
    let mut after = line.label[at + 1..].to_vec();
    if run.start > 0 {
        before.push(Inline::Text {
            text: text[..run.start].to_owned(),
        });
    }
    if run.end < text.len() {
        after.insert(
            0,
            Inline::Text {
                text: text[run.end..].to_owned(),
            },
        );
    }
    Some((before, after))
}

/// Every run of three underscores or more.
fn runs(text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices('_') {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs.retain(|run| run.len() >= GAP.len());
    runs
}
