//! Removing, leaving and bringing back, ended anywhere: all of it or none, and nothing that cannot be finished.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use tempfile::TempDir;

use super::locks::{begun, couple, ended_anywhere, open, words_in};
use super::{noon, says};
use crate::export::everything;
use crate::{Error, Ledger as _, files};

fn names_with(dir: &Path, part: &str) -> usize {
    let mut found = 0;
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        found += usize::from(path.to_string_lossy().contains(part));
        if path.is_dir() {
            found += names_with(&path, part);
        }
    }
    found
}

#[test]
fn removing_a_space_that_ends_anywhere_leaves_it_whole_or_nothing_of_it() {
    ended_anywhere(
        |profile, ada| {
            let space = profile.open_space(ada).unwrap();
            profile.back_up(&space, noon()).unwrap();
        },
        |profile, ada| {
            let space = profile.open_space(ada).unwrap();
            profile.remove_space(space).unwrap();
        },
        |dir, ada, steps| {
            let profile = open(dir);
            match profile.open_space(ada) {
                Ok(space) => assert_eq!(words_in(&space), 1),
                Err(error) => {
                    assert_eq!(error, Error::NoSuchPerson, "after {steps} steps");
                    assert_eq!(names_with(dir, ada.as_str()), 0, "after {steps} steps");
                }
            }
        },
    );
}

#[test]
fn bringing_a_backup_back_that_ends_anywhere_leaves_what_stood_there_or_the_backup() {
    ended_anywhere(
        |profile, ada| {
            let mut space = profile.open_space(ada).unwrap();
            profile.back_up(&space, noon()).unwrap();
            let run = space.runs().unwrap()[0].id.clone();
            space.save(&says(&run, "second", "later"), "s", noon()).unwrap();
        },
        |profile, ada| {
            let backup = profile.backups(ada).unwrap().remove(0);
            profile.restore(ada, &backup, None, noon()).unwrap();
        },
        |dir, ada, steps| {
            let profile = open(dir);
            let space = profile.open_space(ada).unwrap();
            assert!((1..=2).contains(&words_in(&space)), "after {steps} steps");
            assert_eq!(names_with(dir, ".restore"), 0);
        },
    );
}

#[test]
fn making_a_backup_that_ends_anywhere_leaves_whole_ones_only() {
    ended_anywhere(
        |_, _| (),
        |profile, ada| {
            let space = profile.open_space(ada).unwrap();
            profile.back_up(&space, noon()).unwrap();
        },
        |dir, ada, _| {
            let mut profile = open(dir);
            for backup in profile.backups(ada).unwrap() {
                assert_eq!(words_in(&profile.restore(ada, &backup, None, noon()).unwrap()), 1);
            }
            let space = profile.open_space(ada).unwrap();
            let mut later = noon();
            later.utc += chrono::TimeDelta::hours(1);
            profile.back_up(&space, later).unwrap();
            assert_eq!(names_with(dir, ".new"), 0);
        },
    );
}

#[test]
fn leaving_together_that_ends_anywhere_leaves_both_sharing_or_neither() {
    for steps in 0.. {
        let folder = TempDir::new().unwrap();
        let (ada, bo) = couple(folder.path());
        let profile = open(folder.path());
        let (mut a, mut b) = (profile.open_space(&ada).unwrap(), profile.open_space(&bo).unwrap());
        let shared = profile.open_shared(&a).unwrap();
        files::order::end_after(Some(steps));
        let ended = catch_unwind(AssertUnwindSafe(|| {
            profile.leave_together(&mut a, &mut b, shared, noon()).unwrap();
        }));
        files::order::end_after(None);
        drop((a, b, profile));
        let profile = open(folder.path());
        let (mut a, mut b) = (profile.open_space(&ada).unwrap(), profile.open_space(&bo).unwrap());
        match profile.open_shared_of_both(&mut a, &mut b, noon()) {
            Ok(shared) => assert_eq!(words_in_shared(&shared), 1),
            Err(error) => {
                assert_eq!(error, Error::Alone);
                for space in [&a, &b] {
                    assert_eq!(everything(space, None).unwrap().keepsakes.len(), 1);
                }
                profile.share_again(&mut a, &mut b).unwrap();
                assert!(profile.open_shared(&b).unwrap().runs().unwrap().is_empty());
            }
        }
        if ended.is_ok() {
            return;
        }
    }
}

fn words_in_shared(shared: &crate::Shared) -> usize {
    shared.answers(&shared.runs().unwrap()[0].id).unwrap().len()
}

#[test]
fn removing_everything_that_ends_anywhere_can_be_begun_again_and_leaves_nothing() {
    for steps in 0.. {
        let folder = TempDir::new().unwrap();
        let (ada, bo) = couple(folder.path());
        let profile = open(folder.path());
        let spaces = vec![profile.open_space(&ada).unwrap(), profile.open_space(&bo).unwrap()];
        files::order::end_after(Some(steps));
        let ended = catch_unwind(AssertUnwindSafe(|| profile.remove_everything(spaces).unwrap()));
        files::order::end_after(None);
        let profile = open(folder.path());
        assert!([0, 2].contains(&profile.people().len()), "after {steps} steps");
        let spaces: Vec<_> = profile
            .people()
            .iter()
            .map(|person| profile.open_space(&person.id).unwrap())
            .collect();
        profile.remove_everything(spaces).unwrap();
        assert_eq!(names_with(folder.path(), ".db"), 0);
        assert_eq!(names_with(folder.path(), "keys"), 0);
        if ended.is_ok() {
            return;
        }
    }
}

#[test]
fn nothing_of_a_begun_profile_is_there_before_somebody_is() {
    let folder = TempDir::new().unwrap();
    begun(folder.path());
    assert_eq!(names_with(folder.path(), "backups"), 0);
}
