//! Answers, history, places: what was kept is there again, whole and in order.

use tempfile::TempDir;
use vault::{Bookmark, Error, Ledger as _, Passed};

use crate::world::{Couple, new_run, noon, open, says};

#[test]
fn after_quitting_every_word_and_the_place_are_there_again() {
    let folder = TempDir::new().unwrap();
    let mut profile = open(folder.path()).unwrap();
    let ada = profile.add_person("Ada", "teal").unwrap();
    let mut space = profile.open_space(&ada).unwrap();
    let run = space.begin_run(&new_run(1), noon()).unwrap();
    let number = space
        .save(&says(&run, "first", "I go quiet"), "monday", noon())
        .unwrap();
    space
        .pass(&run, "what-happens", Passed::Done, Some("underneath"))
        .unwrap();
    space.pass(&run, "warm-up", Passed::Skipped, None).unwrap();
    let bookmark = Bookmark {
        part: Some(3),
        shown: false,
    };
    space.set_bookmark(&run, "book", &bookmark).unwrap();
    space.set_setting("theme", "dark").unwrap();
    drop((space, profile));

    let profile = open(folder.path()).unwrap();
    assert_eq!(profile.people()[0].name, "Ada");
    let space = profile.open_space(&ada).unwrap();
    let kept = space.answer(&run, "first").unwrap().unwrap();
    assert!(kept.answer == says(&run, "first", "I go quiet"));
    assert_eq!((kept.save, kept.at), (number, noon()));
    let back = space.run(&run).unwrap().unwrap();
    assert_eq!(back.place.as_deref(), Some("underneath"));
    assert_eq!(back.finished, None);
    assert_eq!(
        space.passed(&run).unwrap(),
        [
            ("what-happens".into(), Passed::Done),
            ("warm-up".into(), Passed::Skipped)
        ]
    );
    assert_eq!(space.bookmark(&run, "book").unwrap(), Some(bookmark));
    assert_eq!(space.setting("theme").unwrap().as_deref(), Some("dark"));
}

#[test]
fn history_keeps_one_version_for_each_sitting_and_save_numbers_rise() {
    let mut us = Couple::new();
    let run = us.begins_together();
    let mut numbers = Vec::new();
    for (sitting, words) in [("mon", "a"), ("mon", "ab"), ("tue", "abc"), ("tue", "")] {
        numbers.push(us.a.save(&says(&run, "first", words), sitting, noon()).unwrap());
    }
    assert!(numbers.is_sorted_by(|a, b| a < b), "{numbers:?}");
    assert_eq!(us.a.last_save(&run).unwrap(), numbers[3]);
    assert_eq!(us.b.last_save(&run).unwrap(), 0);

    let history = us.a.history(&run, "first").unwrap();
    let said: Vec<&str> = history.iter().map(|v| v.value.as_str()).collect();
    assert_eq!(said, [r#"{"text":""}"#, r#"{"text":"ab"}"#]);
    assert_eq!(history[0].save, numbers[3]);
    assert_eq!(history[0].prompt, "What happens first?");
}

#[test]
fn beginning_a_run_twice_with_one_number_begins_it_once() {
    let mut us = Couple::new();
    assert_eq!(us.shared.next_number("course", "our-loop").unwrap(), 1);
    let run = us.begins_together();
    assert_eq!(us.begins_together(), run);
    assert_eq!(us.shared.next_number("course", "our-loop").unwrap(), 2);
    let second = us.shared.begin_run(&new_run(2), noon()).unwrap();
    assert_ne!(second, run);
    let ids: Vec<_> = us.shared.runs().unwrap().into_iter().map(|r| r.id).collect();
    assert_eq!(ids, [run.clone(), second]);
    assert_eq!(us.a.set_place(&run, "x"), Err(Error::NoSuchRun));
    us.shared.finish(&run, noon()).unwrap();
    assert_eq!(us.shared.run(&run).unwrap().unwrap().finished, Some(noon()));
}

#[test]
fn recall_finds_the_newest_answer_of_any_run() {
    let mut us = Couple::new();
    let first = us.begins_together();
    let second = us.a.begin_run(&new_run(2), noon()).unwrap();
    us.a.save(&says(&first, "first", "then"), "s", noon()).unwrap();
    us.a.save(&says(&second, "first", "now"), "s", noon()).unwrap();
    let found = us.a.newest("course", "our-loop", "first").unwrap();
    assert_eq!(found[0].answer.run, second);
    assert_eq!(found[1].answer.run, first);
}

#[test]
fn joint_answers_keep_who_wrote_them() {
    let mut us = Couple::new();
    let run = us.begins_together();
    let (ada, bo) = (us.a.person().clone(), us.b.person().clone());
    us.shared.save(&says(&run, "ours", "one"), &ada, "s", noon()).unwrap();
    us.shared.save(&says(&run, "ours", "two"), &bo, "s", noon()).unwrap();
    let kept = us.shared.answer(&run, "ours").unwrap().unwrap();
    assert_eq!(kept.author, Some(bo.clone()));
    let authors: Vec<_> = us.shared.history(&run, "ours").unwrap();
    let authors: Vec<_> = authors.into_iter().map(|v| v.author).collect();
    assert_eq!(authors, [Some(bo), Some(ada.clone())]);
    let alone = us.a.begin_run(&new_run(9), noon()).unwrap();
    let refused = us.shared.save(&says(&alone, "ours", "x"), &ada, "s", noon());
    assert_eq!(refused, Err(Error::NoSuchRun));
}

#[test]
fn a_bookmark_is_shared_only_while_it_is_shown() {
    let mut us = Couple::new();
    let run = us.begins_together();
    let ada = us.a.person().clone();
    us.shared.show_bookmark(&run, "book", &ada, Some(4)).unwrap();
    assert_eq!(us.shared.shown_bookmarks(&run, "book").unwrap(), [(ada.clone(), 4)]);
    us.shared.show_bookmark(&run, "book", &ada, None).unwrap();
    assert_eq!(us.shared.shown_bookmarks(&run, "book").unwrap(), []);
}

#[test]
fn a_version_kept_for_good_is_not_replaced_by_the_next_save_of_the_sitting() {
    let mut us = Couple::new();
    let run = us.begins_together();
    let ada = us.a.person().clone();
    us.shared.keep_version(&run, "ours").unwrap();
    us.a.keep_version(&run, "ours").unwrap();
    assert!(us.shared.history(&run, "ours").unwrap().is_empty());
    let said = |of: &dyn Fn() -> Vec<vault::Version>| of().into_iter().map(|v| v.value).collect::<Vec<_>>();
    let [one, two, three] = ["one", "two", "three"].map(|words| says(&run, "ours", words));

    us.shared.save(&one, &ada, "s", noon()).unwrap();
    us.shared.keep_version(&run, "ours").unwrap();
    us.shared.keep_version(&run, "ours").unwrap();
    us.shared.save(&two, &ada, "s", noon()).unwrap();
    us.shared.save(&three, &ada, "s", noon()).unwrap();
    let ours = said(&|| us.shared.history(&run, "ours").unwrap());
    assert_eq!(ours, [three.value.as_str(), &one.value]);

    us.a.save(&one, "s", noon()).unwrap();
    us.a.save(&two, "s", noon()).unwrap();
    us.a.keep_version(&run, "ours").unwrap();
    us.a.save(&three, "s", noon()).unwrap();
    let us = us.comes_back();
    let mine = said(&|| us.a.history(&run, "ours").unwrap());
    assert_eq!(mine, [three.value.as_str(), &two.value]);
    assert!(us.a.answer(&run, "ours").unwrap().unwrap().answer == three);
}

#[test]
fn debug_output_says_no_word_of_an_answer() {
    let mut us = Couple::new();
    let run = us.begins_together();
    us.a.save(&says(&run, "first", "marmalade"), "s", noon()).unwrap();
    let shown = format!(
        "{:?} {:?} {:?}",
        us.a.answers(&run),
        us.a.history(&run, "first"),
        says(&run, "first", "marmalade")
    );
    assert!(!shown.contains("marmalade"), "{shown}");
}
