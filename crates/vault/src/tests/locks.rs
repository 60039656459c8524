//! A change of lock that ends anywhere leaves the old lock or the new one, every word, and nothing of the other.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use secrecy::SecretString;
use tempfile::TempDir;

use super::{noon, says};
use crate::db::beside;
use crate::lock::{Cost, NewLock, Secret};
use crate::{Error, Ledger as _, NewRun, PersonId, Profile, Space, SystemEntropy, files, keys, people};

pub(super) fn open(dir: &Path) -> Profile {
    let mut profile = Profile::open(dir, true, Box::new(SystemEntropy)).unwrap();
    profile.set_lock_cost(Cost::FOR_TESTS);
    profile
}

/// A profile of one person with one word, its space closed.
pub(super) fn begun(dir: &Path) -> PersonId {
    let mut profile = open(dir);
    let ada = profile.add_person("Ada", "teal").unwrap();
    let mut space = profile.open_space(&ada).unwrap();
    let new = NewRun {
        pack: "course".into(),
        lesson: "our-loop".into(),
        lesson_version: "1.0.0".into(),
        number: 1,
    };
    let run = space.begin_run(&new, noon()).unwrap();
    space.save(&says(&run, "first", "kept"), "s", noon()).unwrap();
    ada
}

pub(super) fn words_in(space: &Space) -> usize {
    space.answers(&space.runs().unwrap()[0].id).unwrap().len()
}

fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

/// Ends `act` after 0, 1, 2 … steps until it comes through, and looks at what each leaves. Answers how many ends there were.
pub(super) fn ended_anywhere(
    prepare: impl Fn(&mut Profile, &PersonId),
    act: impl Fn(&mut Profile, &PersonId),
    look: impl Fn(&Path, &PersonId, usize),
) -> usize {
    for steps in 0.. {
        let folder = TempDir::new().unwrap();
        let ada = begun(folder.path());
        let mut profile = open(folder.path());
        prepare(&mut profile, &ada);
        files::order::end_after(Some(steps));
        let ended = catch_unwind(AssertUnwindSafe(|| act(&mut profile, &ada)));
        files::order::end_after(None);
        drop(profile);
        look(folder.path(), &ada, steps);
        if ended.is_ok() {
            return steps;
        }
    }
    unreachable!("it comes through at some time")
}

/// Nothing is left that only a change in the middle has.
fn settled(dir: &Path, ada: &PersonId) {
    let left: Vec<String> = std::fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.contains("relock") || name.contains("damaged"))
        .collect();
    assert_eq!(left, [""; 0]);
    assert!(people::read(dir).unwrap().iter().all(|person| !person.relocking));
    let locked = !people::read(dir).unwrap()[0].wraps.is_empty();
    let key = keys::device_path(dir, ada);
    assert_ne!(key.exists(), locked, "a key lies open, or a space has none");
    let backups = crate::backup::folder_of(dir, ada).join("device.key");
    for left in [beside(&key, ".new"), backups.clone(), beside(&backups, ".new")] {
        assert!(!locked || !left.exists(), "a key lies open: {}", left.display());
    }
}

#[test]
fn a_first_lock_that_ends_anywhere_leaves_an_open_space_or_a_locked_one() {
    let ends = ended_anywhere(
        |_, _| (),
        |profile, ada| {
            let space = profile.open_space(ada).unwrap();
            let passphrase = &secret("a line");
            profile
                .lock(
                    space,
                    NewLock {
                        passphrase,
                        words: None,
                    },
                    noon(),
                )
                .unwrap();
        },
        |dir, ada, steps| {
            let profile = open(dir);
            let opened = if profile.is_locked(ada) {
                assert_eq!(profile.open_space(ada).unwrap_err(), Error::Locked);
                profile.unlock(ada, Secret::Passphrase(&secret("a line")))
            } else {
                profile.open_space(ada)
            };
            assert_eq!(words_in(&opened.unwrap()), 1, "after {steps} steps");
            settled(dir, ada);
        },
    );
    assert!(ends > 10, "{ends}");
}

#[test]
fn a_change_everywhere_that_ends_anywhere_leaves_the_old_lock_or_the_new_one() {
    let (old, new) = (secret("old"), secret("new"));
    ended_anywhere(
        |profile, ada| {
            let space = profile.open_space(ada).unwrap();
            profile
                .lock(
                    space,
                    NewLock {
                        passphrase: &old,
                        words: None,
                    },
                    noon(),
                )
                .unwrap();
        },
        |profile, ada| {
            let space = profile.unlock(ada, Secret::Passphrase(&old)).unwrap();
            let lock = NewLock {
                passphrase: &new,
                words: None,
            };
            profile
                .change_lock_everywhere(space, Secret::Passphrase(&old), lock, noon())
                .unwrap();
        },
        |dir, ada, steps| {
            let profile = open(dir);
            let by_old = profile.unlock(ada, Secret::Passphrase(&old));
            let by_new = profile.unlock(ada, Secret::Passphrase(&new));
            assert_ne!(by_old.is_ok(), by_new.is_ok(), "after {steps} steps");
            assert_eq!(words_in(&by_old.or(by_new).unwrap()), 1);
            settled(dir, ada);
        },
    );
}

#[test]
fn taking_a_lock_off_that_ends_anywhere_leaves_the_lock_or_an_open_space() {
    let line = secret("a line");
    ended_anywhere(
        |profile, ada| {
            let space = profile.open_space(ada).unwrap();
            profile
                .lock(
                    space,
                    NewLock {
                        passphrase: &line,
                        words: None,
                    },
                    noon(),
                )
                .unwrap();
        },
        |profile, ada| profile.take_lock_off(ada, Secret::Passphrase(&line)).unwrap(),
        |dir, ada, steps| {
            let profile = open(dir);
            let opened = match profile.is_locked(ada) {
                true => profile.unlock(ada, Secret::Passphrase(&line)),
                false => profile.open_space(ada),
            };
            assert_eq!(words_in(&opened.unwrap()), 1, "after {steps} steps");
            settled(dir, ada);
        },
    );
}

#[test]
fn another_passphrase_that_ends_anywhere_opens_with_the_old_one_or_the_new_one() {
    let (old, new) = (secret("old"), secret("new"));
    ended_anywhere(
        |profile, ada| {
            let space = profile.open_space(ada).unwrap();
            profile
                .lock(
                    space,
                    NewLock {
                        passphrase: &old,
                        words: None,
                    },
                    noon(),
                )
                .unwrap();
        },
        |profile, ada| profile.change_passphrase(ada, Secret::Passphrase(&old), &new).unwrap(),
        |dir, ada, steps| {
            let profile = open(dir);
            let by_old = profile.unlock(ada, Secret::Passphrase(&old)).is_ok();
            let by_new = profile.unlock(ada, Secret::Passphrase(&new)).is_ok();
            assert_ne!(by_old, by_new, "after {steps} steps");
            settled(dir, ada);
        },
    );
}

#[test]
fn a_space_that_is_open_elsewhere_is_not_locked_away_from_there() {
    let folder = TempDir::new().unwrap();
    let ada = begun(folder.path());
    let mut profile = open(folder.path());
    let space = profile.open_space(&ada).unwrap();
    let mut elsewhere = profile.open_space(&ada).unwrap();
    let line = &secret("a line");
    let lock = NewLock {
        passphrase: line,
        words: None,
    };
    let refused = profile.lock(space, lock, noon()).unwrap_err();
    assert!(matches!(refused, Error::Failed { .. }), "{refused:?}");
    assert!(!profile.is_locked(&ada));
    let run = elsewhere.runs().unwrap()[0].id.clone();
    elsewhere
        .save(&says(&run, "second", "still here"), "s", noon())
        .unwrap();
    drop(elsewhere);
    assert_eq!(words_in(&profile.open_space(&ada).unwrap()), 2);
    settled(folder.path(), &ada);
}

#[test]
fn a_lock_holds_everything_the_space_held() {
    let folder = TempDir::new().unwrap();
    let ada = begun(folder.path());
    let mut profile = open(folder.path());
    let space = profile.open_space(&ada).unwrap();
    let all = |space: &Space| {
        space.db.read("testing", |conn| {
            let mut tables = conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")?;
            let names: Vec<String> = tables
                .query_map([], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let mut all = Vec::new();
            for name in names {
                let mut rows = conn.prepare(&format!("SELECT * FROM \"{name}\""))?;
                let width = rows.column_count();
                let rows = rows.query_map([], |row| {
                    (0..width)
                        .map(|column| row.get::<_, rusqlite::types::Value>(column))
                        .collect::<rusqlite::Result<Vec<_>>>()
                })?;
                all.push((name, format!("{:?}", rows.collect::<rusqlite::Result<Vec<_>>>()?)));
            }
            Ok(all)
        })
    };
    let before = all(&space).unwrap();
    let line = &secret("a line");
    let space = profile
        .lock(
            space,
            NewLock {
                passphrase: line,
                words: None,
            },
            noon(),
        )
        .unwrap();
    assert_eq!(all(&space).unwrap(), before);
    let version: i64 = space
        .db
        .read("testing", |conn| {
            conn.query_row("PRAGMA user_version", [], |row| row.get(0))
        })
        .unwrap();
    assert!(version > 0);
}

/// Two people with a joint word, everything closed.
pub(super) fn couple(dir: &Path) -> (PersonId, PersonId) {
    let ada = begun(dir);
    let mut profile = open(dir);
    let bo = profile.add_person("Bo", "clay").unwrap();
    let space = profile.open_space(&ada).unwrap();
    let mut shared = profile.open_shared(&space).unwrap();
    let new = NewRun {
        pack: "course".into(),
        lesson: "our-loop".into(),
        lesson_version: "1.0.0".into(),
        number: 1,
    };
    let run = shared.begin_run(&new, noon()).unwrap();
    shared.save(&says(&run, "ours", "joint"), &bo, "s", noon()).unwrap();
    (ada, bo)
}

fn lock_both(profile: &mut Profile, people: [&PersonId; 2]) {
    for who in people {
        let space = profile.open_space(who).unwrap();
        let passphrase = &secret("a line");
        profile
            .lock(
                space,
                NewLock {
                    passphrase,
                    words: None,
                },
                noon(),
            )
            .unwrap();
    }
}

fn unlocked(profile: &Profile, who: &PersonId) -> Space {
    profile.unlock(who, Secret::Passphrase(&secret("a line"))).unwrap()
}

#[test]
fn once_both_are_locked_no_copy_from_before_opens_what_they_share() {
    let folder = TempDir::new().unwrap();
    let (ada, bo) = couple(folder.path());
    let mut profile = open(folder.path());
    let before = profile.open_space(&ada).unwrap().shared_key().unwrap().unwrap();
    lock_both(&mut profile, [&ada, &bo]);
    let (mut a, mut b) = (unlocked(&profile, &ada), unlocked(&profile, &bo));
    let shared = profile.open_shared_of_both(&mut a, &mut b, noon()).unwrap();
    assert_eq!(shared.answers(&shared.runs().unwrap()[0].id).unwrap().len(), 1);
    shared.close().unwrap();
    assert!(crate::db::look(&profile.shared_path(), &before.of_shared(), &crate::schema::SHARED).is_err());
    let after = a.shared_key().unwrap().unwrap();
    // Made once, and either opens it alone.
    profile
        .open_shared_of_both(&mut a, &mut b, noon())
        .unwrap()
        .close()
        .unwrap();
    assert!(a.shared_key().unwrap().unwrap().expose() == after.expose());
    profile.open_shared(&a).unwrap().close().unwrap();
    profile.open_shared(&b).unwrap().close().unwrap();
}

#[test]
fn while_one_of_them_is_open_what_they_share_keeps_its_key() {
    let folder = TempDir::new().unwrap();
    let (ada, bo) = couple(folder.path());
    let mut profile = open(folder.path());
    let space = profile.open_space(&ada).unwrap();
    let passphrase = &secret("a line");
    let mut a = profile
        .lock(
            space,
            NewLock {
                passphrase,
                words: None,
            },
            noon(),
        )
        .unwrap();
    let mut b = profile.open_space(&bo).unwrap();
    let key = b.shared_key().unwrap().unwrap();
    profile.open_shared_of_both(&mut a, &mut b, noon()).unwrap();
    assert!(a.shared_key().unwrap().unwrap().expose() == key.expose());
}

#[test]
fn a_new_shared_key_that_ends_anywhere_leaves_one_that_opens_for_both() {
    for steps in 0.. {
        let folder = TempDir::new().unwrap();
        let (ada, bo) = couple(folder.path());
        let mut profile = open(folder.path());
        lock_both(&mut profile, [&ada, &bo]);
        let (mut a, mut b) = (unlocked(&profile, &ada), unlocked(&profile, &bo));
        files::order::end_after(Some(steps));
        let ended = catch_unwind(AssertUnwindSafe(|| {
            profile.open_shared_of_both(&mut a, &mut b, noon()).map(drop).unwrap();
        }));
        files::order::end_after(None);
        drop((a, b, profile));
        let profile = open(folder.path());
        let (mut a, mut b) = (unlocked(&profile, &ada), unlocked(&profile, &bo));
        for space in [&a, &b] {
            let shared = profile.open_shared(space).unwrap();
            assert_eq!(shared.answers(&shared.runs().unwrap()[0].id).unwrap().len(), 1);
        }
        profile.open_shared_of_both(&mut a, &mut b, noon()).unwrap();
        assert!(a.shared_key().unwrap().unwrap().expose() == b.shared_key().unwrap().unwrap().expose());
        settled_both(folder.path());
        if ended.is_ok() {
            assert!(steps > 3, "{steps}");
            return;
        }
    }
}

fn settled_both(dir: &Path) {
    assert!(!dir.join("shared.db.relock").exists());
}

#[test]
fn words_that_are_none_open_nothing_not_even_a_lock_of_zeros() {
    struct Zeros;
    impl crate::Entropy for Zeros {
        fn fill(&mut self, bytes: &mut [u8]) -> std::io::Result<()> {
            bytes.fill(0);
            Ok(())
        }
    }
    let zeros = crate::lock::RecoveryWords::draw(&crate::entropy::Source::new(Box::new(Zeros))).unwrap();
    let folder = TempDir::new().unwrap();
    let ada = begun(folder.path());
    let mut profile = open(folder.path());
    let space = profile.open_space(&ada).unwrap();
    let line = &secret("a line");
    let lock = NewLock {
        passphrase: line,
        words: Some(&zeros),
    };
    profile.lock(space, lock, noon()).unwrap();
    for typed in ["", "nonsense", &"abandon ".repeat(12)] {
        let refused = profile.unlock(&ada, Secret::Words(&secret(typed))).unwrap_err();
        assert_eq!(refused, Error::NotOpened);
    }
    profile.unlock(&ada, Secret::Words(&secret(zeros.expose()))).unwrap();
}
