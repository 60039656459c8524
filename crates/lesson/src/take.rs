//! An instrument's questions, and whether an answering of them fits.

use crate::{Id, Kind, Lesson, Misfit, Take};

/// One question of an instrument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What its mark is kept under: a scale's or a choice's own id, or that of a rating's row.
    pub id: Id,
    /// As plain text.
    pub text: String,
    /// Lowest mark.
    pub from: i32,
    /// Highest mark.
    pub to: i32,
    /// Its marks count from the other end.
    pub reverse: bool,
    /// The only marks there are, if it is a choice: its options' scores.
    pub only: Vec<i32>,
}

impl Lesson {
    /// The questions of an instrument, in order. Empty for any other file.
    pub fn questions(&self) -> Vec<Question> {
        if self.meta.instrument.is_none() {
            return Vec::new();
        }
        let mut questions = Vec::new();
        for block in self.blocks() {
            let question = |from, to, only| Question {
                id: block.id.clone(),
                text: block.prompt_text.clone(),
                from,
                to,
                reverse: false,
                only,
            };
            match &block.kind {
                Kind::Scale { from, to, .. } => questions.push(question(*from, *to, Vec::new())),
                Kind::Choice { options } => {
                    let scores: Vec<i32> = options.iter().filter_map(|option| option.score).collect();
                    if let (Some(from), Some(to)) = (scores.iter().min().copied(), scores.iter().max().copied()) {
                        questions.push(question(from, to, scores));
                    }
                }
                Kind::Rating { from, to, rows, .. } => {
                    questions.extend(rows.iter().map(|row| Question {
                        id: row.id.clone(),
                        text: row.text.clone(),
                        reverse: row.reverse,
                        ..question(*from, *to, Vec::new())
                    }));
                }
                _ => {}
            }
        }
        questions
    }
}

/// Whether an instrument can have been answered like this. Older takes may be of an older version: ask only of a new one.
pub fn take_fits(instrument: &Lesson, take: &Take) -> Result<(), Misfit> {
    let questions = instrument.questions();
    take.marks.iter().try_for_each(|(id, mark)| {
        let question = questions.iter().find(|question| question.id == *id);
        let question = question.ok_or_else(|| Misfit::Unknown(id.clone()))?;
        let among = question.only.is_empty() || question.only.contains(mark);
        if among && (question.from..=question.to).contains(mark) {
            Ok(())
        } else {
            Err(Misfit::OutOfRange)
        }
    })
}
