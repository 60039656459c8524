//! Agreements: both word them, each accepts on their own turn, either ends them.
//!
//! Who accepted is never taken from the page: it follows from whose turn it was. A change of the words is accepted by
//! nobody yet. On one's own, an agreement is with oneself.

use chrono::NaiveDate;
use lesson::{Block, Id, Kind, Privacy, Value};
use progress::agreement::{self, Standing};

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

    /// As the rules see it, for the person of a seat; on one's own, the other always agrees.
    fn rule(&self, mine: Seat, joint: bool) -> agreement::Agreement {
        let accepted = |seat: Seat| self.accepted.iter().any(|word| word == seat.word());
        agreement::Agreement {
            worded: !self.text.trim().is_empty(),
            mine: if joint {
                accepted(mine)
            } else {
                !self.accepted.is_empty()
            },
            theirs: !joint || accepted(mine.other()),
            since: self.since,
            ended: self.ended,
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
    /// On my own turn, or on my own: I accept the words that the save of this number wrote, which are those I read.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` while both look, or without words; `Unsaved` when other words stand there by now, or while
    /// words are held that could not be written; `Storage`.
    pub fn accept_agreement(&mut self, token: &str, run: &str, field: &Id, save: u32) -> Result<RunState, Refusal> {
        let read = Some(u64::from(save));
        self.change_agreement(token, run, field, read, |words, seat, joint, every, today| {
            if words.ended.is_some() {
                return Err(Refusal::NotHere);
            }
            let me = seat.word().to_owned();
            if !words.accepted.contains(&me) {
                words.accepted.push(me);
                words.accepted.sort();
            }
            let rule = words.rule(seat, joint);
            let holds = rule.standing() == Standing::Agreed;
            // Accepted again on a day to look at it: it goes on as it is, and that day has been used.
            if holds && (words.since.is_none() || rule.is_due(every, None, today)) {
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
        self.change_agreement(token, run, field, None, |words, _, _, _, today| {
            words.ended.get_or_insert(today);
            Ok(())
        })
    }

    fn change_agreement(
        &mut self,
        token: &str,
        run: &str,
        field: &Id,
        read: Option<u64>,
        change: impl FnOnce(&mut Words, Seat, bool, Option<u32>, NaiveDate) -> Result<(), Refusal>,
    ) -> Result<RunState, Refusal> {
        self.mend_files(token)?;
        self.write_held();
        let reader = self.reader(token, run)?;
        let block = reader.lesson.block(field).ok_or(Refusal::NotHere)?;
        let Kind::Agreement { review } = block.kind else {
            return Err(Refusal::NotHere);
        };
        let (seat, space) = reader
            .sitting
            .own()
            .filter(|_| reader.shows(block))
            .ok_or(Refusal::NotHere)?;
        let joint = reader.privacy(block) == Some(Privacy::Joint);
        let (owner, stands) = if joint {
            (Owner::Ours, reader.joint.get(field))
        } else {
            (Owner::Mine(space.person().clone()), reader.own.get(field))
        };
        let author = space.person().clone();
        let (value, _, save) = stands.ok_or(Refusal::NotHere)?;
        if *save == 0 || read.is_some_and(|read| read != *save) {
            return Err(Refusal::Unsaved);
        }
        let mut words = Words::of(Some(value));
        if words.text.trim().is_empty() {
            return Err(Refusal::NotHere);
        }
        change(&mut words, seat, joint, review, reader.today)?;
        let writing = reader.answer(block, &words.value()).ok_or(Refusal::NotHere)?;
        self.write_as(&owner, &writing, Some(&author))?;
        self.run_state(token, run)
    }
}

impl Reader<'_> {
    /// How each agreement of the lesson stands.
    pub(crate) fn agreements(&self) -> Vec<AgreementState> {
        // While both look nobody asks as one of the two, and it is the same from either side.
        let seat = self.sitting.own().map_or(Seat::A, |(seat, _)| seat);
        self.blocks_where(|kind| matches!(kind, Kind::Agreement { .. }))
            .map(|block| {
                let joint = self.privacy(block) == Some(Privacy::Joint);
                let answers = if joint { &self.joint } else { &self.own };
                let value = answers.get(&block.id).map(|(value, ..)| value);
                let words = Words::of(value);
                let state = match words.rule(seat, joint).standing() {
                    Standing::Blank => AgreementStanding::Blank,
                    Standing::Agreed => AgreementStanding::Agreed,
                    Standing::Ended => AgreementStanding::Ended,
                    Standing::Proposed => AgreementStanding::Proposed,
                    _ if words.accepted.is_empty() => AgreementStanding::Proposed,
                    Standing::WaitingForMe | Standing::WaitingForTheOther => AgreementStanding::Waiting,
                };
                AgreementState {
                    field: block.id.clone(),
                    state,
                    accepted: words.accepted.iter().filter_map(|word| Seat::read(word)).collect(),
                    since: words.since.filter(|_| state == AgreementStanding::Agreed),
                    review: value.and_then(|value| review(block, value, joint, self.today)),
                }
            })
            .collect()
    }
}

/// The day to look at an agreement again, if it holds.
pub(crate) fn review(block: &Block, value: &Value, joint: bool, today: NaiveDate) -> Option<NaiveDate> {
    let Kind::Agreement { review } = block.kind else {
        return None;
    };
    Words::of(Some(value)).rule(Seat::A, joint).review(review, None, today)
}
