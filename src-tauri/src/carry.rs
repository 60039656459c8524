//! On one's own first, then with the other: what somebody picks of what they wrote on their own goes over into a run with
//! the other, one by one, and nothing else does.
//!
//! Only on that person's own turn. The other is told neither what there is to pick nor that there is anything: what
//! arrives is a draft like any other, or, where both write, an answer of both. The answer on one's own stays as it is.

use lesson::{Block, Id, Kind, Privacy, Value};
use vault::Ledger;

use crate::{
    agreement,
    ipc::dto::{Becomes, Carry, Refusal, RunState},
    kept,
    reader::Reader,
    session::Session,
};

impl Session {
    /// On my own turn in a sitting for two: what I wrote on my own in this lesson and could carry over into this run. What
    /// has an answer here already, or is sealed, is not in it.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` off one's own turn; `Storage`.
    pub fn carries(&self, token: &str, run: &str) -> Result<Vec<Carry>, Refusal> {
        Ok(self
            .reader(token, run)?
            .carries()?
            .into_iter()
            .map(|(carry, _)| carry)
            .collect())
    }

    /// Carries over the answers to these fields, and no other.
    ///
    /// # Errors
    /// As [`Session::carries`]; `NotHere` for a field that is not among them. After `Storage` some may be carried over.
    pub fn carry_over(&mut self, token: &str, run: &str, fields: &[Id]) -> Result<RunState, Refusal> {
        self.mend_files(token)?;
        let at = self.now();
        let name = self.sitting_name().to_owned();
        let reader = self.reader(token, run)?;
        let author = reader.sitting.own().ok_or(Refusal::NotHere)?.1.person().clone();
        let all = reader.carries()?;
        let mut answers = Vec::new();
        for field in fields {
            let picked = all.iter().find(|(carry, _)| carry.field == *field);
            let (carry, value) = picked.ok_or(Refusal::NotHere)?;
            let block = reader.lesson.block(field).ok_or(Refusal::NotHere)?;
            answers.push((carry.becomes, reader.answer(block, value).ok_or(Refusal::NotHere)?));
        }
        let sitting = self.sitting_mut(token)?;
        let who = sitting.who;
        let (space, shared) = sitting.spaces.side_mut(who).ok_or(Refusal::NotHere)?;
        for (becomes, writing) in answers {
            let (answer, words) = (&writing.answer, writing.words());
            match becomes {
                Becomes::Ours => shared.save_findable(answer, words, &author, &name, at)?,
                Becomes::OnlyMe | Becomes::Draft => space.save_findable(answer, words, &name, at)?,
            };
        }
        self.run_state(token, run)
    }
}

impl Reader<'_> {
    fn carries(&self) -> Result<Vec<(Carry, Value)>, Refusal> {
        let (_, space) = self
            .sitting
            .own()
            .filter(|_| self.sitting.is_two())
            .ok_or(Refusal::NotHere)?;
        let sealed = space.frozen(&self.run.id)?;
        let mut runs = Vec::new();
        for run in space.runs()?.into_iter().rev() {
            if run.pack == self.run.pack && run.lesson == self.run.lesson {
                runs.push(space.answers(&run.id)?);
            }
        }
        let mut all = Vec::new();
        for block in self.lesson.fields() {
            let Some(privacy) = self.privacy(block) else { continue };
            let (here, becomes) = match privacy {
                Privacy::Private => (&self.own, Becomes::OnlyMe),
                Privacy::Reveal => (&self.own, Becomes::Draft),
                Privacy::Joint => (&self.joint, Becomes::Ours),
            };
            let stands = here.get(&block.id).is_some_and(|(value, ..)| !value.is_blank());
            let held_fast = sealed.iter().any(|field| field == block.id.as_str())
                || (privacy == Privacy::Joint && self.decides_a_seal(&block.id)?);
            if stands || held_fast {
                continue;
            }
            // The newest run on my own in which there are words for it.
            let found = runs.iter().find_map(|answers| {
                let (by_field, _) = kept::sorted(&self.lesson, false, false, answers);
                let (value, _, kept) = by_field.get(&block.id)?;
                let value = carried(block, value);
                let fits = !value.is_blank() && lesson::fits(block, &value).is_ok();
                fits.then(|| (value, kept.at.local()))
            });
            all.extend(found.map(|(value, at)| {
                let carry = Carry {
                    field: block.id.clone(),
                    prompt: block.prompt_text.clone(),
                    lines: kept::lines(Some(block), &value),
                    at,
                    becomes,
                };
                (carry, value)
            }));
        }
        Ok(all)
    }
}

/// What goes over of an answer: its words. That one agreed with oneself binds nobody.
fn carried(block: &Block, value: &Value) -> Value {
    match block.kind {
        Kind::Agreement { .. } => agreement::worded(None, value),
        _ => value.clone(),
    }
}
