//! "Remember me here": a keychain opens a locked space, and is never the only thing that does.

use secrecy::SecretBox;
use vault::Error;
use vault::lock::{Keychain, KeychainError, NewLock, Secret};

use crate::locks::{Alone, by_passphrase, locked, secret};
use crate::world::noon;

/// A keychain in memory, which can be made to fail.
#[derive(Default)]
struct Pocket {
    kept: std::collections::BTreeMap<String, Vec<u8>>,
    shut: bool,
}

impl Keychain for Pocket {
    fn keep(&mut self, name: &str, secret: &[u8]) -> Result<(), KeychainError> {
        (!self.shut).then_some(()).ok_or(KeychainError)?;
        self.kept.insert(name.to_owned(), secret.to_vec());
        Ok(())
    }

    fn find(&mut self, name: &str) -> Result<Option<SecretBox<Vec<u8>>>, KeychainError> {
        (!self.shut).then_some(()).ok_or(KeychainError)?;
        Ok(self.kept.get(name).map(|bytes| SecretBox::new(Box::new(bytes.clone()))))
    }

    fn forget(&mut self, name: &str) -> Result<(), KeychainError> {
        (!self.shut).then_some(()).ok_or(KeychainError)?;
        self.kept.remove(name);
        Ok(())
    }
}

#[test]
fn remembered_here_it_opens_through_the_keychain_which_is_never_the_only_copy() {
    let (mut us, space) = Alone::new();
    locked(&mut us.profile, space, "a line", None).close().unwrap();
    let current = secret("a line");
    let mut pocket = Pocket::default();
    let unknown = us
        .profile
        .remember_here(&us.ada, Secret::Passphrase(&secret("no")), &mut pocket);
    assert_eq!(unknown, Err(Error::NotOpened));
    us.profile
        .remember_here(&us.ada, Secret::Passphrase(&current), &mut pocket)
        .unwrap();
    let mut us = us.comes_back();
    assert!(us.profile.is_remembered(&us.ada));
    us.profile.open_remembered(&us.ada, &mut pocket).unwrap();
    // The keychain alone, or the profile alone, opens nothing.
    assert_eq!(
        us.profile.open_remembered(&us.ada, &mut Pocket::default()).unwrap_err(),
        Error::NotOpened
    );
    // Gone or shut, the passphrase opens as before.
    pocket.shut = true;
    assert_eq!(
        us.profile.open_remembered(&us.ada, &mut pocket).unwrap_err(),
        Error::NoKeychain
    );
    by_passphrase(&us.profile, &us.ada, "a line").unwrap();
    assert_eq!(us.profile.forget_here(&us.ada, &mut pocket), Err(Error::NoKeychain));
    assert!(
        !us.profile.is_remembered(&us.ada),
        "it no longer opens here all the same"
    );
    pocket.shut = false;
    assert_eq!(
        us.profile.open_remembered(&us.ada, &mut pocket).unwrap_err(),
        Error::NotOpened
    );
}

#[test]
fn a_change_everywhere_ends_being_remembered() {
    let (mut us, space) = Alone::new();
    let space = locked(&mut us.profile, space, "a line", None);
    let current = secret("a line");
    let mut pocket = Pocket::default();
    us.profile
        .remember_here(&us.ada, Secret::Passphrase(&current), &mut pocket)
        .unwrap();
    let lock = NewLock {
        passphrase: &current,
        words: None,
    };
    let old = Secret::Passphrase(&current);
    us.profile
        .change_lock_everywhere(space, old, lock, noon())
        .unwrap()
        .close()
        .unwrap();
    assert!(!us.profile.is_remembered(&us.ada));
    assert_eq!(
        us.profile.open_remembered(&us.ada, &mut pocket).unwrap_err(),
        Error::NotOpened
    );
}
