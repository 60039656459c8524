//! Catching up kindly: resume, shorten or start again.
//!
//! What was read stays read. What was not is given new days from today; nothing says how many days, parts or weeks went
//! by, and nothing here could: the result holds dates to come.
//!
//! Source: `product.md`, promise 4 and *The shelf*; `course-material.md`, module 16 ("Slipped? Move the date").

use chrono::NaiveDate;

use super::pace::Pace;
use crate::week::forth;

/// A plan under way.
#[derive(Clone, Copy, Debug)]
pub struct Shelf<'a> {
    /// The day each part is to be read by; `None` for a part that was left out.
    pub due: &'a [Option<NaiveDate>],
    /// How many parts, from the first, are read.
    pub read: usize,
    /// The pace, with its days off. Its start plays no part.
    pub pace: &'a Pace,
}

/// The three ways on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CatchUp {
    /// The rest moves: the next part begins today.
    Resume,
    /// All of the rest until `end`, spread evenly; several parts may fall on one day.
    Spread {
        /// The last day.
        end: NaiveDate,
    },
    /// As much of the rest, in order, as fits until `end` at the old pace, and at least one part. The rest is left out.
    Drop {
        /// The last day.
        end: NaiveDate,
    },
    /// The whole book from today, with the parts that were left out.
    Restart,
}

/// The plan's days after catching up; `None` when it cannot be done: no reading day lies between today and the wanted
/// end, or the calendar ends. Parts that are read keep their days.
///
/// *Resume* moves no part to an earlier day: whoever is ahead stays so.
pub fn catch_up(shelf: &Shelf<'_>, today: NaiveDate, how: CatchUp) -> Option<Vec<Option<NaiveDate>>> {
    let days = shelf.pace.days();
    let every = shelf.pace.per_part();
    let mut due = shelf.due.to_vec();
    if how == CatchUp::Restart {
        for (at, due) in due.iter_mut().enumerate() {
            *due = Some(days.nth(today, (at as u64 + 1).checked_mul(every)?)?);
        }
        return Some(due);
    }
    let rest: Vec<usize> = left(shelf).map(|(at, _)| at).collect();
    let count = rest.len() as u64;
    // How many reading days from today each part's day is; past the last one, it is left out.
    let room = match how {
        CatchUp::Spread { end } | CatchUp::Drop { end } => Some(days.count(today, end)).filter(|room| *room > 0)?,
        CatchUp::Resume | CatchUp::Restart => 0,
    };
    for (at, nth) in rest.into_iter().zip(1u64..) {
        let by_pace = nth.checked_mul(every)?;
        let day = match how {
            CatchUp::Spread { .. } => days.nth(today, (nth * room).div_ceil(count))?,
            CatchUp::Drop { .. } if nth > 1 && by_pace > room => {
                due[at] = None;
                continue;
            }
            CatchUp::Drop { .. } => days.nth(today, by_pace.min(room))?,
            CatchUp::Resume | CatchUp::Restart => days.nth(today, by_pace)?,
        };
        due[at] = match (how, due[at]) {
            (CatchUp::Resume, Some(before)) => Some(before.max(day)),
            _ => Some(day),
        };
    }
    Some(due)
}

/// What the app offers after an absence, beside starting again, which is always possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offers {
    /// The part to go on with, counted from 0.
    pub part: usize,
    /// The last day, if the rest moves.
    pub resume_ends: NaiveDate,
    /// The last day as it stands, if it is still to come and the rest can be shortened to keep it. Any other end can be
    /// asked for.
    pub same_end: Option<NaiveDate>,
}

/// What is offered, or `None` when nothing is: while the next part's day is to come, and for one more stretch of the
/// plan's own pace after it. A few days late is life, and the day can be moved by hand without being asked.
pub fn offers(shelf: &Shelf<'_>, today: NaiveDate) -> Option<Offers> {
    let (part, next) = left(shelf).next()?;
    let last = left(shelf).last().map(|(_, due)| due)?;
    let grace = shelf.pace.days().nth(forth(next, 1), shelf.pace.per_part())?;
    if today <= grace {
        return None;
    }
    let resumed = catch_up(shelf, today, CatchUp::Resume)?;
    Some(Offers {
        part,
        resume_ends: resumed.iter().flatten().max().copied()?,
        same_end: Some(last).filter(|end| shelf.pace.days().count(today, *end) > 0),
    })
}

/// The parts still to read that were not left out, with their days.
fn left<'a>(shelf: &Shelf<'a>) -> impl Iterator<Item = (usize, NaiveDate)> + use<'a> {
    let parts = shelf.due.iter().enumerate().skip(shelf.read);
    parts.filter_map(|(at, due)| Some((at, (*due)?)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::{super::Pause, *};
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn days(texts: &[&str]) -> Vec<Option<NaiveDate>> {
        texts.iter().map(|text| Some(day(text))).collect()
    }

    /// Four weekly parts from Monday 2 November 2026, of which the first is read.
    fn with_shelf<T>(then: impl FnOnce(Shelf<'_>) -> T) -> T {
        let pace = Pace::new(day("2026-11-02"), 7);
        let due = days(&["2026-11-08", "2026-11-15", "2026-11-22", "2026-11-29"]);
        then(Shelf {
            due: &due,
            read: 1,
            pace: &pace,
        })
    }

    #[test]
    fn resuming_moves_the_rest_from_today() {
        let due = with_shelf(|shelf| catch_up(&shelf, day("2026-12-07"), CatchUp::Resume));
        assert_eq!(
            due.unwrap(),
            days(&["2026-11-08", "2026-12-13", "2026-12-20", "2026-12-27"])
        );
    }

    #[test]
    fn whoever_is_ahead_stays_so() {
        with_shelf(|shelf| {
            assert_eq!(catch_up(&shelf, day("2026-11-03"), CatchUp::Resume).unwrap(), shelf.due);
        });
    }

    #[test]
    fn shortening_spreads_the_rest_or_leaves_some_out() {
        with_shelf(|shelf| {
            let (today, end) = (day("2026-11-20"), day("2026-11-29"));
            let spread = catch_up(&shelf, today, CatchUp::Spread { end }).unwrap();
            assert_eq!(spread, days(&["2026-11-08", "2026-11-23", "2026-11-26", "2026-11-29"]));
            let dropped = catch_up(&shelf, today, CatchUp::Drop { end }).unwrap();
            assert_eq!(dropped, [Some(day("2026-11-08")), Some(day("2026-11-26")), None, None]);
            let gone = CatchUp::Spread { end: day("2026-11-19") };
            assert_eq!(catch_up(&shelf, today, gone), None, "no day is left");
        });
    }

    #[test]
    fn starting_again_brings_back_what_was_left_out() {
        let pace = Pace::new(day("2026-11-02"), 7);
        let due = [Some(day("2026-11-08")), None];
        let shelf = Shelf {
            due: &due,
            read: 1,
            pace: &pace,
        };
        let again = catch_up(&shelf, day("2028-02-23"), CatchUp::Restart);
        assert_eq!(again.unwrap(), days(&["2028-02-29", "2028-03-07"]));
    }

    #[test]
    fn a_few_days_late_nothing_is_offered_and_after_an_absence_everything_is() {
        with_shelf(|shelf| {
            assert_eq!(offers(&shelf, day("2026-11-16")), None);
            assert_eq!(offers(&shelf, day("2026-11-22")), None);
            let offers = |today: &str| super::offers(&shelf, day(today)).unwrap();
            assert_eq!(
                offers("2026-11-23"),
                Offers {
                    part: 1,
                    resume_ends: day("2026-12-13"),
                    same_end: Some(day("2026-11-29")),
                }
            );
            assert_eq!(
                offers("2026-12-07").same_end,
                None,
                "an end that is past is not held up to anyone"
            );
        });
    }

    #[test]
    fn a_book_that_is_read_needs_no_catching_up() {
        with_shelf(|shelf| {
            let read = Shelf { read: 4, ..shelf };
            assert_eq!(offers(&read, day("2027-11-23")), None);
            assert_eq!(catch_up(&read, day("2027-11-23"), CatchUp::Resume).unwrap(), read.due);
        });
    }

    proptest! {
        #[test]
        fn catching_up_is_kind(
            every in 1u32..20, parts in 1usize..15, read in 0usize..16, today in 0u64..400, end in 0u64..100,
            left_out in prop::collection::vec(any::<bool>(), 15), off in prop::collection::vec((0u64..500, 0u64..20), 0..4),
        ) {
            let mut pace = Pace::new(day("2027-11-15"), every);
            pace.pauses = off.iter().map(|(from, long)| Pause {
                from: forth(pace.start, *from),
                until: forth(pace.start, from + long),
            }).collect();
            let due: Vec<_> = pace.dates(parts).into_iter().zip(&left_out).map(|(due, out)| (!out).then_some(due)).collect();
            let shelf = Shelf { due: &due, read, pace: &pace };
            let today = forth(pace.start, today);
            let end = forth(today, end);
            for how in [CatchUp::Resume, CatchUp::Spread { end }, CatchUp::Drop { end }] {
                let Some(after) = catch_up(&shelf, today, how) else {
                    prop_assert!(how != CatchUp::Resume && (today..=end).contains(&end) && pace.rests(today));
                    continue;
                };
                prop_assert_eq!(after.len(), due.len());
                let first = read.min(parts);
                prop_assert_eq!(&after[..first], &due[..first], "what is read stays as it was");
                let rest: Vec<NaiveDate> = after[first..].iter().flatten().copied().collect();
                prop_assert!(rest.is_sorted());
                prop_assert!(rest.iter().all(|due| *due >= today && !pace.rests(*due)));
                let kept = due[first..].iter().flatten().count();
                match how {
                    CatchUp::Resume => {
                        prop_assert_eq!(rest.len(), kept);
                        prop_assert!(after.iter().zip(&due).all(|(after, before)| after >= before));
                    }
                    CatchUp::Spread { .. } => {
                        prop_assert_eq!(rest.len(), kept, "spreading leaves nothing out");
                        prop_assert!(rest.iter().all(|due| *due <= end));
                    }
                    _ => {
                        prop_assert!(rest.iter().all(|due| *due <= end));
                        prop_assert!(rest.len().min(1) == kept.min(1), "at least one part is kept");
                    }
                }
            }
            if let Some(offers) = offers(&shelf, today) {
                prop_assert!(offers.resume_ends >= today);
                prop_assert!(offers.same_end.is_none_or(|end| end >= today));
                prop_assert!(offers.part >= read);
            }
        }
    }
}
