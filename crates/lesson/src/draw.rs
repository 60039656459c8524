//! Which answers can be drawn, and how.

use crate::{Draw, Kind};

/// The ways in which a chart can draw answers to a block of this kind; none if it cannot be drawn at all.
pub fn draws(kind: &Kind) -> &'static [Draw] {
    use Draw::{Columns, Jar, Line, Strip};
    match kind {
        Kind::Scale { .. } | Kind::Rating { .. } | Kind::Instrument { .. } => &[Line, Columns],
        Kind::Log { .. } => &[Line, Strip, Jar, Columns],
        Kind::Choices { .. } | Kind::Checklist { .. } => &[Jar, Columns],
        Kind::Choice { .. } | Kind::Sort { .. } => &[Columns],
        Kind::List { .. } => &[Jar],
        _ => &[],
    }
}

impl Draw {
    /// As it is written in a file.
    pub fn name(self) -> &'static str {
        match self {
            Draw::Line => "line",
            Draw::Strip => "strip",
            Draw::Jar => "jar",
            Draw::Columns => "columns",
        }
    }
}
