//! Seals and openings, between a lesson's steps and the vault's commitments.
//!
//! What is sealed is a step's `reveal` fields, each cut into the layers that open apart: a loop's surface and what
//! lies underneath it. The vault keeps the texts and checks them; this module only says which texts there are.

use lesson::{Block, Id, Layer as LessonLayer, Privacy, Step, Value};
use vault::reveal::{self, Leaf, Status};

use crate::{
    ipc::dto::{Layer, LayerName, Opened, Refusal, Reveal, RunState, Seat, Side},
    map, overlap,
    reader::Reader,
    session::Session,
    sitting::Spaces,
};

impl LayerName {
    fn word(self) -> &'static str {
        match self {
            LayerName::Surface => "surface",
            LayerName::Under => "under",
        }
    }
}

impl From<LessonLayer> for LayerName {
    fn from(layer: LessonLayer) -> LayerName {
        match layer {
            LessonLayer::Surface => LayerName::Surface,
            LessonLayer::Under => LayerName::Under,
        }
    }
}

impl Session {
    /// Seals my side of a step. With `keep`, an empty answer is sealed in its place: the words stay with me, and
    /// nobody waits. `last_save` is the number of the last save that the page saw confirmed.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` off one's own turn; `Unsaved` when there is newer text; `Sealed`; `Storage`.
    pub fn seal(&mut self, token: &str, run: &str, step: &Id, last_save: u32, keep: bool) -> Result<RunState, Refusal> {
        let at = self.now();
        self.write_held();
        let reader = self.reader(token, run)?;
        if reader.holds_mine() {
            return Err(Refusal::Unsaved);
        }
        let (id, version) = (reader.run.id.clone(), reader.lesson.meta.version.clone());
        let leaves = reader.leaves(reader.step(step)?, keep);
        let last_save = u64::from(last_save).max(reader.unread);
        let source = reader.source().map(str::to_owned);
        let sitting = self.sitting_mut(token)?;
        let who = sitting.who;
        let (space, shared) = sitting.spaces.side_mut(who).ok_or(Refusal::NotHere)?;
        let pin = source.as_deref().map(|text| (version.as_str(), text));
        reveal::seal(space, shared, &id, step.as_str(), last_save, &leaves, pin, at)?;
        if let Spaces::Two { a, b, shared } = &mut sitting.spaces {
            // Once both have sealed, each person's own file keeps both commitments.
            for space in [a, b] {
                reveal::note_commitments(space, shared, &id, step.as_str())?;
            }
        }
        self.run_state(token, run)
    }

    /// Takes my seal back, while the other has not sealed.
    ///
    /// # Errors
    /// As [`Session::seal`].
    pub fn unseal(&mut self, token: &str, run: &str, step: &Id) -> Result<RunState, Refusal> {
        let id = self.reader(token, run)?.run.id.clone();
        let sitting = self.sitting_mut(token)?;
        let who = sitting.who;
        let (space, shared) = sitting.spaces.side_mut(who).ok_or(Refusal::NotHere)?;
        reveal::unseal(space, shared, &id, step.as_str())?;
        self.run_state(token, run)
    }

    /// Ends both seals of a step before anything of it is opened. Either may, at any time.
    ///
    /// # Errors
    /// As [`Session::seal`].
    pub fn set_aside(&mut self, token: &str, run: &str, step: &Id) -> Result<RunState, Refusal> {
        let id = self.reader(token, run)?.run.id.clone();
        let sitting = self.sitting_mut(token)?;
        sitting.said.retain(|(of, at, ..)| *of != id || at != step.as_str());
        let Spaces::Two { a, b, shared } = &mut sitting.spaces else {
            return Err(Refusal::NotHere);
        };
        reveal::set_aside(&mut [a, b], shared, &id, step.as_str())?;
        self.run_state(token, run)
    }

    /// On my own turn: I want this layer opened now. It opens once both have said so in one sitting.
    ///
    /// # Errors
    /// As [`Session::seal`]; `NotBothSealed`; `Mismatch` when what was sealed is not what would be shown.
    pub fn say_open(&mut self, token: &str, run: &str, step: &Id, layer: LayerName) -> Result<RunState, Refusal> {
        let at = self.now();
        let reader = self.reader(token, run)?;
        let id = reader.run.id.clone();
        let (seat, _) = reader.sitting.own().ok_or(Refusal::NotHere)?;
        let reveals = reader.reveals()?;
        let this = reveals
            .iter()
            .find(|reveal| reveal.step == *step)
            .ok_or(Refusal::NotHere)?;
        if !this.sides.iter().all(|side| side.sealed) {
            return Err(Refusal::NotBothSealed);
        }
        if !this.may_open_next(layer) {
            return Err(Refusal::NotHere);
        }
        let of = reader.step(step)?.clone();
        let has_layers = sealed_fields(&of).next().is_some();
        let sitting = self.sitting_mut(token)?;
        let Spaces::Two { a, b, shared } = &mut sitting.spaces else {
            return Err(Refusal::NotHere);
        };
        let both = [Seat::A, Seat::B].map(|seat| (id.clone(), step.to_string(), layer, seat));
        sitting.said.insert((id.clone(), step.to_string(), layer, seat));
        if both.iter().all(|saying| sitting.said.contains(saying)) {
            // In this order, so that what a crash leaves undone can be said again.
            if layer == LayerName::Surface {
                overlap::open(a, b, shared, &id, &of, at)?;
            }
            if has_layers {
                reveal::open(a, b, shared, &id, step.as_str(), layer.word(), at)?;
            }
        }
        self.run_state(token, run)
    }
}

impl Reveal {
    /// A layer opens after the ones before it, and once.
    fn may_open_next(&self, layer: LayerName) -> bool {
        self.layers
            .iter()
            .find(|known| known.opened.is_none())
            .is_some_and(|next| next.name == layer)
    }
}

impl Reader<'_> {
    /// A step of the lesson.
    pub(crate) fn step(&self, id: &Id) -> Result<&Step, Refusal> {
        self.lesson
            .steps
            .iter()
            .find(|step| step.id == *id)
            .ok_or(Refusal::NotHere)
    }

    /// What of mine would be sealed in a step: each shown `reveal` field, layer by layer. A field left blank is
    /// sealed as `null`; a kept one as nothing at all.
    fn leaves(&self, step: &Step, keep: bool) -> Vec<Leaf> {
        let mut leaves = Vec::new();
        for block in sealed_fields(step).filter(|block| self.shows(block)) {
            for layer in lesson::layers(block) {
                let text = match self.own.get(&block.id) {
                    _ if keep => String::new(),
                    Some((value, ..)) => value.layer_of(block, layer).canonical(),
                    None => "null".to_owned(),
                };
                leaves.push(Leaf {
                    field: block.id.to_string(),
                    layer: LayerName::from(layer).word().to_owned(),
                    rev: block.rev,
                    text,
                });
            }
        }
        for (block, of) in overlap::overlaps(step).filter(|(block, _)| self.shows(block)) {
            let own = self.own.get(&block.id).map(|(value, ..)| value);
            leaves.extend(overlap::leaves(block, of, own.filter(|_| !keep)));
        }
        leaves
    }

    /// Seals and openings of each step that has something to open together.
    pub(crate) fn reveals(&self) -> Result<Vec<Reveal>, Refusal> {
        let Spaces::Two { a, b, shared } = &self.sitting.spaces else {
            return Ok(Vec::new());
        };
        let opened = reveal::opened(shared, &self.run.id, &[a, b])?;
        let mut reveals = Vec::new();
        for step in &self.lesson.steps {
            let fields: Vec<&Block> = sealed_fields(step).collect();
            let overlapped = self.opened_overlaps(step)?;
            let only_overlaps = fields.is_empty() && overlap::overlaps(step).next().is_some();
            if fields.is_empty() && !only_overlaps {
                continue;
            }
            let status = reveal::status(shared, &self.run.id, step.id.as_str())?;
            let sides = [(Seat::A, a), (Seat::B, b)].map(|(seat, space)| Side {
                seat,
                sealed: status.sealed_by(space.person()),
            });
            let here: Vec<&reveal::Opened> = opened.iter().filter(|one| one.step == step.id.as_str()).collect();
            let mut layers: Vec<Layer> = layers_of(&fields)
                .map(|name| self.layer(step, name, &status, &here))
                .collect();
            if only_overlaps {
                // It has no layer of its own, and opens as if it were the surface.
                let mut surface = self.layer(step, LayerName::Surface, &status, &here);
                surface.opened = (!overlapped.is_empty()).then(Vec::new);
                layers.push(surface);
            }
            if let Some(opened) = layers.first_mut().and_then(|layer| layer.opened.as_mut()) {
                opened.extend(overlapped);
            }
            reveals.push(Reveal {
                step: step.id.clone(),
                sides: sides.to_vec(),
                layers,
            });
        }
        Ok(reveals)
    }

    fn layer(&self, step: &Step, name: LayerName, status: &Status, opened: &[&reveal::Opened]) -> Layer {
        let said = [Seat::A, Seat::B]
            .into_iter()
            .filter(|seat| {
                self.sitting
                    .said
                    .contains(&(self.run.id.clone(), step.id.to_string(), name, *seat))
            })
            .collect();
        let opened = status.opened(name.word()).then(|| {
            let here = opened.iter().filter(|one| one.layer == name.word());
            let mut here: Vec<Opened> = here.filter_map(|one| self.opening(one)).collect();
            // By seat within a field: the ids of people are drawn at random, and would set them in either order.
            here.sort_by(|one, other| (&one.field, one.seat).cmp(&(&other.field, other.seat)));
            here
        });
        Layer { name, said, opened }
    }

    fn opening(&self, opened: &reveal::Opened) -> Option<Opened> {
        let field = Id::new(&opened.field).ok()?;
        let block = self.lesson.block(&field)?;
        let value = match opened.text.as_deref() {
            None => None,
            Some(text) => Some(
                serde_json::from_str::<Option<Value>>(text)
                    .ok()?
                    .or_else(|| map::blank(&block.kind))?,
            ),
        };
        Some(Opened {
            seat: self.sitting.seat_of(&opened.author),
            field,
            value,
        })
    }
}

/// The fields of a step that are sealed and opened whole, layer by layer. A sort with an overlap has no layers: its
/// cards are sealed one by one (`overlap`).
fn sealed_fields(step: &Step) -> impl Iterator<Item = &Block> {
    map::fields_of(step, Privacy::Reveal).filter(|block| !lesson::layers(block).is_empty())
}

/// The layers that a step's fields have between them, in the order they open.
fn layers_of(fields: &[&Block]) -> impl Iterator<Item = LayerName> {
    [LessonLayer::Surface, LessonLayer::Under]
        .into_iter()
        .filter(|layer| fields.iter().any(|block| lesson::layers(block).contains(layer)))
        .map(LayerName::from)
}
