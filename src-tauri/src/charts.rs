//! Charts: what was marked, counted or written, over every run that this turn may read.

use lesson::Kind;

use crate::{
    ipc::dto::{Chart, Refusal},
    reader::Reader,
};

impl Reader<'_> {
    /// What each `chart` of the lesson draws.
    pub(crate) fn charts(&self) -> Result<Vec<Chart>, Refusal> {
        let charts = self.blocks_where(|kind| matches!(kind, Kind::Chart { .. }));
        Ok(charts
            .map(|block| Chart {
                block: block.id.clone(),
                series: Vec::new(),
                enough: false,
            })
            .collect())
    }
}
