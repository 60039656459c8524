//! When the weekly check-in comes up on home.
//!
//! It is an offer and never a debt: there is at most one, a week that went by without it is simply not there, and
//! nothing counts such weeks.
//!
//! Source: `product.md`, *Home* and *Check-ins*, promise 4; `course.md`, *Our own weekly pulse*.

use chrono::{Datelike, NaiveDate, Weekday};

use crate::week::forth;

/// The longest stretch, in days, between two check-ins of which the second was done on the day it came up. A chart joins
/// two points no farther apart than this; more than that, and a week is not there.
pub const LONGEST_WEEK: u32 = 10;

/// The day from which the next check-in is offered: a week after the last one or, with a day of the week to keep to,
/// on the one that lies nearest to that, 4 to 10 days after the last. The questions ask about *the past week*, and so
/// does the distance.
///
/// `None` when there was none yet: a lesson introduces it, home does not. A last one dated more than a day ahead of
/// today was written by a clock that has been put right since; it would hold the next one back for as long, so the next
/// one is offered today. One day ahead is what a flight westward makes.
pub fn offered_from(last: Option<NaiveDate>, keep_to: Option<Weekday>, today: NaiveDate) -> Option<NaiveDate> {
    let last = last?;
    if last > forth(today, 1) {
        return Some(today);
    }
    Some(match keep_to {
        None => forth(last, 7),
        Some(weekday) => {
            let earliest = forth(last, 4);
            let wait = weekday.days_since(earliest.weekday());
            forth(earliest, u64::from(wait))
        }
    })
}

/// Whether home offers it today.
pub fn is_offered(last: Option<NaiveDate>, keep_to: Option<Weekday>, today: NaiveDate) -> bool {
    offered_from(last, keep_to, today).is_some_and(|from| from <= today)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn it_comes_up_a_week_after_the_last() {
        let last = Some(day("2026-11-25"));
        assert!(!is_offered(last, None, day("2026-12-01")));
        assert!(is_offered(last, None, day("2026-12-02")));
    }

    #[test]
    fn with_a_day_to_keep_to_it_comes_up_on_the_nearest_one() {
        let sunday = Some(Weekday::Sun);
        let from = |last: &str| offered_from(Some(day(last)), sunday, day("2026-12-31"));
        // Done on a Saturday: not the next day, but the Sunday after.
        assert_eq!(from("2026-11-21"), Some(day("2026-11-29")));
        // Done on a Wednesday, early in the week: the Sunday that comes.
        assert_eq!(from("2026-11-25"), Some(day("2026-11-29")));
        assert_eq!(from("2026-11-26"), Some(day("2026-12-06")));
        assert_eq!(from("2026-11-22"), Some(day("2026-11-29")));
    }

    #[test]
    fn weeks_gone_by_leave_one_offer_and_no_more() {
        let last = Some(day("2026-01-04"));
        let today = day("2026-11-25");
        assert!(is_offered(last, None, today));
        assert!(
            !is_offered(Some(today), None, today),
            "one answer, and nothing is left over"
        );
    }

    #[test]
    fn it_is_not_asked_for_before_it_was_ever_done() {
        assert!(!is_offered(None, None, day("2026-11-25")));
    }

    #[test]
    fn a_clock_that_was_wrong_once_does_not_silence_it_for_years() {
        let today = day("2026-11-25");
        assert!(is_offered(Some(day("2031-01-01")), None, today));
        assert!(
            !is_offered(Some(day("2026-11-26")), None, today),
            "a flight is no wrong clock"
        );
    }
}
