//! Agreements: both word them, each accepts on their own turn, either ends them.
//!
//! Who accepted is never taken from the page: it follows from whose turn it was. A change of the words is accepted by
//! nobody yet. On one's own, an agreement is with oneself.

use chrono::{Days, NaiveDate};
use lesson::{Id, Kind, Value};

use crate::{
    held::Owner,
    ipc::dto::{AgreementStanding, AgreementState, Refusal, RunState, Seat},
    reader::Reader,
    session::Session,
};

/// What is kept of an agreement.
#[derive(Clone, Default)]
struct Words {
    text: String,
    accepted: Vec<String>,
    since: Option<NaiveDate>,
    ended: Option<NaiveDate>,
}

impl Words {
    fn of(value: Option<&Value>) -> Words {
        match value {
            Some(Value::Agreement {
                text,
                accepted,
                since,
                ended,
            }) => Words {
                text: text.clone(),
                accepted: accepted.clone(),
                since: *since,
                ended: *ended,
            },
            _ => Words::default(),
        }
    }

    fn value(self) -> Value {
        Value::Agreement {
            text: self.text,
            accepted: self.accepted,
            since: self.since,
            ended: self.ended,
        }
    }
}

/// A new wording over what stands. The same words keep what was agreed about them; other words start afresh, whatever
/// the page says of who accepted them.
pub(crate) fn worded(stands: Option<&Value>, new: &Value) -> Value {
    let (stands, new) = (Words::of(stands), Words::of(Some(new)));
    if stands.text == new.text {
        return stands.value();
    }
    Words {
        text: new.text,
        ..Words::default()
    }
    .value()
}

/// Whether somebody has accepted, or ended, these words: they are kept as a version before others take their place.
pub(crate) fn binds(value: &Value) -> bool {
    let words = Words::of(Some(value));
    !words.accepted.is_empty() || words.ended.is_some()
}

impl Session {
    /// On my own turn, or on my own: I accept these words.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` while both look, or without words; `Unsaved` while words are held that could not be
    /// written; `Storage`.
    pub fn accept_agreement(&mut self, token: &str, run: &str, field: &Id) -> Result<RunState, Refusal> {
        self.change_agreement(token, run, field, |words, seat, both, today| {
            if words.ended.is_some() {
                return Err(Refusal::NotHere);
            }
            let me = seat.word().to_owned();
            if !words.accepted.contains(&me) {
                words.accepted.push(me);
                words.accepted.sort();
            }
            if words.since.is_none() && words.accepted.len() >= both {
                words.since = Some(today);
            }
            Ok(())
        })
    }

    /// On my own turn, or on my own: I end it. Its words stay to be read.
    ///
    /// # Errors
    /// As [`Session::accept_agreement`].
    pub fn end_agreement(&mut self, token: &str, run: &str, field: &Id) -> Result<RunState, Refusal> {
        self.change_agreement(token, run, field, |words, _, _, today| {
            words.ended.get_or_insert(today);
            Ok(())
        })
    }

    fn change_agreement(
        &mut self,
        token: &str,
        run: &str,
        field: &Id,
        change: impl FnOnce(&mut Words, Seat, usize, NaiveDate) -> Result<(), Refusal>,
    ) -> Result<RunState, Refusal> {
        self.mend_files(token)?;
        self.write_held();
        let reader = self.reader(token, run)?;
        let block = reader.lesson.block(field).ok_or(Refusal::NotHere)?;
        if !matches!(block.kind, Kind::Agreement { .. }) || !reader.shows(block) {
            return Err(Refusal::NotHere);
        }
        let (seat, space) = reader.sitting.own().ok_or(Refusal::NotHere)?;
        let (owner, both, stands) = if reader.sitting.is_two() {
            (Owner::Ours, 2, reader.joint.get(field))
        } else {
            (Owner::Mine(space.person().clone()), 1, reader.own.get(field))
        };
        let (value, _, save) = stands.ok_or(Refusal::NotHere)?;
        if *save == 0 {
            return Err(Refusal::Unsaved);
        }
        let mut words = Words::of(Some(value));
        if words.text.trim().is_empty() {
            return Err(Refusal::NotHere);
        }
        change(&mut words, seat, both, reader.today)?;
        let answer = reader.answer(block, &words.value()).ok_or(Refusal::NotHere)?;
        self.write(&owner, &answer)?;
        self.run_state(token, run)
    }
}

impl Reader<'_> {
    /// How each agreement of the lesson stands.
    pub(crate) fn agreements(&self) -> Vec<AgreementState> {
        let both = if self.sitting.is_two() { 2 } else { 1 };
        let answers = if self.sitting.is_two() { &self.joint } else { &self.own };
        self.blocks_where(|kind| matches!(kind, Kind::Agreement { .. }))
            .map(|block| {
                let words = Words::of(answers.get(&block.id).map(|(value, ..)| value));
                let accepted: Vec<Seat> = words.accepted.iter().filter_map(|word| Seat::read(word)).collect();
                let state = match accepted.len() {
                    _ if words.text.trim().is_empty() => AgreementStanding::Blank,
                    _ if words.ended.is_some() => AgreementStanding::Ended,
                    0 => AgreementStanding::Proposed,
                    some if some < both => AgreementStanding::Waiting,
                    _ => AgreementStanding::Agreed,
                };
                let agreed = state == AgreementStanding::Agreed;
                let since = words.since.filter(|_| agreed);
                AgreementState {
                    field: block.id.clone(),
                    state,
                    accepted,
                    since,
                    review: review(&block.kind, since),
                }
            })
            .collect()
    }
}

/// The day to look at an agreement again.
pub(crate) fn review(kind: &Kind, since: Option<NaiveDate>) -> Option<NaiveDate> {
    match kind {
        Kind::Agreement { review: Some(days) } => since?.checked_add_days(Days::new(u64::from(*days))),
        _ => None,
    }
}

/// The words of an agreement that holds, and since when.
pub(crate) fn in_force(value: &Value, both: usize) -> Option<(String, NaiveDate)> {
    let words = Words::of(Some(value));
    let holds = words.ended.is_none() && words.accepted.len() >= both;
    Some((words.text, words.since?)).filter(|_| holds)
}
