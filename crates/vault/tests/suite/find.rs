//! Search inside one file, and removal, through the public door.

use vault::{Error, Hit, Ledger, Words, reveal};

use crate::world::{Couple, STEP, leaf, noon, says};

fn words(text: &str) -> Words<'_> {
    Words { text, sensitive: false }
}

fn fields(hits: &[Hit]) -> Vec<&str> {
    hits.iter().map(|hit| hit.field.as_str()).collect()
}

fn found(hit: &Hit) -> Vec<&str> {
    hit.snippet
        .iter()
        .filter(|piece| piece.found)
        .map(|piece| piece.text.as_str())
        .collect()
}

#[test]
fn words_are_found_whatever_their_case_accents_and_endings_not_yet_typed() {
    let mut us = Couple::new();
    let run = us.begins_together();
    for (field, text) in [
        ("one", "The café by the river"),
        ("two", "A long walk to the RIVER bank"),
    ] {
        us.a.save_findable(&says(&run, field, text), words(text), "s", noon())
            .unwrap();
    }
    assert_eq!(us.a.find("river", 9).unwrap().len(), 2);
    assert_eq!(fields(&us.a.find("CAFE riv", 9).unwrap()), ["one"]);
    assert_eq!(fields(&us.a.find("bank walk", 9).unwrap()), ["two"]);
    assert!(us.a.find("iver", 9).unwrap().is_empty());
    assert_eq!(fields(&us.a.find("river", 1).unwrap()), ["two"], "the newest first");
    let hits = us.a.find("café", 9).unwrap();
    assert_eq!(found(&hits[0]), ["café"]);
    let whole: String = hits[0].snippet.iter().map(|piece| piece.text.as_str()).collect();
    assert_eq!(whole, "The café by the river");
    // What a snippet is cut at cannot be written into an answer.
    let odd = "a \u{1}quince\u{2} tart";
    us.a.save_findable(&says(&run, "three", odd), words(odd), "s", noon())
        .unwrap();
    let hits = us.a.find("tart", 9).unwrap();
    assert_eq!(found(&hits[0]), ["tart"]);
}

#[test]
fn nothing_typed_into_search_is_a_command() {
    let mut us = Couple::new();
    let run = us.begins_together();
    let text = "she said \"no\" AND went; words:x -y (z) NEAR us";
    us.a.save_findable(&says(&run, "one", text), words(text), "s", noon())
        .unwrap();
    for query in [
        "",
        " ",
        "\"",
        "*",
        "()",
        "AND",
        "NOT",
        "a OR",
        "words:",
        "NEAR(",
        "-",
        "^",
        "\u{0}",
        "x\u{0}y",
        "'; DROP TABLE answers; --",
    ] {
        us.a.find(query, 9).unwrap();
    }
    us.a.find(&"word ".repeat(5000), 9).unwrap();
    us.a.find(&"a".repeat(100_000), 9).unwrap();
    assert_eq!(us.a.find("\"no\" AND", 9).unwrap().len(), 1);
    assert_eq!(us.a.find("words:x", 9).unwrap().len(), 1);
    assert!(us.a.find("said OR quince", 9).unwrap().is_empty());
}

#[test]
fn an_answer_is_found_by_what_it_says_now_and_not_by_what_it_said() {
    let mut us = Couple::new();
    let run = us.begins_together();
    for text in ["marmalade", "quince"] {
        us.a.save_findable(&says(&run, "one", text), words(text), "s", noon())
            .unwrap();
    }
    assert!(us.a.find("marmalade", 9).unwrap().is_empty());
    assert_eq!(us.a.find("quince", 9).unwrap().len(), 1);
    // Saved without its words, or sensitive, or blank, it is not found at all.
    us.a.save(&says(&run, "one", "quince"), "s", noon()).unwrap();
    assert!(us.a.find("quince", 9).unwrap().is_empty());
    us.a.save_findable(&says(&run, "one", "quince"), words("quince"), "s", noon())
        .unwrap();
    let hidden = Words {
        text: "quince",
        sensitive: true,
    };
    us.a.save_findable(&says(&run, "one", "quince"), hidden, "s", noon())
        .unwrap();
    assert!(us.a.find("quince", 9).unwrap().is_empty());
}

#[test]
fn nobody_finds_the_others_words_and_both_find_what_is_joint_or_opened() {
    let mut us = Couple::new();
    let run = us.begins_together();
    let bo = us.b.person().clone();
    us.b.save_findable(&says(&run, "mine", "marmalade"), words("marmalade"), "s", noon())
        .unwrap();
    us.shared
        .save_findable(&says(&run, "ours", "quince"), words("quince"), &bo, "s", noon())
        .unwrap();
    assert!(us.a.find("marmalade", 9).unwrap().is_empty());
    assert!(us.shared.find("marmalade", 9).unwrap().is_empty());
    assert_eq!(us.shared.find("quince", 9).unwrap().len(), 1);
    // Sealed, it is not to be found; opened, it is, once its words are said.
    let (a, b, shared) = (&mut us.a, &mut us.b, &mut us.shared);
    reveal::seal(b, shared, &run, STEP, 1, &[leaf("mine", "marmalade")], None, noon()).unwrap();
    reveal::seal(a, shared, &run, STEP, 0, &[leaf("mine", "")], None, noon()).unwrap();
    shared
        .let_find(&run, "mine", "surface", &bo, words("marmalade"))
        .unwrap();
    assert!(shared.find("marmalade", 9).unwrap().is_empty());
    reveal::open(a, b, shared, &run, STEP, "surface", noon()).unwrap();
    shared
        .let_find(&run, "mine", "surface", &bo, words("marmalade"))
        .unwrap();
    let hits = shared.find("marmalade", 9).unwrap();
    assert_eq!(
        (hits[0].author.as_ref(), hits[0].layer.as_deref()),
        (Some(&bo), Some("surface"))
    );
}

#[test]
fn what_an_older_app_saved_is_found_once_its_words_were_said() {
    let mut us = Couple::new();
    let run = us.begins_together();
    us.a.save(&says(&run, "one", "marmalade"), "s", noon()).unwrap();
    us.a.save(&says(&run, "two", "quince"), "s", noon()).unwrap();
    let untold: Vec<String> =
        us.a.untold()
            .unwrap()
            .into_iter()
            .map(|kept| kept.answer.field)
            .collect();
    assert_eq!(untold, ["one", "two"]);
    us.a.tell(&[(&run, "one", words("marmalade"))]).unwrap();
    let tender = Words {
        text: "quince",
        sensitive: true,
    };
    us.a.tell(&[(&run, "two", tender)]).unwrap();
    assert!(us.a.untold().unwrap().is_empty());
    assert_eq!(us.a.find("marmalade", 9).unwrap().len(), 1);
    assert!(us.a.find("quince", 9).unwrap().is_empty());
    let none =
        us.a.tell(&[(&run, "one", words("quince")), (&run, "three", words("x"))]);
    assert_eq!(none, Err(Error::NothingThere));
    assert_eq!(us.a.find("marmalade", 9).unwrap().len(), 1, "all or none");
}

#[test]
fn a_removed_answer_is_gone_until_it_is_put_back_in_the_same_sitting() {
    let mut us = Couple::new();
    let run = us.begins_together();
    for (sitting, text) in [("monday", "marmalade"), ("tuesday", "quince")] {
        us.a.save_findable(&says(&run, "one", text), words(text), sitting, noon())
            .unwrap();
    }
    let before = (us.a.answer(&run, "one").unwrap(), us.a.history(&run, "one").unwrap());
    let removed = us.a.remove_answer(&run, "one").unwrap();
    assert!(us.a.answer(&run, "one").unwrap().is_none());
    assert!(us.a.history(&run, "one").unwrap().is_empty());
    assert!(us.a.find("quince", 9).unwrap().is_empty());
    assert_eq!(us.a.remove_answer(&run, "one").unwrap_err(), Error::NothingThere);
    us.a.put_back(&removed).unwrap();
    assert!((us.a.answer(&run, "one").unwrap(), us.a.history(&run, "one").unwrap()) == before);
    assert_eq!(us.a.find("quince", 9).unwrap().len(), 1);
    // Another answer in its place is left as it is.
    let removed = us.a.remove_answer(&run, "one").unwrap();
    us.a.save(&says(&run, "one", "damson"), "tuesday", noon()).unwrap();
    assert_eq!(us.a.put_back(&removed), Err(Error::WrittenSince));
    assert!(
        us.a.answer(&run, "one")
            .unwrap()
            .unwrap()
            .answer
            .value
            .contains("damson")
    );
}

#[test]
fn what_is_sealed_is_not_removed_and_a_joint_answer_is() {
    let mut us = Couple::new();
    let run = us.begins_together();
    let ada = us.a.person().clone();
    let save = us.a.save(&says(&run, "one", "marmalade"), "s", noon()).unwrap();
    reveal::seal(
        &mut us.a,
        &mut us.shared,
        &run,
        STEP,
        save,
        &[leaf("one", "marmalade")],
        None,
        noon(),
    )
    .unwrap();
    assert_eq!(us.a.remove_answer(&run, "one").unwrap_err(), Error::Sealed);
    us.shared
        .save_findable(&says(&run, "ours", "quince"), words("quince"), &ada, "s", noon())
        .unwrap();
    let removed = us.shared.remove_answer(&run, "ours").unwrap();
    assert!(us.shared.find("quince", 9).unwrap().is_empty());
    us.shared.put_back(&removed).unwrap();
    assert_eq!(us.shared.answer(&run, "ours").unwrap().unwrap().author, Some(ada));
}

#[test]
fn what_can_hold_an_answer_prints_none() {
    let mut us = Couple::new();
    let run = us.begins_together();
    us.a.save_findable(&says(&run, "one", "marmalade"), words("marmalade"), "s", noon())
        .unwrap();
    let hit = us.a.find("marmalade", 9).unwrap();
    let removed = us.a.remove_answer(&run, "one").unwrap();
    let printed = format!("{hit:?} {removed:?} {:?}", words("marmalade"));
    assert!(!printed.contains("marmalade"), "{printed}");
}
