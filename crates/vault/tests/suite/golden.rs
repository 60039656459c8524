//! Profiles written by every format the app ever had open in this build, word for word.
//!
//! A folder of `tests/golden/` is one format, written once by the code of its time (`writes_a_profile_of_this_format`,
//! which is run by hand when a format is about to change) and never written again.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use vault::lock::{Cost, NewLock, Secret};
use vault::reveal::{self, Status};
use vault::{Bookmark, Ledger as _, Passed, Profile, SecretString, Words};

use crate::damage::copy_all;
use crate::world::{STEP, every_byte, leaf, new_run, no_gap, noon, open, says};

/// The format this code writes.
const FORMAT: u32 = 3;
/// What Bo's space is locked with, since there are locks (format 2).
const PASSPHRASE: &str = "four words keep anyone out";
const MENU: [&str; 3] = ["yes", "no", "yes"];

fn golden(format: u32) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(format.to_string())
}

/// Makes a profile that holds one of everything a format can hold.
fn fill(dir: &Path) {
    let mut profile = open(dir).unwrap();
    let ada = profile.add_person("Ada", "teal").unwrap();
    let bo = profile.add_person("Bo", "clay").unwrap();
    let (mut a, mut b) = (profile.open_space(&ada).unwrap(), profile.open_space(&bo).unwrap());
    let mut shared = profile.open_shared(&a).unwrap();
    let alone = a.begin_run(&new_run(1), noon()).unwrap();
    a.save(&says(&alone, "first", "an earlier word"), "monday", noon())
        .unwrap();
    a.save(&says(&alone, "first", "a later word"), "tuesday", noon())
        .unwrap();
    a.pass(&alone, "begin", Passed::Done, Some("middle")).unwrap();
    a.finish(&alone, noon()).unwrap();
    a.set_setting("theme", "dark").unwrap();
    let bookmark = Bookmark {
        part: Some(3),
        shown: true,
    };
    a.set_bookmark(&alone, "plan", &bookmark).unwrap();
    let opened = shared.begin_run(&new_run(1), noon()).unwrap();
    shared
        .save(&says(&opened, "ours", "what we say"), &bo, "monday", noon())
        .unwrap();
    let last = a
        .save(&says(&opened, "mine", "what Ada says"), "monday", noon())
        .unwrap();
    let pin = Some(("1.0.0", "# Our loop"));
    reveal::seal(
        &mut a,
        &mut shared,
        &opened,
        STEP,
        last,
        &[leaf("mine", "what Ada says")],
        pin,
        noon(),
    )
    .unwrap();
    reveal::seal(
        &mut b,
        &mut shared,
        &opened,
        STEP,
        0,
        &[leaf("mine", "what Bo says")],
        None,
        noon(),
    )
    .unwrap();
    reveal::open(&mut a, &mut b, &mut shared, &opened, STEP, "surface", noon()).unwrap();
    let sealed = shared.begin_run(&new_run(2), noon()).unwrap();
    reveal::seal(
        &mut b,
        &mut shared,
        &sealed,
        STEP,
        0,
        &[leaf("mine", "under seal")],
        None,
        noon(),
    )
    .unwrap();
    // Since format 2: words to look for, an overlap, and a lock.
    let words = Words {
        text: "marmalade",
        sensitive: false,
    };
    a.save_findable(&says(&alone, "found", "marmalade"), words, "monday", noon())
        .unwrap();
    let third = shared.begin_run(&new_run(3), noon()).unwrap();
    let cards: Vec<_> = (0..)
        .zip(MENU)
        .map(|(number, pile)| reveal::card("menu", number, 1, pile))
        .collect();
    for space in [&mut a, &mut b] {
        reveal::seal(space, &mut shared, &third, STEP, 99, &cards, None, noon()).unwrap();
    }
    reveal::open_overlap(&mut a, &mut b, &mut shared, &third, STEP, "menu", "yes", 2, noon()).unwrap();
    profile.set_lock_cost(Cost::FOR_TESTS);
    let passphrase = &SecretString::from(PASSPHRASE);
    let lock = NewLock {
        passphrase,
        words: None,
    };
    profile.lock(b, lock, noon()).unwrap().close().unwrap();
    a.close().unwrap();
    shared.close().unwrap();
}

/// Not a test: writes the golden profile of the format this code has. To be run by hand, once for each format:
/// `cargo test -p vault --test suite -- --ignored writes_a_profile_of_this_format`.
#[test]
#[ignore = "writes into tests/golden: run by hand before a format changes"]
fn writes_a_profile_of_this_format() {
    let dir = golden(FORMAT);
    assert!(!dir.exists(), "a golden profile is never written again");
    fs::create_dir_all(&dir).unwrap();
    fill(&dir);
    fs::remove_file(dir.join("lock")).unwrap();
}

/// Holds a profile that `fill` made against what it was told, then goes on writing in it.
fn holds_every_word(dir: &Path, format: u32) {
    let profile: Profile = open(dir).unwrap();
    let people = profile.people().to_vec();
    let names: Vec<&str> = people.iter().map(|person| person.name.as_str()).collect();
    assert_eq!(names, ["Ada", "Bo"]);
    let mut a = profile.open_space(&people[0].id).unwrap();
    let passphrase = SecretString::from(PASSPHRASE);
    let mut b = match format {
        1 => profile.open_space(&people[1].id).unwrap(),
        _ => profile.unlock(&people[1].id, Secret::Passphrase(&passphrase)).unwrap(),
    };
    let mut shared = profile.open_shared(&a).unwrap();
    no_gap(&[&a, &b], &shared, "opened");
    reveal::reconcile(&mut a, &mut shared).unwrap();
    reveal::reconcile(&mut b, &mut shared).unwrap();

    let runs = a.runs().unwrap();
    assert_eq!(runs.len(), 1);
    let alone = &runs[0];
    assert_eq!((alone.number, alone.place.as_deref()), (1, Some("middle")));
    assert_eq!(alone.finished, Some(noon()));
    assert_eq!(a.passed(&alone.id).unwrap(), [("begin".to_owned(), Passed::Done)]);
    let kept = a.answer(&alone.id, "first").unwrap().unwrap();
    assert!(kept.answer == says(&alone.id, "first", "a later word"));
    assert_eq!((kept.save, kept.at), (2, noon()));
    let versions = a.history(&alone.id, "first").unwrap();
    assert!(versions[1].value.contains("an earlier word"));
    assert_eq!(a.setting("theme").unwrap().as_deref(), Some("dark"));
    let bookmark = a.bookmark(&alone.id, "plan").unwrap().unwrap();
    assert_eq!((bookmark.part, bookmark.shown), (Some(3), true));

    let runs = shared.runs().unwrap();
    let (opened, sealed) = (&runs[0].id, &runs[1].id);
    let joint = shared.answer(opened, "ours").unwrap().unwrap();
    assert_eq!(joint.author.as_ref(), Some(&people[1].id));
    assert!(joint.answer.value.contains("what we say"));
    let pinned = shared.pinned(opened).unwrap().unwrap();
    assert_eq!(pinned.text, "# Our loop");
    let open = reveal::opened(&shared, opened, &[&a, &b]).unwrap();
    let said: Vec<_> = open.iter().map(|one| one.text.clone().unwrap()).collect();
    assert!(said.contains(&"what Ada says".to_owned()) && said.contains(&"what Bo says".to_owned()));
    assert_eq!(a.frozen(opened).unwrap(), ["mine"]);
    assert_eq!(
        reveal::status(&shared, sealed, STEP).unwrap(),
        Status::SealedBy(people[1].id.clone())
    );

    if format >= 2 {
        assert_eq!(a.find("marmalade", 9).unwrap().len(), 1);
        let cards = reveal::overlap(&shared, &runs[2].id, "menu", &[&a, &b]).unwrap();
        assert_eq!(cards, Some(vec![0, 2]));
    }

    // And it goes on.
    let next = a.save(&says(&alone.id, "second", "new"), "wednesday", noon()).unwrap();
    assert_eq!(next, if format == 1 { 4 } else { 5 });
    reveal::seal(
        &mut a,
        &mut shared,
        sealed,
        STEP,
        0,
        &[leaf("mine", "new")],
        None,
        noon(),
    )
    .unwrap();
    reveal::open(&mut a, &mut b, &mut shared, sealed, STEP, "surface", noon()).unwrap();
}

#[test]
fn a_profile_of_every_format_there_was_opens_word_for_word() {
    for format in 1..=FORMAT {
        let folder = TempDir::new().unwrap();
        copy_all(&golden(format), folder.path());
        assert!(!every_byte(folder.path()).is_empty());
        holds_every_word(folder.path(), format);
    }
}

#[test]
fn what_this_code_writes_it_reads_again() {
    let folder = TempDir::new().unwrap();
    fill(folder.path());
    holds_every_word(folder.path(), FORMAT);
}
