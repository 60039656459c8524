//! A lesson file becomes a [`Lesson`] and a list of [`Diagnostic`]s.
//!
//! The way through: `front_cut` and `front` find and read the front matter; `markdown` turns the rest into a tree
//! with byte spans; `steps` walks that tree, `callout` and `body` read the interactive blocks, `tail` their
//! attributes; `resolve` settles everything that points at something else. Every stage reports what it finds
//! and goes on, so that all mistakes are told at once and a broken draft can still be previewed.
//!
//! Not here: files, folders and other lessons (`course`), a clock, what is visible or done (`progress`).

mod answer;
mod attributes;
mod body;
mod bullets;
mod callout;
mod canonical;
mod conditions;
mod diagnostic;
mod draw;
mod earlier;
mod fmt;
mod front;
mod front_cut;
mod front_values;
mod gaps;
mod grammar;
pub mod html;
mod id;
mod invisible;
mod items;
mod layers;
mod lines;
mod literal;
mod markdown;
mod marks;
mod model;
mod names;
mod opener;
mod options;
mod overlap;
mod piles;
mod place;
mod plan;
mod pointers;
mod prose;
mod resolve;
mod scoring;
mod stages;
mod steps;
mod tail;
mod take;
mod value;
mod walk;
mod when;
mod yaml;
mod yaml_plain;

pub use answer::*;
pub use diagnostic::*;
pub use draw::*;
pub use earlier::*;
pub use fmt::fmt;
pub use grammar::*;
pub use id::*;
pub use layers::*;
pub use literal::literal;
pub use model::*;
pub use names::{did_you_mean, nearest};
pub use overlap::*;
pub use place::*;
pub use prose::is_in_pack;
pub use take::*;
pub use value::*;

/// Largest lesson file, in bytes.
pub const MAX_LESSON: usize = 256 * 1024;
/// Largest front matter, in bytes.
pub const MAX_FRONT: usize = 16 * 1024;
/// Most interactive blocks in a lesson.
pub const MAX_BLOCKS: usize = 300;
/// Most steps in a lesson.
pub const MAX_STEPS: usize = 300;
/// Deepest nesting of Markdown.
pub const MAX_DEPTH: usize = 16;
/// Most options, rows or stages in one block.
pub const MAX_OPTIONS: usize = 100;

/// What came of reading a file.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// As much of a lesson as could be read; `None` only when the file is too large to look at, or has no lines.
    pub lesson: Option<Lesson>,
    /// Everything to mend, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
}

impl Parsed {
    /// The lesson may be used: there is nothing that must be mended first.
    pub fn opens(&self) -> bool {
        self.lesson.is_some() && self.diagnostics.iter().all(|d| d.severity != Severity::Error)
    }
}

/// Reads a lesson file.
pub fn parse(source: &str) -> Parsed {
    let mut found = Findings::new(source);
    let lesson = read(source, &mut found);
    Parsed {
        lesson,
        diagnostics: found.finish(),
    }
}

fn read<'s>(source: &'s str, found: &mut Findings<'s>) -> Option<Lesson> {
    if source.len() > MAX_LESSON {
        found
            .error(
                Code::TooLarge,
                0..0,
                format!(
                    "This file is larger than {} KiB, the most a lesson may be.",
                    MAX_LESSON / 1024
                ),
            )
            .help("Split it into two lessons.");
        return None;
    }
    if !invisible::report(source, found) {
        return None;
    }
    let cut = front::cut(source, found);
    let meta = front::read(source, cut.yaml.clone(), found);
    let tree = markdown::tree(source, cut.body, found);
    let setting = callout::Setting {
        share: meta.share,
        instrument: meta.instrument.is_some(),
    };
    let draft = steps::read(source, &tree, setting, found);
    Some(resolve::settle(draft, meta, found))
}
