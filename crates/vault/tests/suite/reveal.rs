//! The reveal, through its public door: examples first, then random sequences of actions against a small model.

use std::collections::BTreeMap;

use proptest::prelude::*;
use vault::reveal::{self, Leaf, Opened, Status};
use vault::{Error, Ledger as _, RevealError, RunId};

use crate::world::{Couple, STEP, leaf, noon, says, under};

impl Couple {
    pub(crate) fn a_seals(&mut self, run: &RunId, leaves: &[Leaf]) -> Result<(), RevealError> {
        let last = self.a.last_save(run).unwrap();
        reveal::seal(&mut self.a, &mut self.shared, run, STEP, last, leaves, None, noon())
    }

    pub(crate) fn b_seals(&mut self, run: &RunId, leaves: &[Leaf]) -> Result<(), RevealError> {
        let last = self.b.last_save(run).unwrap();
        reveal::seal(&mut self.b, &mut self.shared, run, STEP, last, leaves, None, noon())
    }

    pub(crate) fn opens(&mut self, run: &RunId, layer: &str) -> Result<(), RevealError> {
        let (a, b, shared) = (&mut self.a, &mut self.b, &mut self.shared);
        reveal::open(a, b, shared, run, STEP, layer, noon())
    }

    pub(crate) fn status(&self, run: &RunId) -> Status {
        reveal::status(&self.shared, run, STEP).unwrap()
    }

    pub(crate) fn opened(&self, run: &RunId) -> Vec<Opened> {
        reveal::opened(&self.shared, run, &[&self.a, &self.b]).unwrap()
    }

    pub(crate) fn reconciles(&mut self) {
        reveal::reconcile(&mut self.a, &mut self.shared).unwrap();
        reveal::reconcile(&mut self.b, &mut self.shared).unwrap();
    }
}

#[test]
fn neither_sees_the_other_before_both_sealed_and_both_opened() {
    let mut us = Couple::new();
    let run = us.begins_together();
    assert_eq!(us.opens(&run, "surface"), Err(RevealError::NotBothSealed));
    us.a_seals(&run, &[leaf("first", "mine")]).unwrap();
    assert_eq!(us.status(&run), Status::SealedBy(us.a.person().clone()));
    assert_eq!(us.opens(&run, "surface"), Err(RevealError::NotBothSealed));
    us.b_seals(&run, &[leaf("first", "yours")]).unwrap();
    assert_eq!(us.status(&run), Status::Both { opened: vec![] });
    assert!(us.opened(&run).is_empty());

    us.opens(&run, "surface").unwrap();
    us.opens(&run, "surface").unwrap();
    let said: Vec<_> = us.opened(&run).into_iter().map(|o| (o.author, o.text)).collect();
    assert!(said.contains(&(us.a.person().clone(), Some("mine".into()))));
    assert!(said.contains(&(us.b.person().clone(), Some("yours".into()))));
    assert_eq!(said.len(), 2);
    let us = us.comes_back();
    assert_eq!(us.opened(&run).len(), 2);
}

#[test]
fn newer_text_than_the_last_confirmed_save_is_not_sealed_over() {
    let mut us = Couple::new();
    let run = us.begins_together();
    let seen = us.a.save(&says(&run, "first", "one"), "s", noon()).unwrap();
    us.a.save(&says(&run, "first", "two"), "s", noon()).unwrap();
    let leaves = [leaf("first", "one")];
    let refused = reveal::seal(&mut us.a, &mut us.shared, &run, STEP, seen, &leaves, None, noon());
    assert_eq!(refused, Err(RevealError::Unsaved));
    assert_eq!(us.status(&run), Status::Unsealed);
    us.a.save(&says(&run, "first", "three"), "s", noon()).unwrap();
}

#[test]
fn a_sealed_answer_is_not_written_until_the_seal_is_taken_back() {
    let mut us = Couple::new();
    let run = us.begins_together();
    us.a.save(&says(&run, "first", "one"), "s", noon()).unwrap();
    us.a_seals(&run, &[leaf("first", "one")]).unwrap();
    let refused = us.a.save(&says(&run, "first", "two"), "s", noon());
    assert_eq!(refused, Err(Error::Sealed));
    us.a.save(&says(&run, "second", "free"), "s", noon()).unwrap();
    assert_eq!(us.a.frozen(&run).unwrap(), ["first"]);

    reveal::unseal(&mut us.a, &mut us.shared, &run, STEP).unwrap();
    us.a.save(&says(&run, "first", "two"), "s", noon()).unwrap();
    let history = us.a.history(&run, "first").unwrap();
    let kept: Vec<_> = history.iter().map(|v| (v.value.as_str(), v.sealed)).collect();
    assert_eq!(kept, [(r#"{"text":"two"}"#, false), (r#"{"text":"one"}"#, true)]);
}

#[test]
fn a_seal_is_taken_back_freely_until_the_other_has_sealed() {
    let mut us = Couple::new();
    let run = us.begins_together();
    let unseal = |us: &mut Couple| reveal::unseal(&mut us.a, &mut us.shared, &run, STEP);
    assert_eq!(unseal(&mut us), Err(RevealError::NotSealed));
    us.b_seals(&run, &[leaf("first", "b")]).unwrap();
    assert_eq!(unseal(&mut us), Err(RevealError::NotSealed));
    us.a_seals(&run, &[leaf("first", "a")]).unwrap();
    assert_eq!(unseal(&mut us), Err(RevealError::OtherSealed));
}

#[test]
fn sealing_again_is_a_retry_with_the_same_words_and_refused_with_others() {
    let mut us = Couple::new();
    let run = us.begins_together();
    let words = [leaf("second", "b"), leaf("first", "a")];
    us.a_seals(&run, &words).unwrap();
    us.a_seals(&run, &words).unwrap();
    let others = [leaf("second", "b"), leaf("first", "c")];
    assert_eq!(us.a_seals(&run, &others), Err(RevealError::AlreadySealed));
    assert_eq!(us.a_seals(&run, &[]), Err(RevealError::Nothing));
}

#[test]
fn keeping_it_to_myself_opens_as_kept_and_leaves_no_text() {
    let mut us = Couple::new();
    let run = us.begins_together();
    us.a.save(&says(&run, "first", "for me"), "s", noon()).unwrap();
    us.a_seals(&run, &[leaf("first", "")]).unwrap();
    us.b_seals(&run, &[leaf("first", "for you")]).unwrap();
    us.opens(&run, "surface").unwrap();
    let mine = us
        .opened(&run)
        .into_iter()
        .find(|o| o.author == *us.a.person())
        .unwrap();
    assert_eq!(mine.text, None);
    assert!(us.a.answer(&run, "first").unwrap().is_some());
}

#[test]
fn what_is_sealed_together_opens_in_two_goes() {
    let mut us = Couple::new();
    let run = us.begins_together();
    let half = |who: &str| {
        [
            under("ours", "surface", &format!("{who} does")),
            under("ours", "under", &format!("{who} fears")),
        ]
    };
    us.a_seals(&run, &half("a")).unwrap();
    us.b_seals(&run, &half("b")).unwrap();
    us.opens(&run, "surface").unwrap();
    assert!(us.opened(&run).iter().all(|o| o.layer == "surface"));
    assert_eq!(us.opened(&run).len(), 2);
    assert_eq!(us.opens(&run, "attic"), Err(RevealError::Nothing));
    us.opens(&run, "under").unwrap();
    assert_eq!(us.opened(&run).len(), 4);
    assert!(us.status(&run).opened("under"));
}

#[test]
fn set_aside_alone_gives_each_their_draft_back() {
    let mut us = Couple::new();
    let run = us.begins_together();
    us.a_seals(&run, &[leaf("first", "a")]).unwrap();
    us.b_seals(&run, &[leaf("first", "b")]).unwrap();
    reveal::set_aside(&mut [&mut us.a], &mut us.shared, &run, STEP).unwrap();
    assert_eq!(us.status(&run), Status::Unsealed);
    us.a.save(&says(&run, "first", "again"), "s", noon()).unwrap();
    // The other's file was not at hand; it is put right when it opens.
    assert_eq!(us.b.save(&says(&run, "first", "x"), "s", noon()), Err(Error::Sealed));
    let mut us = us.comes_back();
    us.reconciles();
    us.b.save(&says(&run, "first", "x"), "s", noon()).unwrap();
    us.a_seals(&run, &[leaf("first", "again")]).unwrap();
    us.b_seals(&run, &[leaf("first", "x")]).unwrap();
    us.opens(&run, "surface").unwrap();
    let (a, b) = (&mut us.a, &mut us.b);
    let late = reveal::set_aside(&mut [a, b], &mut us.shared, &run, STEP);
    assert_eq!(late, Err(RevealError::AlreadyOpened));
}

#[test]
fn a_second_seal_about_other_fields_is_refused_and_writes_nothing() {
    let mut us = Couple::new();
    let run = us.begins_together();
    us.a_seals(&run, &[leaf("first", "a"), leaf("second", "a")]).unwrap();
    us.b.save(&says(&run, "first", "b"), "s", noon()).unwrap();
    let more = [leaf("first", "b"), leaf("second", "b"), leaf("third", "b")];
    let layer = [leaf("first", "b"), under("second", "under", "b")];
    for uneven in [&[leaf("first", "b")][..], &more, &layer] {
        assert_eq!(us.b_seals(&run, uneven), Err(RevealError::Uneven));
    }
    assert_eq!(us.status(&run), Status::SealedBy(us.a.person().clone()));
    assert!(us.b.frozen(&run).unwrap().is_empty());
    assert!(!us.b.history(&run, "first").unwrap()[0].sealed);
    // The order they come in means nothing, and a seal can be made anew for what is shown now.
    us.b_seals(&run, &[leaf("second", "b"), leaf("first", "b")]).unwrap();
    us.opens(&run, "surface").unwrap();
}

#[test]
fn a_refused_seal_holds_the_run_to_no_text_and_the_first_that_is_made_does() {
    let mut us = Couple::new();
    let run = us.begins_together();
    let first = us.a.save(&says(&run, "first", "one"), "s", noon()).unwrap();
    let last = us.a.save(&says(&run, "first", "two"), "s", noon()).unwrap();
    let words = [leaf("first", "two")];
    let seal = |us: &mut Couple, save, words: &[Leaf], pin| {
        reveal::seal(&mut us.a, &mut us.shared, &run, STEP, save, words, Some(pin), noon())
    };
    let (old, new) = (("1.0.0", "# Our loop"), ("2.0.0", "# Another"));
    assert_eq!(seal(&mut us, first, &words, old), Err(RevealError::Unsaved));
    assert_eq!(seal(&mut us, last, &[], old), Err(RevealError::Nothing));
    us.b_seals(&run, &[leaf("second", "b")]).unwrap();
    assert_eq!(seal(&mut us, last, &words, old), Err(RevealError::Uneven));
    assert_eq!(us.shared.pinned(&run).unwrap(), None);
    reveal::unseal(&mut us.b, &mut us.shared, &run, STEP).unwrap();

    seal(&mut us, last, &words, old).unwrap();
    seal(&mut us, last, &words, new).unwrap();
    let mut us = us.comes_back();
    let pin = Some(new);
    let mine = [leaf("first", "b")];
    reveal::seal(&mut us.b, &mut us.shared, &run, STEP, 0, &mine, pin, noon()).unwrap();
    let pinned = us.shared.pinned(&run).unwrap().unwrap();
    assert_eq!((pinned.version.as_str(), pinned.text.as_str()), old);
}

/// What the two may do, in any order.
#[derive(Clone, Debug)]
enum Action {
    Write(bool, u8),
    Seal(bool, bool),
    Unseal(bool),
    SetAside(bool),
    Open(bool),
    ComeBack,
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        4 => (any::<bool>(), any::<u8>()).prop_map(|(who, word)| Action::Write(who, word)),
        4 => (any::<bool>(), any::<bool>()).prop_map(|(who, keep)| Action::Seal(who, keep)),
        1 => any::<bool>().prop_map(Action::Unseal),
        1 => any::<bool>().prop_map(Action::SetAside),
        3 => any::<bool>().prop_map(Action::Open),
        1 => Just(Action::ComeBack),
    ]
}

/// The rules, without files: each side's draft and seal, what is open.
#[derive(Default)]
struct Model {
    drafts: [String; 2],
    seals: [Option<String>; 2],
    opened: BTreeMap<&'static str, [String; 2]>,
}

impl Model {
    fn both(&self) -> bool {
        self.seals.iter().all(Option::is_some)
    }
}

fn layer(under: bool) -> &'static str {
    if under { "under" } else { "surface" }
}

fn half(text: &str) -> [Leaf; 2] {
    let below = if text.is_empty() {
        String::new()
    } else {
        format!("{text} below")
    };
    [under("ours", "surface", text), under("ours", "under", &below)]
}

fn act(mut us: Couple, model: &mut Model, run: &RunId, action: &Action) -> Couple {
    match *action {
        Action::Write(who, word) => {
            let seat = usize::from(who);
            let text = format!("word {word}");
            let space = if who { &mut us.b } else { &mut us.a };
            let saved = space.save(&says(run, "ours", &text), "s", noon());
            assert_eq!(saved.is_ok(), model.seals[seat].is_none());
            if saved.is_ok() {
                model.drafts[seat] = text;
            }
        }
        Action::Seal(who, keep) => {
            let seat = usize::from(who);
            let text = if keep {
                String::new()
            } else {
                model.drafts[seat].clone()
            };
            let sealed = if who {
                us.b_seals(run, &half(&text))
            } else {
                us.a_seals(run, &half(&text))
            };
            let may = model.seals[seat].as_ref().is_none_or(|before| *before == text);
            assert_eq!(sealed.is_ok(), may);
            if may {
                model.seals[seat] = Some(text);
            }
        }
        Action::Unseal(who) => {
            let seat = usize::from(who);
            let space = if who { &mut us.b } else { &mut us.a };
            let done = reveal::unseal(space, &mut us.shared, run, STEP).is_ok();
            assert_eq!(done, model.seals[seat].is_some() && !model.both());
            if done {
                model.seals[seat] = None;
            }
        }
        Action::SetAside(who) => {
            let space = if who { &mut us.b } else { &mut us.a };
            let done = reveal::set_aside(&mut [space], &mut us.shared, run, STEP).is_ok();
            assert_eq!(done, model.opened.is_empty());
            if done {
                model.seals = [None, None];
            }
            us.reconciles();
        }
        Action::Open(below) => {
            let done = us.opens(run, layer(below)).is_ok();
            assert_eq!(done, model.both());
            if done {
                let texts = model
                    .seals
                    .clone()
                    .map(|seal| half(&seal.unwrap())[usize::from(below)].text.clone());
                model.opened.insert(layer(below), texts);
            }
        }
        Action::ComeBack => {
            us = us.comes_back();
            us.reconciles();
        }
    }
    us
}

fn agrees(us: &Couple, model: &Model, run: &RunId) {
    let people = [us.a.person(), us.b.person()];
    let mut seen: BTreeMap<String, [String; 2]> = BTreeMap::new();
    for opened in us.opened(run) {
        let seat = usize::from(opened.author == *people[1]);
        seen.entry(opened.layer).or_default()[seat] = opened.text.unwrap_or_default();
    }
    let expected: BTreeMap<String, [String; 2]> = model
        .opened
        .iter()
        .map(|(layer, texts)| ((*layer).to_owned(), texts.clone()))
        .collect();
    assert_eq!(seen, expected);
    for (seat, space) in [&us.a, &us.b].into_iter().enumerate() {
        let sealed = model.seals[seat].is_some();
        assert_eq!(us.status(run).sealed_by(people[seat]), sealed);
        assert_eq!(!space.frozen(run).unwrap().is_empty(), sealed);
        let draft = space.answer(run, "ours").unwrap().map(|kept| kept.answer.value);
        let expected = (!model.drafts[seat].is_empty()).then(|| says(run, "ours", &model.drafts[seat]).value);
        assert_eq!(draft, expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_two_do_the_rules_hold(actions in proptest::collection::vec(action(), 1..30)) {
        let mut us = Couple::new();
        let run = us.begins_together();
        let mut model = Model::default();
        for action in &actions {
            us = act(us, &mut model, &run, action);
            agrees(&us, &model, &run);
        }
    }
}
