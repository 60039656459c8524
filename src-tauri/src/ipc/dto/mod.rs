//! What crosses between the shell and the UI. Nothing here is kept; nothing here names a person by anything
//! but their seat and what they chose to be called.

mod back;
mod backup;
mod both;
mod course;
mod door;
mod export;
mod find;
mod removal;
mod run;
mod settings;
mod support;

pub use back::*;
pub use backup::*;
pub use both::*;
pub use course::*;
pub use door::*;
pub use export::*;
pub use find::*;
pub use removal::*;
pub use run::*;
pub use settings::*;
pub use support::*;
