//! Answers that could not be written, held in memory for their owner until they can.
//!
//! They go into their owner's own file and no other, under the privacy they were written under, whoever is at the
//! keyboard by then. What still can't be written when the app is to close, the page is told of.

use std::collections::BTreeMap;

use lesson::Id;
use vault::{PersonId, RunId, Words};

use crate::{
    ipc::dto::Refusal,
    session::Session,
    sitting::{Sitting, Spaces},
};

/// Held answers by owner, run and field.
pub(crate) type Held = BTreeMap<(Owner, RunId, Id), Writing>;

/// An answer on its way into a file, and what it can be found by there.
#[derive(Clone)]
pub(crate) struct Writing {
    pub(crate) answer: vault::Answer,
    /// What somebody would look for in it.
    pub(crate) words: String,
    /// Its field is sensitive: it is kept like any other, and never looked through.
    pub(crate) sensitive: bool,
}

impl Writing {
    pub(crate) fn words(&self) -> Words<'_> {
        Words {
            text: &self.words,
            sensitive: self.sensitive,
        }
    }
}

/// Whose an answer is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Owner {
    /// One person's.
    Mine(PersonId),
    /// Both people's.
    Ours,
}

impl Session {
    /// Tries again to write what is held. What fails again stays held.
    pub(crate) fn write_held(&mut self) {
        for (key, answer) in self.held.clone() {
            if self.write(&key.0, &answer).is_ok() {
                self.held.remove(&key);
            }
        }
    }

    /// Ends whatever sitting there is, so that the window may close.
    ///
    /// # Errors
    /// `Unsaved` while words are held that can't be written, unless `anyway`.
    pub fn end_for_good(&mut self, anyway: bool) -> Result<(), Refusal> {
        self.write_held();
        if !self.held.is_empty() && !anyway {
            return Err(Refusal::Unsaved);
        }
        self.end();
        Ok(())
    }

    /// Writes an answer into the file of its owner, which is opened for it if the sitting does not have it open. A joint
    /// one is written while both look, so nobody in particular is its author.
    pub(crate) fn write(&mut self, owner: &Owner, writing: &Writing) -> Result<u64, Refusal> {
        self.write_as(owner, writing, None)
    }

    /// As [`Session::write`], with the author of a joint answer that one of the two changed on their own turn.
    pub(crate) fn write_as(
        &mut self,
        owner: &Owner,
        writing: &Writing,
        author: Option<&PersonId>,
    ) -> Result<u64, Refusal> {
        let at = self.now();
        let name = self.sitting_name().to_owned();
        let (answer, words) = (&writing.answer, writing.words());
        match owner {
            Owner::Mine(person) => {
                if let Some(space) = self.open_sitting_mut().and_then(|sitting| sitting.space_of(person)) {
                    return Ok(space.save_findable(answer, words, &name, at)?);
                }
                let mut space = self.profile_mut()?.open_space(person)?;
                Ok(space.save_findable(answer, words, &name, at)?)
            }
            Owner::Ours => {
                if let Some(shared) = self.open_sitting_mut().and_then(Sitting::shared_mut) {
                    return Ok(shared.save_findable(answer, words, author, &name, at)?);
                }
                let profile = self.profile_mut()?;
                let first = profile.people().first().ok_or(Refusal::NotHere)?.id.clone();
                let space = profile.open_space(&first)?;
                let mut shared = profile.open_shared(&space)?;
                Ok(shared.save_findable(answer, words, author, &name, at)?)
            }
        }
    }
}

impl Sitting {
    /// The open file of a person of this sitting.
    fn space_of(&mut self, person: &PersonId) -> Option<&mut vault::Space> {
        match &mut self.spaces {
            Spaces::Alone { space, .. } if space.person() == person => Some(space),
            Spaces::Two { a, .. } if a.person() == person => Some(a),
            Spaces::Two { b, .. } if b.person() == person => Some(b),
            _ => None,
        }
    }
}
