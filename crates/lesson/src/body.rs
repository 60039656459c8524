//! What stands in a block: each kind reads its lists and its keys by its own rules.
//!
//! The readers of single kinds stand in `options`, `marks`, `piles`, `gaps`, `stages` and `plan`.

use std::ops::Range;

use smol_str::SmolStr;

use crate::attributes::{Attributes, Pointer};
use crate::items::{Source, lines};
use crate::markdown::{Node, What};
use crate::{Code, Draw, Findings, HelpTopic, Id, Kind, Per, RecallOf};
use crate::{gaps, marks, options, piles, plan, stages};

/// Most characters that a `max=` can allow.
const MAX_TEXT: u32 = 20_000;

/// What was read.
pub(crate) struct Body<'s> {
    pub(crate) kind: Kind,
    /// The ids of its items.
    pub(crate) ids: Vec<(Id, Range<usize>)>,
    /// The ids that its items had before.
    pub(crate) was: Vec<(Id, Range<usize>)>,
    /// A gate's targets.
    pub(crate) go: Vec<Option<Pointer<'s>>>,
}

/// Whether a kind reads a list (numbered or not) as its own; other lists are help text.
pub(crate) fn wants(kind: &str, numbered: bool) -> bool {
    match kind {
        "cycle" | "talk" => numbered,
        "choice" | "choices" | "checklist" | "scale" | "rating" | "frame" | "log" | "practice" | "gate" => !numbered,
        "plan" | "sort" => true,
        _ => false,
    }
}

/// How the list is written that a kind cannot do without.
fn form(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "choice" | "choices" | "practice" | "gate" => "options: `> - closer {#closer}`",
        "checklist" => "lines to tick: `> - [ ] Ten slow breaths {#breathe}`",
        "rating" => "rows: `> - at breakfast {#breakfast}`",
        "frame" => "lines with a gap each: `> - When ___ {#event}`",
        "cycle" => "numbered stages: `> 1. When I see or hear… {#spark spark}`",
        "talk" => "numbered turns: `> 1. One speaks, the other listens. {#speak minutes=2}`",
        _ => return None,
    })
}

/// Reads the body of a block.
pub(crate) fn read<'s>(
    at: &Source<'s>,
    lists: &[Node<'_>],
    block: &mut Attributes<'s>,
    found: &mut Findings<'_>,
) -> Body<'s> {
    let (kind, opener) = (at.kind, &at.opener);
    let mut body = Body {
        kind: Kind::Note,
        ids: vec![],
        was: vec![],
        go: vec![],
    };
    if kind == "sort" {
        body.kind = piles::sort(at, lists, block, &mut body.ids, &mut body.was, found);
        return body;
    }
    let lines = lines(at, lists, form(kind), found);
    body.ids = lines.iter().filter_map(|line| line.id.clone()).collect();
    let was = &mut body.was;
    body.kind = match kind {
        "short" => Kind::Short {
            max: block.number("max", 1, MAX_TEXT, found),
        },
        "long" => Kind::Long {
            rows: block.number("rows", 1, 40, found).unwrap_or(5),
            max: block.number("max", 1, MAX_TEXT, found),
        },
        "choice" => {
            let options = options::choices(lines, was, found);
            if at.instrument {
                options::report_unscored(&options, opener, found);
            }
            Kind::Choice { options }
        }
        "choices" => {
            let options = options::choices(lines, was, found);
            let most = u32::try_from(options.len()).unwrap_or(1).max(1);
            let (min, max) = options::at_least_at_most(block, most, opener, found);
            Kind::Choices { options, min, max }
        }
        "list" => {
            let (min, max) = options::at_least_at_most(block, 100, opener, found);
            Kind::List { min, max }
        }
        "scale" => marks::scale(at, lines, block, found),
        "rating" => marks::rating(at, lines, block, was, found),
        "frame" => Kind::Frame {
            gaps: gaps::gaps(lines, was, found),
        },
        "checklist" => Kind::Checklist {
            items: options::choices(lines, was, found),
        },
        "cycle" => {
            let half = block.flag("half", found);
            Kind::Cycle {
                stages: stages::stages(lines, half, opener, found),
                half,
            }
        }
        "agreement" => Kind::Agreement {
            review: block.read("review", "review=2w", found, |text| plan::days(text, 366)),
        },
        "log" => Kind::Log {
            per: block
                .word("per", &[("day", Per::Day), ("week", Per::Week)], found)
                .unwrap_or(Per::Day),
            tags: options::choices(lines, was, found),
        },
        "practice" => Kind::Practice {
            options: options::choices(lines, was, found),
            days: block.number("days", 1, 60, found).unwrap_or(7),
        },
        "plan" => {
            let parts = plan::parts(lines, found);
            Kind::Plan {
                parts,
                every: block
                    .read("every", "every=week", found, |text| plan::days(text, 60))
                    .unwrap_or(7),
            }
        }
        "timer" => {
            report_lacking(at, block, "minutes", "minutes=5", found);
            Kind::Timer {
                minutes: block.number("minutes", 1, 120, found).unwrap_or(5),
            }
        }
        "talk" => Kind::Talk {
            turns: stages::turns(lines, found),
            rounds: block.number("rounds", 1, 20, found).unwrap_or(1),
            swap: block.flag("swap", found),
            heard: block.flag("heard", found),
        },
        "pause" => Kind::Pause,
        "ready" => Kind::Ready,
        "compare" => Kind::Compare { of: Vec::new() },
        // What these name is settled later; until then they name nothing.
        "recall" => Kind::Recall { of: nothing() },
        "chart" => {
            let draws = [
                ("line", Draw::Line),
                ("strip", Draw::Strip),
                ("jar", Draw::Jar),
                ("columns", Draw::Columns),
            ];
            report_lacking(at, block, "as", "as=line", found);
            Kind::Chart {
                of: Vec::new(),
                draw: block.word("as", &draws, found).unwrap_or(Draw::Line),
            }
        }
        "instrument" => {
            report_lacking(at, block, "use", "use=weekly-pulse", found);
            let of = block.read("use", "use=weekly-pulse", found, |text| Id::new(text).ok());
            Kind::Instrument {
                of: of.unwrap_or_else(|| Id(SmolStr::default())),
            }
        }
        "help" => {
            let topics = [
                ("crisis", HelpTopic::Crisis),
                ("abuse", HelpTopic::Abuse),
                ("therapist", HelpTopic::Therapist),
            ];
            report_lacking(at, block, "topic", "topic=crisis", found);
            Kind::Help {
                topic: block.word("topic", &topics, found).unwrap_or(HelpTopic::Crisis),
            }
        }
        "gate" => {
            let (options, go) = options::gate(lines, found);
            body.go = go;
            Kind::Gate { options }
        }
        _ => Kind::Note,
    };
    body
}

fn nothing() -> RecallOf {
    RecallOf {
        lesson: Id(SmolStr::default()),
        field: Id(SmolStr::default()),
        part: None,
    }
}

fn report_lacking(at: &Source<'_>, block: &Attributes<'_>, key: &str, example: &str, found: &mut Findings<'_>) {
    if block.has(key).is_none() {
        found
            .error(
                Code::KeyMissing,
                at.opener.clone(),
                format!("This `{}` lacks `{key}=`.", at.kind),
            )
            .help(format!("Write for example `{example}` in its tail."));
    }
}

/// Whether a list is numbered.
pub(crate) fn numbered(list: Node<'_>) -> bool {
    matches!(list.what(), What::List(Some(_)))
}
