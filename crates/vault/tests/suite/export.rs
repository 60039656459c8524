//! What an export is written from: every word of one person, and none of the other's own.

use vault::export::everything;
use vault::{Bookmark, Ledger as _, Passed, reveal};

use crate::world::{Couple, STEP, leaf, new_run, noon, says};

#[test]
fn everything_of_mine_is_in_it_and_nothing_that_is_only_the_others() {
    let mut us = Couple::new();
    let bo = us.b.person().clone();
    let run = us.begins_together();
    let alone = us.a.begin_run(&new_run(1), noon()).unwrap();
    for (sitting, text) in [("monday", "earlier"), ("tuesday", "later")] {
        us.a.save(&says(&alone, "first", text), sitting, noon()).unwrap();
    }
    us.a.pass(&alone, "begin", Passed::Done, None).unwrap();
    us.a.set_setting("theme", "dark").unwrap();
    let bookmark = Bookmark {
        part: Some(2),
        shown: false,
    };
    us.a.set_bookmark(&alone, "plan", &bookmark).unwrap();
    us.b.save(&says(&run, "private", "marmalade of Bo"), "s", noon())
        .unwrap();
    us.shared.save(&says(&run, "ours", "joint"), &bo, "s", noon()).unwrap();
    us.a_seals(&run, &[leaf("one", "Ada opened")]).unwrap();
    us.b_seals(&run, &[leaf("one", "Bo opened")]).unwrap();
    us.opens(&run, "surface").unwrap();
    let second = us.shared.begin_run(&new_run(2), noon()).unwrap();
    us.a_seals(&second, &[leaf("one", "still sealed")]).unwrap();
    us.b_seals(&second, &[leaf("one", "quince of Bo")]).unwrap();

    let all = everything(&us.a, Some(&us.shared)).unwrap();
    assert_eq!(all.own.runs.len(), 1);
    assert_eq!(all.own.passed, [(alone.clone(), "begin".to_owned(), Passed::Done)]);
    assert_eq!((all.own.answers.len(), all.own.versions.len()), (1, 2));
    assert!(all.own.versions[0].2.value.contains("earlier"));
    assert_eq!(all.settings, [("theme".to_owned(), "dark".to_owned())]);
    assert_eq!(all.bookmarks, [(alone, "plan".to_owned(), bookmark)]);
    let frozen: Vec<&str> = all.frozen.iter().map(|one| one.leaf.text.as_str()).collect();
    assert!(frozen.contains(&"still sealed") && frozen.contains(&"Ada opened"));
    let shared = all.shared.as_ref().unwrap();
    assert_eq!((shared.runs.len(), shared.answers.len()), (2, 1));
    let opened = all.opened[0].opened.as_ref().unwrap();
    assert_eq!((all.opened.len(), opened.len()), (1, 2));
    // Not one byte of what is only Bo's.
    let texts: Vec<String> = all
        .own
        .answers
        .iter()
        .chain(&shared.answers)
        .map(|kept| kept.answer.value.clone())
        .chain(all.frozen.iter().map(|one| one.leaf.text.clone()))
        .chain(opened.iter().filter_map(|one| one.text.clone()))
        .collect();
    assert!(
        texts
            .iter()
            .all(|text| !text.contains("marmalade") && !text.contains("quince"))
    );
    let printed = format!("{all:?}");
    assert!(
        !printed.contains("earlier") && !printed.contains("Bo opened"),
        "{printed}"
    );
}

#[test]
fn the_cards_of_an_overlap_are_in_it() {
    let mut us = Couple::new();
    let run = us.begins_together();
    us.a_seals(&run, &[leaf("one", "a")]).unwrap();
    us.b_seals(&run, &[leaf("one", "b")]).unwrap();
    us.opens(&run, "surface").unwrap();
    let card = reveal::card("menu", 0, 1, "yes");
    let next = us.shared.begin_run(&new_run(2), noon()).unwrap();
    us.a_seals(&next, std::slice::from_ref(&card)).unwrap();
    us.b_seals(&next, &[card]).unwrap();
    let (a, b) = (&mut us.a, &mut us.b);
    reveal::open_overlap(a, b, &mut us.shared, &next, STEP, "menu", "yes", 2, noon()).unwrap();
    let all = everything(&us.a, Some(&us.shared)).unwrap();
    assert_eq!(all.opened.len(), 2);
    assert_eq!(all.opened[1].overlaps, [("menu".to_owned(), vec![0])]);
}

#[test]
fn alone_it_is_ones_own_file() {
    let us = Couple::new();
    let all = everything(&us.a, None).unwrap();
    assert!(all.shared.is_none() && all.opened.is_empty() && all.keepsakes.is_empty());
    assert_eq!(all.person, *us.a.person());
}
