//! Catching up within a plan that is kept as a start, a pace and a number of parts: the same three ways as
//! [`catch_up`](super::catch_up()), for a plan without days off whose dates all follow from its start.
//!
//! Source: as there.

use chrono::{Days, NaiveDate};

use super::{CatchUp, LONGEST_PACE};

/// A plain plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plain {
    /// The first reading day.
    pub start: NaiveDate,
    /// Days for each part; outside 1..=60 the nearest inside.
    pub every: u32,
    /// How many parts.
    pub parts: usize,
}

impl Plain {
    /// The days by which its parts are to be read ([`dates`](super::dates)).
    pub fn dates(&self) -> Vec<NaiveDate> {
        super::dates(self.start, self.every, self.parts)
    }

    /// The plan after catching up, of which the first `read` parts are read. They keep their place and not their days:
    /// with one start and one pace, those follow from what is to come. `None` when it cannot be done: no day is left
    /// until the wanted end, spreading would put two parts on one day, or the calendar ends.
    ///
    /// *Resume* never brings the start forward. *Drop* keeps fewer parts, from the first on, and at least one that is
    /// not read. A plan whose parts are all read changes only by *Restart*.
    pub fn refit(self, read: usize, today: NaiveDate, how: CatchUp) -> Option<Plain> {
        let every = self.every.clamp(1, LONGEST_PACE);
        let rest = self.parts.saturating_sub(read);
        if how == CatchUp::Restart {
            return Some(Plain { start: today, ..self });
        }
        if rest == 0 {
            return Some(self);
        }
        let (every, kept) = match how {
            CatchUp::Resume | CatchUp::Restart => (every, rest),
            CatchUp::Spread { end } => {
                let a_part = room(today, end)? / u64::try_from(rest).ok()?;
                (u32::try_from(a_part).ok()?.min(LONGEST_PACE), rest)
            }
            CatchUp::Drop { end } => {
                let room = room(today, end)?;
                let fits = usize::try_from(room / u64::from(every)).ok()?;
                let every = u32::try_from(room).unwrap_or(every).min(every);
                (every, fits.clamp(1, rest))
            }
        };
        if every == 0 {
            return None;
        }
        let behind = u64::try_from(read).ok()?.checked_mul(u64::from(every))?;
        let start = today.checked_sub_days(Days::new(behind))?;
        Some(Plain {
            start: if how == CatchUp::Resume {
                start.max(self.start)
            } else {
                start
            },
            every,
            parts: read + kept,
        })
    }
}

/// Days from today to the end, both included. `None` if the end is past.
fn room(today: NaiveDate, end: NaiveDate) -> Option<u64> {
    u64::try_from(end.signed_duration_since(today).num_days() + 1)
        .ok()
        .filter(|days| *days > 0)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::{
        super::{Pace, Shelf, catch_up},
        *,
    };
    use crate::week::forth;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn four_weeks() -> Plain {
        Plain {
            start: day("2026-11-02"),
            every: 7,
            parts: 4,
        }
    }

    #[test]
    fn resuming_gives_the_next_part_its_week_from_today() {
        let resumed = four_weeks().refit(1, day("2026-12-07"), CatchUp::Resume).unwrap();
        assert_eq!(
            resumed.dates()[1..],
            [day("2026-12-13"), day("2026-12-20"), day("2026-12-27")]
        );
        let ahead = four_weeks().refit(3, day("2026-11-03"), CatchUp::Resume).unwrap();
        assert_eq!(ahead, four_weeks(), "whoever is ahead stays so");
    }

    #[test]
    fn shortening_quickens_the_pace_or_keeps_fewer_parts() {
        let (today, end) = (day("2026-11-20"), day("2026-11-29"));
        let spread = four_weeks().refit(1, today, CatchUp::Spread { end }).unwrap();
        assert_eq!(
            spread.dates()[1..],
            [day("2026-11-22"), day("2026-11-25"), day("2026-11-28")]
        );
        let fewer = four_weeks().refit(1, today, CatchUp::Drop { end }).unwrap();
        assert_eq!((fewer.parts, fewer.dates()[1]), (2, day("2026-11-26")));
        let tight = CatchUp::Drop { end: day("2026-11-22") };
        assert_eq!(
            four_weeks().refit(1, today, tight).unwrap().dates()[1],
            day("2026-11-22")
        );
        let too_tight = CatchUp::Spread { end: day("2026-11-21") };
        assert_eq!(four_weeks().refit(1, today, too_tight), None);
        let past = CatchUp::Drop { end: day("2026-11-19") };
        assert_eq!(four_weeks().refit(1, today, past), None);
    }

    proptest! {
        #[test]
        fn it_agrees_with_the_kept_dates_and_never_passes_the_wanted_end(
            every in 1u32..=60, parts in 1usize..20, read in 0usize..22, today in 0u64..900, end in 0u64..400,
        ) {
            let start = day("2027-12-20");
            let plan = Plain { start, every, parts };
            let pace = Pace::new(start, every);
            let due: Vec<_> = plan.dates().into_iter().map(Some).collect();
            let shelf = Shelf { due: &due, read, pace: &pace };
            let today = forth(start, today);
            let first = read.min(parts);
            let resumed = plan.refit(read, today, CatchUp::Resume).unwrap();
            let kept = catch_up(&shelf, today, CatchUp::Resume).unwrap();
            prop_assert_eq!(resumed.dates().into_iter().map(Some).skip(first).collect::<Vec<_>>(), &kept[first..]);
            let end = forth(today, end);
            for how in [CatchUp::Spread { end }, CatchUp::Drop { end }] {
                let Some(after) = plan.refit(read, today, how) else {
                    prop_assert_eq!(how, CatchUp::Spread { end });
                    continue;
                };
                prop_assert!(after.parts <= parts && after.parts >= parts.min(read + 1));
                if read < parts {
                    let rest = &after.dates()[read..];
                    prop_assert!(rest.iter().all(|due| (today..=end).contains(due)));
                    prop_assert_eq!(super::super::current(after.start, after.every, after.parts, today), Some(read));
                }
            }
        }
    }
}
