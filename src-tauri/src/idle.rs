//! For how long a locked space stays open with nobody at it.
//!
//! The page says when somebody moved, wrote or let a timer run. After some minutes without, five unless the owner chose
//! otherwise, it is asked to blank itself, save and leave; a page that does not within a minute is not waited for. Open spaces stay as they are: nothing is won
//! by closing what anyone can open.

use chrono::TimeDelta;

use vault::Space;

use crate::{ipc::dto::Refusal, session::Session, settings::idle_minutes, sitting::Spaces};

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
        let Some(idle) = self.idle_time() else {
            self.is_used();
            return Idle::No;
        };
        if let Some(asked) = self.asked {
            if (now - asked).abs() < GRACE {
                return Idle::No;
            }
            self.end();
            self.asked = None;
            return Idle::Ended;
        }
        // A clock that was set back counts as time gone by: better shut too early.
        if self.used.is_none_or(|used| (now - used).abs() < idle) {
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

    /// How long nobody has to be there: the shortest time that an owner of an open space with a lock chose; none while no
    /// such space is open.
    fn idle_time(&self) -> Option<TimeDelta> {
        let sitting: Vec<&Space> = match self.sitting.as_ref().map(|sitting| &sitting.spaces) {
            None => Vec::new(),
            Some(Spaces::Alone { space, .. }) => vec![space],
            Some(Spaces::Two { a, b, .. }) => vec![a, b],
        };
        let open = sitting.into_iter().chain(self.unlocked.values());
        let locked = open.filter(|space| self.is_locked(space.person()));
        locked.map(|space| TimeDelta::minutes(idle_minutes(space).into())).min()
    }
}
