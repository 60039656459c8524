//! The small practice taken into the week.
//!
//! Nothing is ticked off day by day and nothing runs late. It is there, then it is looked back on once, then it goes by
//! itself.
//!
//! Source: `lesson-format.md`, `practice` (`days=`); `product.md`, *Home*, *Lesson* and promise 4; `course-material.md`
//! (an *if … then …* ends each module).

use chrono::NaiveDate;

use crate::week::forth;

/// For how many days after its end home offers to look back.
pub const LOOK_BACK_DAYS: u32 = 14;

/// A practice as it was taken on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Practice {
    /// Its first day; `None` when no date was wanted.
    pub start: Option<NaiveDate>,
    /// For how many days; 0 counts as 1.
    pub days: u32,
    /// They looked back on it, or put it away.
    pub over: bool,
}

/// What home shows of a practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing: it is over, or went by some while ago.
    Gone,
    /// That it begins on its day.
    Ahead,
    /// The practice itself: these are its days, or it has none.
    Now,
    /// One question: how was it?
    LookBack,
}

impl Practice {
    /// Its last day.
    pub fn last(&self) -> Option<NaiveDate> {
        Some(forth(self.start?, u64::from(self.days.max(1)) - 1))
    }

    /// The day to look back on it: the one after its last.
    pub fn review(&self) -> Option<NaiveDate> {
        Some(forth(self.last()?, 1))
    }

    /// What home shows of it today. One without a date stays until it is put away or another takes its place.
    pub fn standing(&self, today: NaiveDate) -> Standing {
        if self.over {
            return Standing::Gone;
        }
        let (Some(start), Some(last), Some(review)) = (self.start, self.last(), self.review()) else {
            return Standing::Now;
        };
        if today < start {
            Standing::Ahead
        } else if today <= last {
            Standing::Now
        } else if today < forth(review, u64::from(LOOK_BACK_DAYS)) {
            Standing::LookBack
        } else {
            Standing::Gone
        }
    }

    /// Whether it is time to look back.
    pub fn is_due(&self, today: NaiveDate) -> bool {
        self.standing(today) == Standing::LookBack
    }
}

/// Which practice home shows, of those in the order they were chosen: the one chosen last that is not gone. One that
/// lies ahead gives way to an earlier one whose days these are.
pub fn on_home(chosen: &[Practice], today: NaiveDate) -> Option<(usize, Standing)> {
    let standing = |wanted: fn(Standing) -> bool| {
        let all = chosen.iter().enumerate().rev();
        all.map(|(at, practice)| (at, practice.standing(today)))
            .find(|(_, standing)| wanted(*standing))
    };
    standing(|standing| matches!(standing, Standing::Now | Standing::LookBack))
        .or_else(|| standing(|standing| standing == Standing::Ahead))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn a_week_from(start: &str) -> Practice {
        Practice {
            start: Some(day(start)),
            days: 7,
            over: false,
        }
    }

    #[test]
    fn a_week_is_seven_days_and_the_day_after_looks_back() {
        let practice = a_week_from("2026-12-28");
        assert_eq!(practice.last(), Some(day("2027-01-03")));
        assert_eq!(practice.review(), Some(day("2027-01-04")));
        assert_eq!(practice.standing(day("2026-12-27")), Standing::Ahead);
        assert_eq!(practice.standing(day("2026-12-28")), Standing::Now);
        assert_eq!(practice.standing(day("2027-01-03")), Standing::Now);
        assert!(practice.is_due(day("2027-01-04")));
    }

    #[test]
    fn looking_back_is_asked_for_a_while_and_then_goes_by_itself() {
        let practice = a_week_from("2026-11-02");
        assert!(practice.is_due(day("2026-11-22")));
        assert_eq!(practice.standing(day("2026-11-23")), Standing::Gone);
        let over = Practice { over: true, ..practice };
        assert_eq!(
            over.standing(day("2026-11-09")),
            Standing::Gone,
            "asked once, not twice"
        );
    }

    #[test]
    fn one_without_a_date_stays() {
        let practice = Practice {
            start: None,
            days: 7,
            over: false,
        };
        assert_eq!(practice.standing(day("2036-01-01")), Standing::Now);
        assert_eq!(practice.review(), None);
    }

    #[test]
    fn home_shows_the_one_chosen_last() {
        let today = day("2026-11-25");
        let chosen = [
            a_week_from("2026-11-16"),
            a_week_from("2026-11-23"),
            a_week_from("2026-12-01"),
        ];
        assert_eq!(on_home(&chosen, today), Some((1, Standing::Now)));
        assert_eq!(on_home(&chosen[2..], today), Some((0, Standing::Ahead)));
        assert_eq!(on_home(&[], today), None);
    }
}
