//! The layers of a sealed answer: sealed together, opened apart, each by its own choice.
//!
//! A loop's surface opens first; what lies underneath, only if both choose again. Everything else is surface.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::{Block, Id, Kind, Value};

/// One layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layer {
    /// What opens first.
    Surface,
    /// What lies beneath.
    Under,
}

/// The layers of answers to this block, in the order in which they open.
pub fn layers(block: &Block) -> Vec<Layer> {
    match &block.kind {
        Kind::Cycle { stages, .. } if stages.iter().any(|stage| stage.under) => vec![Layer::Surface, Layer::Under],
        _ => vec![Layer::Surface],
    }
}

impl Value {
    /// The part of an answer that lies in one layer. An answer to any but a loop lies whole in the surface.
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
