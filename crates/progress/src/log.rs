//! A log's entries, gathered by day or week.
//!
//! A day nothing was written on has no number: not zero, for nobody said zero.
//!
//! Source: `lesson-format.md`, `log` (`per=day|week`, bullets are tags); `course.md`, modules 3 and 11 (one's own counts;
//! never the partner's).

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::week::{Per, Span, local_day, span_of};

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The day it is about.
    pub on: NaiveDate,
    /// Its tags.
    pub tags: Vec<String>,
}

impl Entry {
    /// An entry about the day on the writer's own clock.
    pub fn written(at: DateTime<FixedOffset>, tags: Vec<String>) -> Entry {
        Entry {
            on: local_day(at),
            tags,
        }
    }
}

/// What was written of one day or week: at least one entry, or there would be no tally.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many entries, with tags or without.
    pub entries: u32,
    /// How many of them have each tag; a tag that none has is not there. A tag named twice in an entry counts once.
    pub tags: BTreeMap<String, u32>,
}

/// The tallies of every day or week that has an entry, however far apart, from the earliest. The order in which entries
/// were added makes no difference.
pub fn tally(entries: &[Entry], per: Per) -> BTreeMap<Span, Tally> {
    let mut tallies: BTreeMap<Span, Tally> = BTreeMap::new();
    for entry in entries {
        let tally = tallies.entry(span_of(entry.on, per)).or_default();
        tally.entries += 1;
        for (at, tag) in entry.tags.iter().enumerate() {
            if !entry.tags[..at].contains(tag) {
                *tally.tags.entry(tag.clone()).or_default() += 1;
            }
        }
    }
    tallies
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use chrono::Weekday;

    fn entry(on: &str, tags: &[&str]) -> Entry {
        Entry {
            on: on.parse().unwrap(),
            tags: tags.iter().map(|tag| (*tag).into()).collect(),
        }
    }

    #[test]
    fn a_week_gathers_its_days_by_the_day_it_begins_on() {
        // Saturday, Sunday, Monday.
        let entries = [
            entry("2026-11-21", &["kind"]),
            entry("2026-11-22", &["kind", "kind"]),
            entry("2026-11-23", &[]),
        ];
        let counts = |from| -> Vec<u32> {
            tally(&entries, Per::Week { from })
                .values()
                .map(|tally| tally.entries)
                .collect()
        };
        assert_eq!(counts(Weekday::Mon), [2, 1]);
        assert_eq!(counts(Weekday::Sun), [1, 2]);
        let first = tally(&entries, Per::Week { from: Weekday::Mon });
        assert_eq!(
            first.values().next().unwrap().tags["kind"],
            2,
            "a tag twice in one entry is one"
        );
    }

    #[test]
    fn a_day_nothing_was_written_on_is_not_there() {
        let entries = [entry("2026-11-21", &[]), entry("2026-11-25", &[])];
        assert_eq!(tally(&entries, Per::Day).len(), 2);
        assert!(tally(&[], Per::Day).is_empty());
    }
}
