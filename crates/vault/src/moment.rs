//! A time, as it is kept: UTC with the offset of the place it was written in, for people to read.
//!
//! Deliberately not here: a clock, or anything that orders by time. Order comes from the save number.

use chrono::{DateTime, FixedOffset, Utc};

/// When something was written, and in which offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The instant; kept to the millisecond.
    pub utc: DateTime<Utc>,
    /// Minutes east of UTC where it was written.
    pub offset_minutes: i32,
}

impl Moment {
    /// As the clock on the wall showed it.
    pub fn local(&self) -> DateTime<FixedOffset> {
        let zone = FixedOffset::east_opt(self.offset_minutes.saturating_mul(60));
        match zone {
            Some(zone) => self.utc.with_timezone(&zone),
            None => self.utc.fixed_offset(),
        }
    }

    pub(crate) fn millis(&self) -> i64 {
        self.utc.timestamp_millis()
    }

    pub(crate) fn kept(millis: i64, offset_minutes: i32) -> Moment {
        Moment {
            utc: DateTime::from_timestamp_millis(millis).unwrap_or(DateTime::UNIX_EPOCH),
            offset_minutes,
        }
    }
}

impl From<DateTime<FixedOffset>> for Moment {
    fn from(local: DateTime<FixedOffset>) -> Moment {
        Moment {
            utc: local.to_utc(),
            offset_minutes: local.offset().local_minus_utc() / 60,
        }
    }
}
