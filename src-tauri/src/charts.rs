//! Charts: what was marked, counted or written, over every run that this turn may read.
//!
//! From one's own answers and the joint ones, never the other's, opened or not: nobody is drawn beside the other. A
//! field marked sensitive is drawn nowhere, and earlier wording is not counted. Where nothing was marked there is a gap.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use lesson::{Block, Choice, Draw, Entry, Id, Kind, Lesson, Per, RecallOf, Value};

use crate::{
    instrument,
    ipc::dto::{Chart, Point, Refusal, Series, Unit},
    reader::Reader,
};

/// Most points of one series: a strip over years of days is nothing anyone can read.
const MOST: usize = 400;

impl Reader<'_> {
    /// What each `chart` of the lesson draws.
    pub(crate) fn charts(&self) -> Result<Vec<Chart>, Refusal> {
        let mut charts = Vec::new();
        for block in self.blocks_where(|kind| matches!(kind, Kind::Chart { .. })) {
            let Kind::Chart { of, draw } = &block.kind else {
                continue;
            };
            let mut series = Vec::new();
            for of in of {
                series.extend(self.series(of, *draw)?);
            }
            charts.push(Chart {
                block: block.id.clone(),
                enough: is_enough(*draw, &series),
                series,
            });
        }
        Ok(charts)
    }

    fn series(&self, of: &RecallOf, draw: Draw) -> Result<Vec<Series>, Refusal> {
        let Some(block) = self.asked(of).filter(|block| !block.sensitive) else {
            return Ok(Vec::new());
        };
        let mut past = self.joint_past(&of.lesson, block)?;
        past.extend(self.own_past(&of.lesson, block)?);
        let mut answers: Vec<(NaiveDate, Value)> = past
            .into_iter()
            .map(|past| (past.kept.at.local().date_naive(), past.value))
            .collect();
        // Newest first as they came, so that a stable sort of the reverse keeps the order of one day's answers.
        answers.reverse();
        answers.sort_by_key(|(day, _)| *day);
        let part = of.part.as_ref();
        Ok(match &block.kind {
            Kind::Scale { from, to, .. } => {
                vec![marks(&block.prompt_text, (*from, *to), &answers, |value| match value {
                    Value::Mark { at } => *at,
                    _ => None,
                })]
            }
            Kind::Rating { from, to, rows, .. } => rows
                .iter()
                .filter(|row| part.is_none_or(|part| row.id == *part))
                .map(|row| {
                    marks(&row.text, (*from, *to), &answers, |value| match value {
                        Value::Marks { marks } => marks.get(&row.id).copied(),
                        _ => None,
                    })
                })
                .collect(),
            Kind::Log { per, tags } => vec![entries(block, *per, tags, part, draw, &answers)],
            Kind::Instrument { .. } => self
                .instrument(block)
                .map_or_else(Vec::new, |of| takes(of, part, &answers)),
            _ if draw == Draw::Jar => vec![pieces(block, &answers)],
            Kind::Choice { options } | Kind::Choices { options, .. } | Kind::Checklist { items: options } => {
                vec![picked(block, options, &answers, |value| match value {
                    Value::Picks { picks, .. } => picks.clone(),
                    _ => Vec::new(),
                })]
            }
            Kind::Practice { options, .. } => vec![picked(block, options, &answers, |value| match value {
                Value::Practice { pick, .. } => pick.iter().cloned().collect(),
                _ => Vec::new(),
            })],
            Kind::Sort { piles, .. } if !piles.is_empty() => {
                vec![picked(block, piles, &answers, |value| match value {
                    Value::Sorted { cards, .. } => cards.iter().filter_map(|card| card.pile.clone()).collect(),
                    _ => Vec::new(),
                })]
            }
            _ => vec![written(block, &answers)],
        })
    }

    /// The field a recall or a chart asks for, of this lesson as this run has it, or of another in the course.
    pub(crate) fn asked(&self, of: &RecallOf) -> Option<&Block> {
        if of.lesson == self.lesson.meta.id {
            self.lesson.block(&of.field)
        } else {
            self.course.lesson(&of.lesson)?.block(&of.field)
        }
    }
}

/// Whether there is something to see: two points to hold against each other, or one piece in a jar.
fn is_enough(draw: Draw, series: &[Series]) -> bool {
    let seen = |series: &Series| series.points.iter().filter(|point| point.value.is_some()).count();
    match draw {
        Draw::Line => series.iter().any(|series| seen(series) >= 2),
        Draw::Strip | Draw::Columns => series.iter().map(seen).sum::<usize>() >= 2,
        Draw::Jar => series.iter().any(|series| seen(series) >= 1),
    }
}

fn plain(label: &str, unit: Unit, points: Vec<Point>) -> Series {
    let skip = points.len().saturating_sub(MOST);
    Series {
        label: label.to_owned(),
        unit,
        ends: None,
        noise: None,
        points: points.into_iter().skip(skip).collect(),
    }
}

/// A mark for each answer.
fn marks(
    label: &str,
    ends: (i32, i32),
    answers: &[(NaiveDate, Value)],
    mark: impl Fn(&Value) -> Option<i32>,
) -> Series {
    let points = answers.iter().map(|(day, value)| Point {
        on: Some(*day),
        label: String::new(),
        value: mark(value).map(f64::from),
    });
    Series {
        ends: Some((f64::from(ends.0), f64::from(ends.1))),
        ..plain(label, Unit::Mark, points.collect())
    }
}

/// How often each thing was picked. Without any answer nothing was counted, and nothing is zero.
fn picked(
    block: &Block,
    options: &[Choice],
    answers: &[(NaiveDate, Value)],
    picks: impl Fn(&Value) -> Vec<Id>,
) -> Series {
    let all: Vec<Id> = answers.iter().flat_map(|(_, value)| picks(value)).collect();
    let points = options.iter().map(|option| Point {
        on: None,
        label: option.text.clone(),
        value: (!all.is_empty()).then(|| count(all.iter().filter(|pick| **pick == option.id))),
    });
    plain(&block.prompt_text, Unit::Count, points.collect())
}

/// How many lines each answer has.
fn written(block: &Block, answers: &[(NaiveDate, Value)]) -> Series {
    let points = answers.iter().map(|(day, value)| Point {
        on: Some(*day),
        label: String::new(),
        value: (!value.is_blank()).then(|| count(value.as_lines(block).iter())),
    });
    plain(&block.prompt_text, Unit::Count, points.collect())
}

/// One piece for each line that was written or thing that was picked.
fn pieces(block: &Block, answers: &[(NaiveDate, Value)]) -> Series {
    let points = answers.iter().flat_map(|(day, value)| {
        let lines = value.as_lines(block).into_iter();
        lines.map(|line| Point {
            on: Some(*day),
            label: line,
            value: Some(1.0),
        })
    });
    plain(&block.prompt_text, Unit::Count, points.collect())
}

/// A log: each entry a piece, or each day or week with its count. A day nobody wrote about is a gap and no zero.
fn entries(
    block: &Block,
    per: Per,
    tags: &[Choice],
    part: Option<&Id>,
    draw: Draw,
    answers: &[(NaiveDate, Value)],
) -> Series {
    let mut entries: Vec<&Entry> = answers
        .iter()
        .flat_map(|(_, value)| match value {
            Value::Entries { entries } => entries.as_slice(),
            _ => &[],
        })
        .filter(|entry| part.is_none_or(|part| entry.tags.contains(part)))
        .collect();
    entries.sort_by_key(|entry| entry.on);
    if draw == Draw::Jar {
        let points = entries.iter().map(|entry| Point {
            on: Some(entry.on),
            label: words(entry, tags),
            value: Some(1.0),
        });
        return plain(&block.prompt_text, Unit::Count, points.collect());
    }
    let mut counts: BTreeMap<NaiveDate, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        counts.entry(begins(per, entry.on)).or_default().push(entry);
    }
    let step = Days::new(if per == Per::Week { 7 } else { 1 });
    let mut points = Vec::new();
    let mut day = counts.last_key_value().map(|(day, _)| *day);
    let first = counts.first_key_value().map(|(day, _)| *day);
    while let Some(on) = day.filter(|on| first.is_some_and(|first| *on >= first) && points.len() < MOST) {
        let here = counts.get(&on);
        let label = here.map_or_else(String::new, |entries| {
            let words = entries.iter().map(|entry| words(entry, tags));
            words.filter(|words| !words.is_empty()).collect::<Vec<_>>().join("\n")
        });
        points.push(Point {
            on: Some(on),
            label,
            value: here.map(|entries| count(entries.iter())),
        });
        day = on.checked_sub_days(step);
    }
    points.reverse();
    plain(&block.prompt_text, Unit::Count, points)
}

/// The day a stretch begins: itself, or the Monday of its week.
fn begins(per: Per, on: NaiveDate) -> NaiveDate {
    match per {
        Per::Day => on,
        Per::Week => on
            .checked_sub_days(Days::new(u64::from(on.weekday().num_days_from_monday())))
            .unwrap_or(on),
    }
}

fn words(entry: &Entry, tags: &[Choice]) -> String {
    let tags = tags
        .iter()
        .filter(|tag| entry.tags.contains(&tag.id))
        .map(|tag| tag.text.clone());
    let note = (!entry.note.trim().is_empty()).then(|| entry.note.clone());
    tags.chain(note).collect::<Vec<_>>().join("; ")
}

/// A questionnaire: its score for each time it was answered or, where there is no total, each item's own marks.
fn takes(of: &Lesson, part: Option<&Id>, answers: &[(NaiveDate, Value)]) -> Vec<Series> {
    let mut takes: Vec<&lesson::Take> = answers
        .iter()
        .flat_map(|(_, value)| match value {
            Value::Takes { takes } => takes.as_slice(),
            _ => &[],
        })
        .collect();
    takes.sort_by_key(|take| take.on);
    let point = |take: &lesson::Take, value: Option<f64>| Point {
        on: Some(take.on),
        label: String::new(),
        value,
    };
    let items = instrument::items(of);
    if part.is_none() && instrument::has_total(of) {
        let points = takes.iter().map(|take| point(take, instrument::score(of, take)));
        return vec![Series {
            noise: of.meta.instrument.as_ref().and_then(|scoring| scoring.noise),
            ..plain(&of.meta.title, Unit::Score, points.collect())
        }];
    }
    items
        .iter()
        .filter(|item| part.is_none_or(|part| item.id == part))
        .map(|item| {
            let points = takes
                .iter()
                .map(|take| point(take, take.marks.get(item.id).map(|mark| f64::from(*mark))));
            Series {
                ends: item.ends(),
                ..plain(item.text, Unit::Mark, points.collect())
            }
        })
        .collect()
}

#[allow(clippy::cast_precision_loss, reason = "nobody has more than a few thousand")]
fn count<T>(items: impl Iterator<Item = T>) -> f64 {
    items.count() as f64
}
