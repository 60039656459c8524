//! Charts, between what was answered over every run and the rules of drawing.
//!
//! From one's own answers and the joint ones, never the other's, opened or not: nobody is drawn beside the other. A
//! field marked sensitive is drawn nowhere, and earlier wording is not counted. Where nothing was marked there is a gap.

use std::collections::BTreeMap;

use chrono::{NaiveDate, Weekday};
use lesson::{Block, Choice, Draw, Entry, Id, Kind, Lesson, Per, RecallOf, Take, Value};
use progress::{
    chart, log,
    pulse::LONGEST_WEEK,
    week::{self, Span},
};

use crate::{
    instrument,
    ipc::dto::{Chart, Point, Refusal, Series, Unit},
    reader::Reader,
};

/// The most days, and the most weeks, that a strip goes back.
const STRIP: (usize, usize) = (42, 26);
/// The fewest it shows.
const SHORTEST_STRIP: usize = 7;

/// The answers to one field, oldest first, each with the day it was written on.
type Answers = Vec<(NaiveDate, Value)>;

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
            if *draw == Draw::Columns {
                side_by_side(&mut series);
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
        let Some((lesson, block)) = self.asked(of).filter(|(_, block)| !block.sensitive) else {
            return Ok(Vec::new());
        };
        let mut past = self.joint_past(lesson, block)?;
        past.extend(self.own_past(lesson, block)?);
        // Newest first, as they came; a stable sort keeps the order of one day's answers.
        past.reverse();
        let mut answers: Answers = past
            .into_iter()
            .map(|past| (week::local_day(past.kept.at.local()), past.value))
            .collect();
        answers.sort_by_key(|(day, _)| *day);
        let part = of.part.as_ref();
        Ok(match draw {
            Draw::Line => self.lines(block, part, &answers),
            Draw::Strip => vec![self.strip(block, part, &answers)],
            Draw::Jar => vec![jar(block, part, &answers)],
            Draw::Columns => columns(block, part, &answers),
        })
    }

    /// The field a recall or a chart asks for, of this lesson as this run has it, or of another in the course.
    pub(crate) fn asked(&self, of: &RecallOf) -> Option<(&Lesson, &Block)> {
        let lesson = if of.lesson == self.lesson.meta.id {
            &self.lesson
        } else {
            self.course.lesson(&of.lesson)?
        };
        Some((lesson, lesson.block(&of.field)?))
    }

    /// Marks over time: a line for each item that was marked.
    fn lines(&self, block: &Block, part: Option<&Id>, answers: &Answers) -> Vec<Series> {
        let wanted = |id: &Id| part.is_none_or(|part| part == id);
        match &block.kind {
            Kind::Scale { from, to, .. } => {
                let marks = taken(answers, |value| match value {
                    Value::Mark { at } => at.iter().map(|at| (block.id.to_string(), f64::from(*at))).collect(),
                    _ => BTreeMap::new(),
                });
                vec![line(&block.prompt_text, Unit::Mark, &block.id, &marks, None).between(*from, *to)]
            }
            Kind::Rating { from, to, rows, .. } => {
                let marks = taken(answers, |value| match value {
                    Value::Marks { marks } => marks
                        .iter()
                        .map(|(row, at)| (row.to_string(), f64::from(*at)))
                        .collect(),
                    _ => BTreeMap::new(),
                });
                let rows = rows.iter().filter(|row| wanted(&row.id));
                rows.map(|row| line(&row.text, Unit::Mark, &row.id, &marks, None).between(*from, *to))
                    .collect()
            }
            Kind::Instrument { .. } => self
                .instrument(block)
                .map_or_else(Vec::new, |of| pulses(of, part, answers)),
            Kind::Log { per, .. } => {
                let tallies = log::tally(&entries(answers, part), per_of(*per));
                let counts: Vec<chart::Take> = tallies
                    .iter()
                    .map(|(span, tally)| chart::Take {
                        on: span.first,
                        marks: [(block.id.to_string(), f64::from(tally.entries))].into(),
                    })
                    .collect();
                vec![line(&block.prompt_text, Unit::Count, &block.id, &counts, None)]
            }
            _ => Vec::new(),
        }
    }

    /// Days or weeks in a row up to this one, each with its count; none where nothing was written, which is not zero.
    fn strip(&self, block: &Block, part: Option<&Id>, answers: &Answers) -> Series {
        let (per, tags, most) = match &block.kind {
            Kind::Log { per: Per::Week, tags } => (Per::Week, tags.as_slice(), STRIP.1),
            Kind::Log { tags, .. } => (Per::Day, tags.as_slice(), STRIP.0),
            _ => (Per::Day, &[][..], STRIP.0),
        };
        let (all, per) = (entries(answers, part), per_of(per));
        let tallies = log::tally(&all, per);
        let first = tallies.keys().next().copied();
        let strip = chart::strip(&all, per, self.today, most);
        let shown = strip.cells.len();
        let from = strip
            .cells
            .iter()
            .position(|cell| first.is_some_and(|first| cell.span >= first))
            .unwrap_or(shown);
        let cells = strip
            .cells
            .into_iter()
            .skip(from.min(shown.saturating_sub(SHORTEST_STRIP)));
        let points = cells.map(|cell| Point {
            on: Some(cell.span.first),
            label: said(answers, tags, part, cell.span),
            value: cell.tally.map(|tally| f64::from(tally.entries)),
        });
        series(&block.prompt_text, Unit::Count, points.collect())
    }
}

/// Whether there is something to see: enough points for a line, two things to hold against each other, one piece.
fn is_enough(draw: Draw, series: &[Series]) -> bool {
    let seen = |series: &Series| series.points.iter().filter(|point| point.value.is_some()).count();
    match draw {
        Draw::Line => series.iter().any(|series| seen(series) >= chart::ENTRIES_FOR_A_LINE),
        Draw::Strip | Draw::Jar => series.iter().any(|series| seen(series) >= 1),
        Draw::Columns => series.iter().filter(|series| seen(series) >= 1).count() >= 2,
    }
}

fn series(label: &str, unit: Unit, points: Vec<Point>) -> Series {
    Series {
        label: label.to_owned(),
        unit,
        ends: None,
        noise: None,
        points,
    }
}

impl Series {
    fn between(self, from: i32, to: i32) -> Series {
        Series {
            ends: Some((f64::from(from), f64::from(to))),
            ..self
        }
    }
}

fn gap() -> Point {
    Point {
        on: None,
        label: String::new(),
        value: None,
    }
}

/// One item's points, with a gap wherever two of them are not joined.
fn line(label: &str, unit: Unit, item: &Id, takes: &[chart::Take], apart: Option<u32>) -> Series {
    let drawn = chart::lines(&[item.to_string()], takes, apart);
    let mut points = Vec::new();
    for line in drawn.lines {
        for (at, point) in line.points.iter().enumerate() {
            let joins =
                |stretch: &std::ops::Range<usize>| stretch.contains(&at) && stretch.contains(&(at.wrapping_sub(1)));
            if at > 0 && !line.joined.iter().any(joins) {
                points.push(gap());
            }
            points.push(Point {
                on: Some(point.on),
                label: String::new(),
                value: Some(point.at),
            });
        }
    }
    series(label, unit, points)
}

fn taken(answers: &Answers, marks: impl Fn(&Value) -> BTreeMap<String, f64>) -> Vec<chart::Take> {
    let takes = answers.iter().map(|(on, value)| chart::Take {
        on: *on,
        marks: marks(value),
    });
    takes.collect()
}

/// A questionnaire: its totals or, where there are none or one item is asked for, each item's own marks.
fn pulses(of: &Lesson, part: Option<&Id>, answers: &Answers) -> Vec<Series> {
    let Some(scoring) = instrument::scoring(of) else {
        return Vec::new();
    };
    let takes: Vec<&Take> = answers
        .iter()
        .flat_map(|(_, value)| match value {
            Value::Takes { takes } => takes.as_slice(),
            _ => &[],
        })
        .collect();
    let has_total = scoring.method != progress::score::Method::None;
    if part.is_none() && has_total {
        let totals: Vec<chart::Take> = takes
            .iter()
            .map(|take| {
                let total = scoring.score(&instrument::marks(take)).total;
                chart::Take {
                    on: take.on,
                    marks: total.map(|total| (of.meta.id.to_string(), total)).into_iter().collect(),
                }
            })
            .collect();
        let line = line(&of.meta.title, Unit::Score, &of.meta.id, &totals, Some(LONGEST_WEEK));
        return vec![Series {
            noise: scoring.noise,
            ..line
        }];
    }
    let marks: Vec<chart::Take> = takes
        .iter()
        .map(|take| chart::Take {
            on: take.on,
            marks: take
                .marks
                .iter()
                .map(|(item, mark)| (item.to_string(), f64::from(*mark)))
                .collect(),
        })
        .collect();
    of.questions()
        .iter()
        .filter(|question| part.is_none_or(|part| question.id == *part))
        .map(|question| {
            line(&question.text, Unit::Mark, &question.id, &marks, Some(LONGEST_WEEK))
                .between(question.from, question.to)
        })
        .collect()
}

fn per_of(per: Per) -> week::Per {
    match per {
        Per::Day => week::Per::Day,
        Per::Week => week::Per::Week { from: Weekday::Mon },
    }
}

fn logged<'v>(answers: &'v Answers, part: Option<&'v Id>) -> impl Iterator<Item = &'v Entry> {
    let all = answers.iter().flat_map(|(_, value)| match value {
        Value::Entries { entries } => entries.as_slice(),
        _ => &[],
    });
    all.filter(move |entry| part.is_none_or(|part| entry.tags.contains(part)))
}

fn entries(answers: &Answers, part: Option<&Id>) -> Vec<log::Entry> {
    let all = logged(answers, part).map(|entry| log::Entry {
        on: entry.on,
        tags: entry.tags.iter().map(Id::to_string).collect(),
    });
    all.collect()
}

/// What the entries of one day or week say.
fn said(answers: &Answers, tags: &[Choice], part: Option<&Id>, span: Span) -> String {
    let here = logged(answers, part).filter(|entry| span.holds(entry.on));
    let words = here.map(|entry| words(entry, tags)).filter(|words| !words.is_empty());
    words.collect::<Vec<_>>().join("\n")
}

fn words(entry: &Entry, tags: &[Choice]) -> String {
    let tags = tags
        .iter()
        .filter(|tag| entry.tags.contains(&tag.id))
        .map(|tag| tag.text.clone());
    let note = (!entry.note.trim().is_empty()).then(|| entry.note.clone());
    tags.chain(note).collect::<Vec<_>>().join("; ")
}

/// What was gathered, one piece for each line, entry or thing that was picked.
fn jar(block: &Block, part: Option<&Id>, answers: &Answers) -> Series {
    let pieces: Vec<(NaiveDate, String)> = match &block.kind {
        Kind::Log { tags, .. } => logged(answers, part)
            .map(|entry| (entry.on, words(entry, tags)))
            .collect(),
        _ => answers
            .iter()
            .flat_map(|(day, value)| value.as_lines(block).into_iter().map(|line| (*day, line)))
            .collect(),
    };
    let points = pieces.into_iter().map(|(on, label)| Point {
        on: Some(on),
        label,
        value: Some(1.0),
    });
    series(&block.prompt_text, Unit::Count, points.collect())
}

/// The newest answer as a column; beside the first one, where there are two.
fn columns(block: &Block, part: Option<&Id>, answers: &Answers) -> Vec<Series> {
    let written: Vec<&(NaiveDate, Value)> = answers.iter().filter(|(_, value)| !value.is_blank()).collect();
    let (Some(first), Some(last)) = (written.first(), written.last()) else {
        return vec![series(&block.prompt_text, Unit::Count, Vec::new())];
    };
    let both = if written.len() > 1 {
        vec![first, last]
    } else {
        vec![last]
    };
    both.into_iter()
        .map(|(day, value)| {
            let only = match (value, part) {
                (Value::Marks { marks }, Some(part)) => Value::Marks {
                    marks: marks
                        .iter()
                        .filter(|(row, _)| *row == part)
                        .map(|(row, at)| (row.clone(), *at))
                        .collect(),
                },
                _ => value.clone(),
            };
            let points = only.as_lines(block).into_iter().map(|label| Point {
                on: Some(*day),
                label,
                value: Some(1.0),
            });
            series(&block.prompt_text, Unit::Count, points.collect())
        })
        .collect()
}

/// Two columns line by line: what stands in both shares a line, and where one has nothing there is a gap.
fn side_by_side(all: &mut [Series]) {
    let [left, right] = all else { return };
    let labels = |series: &Series| {
        series
            .points
            .iter()
            .map(|point| point.label.clone())
            .collect::<Vec<_>>()
    };
    let rows = chart::columns(&labels(left), &labels(right)).rows;
    for (series, cells) in [
        (left, rows.iter().map(|row| row.0.clone()).collect::<Vec<_>>()),
        (right, rows.iter().map(|row| row.1.clone()).collect::<Vec<_>>()),
    ] {
        let day = series.points.first().and_then(|point| point.on);
        series.points = cells
            .into_iter()
            .map(|cell| match cell {
                Some(label) => Point {
                    on: day,
                    label,
                    value: Some(1.0),
                },
                None => gap(),
            })
            .collect();
    }
}
