//! What a walker checks: every reply for words that are not theirs to read, every recall for the words that are.

use lesson::{Audience, Block, Id, Kind, Lesson, RecallOf, Step, Value};
use pairwise::ipc::dto::{Recalled, RecalledSide, RunState, Seat};
use serde::Serialize;

use super::{
    plant::Owner,
    walker::{Looks, SEATS, Walk},
};

impl Walk {
    /// Checks the recalls and the charts of a step on this screen.
    pub(super) fn look_back(&mut self, lesson: &Lesson, step: &Step, looks: Looks) {
        let state = self.world.state();
        self.hear(&state, looks);
        for block in step.blocks().filter(|block| !state.hidden.contains(&block.id)) {
            match &block.kind {
                Kind::Recall { of } => self.meets(&lesson.meta.id, block, of, &state, looks),
                Kind::Chart { .. } => {
                    let chart = state.charts.iter().find(|chart| chart.block == block.id).unwrap();
                    let points = chart.series.iter().map(|series| series.points.len()).sum::<usize>();
                    assert!(
                        looks.is_none() || points > 0,
                        "{}.{} draws nothing",
                        lesson.meta.id,
                        block.id
                    );
                }
                Kind::Instrument { .. } => {
                    let open = self.world.open();
                    assert_eq!(
                        open.instruments.len(),
                        1,
                        "{}: the questionnaire comes along",
                        lesson.meta.id
                    );
                }
                _ => {}
            }
        }
    }

    /// An earlier answer is met where it may be read, in the very words it was given, and nowhere else.
    fn meets(&mut self, lesson: &Id, block: &Block, of: &RecallOf, state: &RunState, looks: Looks) {
        let name = format!("{lesson}.{}", block.id);
        let asked = self
            .course
            .lesson(&of.lesson)
            .unwrap()
            .block(&of.field)
            .unwrap()
            .clone();
        let lines = |value: &Value| match &of.part {
            Some(part) => value.part(part).into_iter().map(str::to_owned).collect(),
            None => value.as_lines(&asked),
        };
        let kept = |owner| self.written.get(&(owner, of.lesson.clone(), of.field.clone()));
        let own = looks.and_then(|seat| kept(Owner::One(seat)));
        let words: Vec<String> = own.or(kept(Owner::Ours)).map(lines).unwrap_or_default();
        let opened: Vec<RecalledSide> = SEATS
            .into_iter()
            .filter_map(|seat| {
                let layers = self.opened.get(&(seat, of.lesson.clone(), of.field.clone()))?;
                let lines = lines(&Value::join(layers.clone())?);
                (!lines.is_empty()).then_some(RecalledSide { seat, lines })
            })
            .collect();
        let met = state.recalls.iter().find(|recall| recall.block == block.id).unwrap();
        assert_eq!(met.opened, opened, "{name} for {looks:?}");
        match &met.found {
            Recalled::Words { lines, prompt } => {
                assert_eq!(*lines, words, "{name} for {looks:?}");
                assert_eq!(*prompt, asked.prompt_text, "{name}");
            }
            Recalled::Covered => assert!(looks.is_none() && words.is_empty(), "{name}"),
            Recalled::Nothing => assert!(words.is_empty(), "{name} for {looks:?} should say {words:?}"),
        }
        if !words.is_empty() || !opened.is_empty() {
            self.met.insert(name);
        }
    }

    /// What the page would be given of this run now, but for how ready anyone is and who wants to open, which are
    /// never kept.
    pub(super) fn page(&mut self, looks: Looks) -> String {
        let mut state = self.world.state();
        state.ready.clear();
        for layer in state.reveals.iter_mut().flat_map(|reveal| &mut reveal.layers) {
            layer.said.clear();
        }
        self.hear(&state, looks);
        serde_json::to_string(&state).unwrap()
    }

    /// Reads a reply as the one who looks at it: no word is in it that is not theirs to read.
    pub(super) fn hear(&mut self, reply: &impl Serialize, looks: Looks) {
        self.replies += 1;
        let text = serde_json::to_string(reply).unwrap();
        for word in self.garden.found(&text) {
            let mine = word.owner == Owner::Ours || looks.is_some_and(|seat| word.owner == Owner::One(seat));
            assert!(mine || word.open, "a reply for {looks:?} holds {word:?}:\n{text}");
        }
    }

    /// Opens every lesson again and checks its recalls, in the run there is.
    pub(super) fn read_again(&mut self, seat: Seat) {
        for name in self.course.manifest.lessons.clone() {
            let lesson = self.lesson(name.as_str());
            if lesson.meta.audience == Audience::Together {
                continue;
            }
            self.world.lesson = name.to_string();
            let open = self.world.enter(seat);
            for step in &open.state.steps {
                self.look_back(&lesson, lesson.step(&step.id).unwrap(), Some(seat));
            }
        }
    }

    /// What each takes along, and each one's own pages, hold nothing of the other's that was not opened or given.
    pub(super) fn take_along(&mut self) {
        for seat in SEATS {
            let token = self.world.session.open_door(seat).unwrap().token;
            let words = self.world.session.export_words(&token, true).unwrap();
            self.hear(&words, Some(seat));
            let mine = self.garden.words.iter();
            let lost: Vec<_> = mine
                .filter(|word| word.owner == Owner::One(seat) && !words.markdown.contains(&word.text))
                .collect();
            assert!(lost.is_empty(), "{seat:?} does not take along {lost:?}");
            let home = self.world.session.home(&token).unwrap();
            self.hear(&home, Some(seat));
            let page = self.world.session.course_page(&token).unwrap();
            self.hear(&page, Some(seat));
        }
    }
}

/// Two pages are the same; if not, says where they part.
pub(super) fn same(before: &str, after: &str, what: &str) {
    let parts = before
        .chars()
        .zip(after.chars())
        .take_while(|(one, other)| one == other)
        .count();
    let around = |text: &str| {
        text.chars()
            .skip(parts.saturating_sub(200))
            .take(400)
            .collect::<String>()
    };
    assert!(before == after, "{what}:\n…{}\n…{}", around(before), around(after));
}
