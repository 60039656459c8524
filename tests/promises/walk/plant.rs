//! An answer to every kind of field, with words in it that are known again wherever they turn up.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use lesson::{Block, Choice, Entry, Id, Kind, Layer, Lesson, Placed, PlanPart, Take, Value};
use pairwise::ipc::dto::Seat;

use crate::world::id;

/// Whose an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Owner {
    One(Seat),
    Ours,
}

/// One planted word.
#[derive(Debug)]
pub(super) struct Planted {
    /// As it is written.
    pub(super) text: String,
    pub(super) owner: Owner,
    /// The lesson and the field it stands in.
    pub(super) lesson: String,
    pub(super) field: Id,
    /// Opens with this layer of its step; none for a word that stays with its writer.
    pub(super) layer: Option<Layer>,
    /// Both may read it.
    pub(super) open: bool,
}

/// Every word that was planted. A word is its number, in brackets that nothing else is written in.
#[derive(Default)]
pub(super) struct Garden {
    pub(super) words: Vec<Planted>,
}

/// Which of the options there are are picked. Between them every `when=` is walked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    First,
    Second,
    Last,
}

impl Garden {
    /// The planted words in a text.
    pub(super) fn found(&self, text: &str) -> Vec<&Planted> {
        let after = text.split('⟦').skip(1);
        after
            .map(|rest| rest.split_once('⟧').unwrap().0.parse::<usize>().unwrap())
            .map(|number| &self.words[number])
            .collect()
    }

    /// An answer that fits; none for a block that keeps nothing. A `list` or `sort` with `pick` has a word that is
    /// chosen and one that is not.
    pub(super) fn answer(&mut self, asked: &Asked<'_>) -> Option<Value> {
        let Asked { block, end, .. } = *asked;
        block.privacy?;
        let surface = Some(Layer::Surface);
        Some(match &block.kind {
            Kind::Short { .. } | Kind::Long { .. } => Value::Text {
                text: self.word(asked, surface),
            },
            Kind::Choice { options } => self.picks(asked, options, 1),
            Kind::Choices { options, max, .. } => {
                self.picks(asked, options, max.map_or(options.len(), |max| max as usize))
            }
            Kind::Checklist { items } => self.picks(asked, items, items.len()),
            Kind::Scale { from, to, .. } => Value::Mark {
                at: Some(if end == End::Last { *to } else { *from }),
            },
            Kind::List { .. } => Value::Lines {
                lines: vec![
                    self.word(asked, surface),
                    self.word(asked, surface.filter(|_| !block.pick)),
                ],
                chosen: if block.pick { vec![0] } else { Vec::new() },
            },
            Kind::Rating { from, to, rows, .. } => Value::Marks {
                marks: (0..)
                    .zip(rows)
                    .map(|(at, row)| (row.id.clone(), from + at % (to - from + 1)))
                    .collect(),
            },
            Kind::Sort { piles, cards, own, .. } => self.sorted(asked, piles, cards, *own),
            Kind::Frame { gaps } => Value::Gaps {
                gaps: gaps
                    .iter()
                    .map(|gap| (gap.id.clone(), self.word(asked, surface)))
                    .collect(),
            },
            Kind::Agreement { .. } => Value::Agreement {
                text: self.word(asked, None),
                accepted: Vec::new(),
                since: None,
                ended: None,
            },
            Kind::Log { tags, .. } => Value::Entries {
                entries: vec![Entry {
                    on: asked.today,
                    tags: tags.iter().map(|tag| tag.id.clone()).collect(),
                    note: self.word(asked, surface),
                }],
            },
            Kind::Practice { options, .. } => {
                let pick = options.iter().find(|option| option.other).unwrap_or(&options[0]);
                Value::Practice {
                    pick: Some(pick.id.clone()),
                    other: pick.other.then(|| self.word(asked, surface)),
                    start: None,
                }
            }
            Kind::Talk { rounds, .. } => Value::Talk {
                rounds: *rounds,
                next: self.word(asked, None),
            },
            Kind::Cycle { stages, .. } => Value::Stages {
                stages: stages
                    .iter()
                    .map(|stage| {
                        let layer = if stage.under { Layer::Under } else { Layer::Surface };
                        (stage.id.clone(), self.word(asked, Some(layer)))
                    })
                    .collect(),
            },
            Kind::Instrument { .. } => {
                let marks = asked.instrument.unwrap().questions();
                let marks = marks
                    .into_iter()
                    .map(|question| (question.id, if end == End::Last { question.to } else { question.from }));
                Value::Takes {
                    takes: vec![Take {
                        on: asked.today,
                        marks: marks.collect(),
                    }],
                }
            }
            Kind::Plan { parts, every } => Value::Plan {
                title: self.word(asked, surface),
                author: String::new(),
                parts: match parts.as_slice() {
                    [] => vec![PlanPart {
                        title: self.word(asked, surface),
                        from: Some(1),
                        to: Some(30),
                    }],
                    parts => parts.to_vec(),
                },
                start: Some(asked.today),
                every: *every,
            },
            other => panic!("{} keeps something, and nobody here can answer it", other.name()),
        })
    }

    /// A word nobody else has. `layer` says with what it opens, if its field does.
    fn word(&mut self, asked: &Asked<'_>, layer: Option<Layer>) -> String {
        let opens = asked.block.privacy == Some(lesson::Privacy::Reveal);
        let text = format!("⟦{}⟧", self.words.len());
        self.words.push(Planted {
            text: text.clone(),
            owner: asked.owner,
            lesson: asked.lesson.to_owned(),
            field: asked.block.id.clone(),
            layer: layer.filter(|_| opens),
            open: false,
        });
        text
    }

    fn picks(&mut self, asked: &Asked<'_>, options: &[Choice], most: usize) -> Value {
        let skip = match asked.end {
            End::First => 0,
            End::Second => 1,
            End::Last => options.len().saturating_sub(most),
        };
        let picked: Vec<&Choice> = options.iter().skip(skip).take(most).collect();
        let other = picked.iter().any(|option| option.other);
        Value::Picks {
            picks: picked.into_iter().map(|option| option.id.clone()).collect(),
            other: other.then(|| self.word(asked, Some(Layer::Surface))),
        }
    }

    fn sorted(&mut self, asked: &Asked<'_>, piles: &[Choice], cards: &[Choice], own: bool) -> Value {
        let pile = |at: usize| (!piles.is_empty()).then(|| piles[at % piles.len()].id.clone());
        let mut placed: Vec<Placed> = (0..)
            .zip(cards)
            .map(|(at, card)| Placed {
                card: card.id.clone(),
                pile: pile(at),
            })
            .collect();
        let mut written = BTreeMap::new();
        if own {
            for (name, chosen) in [("own-1", true), ("own-2", false)] {
                let layer = Some(Layer::Surface).filter(|_| chosen || !asked.block.pick);
                written.insert(id(name), self.word(asked, layer));
                placed.push(Placed {
                    card: id(name),
                    pile: pile(0),
                });
            }
        }
        let chosen = match (asked.block.pick, own) {
            (false, _) => Vec::new(),
            (true, true) => vec![cards[0].id.clone(), id("own-1")],
            (true, false) => vec![cards[0].id.clone()],
        };
        Value::Sorted {
            cards: placed,
            own: written,
            chosen,
        }
    }
}

/// What is to be answered, by whom.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) lesson: &'a str,
    pub(super) block: &'a Block,
    /// The questionnaire, if the block uses one.
    pub(super) instrument: Option<&'a Lesson>,
    pub(super) owner: Owner,
    pub(super) end: End,
    pub(super) today: NaiveDate,
}
