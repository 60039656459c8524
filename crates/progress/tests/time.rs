//! Time as it really is: clocks that change twice a year, leap days, weeks that begin on any day, years that end, and
//! clocks that go backwards.

use chrono::{DateTime, Datelike, Duration, FixedOffset, NaiveDate, NaiveDateTime, TimeZone, Weekday};
use progress::{
    agreement::Agreement,
    chart::strip,
    log::{Entry, tally},
    plan::{self, Pace},
    practice::{Practice, Standing},
    pulse,
    sitting::{Sitting, months_later},
    week::{Per, local_day, next, previous, span_of},
};
use proptest::prelude::*;

const WEEKDAYS: [Weekday; 7] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
    Weekday::Sun,
];

/// Any day between 1999 and 2041, with leap days and the turns of years more often than chance has them.
fn day() -> impl Strategy<Value = NaiveDate> {
    let any = (1999i32..=2041, 1u32..=366)
        .prop_filter_map("a day of that year", |(year, at)| NaiveDate::from_yo_opt(year, at));
    let leap = (0i32..=10).prop_filter_map("a leap day", |n| NaiveDate::from_ymd_opt(2000 + 4 * n, 2, 29));
    let turn = (
        1999i32..=2041,
        prop::sample::select(vec![(12, 28), (12, 31), (1, 1), (1, 3)]),
    )
        .prop_filter_map("a day", |(year, (month, day))| {
            NaiveDate::from_ymd_opt(year, month, day)
        });
    prop_oneof![4 => any, 1 => leap, 1 => turn]
}

fn weekday() -> impl Strategy<Value = Weekday> {
    prop::sample::select(WEEKDAYS.to_vec())
}

/// Offsets that are in use, half hours and quarter hours too.
fn offset() -> impl Strategy<Value = FixedOffset> {
    (-48i32..=56).prop_filter_map("an offset", |quarters| FixedOffset::east_opt(quarters * 900))
}

fn wall(day: NaiveDate, second: u32) -> NaiveDateTime {
    day.and_time(chrono::NaiveTime::MIN) + Duration::seconds(i64::from(second))
}

fn moment(wall: NaiveDateTime, offset: FixedOffset) -> DateTime<FixedOffset> {
    // A fixed offset has exactly one moment for each wall time.
    offset.from_local_datetime(&wall).single().expect("one moment")
}

/// The offset in Berlin at a wall time, by the rule that holds since 1996: the last Sundays of March and October. In
/// the hour that comes twice, the first or the second.
fn berlin(wall: NaiveDateTime, second_time: bool) -> FixedOffset {
    let last_sunday = |month| {
        let end = NaiveDate::from_ymd_opt(wall.year(), month, 31).expect("31 days");
        end - Duration::days(i64::from(end.weekday().num_days_from_sunday()))
    };
    let begins = wall_of(last_sunday(3), 2);
    let ends = wall_of(last_sunday(10), if second_time { 2 } else { 3 });
    FixedOffset::east_opt(if (begins..ends).contains(&wall) { 7200 } else { 3600 }).expect("an offset")
}

fn wall_of(day: NaiveDate, hour: u32) -> NaiveDateTime {
    day.and_hms_opt(hour, 0, 0).expect("an hour")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn an_entry_stays_on_the_day_of_the_wall_clock_whatever_the_offset(
        day in day(), second in 0u32..86_400, one in offset(), other in offset(),
    ) {
        let wall = wall(day, second);
        prop_assert_eq!(local_day(moment(wall, one)), day);
        prop_assert_eq!(local_day(moment(wall, other)), day);
    }

    /// Around both changes of the clock, hour by hour: a day has 23 or 25 of them and is still one day.
    #[test]
    fn daylight_saving_moves_no_entry_to_another_day(
        year in 2000i32..2040, month in prop::sample::select(vec![3u32, 10]), second_time in any::<bool>(), from in weekday(),
    ) {
        let end = NaiveDate::from_ymd_opt(year, month, 31).expect("31 days");
        let sunday = end - Duration::days(i64::from(end.weekday().num_days_from_sunday()));
        let mut entries = Vec::new();
        for hour in 0..72 {
            let wall = wall_of(sunday, 0) + Duration::hours(hour - 24);
            entries.push(Entry::written(moment(wall, berlin(wall, second_time)), vec![]));
        }
        let by_day = tally(&entries, Per::Day);
        prop_assert_eq!(by_day.len(), 3);
        prop_assert!(by_day.values().all(|tally| tally.entries == 24));
        let by_week: u32 = tally(&entries, Per::Week { from }).values().map(|tally| tally.entries).sum();
        prop_assert_eq!(by_week, 72);
    }

    #[test]
    fn weeks_tile_the_calendar(day in day(), from in weekday()) {
        let per = Per::Week { from };
        let week = span_of(day, per);
        prop_assert!(week.holds(day));
        prop_assert_eq!(week.first.weekday(), from);
        prop_assert_eq!(week.last - week.first, Duration::days(6));
        let after = next(week, per).expect("a week");
        prop_assert_eq!(after.first - week.last, Duration::days(1));
        prop_assert_eq!(previous(after, per), Some(week));
        for inside in week.first.iter_days().take(7) {
            prop_assert_eq!(span_of(inside, per), week);
        }
    }

    /// Every entry is counted once, in whatever order they were added: a clock that went back between two loses none.
    #[test]
    fn a_tally_loses_no_entry_and_minds_no_order(
        on in prop::collection::vec(day(), 0..20), from in weekday(), until in day(), length in 0usize..60,
    ) {
        let entries: Vec<Entry> = on.iter().map(|on| Entry { on: *on, tags: vec!["kind".into()] }).collect();
        let mut backwards = entries.clone();
        backwards.reverse();
        for per in [Per::Day, Per::Week { from }] {
            let tallies = tally(&entries, per);
            prop_assert_eq!(&tallies, &tally(&backwards, per));
            prop_assert_eq!(tallies.values().map(|tally| tally.entries as usize).sum::<usize>(), entries.len());
            prop_assert!(tallies.values().all(|tally| tally.entries > 0 && tally.tags["kind"] == tally.entries));
            let strip = strip(&entries, per, until, length);
            prop_assert_eq!(strip.cells.len(), length);
            prop_assert!(strip.cells.windows(2).all(|two| two[1].span.first - two[0].span.last == Duration::days(1)));
            let inside = strip.cells.iter().filter(|cell| cell.tally.is_some()).count();
            prop_assert_eq!(strip.earlier || strip.later, length > 0 && inside < tallies.len());
            prop_assert_eq!(strip.rows, tallies);
        }
    }

    /// One check-in after another, each on the day it comes up: 4 to 10 days apart, and on the chosen day from the
    /// second on exactly a week.
    #[test]
    fn the_check_in_settles_into_its_week(first in day(), keep_to in prop::option::of(weekday())) {
        let mut last = first;
        for nth in 0..6 {
            let from = pulse::offered_from(Some(last), keep_to, last).expect("a day");
            let days = (from - last).num_days();
            prop_assert!((4..=i64::from(pulse::LONGEST_WEEK)).contains(&days));
            prop_assert!(nth == 0 || days == 7);
            prop_assert!(keep_to.is_none_or(|weekday| from.weekday() == weekday));
            prop_assert!(!pulse::is_offered(Some(last), keep_to, from - Duration::days(1)));
            prop_assert!(pulse::is_offered(Some(last), keep_to, from));
            last = from;
        }
    }

    /// Wherever the clock goes, an answer given today puts the next one at most ten days off.
    #[test]
    fn no_clock_silences_the_check_in_or_brings_it_twice(last in day(), today in day(), keep_to in prop::option::of(weekday())) {
        let from = pulse::offered_from(Some(last), keep_to, today).expect("a day");
        prop_assert!((from - today).num_days() <= i64::from(pulse::LONGEST_WEEK) + 1);
        prop_assert!(!pulse::is_offered(Some(today), keep_to, today));
    }

    #[test]
    fn a_practice_is_ahead_then_now_then_looked_back_on_then_gone(start in day(), days in 0u32..60) {
        let practice = Practice { start: Some(start), days, over: false };
        let order = |standing| match standing {
            Standing::Ahead => 0,
            Standing::Now => 1,
            Standing::LookBack => 2,
            Standing::Gone => 3,
        };
        let standings: Vec<i32> = (start - Duration::days(3))
            .iter_days()
            .take(90)
            .map(|today| order(practice.standing(today)))
            .collect();
        prop_assert!(standings.is_sorted());
        prop_assert_eq!(standings.iter().filter(|at| **at == 1).count(), days.max(1) as usize);
        prop_assert_eq!(standings.iter().filter(|at| **at == 2).count(), 14);
    }

    #[test]
    fn a_review_is_one_day_and_answering_it_puts_it_off(since in day(), today in day(), every in 1u32..100) {
        let agreed = Agreement { worded: true, mine: true, theirs: true, since: Some(since), ended: None };
        let due = agreed.review(Some(every), None, today).expect("a day");
        prop_assert!((due - today).num_days() <= i64::from(every) + 1, "no clock puts it off for years");
        prop_assert!(!agreed.is_due(Some(every), Some(today), today));
    }

    #[test]
    fn a_moved_sitting_keeps_its_weekday_and_lies_ahead(on in day(), today in day()) {
        let moved = Sitting { on, at: None }.moved(today);
        prop_assert_eq!(moved.on.weekday(), on.weekday());
        prop_assert!(moved.on > today && moved.on > on);
        prop_assert!((moved.on - today.max(on)).num_days() <= 7);
    }

    #[test]
    fn months_later_is_the_same_day_or_the_months_last(day in day(), months in 0u32..60) {
        let later = months_later(day, months);
        let is_last = later.succ_opt().expect("a day").month() != later.month();
        prop_assert!(later.day() == day.day() || (is_last && later.day() < day.day()));
        let count = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month());
        prop_assert_eq!(count(later) - count(day), i64::from(months));
    }

    /// A pace without pauses is the plain one, over leap days and turns of years.
    #[test]
    fn a_pace_without_pauses_is_the_plain_one(start in day(), every in 0u32..100, parts in 0usize..30, today in day()) {
        let pace = Pace::new(start, every);
        prop_assert_eq!(pace.dates(parts), plan::dates(start, every, parts));
        prop_assert_eq!(pace.current(parts, today), plan::current(start, every, parts, today));
    }
}
