//! What stands in a block: its options, marks, stages and parts, each kind by its own rules.

use std::ops::Range;

use crate::attributes::{Attributes, Pointer};
use crate::items::{Line, kept_id, lines};
use crate::markdown::Node;
use crate::prose::words;
use crate::{Choice, Code, Findings, GateOption, Id, Inline, Kind, PlanPart, RecallOf, ScaleEnd, Stage};

/// Most characters that a `max=` can allow.
const MAX_TEXT: u32 = 20_000;
/// A scale with more marks than this could not be drawn.
const MAX_MARKS: i32 = 100;

/// What was read.
pub(crate) struct Body {
    pub(crate) kind: Kind,
    pub(crate) ids: Vec<(Id, Range<usize>)>,
    pub(crate) go: Vec<Option<Pointer>>,
}

/// Whether a kind reads a list (numbered or not) as its own; other lists are help text.
pub(crate) fn wants(kind: &str, numbered: bool) -> bool {
    match kind {
        "cycle" => numbered,
        "choice" | "choices" | "checklist" | "scale" | "gate" => !numbered,
        "plan" => true,
        _ => false,
    }
}

/// Reads the body of a block of a built kind.
pub(crate) fn read(
    source: &str,
    kind: &str,
    lists: &[&Node],
    block: &mut Attributes,
    opener: Range<usize>,
    found: &mut Findings<'_>,
) -> Body {
    let lines = lines(source, kind, lists, &opener, found);
    let mut body = Body {
        kind: Kind::Note,
        ids: lines.iter().filter_map(|line| line.id.clone()).collect(),
        go: vec![],
    };
    body.kind = match kind {
        "short" => Kind::Short {
            max: block.number("max", 1, MAX_TEXT, found),
        },
        "long" => Kind::Long {
            rows: block.number("rows", 1, 40, found).unwrap_or(5),
            max: block.number("max", 1, MAX_TEXT, found),
        },
        "choice" => Kind::Choice {
            options: choices(lines, found),
        },
        "choices" => {
            let options = choices(lines, found);
            let most = u32::try_from(options.len()).unwrap_or(1).max(1);
            let (min, max) = at_least_at_most(block, most, &opener, found);
            Kind::Choices { options, min, max }
        }
        "list" => {
            let (min, max) = at_least_at_most(block, 100, &opener, found);
            Kind::List { min, max }
        }
        "scale" => scale(source, lines, block, &opener, found),
        "checklist" => Kind::Checklist {
            items: choices(lines, found),
        },
        "cycle" => {
            let half = block.flag("half", found);
            Kind::Cycle {
                stages: stages(lines, half, &opener, found),
                half,
            }
        }
        "plan" => {
            let parts = parts(lines, found);
            Kind::Plan {
                parts,
                every: block.read("every", "every=week", found, days).unwrap_or(7),
            }
        }
        "compare" => Kind::Compare { of: Vec::new() },
        // What it recalls is settled later; until then it names nothing.
        "recall" => Kind::Recall {
            of: RecallOf {
                lesson: Id(String::new()),
                field: Id(String::new()),
                part: None,
            },
        },
        "gate" => {
            let (options, go) = gate(lines, found);
            body.go = go;
            Kind::Gate { options }
        }
        _ => Kind::Note,
    };
    body
}

fn choices(lines: Vec<Line>, found: &mut Findings<'_>) -> Vec<Choice> {
    lines
        .into_iter()
        .map(|mut line| {
            let id = kept_id(&line, found);
            let other = line.attributes.flag("other", found);
            line.attributes.finish(found);
            Choice {
                id,
                label: line.label,
                text: line.text,
                other,
                was: Vec::new(),
                score: None,
            }
        })
        .collect()
}

fn at_least_at_most(
    block: &mut Attributes,
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

fn scale(
    source: &str,
    lines: Vec<Line>,
    block: &mut Attributes,
    opener: &Range<usize>,
    found: &mut Findings<'_>,
) -> Kind {
    let range = block.read("range", "range=0-10", found, |text| {
        range(text).filter(|(from, to)| from < to && to.saturating_sub(*from) <= MAX_MARKS)
    });
    let (from, to) = range.unwrap_or((0, 10));
    let mut ends: Vec<ScaleEnd> = Vec::new();
    for line in lines {
        let text = &source[line.span.clone()];
        let parts = text
            .split_once(':')
            .and_then(|(at, _)| Some((at.len(), at.trim().parse::<i32>().ok()?)));
        let Some((colon, at)) = parts else {
            found
                .error(
                    Code::ScaleEnd,
                    line.span.clone(),
                    "This does not say which mark it is about.",
                )
                .help(format!(
                    "Write the mark, a colon and the words: `- {from}: not at all`."
                ));
            continue;
        };
        if at < from || at > to || ends.iter().any(|end| end.at == at) {
            found
                .error(
                    Code::ScaleEnd,
                    line.span.clone(),
                    format!("The mark {at} is not on this scale, or has its words already."),
                )
                .help(format!("The scale runs from {from} to {to}."));
            continue;
        }
        let label = after(line.label, colon + 1);
        line.attributes.finish(found);
        ends.push(ScaleEnd {
            at,
            text: words(&label).trim().to_owned(),
            label,
        });
    }
    if range.is_some() && ends.is_empty() {
        let diagnostic = found.warning(
            Code::ScaleEnd,
            opener.clone(),
            "Nothing says what the ends of this scale mean.",
        );
        diagnostic.help(format!("Add `> - {from}: not at all` and `> - {to}: very much`."));
    }
    Kind::Scale { from, to, ends }
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

fn stages(lines: Vec<Line>, half: bool, opener: &Range<usize>, found: &mut Findings<'_>) -> Vec<Stage> {
    let stages: Vec<Stage> = lines
        .into_iter()
        .map(|mut line| {
            let id = kept_id(&line, found);
            let [spark, seen, under] = ["spark", "seen", "under"].map(|flag| line.attributes.flag(flag, found));
            if under && (spark || seen) {
                found
                    .error(
                        Code::CycleStages,
                        line.span.clone(),
                        "A stage that lies beneath cannot be where the two halves meet.",
                    )
                    .help("Take `under` away, or `spark` and `seen`.");
            }
            line.attributes.finish(found);
            Stage {
                id,
                label: line.label,
                text: line.text,
                spark,
                seen,
                under,
            }
        })
        .collect();
    for (flag, count) in [
        ("spark", stages.iter().filter(|s| s.spark).count()),
        ("seen", stages.iter().filter(|s| s.seen).count()),
    ] {
        // The two halves join where one's `seen` meets the other's `spark`: one of each, no more and no less.
        if count > 1 || (count == 0 && !half && !stages.is_empty()) {
            found
                .error(Code::CycleStages, opener.clone(), format!("A loop needs one stage with `{flag}`. This one has {count}."))
                .help("`spark` marks what sets me off, `seen` what the other sees me do. `half` on the block makes it a half for one person.");
        }
    }
    stages
}

fn parts(lines: Vec<Line>, found: &mut Findings<'_>) -> Vec<PlanPart> {
    lines
        .into_iter()
        .map(|mut line| {
            let pages = line.attributes.read("pages", "pages=1-30", found, |text| {
                range(text)
                    .and_then(|(from, to)| Some((u32::try_from(from).ok()?, u32::try_from(to).ok()?)))
                    .filter(|(from, to)| from <= to)
            });
            line.attributes.finish(found);
            PlanPart {
                title: line.text,
                from: pages.map(|pages| pages.0),
                to: pages.map(|pages| pages.1),
            }
        })
        .collect()
}

/// `day`, `week`, `10d`, `2w`: days from one part to the next, 1 to 60.
fn days(text: &str) -> Option<u32> {
    let days = match text {
        "day" => 1,
        "week" => 7,
        _ => {
            let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
            let number: u32 = number.parse().ok()?;
            match unit {
                "d" => number,
                "w" => number.checked_mul(7)?,
                _ => return None,
            }
        }
    };
    (1..=60).contains(&days).then_some(days)
}

fn gate(lines: Vec<Line>, found: &mut Findings<'_>) -> (Vec<GateOption>, Vec<Option<Pointer>>) {
    let (mut options, mut targets) = (Vec::new(), Vec::new());
    for mut line in lines {
        let go = line.attributes.pointer("go", "go=next", found);
        if go.is_none() {
            found
                .error(Code::GateTarget, line.span.clone(), "This answer leads nowhere.")
                .help("Add `go=next`, or `go=` and the id of a step.");
        }
        let id = line.id.as_ref().map_or_else(|| Id(String::new()), |(id, _)| id.clone());
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
