//! The next planned sitting: a day, perhaps a time, and how it moves when life happens.
//!
//! A sitting whose day went by is not missed. It is not there any more, and a new day can be chosen.
//!
//! Source: `product.md`, *Home*, *The shelf* ("dates that move kindly"), promise 4; `course.md`, module 19 (1, 3 and 6
//! months).

use chrono::{Datelike, Months, NaiveDate, NaiveTime};

use crate::week::forth;

/// A planned sitting. The time is the one on the wall: seven in the evening stays that when the clocks change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sitting {
    /// Its day.
    pub on: NaiveDate,
    /// Its time, if one was chosen. Of two on one day, the one without comes first.
    pub at: Option<NaiveTime>,
}

/// What home shows of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Its day is to come.
    Ahead,
    /// Today, all day long: one that began late is not over.
    Today,
    /// Its day went by; a new one can be chosen, and nothing is said of the old.
    Open,
}

impl Sitting {
    /// How it stands.
    pub fn standing(&self, today: NaiveDate) -> Standing {
        match self.on.cmp(&today) {
            std::cmp::Ordering::Greater => Standing::Ahead,
            std::cmp::Ordering::Equal => Standing::Today,
            std::cmp::Ordering::Less => Standing::Open,
        }
    }

    /// The day the app proposes when this one does not fit: the next of the same weekday that is after today and after
    /// the sitting's own day, at the same time. Any other can be chosen instead.
    pub fn moved(&self, today: NaiveDate) -> Sitting {
        let earliest = forth(today.max(self.on), 1);
        let wait = self.on.weekday().days_since(earliest.weekday());
        Sitting {
            on: forth(earliest, u64::from(wait)),
            at: self.at,
        }
    }
}

/// Which of the planned sittings is the next one: the earliest from today on.
pub fn upcoming(planned: &[Sitting], today: NaiveDate) -> Option<usize> {
    let to_come = planned.iter().enumerate().filter(|(_, sitting)| sitting.on >= today);
    to_come.min_by_key(|(_, sitting)| **sitting).map(|(at, _)| at)
}

/// That many months later, on the month's last day where it has no such day: a month after 31 January is the end of
/// February.
pub fn months_later(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    fn on(text: &str) -> Sitting {
        Sitting {
            on: text.parse().unwrap(),
            at: None,
        }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn one_that_went_by_is_open_not_missed() {
        assert_eq!(on("2026-11-25").standing(day("2026-11-25")), Standing::Today);
        assert_eq!(on("2026-11-24").standing(day("2026-11-25")), Standing::Open);
        assert_eq!(on("2026-11-26").standing(day("2026-11-25")), Standing::Ahead);
    }

    #[test]
    fn it_moves_to_the_same_weekday_and_never_to_one_that_is_past() {
        // The 18th of November 2026 is a Wednesday.
        assert_eq!(on("2026-11-18").moved(day("2026-11-19")), on("2026-11-25"));
        assert_eq!(on("2026-11-18").moved(day("2026-11-25")), on("2026-12-02"));
        assert_eq!(
            on("2026-12-30").moved(day("2026-11-25")),
            on("2027-01-06"),
            "put off ahead of its day"
        );
        assert_eq!(
            on("2026-11-18").moved(day("2026-11-18")),
            on("2026-11-25"),
            "put off on its day"
        );
    }

    #[test]
    fn the_next_one_is_the_earliest_from_today_on() {
        let planned = [on("2026-12-01"), on("2026-11-20"), on("2026-11-27")];
        assert_eq!(upcoming(&planned, day("2026-11-25")), Some(2));
        assert_eq!(upcoming(&planned, day("2027-01-01")), None);
    }

    #[test]
    fn a_month_later_stays_within_the_month() {
        assert_eq!(months_later(day("2028-01-31"), 1), day("2028-02-29"));
        assert_eq!(months_later(day("2026-08-31"), 6), day("2027-02-28"));
        assert_eq!(months_later(day("2026-11-25"), 3), day("2027-02-25"));
    }
}
