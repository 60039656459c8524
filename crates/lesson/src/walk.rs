//! Ways through a lesson.

use crate::{Block, Choice, Id, Item, Kind, Lesson, Step};

impl Step {
    /// Its blocks, in order.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.body.iter().filter_map(|item| {
            if let Item::Block { block } = item {
                Some(block)
            } else {
                None
            }
        })
    }
}

impl Lesson {
    /// All blocks, in order.
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.steps.iter().flat_map(Step::blocks)
    }

    /// The blocks that keep an answer.
    pub fn fields(&self) -> impl Iterator<Item = &Block> {
        self.blocks().filter(|block| block.privacy.is_some())
    }

    /// The block of this id.
    pub fn block(&self, id: &Id) -> Option<&Block> {
        self.blocks().find(|block| block.id == *id)
    }

    /// The step of this id.
    pub fn step(&self, id: &Id) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == *id)
    }

    /// The step that holds the block of this id.
    pub fn step_of(&self, block: &Id) -> Option<&Step> {
        self.steps
            .iter()
            .find(|step| step.blocks().any(|held| held.id == *block))
    }
}

impl Kind {
    /// What can be picked, ticked or tagged; empty for a kind that has no options.
    pub fn options(&self) -> &[Choice] {
        match self {
            Kind::Choice { options } | Kind::Choices { options, .. } | Kind::Practice { options, .. } => options,
            Kind::Checklist { items } => items,
            Kind::Log { tags, .. } => tags,
            _ => &[],
        }
    }

    /// Whether an answer has a part of this name, that a recall or a chart can ask for alone.
    pub fn has_part(&self, part: &Id) -> bool {
        match self {
            Kind::Cycle { stages, .. } => stages.iter().any(|stage| stage.id == *part),
            Kind::Frame { gaps } => gaps.iter().any(|gap| gap.id == *part),
            Kind::Rating { rows, .. } => rows.iter().any(|row| row.id == *part),
            _ => false,
        }
    }

    /// The kind as it is written in a file.
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Short { .. } => "short",
            Kind::Long { .. } => "long",
            Kind::Choice { .. } => "choice",
            Kind::Choices { .. } => "choices",
            Kind::Scale { .. } => "scale",
            Kind::List { .. } => "list",
            Kind::Rating { .. } => "rating",
            Kind::Sort { .. } => "sort",
            Kind::Frame { .. } => "frame",
            Kind::Agreement { .. } => "agreement",
            Kind::Log { .. } => "log",
            Kind::Practice { .. } => "practice",
            Kind::Timer { .. } => "timer",
            Kind::Talk { .. } => "talk",
            Kind::Pause => "pause",
            Kind::Chart { .. } => "chart",
            Kind::Instrument { .. } => "instrument",
            Kind::Ready => "ready",
            Kind::Help { .. } => "help",
            Kind::Checklist { .. } => "checklist",
            Kind::Cycle { .. } => "cycle",
            Kind::Plan { .. } => "plan",
            Kind::Compare { .. } => "compare",
            Kind::Recall { .. } => "recall",
            Kind::Gate { .. } => "gate",
            Kind::Note => "note",
        }
    }
}
