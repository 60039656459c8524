//! Meeting an earlier answer again.

use lesson::{Block, Kind, Privacy, RecallOf, Value};

use crate::{
    ipc::dto::{Recall, Recalled, RecalledSide, Refusal},
    kept,
    past::Past,
    reader::Reader,
};

impl Reader<'_> {
    /// What each `recall` block of the lesson finds.
    pub(crate) fn recalls(&self) -> Result<Vec<Recall>, Refusal> {
        let mut recalls = Vec::new();
        for block in self.blocks_where(|kind| matches!(kind, Kind::Recall { .. })) {
            if let Kind::Recall { of } = &block.kind {
                let (found, opened) = self.recalled(of)?;
                recalls.push(Recall {
                    block: block.id.clone(),
                    found,
                    opened,
                });
            }
        }
        Ok(recalls)
    }

    /// An earlier answer of my own or a joint one, whichever is newer, and what both opened of the field. A screen that
    /// both look at shows joint and opened words only, and says the same of anything else whether it was written or not.
    fn recalled(&self, of: &RecallOf) -> Result<(Recalled, Vec<RecalledSide>), Refusal> {
        let Some((lesson, asked)) = self.asked(of) else {
            return Ok((Recalled::Nothing, Vec::new()));
        };
        let written = |past: Vec<Past>| past.into_iter().find(|past| !past.value.is_blank());
        let joint = written(self.joint_past(lesson, asked)?);
        let own = written(self.own_past(lesson, asked)?);
        let newest = match (own, joint) {
            (Some(own), Some(joint)) if joint.kept.at.utc > own.kept.at.utc => Some(joint),
            (own, joint) => own.or(joint),
        };
        let opened = self.opened_past(lesson, asked)?;
        let opened: Vec<RecalledSide> = opened
            .iter()
            .map(|(author, value)| RecalledSide {
                seat: self.sitting.seat_of(author),
                lines: part_of(asked, value, of),
            })
            .filter(|side| !side.lines.is_empty())
            .collect();
        let mut opened = opened;
        opened.sort_by_key(|side| side.seat);
        let words = newest.and_then(|past| {
            let lines = part_of(asked, &past.value, of);
            (!lines.is_empty()).then_some(Recalled::Words {
                lines,
                prompt: past.kept.answer.prompt,
            })
        });
        let looks_alone = self.sitting.own().is_some();
        let is_joint = kept::privacy_in(asked, true) == Some(Privacy::Joint);
        let found = words.unwrap_or(if looks_alone || is_joint || !opened.is_empty() {
            Recalled::Nothing
        } else {
            Recalled::Covered
        });
        Ok((found, opened))
    }
}

fn part_of(asked: &Block, value: &Value, of: &RecallOf) -> Vec<String> {
    let Some(part) = &of.part else {
        return value.as_lines(asked);
    };
    match value {
        Value::Marks { marks } => {
            let one = marks.get_key_value(part).map(|(row, mark)| (row.clone(), *mark));
            let one = Value::Marks {
                marks: one.into_iter().collect(),
            };
            one.as_lines(asked)
        }
        _ => {
            let words = value.part(part).into_iter().map(str::to_owned);
            words.filter(|words| !words.trim().is_empty()).collect()
        }
    }
}
