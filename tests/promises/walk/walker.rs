//! People who go through the built-in course, answer everything, and check every reply on the way.

use std::collections::{BTreeMap, BTreeSet};

use lesson::{Audience, Block, GateOption, Id, Kind, Lesson, Privacy, Step, Value};
use pairwise::ipc::dto::{LayerName, Pace, RunState, Seat};

use super::{
    look::same,
    plant::{Asked, End, Garden, Owner},
};
use crate::world::{World, id};

pub(super) const SEATS: [Seat; 2] = [Seat::A, Seat::B];

/// Whoever looks at a reply: one person, or both.
pub(super) type Looks = Option<Seat>;

pub(super) struct Walk {
    pub(super) world: World,
    pub(super) course: course::Course,
    pub(super) garden: Garden,
    ends: [End; 2],
    /// The newest answer to each field.
    pub(super) written: BTreeMap<(Owner, Id, Id), Value>,
    /// What opened of each field.
    pub(super) opened: BTreeMap<(Seat, Id, Id), Vec<Value>>,
    /// The recalls that met words, by lesson and block.
    pub(super) met: BTreeSet<String>,
    /// The fields that were answered, by lesson and field.
    pub(super) answered: BTreeSet<String>,
    /// Replies that were read.
    pub(super) replies: usize,
}

impl Walk {
    /// `ends` says which options each picks.
    pub(super) fn new(people: usize, ends: [End; 2]) -> Walk {
        let mut world = World::built_in();
        let course = course::load(&world.path("lessons"), "en").unwrap();
        world.people(people);
        Walk {
            world,
            course,
            garden: Garden::default(),
            ends,
            written: BTreeMap::new(),
            opened: BTreeMap::new(),
            met: BTreeSet::new(),
            answered: BTreeSet::new(),
            replies: 0,
        }
    }

    pub(super) fn lesson(&self, name: &str) -> Lesson {
        self.course.lesson(&id(name)).unwrap().clone()
    }

    /// One person alone, from the first step to the end.
    pub(super) fn alone(&mut self, seat: Seat, name: &str) {
        let lesson = self.lesson(name);
        assert_ne!(lesson.meta.audience, Audience::Together, "{name}");
        self.world.lesson = name.to_owned();
        let open = self.world.enter(seat);
        self.hear(&open, Some(seat));
        let token = self.world.token.clone();
        let home = self.world.session.home(&token).unwrap();
        self.hear(&home, Some(seat));
        let middle = open.state.steps[open.state.steps.len() / 2].id.clone();
        loop {
            let step = self.step(&lesson, Some(seat));
            for block in step.blocks() {
                self.write_if_shown(&lesson, block, Owner::One(seat));
                if matches!(block.kind, Kind::Agreement { .. }) && self.shown(&step).contains(&block) {
                    let (token, run) = self.turn();
                    let save = self.world.save_of(block.id.as_str());
                    let session = &mut self.world.session;
                    let state = session.accept_agreement(&token, &run, &block.id, save).unwrap();
                    self.hear(&state, Some(seat));
                    self.note(&lesson.meta.id, block, Owner::One(seat));
                }
            }
            self.look_back(&lesson, &step, Some(seat));
            if step.id == middle {
                let before = self.page(Some(seat));
                self.world.restart();
                let resumed = self.world.enter(seat).state.place;
                if resumed != step.id {
                    // A gate keeps nothing, so it asks anew.
                    assert!(
                        lesson
                            .step(&resumed)
                            .unwrap()
                            .blocks()
                            .any(|block| matches!(block.kind, Kind::Gate { .. }))
                    );
                    let (token, run) = self.turn();
                    self.world.session.go_to_step(&token, &run, &step.id).unwrap();
                }
                same(&before, &self.page(Some(seat)), &format!("{name}: after a restart"));
            }
            if self.leave(&step, Some(seat)) {
                return;
            }
        }
    }

    /// Both in one sitting, from the first step to the end.
    pub(super) fn together(&mut self, name: &str) {
        let lesson = self.lesson(name);
        assert_ne!(lesson.meta.audience, Audience::Solo, "{name}");
        self.world.lesson = name.to_owned();
        let open = self.world.together();
        self.hear(&open, None);
        let token = self.world.token.clone();
        let page = self.world.session.course_page(&token).unwrap();
        self.hear(&page, None);
        let middle = open.state.steps[open.state.steps.len() / 2].id.clone();
        loop {
            let step = self.step(&lesson, None);
            for block in step.blocks() {
                self.write_if_shown(&lesson, block, Owner::Ours);
            }
            let before = self.page(None);
            for seat in SEATS {
                self.on_a_turn(seat, |walk| {
                    for block in step.blocks() {
                        walk.write_if_shown(&lesson, block, Owner::One(seat));
                    }
                    walk.look_back(&lesson, &step, Some(seat));
                });
            }
            same(
                &before,
                &self.page(None),
                &format!("{name}, {}: a turn leaves a trace", step.id),
            );
            self.look_back(&lesson, &step, None);
            for seat in SEATS {
                self.on_a_turn(seat, |walk| walk.settle(&lesson, &step, seat));
            }
            if step.id == middle {
                self.restart_together(name);
            }
            for block in self.shown(&step) {
                if let Kind::Compare { of } = &block.kind {
                    let fields = of.iter().flat_map(|of| [Some(&of.field), of.against.as_ref()]);
                    let steps: BTreeSet<Id> = fields
                        .flatten()
                        .map(|field| lesson.step_of(field).unwrap().id.clone())
                        .collect();
                    for of in steps {
                        self.open(&lesson, &of);
                    }
                }
            }
            if self.leave(&step, None) {
                break;
            }
        }
        let state = self.world.state();
        for reveal in &state.reveals {
            let shown = state.steps.iter().any(|step| step.id == reveal.step);
            let open = reveal.layers.iter().all(|layer| layer.opened.is_some());
            assert!(open || !shown, "{name}: nothing ever sets {} side by side", reveal.step);
        }
    }

    /// What is to be done on one's own turn besides writing: how ready one is, an acceptance, a line to give, the seal.
    fn settle(&mut self, lesson: &Lesson, step: &Step, seat: Seat) {
        let (token, run) = self.turn();
        for block in self.shown(step) {
            let save = self.world.save_of(block.id.as_str());
            let session = &mut self.world.session;
            let state = match block.kind {
                Kind::Ready => session.pick_ready(&token, &run, &block.id, Pace::Whole).unwrap(),
                Kind::Agreement { .. } => session.accept_agreement(&token, &run, &block.id, save).unwrap(),
                _ if block.send => {
                    let kept = self.world.answer(block.id.as_str()).unwrap();
                    let line = kept.as_lines(block).swap_remove(0);
                    for word in &mut self.garden.words {
                        word.open |= word.owner == Owner::One(seat) && word.field == block.id && line == word.text;
                    }
                    let session = &mut self.world.session;
                    session.send_line(&token, &run, &block.id, &line).unwrap()
                }
                _ => continue,
            };
            self.hear(&state, Some(seat));
            if matches!(block.kind, Kind::Agreement { .. }) {
                self.note(&lesson.meta.id, block, Owner::Ours);
            }
        }
        if self.world.state().reveals.iter().any(|reveal| reveal.step == step.id) {
            self.world.seals(step.id.as_str());
            self.page(Some(seat));
        }
    }

    /// Both want a step opened, layer by layer.
    fn open(&mut self, lesson: &Lesson, step: &Id) {
        let reveal = self
            .world
            .state()
            .reveals
            .into_iter()
            .find(|reveal| reveal.step == *step);
        for layer in reveal.map(|reveal| reveal.layers).unwrap_or_default() {
            if layer.opened.is_some() {
                continue;
            }
            self.page(None);
            let of = match layer.name {
                LayerName::Surface => lesson::Layer::Surface,
                LayerName::Under => lesson::Layer::Under,
            };
            self.world.says_open(SEATS[0], step.as_str(), layer.name).unwrap();
            self.page(None);
            let fields: Vec<Block> = lesson
                .step(step)
                .unwrap()
                .blocks()
                .filter(|block| block.privacy == Some(Privacy::Reveal) && lesson::layers(block).contains(&of))
                .cloned()
                .collect();
            for word in &mut self.garden.words {
                let here = word.lesson == lesson.meta.id.as_str() && fields.iter().any(|block| block.id == word.field);
                word.open |= here && word.layer == Some(of);
            }
            let state = self.world.says_open(SEATS[1], step.as_str(), layer.name).unwrap();
            self.hear(&state, Some(SEATS[1]));
            let opened = self.world.opened(step.as_str(), layer.name).unwrap();
            for (seat, block) in SEATS
                .iter()
                .flat_map(|seat| fields.iter().map(move |block| (*seat, block)))
            {
                let key = (Owner::One(seat), lesson.meta.id.clone(), block.id.clone());
                let Some(written) = self.written.get(&key) else {
                    continue;
                };
                let part = written.layer_of(block, of);
                let shown = opened.iter().find(|one| one.seat == seat && one.field == block.id);
                assert_eq!(
                    shown.unwrap().value.as_ref(),
                    Some(&part),
                    "{}.{}",
                    lesson.meta.id,
                    block.id
                );
                let key = (seat, lesson.meta.id.clone(), block.id.clone());
                self.opened.entry(key).or_default().push(part);
            }
        }
    }

    /// The app ends and begins again, and everyone finds what they had. Only how ready somebody was is gone.
    fn restart_together(&mut self, name: &str) {
        let pages = |walk: &mut Walk| {
            let mut pages = vec![walk.page(None)];
            for seat in SEATS {
                walk.on_a_turn(seat, |walk| pages.push(walk.page(Some(seat))));
            }
            pages
        };
        let before = pages(self);
        self.world.restart();
        self.world.together();
        for (before, after) in before.iter().zip(pages(self)) {
            same(before, &after, &format!("{name}: after a restart"));
        }
    }

    fn on_a_turn(&mut self, seat: Seat, does: impl FnOnce(&mut Walk)) {
        self.world.turn(seat);
        does(self);
        self.world.pass_keyboard();
    }

    fn turn(&self) -> (String, String) {
        (self.world.token.clone(), self.world.run.clone())
    }

    /// The step that is on the screen.
    fn step(&mut self, lesson: &Lesson, looks: Looks) -> Step {
        let state = self.world.state();
        self.hear(&state, looks);
        lesson.step(&state.place).unwrap().clone()
    }

    /// The blocks of a step that this turn is shown.
    fn shown<'s>(&mut self, step: &'s Step) -> Vec<&'s Block> {
        let hidden = self.world.state().hidden;
        step.blocks().filter(|block| !hidden.contains(&block.id)).collect()
    }

    /// Answers a field, if it is this owner's to write here and shown to them.
    fn write_if_shown(&mut self, lesson: &Lesson, block: &Block, owner: Owner) {
        if block.privacy.is_none() {
            return;
        }
        let state = self.world.state();
        let joint = state.together
            && (block.privacy == Some(Privacy::Joint)
                || matches!(block.kind, Kind::Agreement { .. } | Kind::Talk { .. }));
        if joint != (owner == Owner::Ours) || state.hidden.contains(&block.id) {
            return;
        }
        let (looks, end) = match owner {
            Owner::One(seat) => (Some(seat), self.ends[usize::from(seat == Seat::B)]),
            Owner::Ours => (None, self.ends[0]),
        };
        let instrument = match &block.kind {
            Kind::Instrument { of } => Some(self.course.instrument(of).unwrap()),
            _ => None,
        };
        let asked = Asked {
            lesson: lesson.meta.id.as_str(),
            block,
            instrument,
            owner,
            end,
            today: state.today,
        };
        let value = self.garden.answer(&asked).unwrap();
        self.world.writes(block.id.as_str(), value);
        let name = format!("{}.{}", lesson.meta.id, block.id);
        self.answered.insert(name);
        let state = self.note(&lesson.meta.id, block, owner);
        self.hear(&state, looks);
    }

    /// Notes an answer as it is kept now.
    fn note(&mut self, lesson: &Id, block: &Block, owner: Owner) -> RunState {
        let state = self.world.state();
        let kept = state
            .answers
            .iter()
            .chain(&state.joint)
            .find(|answer| answer.field == block.id);
        let value = kept
            .filter(|kept| !kept.value.is_blank())
            .map(|kept| kept.value.clone());
        let value = value.unwrap_or_else(|| panic!("{lesson}.{} is not kept", block.id));
        self.written.insert((owner, lesson.clone(), block.id.clone()), value);
        state
    }

    /// Goes on from a step; says whether that was the end.
    fn leave(&mut self, step: &Step, looks: Looks) -> bool {
        let (token, run) = self.turn();
        let steps = self.world.state().steps;
        let at = steps.iter().position(|known| known.id == step.id).unwrap();
        let to = steps.get(at + 1).map(|next| next.id.clone());
        let state = self
            .world
            .session
            .pass_step(&token, &run, &step.id, false, to.as_ref())
            .unwrap();
        self.hear(&state, looks);
        let lesson = &self.world.lesson;
        assert_eq!(state.finished, to.is_none(), "{lesson} after {}", step.id);
        to.is_none()
    }

    /// One person answers a gate one way, in a run of its own, and goes on to the end.
    pub(super) fn way(&mut self, name: &str, gate: &Step, option: &GateOption) {
        let lesson = self.lesson(name);
        self.world.lesson = name.to_owned();
        self.world.enter(Seat::A);
        let token = self.world.token.clone();
        self.world.run = self.world.session.begin_again(&token, &lesson.meta.id).unwrap().run;
        loop {
            let step = self.step(&lesson, Some(Seat::A));
            if step.id != gate.id {
                assert!(
                    !self.leave(&step, Some(Seat::A)),
                    "{name}: {} is never reached",
                    gate.id
                );
                continue;
            }
            let Some(go) = &option.go else {
                self.leave(&step, Some(Seat::A));
                break;
            };
            let run = self.world.run.clone();
            let state = self
                .world
                .session
                .pass_step(&token, &run, &step.id, false, Some(go))
                .unwrap();
            assert_eq!(state.place, *go, "{name}: {}", option.id);
            break;
        }
        for _ in 0..lesson.steps.len() {
            let step = self.step(&lesson, Some(Seat::A));
            if self.leave(&step, Some(Seat::A)) {
                return;
            }
        }
        panic!("{name}: {} leads round and round", option.id);
    }
}
