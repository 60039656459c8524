//! What a chart draws, and the table beside it.
//!
//! Each drawing keeps everything it was given where its table can find it: what is not drawn is still in a row. One
//! chart shows one person's own marks, or what is joint or opened; which, [`visible`](crate::shown::visible) decides
//! before anything comes here. Nothing here ranks, and nothing fills in what nobody marked.
//!
//! Source: `lesson-format.md`, `chart` (`as=line|strip|jar|columns`); `look-and-feel.md` ("every chart with its table");
//! `course.md`, *Our own weekly pulse* ("show a line after four entries").

mod columns;
mod jar;
mod line;
mod strip;

pub use columns::{Columns, columns};
pub use jar::{Gathered, Jar, jar};
pub use line::{ENTRIES_FOR_A_LINE, Line, Lines, Point, Row, Take, lines};
pub use strip::{Cell, Strip, strip};
