//! When a backup is due, and which ones stay: functions of the times handed in.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike as _, TimeDelta, Utc};

use super::{Backup, Kind};
use crate::Moment;

const EVERY: TimeDelta = TimeDelta::minutes(30);
const DAYS: usize = 7;
const WEEKS: usize = 4;
const BEFORE: usize = 3;
const ASIDE: usize = 2;

/// Whether a file that is in use wants a backup now: 30 minutes after the last, and at once where there is none. A clock
/// that went back makes one due too, rather than none for as long as it went back.
pub fn is_due(last: Option<DateTime<Utc>>, now: Moment) -> bool {
    match last {
        None => true,
        Some(last) => {
            let since = now.utc - last;
            since >= EVERY || since < TimeDelta::zero()
        }
    }
}

/// Which of these go, given newest first: all but the newest of each of seven days and of four weeks, three from before a
/// change of tables, and two that were put aside. The newest of a kind always stays, whatever the clock said.
pub(crate) fn to_go(newest_first: &[Backup]) -> Vec<&Backup> {
    let (mut days, mut weeks) = (BTreeSet::new(), BTreeSet::new());
    let (mut before, mut aside) = (0, 0);
    let mut stays = |backup: &Backup| match backup.kind {
        Kind::Before => {
            before += 1;
            before <= BEFORE
        }
        Kind::Aside => {
            aside += 1;
            aside <= ASIDE
        }
        Kind::Usual => {
            let day = backup.at.map(|at| at.date_naive());
            let week = day.map(|day| (day.iso_week().year(), day.iso_week().week()));
            let of_day = days.len() < DAYS && days.insert(day);
            let of_week = weeks.len() < WEEKS && weeks.insert(week);
            of_day || of_week
        }
    };
    newest_first.iter().filter(|backup| !stays(backup)).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use std::path::Path;

    use super::*;

    fn hour(hours: i64) -> DateTime<Utc> {
        // A Monday at midnight.
        DateTime::from_timestamp(1_750_032_000 + hours * 3600, 0).unwrap()
    }

    fn moment(utc: DateTime<Utc>) -> Moment {
        Moment { utc, offset_minutes: 0 }
    }

    fn made(number: u64, hours: i64, kind: Kind) -> Backup {
        Backup::new(Path::new("/b"), number, Some(hour(hours)), kind)
    }

    fn left(mut backups: Vec<Backup>) -> Vec<u64> {
        backups.sort_by(|one, other| other.cmp(one));
        let gone: Vec<u64> = to_go(&backups).iter().map(|backup| backup.number).collect();
        backups
            .iter()
            .map(|backup| backup.number)
            .filter(|number| !gone.contains(number))
            .collect()
    }

    #[test]
    fn due_at_once_then_after_thirty_minutes_of_use() {
        let minutes = |n| Some(hour(0) - TimeDelta::minutes(n));
        assert!(is_due(None, moment(hour(0))));
        assert!(!is_due(minutes(0), moment(hour(0))));
        assert!(!is_due(minutes(29), moment(hour(0))));
        assert!(is_due(minutes(30), moment(hour(0))));
        assert!(is_due(minutes(-5), moment(hour(0))), "the clock went back");
    }

    #[test]
    fn a_quarter_of_daily_use_leaves_seven_days_and_four_weeks() {
        // Two a day for 90 days, numbered as they come.
        let backups = (0..180)
            .map(|n| made(n, i64::try_from(n).unwrap() * 12, Kind::Usual))
            .collect();
        let left = left(backups);
        // The newest of each of the last seven days; then, of the weeks before, the newest of each.
        assert_eq!(left[..7], [179, 177, 175, 173, 171, 169, 167]);
        assert_eq!(left.len(), 7 + 2, "{left:?}");
        let weeks: BTreeSet<u64> = left.iter().map(|n| n / 14).collect();
        assert_eq!(weeks.len(), 4, "{left:?}");
    }

    #[test]
    fn the_newest_stays_whatever_the_clock_said() {
        // Made in this order, while the clock jumped ten years ahead and back.
        let far = 24 * 3650;
        let mut backups: Vec<Backup> = (0..40)
            .map(|n| made(n, far + i64::try_from(n).unwrap() * 24, Kind::Usual))
            .collect();
        backups.push(made(40, 0, Kind::Usual));
        assert_eq!(left(backups)[0], 40);
    }

    #[test]
    fn three_from_before_a_change_of_tables_and_two_put_aside_stay_beside_the_usual_ones() {
        let mut backups: Vec<Backup> = (0..6).map(|n| made(n, 0, Kind::Before)).collect();
        backups.extend((6..12).map(|n| made(n, 0, Kind::Aside)));
        backups.push(made(12, 0, Kind::Usual));
        assert_eq!(left(backups), [12, 11, 10, 5, 4, 3]);
    }

    #[test]
    fn a_name_is_read_back_and_no_other_name_is_read() {
        for backup in [
            made(3, 1, Kind::Usual),
            made(1_234_567, 1, Kind::Before),
            Backup::new(Path::new("/b"), 4, None, Kind::Aside),
        ] {
            assert_eq!(Backup::read(&backup.path).as_ref(), Some(&backup));
        }
        for odd in [
            "keys.json",
            "000001_x_usual.db.new",
            "000001_20250101T000000_other.db",
            "x_20250101T000000_usual.db",
            "1.db",
        ] {
            assert_eq!(Backup::read(&Path::new("/b").join(odd)), None, "{odd}");
        }
    }
}
