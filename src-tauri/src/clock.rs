//! The only place that asks what time it is. Everything below is handed the answer.
#![allow(
    clippy::disallowed_methods,
    reason = "this is the one clock; everything else takes time as an argument"
)]

use chrono::{DateTime, FixedOffset, Local};

/// Now, in the offset of the place where the computer believes it stands.
pub(crate) fn now() -> DateTime<FixedOffset> {
    Local::now().fixed_offset()
}
