//! Changing a lock and taking it off: what opened the space before, and what opens it now.

use std::fs;

use tempfile::TempDir;
use vault::Error;
use vault::lock::{NewLock, Secret};

use crate::damage::copy_all;
use crate::locks::{Alone, by_passphrase, by_words, locked, secret, words_in};
use crate::world::{noon, open, space_file};

#[test]
fn another_passphrase_opens_the_same_space_and_the_old_one_no_more() {
    let (mut us, space) = Alone::new();
    let words = us.profile.recovery_words().unwrap();
    locked(&mut us.profile, space, "the first", Some(&words))
        .close()
        .unwrap();
    let (first, second) = (secret("the first"), secret("the second"));
    let wrong = us
        .profile
        .change_passphrase(&us.ada, Secret::Passphrase(&second), &first);
    assert_eq!(wrong, Err(Error::NotOpened));
    assert_eq!(
        us.profile
            .change_passphrase(&us.ada, Secret::Passphrase(&first), &secret("  ")),
        Err(Error::Blank)
    );
    us.profile
        .change_passphrase(&us.ada, Secret::Passphrase(&first), &second)
        .unwrap();
    let us = us.comes_back();
    assert_eq!(
        by_passphrase(&us.profile, &us.ada, "the first").unwrap_err(),
        Error::NotOpened
    );
    by_passphrase(&us.profile, &us.ada, "the second").unwrap();
    by_words(&us.profile, &us.ada, words.expose()).unwrap();
}

#[test]
fn changed_everywhere_nothing_that_opened_it_before_opens_it_now() {
    let (mut us, space) = Alone::new();
    let words = us.profile.recovery_words().unwrap();
    let space = locked(&mut us.profile, space, "the first", Some(&words));
    let before = TempDir::new().unwrap();
    copy_all(us.folder.path(), before.path());
    let (first, second) = (secret("the first"), secret("the second"));
    let lock = NewLock {
        passphrase: &second,
        words: None,
    };
    let old = Secret::Words(&secret(words.expose()));
    us.profile
        .change_lock_everywhere(space, old, lock, noon())
        .unwrap()
        .close()
        .unwrap();
    let us = us.comes_back();
    assert_eq!(
        us.profile.unlock(&us.ada, Secret::Passphrase(&first)).unwrap_err(),
        Error::NotOpened
    );
    assert_eq!(
        by_words(&us.profile, &us.ada, words.expose()).unwrap_err(),
        Error::NotOpened
    );
    assert_eq!(
        words_in(&by_passphrase(&us.profile, &us.ada, "the second").unwrap()).len(),
        1
    );
    // Not with the old list of wraps either: the key they open is not this file's any more.
    let mixed = TempDir::new().unwrap();
    copy_all(us.folder.path(), mixed.path());
    for part in ["keys.json", "keys.json.bak"] {
        fs::copy(before.path().join(part), mixed.path().join(part)).unwrap();
    }
    let path = space_file(mixed.path(), &us.ada);
    let refused = by_passphrase(&open(mixed.path()).unwrap(), &us.ada, "the first").unwrap_err();
    assert_eq!(refused, Error::Damaged { path });
}

#[test]
fn new_words_replace_the_old_ones_and_can_be_done_without() {
    let (mut us, space) = Alone::new();
    let (old, new) = (
        us.profile.recovery_words().unwrap(),
        us.profile.recovery_words().unwrap(),
    );
    assert_ne!(old.expose(), new.expose());
    locked(&mut us.profile, space, "a line", Some(&old)).close().unwrap();
    let current = secret("a line");
    us.profile
        .change_words(&us.ada, Secret::Passphrase(&current), Some(&new))
        .unwrap();
    assert_eq!(
        by_words(&us.profile, &us.ada, old.expose()).unwrap_err(),
        Error::NotOpened
    );
    by_words(&us.profile, &us.ada, new.expose()).unwrap();
    us.profile
        .change_words(&us.ada, Secret::Passphrase(&current), None)
        .unwrap();
    assert!(!us.profile.has_words(&us.ada));
    assert_eq!(
        by_words(&us.profile, &us.ada, new.expose()).unwrap_err(),
        Error::NotOpened
    );
}

#[test]
fn a_lock_taken_off_leaves_an_open_space_and_every_word() {
    let (mut us, space) = Alone::new();
    let before = words_in(&space);
    locked(&mut us.profile, space, "a line", None).close().unwrap();
    let refused = us.profile.take_lock_off(&us.ada, Secret::Passphrase(&secret("a lime")));
    assert_eq!(refused, Err(Error::NotOpened));
    assert!(us.profile.is_locked(&us.ada) && !us.device_key().exists());
    us.profile
        .take_lock_off(&us.ada, Secret::Passphrase(&secret("a line")))
        .unwrap();
    let us = us.comes_back();
    assert!(!us.profile.is_locked(&us.ada));
    assert_eq!(
        by_passphrase(&us.profile, &us.ada, "a line").unwrap_err(),
        Error::NotLocked
    );
    assert!(words_in(&us.profile.open_space(&us.ada).unwrap()) == before);
}

#[test]
fn a_copy_of_the_list_that_was_moved_aside_does_not_keep_an_old_passphrase() {
    let (mut us, space) = Alone::new();
    locked(&mut us.profile, space, "the first", None).close().unwrap();
    let copy = us.folder.path().join("keys.json.bak");
    let old = fs::read(&copy).unwrap();
    fs::write(&copy, &old[..old.len() - 9]).unwrap();
    let mut us = us.comes_back();
    let aside = us.folder.path().join("keys.json.bak.damaged");
    assert!(aside.exists());
    let (first, second) = (secret("the first"), secret("the second"));
    us.profile
        .change_passphrase(&us.ada, Secret::Passphrase(&first), &second)
        .unwrap();
    assert!(!aside.exists());
}
