//! A sitting: one person alone, or two people at one computer, and the files that are open while it lasts.
//!
//! Which file a command reaches follows from who is at the keyboard, and from nothing else. The partner's own file is
//! not open at all when one person is alone.

use std::collections::{BTreeMap, BTreeSet};

use lesson::Id;
use vault::{Gap, Ledger, PersonId, RunId, Shared, Space};

use crate::{
    gates::At,
    ipc::dto::{BothWant, LayerName, Missing, Pace, Refusal, Seat, Who},
    removal::Taken,
    text::Texts,
};

/// One person alone, or two people at one computer, until they leave.
pub(crate) struct Sitting {
    /// Random; what a command has to carry.
    pub(crate) token: String,
    /// Who is at the keyboard.
    pub(crate) who: Who,
    /// Names this sitting in the history of answers: one version is kept for each.
    pub(crate) name: String,
    /// The open files.
    pub(crate) spaces: Spaces,
    /// Who has said, in this sitting, that a layer may be opened. Never stored.
    pub(crate) said: BTreeSet<(RunId, String, LayerName, Seat)>,
    /// How ready each has said they are, by `ready` or `gate` block. Never stored.
    pub(crate) ready: BTreeMap<(RunId, Id, Seat), Pace>,
    /// The runs that take the light way today. Never stored.
    pub(crate) light: BTreeSet<RunId>,
    /// Where someone is who has been at a gate. Never stored.
    pub(crate) at: BTreeMap<RunId, At>,
    /// Who has said that they want something that needs both. Never stored.
    pub(crate) wanted: BTreeSet<(BothWant, Seat)>,
    /// What was removed and can be put back while the sitting lasts. In memory alone.
    pub(crate) removed: Vec<Taken>,
    /// The file of both is there and could not be opened.
    pub(crate) shared_shut: bool,
    /// What can be looked for has been told to the index (`find`).
    pub(crate) told: bool,
    /// What the page shows of the lessons of the runs it opened.
    pub(crate) texts: BTreeMap<RunId, Texts>,
}

/// The files a sitting has open. The partner's file is not among them when one person is alone.
pub(crate) enum Spaces {
    Alone {
        seat: Seat,
        space: Space,
        shared: Option<Shared>,
    },
    Two {
        a: Space,
        b: Space,
        shared: Shared,
    },
}

impl Sitting {
    /// The file this sitting's runs live in: my own when I am alone, the shared one when we are two.
    pub(crate) fn ledger(&self) -> &dyn Ledger {
        match &self.spaces {
            Spaces::Alone { space, .. } => space,
            Spaces::Two { shared, .. } => shared,
        }
    }

    /// As [`Sitting::ledger`], to write.
    pub(crate) fn ledger_mut(&mut self) -> &mut dyn Ledger {
        match &mut self.spaces {
            Spaces::Alone { space, .. } => space,
            Spaces::Two { shared, .. } => shared,
        }
    }

    /// The space of the person at the keyboard; none while both look.
    pub(crate) fn own(&self) -> Option<(Seat, &Space)> {
        match (&self.spaces, self.who) {
            (Spaces::Alone { seat, space, .. }, _) => Some((*seat, space)),
            (Spaces::Two { a, .. }, Who::Side { seat: Seat::A }) => Some((Seat::A, a)),
            (Spaces::Two { b, .. }, Who::Side { seat: Seat::B }) => Some((Seat::B, b)),
            (Spaces::Two { .. }, _) => None,
        }
    }

    /// As [`Sitting::own`], to write.
    pub(crate) fn own_mut(&mut self) -> Option<&mut Space> {
        match (&mut self.spaces, self.who) {
            (Spaces::Alone { space, .. }, _) => Some(space),
            (Spaces::Two { a, .. }, Who::Side { seat: Seat::A }) => Some(a),
            (Spaces::Two { b, .. }, Who::Side { seat: Seat::B }) => Some(b),
            (Spaces::Two { .. }, _) => None,
        }
    }

    /// The shared file, when there are two people in the profile.
    pub(crate) fn shared(&self) -> Option<&Shared> {
        match &self.spaces {
            Spaces::Alone { shared, .. } => shared.as_ref(),
            Spaces::Two { shared, .. } => Some(shared),
        }
    }

    /// The shared file of a sitting for two, to write.
    pub(crate) fn shared_mut(&mut self) -> Option<&mut Shared> {
        match &mut self.spaces {
            Spaces::Alone { .. } => None,
            Spaces::Two { shared, .. } => Some(shared),
        }
    }

    /// Whether this is a sitting for two.
    pub(crate) fn is_two(&self) -> bool {
        matches!(self.spaces, Spaces::Two { .. })
    }

    /// Which side a person of this sitting has.
    pub(crate) fn seat_of(&self, person: &PersonId) -> Seat {
        match &self.spaces {
            Spaces::Alone { seat, space, .. } if space.person() == person => *seat,
            Spaces::Alone { seat, .. } => seat.other(),
            Spaces::Two { a, .. } if a.person() == person => Seat::A,
            Spaces::Two { .. } => Seat::B,
        }
    }
}

impl Seat {
    /// The other side.
    pub(crate) fn other(self) -> Seat {
        match self {
            Seat::A => Seat::B,
            Seat::B => Seat::A,
        }
    }

    /// As an agreement keeps who accepted it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Seat::A => "a",
            Seat::B => "b",
        }
    }

    /// The seat a word stands for.
    pub(crate) fn read(word: &str) -> Option<Seat> {
        [Seat::A, Seat::B].into_iter().find(|seat| seat.word() == word)
    }

    pub(crate) fn index(self) -> usize {
        match self {
            Seat::A => 0,
            Seat::B => 1,
        }
    }
}

impl Sitting {
    /// The lesson as it was when the first seal of a run with the other pinned its text.
    pub(crate) fn pinned(&self, run: &RunId) -> Result<Option<lesson::Lesson>, Refusal> {
        let Spaces::Two { shared, .. } = &self.spaces else {
            return Ok(None);
        };
        let pinned = shared.pinned(run)?;
        Ok(pinned.and_then(|pinned| lesson::parse(&pinned.text).lesson))
    }

    /// Opens anew whatever file was lost to an error. One that still can't be opened stays lost; the next command
    /// that needs it says so.
    pub(crate) fn reopen_lost(&mut self) {
        let reopen = |space: &mut Space| drop(space.is_lost().then(|| space.reopen()));
        let reopen_shared = |shared: &mut Shared| drop(shared.is_lost().then(|| shared.reopen()));
        match &mut self.spaces {
            Spaces::Alone { space, shared, .. } => {
                reopen(space);
                shared.as_mut().map(reopen_shared);
            }
            Spaces::Two { a, b, shared } => {
                reopen(a);
                reopen(b);
                reopen_shared(shared);
            }
        }
    }
}

impl Spaces {
    /// What is missing from the files that whoever sits here may know of. Of one's own, nothing is said beside the other.
    pub(crate) fn missing(&self) -> Result<Vec<Missing>, Refusal> {
        let (own, shared) = match self {
            Spaces::Alone { space, shared, .. } => (Some(space), shared.as_ref()),
            Spaces::Two { shared, .. } => (None, Some(shared)),
        };
        let own = own.map(|space| space.gap()).transpose()?.flatten();
        let shared = shared.map(|shared| shared.gap()).transpose()?.flatten();
        let missing = |ours: bool, gap: Gap| Missing {
            ours,
            whole_until: gap.whole_until.map(|at| at.local()),
        };
        let own = own.map(|gap| missing(false, gap));
        Ok(own.into_iter().chain(shared.map(|gap| missing(true, gap))).collect())
    }

    /// That was read.
    pub(crate) fn missing_is_said(&mut self) -> Result<(), Refusal> {
        match self {
            Spaces::Alone { space, shared, .. } => {
                space.gap_is_said()?;
                if let Some(shared) = shared {
                    shared.gap_is_said()?;
                }
            }
            Spaces::Two { shared, .. } => shared.gap_is_said()?,
        }
        Ok(())
    }

    /// One person's own file beside the shared one, on their turn in a sitting for two.
    pub(crate) fn side_mut(&mut self, who: Who) -> Option<(&mut Space, &mut Shared)> {
        match (self, who) {
            (Spaces::Two { a, shared, .. }, Who::Side { seat: Seat::A }) => Some((a, shared)),
            (Spaces::Two { b, shared, .. }, Who::Side { seat: Seat::B }) => Some((b, shared)),
            _ => None,
        }
    }
}
