//! Days and weeks as people mean them.
//!
//! A day is the day that stood on the clock of whoever wrote, where they were: an entry made at 23:50 stays on its day
//! when the clocks change, when the writer travels, and wherever it is read. Nothing here converts between zones, so
//! nothing can move to another day.
//!
//! Source: `vault.md` ("times are stored as UTC with offset for people to read; order comes from a sequence, never from
//! the clock"); `lesson-format.md`, `log per=`.

use chrono::{DateTime, Datelike, Days, FixedOffset, NaiveDate, Weekday};

/// The day a moment belongs to: the one its own offset says.
pub fn local_day(at: DateTime<FixedOffset>) -> NaiveDate {
    at.date_naive()
}

/// How entries are gathered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    /// Day by day.
    Day,
    /// Week by week.
    Week {
        /// The day a week begins on.
        from: Weekday,
    },
}

/// A day, or a week, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    /// Its first day.
    pub first: NaiveDate,
    /// Its last day.
    pub last: NaiveDate,
}

impl Span {
    /// Whether a day lies in it.
    pub fn holds(&self, day: NaiveDate) -> bool {
        (self.first..=self.last).contains(&day)
    }
}

/// The day or week that a day lies in. A week at the calendar's very end is cut off there.
pub fn span_of(day: NaiveDate, per: Per) -> Span {
    match per {
        Per::Day => Span { first: day, last: day },
        Per::Week { from } => {
            // Both counted from the day itself: either may be cut off.
            let gone = u64::from(day.weekday().days_since(from));
            Span {
                first: back(day, gone),
                last: forth(day, 6 - gone),
            }
        }
    }
}

/// The span after this one. `None` at the calendar's end.
pub fn next(span: Span, per: Per) -> Option<Span> {
    span.last.succ_opt().map(|day| span_of(day, per))
}

/// The span before this one. `None` at the calendar's beginning.
pub fn previous(span: Span, per: Per) -> Option<Span> {
    span.first.pred_opt().map(|day| span_of(day, per))
}

/// A day that many days later, or the calendar's last.
pub(crate) fn forth(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// A day that many days earlier, or the calendar's first.
pub(crate) fn back(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_week_begins_on_the_chosen_day() {
        // The 25th of November 2026 is a Wednesday.
        let week = |from| span_of(day("2026-11-25"), Per::Week { from });
        assert_eq!(week(Weekday::Mon).first, day("2026-11-23"));
        assert_eq!(week(Weekday::Sun).first, day("2026-11-22"));
        assert_eq!(week(Weekday::Wed).first, day("2026-11-25"));
        assert_eq!(week(Weekday::Thu).first, day("2026-11-19"));
    }

    #[test]
    fn a_week_runs_over_the_turn_of_the_year_and_over_a_leap_day() {
        let from = Weekday::Mon;
        let week = span_of(day("2027-01-01"), Per::Week { from });
        assert_eq!((week.first, week.last), (day("2026-12-28"), day("2027-01-03")));
        let leap = span_of(day("2028-02-29"), Per::Week { from });
        assert_eq!((leap.first, leap.last), (day("2028-02-28"), day("2028-03-05")));
    }

    #[test]
    fn an_entry_stays_on_the_day_of_the_clock_it_was_written_by() {
        let at = |text: &str| local_day(DateTime::parse_from_rfc3339(text).unwrap());
        // The night the clocks go back in Berlin: the same wall time, twice.
        assert_eq!(at("2026-10-25T02:30:00+02:00"), at("2026-10-25T02:30:00+01:00"));
        // One moment, two clocks, two days: each is right where it was written.
        assert_eq!(at("2026-11-25T23:30:00-08:00"), day("2026-11-25"));
        assert_eq!(at("2026-11-26T16:30:00+09:00"), day("2026-11-26"));
    }
}
