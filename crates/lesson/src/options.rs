//! Options: what can be picked, ticked, taken into the week or answered at a gate.

use std::ops::Range;

use smol_str::SmolStr;

use crate::attributes::{Attributes, Pointer};
use crate::items::{Line, kept_id};
use crate::{Choice, Code, Findings, GateOption, Id};

/// Options whose ids are kept in answers.
pub(crate) fn choices(
    lines: Vec<Line<'_>>,
    was: &mut Vec<(Id, Range<usize>)>,
    found: &mut Findings<'_>,
) -> Vec<Choice> {
    lines.into_iter().map(|line| choice(line, was, found)).collect()
}

fn choice(mut line: Line<'_>, was: &mut Vec<(Id, Range<usize>)>, found: &mut Findings<'_>) -> Choice {
    let id = kept_id(&line, found);
    let other = line.attributes.flag("other", found);
    let score = line.attributes.read("score", "score=2", found, |text| {
        text.parse().ok().filter(|score| (-1000..=1000).contains(score))
    });
    let former = line.former(was, found);
    line.attributes.finish(found);
    Choice {
        id,
        label: line.label,
        text: line.text,
        other,
        was: former,
        score,
    }
}

/// In an instrument, picking an option has to count for something.
pub(crate) fn report_unscored(options: &[Choice], opener: &Range<usize>, found: &mut Findings<'_>) {
    if let Some(option) = options.iter().find(|option| option.score.is_none()) {
        found
            .error(
                Code::InstrumentItem,
                opener.clone(),
                format!("Nothing says what `{}` counts for.", option.id),
            )
            .help("In an instrument each option of a `choice` has a score: `> - sometimes {#sometimes score=2}`.");
    }
}

/// `min=` and `max=`.
pub(crate) fn at_least_at_most(
    block: &mut Attributes<'_>,
    most: u32,
    opener: &Range<usize>,
    found: &mut Findings<'_>,
) -> (Option<u32>, Option<u32>) {
    let (min, max) = (block.number("min", 0, most, found), block.number("max", 1, most, found));
    if let (Some(least), Some(most)) = (min, max)
        && least > most
    {
        found
            .error(
                Code::KeyValue,
                opener.clone(),
                format!("`min={least}` is more than `max={most}`."),
            )
            .help("Exchange the two.");
    }
    (min, max)
}

/// The answers to a gate, and where they lead.
pub(crate) fn gate<'s>(lines: Vec<Line<'s>>, found: &mut Findings<'_>) -> (Vec<GateOption>, Vec<Option<Pointer<'s>>>) {
    let (mut options, mut targets) = (Vec::new(), Vec::new());
    for mut line in lines {
        let go = line.attributes.pointer("go", "go=next", found);
        if go.is_none() {
            found
                .error(Code::GateTarget, line.span.clone(), "This answer leads nowhere.")
                .help("Add `go=next`, or `go=` and the id of a step.");
        }
        let id = line
            .id
            .as_ref()
            .map_or_else(|| Id(SmolStr::default()), |(id, _)| id.clone());
        line.attributes.finish(found);
        options.push(GateOption {
            id,
            label: line.label,
            text: line.text,
            go: None,
        });
        targets.push(go);
    }
    (options, targets)
}
