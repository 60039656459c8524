//! Reading a book to a pace: when each part is to be read by, and which part's days these are.
//!
//! Source: `lesson-format.md`, `plan`; `product.md`, *The shelf*.

mod catch_up;
mod pace;
mod refit;

pub use catch_up::{CatchUp, Offers, Shelf, catch_up, offers};
pub use pace::{Pace, Pause};
pub use refit::Plain;

use chrono::{Days, NaiveDate};

/// The longest pace, in days from one part to the next.
pub const LONGEST_PACE: u32 = 60;

/// The day by which each of `parts` parts is to be read: the last day of its stretch of `every` days from `start`.
/// A pace outside 1..=60 days is taken as the nearest one inside. Days past the calendar's end are left out.
pub fn dates(start: NaiveDate, every: u32, parts: usize) -> Vec<NaiveDate> {
    let every = u64::from(every.clamp(1, LONGEST_PACE));
    (1..=parts as u64)
        .map_while(|n| start.checked_add_days(Days::new(n * every - 1)))
        .collect()
}

/// The part, counted from 0, in whose stretch `today` falls; none before the start or after the last stretch.
pub fn current(start: NaiveDate, every: u32, parts: usize, today: NaiveDate) -> Option<usize> {
    let days = u64::try_from(today.signed_duration_since(start).num_days()).ok()?;
    let part = usize::try_from(days / u64::from(every.clamp(1, LONGEST_PACE))).ok()?;
    (part < parts).then_some(part)
}

/// The part, counted from 0, that is being read today in a plan whose days are kept one by one: the first whose day is
/// not before today. Parts that were left out are passed over. `None` after the last.
pub fn part_on(due: &[Option<NaiveDate>], today: NaiveDate) -> Option<usize> {
    due.iter().position(|due| due.is_some_and(|due| due >= today))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_week_that_starts_on_monday_ends_on_sunday() {
        let dates = dates(day("2026-11-02"), 7, 3);
        assert_eq!(dates, [day("2026-11-08"), day("2026-11-15"), day("2026-11-22")]);
    }

    #[test]
    fn leap_days_and_the_turn_of_the_year_are_days_like_others() {
        assert_eq!(dates(day("2028-02-23"), 7, 1), [day("2028-02-29")]);
        assert_eq!(dates(day("2026-12-28"), 7, 1), [day("2027-01-03")]);
    }

    #[test]
    fn no_part_is_current_before_the_start_or_after_the_end() {
        let current = |today| current(day("2026-11-02"), 7, 2, day(today));
        assert_eq!(current("2026-11-01"), None);
        assert_eq!(current("2026-11-02"), Some(0));
        assert_eq!(current("2026-11-09"), Some(1));
        assert_eq!(current("2026-11-16"), None);
    }

    #[test]
    fn a_part_that_was_left_out_is_nobodys_part_today() {
        let due = [Some(day("2026-11-08")), None, Some(day("2026-11-15"))];
        assert_eq!(part_on(&due, day("2026-11-08")), Some(0));
        assert_eq!(part_on(&due, day("2026-11-09")), Some(2));
        assert_eq!(part_on(&due, day("2026-11-16")), None);
    }

    proptest! {
        #[test]
        fn the_current_part_is_due_no_earlier_than_today(offset in 0u64..4000, every in 0u32..100, parts in 0usize..300) {
            let start = day("2026-11-24");
            let today = start.checked_add_days(Days::new(offset)).unwrap();
            let dates = dates(start, every, parts);
            prop_assert_eq!(dates.len(), parts);
            prop_assert!(dates.is_sorted());
            match current(start, every, parts, today) {
                Some(part) => {
                    prop_assert!(dates[part] >= today);
                    prop_assert!(part == 0 || dates[part - 1] < today);
                }
                None => prop_assert!(dates.last().is_none_or(|last| *last < today)),
            }
        }

        #[test]
        fn the_end_of_the_calendar_is_no_crash(every in 1u32..=60, parts in 0usize..50) {
            prop_assert!(dates(NaiveDate::MAX, every, parts).len() <= parts);
        }
    }
}
