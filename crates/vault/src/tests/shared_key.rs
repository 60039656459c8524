//! The key of what both share: new once both are locked, and whole wherever making it ends.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use tempfile::TempDir;

use super::locks::{begun, open, secret};
use super::{noon, says};
use crate::lock::{NewLock, Secret};
use crate::{Ledger as _, NewRun, PersonId, Profile, Space, files};

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
