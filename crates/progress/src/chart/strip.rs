//! Days or weeks in a row, each with its count.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    log::{Entry, Tally, tally},
    week::{Per, Span, previous, span_of},
};

/// One day or week of the strip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Which.
    pub span: Span,
    /// What was written of it; `None` when nothing was, which is not zero.
    pub tally: Option<Tally>,
}

/// The strip and its table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strip {
    /// In a row without holes; the last one holds the day it was asked for.
    pub cells: Vec<Cell>,
    /// Something was written of days before the first cell.
    pub earlier: bool,
    /// Something was written of days after the last cell: about a day ahead, or by a clock that has been put right since.
    pub later: bool,
    /// Every day or week that has an entry, whether the strip shows it or not.
    pub rows: BTreeMap<Span, Tally>,
}

/// The last `length` days or weeks up to the one that holds `until`. Near the calendar's beginning there are fewer.
pub fn strip(entries: &[Entry], per: Per, until: NaiveDate, length: usize) -> Strip {
    let rows = tally(entries, per);
    let mut spans: Vec<Span> = std::iter::successors(Some(span_of(until, per)), |span| previous(*span, per))
        .take(length)
        .collect();
    spans.reverse();
    let first = spans.first().map(|span| span.first);
    let last = spans.last().map(|span| span.last);
    let cells: Vec<Cell> = spans
        .into_iter()
        .map(|span| Cell {
            span,
            tally: rows.get(&span).cloned(),
        })
        .collect();
    Strip {
        earlier: rows.keys().any(|span| first.is_some_and(|first| span.first < first)),
        later: rows.keys().any(|span| last.is_some_and(|last| span.last > last)),
        cells,
        rows,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use chrono::Weekday;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn entry(on: &str) -> Entry {
        Entry {
            on: day(on),
            tags: vec![],
        }
    }

    #[test]
    fn a_day_without_an_entry_is_blank_and_not_zero() {
        let entries = [entry("2026-11-23"), entry("2026-11-25"), entry("2026-11-25")];
        let strip = strip(&entries, Per::Day, day("2026-11-25"), 3);
        let counts: Vec<_> = strip
            .cells
            .iter()
            .map(|cell| cell.tally.as_ref().map(|tally| tally.entries))
            .collect();
        assert_eq!(counts, [Some(1), None, Some(2)]);
        assert!(!strip.earlier && !strip.later);
    }

    #[test]
    fn weeks_run_over_the_turn_of_the_year_without_a_hole() {
        let per = Per::Week { from: Weekday::Mon };
        let strip = strip(&[], per, day("2027-01-06"), 3);
        let firsts: Vec<_> = strip.cells.iter().map(|cell| cell.span.first).collect();
        assert_eq!(firsts, [day("2026-12-21"), day("2026-12-28"), day("2027-01-04")]);
    }

    #[test]
    fn what_the_strip_does_not_reach_is_in_the_table() {
        let entries = [entry("2025-01-01"), entry("2026-11-25"), entry("2031-05-05")];
        let strip = strip(&entries, Per::Day, day("2026-11-25"), 7);
        assert!(strip.earlier && strip.later);
        assert_eq!(strip.rows.len(), 3);
        assert_eq!(strip.cells.iter().filter(|cell| cell.tally.is_some()).count(), 1);
    }

    #[test]
    fn the_beginning_of_the_calendar_is_no_crash() {
        for per in [Per::Day, Per::Week { from: Weekday::Sun }] {
            assert!(!strip(&[], per, NaiveDate::MIN, 5).cells.is_empty());
            assert_eq!(strip(&[], per, NaiveDate::MAX, 5).cells.len(), 5);
        }
        assert!(
            strip(&[entry("2026-11-25")], Per::Day, day("2026-11-25"), 0)
                .cells
                .is_empty()
        );
    }
}
