//! One run as one turn may read it.
//!
//! [`Reader`] joins a lesson with the answers this turn may read. It is built from the open files of the sitting and
//! the turn alone; nothing the other person wrote privately is within its reach.

use std::{collections::BTreeMap, str::FromStr};

use chrono::NaiveDate;
use lesson::{Block, Id, Kind, Lesson, Privacy, Value};
use progress::{
    done,
    shown::{self, gate, light, person, visible::Screen},
};
use vault::{Kept, Ledger, Passed, Run, RunId};

use crate::{
    find,
    held::{Held, Owner, Writing},
    ipc::dto::{Answer, Given, Refusal, RunState, StepMark, Who},
    kept, map,
    session::Session,
    sitting::Sitting,
};

impl Session {
    /// Everything this turn may read of a run.
    pub(crate) fn reader(&self, token: &str, run: &str) -> Result<Reader<'_>, Refusal> {
        let sitting = self.sitting(token)?;
        let id = RunId::from_str(run).map_err(|_| Refusal::NotHere)?;
        let run = sitting.ledger().run(&id)?.ok_or(Refusal::NotHere)?;
        let course = self.course()?;
        let lesson = match (sitting.pinned(&id)?, sitting.lesson_shown(&id)) {
            (Some(lesson), _) => lesson,
            (None, Some(shown)) => shown.clone(),
            (None, None) => course
                .lesson(&Id::new(&run.lesson).map_err(|_| Refusal::NotHere)?)
                .ok_or(Refusal::NotHere)?
                .clone(),
        };
        let mut reader = Reader {
            sitting,
            course,
            held: &self.held,
            lesson,
            run,
            today: (self.places.now)().date_naive(),
            own: Answers::new(),
            joint: Answers::new(),
            given: Vec::new(),
            earlier: Vec::new(),
            unread: 0,
        };
        reader.read_answers()?;
        Ok(reader)
    }
}

/// Kept answers by field, with the number of the save that wrote each.
pub(crate) type Answers = BTreeMap<Id, (Value, Privacy, u64)>;

/// One run, the lesson it goes through, and the answers this turn may read.
pub(crate) struct Reader<'a> {
    pub(crate) sitting: &'a Sitting,
    pub(crate) course: &'a course::Course,
    held: &'a Held,
    pub(crate) lesson: Lesson,
    pub(crate) run: Run,
    pub(crate) today: NaiveDate,
    /// Mine: alone, or on my turn. Empty while both look.
    pub(crate) own: Answers,
    /// Joint answers of a run with the other.
    pub(crate) joint: Answers,
    /// Lines that one of the two gave the other.
    pub(crate) given: Vec<Given>,
    /// What this turn may read that is earlier wording: mine, or the joint ones while both look.
    pub(crate) earlier: Vec<Kept>,
    /// The newest save of mine in this run that is earlier wording.
    pub(crate) unread: u64,
}

impl Reader<'_> {
    fn read_answers(&mut self) -> Result<(), Refusal> {
        if let Some((_, space)) = self.sitting.own() {
            let kept = space.answers(&self.run.id)?;
            (self.own, self.earlier) = self.take(&kept, false);
            self.unread = self.earlier.iter().map(|kept| kept.save).max().unwrap_or(0);
            let owner = Owner::Mine(space.person().clone());
            self.add_held(&owner);
        }
        if let (true, Some(shared)) = (self.sitting.is_two(), self.sitting.shared()) {
            let kept = shared.answers(&self.run.id)?;
            self.given = Reader::read_given(self.sitting, &kept);
            let (joint, earlier) = self.take(&kept, true);
            self.joint = joint;
            if self.sitting.own().is_none() {
                self.earlier = earlier;
            }
            self.add_held(&Owner::Ours);
        }
        Ok(())
    }

    /// The answers of one file that answer a field of the lesson as it is now, and the others, which stay where they
    /// are.
    fn take(&self, kept: &[Kept], joint: bool) -> (Answers, Vec<Kept>) {
        let (taken, rest) = kept::sorted(&self.lesson, self.sitting.is_two(), joint, kept);
        let taken = taken
            .into_iter()
            .map(|(field, (value, privacy, kept))| (field, (value, privacy, kept.save)))
            .collect();
        (taken, rest.into_iter().cloned().collect())
    }

    /// What is held because it could not be written stands on the page of whoever may write it, with no save.
    fn add_held(&mut self, owner: &Owner) {
        for ((whose, run, _), writing) in self.held {
            let is_joint = *owner == Owner::Ours;
            if whose == owner
                && *run == self.run.id
                && let Some((block, value, privacy)) =
                    kept::answer(&self.lesson, self.sitting.is_two(), is_joint, &writing.answer)
            {
                let field = block.id.clone();
                let into = if is_joint { &mut self.joint } else { &mut self.own };
                into.insert(field, (value, privacy, 0));
            }
        }
    }

    /// Whether words of mine in this run are held and not yet written.
    pub(crate) fn holds_mine(&self) -> bool {
        self.own.values().any(|(_, _, save)| *save == 0)
    }

    /// Whether a joint answer decides what is shown in a step that is sealed by either and not opened: it must not
    /// change under a seal, or one side would open more than the other.
    pub(crate) fn decides_a_seal(&self, field: &Id) -> Result<bool, Refusal> {
        let open = |reveal: &crate::ipc::dto::Reveal| {
            reveal.sides.iter().any(|side| side.sealed) && reveal.layers.iter().any(|layer| layer.opened.is_none())
        };
        let sealed: Vec<Id> = self
            .reveals()?
            .into_iter()
            .filter(open)
            .map(|reveal| reveal.step)
            .collect();
        let steps = self.lesson.steps.iter().filter(|step| sealed.contains(&step.id));
        Ok(steps.into_iter().any(|step| {
            let whens = map::blocks_of(step)
                .filter_map(|block| block.when.as_ref())
                .chain(step.when.as_ref());
            whens.into_iter().any(|when| map::reads(when, field))
        }))
    }

    /// Who may read a field of this run. In a run on one's own, every answer is only mine.
    pub(crate) fn privacy(&self, block: &Block) -> Option<Privacy> {
        kept::privacy_in(block, self.sitting.is_two())
    }

    /// Whether this turn may write a field.
    pub(crate) fn may_write(&self, block: &Block) -> bool {
        match self.privacy(block) {
            Some(Privacy::Joint) => self.sitting.is_two() && self.sitting.who == Who::Both,
            Some(_) => self.sitting.own().is_some(),
            None => false,
        }
    }

    /// An answer of this run to keep.
    pub(crate) fn answer(&self, block: &Block, value: &Value) -> Option<Writing> {
        let answer = vault::Answer {
            run: self.run.id.clone(),
            pack: self.run.pack.clone(),
            lesson: self.run.lesson.clone(),
            field: block.id.to_string(),
            rev: block.rev,
            lesson_version: self.lesson.meta.version.clone(),
            kind: block.kind.name().to_owned(),
            privacy: kept::word_of(self.privacy(block)?).to_owned(),
            prompt: block.prompt_text.clone(),
            value: value.canonical(),
        };
        Some(Writing {
            answer,
            words: find::words(Some(block), value),
            sensitive: block.sensitive,
        })
    }

    fn run_kind(&self) -> shown::RunKind {
        if self.sitting.is_two() {
            shown::RunKind::Together
        } else {
            shown::RunKind::Alone
        }
    }

    /// What every `when=` of this turn may read. On a screen that both look at, the joint answers only.
    fn facts(&self) -> shown::Facts {
        let values = self
            .joint
            .iter()
            .chain(&self.own)
            .map(|(field, (value, ..))| (field.clone(), value.clone()));
        map::facts(self.run_kind(), &values.collect())
    }

    /// What the steps of the run may depend on: in a run with the other, nothing private, so that the list of steps
    /// is the same whoever is at the keyboard.
    fn facts_of_steps(&self) -> shown::Facts {
        let answers = if self.sitting.is_two() { &self.joint } else { &self.own };
        let values = answers
            .iter()
            .map(|(field, (value, ..))| (field.clone(), value.clone()));
        map::facts(self.run_kind(), &values.collect())
    }

    /// Whether a block is shown to this turn.
    pub(crate) fn shows(&self, block: &Block) -> bool {
        let screen = if self.sitting.own().is_some() {
            Screen::OwnTurn
        } else {
            Screen::Both
        };
        self.holds(block.when.as_ref(), &self.facts(), screen)
    }

    fn holds(&self, when: Option<&lesson::When>, facts: &shown::Facts, screen: Screen) -> bool {
        let is_joint = |field: &str| {
            let block = Id::new(field).ok().and_then(|field| self.lesson.block(&field));
            block.and_then(|block| self.privacy(block)) == Some(Privacy::Joint)
        };
        person::shows(&map::tests(when), facts, screen, is_joint)
    }

    /// The steps as the rules of progress see them.
    pub(crate) fn steps(&self) -> Result<Vec<done::Step>, Refusal> {
        let passed = passed(self.sitting.ledger(), &self.run.id)?;
        let facts = self.facts_of_steps();
        let screen = if self.sitting.is_two() {
            Screen::Both
        } else {
            Screen::Alone
        };
        let is_shown = |step: &lesson::Step| self.holds(step.when.as_ref(), &facts, screen);
        let steps = map::steps(&self.lesson, is_shown, &passed, |step| self.asks(step));
        Ok(gate::counted(&steps, &self.gates()))
    }

    /// Which steps have a gate that is shown to this turn.
    pub(crate) fn gates(&self) -> Vec<bool> {
        let is_gate = |block: &Block| matches!(block.kind, Kind::Gate { .. }) && self.shows(block);
        let steps = self.lesson.steps.iter();
        steps.map(|step| map::blocks_of(step).any(is_gate)).collect()
    }

    /// The steps that are on the way today: in a light sitting only those that it keeps.
    pub(crate) fn steps_today(&self) -> Result<Vec<done::Step>, Refusal> {
        let mut steps = self.steps()?;
        if self.is_light()
            && let Some(kept) = light::kept(&self.light_steps(&steps))
        {
            for (at, step) in steps.iter_mut().enumerate() {
                step.shown &= kept.contains(&at);
            }
        }
        Ok(steps)
    }

    /// The steps as a light sitting sees them.
    pub(crate) fn light_steps(&self, steps: &[done::Step]) -> Vec<light::Step> {
        let lesson = self.lesson.steps.iter().zip(self.gates());
        let all = steps.iter().zip(lesson);
        all.map(|(step, (of, gate))| light::Step {
            shown: step.shown,
            light: of.light,
            gate,
        })
        .collect()
    }

    pub(crate) fn is_light(&self) -> bool {
        self.sitting.light.contains(&self.run.id)
    }

    /// Whether a step still asks for something, as far as this turn may know.
    fn asks(&self, step: &lesson::Step) -> bool {
        map::blocks_of(step)
            .filter(|block| block.required && self.shows(block))
            .any(|block| {
                let answers = match self.privacy(block) {
                    Some(Privacy::Joint) => &self.joint,
                    Some(_) if self.sitting.own().is_some() => &self.own,
                    _ => return false,
                };
                answers.get(&block.id).is_none_or(|(value, ..)| value.is_blank())
            })
    }

    /// All of it, for the page.
    pub(crate) fn state(&self) -> Result<RunState, Refusal> {
        let all = self.steps()?;
        let steps = self.steps_today()?;
        let writes_joint = self.sitting.is_two() && self.sitting.who == Who::Both;
        let (answers, joint) = if writes_joint {
            (&self.joint, None)
        } else {
            (&self.own, Some(&self.joint))
        };
        Ok(RunState {
            together: self.sitting.is_two(),
            today: self.today,
            place: self.place(&steps)?,
            steps: steps.iter().filter(|step| step.shown).filter_map(mark).collect(),
            hidden: self
                .lesson
                .blocks()
                .filter(|block| !self.shows(block))
                .map(|block| block.id.clone())
                .collect(),
            answers: for_the_page(answers),
            joint: joint.map(for_the_page).unwrap_or_default(),
            recalls: self.recalls()?,
            plans: self.plans()?,
            reveals: self.reveals()?,
            given: self.given.clone(),
            agreements: self.agreements(),
            practices: self.practices(),
            charts: self.charts()?,
            scores: self.scores()?,
            ready: self.ready()?,
            light: self.is_light(),
            earlier: self
                .earlier
                .iter()
                .filter_map(|kept| {
                    kept::earlier(&self.lesson, self.sitting.is_two(), kept, |block| self.may_write(block))
                })
                .collect(),
            removed: self.removed(),
            wanted: self.wanted(),
            finished: self.run.finished.is_some() || done::finished(&all) || self.ended_aside(),
        })
    }

    /// The text of the lesson's file, as it is now.
    pub(crate) fn source(&self) -> Option<&str> {
        let is_this = |file: &&course::LessonFile| {
            file.opens
                && file
                    .lesson
                    .as_ref()
                    .is_some_and(|lesson| lesson.meta.id == self.lesson.meta.id)
        };
        self.course
            .lessons
            .iter()
            .find(is_this)
            .map(|file| file.source.as_str())
    }

    /// The blocks of this lesson of one kind.
    pub(crate) fn blocks_where(&self, wanted: impl Fn(&Kind) -> bool) -> impl Iterator<Item = &Block> {
        self.lesson.blocks().filter(move |block| wanted(&block.kind))
    }
}

/// How the steps of a run were left.
pub(crate) fn passed(ledger: &dyn Ledger, run: &RunId) -> Result<BTreeMap<String, done::Passed>, Refusal> {
    let passed = ledger.passed(run)?;
    Ok(passed
        .into_iter()
        .map(|(step, how)| {
            let how = match how {
                Passed::Done => done::Passed::Through,
                Passed::Skipped => done::Passed::Over,
            };
            (step, how)
        })
        .collect())
}

fn mark(step: &done::Step) -> Option<StepMark> {
    let standing = done::step(step);
    Some(StepMark {
        id: Id::new(&step.id).ok()?,
        done: standing == done::Standing::Done,
        skipped: standing == done::Standing::Skipped,
    })
}

fn for_the_page(answers: &Answers) -> Vec<Answer> {
    answers
        .iter()
        .map(|(field, (value, privacy, save))| Answer {
            field: field.clone(),
            value: value.clone(),
            privacy: *privacy,
            save: u32::try_from(*save).unwrap_or(u32::MAX),
        })
        .collect()
}
