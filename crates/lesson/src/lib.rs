//! A lesson file becomes a [`Lesson`] and a list of diagnostics.
mod model;
mod value;
pub use model::*;
pub use value::*;
