//! An answer that was kept, held against the lesson as it is now: whose answer is it, and may it be shown as that?
//!
//! Lessons are edited after people answered them. No edit may lose a word, and none may show one to somebody it
//! was not written for. So an answer either is the field's, or stands beside the empty field as *earlier wording*,
//! under the privacy it was written under, for its writer to copy over.

use std::collections::BTreeMap;

use crate::{Block, Choice, Gap, Id, Kind, Lesson, Privacy, Row, Value, fits};

/// An answer as it was kept.
#[derive(Clone, Copy, Debug)]
pub struct Kept<'k> {
    /// The field's id at the time.
    pub field: &'k Id,
    /// The field's rev at the time.
    pub rev: u32,
    /// The privacy it was written under.
    pub privacy: Privacy,
    /// What was answered.
    pub value: &'k Value,
}

/// What a kept answer is now.
#[derive(Clone, Debug, PartialEq)]
pub struct Now<'l> {
    /// The field it belongs to.
    pub block: &'l Block,
    /// The answer, with the names that its parts have now.
    pub value: Value,
    /// Why it is not the field's answer but earlier wording; `None` if it is the field's answer.
    pub earlier: Option<Earlier>,
}

/// Why an answer is earlier wording.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Earlier {
    /// More people would read it now than it was written for.
    Wider,
    /// It was both people's, and the field is now one person's.
    Shared,
    /// What is asked means something else now.
    Meaning,
    /// It is of a form that the field does not have any more.
    Form,
}

/// Where a kept answer belongs now. `alone` in a run on one's own, where every field is kept as *only me*.
///
/// `None` when the lesson has no such field any more: the answer is then set aside, never dropped.
pub fn now<'l>(lesson: &'l Lesson, kept: &Kept<'_>, alone: bool) -> Option<Now<'l>> {
    let block = lesson
        .fields()
        .find(|block| block.id == *kept.field)
        .or_else(|| lesson.fields().find(|block| block.was.contains(kept.field)))?;
    let value = renamed(kept.value, &block.kind);
    let asked = match block.privacy {
        Some(privacy) if !alone => privacy,
        _ => Privacy::Private,
    };
    let earlier = if width(asked) > width(kept.privacy) {
        Some(Earlier::Wider)
    } else if kept.privacy == Privacy::Joint && asked != Privacy::Joint {
        Some(Earlier::Shared)
    } else if kept.rev != block.rev {
        Some(Earlier::Meaning)
    } else if fits(block, &value).is_err() {
        Some(Earlier::Form)
    } else {
        None
    };
    Some(Now { block, value, earlier })
}

impl Now<'_> {
    /// What can be copied into the field, if its writer wants that; `None` where nothing of it fits.
    pub fn carries(&self) -> Option<Value> {
        let value = reduced(&self.value, &self.block.kind);
        (fits(self.block, &value).is_ok() && !value.is_blank()).then_some(value)
    }
}

/// How many may read it.
fn width(privacy: Privacy) -> u8 {
    match privacy {
        Privacy::Private => 0,
        Privacy::Reveal => 1,
        Privacy::Joint => 2,
    }
}

/// Things with a name that had other names before.
trait Renamed {
    fn id(&self) -> &Id;
    fn was(&self) -> &[Id];
}

macro_rules! renamed {
    ($($name:ident)*) => { $(impl Renamed for $name {
        fn id(&self) -> &Id { &self.id }
        fn was(&self) -> &[Id] { &self.was }
    })* };
}
renamed!(Choice Row Gap);

/// A name as it is now.
fn named<T: Renamed>(id: &Id, things: &[T]) -> Id {
    if things.iter().any(|thing| thing.id() == id) {
        return id.clone();
    }
    let thing = things.iter().find(|thing| thing.was().contains(id));
    thing.map_or(id, |thing| thing.id()).clone()
}

/// What was picked under an old and a new name was picked once.
fn rename<T: Renamed>(ids: &mut Vec<Id>, things: &[T]) {
    let mut now: Vec<Id> = Vec::new();
    for id in ids.drain(..) {
        let id = named(&id, things);
        if !now.contains(&id) {
            now.push(id);
        }
    }
    *ids = now;
}

fn keyed<V: Clone, T: Renamed>(map: &BTreeMap<Id, V>, things: &[T]) -> BTreeMap<Id, V> {
    // What stands under the new name already was said later.
    let mut renamed: BTreeMap<Id, V> = BTreeMap::new();
    for (id, value) in map {
        let now = named(id, things);
        if now == *id {
            renamed.insert(now, value.clone());
        } else {
            renamed.entry(now).or_insert_with(|| value.clone());
        }
    }
    renamed
}

/// An answer with its parts under the names that they have now.
fn renamed(value: &Value, kind: &Kind) -> Value {
    let mut value = value.clone();
    match (&mut value, kind) {
        (
            Value::Picks { picks, .. },
            Kind::Choice { options } | Kind::Choices { options, .. } | Kind::Checklist { items: options },
        ) => rename(picks, options),
        (Value::Practice { pick: Some(pick), .. }, Kind::Practice { options, .. }) => *pick = named(pick, options),
        (Value::Entries { entries }, Kind::Log { tags, .. }) => {
            for entry in entries {
                rename(&mut entry.tags, tags);
            }
        }
        (
            Value::Sorted {
                cards: placed, chosen, ..
            },
            Kind::Sort { piles, cards, .. },
        ) => {
            for card in placed {
                card.card = named(&card.card, cards);
                card.pile = card.pile.as_ref().map(|pile| named(pile, piles));
            }
            rename(chosen, cards);
        }
        (Value::Marks { marks }, Kind::Rating { rows, .. }) => *marks = keyed(marks, rows),
        (Value::Gaps { gaps: written }, Kind::Frame { gaps }) => *written = keyed(written, gaps),
        _ => {}
    }
    value
}

/// An answer without the parts that its field no longer has.
fn reduced(value: &Value, kind: &Kind) -> Value {
    fn among<T: Renamed>(id: &Id, things: &[T]) -> bool {
        things.iter().any(|thing| thing.id() == id)
    }
    let mut value = value.clone();
    match (&mut value, kind) {
        (
            Value::Picks { picks, other },
            Kind::Choice { options } | Kind::Choices { options, .. } | Kind::Checklist { items: options },
        ) => {
            picks.retain(|pick| among(pick, options));
            other.take_if(|_| options.iter().all(|option| !option.other));
        }
        (Value::Practice { pick, other, .. }, Kind::Practice { options, .. }) => {
            pick.take_if(|pick| !among(pick, options));
            other.take_if(|_| options.iter().all(|option| !option.other));
        }
        (Value::Mark { at }, Kind::Scale { from, to, .. }) => {
            at.take_if(|at| *at < *from || *at > *to);
        }
        (Value::Marks { marks }, Kind::Rating { from, to, rows, .. }) => {
            marks.retain(|id, mark| among(id, rows) && (*from..=*to).contains(mark));
        }
        (
            Value::Sorted {
                cards: placed,
                own,
                chosen,
            },
            Kind::Sort {
                piles,
                cards,
                own: may_add,
                ..
            },
        ) => {
            if !may_add {
                own.clear();
            }
            placed.retain(|card| {
                let known = among(&card.card, cards) || own.contains_key(&card.card);
                known && card.pile.as_ref().map_or(piles.is_empty(), |pile| among(pile, piles))
            });
            chosen.retain(|id| placed.iter().any(|card| card.card == *id));
        }
        (Value::Gaps { gaps: written }, Kind::Frame { gaps }) => written.retain(|id, _| among(id, gaps)),
        (Value::Stages { stages: written }, Kind::Cycle { stages, .. }) => {
            written.retain(|id, _| stages.iter().any(|stage| stage.id == *id));
        }
        _ => {}
    }
    value
}
