//! Killed at any write, and on a disk that fails at any: nothing said to be saved is lost, and a change of lock or a reveal
//! is whole or not at all.

use std::path::Path;

use tempfile::TempDir;
use vault::lock::{Cost, NewLock, Secret};
use vault::reveal::{self, Status};
use vault::{Ledger as _, Profile, SecretString, Space};

use crate::damage::copy_all;
use crate::traced::{CHANGES, changes_of, run, said, some_of, words};
use crate::world::{Couple, STEP, leaf, new_run, no_gap, noon, open, says};

/// A profile of two, with a word of each, and a backup; closed.
fn begun(prepare: impl FnOnce(&mut Profile, Space)) -> TempDir {
    let mut us = Couple::new();
    us.begins_together();
    let run = us.a.begin_run(&new_run(1), noon()).unwrap();
    us.a.save(&says(&run, "first", "kept"), "s", noon()).unwrap();
    us.profile.back_up(&us.a, noon()).unwrap();
    let Couple {
        mut profile,
        a,
        b,
        shared,
        folder,
    } = us;
    drop((b, shared));
    prepare(&mut profile, a);
    folder
}

fn copied(from: &TempDir) -> TempDir {
    let to = TempDir::new().unwrap();
    copy_all(from.path(), to.path());
    to
}

fn killed_everywhere(what: &str, begun: &TempDir, short: usize, look: impl Fn(&Path, bool, usize)) -> usize {
    let changes = changes_of(what, copied(begun).path());
    for when in some_of(changes, short) {
        let folder = copied(begun);
        let inject = format!("inject={CHANGES}:signal=KILL:when={when}");
        let ended = run(
            what,
            folder.path(),
            &[
                "-f",
                "-qq",
                "-e",
                &format!("trace={CHANGES}"),
                "-e",
                &inject,
                "-o",
                "/dev/null",
            ],
        );
        look(folder.path(), said(&ended).contains(&"done".to_owned()), when);
    }
    changes
}

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

fn holds_the_word(space: &Space) {
    assert_eq!(space.gap().unwrap(), None);
    let run = space.runs().unwrap()[0].id.clone();
    assert_eq!(space.answers(&run).unwrap().len(), 1);
}

#[test]
fn a_first_lock_killed_at_any_write_leaves_an_open_space_or_a_locked_one() {
    let begun = begun(|_, space| space.close().unwrap());
    let changes = killed_everywhere("locks", &begun, 25, |dir, done, when| {
        let profile = open(dir).unwrap();
        let ada = profile.people()[0].id.clone();
        let locked = profile.is_locked(&ada);
        assert!(locked || !done);
        let space = match locked {
            true => profile.unlock(&ada, Secret::Passphrase(&secret("new"))),
            false => profile.open_space(&ada),
        };
        holds_the_word(&space.unwrap_or_else(|error| panic!("killed at {when}: {error}")));
        assert_eq!(
            dir.join("device").join(format!("{ada}.key")).exists(),
            !locked,
            "killed at {when}"
        );
    });
    println!("a first lock: {changes} writes");
    assert!(changes > 40, "{changes}");
}

#[test]
fn a_change_of_lock_killed_at_any_write_leaves_the_old_one_or_the_new_one() {
    let begun = begun(|profile, space| {
        profile.set_lock_cost(Cost::FOR_TESTS);
        let old = &secret("old");
        let lock = NewLock {
            passphrase: old,
            words: None,
        };
        profile.lock(space, lock, noon()).unwrap();
    });
    let changes = killed_everywhere("changes the lock", &begun, 25, |dir, done, when| {
        let profile = open(dir).unwrap();
        let ada = profile.people()[0].id.clone();
        let by = |text: &str| profile.unlock(&ada, Secret::Passphrase(&secret(text)));
        let (old, new) = (by("old"), by("new"));
        assert_ne!(old.is_ok(), new.is_ok(), "killed at {when}");
        assert!(new.is_ok() || !done);
        holds_the_word(&new.or(old).unwrap());
    });
    println!("a change of lock: {changes} writes");
}

#[test]
fn a_reveal_killed_at_every_write_shows_none_or_both() {
    let begun = begun(|_, space| space.close().unwrap());
    let mut stages = [0; 4];
    let stages_seen = std::cell::RefCell::new(&mut stages);
    let changes = killed_everywhere("reveals", &begun, 40, |dir, _, when| {
        let profile = open(dir).unwrap();
        let people = profile.people().to_vec();
        let mut a = profile.open_space(&people[0].id).unwrap();
        let mut b = profile.open_space(&people[1].id).unwrap();
        let mut shared = profile.open_shared(&a).unwrap();
        no_gap(&[&a, &b], &shared, &format!("killed at {when}"));
        reveal::reconcile(&mut a, &mut shared).unwrap();
        reveal::reconcile(&mut b, &mut shared).unwrap();
        let run = shared.runs().unwrap()[0].id.clone();
        let opened = reveal::opened(&shared, &run, &[&a, &b]).unwrap();
        let status = reveal::status(&shared, &run, STEP).unwrap();
        let stage = match &status {
            Status::Unsealed => 0,
            Status::SealedBy(_) => 1,
            Status::Both { opened } if opened.is_empty() => 2,
            Status::Both { .. } => 3,
        };
        stages_seen.borrow_mut()[stage] += 1;
        assert_eq!(opened.len(), if stage == 3 { 2 } else { 0 }, "killed at {when}");
        // And it goes on.
        let (mine, yours) = ([leaf("first", "a says")], [leaf("first", "b says")]);
        reveal::seal(&mut a, &mut shared, &run, STEP, 0, &mine, None, noon()).unwrap();
        reveal::seal(&mut b, &mut shared, &run, STEP, 0, &yours, None, noon()).unwrap();
        reveal::open(&mut a, &mut b, &mut shared, &run, STEP, "surface", noon()).unwrap();
    });
    println!("a reveal: {changes} writes");
    assert!(stages.iter().all(|times| *times > 0), "every stage was met: {stages:?}");
}

#[test]
fn a_removal_killed_at_any_write_leaves_the_answer_or_none_and_a_file_that_opens() {
    let begun = begun(|_, space| space.close().unwrap());
    let changes = killed_everywhere("removes", &begun, 15, |dir, done, when| {
        let profile = open(dir).unwrap();
        let ada = profile.people()[0].id.clone();
        let space = profile.open_space(&ada).unwrap();
        assert_eq!(space.gap().unwrap(), None, "killed at {when}");
        let run = space.runs().unwrap()[0].id.clone();
        let left = space.answers(&run).unwrap().len();
        assert!(left == 0 || !done && left == 1, "killed at {when}");
        assert!(!profile.backups(&ada).unwrap().is_empty(), "killed at {when}");
    });
    println!("a removal: {changes} writes");
}

/// What a child on a failing disk said is true, and nothing else is needed of it but to leave a profile that opens. Answers
/// whether it said everything all the same.
fn what_was_said_is_true(begun: &TempDir, inject: &str) -> bool {
    let folder = copied(begun);
    let ended = run(
        "tries",
        folder.path(),
        &[
            "-f",
            "-qq",
            "-e",
            &format!("trace={CHANGES}"),
            "-e",
            inject,
            "-o",
            "/dev/null",
        ],
    );
    let said = said(&ended);
    let mut profile = open(folder.path()).unwrap();
    let ada = profile.people()[0].id.clone();
    let locked = profile.is_locked(&ada);
    assert!(locked || !said.contains(&"locked".to_owned()), "{inject}");
    let opened = match locked {
        true => profile.unlock(&ada, Secret::Passphrase(&secret("new"))),
        false => profile.open_space(&ada),
    };
    let space = opened.unwrap_or_else(|error| panic!("{inject}: {error}"));
    assert_eq!(space.gap().unwrap(), None, "{inject}");
    let run = space.runs().unwrap()[0].id.clone();
    for number in said.iter().filter_map(|word| word.parse::<usize>().ok()) {
        let kept = space.answer(&run, &format!("field-{number}")).unwrap();
        let kept = kept.unwrap_or_else(|| panic!("{inject}: {number} was said to be saved and is not there"));
        assert!(
            kept.answer == says(&run, &format!("field-{number}"), &words(number)),
            "{inject}"
        );
    }
    assert!(space.answer(&run, "first").unwrap().is_some(), "{inject}");
    space.close().unwrap();
    // Every backup there is can be brought back.
    for backup in profile.backups(&ada).unwrap() {
        let passphrase = secret("new");
        let secret = locked.then_some(Secret::Passphrase(&passphrase));
        profile
            .restore(&ada, &backup, secret, noon())
            .unwrap_or_else(|error| panic!("{inject}: {error}"));
    }
    ["6", "backed up", "locked"]
        .iter()
        .all(|word| said.contains(&(*word).to_owned()))
}

#[test]
fn on_a_disk_that_fails_nothing_is_said_to_be_saved_that_is_not() {
    let begun = begun(|_, space| space.close().unwrap());
    let mut unharmed = 0;
    let mut all = 0;
    for (calls, short) in [
        ("fsync,fdatasync", 4),
        ("pwrite64", 6),
        ("ftruncate", 1),
        ("?rename,?renameat,?renameat2", 2),
        ("?unlink,?unlinkat", 2),
    ] {
        let last = match calls {
            "pwrite64" => 120,
            "fsync,fdatasync" => 40,
            _ => 12,
        };
        for when in some_of(last, short) {
            for error in ["EIO", "ENOSPC"] {
                // Once, and from then on.
                for on in ["", "+"] {
                    let inject = format!("inject={calls}:error={error}:when={when}{on}");
                    unharmed += usize::from(what_was_said_is_true(&begun, &inject));
                    all += 1;
                }
            }
        }
    }
    println!("{all} failing disks, {unharmed} of them noticed by nobody");
    assert!(
        unharmed * 2 < all,
        "the disk did fail: {unharmed} of {all} noticed nothing"
    );
}
