//! Marks over time.

use std::{collections::BTreeMap, ops::Range};

use chrono::NaiveDate;

/// From how many days with a mark on a line is drawn. Before that there are only points: two of them always seem to say
/// where it is going.
pub const ENTRIES_FOR_A_LINE: usize = 4;

/// What was marked on one occasion.
#[derive(Clone, Debug, PartialEq)]
pub struct Take {
    /// The day.
    pub on: NaiveDate,
    /// Points by item; a blank one is not there.
    pub marks: BTreeMap<String, f64>,
}

/// A point to draw.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// The day.
    pub on: NaiveDate,
    /// How high.
    pub at: f64,
}

/// One item's drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The item's id.
    pub item: String,
    /// One for each day with a mark, by day.
    pub points: Vec<Point>,
    /// Which points are joined: stretches of two or more without a gap. Empty while there are too few for a line.
    pub joined: Vec<Range<usize>>,
}

/// One row of the table: a take, as it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The day.
    pub on: NaiveDate,
    /// In the items' order; a blank stays blank.
    pub marks: Vec<Option<f64>>,
}

/// The whole chart. There is no total and no mean over the items.
#[derive(Clone, Debug, PartialEq)]
pub struct Lines {
    /// In the items' order.
    pub lines: Vec<Line>,
    /// Every take, by day; those of one day in the order they were made.
    pub rows: Vec<Row>,
}

/// The chart of these items over these takes, which come in the order they were made.
///
/// Of several marks of one day the last is drawn. Two points are joined only if no day between them left the item
/// blank, and if they lie at most `apart` days apart (`None`: however far): a week that was left out is a gap, not a
/// slope. For the weekly check-in `apart` is [`LONGEST_WEEK`](crate::pulse::LONGEST_WEEK). Marks that are no numbers
/// count as blank.
pub fn lines(items: &[String], takes: &[Take], apart: Option<u32>) -> Lines {
    let mut takes: Vec<&Take> = takes.iter().collect();
    // Stable, so those of one day keep their order.
    takes.sort_by_key(|take| take.on);
    let mark = |take: &Take, item: &String| take.marks.get(item).copied().filter(|at| at.is_finite());
    let rows: Vec<Row> = takes
        .iter()
        .map(|take| Row {
            on: take.on,
            marks: items.iter().map(|item| mark(take, item)).collect(),
        })
        .collect();
    let lines = items
        .iter()
        .enumerate()
        .map(|(at, item)| line(item, rows.iter().map(|row| (row.on, row.marks[at])), apart))
        .collect();
    Lines { lines, rows }
}

fn line(item: &str, marks: impl Iterator<Item = (NaiveDate, Option<f64>)>, apart: Option<u32>) -> Line {
    let mut by_day: BTreeMap<NaiveDate, Option<f64>> = BTreeMap::new();
    for (on, at) in marks {
        let of_day = by_day.entry(on).or_default();
        // A second try that left it blank takes nothing back.
        *of_day = at.or(*of_day);
    }
    let mut points: Vec<Point> = Vec::new();
    let mut joined: Vec<Range<usize>> = Vec::new();
    let mut unbroken = false;
    for (on, at) in by_day {
        let Some(at) = at else {
            unbroken = false;
            continue;
        };
        let near = |before: &Point| {
            let days = on.signed_duration_since(before.on).num_days();
            apart.is_none_or(|most| days <= i64::from(most))
        };
        let joins = unbroken && points.last().is_some_and(near);
        points.push(Point { on, at });
        match joined.last_mut() {
            Some(last) if joins => last.end = points.len(),
            _ => joined.push(points.len() - 1..points.len()),
        }
        unbroken = true;
    }
    joined.retain(|stretch| stretch.len() > 1);
    if points.len() < ENTRIES_FOR_A_LINE {
        joined.clear();
    }
    Line {
        item: item.into(),
        points,
        joined,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use crate::{pulse::LONGEST_WEEK, week::forth};
    use proptest::prelude::*;

    fn take(on: &str, close: Option<f64>) -> Take {
        Take {
            on: on.parse().unwrap(),
            marks: close.map(|at| ("close".to_owned(), at)).into_iter().collect(),
        }
    }

    fn one(takes: &[Take], apart: Option<u32>) -> Line {
        lines(&["close".to_owned()], takes, apart).lines.remove(0)
    }

    #[test]
    fn a_line_is_drawn_from_four_entries_on() {
        let takes: Vec<Take> = ["2026-11-01", "2026-11-08", "2026-11-15", "2026-11-22"]
            .iter()
            .map(|on| take(on, Some(5.0)))
            .collect();
        assert!(one(&takes[..3], None).joined.is_empty());
        assert_eq!(one(&takes[..3], None).points.len(), 3, "the points are there");
        assert_eq!(one(&takes, None).joined, std::slice::from_ref(&(0..4)));
    }

    #[test]
    fn a_blank_is_a_gap_and_never_a_zero() {
        let takes = [
            take("2026-11-01", Some(5.0)),
            take("2026-11-08", Some(0.0)),
            take("2026-11-15", None),
            take("2026-11-22", Some(4.0)),
            take("2026-11-29", Some(6.0)),
        ];
        let line = one(&takes, None);
        assert_eq!(line.points.len(), 4, "zero is a mark, blank is none");
        assert_eq!(line.joined, [0..2, 2..4]);
        let chart = lines(&["close".to_owned()], &takes, None);
        assert_eq!(chart.rows.len(), 5, "the table has the blank too");
        assert_eq!(chart.rows[2].marks, [None]);
    }

    #[test]
    fn a_week_that_was_left_out_is_a_gap() {
        let takes = ["2026-11-01", "2026-11-08", "2026-11-22", "2026-11-29"].map(|on| take(on, Some(5.0)));
        assert_eq!(one(&takes, Some(LONGEST_WEEK)).joined, [0..2, 2..4]);
    }

    #[test]
    fn the_last_mark_of_a_day_is_drawn_and_all_are_in_the_table() {
        let takes = [
            take("2026-11-08", Some(5.0)),
            take("2026-11-01", Some(3.0)),
            take("2026-11-08", Some(7.0)),
            take("2026-11-08", None),
        ];
        let line = one(&takes, None);
        assert_eq!(line.points.iter().map(|point| point.at).collect::<Vec<_>>(), [3.0, 7.0]);
        assert_eq!(lines(&["close".to_owned()], &takes, None).rows.len(), 4);
    }

    proptest! {
        /// Every drawn point was marked on its day, every mark is in the table, and no join crosses a gap.
        #[test]
        fn nothing_is_filled_in(
            of in prop::collection::vec((0u64..120, prop::option::of(0i32..=10)), 0..20), apart in prop::option::of(1u32..20),
        ) {
            let start: NaiveDate = "2027-12-01".parse().unwrap();
            let takes: Vec<Take> = of
                .iter()
                .map(|(on, at)| Take {
                    on: forth(start, *on),
                    marks: at.map(|at| ("close".to_owned(), f64::from(at))).into_iter().collect(),
                })
                .collect();
            let chart = lines(&["close".to_owned()], &takes, apart);
            prop_assert_eq!(chart.rows.len(), takes.len());
            prop_assert!(chart.rows.is_sorted_by_key(|row| row.on));
            let line = &chart.lines[0];
            for point in &line.points {
                prop_assert!(takes.iter().any(|take| take.on == point.on && take.marks.get("close") == Some(&point.at)));
            }
            prop_assert!(line.points.windows(2).all(|two| two[0].on < two[1].on));
            prop_assert!(line.points.len() >= ENTRIES_FOR_A_LINE || line.joined.is_empty());
            for stretch in &line.joined {
                prop_assert!(stretch.len() > 1);
                for two in line.points[stretch.clone()].windows(2) {
                    let days = two[1].on.signed_duration_since(two[0].on).num_days();
                    prop_assert!(apart.is_none_or(|most| days <= i64::from(most)));
                    let between = |take: &&Take| two[0].on < take.on && take.on < two[1].on;
                    prop_assert!(takes.iter().filter(between).count() == 0, "a day between the two was left blank");
                }
            }
        }
    }
}
