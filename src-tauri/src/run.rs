//! Runs: opening one, and moving through its steps.

use std::str::FromStr as _;

use lesson::Id;
use progress::{
    done,
    shown::gate::{self, Route},
};
use vault::{NewRun, Passed, RunId};

use crate::{
    gates::At,
    ipc::dto::{BothWant, OpenRun, Refusal, RunState, Who},
    session::Session,
};

impl Session {
    /// Goes on with the newest unfinished run of a lesson, or the newest finished one, or begins one.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` for a lesson that does not open; `Storage`.
    pub fn open_run(&mut self, token: &str, lesson: &Id) -> Result<OpenRun, Refusal> {
        let pack = self.course()?.manifest.id.to_string();
        let runs = self.sitting(token)?.ledger().runs()?;
        let mut runs = runs
            .into_iter()
            .rev()
            .filter(|run| run.pack == pack && run.lesson == lesson.as_str());
        let newest = runs.next();
        let unfinished = newest.iter().cloned().chain(runs).find(|run| run.finished.is_none());
        match unfinished.or(newest) {
            Some(run) => self.read_run(token, &run.id),
            None => self.begin(token, lesson),
        }
    }

    /// Goes back to a run of this sitting, be it the newest of its lesson or an older one.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` for a run that is not this sitting's, or of a lesson that does not open; `Storage`.
    pub fn open_this_run(&mut self, token: &str, run: &str) -> Result<OpenRun, Refusal> {
        let run = RunId::from_str(run).map_err(|_| Refusal::NotHere)?;
        self.read_run(token, &run)
    }

    /// Begins another run of a lesson. With the other, only once each has said so on their own turn.
    ///
    /// # Errors
    /// As [`Session::open_run`]; `NotHere` in a sitting for two on one person's turn, or before both have said so.
    pub fn begin_again(&mut self, token: &str, lesson: &Id) -> Result<OpenRun, Refusal> {
        let what = BothWant::BeginAgain { lesson: lesson.clone() };
        self.sitting(token)?.must_want(&what)?;
        let run = self.begin(token, lesson)?;
        self.sitting_mut(token)?.no_longer_want(&what);
        Ok(run)
    }

    fn begin(&mut self, token: &str, lesson: &Id) -> Result<OpenRun, Refusal> {
        if matches!(self.sitting(token)?.who, Who::Side { .. }) {
            return Err(Refusal::NotHere);
        }
        let at = self.now();
        let course = self.course()?;
        let pack = course.manifest.id.to_string();
        let version = course.lesson(lesson).ok_or(Refusal::NotHere)?.meta.version.clone();
        let ledger = self.sitting_mut(token)?.ledger_mut();
        let number = ledger.next_number(&pack, lesson.as_str())?;
        let new = NewRun {
            pack,
            lesson: lesson.to_string(),
            lesson_version: version,
            number,
        };
        let run = ledger.begin_run(&new, at)?;
        self.read_run(token, &run)
    }

    fn read_run(&mut self, token: &str, run: &RunId) -> Result<OpenRun, Refusal> {
        self.mend_files(token)?;
        self.write_held();
        // Whoever opens it sees the lesson as it is now.
        self.sitting_mut(token)?.texts.remove(run);
        let reader = self.reader(token, run.as_str())?;
        let at = reader.resumed()?;
        self.remember(token, run, at)?;
        let open = self.reader(token, run.as_str())?.open_run()?;
        self.shows(token, run, &open)?;
        Ok(open)
    }

    /// What has been written and done in a run, as this turn may read it.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` for a run that is not this sitting's; `Storage`.
    pub fn run_state(&mut self, token: &str, run: &str) -> Result<RunState, Refusal> {
        self.mend_files(token)?;
        self.write_held();
        self.reader(token, run)?.state()
    }

    /// Leaves a step for the next or skips it, and moves on. Passing the last shown step finishes the run. How far two
    /// people are is theirs to say: neither passes a step on a turn of their own.
    ///
    /// # Errors
    /// As [`Session::run_state`]; `NotHere` for a step this turn can't see, or on one person's turn in a sitting for two.
    pub fn pass_step(
        &mut self,
        token: &str,
        run: &str,
        step: &Id,
        skip: bool,
        to: Option<&Id>,
    ) -> Result<RunState, Refusal> {
        let now = self.now();
        let reader = self.reader(token, run)?;
        if matches!(reader.sitting.who, Who::Side { .. }) {
            return Err(Refusal::NotHere);
        }
        let id = reader.run.id.clone();
        let steps = reader.gate_steps()?;
        let from = reader.here(&steps, step)?;
        let to = to.map(|to| reader.going(&steps, from, to)).transpose()?;
        let leaves = to.is_some_and(|to| to.route != Route::Path);
        if leaves && reader.sitting.is_two() {
            return Err(Refusal::NotHere);
        }
        let at = reader.remembered(&steps, from, to);
        let written = gate::record(&steps, from, to);
        self.remember(token, &id, at)?;
        if let Some(passed) = written.passed {
            let how = if skip { Passed::Skipped } else { Passed::Done };
            let ledger = self.sitting_mut(token)?.ledger_mut();
            ledger.pass(&id, passed, how, written.place)?;
            if done::finished(&self.reader(token, run)?.steps()?) {
                self.sitting_mut(token)?.ledger_mut().finish(&id, now)?;
            }
        }
        self.run_state(token, run)
    }

    /// Moves to a step without passing the one that was open.
    ///
    /// # Errors
    /// As [`Session::pass_step`].
    pub fn go_to_step(&mut self, token: &str, run: &str, step: &Id) -> Result<RunState, Refusal> {
        let reader = self.reader(token, run)?;
        let (id, two) = (reader.run.id.clone(), reader.sitting.is_two());
        let steps = reader.gate_steps()?;
        let from = reader.here(&steps, &reader.place(&reader.steps_today()?)?)?;
        let to = reader.going(&steps, from, step)?;
        let leaves = to.route != Route::Path;
        if leaves && matches!(reader.sitting.who, Who::Side { .. }) {
            return Err(Refusal::NotHere);
        }
        if leaves && !two {
            let at = reader.remembered(&steps, from, Some(to));
            self.remember(token, &id, at)?;
        } else {
            self.remember(token, &id, None)?;
            self.sitting_mut(token)?.ledger_mut().set_place(&id, step.as_str())?;
        }
        self.run_state(token, run)
    }

    /// Keeps in memory where someone is, where what is kept on disk does not say it.
    fn remember(&mut self, token: &str, run: &RunId, at: Option<At>) -> Result<(), Refusal> {
        let all = &mut self.sitting_mut(token)?.at;
        match at {
            Some(at) => drop(all.insert(run.clone(), at)),
            None => drop(all.remove(run)),
        }
        Ok(())
    }
}
