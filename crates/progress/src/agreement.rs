//! An agreement: both word it, both accept it, either may end it, and it is looked at again now and then.
//!
//! Source: `lesson-format.md`, `agreement` (`review=2w`); `course.md`, modules 9, 14 and 19.

use chrono::NaiveDate;

use crate::week::forth;

/// What is known of an agreement. All of it is joint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agreement {
    /// It has words.
    pub worded: bool,
    /// The person asking has accepted these words. New words are accepted by nobody.
    pub mine: bool,
    /// The other has.
    pub theirs: bool,
    /// The day the second of them accepted.
    pub since: Option<NaiveDate>,
    /// The day either of them ended it.
    pub ended: Option<NaiveDate>,
}

/// How it stands, for the person asking. Where both look, [`Standing::WaitingForMe`] and
/// [`Standing::WaitingForTheOther`] are said by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// No words yet.
    Blank,
    /// Words, and neither has accepted them.
    Proposed,
    /// The other has accepted.
    WaitingForMe,
    /// I have accepted.
    WaitingForTheOther,
    /// Both have.
    Agreed,
    /// One of them ended it. That needs no consent and no reason.
    Ended,
}

impl Agreement {
    /// How it stands. Ended comes before all else: no mark left over from before may hold anyone to it.
    pub fn standing(&self) -> Standing {
        match (self.ended.is_some(), self.worded, self.mine, self.theirs) {
            (true, ..) => Standing::Ended,
            (_, false, ..) => Standing::Blank,
            (_, _, true, true) => Standing::Agreed,
            (_, _, true, false) => Standing::WaitingForTheOther,
            (_, _, false, true) => Standing::WaitingForMe,
            (_, _, false, false) => Standing::Proposed,
        }
    }

    /// The next day to look at it again: `every` days after it was accepted, or after it was last looked at. There is
    /// only ever one such day: those that went by unused are not counted. `None` unless it is agreed and reviewed.
    ///
    /// A last look dated more than a day ahead of today was written by a clock that has been put right since, and is
    /// passed over; so is such a day of acceptance, which then counts as today.
    pub fn review(&self, every: Option<u32>, last_look: Option<NaiveDate>, today: NaiveDate) -> Option<NaiveDate> {
        let every = every.filter(|_| self.standing() == Standing::Agreed)?;
        let believable = |day: &NaiveDate| *day <= forth(today, 1);
        let since = self.since.filter(believable).unwrap_or(today);
        let from = last_look.filter(believable).map_or(since, |look| look.max(since));
        Some(forth(from, u64::from(every.max(1))))
    }

    /// Whether to look at it again today.
    pub fn is_due(&self, every: Option<u32>, last_look: Option<NaiveDate>, today: NaiveDate) -> bool {
        self.review(every, last_look, today).is_some_and(|day| day <= today)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn agreed(since: &str) -> Agreement {
        Agreement {
            worded: true,
            mine: true,
            theirs: true,
            since: Some(day(since)),
            ended: None,
        }
    }

    #[test]
    fn it_is_agreed_only_when_both_accepted_these_words() {
        let worded = Agreement {
            worded: true,
            ..Agreement::default()
        };
        assert_eq!(Agreement::default().standing(), Standing::Blank);
        assert_eq!(worded.standing(), Standing::Proposed);
        assert_eq!(
            Agreement { mine: true, ..worded }.standing(),
            Standing::WaitingForTheOther
        );
        assert_eq!(Agreement { theirs: true, ..worded }.standing(), Standing::WaitingForMe);
        assert_eq!(agreed("2026-11-01").standing(), Standing::Agreed);
    }

    #[test]
    fn either_may_end_it_and_then_nothing_is_due() {
        let ended = Agreement {
            ended: Some(day("2026-11-10")),
            ..agreed("2026-11-01")
        };
        assert_eq!(ended.standing(), Standing::Ended);
        assert_eq!(ended.review(Some(14), None, day("2026-12-01")), None);
    }

    #[test]
    fn two_weeks_after_it_was_accepted_or_last_looked_at() {
        let it = agreed("2028-02-20");
        assert_eq!(
            it.review(Some(14), None, day("2028-02-21")),
            Some(day("2028-03-05")),
            "over a leap day"
        );
        assert!(!it.is_due(Some(14), None, day("2028-03-04")));
        assert!(it.is_due(Some(14), None, day("2028-03-05")));
        let look = Some(day("2028-03-09"));
        assert_eq!(it.review(Some(14), look, day("2028-03-10")), Some(day("2028-03-23")));
        assert_eq!(
            it.review(None, None, day("2028-03-10")),
            None,
            "a lesson may ask for no review"
        );
    }

    #[test]
    fn months_away_leave_one_review() {
        let it = agreed("2026-01-01");
        let today = day("2026-11-25");
        assert!(it.is_due(Some(14), None, today));
        assert!(!it.is_due(Some(14), Some(today), today));
    }

    #[test]
    fn a_wrong_clock_does_not_put_it_off_for_years() {
        let it = agreed("2026-11-01");
        assert!(it.is_due(Some(14), Some(day("2031-01-01")), day("2026-11-25")));
        let later = agreed("2031-01-01").review(Some(14), None, day("2026-11-25"));
        assert_eq!(later, Some(day("2026-12-09")));
    }
}
