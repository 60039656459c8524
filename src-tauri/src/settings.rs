//! What a person chose for their own space. Each choice lies in their own file, so nobody else's screen can tell.
//!
//! Deliberately not here: how the screen looks (`screen`), the lock itself (`locks`), and closing when idle (`idle`).

use vault::Space;

use crate::{
    ipc::dto::{Refusal, Settings},
    session::Session,
    sitting::Sitting,
};

/// After how many minutes a locked space may close.
pub(crate) const IDLE_MINUTES: [u32; 5] = [2, 5, 10, 15, 30];
/// Unless its owner chose otherwise.
const USUAL_IDLE: u32 = 5;

const IDLE: &str = "idle-minutes";
const SPELLING: &str = "spelling";
const ASKED_ABOUT_LOCK: &str = "asked-about-lock";
const ON: &str = "on";

impl Session {
    /// What I chose, from my own door.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` in a sitting for two; `Storage`.
    pub fn settings(&mut self, token: &str) -> Result<Settings, Refusal> {
        self.mend_files(token)?;
        self.own_door(token)?;
        let (_, space) = self.sitting(token)?.own().ok_or(Refusal::NotHere)?;
        Ok(Settings {
            idle_minutes: idle_minutes(space),
            spelling: spelling(space),
            folder: self.places.profile.display().to_string(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        })
    }

    /// After how many minutes with nobody there my space closes, when it is locked.
    ///
    /// # Errors
    /// As [`Session::settings`]; `Misfit` for another number than those there are.
    pub fn set_idle(&mut self, token: &str, minutes: u32) -> Result<Settings, Refusal> {
        self.own_door(token)?;
        if !IDLE_MINUTES.contains(&minutes) {
            return Err(Refusal::Misfit);
        }
        self.choose(token, IDLE, &minutes.to_string())
    }

    /// Whether my private fields are spell-checked.
    ///
    /// # Errors
    /// As [`Session::settings`].
    pub fn set_spelling(&mut self, token: &str, on: bool) -> Result<Settings, Refusal> {
        self.choose(token, SPELLING, if on { ON } else { "" })
    }

    /// I was asked, at my first private answer, whether somebody else could read it: once is enough. What I said is not
    /// kept.
    ///
    /// # Errors
    /// As [`Session::settings`].
    pub fn asked_about_lock(&mut self, token: &str) -> Result<(), Refusal> {
        self.choose(token, ASKED_ABOUT_LOCK, ON).map(drop)
    }

    /// Whether that is still to be asked: in one's own space, while it is open. A setting that can't be read counts as asked.
    pub(crate) fn asks_about_lock(&self, sitting: &Sitting) -> bool {
        let own = sitting.own().filter(|_| !sitting.is_two());
        own.is_some_and(|(_, space)| {
            !self.is_locked(space.person()) && matches!(space.setting(ASKED_ABOUT_LOCK), Ok(None))
        })
    }

    fn choose(&mut self, token: &str, key: &str, value: &str) -> Result<Settings, Refusal> {
        self.mend_files(token)?;
        self.own_door(token)?;
        let space = self.sitting_mut(token)?.own_mut().ok_or(Refusal::NotHere)?;
        space.set_setting(key, value)?;
        self.settings(token)
    }
}

impl Sitting {
    /// Whether the fields of whoever is at the keyboard are spell-checked; never while both look.
    pub(crate) fn spelling(&self) -> bool {
        self.own().is_some_and(|(_, space)| spelling(space))
    }
}

/// After how many minutes this space closes, if it is locked. A choice that can't be read is none.
pub(crate) fn idle_minutes(space: &Space) -> u32 {
    let chosen = space
        .setting(IDLE)
        .ok()
        .flatten()
        .and_then(|minutes| minutes.parse().ok());
    chosen
        .filter(|minutes| IDLE_MINUTES.contains(minutes))
        .unwrap_or(USUAL_IDLE)
}

fn spelling(space: &Space) -> bool {
    matches!(space.setting(SPELLING), Ok(Some(value)) if value == ON)
}
