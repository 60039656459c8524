//! A course on disk: its manifest `course.toml`, the lessons of one language, its help lines.
//!
//! Whatever is wrong in one file is that file's diagnostic; the other lessons still open. Only a folder without
//! a readable manifest is no course at all. The authors' command line, `pairwise-lesson`, is this crate's binary,
//! since it checks whole courses and `lesson` does not know them.
//!
//! Not here: archives and imports, `course.lock`, instruments, watching for changes.

mod check;
mod folder;
mod help_lines;
mod manifest;

pub use folder::*;
pub use help_lines::*;
pub use manifest::*;
