//! Questionnaires: their items, whether a take fits them, and what it scores.

use lesson::{Id, Kind, Lesson, Method, Take};

/// One item: a row of a rating, a scale or a choice.
pub(crate) struct Item<'l> {
    /// What its mark is kept under.
    pub(crate) id: &'l Id,
    /// As people read it.
    pub(crate) text: &'l str,
    /// The marks it can have, rising.
    marks: Vec<i32>,
    /// Its marks count from the other end.
    reverse: bool,
}

impl Item<'_> {
    /// The lowest and the highest mark.
    pub(crate) fn ends(&self) -> Option<(f64, f64)> {
        Some((f64::from(*self.marks.first()?), f64::from(*self.marks.last()?)))
    }

    /// What a mark counts for.
    fn counts(&self, mark: i32) -> Option<i32> {
        match self.reverse {
            true => Some(self.marks.first()? + self.marks.last()? - mark),
            false => Some(mark),
        }
    }
}

/// The items of a questionnaire, in its order. A choice is marked with what the picked option counts for.
pub(crate) fn items(of: &Lesson) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    for block in of.blocks() {
        let mut add = |id, text, marks, reverse| {
            items.push(Item {
                id,
                text,
                marks,
                reverse,
            });
        };
        match &block.kind {
            Kind::Scale { from, to, .. } => add(&block.id, block.prompt_text.as_str(), (*from..=*to).collect(), false),
            Kind::Rating { from, to, rows, .. } => {
                for row in rows {
                    add(&row.id, row.text.as_str(), (*from..=*to).collect(), row.reverse);
                }
            }
            Kind::Choice { options } => {
                let mut marks: Vec<i32> = (0..)
                    .zip(options)
                    .map(|(at, option)| option.score.unwrap_or(at))
                    .collect();
                marks.sort_unstable();
                add(&block.id, block.prompt_text.as_str(), marks, false);
            }
            _ => {}
        }
    }
    items
}

/// Whether every mark of a take is one that its item can have.
pub(crate) fn fits(of: &Lesson, take: &Take) -> bool {
    let items = items(of);
    take.marks.iter().all(|(id, mark)| {
        let item = items.iter().find(|item| item.id == id);
        item.is_some_and(|item| item.marks.contains(mark))
    })
}

/// Whether its scores come to a total.
pub(crate) fn has_total(of: &Lesson) -> bool {
    let method = of.meta.instrument.as_ref().map(|scoring| scoring.method);
    matches!(method, Some(Method::Sum | Method::Mean))
}

/// The total of one take; none with more items left blank than the questionnaire allows, or without a total.
pub(crate) fn score(of: &Lesson, take: &Take) -> Option<f64> {
    let scoring = of.meta.instrument.as_ref()?;
    let items = items(of);
    let marked: Vec<f64> = items
        .iter()
        .filter_map(|item| item.counts(*take.marks.get(item.id)?))
        .map(f64::from)
        .collect();
    let blank = u32::try_from(items.len() - marked.len()).unwrap_or(u32::MAX);
    if marked.is_empty() || scoring.missing.is_some_and(|most| blank > most) {
        return None;
    }
    let sum: f64 = marked.iter().sum();
    #[allow(clippy::cast_precision_loss, reason = "a questionnaire has a few dozen items")]
    match scoring.method {
        Method::Sum => Some(sum),
        Method::Mean => Some(sum / marked.len() as f64),
        Method::None => None,
    }
}
