//! One run as one turn may read it.
//!
//! [`Reader`] joins a lesson with the answers this turn may read. It is built from the open files of the sitting and
//! the turn alone; nothing the other person wrote privately is within its reach.

use std::{collections::BTreeMap, str::FromStr};

use chrono::NaiveDate;
use lesson::{Block, Id, Kind, Lesson, Privacy, Value};
use progress::{done, shown};
use vault::{Kept, Ledger, Passed, Run, RunId};

use crate::{
    held::{Held, Owner},
    ipc::dto::{Answer, Refusal, RunState, StepMark, Who},
    map,
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
        let lesson = match sitting.pinned(&id)? {
            Some(lesson) => lesson,
            None => course
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
    /// The newest save of mine in this run that the page is not shown: a field that is gone, or now asks wider.
    pub(crate) unread: u64,
}

impl Reader<'_> {
    fn read_answers(&mut self) -> Result<(), Refusal> {
        if let Some((_, space)) = self.sitting.own() {
            let (own, unread) = self.take(space.answers(&self.run.id)?, false);
            let owner = Owner::Mine(space.person().clone());
            (self.own, self.unread) = (own, unread);
            self.add_held(&owner);
        }
        if let (true, Some(shared)) = (self.sitting.is_two(), self.sitting.shared()) {
            (self.joint, _) = self.take(shared.answers(&self.run.id)?, true);
            self.add_held(&Owner::Ours);
        }
        Ok(())
    }

    /// The answers that still fit their field. One written under a narrower privacy than the field has now is not
    /// taken: it stays where it is, and the field starts empty.
    fn take(&self, kept: Vec<Kept>, joint: bool) -> (Answers, u64) {
        let (mut taken, mut unread) = (Answers::new(), 0);
        for kept in kept {
            match self.answer_of(&kept.answer, joint) {
                Some((field, value, privacy)) => drop(taken.insert(field, (value, privacy, kept.save))),
                None => unread = unread.max(kept.save),
            }
        }
        (taken, unread)
    }

    fn answer_of(&self, answer: &vault::Answer, joint: bool) -> Option<(Id, Value, Privacy)> {
        let field = Id::new(&answer.field).ok()?;
        let block = self.lesson.block(&field)?;
        let value: Value = serde_json::from_str(&answer.value).ok()?;
        let written_under = privacy_of(&answer.privacy)?;
        let asked = self.privacy(block)?;
        let right_file = (asked == Privacy::Joint) == joint;
        let no_wider = width(asked) <= width(written_under);
        (right_file && no_wider && lesson::fits(block, &value).is_ok()).then_some((field, value, written_under))
    }

    /// What is held because it could not be written stands on the page of whoever may write it, with no save.
    fn add_held(&mut self, owner: &Owner) {
        for ((whose, run, _), answer) in self.held {
            let is_joint = *owner == Owner::Ours;
            if whose == owner
                && *run == self.run.id
                && let Some((field, value, privacy)) = self.answer_of(answer, is_joint)
            {
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
        block.privacy.map(|privacy| {
            if self.sitting.is_two() {
                privacy
            } else {
                Privacy::Private
            }
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
        shown::holds(&map::tests(block.when.as_ref()), &self.facts())
    }

    /// The steps as the rules of progress see them.
    pub(crate) fn steps(&self) -> Result<Vec<done::Step>, Refusal> {
        let passed = passed(self.sitting.ledger(), &self.run.id)?;
        let facts = self.facts_of_steps();
        Ok(map::steps(&self.lesson, &facts, &passed, |step| self.asks(step)))
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
        let steps = self.steps()?;
        let place = done::place(&steps, self.run.place.as_deref()).ok_or(Refusal::NotHere)?;
        let writes_joint = self.sitting.is_two() && self.sitting.who == Who::Both;
        let (answers, joint) = if writes_joint {
            (&self.joint, None)
        } else {
            (&self.own, Some(&self.joint))
        };
        Ok(RunState {
            together: self.sitting.is_two(),
            place: Id::new(&place.id).map_err(|_| Refusal::NotHere)?,
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
            finished: self.run.finished.is_some() || done::finished(&steps),
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

/// A privacy as it is kept beside an answer.
pub(crate) fn word_of(privacy: Privacy) -> &'static str {
    match privacy {
        Privacy::Private => "private",
        Privacy::Reveal => "reveal",
        Privacy::Joint => "joint",
    }
}

fn privacy_of(word: &str) -> Option<Privacy> {
    [Privacy::Private, Privacy::Reveal, Privacy::Joint]
        .into_iter()
        .find(|privacy| word_of(*privacy) == word)
}

/// How many may read it, as an order.
fn width(privacy: Privacy) -> u8 {
    match privacy {
        Privacy::Private => 0,
        Privacy::Reveal => 1,
        Privacy::Joint => 2,
    }
}
