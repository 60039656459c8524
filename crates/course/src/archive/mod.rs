//! A course in one file, `our-course.pairwise`: a plain ZIP archive, read as if somebody wished us ill.
//!
//! Nothing is ever unpacked to a disk by its name. An archive is read in memory and becomes an [`Index`], names to
//! hashes, and bytes by their hashes; whoever keeps it keeps it under the hashes, so no name in it becomes a path.
//!
//! The reader is our own, since a general one forgives what must be refused here: it keeps one of two entries of the
//! same name, follows whichever of two sizes it meets first, and does not tell what overlaps. It takes the plain form
//! that every tool writes, stored or deflated, and nothing else.
//!
//! The way through: `directory` reads what the archive says it holds, `name` what its names may be, `unpack` takes the
//! bytes out and counts them, `image` looks at pictures, `contents` is what came out; `pack` makes an archive.

mod contents;
mod directory;
mod error;
mod image;
mod name;
mod pack;
mod unpack;

pub use contents::*;
pub use error::*;
pub use image::Image;
pub use pack::*;
pub use unpack::unpack;

/// How an archive's name ends.
pub const ARCHIVE_END: &str = "pairwise";
/// Largest archive, in bytes.
pub const MAX_ARCHIVE: usize = 20 * 1024 * 1024;
/// Most bytes that come out of one.
pub const MAX_UNPACKED: usize = 64 * 1024 * 1024;
/// Most entries, folders among them.
pub const MAX_ENTRIES: usize = 2_000;
/// Most bytes that come out for each that went in.
pub const MAX_RATIO: usize = 100;
/// Largest picture, in bytes.
pub const MAX_IMAGE: usize = 2 * 1024 * 1024;
/// Longest side of a picture, in pixels.
pub const MAX_PIXELS: u32 = 4096;
/// Largest `course.lock`, in bytes: a thousand lessons fit.
const MAX_LOCK: usize = 4 * 1024 * 1024;
