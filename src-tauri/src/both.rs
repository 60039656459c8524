//! What is both people's to decide: each says so on their own turn, and it is done once both have, in one sitting.
//!
//! Nothing of it is stored: a sitting that ends has decided nothing.

use crate::{
    ipc::dto::{BothWant, Refusal, Seat, Wanted, Who},
    reader::Reader,
    session::Session,
    sitting::Sitting,
};

impl Session {
    /// On my own turn: I want this. It is done only when the other says so too, and by a command of its own. Answers who
    /// has said so. To remove everything takes `name`: what I am called, as I typed it.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` off one's own turn in a sitting for two; `Misfit` for another name where one is asked.
    pub fn say_yes(&mut self, token: &str, what: BothWant, name: Option<&str>) -> Result<Vec<Seat>, Refusal> {
        let people = self.people();
        let sitting = self.sitting_mut(token)?;
        let Who::Side { seat } = sitting.who else {
            return Err(Refusal::NotHere);
        };
        if what == BothWant::RemoveEverything {
            let mine = people.get(seat.index()).map(|person| person.name.as_str());
            if mine.is_none() || name.map(str::trim) != mine {
                return Err(Refusal::Misfit);
            }
        }
        sitting.wanted.insert((what.clone(), seat));
        Ok(sitting.who_want(&what))
    }

    /// Not after all: nobody has said so any more. Either may, at any time.
    ///
    /// # Errors
    /// `TurnOver`.
    pub fn say_no(&mut self, token: &str, what: &BothWant) -> Result<(), Refusal> {
        self.sitting_mut(token)?.no_longer_want(what);
        Ok(())
    }
}

impl Sitting {
    fn who_want(&self, what: &BothWant) -> Vec<Seat> {
        let seats = [Seat::A, Seat::B].into_iter();
        seats
            .filter(|seat| self.wanted.contains(&(what.clone(), *seat)))
            .collect()
    }

    /// Refuses what needs both while they have not both said so, and while one of them has the turn. On one's own there
    /// is nobody to ask.
    pub(crate) fn must_want(&self, what: &BothWant) -> Result<(), Refusal> {
        if self.is_two() && (self.who != Who::Both || self.who_want(what).len() < 2) {
            return Err(Refusal::NotHere);
        }
        Ok(())
    }

    /// It is done, or not to be done.
    pub(crate) fn no_longer_want(&mut self, what: &BothWant) {
        self.wanted.retain(|(wanted, _)| wanted != what);
    }
}

impl Reader<'_> {
    /// What somebody wants that is about this run or its lesson.
    pub(crate) fn wanted(&self) -> Vec<Wanted> {
        let mut all: Vec<Wanted> = Vec::new();
        for (what, _) in &self.sitting.wanted {
            let here = match what {
                BothWant::BeginAgain { lesson } => *lesson == self.lesson.meta.id,
                BothWant::RemoveAnswer { run, .. } | BothWant::ForgetVersions { run, .. } => {
                    *run == self.run.id.to_string()
                }
                BothWant::StopSharing | BothWant::RemoveEverything | BothWant::BringBack { .. } => false,
            };
            if here && all.iter().all(|known| known.what != *what) {
                all.push(Wanted {
                    what: what.clone(),
                    said: self.sitting.who_want(what),
                });
            }
        }
        all
    }
}
