//! Every command, one by one. Each is a line: it locks the session and asks it. What a command means stands with
//! the method it calls; what it may not do stands in the capability of `tauri.conf.json`.
//!
//! `(async)` keeps them off the window's own thread: a commit that waits for the disk must not freeze the screen.

pub mod course;
pub mod door;
pub mod keep;
pub mod lock;
pub mod removal;
pub mod run;
pub mod settings;
pub mod together;
pub mod window;

use std::sync::MutexGuard;

use super::dto::Refusal;
use crate::{Session, Shell};

type Answered<T> = Result<T, Refusal>;

impl Shell {
    /// The session. A command that panicked left nothing half done in it: every change of the vault is one transaction.
    pub(crate) fn session(&self) -> MutexGuard<'_, Session> {
        self.session.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
