//! Giving one line of a private answer to the other: an answer of both from then on, and the rest stays where it is.

use lesson::{Block, Id, Kind, Privacy, Value};
use vault::Kept;

use crate::{
    ipc::dto::{Given, Refusal, RunState},
    reader::Reader,
    session::Session,
    sitting::Sitting,
};

/// How a given line is named in the shared file. No field can have such a name.
pub(crate) const PREFIX: &str = "given/";

impl Session {
    /// On my own turn: gives one line of a private answer of mine to the other. The line has to stand in the answer as
    /// it is kept, word for word: what was confirmed is what is given. Giving it again changes nothing.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` off one's own turn, for a field that gives nothing or a line it does not hold; `Unsaved`
    /// while the words are held that could not be written; `Storage`.
    pub fn send_line(&mut self, token: &str, run: &str, field: &Id, line: &str) -> Result<RunState, Refusal> {
        self.mend_files(token)?;
        self.write_held();
        let at = self.now();
        let name = self.sitting_name().to_owned();
        let reader = self.reader(token, run)?;
        let block = reader.lesson.block(field).ok_or(Refusal::NotHere)?;
        let gives = block.send && reader.privacy(block) == Some(Privacy::Private) && reader.sitting.is_two();
        let (seat, space) = reader.sitting.own().filter(|_| gives).ok_or(Refusal::NotHere)?;
        let (value, _, save) = reader.own.get(field).ok_or(Refusal::NotHere)?;
        if *save == 0 {
            return Err(Refusal::Unsaved);
        }
        if line.trim().is_empty() || !items(block, value).iter().any(|item| item == line) {
            return Err(Refusal::NotHere);
        }
        let mut lines: Vec<String> = reader
            .given
            .iter()
            .filter(|given| given.seat == seat && given.field == *field)
            .map(|given| given.line.clone())
            .collect();
        if lines.iter().any(|given| given == line) {
            return self.run_state(token, run);
        }
        lines.push(line.to_owned());
        let (author, mut writing) = (
            space.person().clone(),
            reader
                .answer(
                    block,
                    &Value::Lines {
                        lines,
                        chosen: Vec::new(),
                    },
                )
                .ok_or(Refusal::NotHere)?,
        );
        let answer = &mut writing.answer;
        answer.field = format!("{PREFIX}{field}/{}", seat.word());
        answer.kind = "given".to_owned();
        answer.privacy = "joint".to_owned();
        let shared = self.sitting_mut(token)?.shared_mut().ok_or(Refusal::NotHere)?;
        shared.save_findable(&writing.answer, writing.words(), &author, &name, at)?;
        self.run_state(token, run)
    }
}

/// The single things an answer holds, each of which can be given: lines, cards, what was picked; a sentence is one.
fn items(block: &Block, value: &Value) -> Vec<String> {
    match (value, &block.kind) {
        (Value::Sorted { cards, own, .. }, Kind::Sort { cards: known, .. }) => cards
            .iter()
            .filter_map(|placed| {
                let card = known.iter().find(|card| card.id == placed.card);
                card.map(|card| card.text.clone())
                    .or_else(|| own.get(&placed.card).cloned())
            })
            .collect(),
        (Value::Entries { entries }, _) => {
            let notes = entries.iter().map(|entry| entry.note.clone());
            notes.filter(|note| !note.is_empty()).collect()
        }
        (Value::Stages { stages: parts } | Value::Gaps { gaps: parts }, _) => {
            parts.values().cloned().chain(value.as_lines(block)).collect()
        }
        _ => value.as_lines(block),
    }
}

impl Reader<'_> {
    /// The lines both may read because one gave them.
    pub(crate) fn read_given(sitting: &Sitting, kept: &[Kept]) -> Vec<Given> {
        let mut given = Vec::new();
        for kept in kept {
            let Some((field, lines)) = of(kept) else { continue };
            let Some(seat) = kept.author.as_ref().map(|author| sitting.seat_of(author)) else {
                continue;
            };
            given.extend(lines.into_iter().map(|line| Given {
                field: field.clone(),
                seat,
                line,
            }));
        }
        given
    }
}

/// The field a kept answer of both was given from, and the lines; none for any other answer.
pub(crate) fn of(kept: &Kept) -> Option<(Id, Vec<String>)> {
    let (field, _) = kept.answer.field.strip_prefix(PREFIX)?.split_once('/')?;
    match serde_json::from_str(&kept.answer.value) {
        Ok(Value::Lines { lines, .. }) => Some((Id::new(field).ok()?, lines)),
        _ => None,
    }
}
