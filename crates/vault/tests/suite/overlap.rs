//! The overlap: a few cards that both chose, once, and never another.

use std::collections::{BTreeMap, BTreeSet};

use vault::reveal::{self, Leaf, RevealError};
use vault::{Error, Ledger as _, RunId, Space};

use crate::world::{Couple, STEP, new_run, noon};

const FIELD: &str = "menu";

/// A leaf for each of twelve cards; those named are in the pile.
fn sorted(yes: &[u32]) -> Vec<Leaf> {
    (0..12)
        .map(|number| reveal::card(FIELD, number, 1, if yes.contains(&number) { "yes" } else { "no" }))
        .collect()
}

impl Couple {
    fn both_sort(&mut self, run: &RunId, a: &[u32], b: &[u32]) {
        self.a_seals(run, &sorted(a)).unwrap();
        self.b_seals(run, &sorted(b)).unwrap();
    }

    fn opens_overlap(&mut self, run: &RunId, show: usize) -> Result<Vec<u32>, RevealError> {
        let (a, b) = (&mut self.a, &mut self.b);
        reveal::open_overlap(a, b, &mut self.shared, run, STEP, FIELD, "yes", show, noon())
    }

    fn overlap(&self, run: &RunId) -> Option<Vec<u32>> {
        reveal::overlap(&self.shared, run, FIELD, &[&self.a, &self.b]).unwrap()
    }
}

#[test]
fn at_most_so_many_cards_are_opened_and_only_those_both_chose() {
    let mut us = Couple::new();
    let run = us.begins_together();
    us.both_sort(&run, &[1, 2, 3, 4, 5], &[3, 4, 5, 6, 7]);
    assert_eq!(us.overlap(&run), None);
    let cards = us.opens_overlap(&run, 2).unwrap();
    assert_eq!(cards.len(), 2);
    assert!(cards.iter().all(|card| [3, 4, 5].contains(card)), "{cards:?}");
    assert_eq!(us.overlap(&run), Some(cards));
    assert!(
        reveal::opened(&us.shared, &run, &[]).unwrap().is_empty(),
        "a card is no opened text"
    );
}

#[test]
fn opened_once_it_shows_the_same_for_ever() {
    let mut us = Couple::new();
    let run = us.begins_together();
    us.both_sort(&run, &[0, 1, 2, 3, 4, 5, 6, 7], &[0, 1, 2, 3, 4, 5, 6, 7]);
    let cards = us.opens_overlap(&run, 2).unwrap();
    let mut us = us.comes_back();
    for show in [0, 2, 12] {
        assert_eq!(us.opens_overlap(&run, show).unwrap(), cards);
    }
    assert_eq!(us.overlap(&run), Some(cards));
}

#[test]
fn with_nothing_in_common_it_is_opened_all_the_same_and_cannot_be_set_aside_to_try_again() {
    let mut us = Couple::new();
    let run = us.begins_together();
    us.both_sort(&run, &[1, 2], &[3, 4]);
    assert_eq!(us.opens_overlap(&run, 2).unwrap(), [0; 0]);
    assert_eq!(us.overlap(&run), Some(vec![]));
    let aside = reveal::set_aside(&mut [&mut us.a], &mut us.shared, &run, STEP);
    assert_eq!(aside, Err(RevealError::AlreadyOpened));
    // The next time through is another run.
    let next = us.shared.begin_run(&new_run(2), noon()).unwrap();
    us.both_sort(&next, &[1], &[1]);
    assert_eq!(us.opens_overlap(&next, 2).unwrap(), [1]);
}

#[test]
fn it_needs_both_seals_and_no_other_door_opens_a_card() {
    let mut us = Couple::new();
    let run = us.begins_together();
    us.a_seals(&run, &sorted(&[1])).unwrap();
    assert_eq!(us.opens_overlap(&run, 2), Err(RevealError::NotBothSealed));
    us.b_seals(&run, &sorted(&[1])).unwrap();
    assert_eq!(us.opens(&run, "card/1"), Err(RevealError::Nothing));
    assert_eq!(us.overlap(&run), None);
    let other = reveal::overlap(&us.shared, &run, "other", &[]).unwrap();
    assert_eq!(other, None);
    let (a, b) = (&mut us.a, &mut us.b);
    let unknown = reveal::open_overlap(a, b, &mut us.shared, &run, STEP, "other", "yes", 2, noon());
    assert_eq!(unknown, Err(RevealError::Nothing));
}

#[test]
fn every_card_is_as_likely_as_any_other() {
    let mut us = Couple::new();
    let mut seen: BTreeMap<u32, usize> = BTreeMap::new();
    for number in 1..=60 {
        let run = us.shared.begin_run(&new_run(number), noon()).unwrap();
        us.both_sort(&run, &[2, 3, 5, 7], &[2, 3, 5, 7]);
        for card in us.opens_overlap(&run, 1).unwrap() {
            *seen.entry(card).or_default() += 1;
        }
    }
    // Sixty draws of four: a card that came up fewer than three times would be one chance in a million.
    assert_eq!(
        seen.keys().copied().collect::<BTreeSet<_>>(),
        BTreeSet::from([2, 3, 5, 7])
    );
    assert!(seen.values().all(|times| *times >= 3), "{seen:?}");
}

#[test]
fn seals_of_cards_look_alike_whatever_was_chosen() {
    let mut us = Couple::new();
    let run = us.begins_together();
    // One chose everything, the other nothing.
    us.both_sort(&run, &(0..12).collect::<Vec<_>>(), &[]);
    let sealed = |space: &Space| space.frozen(&run).unwrap();
    assert_eq!(sealed(&us.a), sealed(&us.b));
    assert_eq!(
        us.a.save(&crate::world::says(&run, FIELD, "x"), "s", noon()),
        Err(Error::Sealed)
    );
}

#[test]
fn two_overlaps_in_one_step_are_opened_each_by_itself() {
    let mut us = Couple::new();
    let run = us.begins_together();
    let both: Vec<Leaf> = ["menu", "walks"]
        .iter()
        .map(|field| reveal::card(field, 4, 1, "yes"))
        .collect();
    us.a_seals(&run, &both).unwrap();
    us.b_seals(&run, &both).unwrap();
    assert_eq!(us.opens_overlap(&run, 2).unwrap(), [4]);
    let walks = |us: &Couple| reveal::overlap(&us.shared, &run, "walks", &[&us.a, &us.b]).unwrap();
    assert_eq!(walks(&us), None);
    let (a, b) = (&mut us.a, &mut us.b);
    reveal::open_overlap(a, b, &mut us.shared, &run, STEP, "walks", "yes", 2, noon()).unwrap();
    assert_eq!(walks(&us), Some(vec![4]));
}
