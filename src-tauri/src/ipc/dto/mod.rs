//! What crosses between the shell and the UI. Nothing here is kept; nothing here names a person by anything
//! but their seat and what they chose to be called.

mod course;
mod door;
mod run;
mod support;

pub use course::*;
pub use door::*;
pub use run::*;
pub use support::*;
