//! Backups while a space is open: every thirty minutes of use, and when it is left, before its key goes.
//!
//! Flow: the window's loop asks [`Session::backups_due`] for what is due and makes each away from the session, so that
//! nobody who writes waits for it; how it went comes back by a channel. Whatever closes a file, changes its key or removes
//! something from it calls [`Session::wait_for_backups`] first: a backup needs its file open and under its key.
//! Deliberately not here: when one is due and which ones stay (`vault::backup`), and bringing one back.

use std::{
    collections::BTreeMap,
    sync::mpsc::{Receiver, Sender, TryRecvError, channel},
};

use vault::{
    Error, Moment, Space,
    backup::{Backup, Kind, Making, is_due},
};

use crate::{
    bring_back::Whose,
    held::Owner,
    ipc::dto::{Backups, EarlierCopy, EarlierKind, Refusal, Trouble},
    session::Session,
    sitting::Spaces,
    trouble,
};

/// How the making of one backup went.
type Outcome = (Owner, Result<Option<Backup>, Error>);

/// A backup to be made away from the session, on whatever thread.
pub struct Task {
    owner: Owner,
    making: Making,
    tell: Sender<Outcome>,
}

impl Task {
    /// Makes it. How it went, the session is told when it next looks.
    pub fn make(self) {
        let made = self.making.make();
        // Nobody listens any more once the session has gone.
        let _ = self.tell.send((self.owner, made));
    }
}

/// What the session knows of backups.
#[derive(Default)]
pub(crate) struct Schedule {
    /// Open until every task that was handed out is done or dropped.
    under_way: Option<Receiver<Outcome>>,
    /// When a backup of somebody's was last made, or tried, while the app ran.
    tried: BTreeMap<Owner, Moment>,
    /// Whose last backup could not be made, and why.
    failed: BTreeMap<Owner, Trouble>,
}

impl Schedule {
    fn note(&mut self, (owner, made): Outcome) {
        match made {
            Ok(_) => self.failed.remove(&owner),
            Err(error) => self.failed.insert(owner, trouble::of(&error)),
        };
    }

    /// Takes in what has been told. With `wait`, until nothing is under way any more.
    fn hear(&mut self, wait: bool) {
        while let Some(under_way) = &self.under_way {
            let told = match wait {
                true => under_way.recv().map_err(|_| TryRecvError::Disconnected),
                false => under_way.try_recv(),
            };
            match told {
                Ok(outcome) => self.note(outcome),
                Err(TryRecvError::Empty) => return,
                Err(TryRecvError::Disconnected) => self.under_way = None,
            }
        }
    }
}

impl Session {
    /// Looked at every few seconds: what is open and has had no backup for thirty minutes. None while earlier ones are
    /// under way. Whoever takes a task makes or drops it: a person who leaves waits for that.
    pub fn backups_due(&mut self) -> Vec<Task> {
        self.backups.hear(false);
        let Some(sitting) = self.sitting.as_ref().filter(|_| self.backups.under_way.is_none()) else {
            return Vec::new();
        };
        let at = self.now();
        let (tell, hear) = channel();
        let mut tasks = Vec::new();
        for (owner, making) in self.makings(&sitting.spaces, at, |owner| self.is_due(owner, at)) {
            self.backups.tried.insert(owner.clone(), at);
            match making {
                Ok(making) => tasks.push(Task {
                    owner,
                    making,
                    tell: tell.clone(),
                }),
                Err(error) => self.backups.note((owner, Err(error))),
            }
        }
        if !tasks.is_empty() {
            self.backups.under_way = Some(hear);
        }
        tasks
    }

    /// Waits until no backup reads a file any more.
    pub(crate) fn wait_for_backups(&mut self) {
        self.backups.hear(true);
    }

    /// Ends the sitting. What it had open is backed up first, while its key is here; that it could not be keeps nobody.
    pub(crate) fn end_with_backups(&mut self) {
        self.wait_for_backups();
        let Some(sitting) = self.sitting.take() else { return };
        let at = self.now();
        for (owner, making) in self.makings(&sitting.spaces, at, |_| true) {
            self.backups.tried.insert(owner.clone(), at);
            let made = making.and_then(Making::make);
            self.backups.note((owner, made));
        }
    }

    /// Whoever went, or whatever was shared, is no longer spoken of.
    pub(crate) fn forget_backups(&mut self) {
        self.backups = Schedule::default();
    }

    /// The backups of my own space at my own door, and of what both share while both look, newest first; and why the last
    /// one could not be made, if it could not.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` on one's own turn in a sitting for two; `Storage` when the folder can't be read.
    pub fn backups(&mut self, token: &str) -> Result<Backups, Refusal> {
        let whose = self.whose_copies(token)?;
        self.backups.hear(false);
        let offset = *(self.places.now)().offset();
        let profile = self.profile_mut()?;
        let (owner, copies) = match whose {
            Whose::Mine(who) => (Owner::Mine(who.clone()), profile.backups(&who)?),
            Whose::Ours => (Owner::Ours, profile.shared_backups()?),
        };
        let copies = copies.into_iter().map(|copy| EarlierCopy {
            number: u32::try_from(copy.number).unwrap_or(u32::MAX),
            at: copy.at.map(|at| at.with_timezone(&offset)),
            kind: match copy.kind {
                Kind::Usual => EarlierKind::Usual,
                Kind::Before => EarlierKind::Before,
                Kind::Aside => EarlierKind::Aside,
            },
        });
        Ok(Backups {
            copies: copies.collect(),
            trouble: self.backups.failed.get(&owner).cloned(),
        })
    }

    fn is_due(&self, owner: &Owner, at: Moment) -> bool {
        let Some(profile) = &self.profile else { return false };
        let last = self.backups.tried.get(owner).map(|tried| tried.utc).or_else(|| {
            let listed = match owner {
                Owner::Mine(who) => profile.backups(who),
                Owner::Ours => profile.shared_backups(),
            };
            // A folder that cannot be read is told of by the attempt that follows.
            let usual = listed.ok()?.into_iter().find(|copy| copy.kind == Kind::Usual);
            usual.and_then(|copy| copy.at)
        });
        is_due(last, at)
    }

    /// A backup of each open file that is wanted. One that an error left closed is passed over: what it holds is not known.
    fn makings(
        &self,
        spaces: &Spaces,
        at: Moment,
        wanted: impl Fn(&Owner) -> bool,
    ) -> Vec<(Owner, Result<Making, Error>)> {
        let Some(profile) = &self.profile else {
            return Vec::new();
        };
        let (own, shared) = match spaces {
            Spaces::Alone { space, shared, .. } => (vec![space], shared.as_ref()),
            Spaces::Two { a, b, shared } => (vec![a, b], Some(shared)),
        };
        let mine = |space: &Space| Owner::Mine(space.person().clone());
        let own = own.into_iter().filter(|space| !space.is_lost() && wanted(&mine(space)));
        let mut makings: Vec<_> = own.map(|space| (mine(space), profile.backup_of(space, at))).collect();
        if let Some(shared) = shared.filter(|shared| !shared.is_lost() && wanted(&Owner::Ours)) {
            makings.push((Owner::Ours, profile.backup_of_shared(shared, at)));
        }
        makings
    }
}
