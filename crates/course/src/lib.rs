//! A course: its manifest `course.toml`, its lessons and questionnaires in one language, its help lines.
//!
//! Whatever is wrong in one file is that file's diagnostic; the other lessons still open. Only a folder without
//! a readable manifest is no course at all. The authors' command line, `pairwise-lesson`, is this crate's binary,
//! since it checks whole courses and `lesson` does not know them.
//!
//! The way through: `files` is where the bytes come from, `read` makes a [`Course`] of them, `across` checks what its
//! files say of each other, `translation` lets another language stand in, `checked` looks all of it over.

mod across;
mod archive;
mod checked;
mod files;
mod help_lines;
mod lock;
mod manifest;
mod pictures;
mod read;
mod translation;
mod watch;
mod whole;

pub use archive::*;
pub use checked::*;
pub use files::*;
pub use help_lines::*;
pub use lock::*;
pub use manifest::*;
pub use pictures::Picture;
pub use read::*;
pub use watch::*;
pub use whole::*;
