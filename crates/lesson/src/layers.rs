//! The layers of a sealed answer: sealed together, opened apart, each by its own choice.
//!
//! A loop's surface opens first; what lies underneath, only if both choose again. Everything else is surface.
//! Of a field with `pick`, only what its writer chose is in any layer. A sort with an overlap has no layers at
//! all: its cards are committed one by one (`overlap`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::answer::is_own_card;
use crate::{Block, Choice, Id, Kind, Placed, Value};

/// One layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layer {
    /// What opens first.
    Surface,
    /// What lies beneath.
    Under,
}

/// The layers of answers to this block, in the order in which they open; none if it opens by an overlap.
pub fn layers(block: &Block) -> Vec<Layer> {
    match &block.kind {
        Kind::Cycle { stages, .. } if stages.iter().any(|stage| stage.under) => vec![Layer::Surface, Layer::Under],
        Kind::Sort { overlap: Some(_), .. } => Vec::new(),
        _ => vec![Layer::Surface],
    }
}

impl Value {
    /// The part of an answer that lies in one layer. An answer to any but a loop lies whole in the surface, save
    /// what a `pick` left out.
    ///
    /// A stage that the block does not have (the lesson changed since) lies beneath: when in doubt, covered.
    pub fn layer_of(&self, block: &Block, layer: Layer) -> Value {
        match (self, &block.kind) {
            (Value::Stages { stages: written }, Kind::Cycle { stages, .. }) => {
                let layered = stages.iter().any(|stage| stage.under);
                let beneath = |id: &Id| {
                    layered
                        && stages
                            .iter()
                            .find(|stage| stage.id == *id)
                            .is_none_or(|stage| stage.under)
                };
                let stages = written
                    .iter()
                    .filter(|(id, _)| beneath(id) == (layer == Layer::Under))
                    .map(|(id, text)| (id.clone(), text.clone()));
                Value::Stages {
                    stages: stages.collect(),
                }
            }
            (Value::Stages { .. }, _) if layer == Layer::Under => Value::Stages {
                stages: BTreeMap::new(),
            },
            // Whatever asks, an overlap's cards are in no layer.
            (Value::Sorted { .. }, Kind::Sort { overlap: Some(_), .. }) => Value::Sorted {
                cards: Vec::new(),
                own: BTreeMap::new(),
                chosen: Vec::new(),
            },
            (Value::Lines { lines, chosen }, _) if block.pick => chosen_lines(lines, chosen),
            (Value::Sorted { cards, own, chosen }, _) if block.pick => chosen_cards(cards, own, chosen),
            (Value::Sorted { cards, own, chosen }, _) => laid_down(cards, own, chosen),
            (Value::Picks { picks, other }, kind) => {
                let said = |one: &&Choice| one.other && picks.contains(&one.id);
                let said = kind.options().iter().find(said).is_some();
                Value::Picks {
                    picks: picks.clone(),
                    other: other.clone().filter(|_| said),
                }
            }
            _ => self.clone(),
        }
    }

    /// An answer from those of its layers that are open. `None` if there are none, or they are not of one answer.
    pub fn join(layers: impl IntoIterator<Item = Value>) -> Option<Value> {
        let mut layers = layers.into_iter();
        let mut whole = layers.next()?;
        for layer in layers {
            match (&mut whole, layer) {
                (Value::Stages { stages }, Value::Stages { stages: more }) => stages.extend(more),
                _ => return None,
            }
        }
        Some(whole)
    }
}

/// The lines chosen, counted anew, so that nothing tells how many there were.
fn chosen_lines(lines: &[String], chosen: &[u32]) -> Value {
    let lines: Vec<String> = lines
        .iter()
        .enumerate()
        .filter(|(at, _)| chosen.iter().any(|chosen| *chosen as usize == *at))
        .map(|(_, line)| line.clone())
        .collect();
    let count = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    Value::Lines {
        lines,
        chosen: (0..count).collect(),
    }
}

/// The cards as they lie. A card of one's own that is in no pile was taken up again: it is not part of what is said.
fn laid_down(cards: &[Placed], own: &BTreeMap<Id, String>, chosen: &[Id]) -> Value {
    let lies = |id: &Id| cards.iter().any(|card| card.card == *id);
    let own = own.iter().filter(|(id, _)| lies(id));
    Value::Sorted {
        own: own.map(|(id, words)| (id.clone(), words.clone())).collect(),
        cards: cards.to_vec(),
        chosen: chosen.to_vec(),
    }
}

/// The cards chosen; a person's own are counted anew, so that nothing tells how many there were.
fn chosen_cards(cards: &[Placed], own: &BTreeMap<Id, String>, chosen: &[Id]) -> Value {
    let mut kept = BTreeMap::new();
    let cards: Vec<Placed> = cards
        .iter()
        .filter(|card| chosen.contains(&card.card))
        .map(|card| {
            let mut card = card.clone();
            if let Some(words) = own.get(&card.card).filter(|_| is_own_card(&card.card)) {
                card.card = Id(format!("own-{}", kept.len() + 1).into());
                kept.insert(card.card.clone(), words.clone());
            }
            card
        })
        .collect();
    Value::Sorted {
        chosen: cards.iter().map(|card| card.card.clone()).collect(),
        cards,
        own: kept,
    }
}
