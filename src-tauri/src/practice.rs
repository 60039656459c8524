//! A small thing taken into the week, between its field and the rules of progress.

use chrono::NaiveDate;
use lesson::{Block, Kind, Value};
use progress::practice::Practice;

use crate::{ipc::dto::PracticeState, reader::Reader};

/// A practice that was taken, as the rules see it.
pub(crate) fn taken(block: &Block, value: &Value) -> Option<Practice> {
    match (&block.kind, value) {
        (Kind::Practice { days, .. }, Value::Practice { start, .. }) if !value.is_blank() => Some(Practice {
            start: *start,
            days: *days,
            over: false,
        }),
        _ => None,
    }
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
                let practice = taken(block, value)?;
                Some(PracticeState {
                    field: block.id.clone(),
                    from: practice.start?,
                    until: practice.last()?,
                    due: practice.is_due(self.today),
                })
            })
            .collect()
    }
}
