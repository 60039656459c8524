//! Runs: opening one, and moving through its steps.

use lesson::Id;
use progress::done;
use vault::{NewRun, Passed, RunId};

use crate::{
    gates::At,
    ipc::dto::{OpenRun, Refusal, RunState, Who},
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
            None => self.begin_again(token, lesson),
        }
    }

    /// Begins another run of a lesson.
    ///
    /// # Errors
    /// As [`Session::open_run`].
    pub fn begin_again(&mut self, token: &str, lesson: &Id) -> Result<OpenRun, Refusal> {
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
        let reader = self.reader(token, run.as_str())?;
        let gate = reader.last_gate(&reader.steps_today()?);
        let sitting = self.sitting_mut(token)?;
        match gate {
            Some(gate) => drop(sitting.at.insert(run.clone(), At::on_the_path(gate))),
            None => drop(sitting.at.remove(run)),
        }
        let reader = self.reader(token, run.as_str())?;
        Ok(OpenRun {
            run: run.to_string(),
            lesson: reader.lesson.clone(),
            instruments: reader.instruments(),
            state: reader.state()?,
        })
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

    /// Leaves a step for the next or skips it, and moves on. Passing the last shown step finishes the run.
    ///
    /// # Errors
    /// As [`Session::run_state`]; `NotHere` for a step this turn can't see.
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
        let (id, steps, at) = (reader.run.id.clone(), reader.steps_today()?, reader.at().cloned());
        let is_shown = |wanted: &Id| steps.iter().any(|step| step.shown && step.id == wanted.as_str());
        if !is_shown(step) || to.is_some_and(|to| !is_shown(to)) {
            return Err(Refusal::NotHere);
        }
        let last = |steps: &[done::Step]| steps.iter().rfind(|step| step.shown).map(|step| step.id.clone());
        let is_last = last(&reader.steps()?).as_deref() == Some(step.as_str());
        let jumps = to.is_some_and(|to| reader.is_jump(step, to, &steps));
        if jumps && reader.sitting.is_two() {
            return Err(Refusal::NotHere);
        }
        let is_gate = reader.has_gate(reader.step(step)?);
        let back = at.as_ref().and_then(|at| at.strayed_from.as_ref());
        let back = back.filter(|gate| to.is_none_or(|to| !reader.is_up_to(to, gate)));
        let strayed_from = if jumps { Some(step) } else { back }.cloned();
        if strayed_from.is_some() || (is_gate && to.is_some()) {
            let here = At {
                step: to.unwrap_or(step).clone(),
                strayed_from,
                ended: to.is_none() && last(&steps).as_deref() == Some(step.as_str()),
            };
            self.sitting_mut(token)?.at.insert(id, here);
            return self.run_state(token, run);
        }
        let how = if skip { Passed::Skipped } else { Passed::Done };
        let sitting = self.sitting_mut(token)?;
        sitting.at.remove(&id);
        let ledger = sitting.ledger_mut();
        ledger.pass(&id, step.as_str(), how, to.map(Id::as_str))?;
        if is_last {
            ledger.finish(&id, now)?;
        }
        self.run_state(token, run)
    }

    /// Moves to a step without passing the one that was open.
    ///
    /// # Errors
    /// As [`Session::pass_step`].
    pub fn go_to_step(&mut self, token: &str, run: &str, step: &Id) -> Result<RunState, Refusal> {
        let reader = self.reader(token, run)?;
        let steps = reader.steps_today()?;
        if !steps.iter().any(|known| known.shown && known.id == step.as_str()) {
            return Err(Refusal::NotHere);
        }
        let (id, at) = (reader.run.id.clone(), reader.at().cloned());
        let here = at.as_ref().map(|at| at.step.as_str()).or(reader.run.place.as_deref());
        let here = done::place(&steps, here).and_then(|here| Id::new(&here.id).ok());
        let jumped_from = here.filter(|here| reader.is_jump(here, step, &steps));
        if jumped_from.is_some() && matches!(reader.sitting.who, Who::Side { .. }) {
            return Err(Refusal::NotHere);
        }
        let strayed_from = at.and_then(|at| at.strayed_from).or(jumped_from);
        let strayed_from = strayed_from.filter(|gate| !reader.sitting.is_two() && !reader.is_up_to(step, gate));
        let sitting = self.sitting_mut(token)?;
        if strayed_from.is_some() {
            let mut here = At::on_the_path(step.clone());
            here.strayed_from = strayed_from;
            sitting.at.insert(id, here);
        } else {
            sitting.at.remove(&id);
            sitting.ledger_mut().set_place(&id, step.as_str())?;
        }
        self.run_state(token, run)
    }
}
