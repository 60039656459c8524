//! A pace with pauses: days that do not count.

use chrono::NaiveDate;

use super::LONGEST_PACE;
use crate::week::forth;

/// Days off, both ends included. One that ends before it begins is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pause {
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub until: NaiveDate,
}

/// How a book is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The first reading day.
    pub start: NaiveDate,
    /// Reading days for each part; outside 1..=60 the nearest inside.
    pub every: u32,
    /// In any order; they may overlap.
    pub pauses: Vec<Pause>,
}

impl Pace {
    /// A pace without pauses.
    pub fn new(start: NaiveDate, every: u32) -> Pace {
        Pace {
            start,
            every,
            pauses: Vec::new(),
        }
    }

    /// The day by which each of `parts` parts is to be read: the last of its `every` reading days. Without pauses the
    /// same as [`dates`](super::dates). Days past the calendar's end are left out.
    pub fn dates(&self, parts: usize) -> Vec<NaiveDate> {
        let days = self.days();
        let every = self.per_part();
        (1..=parts as u64)
            .map_while(|part| days.nth(self.start, part.checked_mul(every)?))
            .collect()
    }

    /// The part, counted from 0, that is being read today: in a pause, the one that goes on or begins after it. `None`
    /// before the start or after the last part.
    pub fn current(&self, parts: usize, today: NaiveDate) -> Option<usize> {
        if today < self.start {
            return None;
        }
        self.dates(parts).iter().position(|due| *due >= today)
    }

    /// Whether today is a day off.
    pub fn rests(&self, today: NaiveDate) -> bool {
        self.pauses
            .iter()
            .any(|pause| (pause.from..=pause.until).contains(&today))
    }

    /// Reading days for each part, within the limits.
    pub(super) fn per_part(&self) -> u64 {
        u64::from(self.every.clamp(1, LONGEST_PACE))
    }

    /// The calendar without the pauses.
    pub(super) fn days(&self) -> ReadingDays {
        let mut pauses: Vec<Pause> = self
            .pauses
            .iter()
            .copied()
            .filter(|one| one.from <= one.until)
            .collect();
        pauses.sort_unstable();
        ReadingDays(pauses)
    }
}

/// The calendar without the pauses, which are sorted.
pub(super) struct ReadingDays(Vec<Pause>);

impl ReadingDays {
    /// The `n`th reading day on or after `from`, counted from 1. `None` past the calendar's end.
    pub(super) fn nth(&self, from: NaiveDate, n: u64) -> Option<NaiveDate> {
        let (mut day, mut left) = (from, n.checked_sub(1)?);
        for pause in self.0.iter().filter(|pause| pause.until >= from) {
            let free = days_between(day, pause.from);
            if left < free {
                break;
            }
            left -= free;
            day = day.max(pause.until.succ_opt()?);
        }
        day.checked_add_days(chrono::Days::new(left))
    }

    /// How many reading days there are from the one to the other, both included.
    pub(super) fn count(&self, from: NaiveDate, until: NaiveDate) -> u64 {
        let (mut day, mut count) = (from, 0);
        for pause in self.0.iter().filter(|pause| pause.until >= from && pause.from <= until) {
            count += days_between(day, pause.from);
            day = day.max(forth(pause.until, 1));
        }
        count + days_between(day, forth(until, 1))
    }
}

/// Days from the one to the other; none if the other comes first.
fn days_between(from: NaiveDate, to: NaiveDate) -> u64 {
    u64::try_from(to.signed_duration_since(from).num_days()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn pause(from: &str, until: &str) -> Pause {
        Pause {
            from: day(from),
            until: day(until),
        }
    }

    #[test]
    fn days_off_move_what_comes_after_them_and_nothing_before() {
        let mut pace = Pace::new(day("2026-11-02"), 7);
        pace.pauses = vec![pause("2026-11-12", "2026-11-15")];
        assert_eq!(pace.dates(3), [day("2026-11-08"), day("2026-11-19"), day("2026-11-26")]);
        assert_eq!(
            pace.current(3, day("2026-11-13")),
            Some(1),
            "in the pause it is the part that goes on"
        );
        assert!(pace.rests(day("2026-11-12")) && !pace.rests(day("2026-11-16")));
    }

    #[test]
    fn a_start_within_days_off_waits_for_their_end() {
        let mut pace = Pace::new(day("2026-12-24"), 1);
        pace.pauses = vec![pause("2026-12-20", "2027-01-03")];
        assert_eq!(pace.dates(2), [day("2027-01-04"), day("2027-01-05")]);
    }

    #[test]
    fn a_pause_that_ends_before_it_begins_is_none() {
        let mut pace = Pace::new(day("2026-11-02"), 7);
        pace.pauses = vec![pause("2026-11-09", "2026-11-03")];
        assert_eq!(pace.dates(3), super::super::dates(pace.start, 7, 3));
    }

    fn pauses() -> impl Strategy<Value = Vec<(u64, u64)>> {
        prop::collection::vec((0u64..120, 0u64..20), 0..6)
    }

    fn a_pace(every: u32, off: &[(u64, u64)]) -> Pace {
        // Over a leap day and the change of the year, wherever the pauses fall.
        let start = day("2027-12-20");
        let mut pace = Pace::new(start, every);
        pace.pauses = off
            .iter()
            .map(|(from, long)| Pause {
                from: forth(start, *from),
                until: forth(start, from + long),
            })
            .collect();
        pace
    }

    proptest! {
        /// Counting day by day, the slow way, comes to the same dates.
        #[test]
        fn each_part_has_its_days_and_none_of_them_is_off(every in 1u32..9, parts in 0usize..12, off in pauses()) {
            let pace = a_pace(every, &off);
            let reading = pace.start.iter_days().filter(|day| !pace.rests(*day));
            let slow: Vec<_> = reading.skip(every as usize - 1).step_by(every as usize).take(parts).collect();
            prop_assert_eq!(pace.dates(parts), slow);
        }

        #[test]
        fn the_current_part_is_the_first_not_due_before_today(every in 1u32..9, off in pauses(), today in 0u64..200) {
            let pace = a_pace(every, &off);
            let today = forth(pace.start, today);
            let dates = pace.dates(10);
            match pace.current(10, today) {
                Some(part) => prop_assert!(dates[part] >= today && (part == 0 || dates[part - 1] < today)),
                None => prop_assert!(dates[9] < today),
            }
        }

        #[test]
        fn counting_reading_days_undoes_finding_them(off in pauses(), n in 1u64..90, from in 0u64..60) {
            let pace = a_pace(1, &off);
            let from = forth(pace.start, from);
            let found = pace.days().nth(from, n).unwrap();
            prop_assert_eq!(pace.days().count(from, found), n);
        }

        #[test]
        fn the_end_of_the_calendar_is_no_crash(every in any::<u32>(), parts in 0usize..50, back in 0u64..100) {
            let start = NaiveDate::MAX.checked_sub_days(chrono::Days::new(back)).unwrap();
            let mut pace = Pace::new(start, every);
            pace.pauses = vec![Pause { from: start, until: NaiveDate::MAX }];
            prop_assert!(pace.dates(parts).is_empty());
            pace.pauses.clear();
            prop_assert!(pace.dates(parts).len() <= parts);
        }
    }
}
