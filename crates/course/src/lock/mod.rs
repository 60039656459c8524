//! `course.lock`: what the last released course asked of people, and under which names it keeps what they answered.
//!
//! It is written when a course is released, and every later edit is held against it. A change must say what it is:
//!
//! - other words for the same question: a higher patch version;
//! - something new, or something renamed (`was=`) or taken out (`retired:`): a higher minor version;
//! - a question that now means something else: `rev=`, whose earlier answers are kept and shown as earlier wording.
//!
//! Whatever would lose an answer, or show it to somebody it was not written for, is refused.
//!
//! `record` makes a lock of a course, `form` reads and writes it, `compare` holds a course against it. Only the course's
//! first language is locked: a translation is built like its original, or is not used.

mod compare;
mod form;
mod item;
mod lesson;
mod record;
mod version;

pub use compare::*;
pub use form::*;
pub use record::*;
