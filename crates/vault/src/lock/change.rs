//! The doors of a lock: opening it, the first lock, changing it, taking it off.
//!
//! Flow: what somebody offers is held against the wraps of `keys.json`; whatever was wrong with it, the answer is the same
//! and so is the work: one run of Argon2. A first lock and a change everywhere make a new key (`relock`); a change of the
//! passphrase alone, new words and the keychain only add or replace a wrap.

use std::hint::black_box;

use secrecy::{ExposeSecret as _, SecretBox, SecretString};
use zeroize::Zeroizing;

use super::passphrase::{self, Cost, NoMemory};
use super::wrap::{By, RANDOM, Wrap};
use super::{Keychain, KeychainError, NewLock, RecoveryWords, Secret, words};
use crate::keys::{self, Root};
use crate::people::Person;
use crate::profile::Profile;
use crate::space::Space;
use crate::{Error, Moment, PersonId, backup};

impl Profile {
    /// What a try at a passphrase costs in locks made from now on: [`Cost::USUAL`] unless said. A lock keeps the cost it
    /// was made with.
    pub fn set_lock_cost(&mut self, cost: Cost) {
        self.cost = cost;
    }

    /// Whether a space has a lock. One that has none opens for whoever has the folder.
    pub fn is_locked(&self, who: &PersonId) -> bool {
        self.person(who).is_ok_and(|person| !person.wraps.is_empty())
    }

    /// Whether a locked space also has recovery words.
    pub fn has_words(&self, who: &PersonId) -> bool {
        self.person(who)
            .is_ok_and(|person| person.wraps.iter().any(|wrap| wrap.is_by(By::Recovery)))
    }

    /// Whether a locked space opens here through the keychain.
    pub fn is_remembered(&self, who: &PersonId) -> bool {
        self.person(who)
            .is_ok_and(|person| person.wraps.iter().any(|wrap| wrap.is_by(By::Keychain)))
    }

    /// Opens a locked space. `NotOpened` for everything that does not fit; damage is named as damage once the lock is open.
    pub fn unlock(&self, who: &PersonId, secret: Secret<'_>) -> Result<Space, Error> {
        let root = self.root_behind(self.person(who)?, secret)?;
        self.open_with(who, &root)
    }

    /// Four words for a passphrase, drawn anew each time.
    pub fn four_words(&self) -> Result<SecretString, Error> {
        passphrase::four_words(&self.source).map_err(|e| self.no_chance(&e))
    }

    /// Twelve recovery words, drawn anew each time. They open nothing until a lock is made with them.
    pub fn recovery_words(&self) -> Result<RecoveryWords, Error> {
        RecoveryWords::draw(&self.source).map_err(|e| self.no_chance(&e))
    }

    /// Locks an open space under a new key. Nothing that was kept anywhere before opens what is written from now on.
    ///
    /// The space is handed back, open. After an error it is closed, and `is_locked` says whether the lock is on.
    pub fn lock(&mut self, space: Space, lock: NewLock<'_>, at: Moment) -> Result<Space, Error> {
        if self.is_locked(space.person()) {
            return Err(Error::AlreadyLocked);
        }
        self.lock_anew(space, lock, at)
    }

    /// Changes the lock everywhere: a new key, for when someone may know the old passphrase or words. Older backups of
    /// this space are removed, and the keychain no longer opens it.
    pub fn change_lock_everywhere(
        &mut self,
        space: Space,
        current: Secret<'_>,
        lock: NewLock<'_>,
        at: Moment,
    ) -> Result<Space, Error> {
        let person = self.person(space.person())?;
        self.root_behind(person, current)?;
        self.lock_anew(space, lock, at)
    }

    fn lock_anew(&mut self, space: Space, lock: NewLock<'_>, at: Moment) -> Result<Space, Error> {
        if passphrase::is_blank(lock.passphrase) {
            return Err(Error::Blank);
        }
        let who = space.person().clone();
        self.relock(space, at, |profile, root| {
            let mut wraps = vec![profile.by_passphrase(root, &who, lock.passphrase)?];
            if let Some(words) = lock.words {
                wraps.push(profile.by_words(root, &who, words)?);
            }
            Ok(wraps)
        })
    }

    /// Another passphrase for the same key. Whoever knew the old one and kept a copy of the folder can still open that
    /// copy and, with what it holds, this file: [`change_lock_everywhere`](Self::change_lock_everywhere) ends that.
    pub fn change_passphrase(&mut self, who: &PersonId, current: Secret<'_>, new: &SecretString) -> Result<(), Error> {
        if passphrase::is_blank(new) {
            return Err(Error::Blank);
        }
        let root = self.root_behind(self.person(who)?, current)?;
        let wrap = self.by_passphrase(&root, who, new)?;
        self.put_wrap(who, By::Passphrase, Some(wrap))
    }

    /// New recovery words for the same key, in place of any there were; with none, there are none any more.
    pub fn change_words(
        &mut self,
        who: &PersonId,
        current: Secret<'_>,
        new: Option<&RecoveryWords>,
    ) -> Result<(), Error> {
        let root = self.root_behind(self.person(who)?, current)?;
        let wrap = new.map(|words| self.by_words(&root, who, words)).transpose()?;
        self.put_wrap(who, By::Recovery, wrap)
    }

    /// Takes the lock off: the key lies in `device/` again, and the space opens for whoever has the folder.
    pub fn take_lock_off(&mut self, who: &PersonId, current: Secret<'_>) -> Result<(), Error> {
        let root = self.root_behind(self.person(who)?, current)?;
        keys::keep_on_device(&self.dir, who, &root)?;
        let changed = self.change_person(who, |person| person.wraps.clear());
        if changed.is_err() && self.is_locked(who) {
            let _ = keys::forget_on_device(&self.dir, who);
        }
        changed?;
        backup::card::refresh(self, who)
    }

    /// Lets this computer open a locked space through its keychain, beside the passphrase.
    pub fn remember_here(
        &mut self,
        who: &PersonId,
        current: Secret<'_>,
        keychain: &mut dyn Keychain,
    ) -> Result<(), Error> {
        let root = self.root_behind(self.person(who)?, current)?;
        let secret = Zeroizing::new(self.source.bytes::<32>().map_err(|e| self.no_chance(&e))?);
        let wrap = self.by_random(&root, who, By::Keychain, secret.to_vec())?;
        keychain.keep(who.as_str(), &*secret)?;
        self.put_wrap(who, By::Keychain, Some(wrap))
    }

    /// Opens a locked space through the keychain; `NotOpened` where that does not work, and the passphrase is asked for.
    pub fn open_remembered(&self, who: &PersonId, keychain: &mut dyn Keychain) -> Result<Space, Error> {
        let person = self.person(who)?;
        let kept: Option<SecretBox<Vec<u8>>> = keychain.find(who.as_str())?;
        let opened = kept.and_then(|kept| {
            let wrap = person.wraps.iter().find(|wrap| wrap.is_by(By::Keychain))?;
            wrap.open(who, By::Keychain, kept.expose_secret())
        });
        self.open_with(who, &opened.ok_or(Error::NotOpened)?)
    }

    /// Ends that: from now on the space asks for its passphrase here too. The wrap goes even if the keychain does not answer.
    pub fn forget_here(&mut self, who: &PersonId, keychain: &mut dyn Keychain) -> Result<(), Error> {
        self.put_wrap(who, By::Keychain, None)?;
        Ok(keychain.forget(who.as_str())?)
    }

    /// The key behind a lock, for whoever can open it. Always one run of Argon2, whatever is offered.
    pub(crate) fn root_behind(&self, person: &Person, secret: Secret<'_>) -> Result<Root, Error> {
        if person.wraps.is_empty() {
            return Err(Error::NotLocked);
        }
        let find = |by| person.wraps.iter().find(|wrap: &&Wrap| wrap.is_by(by));
        let slow = find(By::Passphrase);
        // A list that somebody changed gets the same answer, after the same work.
        let cost = slow.and_then(|wrap| Cost::read(wrap.kdf())).unwrap_or(self.cost);
        let salt = slow.and_then(Wrap::salt).unwrap_or_default();
        let (Secret::Passphrase(typed) | Secret::Words(typed)) = secret;
        let stretched = black_box(passphrase::stretch(typed, &salt, cost)).map_err(|NoMemory| self.no_memory())?;
        let opened = match secret {
            Secret::Passphrase(_) => slow.and_then(|wrap| wrap.open(&person.id, By::Passphrase, &*stretched)),
            Secret::Words(typed) => {
                // Words that are none still meet the cipher.
                let bits = words::bits(typed);
                let tried = bits.as_deref().copied().map_or(Zeroizing::new([0; 16]), Zeroizing::new);
                let opened = find(By::Recovery).and_then(|wrap| wrap.open(&person.id, By::Recovery, &*tried));
                opened.filter(|_| bits.is_some())
            }
        };
        opened.ok_or(Error::NotOpened)
    }

    fn by_passphrase(&self, root: &Root, who: &PersonId, typed: &SecretString) -> Result<Wrap, Error> {
        let close = |cost: Cost| {
            Wrap::close(root, who, By::Passphrase, &cost.word(), &self.source, |salt| {
                let key = passphrase::stretch(typed, salt, cost).map_err(|NoMemory| Slow::NoMemory)?;
                Ok(Zeroizing::new(key.to_vec()))
            })
        };
        let closed = match close(self.cost) {
            Err(Slow::NoMemory) if self.cost == Cost::USUAL => close(Cost::FLOOR),
            other => other,
        };
        closed.map_err(|slow| match slow {
            Slow::NoMemory => self.no_memory(),
            Slow::NoChance(e) => self.no_chance(&e),
        })
    }

    fn by_words(&self, root: &Root, who: &PersonId, words: &RecoveryWords) -> Result<Wrap, Error> {
        let bits = words::bits(words.secret()).ok_or(Error::Blank)?;
        self.by_random(root, who, By::Recovery, bits.to_vec())
    }

    fn by_random(&self, root: &Root, who: &PersonId, by: By, secret: Vec<u8>) -> Result<Wrap, Error> {
        let secret = Zeroizing::new(secret);
        Wrap::close(root, who, by, RANDOM, &self.source, |_| Ok(secret)).map_err(|e: std::io::Error| self.no_chance(&e))
    }

    /// Puts a wrap in the place of the one of its kind, in both copies of the list and beside the backups.
    fn put_wrap(&mut self, who: &PersonId, by: By, wrap: Option<Wrap>) -> Result<(), Error> {
        self.change_person(who, |person| {
            person.wraps.retain(|one| !one.is_by(by));
            person.wraps.extend(wrap);
        })?;
        crate::people::forget_damaged(&self.dir)?;
        backup::card::refresh(self, who)
    }

    fn no_chance(&self, error: &std::io::Error) -> Error {
        Error::Failed {
            doing: "making a new key",
            path: self.dir.clone(),
            code: error.raw_os_error(),
        }
    }

    fn no_memory(&self) -> Error {
        Error::Failed {
            doing: "finding memory to try a passphrase with",
            path: self.dir.clone(),
            code: None,
        }
    }
}

/// Why no wrap came of a passphrase.
enum Slow {
    NoMemory,
    NoChance(std::io::Error),
}

impl From<std::io::Error> for Slow {
    fn from(error: std::io::Error) -> Slow {
        Slow::NoChance(error)
    }
}

impl From<KeychainError> for Error {
    fn from(_: KeychainError) -> Error {
        Error::NoKeychain
    }
}
