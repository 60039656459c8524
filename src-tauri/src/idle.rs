//! For how long a locked space stays open with nobody at it.
//!
//! The page says when somebody moved, wrote or let a timer run. After five minutes without, it is asked to blank itself,
//! save and leave; a page that does not within a minute is not waited for. Open spaces stay as they are: nothing is won
//! by closing what anyone can open.

use chrono::TimeDelta;

use crate::{ipc::dto::Refusal, session::Session, sitting::Spaces};

/// How long nobody has to be there.
const IDLE: TimeDelta = TimeDelta::minutes(5);
/// How long the page has to save what it holds.
const GRACE: TimeDelta = TimeDelta::minutes(1);

/// What is to be done about somebody who may have gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle {
    /// Nothing: someone is there, or nothing locked is open.
    No,
    /// The page is to blank itself, save and leave.
    Ask,
    /// It did not: everything was closed.
    Ended,
}

impl Session {
    /// Someone is at the keyboard, or lets a talk or a timer run.
    ///
    /// # Errors
    /// `TurnOver` for a void token.
    pub fn still_here(&mut self, token: &str) -> Result<(), Refusal> {
        self.sitting(token)?;
        if self.asked.is_none() {
            self.is_used();
        }
        Ok(())
    }

    /// Looked at every few seconds: whether a locked space has been open long enough with nobody at it.
    pub fn look_for_idle(&mut self) -> Idle {
        let now = (self.places.now)();
        if !self.has_open_locks() {
            self.is_used();
            return Idle::No;
        }
        if let Some(asked) = self.asked {
            if (now - asked).abs() < GRACE {
                return Idle::No;
            }
            self.end();
            self.asked = None;
            return Idle::Ended;
        }
        // A clock that was set back counts as time gone by: better shut too early.
        if self.used.is_none_or(|used| (now - used).abs() < IDLE) {
            return Idle::No;
        }
        self.asked = Some(now);
        Idle::Ask
    }

    /// Begins to count anew.
    pub(crate) fn is_used(&mut self) {
        self.used = Some((self.places.now)());
        self.asked = None;
    }

    /// Whether a space that has a lock is open.
    fn has_open_locks(&self) -> bool {
        let locked = |space: &vault::Space| self.is_locked(space.person());
        let sitting = match self.sitting.as_ref().map(|sitting| &sitting.spaces) {
            None => false,
            Some(Spaces::Alone { space, .. }) => locked(space),
            Some(Spaces::Two { a, b, .. }) => locked(a) || locked(b),
        };
        sitting || !self.unlocked.is_empty()
    }
}
