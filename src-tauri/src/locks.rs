//! Locks, as a person meets them: opening one, putting one on from one's own space, changing it, taking it off.
//!
//! Whatever was wrong with what somebody offered, the answer is the same. After each failure the next try waits a little
//! longer; what is offered meanwhile is answered alike and not even looked at. Failures are counted in memory, by seat.
//!
//! Deliberately not here: the lock itself (`vault::lock`), and for how long a space stays open (`idle`).

use chrono::{DateTime, FixedOffset, TimeDelta};
use vault::{
    Error, PersonId, Profile, SecretString, Space,
    lock::{NewLock, Secret, back_off},
};

use crate::{
    ipc::dto::{Person, Refusal, Seat, Turn, Who},
    session::Session,
    sitting::{Sitting, Spaces},
};

/// How often somebody has offered the wrong thing at one door since it last opened.
#[derive(Default)]
pub(crate) struct Tries {
    failures: u32,
    last: Option<DateTime<FixedOffset>>,
}

impl Tries {
    /// Whole seconds until the next try counts. A clock that was set back does not make it longer than it ever is.
    fn wait(&self, now: DateTime<FixedOffset>) -> u32 {
        let full = TimeDelta::from_std(back_off(self.failures)).unwrap_or_default();
        let left = self
            .last
            .map_or(TimeDelta::zero(), |last| full - (now - last).max(TimeDelta::zero()));
        let left = left.max(TimeDelta::zero()).num_milliseconds();
        u32::try_from((left + 999) / 1000).unwrap_or(0)
    }
}

impl Session {
    /// Opens a locked space with its passphrase.
    ///
    /// # Errors
    /// `WrongKey` for whatever does not open it, with the seconds until another try counts; `NotHere` when nobody has
    /// that seat or the space has no lock; `Storage` when the space can't be opened.
    pub fn unlock(&mut self, seat: Seat, passphrase: &SecretString) -> Result<Turn, Refusal> {
        self.close_all();
        let space = self.space_behind(seat, Secret::Passphrase(passphrase))?;
        self.enter(seat, space)
    }

    /// Opens a locked space with its twelve recovery words.
    ///
    /// # Errors
    /// As [`Session::unlock`].
    pub fn unlock_with_words(&mut self, seat: Seat, words: &SecretString) -> Result<Turn, Refusal> {
        self.close_all();
        let space = self.space_behind(seat, Secret::Words(words))?;
        self.enter(seat, space)
    }

    /// Opens a lock for what two do: a sitting for both, or somebody joining. The space stays open, with no turn and
    /// nothing shown, until that begins or is given up. Answers whose locks are still shut.
    ///
    /// # Errors
    /// As [`Session::unlock`].
    pub fn unlock_beside(&mut self, seat: Seat, passphrase: &SecretString) -> Result<Vec<Seat>, Refusal> {
        self.end_with_backups();
        let space = self.space_behind(seat, Secret::Passphrase(passphrase))?;
        self.unlocked.insert(seat, space);
        self.is_used();
        Ok(self.still_shut())
    }

    /// Puts a lock on one's own space, under a new key. Answers everyone, now that one more is locked.
    ///
    /// # Errors
    /// `NotHere` outside one's own space, or when it has a lock; `Misfit` for a blank passphrase; `Storage` when it could
    /// not be done: if the turn is over after that, the space could not be opened again.
    pub fn lock_space(&mut self, token: &str, passphrase: &SecretString) -> Result<Vec<Person>, Refusal> {
        let (_, who) = self.own_door(token)?;
        if self.profile_mut()?.is_locked(&who) {
            return Err(Refusal::NotHere);
        }
        let lock = new_lock(passphrase)?;
        let at = self.now();
        self.with_own_space(token, passphrase, |profile, space| profile.lock(space, lock, at))?;
        Ok(self.people())
    }

    /// Another passphrase. With `known`, because someone may know the old one: a new key for everything, and no
    /// recovery words any more.
    ///
    /// # Errors
    /// `WrongKey` when `current` is not the passphrase; otherwise as [`Session::lock_space`].
    pub fn change_passphrase(
        &mut self,
        token: &str,
        current: &SecretString,
        new: &SecretString,
        known: bool,
    ) -> Result<(), Refusal> {
        let (seat, who) = self.own_door(token)?;
        let lock = new_lock(new)?;
        let secret = Secret::Passphrase(current);
        if !known {
            return self.tried(seat, |profile| profile.change_passphrase(&who, secret, new));
        }
        // Seen to be right before the space is given away: a wrong one must not close it.
        drop(self.space_behind(seat, secret)?);
        let at = self.now();
        self.with_own_space(token, new, |profile, space| {
            profile.change_lock_everywhere(space, secret, lock, at)
        })
    }

    /// Takes the lock off one's own space. Answers everyone.
    ///
    /// # Errors
    /// As [`Session::change_passphrase`].
    pub fn take_lock_off(&mut self, token: &str, passphrase: &SecretString) -> Result<Vec<Person>, Refusal> {
        let (seat, who) = self.own_door(token)?;
        self.tried(seat, |profile| {
            profile.take_lock_off(&who, Secret::Passphrase(passphrase))
        })?;
        Ok(self.people())
    }

    /// Twelve new words that open one's own space when the passphrase is forgotten. Any earlier ones end.
    ///
    /// # Errors
    /// As [`Session::change_passphrase`].
    pub fn recovery_words(&mut self, token: &str, passphrase: &SecretString) -> Result<String, Refusal> {
        let (seat, who) = self.own_door(token)?;
        let words = self.profile_mut()?.recovery_words()?;
        self.tried(seat, |profile| {
            profile.change_words(&who, Secret::Passphrase(passphrase), Some(&words))
        })?;
        Ok(words.expose().to_owned())
    }

    /// Four words for a passphrase, drawn anew each time.
    ///
    /// # Errors
    /// `Storage` when the system gives no random bytes; `NotHere` before there is a profile.
    pub fn suggest_passphrase(&mut self) -> Result<SecretString, Refusal> {
        Ok(self.profile_mut()?.four_words()?)
    }

    /// Whose locks are shut just now.
    pub(crate) fn still_shut(&self) -> Vec<Seat> {
        let people = self.people().into_iter();
        people
            .filter(|person| person.locked && !self.unlocked.contains_key(&person.seat))
            .map(|person| person.seat)
            .collect()
    }

    /// The seat and the id of the person whose own door this token opened.
    pub(crate) fn own_door(&self, token: &str) -> Result<(Seat, PersonId), Refusal> {
        match &self.sitting(token)?.spaces {
            Spaces::Alone { seat, space, .. } => Ok((*seat, space.person().clone())),
            Spaces::Two { .. } => Err(Refusal::NotHere),
        }
    }

    pub(crate) fn space_behind(&mut self, seat: Seat, secret: Secret<'_>) -> Result<Space, Refusal> {
        let who = self.person_at(seat)?;
        self.tried(seat, |profile| profile.unlock(&who, secret))
    }

    /// Something that asks for a passphrase or words: counted, and answered alike whatever was wrong with them.
    fn tried<T>(&mut self, seat: Seat, open: impl FnOnce(&mut Profile) -> Result<T, Error>) -> Result<T, Refusal> {
        let now = (self.places.now)();
        let wait = self.tries[seat.index()].wait(now);
        if wait > 0 {
            return Err(Refusal::WrongKey { wait });
        }
        let opened = open(self.profile_mut()?);
        let tries = &mut self.tries[seat.index()];
        match opened {
            Ok(opened) => {
                *tries = Tries::default();
                Ok(opened)
            }
            Err(Error::NotOpened) => {
                tries.failures = tries.failures.saturating_add(1);
                tries.last = Some(now);
                Err(Refusal::WrongKey { wait: tries.wait(now) })
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Gives one's own space away to a change of its lock and takes it back. When that failed, the space is opened again
    /// with whatever opens it now; when nothing does, the turn is over.
    fn with_own_space(
        &mut self,
        token: &str,
        passphrase: &SecretString,
        change: impl FnOnce(&mut Profile, Space) -> Result<Space, Error>,
    ) -> Result<(), Refusal> {
        self.sitting(token)?;
        self.wait_for_backups();
        let Some(sitting) = self.sitting.take() else {
            return Err(Refusal::TurnOver);
        };
        let (seat, space, shared) = match sitting.spaces {
            Spaces::Alone { seat, space, shared } => (seat, space, shared),
            spaces @ Spaces::Two { .. } => {
                self.sitting = Some(Sitting { spaces, ..sitting });
                return Err(Refusal::NotHere);
            }
        };
        let who = space.person().clone();
        let profile = self.profile_mut()?;
        let (space, changed) = match change(profile, space) {
            Ok(space) => (Some(space), Ok(())),
            Err(error) => {
                let secret = Secret::Passphrase(passphrase);
                let space = profile.open_space(&who).or_else(|_| profile.unlock(&who, secret));
                (space.ok(), Err(error.into()))
            }
        };
        self.sitting = space.map(|space| Sitting {
            who: Who::Alone { seat },
            spaces: Spaces::Alone { seat, space, shared },
            ..sitting
        });
        changed
    }
}

fn new_lock(passphrase: &SecretString) -> Result<NewLock<'_>, Refusal> {
    use vault::ExposeSecret as _;
    match passphrase.expose_secret().trim().is_empty() {
        true => Err(Refusal::Misfit),
        false => Ok(NewLock {
            passphrase,
            words: None,
        }),
    }
}
