//! The grammar as a list, for whoever completes it, describes it or must not leave any of it out.

use crate::names::{KINDS, block_keys, item_keys};

/// A kind of block, and what can stand in its tails.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KindNames {
    /// As it is written.
    pub kind: &'static str,
    /// Keys and flags of its first line.
    pub keys: Vec<&'static str>,
    /// Keys and flags of its items, in an instrument or out of one.
    pub items: Vec<&'static str>,
}

/// Every kind of block with its keys and flags: what an editor completes, and what tests must not leave out.
pub fn grammar() -> Vec<KindNames> {
    let all = KINDS.iter().map(|kind| {
        let mut items = item_keys(kind, false).to_vec();
        items.extend(
            item_keys(kind, true)
                .iter()
                .filter(|key| !item_keys(kind, false).contains(key)),
        );
        KindNames {
            kind,
            keys: block_keys(kind).concat(),
            items,
        }
    });
    all.collect()
}
