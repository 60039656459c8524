//! A small thing taken into the week: its days, and when it is over.

use chrono::{Days, NaiveDate};
use lesson::{Block, Kind, Value};

use crate::{ipc::dto::PracticeState, reader::Reader};

/// The first and the last day of a practice that was taken.
pub(crate) fn days(block: &Block, value: &Value) -> Option<(NaiveDate, NaiveDate)> {
    let (Kind::Practice { days, .. }, Value::Practice { start: Some(from), .. }) = (&block.kind, value) else {
        return None;
    };
    if value.is_blank() {
        return None;
    }
    let until = from.checked_add_days(Days::new(u64::from(days.saturating_sub(1))))?;
    Some((*from, until))
}

/// A practice begins on the day it is taken, unless another day is said.
pub(crate) fn begun(value: &Value, today: NaiveDate) -> Value {
    match value {
        Value::Practice {
            pick,
            other,
            start: None,
        } if !value.is_blank() => Value::Practice {
            pick: pick.clone(),
            other: other.clone(),
            start: Some(today),
        },
        _ => value.clone(),
    }
}

impl Reader<'_> {
    /// The practices of the lesson that were taken.
    pub(crate) fn practices(&self) -> Vec<PracticeState> {
        self.blocks_where(|kind| matches!(kind, Kind::Practice { .. }))
            .filter_map(|block| {
                let (value, ..) = self.own.get(&block.id).or_else(|| self.joint.get(&block.id))?;
                let (from, until) = days(block, value)?;
                Some(PracticeState {
                    field: block.id.clone(),
                    from,
                    until,
                    due: self.today > until,
                })
            })
            .collect()
    }
}
