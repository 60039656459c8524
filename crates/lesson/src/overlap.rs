//! A sort with an overlap: each card is committed alone, and only a few that both chose are ever opened.
//!
//! Who draws them, and when, is not decided here.

use std::collections::BTreeMap;

use crate::{Block, Id, Kind, Placed, Value};

/// One of the lesson's cards, and whether its holder put it in the pile that may be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverlapCard {
    /// Which card.
    pub card: Id,
    /// It lies in the pile.
    pub chosen: bool,
}

impl OverlapCard {
    /// What this card's commitment is made over.
    pub fn canonical(&self) -> String {
        format!("{{\"card\":\"{}\",\"chosen\":{}}}", self.card, self.chosen)
    }
}

/// Every card of an overlap as somebody's answer has it, in the lesson's order: also the ones that were left
/// lying, so that how many there are tells nothing. Cards of one's own are none of them. Empty for any other block.
pub fn overlap_cards(block: &Block, value: Option<&Value>) -> Vec<OverlapCard> {
    let Kind::Sort {
        cards,
        overlap: Some(overlap),
        ..
    } = &block.kind
    else {
        return Vec::new();
    };
    let placed: &[Placed] = match value {
        Some(Value::Sorted { cards, .. }) => cards,
        _ => &[],
    };
    cards
        .iter()
        .map(|card| OverlapCard {
            card: card.id.clone(),
            chosen: placed
                .iter()
                .any(|placed| placed.card == card.id && placed.pile.as_ref() == Some(&overlap.pile)),
        })
        .collect()
}

/// The cards that both chose: what may be drawn from. It is more than may be shown.
pub fn in_both(one: &[OverlapCard], other: &[OverlapCard]) -> Vec<Id> {
    one.iter()
        .filter(|card| card.chosen && other.iter().any(|also| also.chosen && also.card == card.card))
        .map(|card| card.card.clone())
        .collect()
}

/// What was opened, as an answer to show: the cards drawn, in their pile. `None` for any other block.
pub fn overlap_opened(block: &Block, drawn: &[Id]) -> Option<Value> {
    let Kind::Sort {
        overlap: Some(overlap), ..
    } = &block.kind
    else {
        return None;
    };
    Some(Value::Sorted {
        cards: drawn
            .iter()
            .map(|card| Placed {
                card: card.clone(),
                pile: Some(overlap.pile.clone()),
            })
            .collect(),
        own: BTreeMap::new(),
        chosen: Vec::new(),
    })
}
