//! Cards of which only a few are ever opened: those that both put in one pile, drawn at random, once.
//!
//! Every card of the lesson's list is sealed alone, whichever pile it lies in, so that seals look alike. It is said
//! only of the pile that may be opened: a card that lies in another is sealed like one that lies nowhere. A person's
//! own cards are none of the list and are never sealed.

use lesson::{Block, Id, Kind, Overlap, Step, Value};
use vault::{
    RunId, Shared, Space,
    reveal::{self, Leaf, RevealError},
};

use crate::{
    ipc::dto::{Opened, Seat},
    map,
    reader::Reader,
    sitting::Spaces,
};

/// The sorts of a step of which an overlap opens.
pub(crate) fn overlaps(step: &Step) -> impl Iterator<Item = (&Block, &Overlap)> {
    map::fields_of(step, lesson::Privacy::Reveal).filter_map(|block| match &block.kind {
        Kind::Sort {
            overlap: Some(overlap), ..
        } => Some((block, overlap)),
        _ => None,
    })
}

/// What is sealed of such a sort: each card, and whether it lies in the pile. Without an answer, or with one that is
/// kept, none does.
pub(crate) fn leaves(block: &Block, overlap: &Overlap, value: Option<&Value>) -> Vec<Leaf> {
    let cards = lesson::overlap_cards(block, value);
    (0..)
        .zip(cards)
        .map(|(number, card)| {
            let pile = if card.chosen { overlap.pile.as_str() } else { "" };
            reveal::card(block.id.as_str(), number, block.rev, pile)
        })
        .collect()
}

/// Opens the overlaps of a step. Those that are open stay as they are.
pub(crate) fn open(
    a: &mut Space,
    b: &mut Space,
    shared: &mut Shared,
    run: &RunId,
    step: &Step,
    at: vault::Moment,
) -> Result<(), RevealError> {
    for (block, overlap) in overlaps(step) {
        let show = usize::try_from(overlap.show).unwrap_or(usize::MAX);
        let (step, field) = (step.id.as_str(), block.id.as_str());
        match reveal::open_overlap(a, b, shared, run, step, field, overlap.pile.as_str(), show, at) {
            // It was hidden from both when they sealed, so there is nothing of it to open.
            Ok(_) | Err(RevealError::Nothing) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// The cards of a sort that were opened, as an answer to show; none while its overlap is closed.
pub(crate) fn opened(
    shared: &Shared,
    run: &RunId,
    block: &Block,
    spaces: &[&Space],
) -> Result<Option<Value>, RevealError> {
    let Kind::Sort {
        cards,
        overlap: Some(_),
        ..
    } = &block.kind
    else {
        return Ok(None);
    };
    let numbers = reveal::overlap(shared, run, block.id.as_str(), spaces)?;
    Ok(numbers.and_then(|numbers| {
        let drawn: Vec<Id> = numbers
            .into_iter()
            .filter_map(|number| cards.get(number as usize).map(|card| card.id.clone()))
            .collect();
        lesson::overlap_opened(block, &drawn)
    }))
}

impl Reader<'_> {
    /// What was opened of a step's overlaps, on both sides alike: each put every card of it there.
    pub(crate) fn opened_overlaps(&self, step: &Step) -> Result<Vec<Opened>, RevealError> {
        let Spaces::Two { a, b, shared } = &self.sitting.spaces else {
            return Ok(Vec::new());
        };
        let mut all = Vec::new();
        for (block, _) in overlaps(step) {
            if let Some(value) = opened(shared, &self.run.id, block, &[a, b])? {
                all.extend([Seat::A, Seat::B].map(|seat| Opened {
                    seat,
                    field: block.id.clone(),
                    value: Some(value.clone()),
                }));
            }
        }
        Ok(all)
    }
}
