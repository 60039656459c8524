//! Questionnaires, between their files and the rules of scoring.

use std::collections::BTreeMap;

use lesson::{Block, Kind, Lesson, Take, Value};
use progress::score;

use crate::{
    ipc::dto::{Refusal, ScoreState},
    reader::Reader,
};

/// A questionnaire's scoring, as the rules have it; none for any other file.
pub(crate) fn scoring(of: &Lesson) -> Option<score::Scoring> {
    let scoring = of.meta.instrument.as_ref()?;
    let bands = scoring.bands.iter().map(|band| score::Band {
        from: band.from,
        label: band.label.clone(),
    });
    let items = of.questions().into_iter().map(|question| score::Item {
        id: question.id.to_string(),
        from: question.from,
        to: question.to,
        reverse: question.reverse,
    });
    Some(score::Scoring {
        method: match scoring.method {
            lesson::Method::Sum => score::Method::Sum,
            lesson::Method::Mean => score::Method::Mean,
            lesson::Method::None => score::Method::None,
        },
        missing: scoring.missing,
        bands: bands.collect(),
        noise: scoring.noise,
        items: items.collect(),
    })
}

/// A take's marks, as the rules read them.
pub(crate) fn marks(take: &Take) -> BTreeMap<String, i32> {
    take.marks
        .iter()
        .map(|(item, mark)| (item.to_string(), *mark))
        .collect()
}

/// Takes in plain words: each day, and below it the questions that were answered, in their order. A mark whose question
/// has gone is said by the name it was kept under.
pub(crate) fn lines(of: &Lesson, takes: &[Take]) -> Vec<String> {
    let questions = of.questions();
    let mut lines = Vec::new();
    for take in takes {
        lines.push(format!("{}:", take.on));
        let answered = questions
            .iter()
            .filter_map(|question| Some((question, take.marks.get(&question.id)?)));
        lines.extend(answered.map(|(question, mark)| {
            let colon = if question.text.ends_with(['?', '…', ':']) {
                ""
            } else {
                ":"
            };
            format!("{}{colon} {mark} ({} is the highest)", question.text, question.to)
        }));
        let gone = |item: &&lesson::Id| questions.iter().all(|question| question.id != **item);
        let gone = take.marks.iter().filter(|(item, _)| gone(item));
        lines.extend(gone.map(|(item, mark)| format!("{}: {mark}", item.as_str().replace('-', " "))));
    }
    lines
}

impl Reader<'_> {
    /// The questionnaire an `instrument` block uses.
    pub(crate) fn instrument(&self, block: &Block) -> Option<&Lesson> {
        let Kind::Instrument { of } = &block.kind else {
            return None;
        };
        let shown = self.sitting.instrument_shown(&self.run.id, of);
        shown.or_else(|| self.course.instrument(of))
    }

    /// The questionnaires this lesson uses, each once.
    pub(crate) fn instruments(&self) -> Vec<Lesson> {
        let mut all: Vec<Lesson> = Vec::new();
        for block in self.blocks_where(|kind| matches!(kind, Kind::Instrument { .. })) {
            if let Some(instrument) = self.instrument(block)
                && all.iter().all(|known| known.meta.id != instrument.meta.id)
            {
                all.push(instrument.clone());
            }
        }
        all
    }

    /// What the last take of each questionnaire comes to, and whether that may be called a change. Only ever one's own.
    pub(crate) fn scores(&self) -> Result<Vec<ScoreState>, Refusal> {
        let mut scores = Vec::new();
        for block in self.blocks_where(|kind| matches!(kind, Kind::Instrument { .. })) {
            let Some(scoring) = self.instrument(block).and_then(scoring) else {
                continue;
            };
            // Newest first, as they come; in a run the takes stand in their order.
            let runs = self.own_past(&self.lesson, block)?.into_iter().rev();
            let takes: Vec<Take> = runs
                .flat_map(|past| match past.value {
                    Value::Takes { takes } => takes,
                    _ => Vec::new(),
                })
                .collect();
            let Some(last) = takes.last() else { continue };
            let all: Vec<_> = takes.iter().map(|take| (take.on, marks(take))).collect();
            let totals = scoring.totals(all.iter().map(|(on, marks)| (*on, marks)));
            let total = scoring.score(&marks(last)).total;
            scores.push(ScoreState {
                block: block.id.clone(),
                on: last.on,
                total,
                band: total
                    .and_then(|total| scoring.band(total))
                    .map(|band| band.label.clone()),
                change: score::change(&totals, scoring.noise).map(|change| change.points),
            });
        }
        Ok(scores)
    }
}
