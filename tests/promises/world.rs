//! A small world for tests: a course, a profile, and people who write, pass the keyboard, seal and come back.

use std::{
    cell::Cell,
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use chrono::{DateTime, Days, FixedOffset, TimeDelta};
use lesson::{Id, Value};
use pairwise::{
    Places, Session,
    ipc::dto::{BothWant, Colour, LayerName, OpenRun, Opened, Refusal, RunState, Seat, Startup, Who},
};
use tempfile::TempDir;

/// A lesson with a field of each privacy, a loop, a plan and a recall.
pub(crate) const DUET: &str = r#"---
format: 1
id: duet
title: "A duet"
version: 1.0.0
lang: en
audience: either
minutes: 20
licence: CC-BY-SA-4.0
sources: ["Made up for a test."]
part: begin
---

## Alone first {#first}

Some words to begin with.

> [!long] What happened? {#scene}

> [!choice] My first move {#stance}
> - I moved closer {#closer}
> - I moved away {#away}

> [!scale] How warm was it? {#heat range=0-10 required}
> - 0: cold
> - 10: hot

## The halves {#halves}

> [!cycle] My half {#loop reveal}
> 1. When I see {#spark spark}
> 2. I tend to {#move seen}
> 3. Underneath {#felt under}

> [!short] One hope {#hope reveal}

> [!compare] Side by side {#both-halves of=loop,hope}

## For those who move closer {#closer-step when=stance:closer}

> [!short] What would you ask? {#ask}

## Ours {#ours}

> [!short] What we call it {#name joint}

> [!checklist] Next time {#next joint}
> - [ ] Say its name {#say}
> - [ ] Breathe {#breathe}

## A book {#book-step}

> [!plan] The weeks {#weeks joint every=week}
> - One {pages=1-30}
> - Two {pages=31-60}

> [!recall] You wrote {#again of=duet.scene}
> Nothing here yet.
"#;

/// Everything one test needs.
pub(crate) struct World {
    dir: TempDir,
    pub(crate) session: Session,
    pub(crate) token: String,
    pub(crate) run: String,
    /// The lesson that is opened.
    pub(crate) lesson: String,
    last_save: u32,
}

impl World {
    /// A course with [`DUET`] in it and an empty profile.
    pub(crate) fn new() -> World {
        World::with(&[("duet", DUET)])
    }

    /// A course of these lessons and an empty profile.
    pub(crate) fn with(lessons: &[(&str, &str)]) -> World {
        DAYS.set(0);
        SECONDS.set(0);
        let dir = TempDir::new().unwrap();
        fs::create_dir_all(dir.path().join("lessons/en")).unwrap();
        fs::create_dir(dir.path().join("lessons/instruments")).unwrap();
        fs::create_dir(dir.path().join("profile")).unwrap();
        fs::create_dir(dir.path().join("documents")).unwrap();
        let world = World {
            session: Session::new(places(&dir)).with_light_locks(),
            dir,
            token: String::new(),
            run: String::new(),
            lesson: lessons[0].0.to_owned(),
            last_save: 0,
        };
        let named = |instrument: bool| {
            let all = lessons.iter().filter(|(_, text)| is_instrument(text) == instrument);
            all.map(|(name, _)| format!("{name:?}")).collect::<Vec<_>>().join(", ")
        };
        world.write(
            "lessons/course.toml",
            &format!(
                "format = 1\nid = \"test\"\ntitle = \"Test\"\nversion = \"1.0.0\"\nlanguages = [\"en\"]\nlicence = \"CC-BY-SA-4.0\"\nlessons = [{}]\ninstruments = [{}]\n\n[[parts]]\nid = \"begin\"\ntitle = \"Begin\"\n",
                named(false),
                named(true)
            ),
        );
        for (name, text) in lessons {
            let folder = if is_instrument(text) { "instruments" } else { "en" };
            world.write(&format!("lessons/{folder}/{name}.md"), text);
        }
        world
    }

    /// The course that comes with the app, and an empty profile.
    pub(crate) fn built_in() -> World {
        let world = World::new();
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons");
        fs::remove_dir_all(world.path("lessons")).unwrap();
        copy(&from, &world.path("lessons"));
        world
    }

    /// Starts, and adds this many people.
    pub(crate) fn people(&mut self, how_many: usize) {
        self.session.startup();
        for (name, colour) in [("Robin", Colour::Teal), ("Sam", Colour::Clay)]
            .into_iter()
            .take(how_many)
        {
            self.session.add_person(name, colour).unwrap();
        }
    }

    /// A world with one person in their own space.
    pub(crate) fn alone() -> World {
        World::new().with_one()
    }

    /// A world with two people, both looking at the duet.
    pub(crate) fn couple() -> World {
        World::new().with_two()
    }

    /// One person in their own space, at the first of the lessons.
    pub(crate) fn with_one(mut self) -> World {
        assert!(matches!(self.session.startup(), Startup::Welcome));
        self.session.add_person("Robin", Colour::Teal).unwrap();
        self.enter(Seat::A);
        self
    }

    /// Two people, both looking at the first of the lessons.
    pub(crate) fn with_two(mut self) -> World {
        self.people(2);
        self.together();
        self
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.dir.path().join(below)
    }

    pub(crate) fn write(&self, file: &str, text: &str) {
        fs::write(self.path(file), text).unwrap();
    }

    /// Ends the app and starts it again.
    pub(crate) fn restart(&mut self) -> Startup {
        self.session = Session::new(places(&self.dir)).with_light_locks();
        self.session.startup()
    }

    /// Opens one person's space and the lesson in it.
    pub(crate) fn enter(&mut self, seat: Seat) -> OpenRun {
        self.token = self.session.open_door(seat).unwrap().token;
        self.open()
    }

    /// Begins a sitting for two and opens the lesson.
    pub(crate) fn together(&mut self) -> OpenRun {
        let turn = self.session.open_together().unwrap();
        assert_eq!(turn.who, Who::Both);
        self.token = turn.token;
        self.open()
    }

    /// Opens the lesson, or opens it again.
    pub(crate) fn open(&mut self) -> OpenRun {
        let open = self.session.open_run(&self.token, &id(&self.lesson)).unwrap();
        self.run = open.run.clone();
        self.last_save = open.state.answers.iter().map(|answer| answer.save).max().unwrap_or(0);
        open
    }

    /// One person takes the keyboard.
    pub(crate) fn turn(&mut self, seat: Seat) -> &mut World {
        self.token = self.session.take_turn(&self.token, seat).unwrap().token;
        self.last_save = self.state().answers.iter().map(|answer| answer.save).max().unwrap_or(0);
        self
    }

    /// Each says on their own turn that they want something that needs both.
    pub(crate) fn both_say(&mut self, what: &BothWant) {
        for (seat, name) in [(Seat::A, "Robin"), (Seat::B, "Sam")] {
            self.turn(seat);
            let token = self.token.clone();
            self.session.say_yes(&token, what.clone(), Some(name)).unwrap();
            self.pass_keyboard();
        }
    }

    /// Both look again.
    pub(crate) fn pass_keyboard(&mut self) -> &mut World {
        self.token = self.session.end_turn(&self.token).unwrap().token;
        self
    }

    /// Writes, as whoever has the turn.
    pub(crate) fn writes(&mut self, field: &str, value: Value) -> &mut World {
        self.try_to_write(field, value).unwrap();
        self
    }

    pub(crate) fn try_to_write(&mut self, field: &str, value: Value) -> Result<(), Refusal> {
        let saved = self.session.save_answer(&self.token, &self.run, &id(field), &value)?;
        self.last_save = saved.save;
        Ok(())
    }

    /// Seals a step, as whoever has the turn.
    pub(crate) fn seals(&mut self, step: &str) -> &mut World {
        self.session
            .seal(&self.token, &self.run, &id(step), self.last_save, false)
            .unwrap();
        self
    }

    pub(crate) fn says_open(&mut self, seat: Seat, step: &str, layer: LayerName) -> Result<RunState, Refusal> {
        self.turn(seat);
        let state = self.session.say_open(&self.token, &self.run, &id(step), layer);
        self.pass_keyboard();
        state
    }

    /// What this turn may read.
    pub(crate) fn state(&mut self) -> RunState {
        self.session.run_state(&self.token, &self.run).unwrap()
    }

    /// What this turn may read of one of its own answers.
    pub(crate) fn answer(&mut self, field: &str) -> Option<Value> {
        self.state()
            .answers
            .into_iter()
            .find(|answer| answer.field.as_str() == field)
            .map(|answer| answer.value)
    }

    /// The number of the save that wrote an answer on the page, joint ones included; 0 where there is none.
    pub(crate) fn save_of(&mut self, field: &str) -> u32 {
        let state = self.state();
        let all = state.answers.iter().chain(&state.joint);
        let mut named = all.filter(|answer| answer.field.as_str() == field);
        named.next().map_or(0, |answer| answer.save)
    }

    /// Begins another run of the lesson: both say so, then it is done.
    pub(crate) fn begins_again(&mut self) -> OpenRun {
        let what = BothWant::BeginAgain {
            lesson: id(&self.lesson),
        };
        self.both_say(&what);
        let open = self.session.begin_again(&self.token, &id(&self.lesson)).unwrap();
        self.run = open.run.clone();
        open
    }

    /// Everything this turn may read, as it crosses to the page.
    pub(crate) fn screen(&mut self) -> String {
        serde_json::to_string(&self.session.open_run(&self.token, &id(&self.lesson)).unwrap()).unwrap()
    }

    /// What was opened of a layer; none if it was not.
    pub(crate) fn opened(&mut self, step: &str, layer: LayerName) -> Option<Vec<Opened>> {
        let reveals = self.state().reveals;
        let reveal = reveals.into_iter().find(|reveal| reveal.step.as_str() == step)?;
        reveal.layers.into_iter().find(|known| known.name == layer)?.opened
    }
}

/// The folder again, with everything in it.
pub(crate) fn copy_of(dir: &TempDir) -> TempDir {
    let again = TempDir::new().unwrap();
    copy(dir.path(), again.path());
    again
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

fn places(dir: &TempDir) -> Places {
    Places {
        profile: dir.path().join("profile"),
        make_profile: false,
        lessons: dir.path().join("lessons"),
        documents: dir.path().join("documents"),
        now: noon,
    }
}

fn is_instrument(text: &str) -> bool {
    text.contains("kind: instrument")
}

thread_local! {
    /// Days that have gone by in this test since the first.
    static DAYS: Cell<u64> = const { Cell::new(0) };
    /// Seconds beside them; a clock can be set back.
    static SECONDS: Cell<i64> = const { Cell::new(0) };
}

/// Lets seconds go by, or sets the clock back.
pub(crate) fn seconds_pass(seconds: i64) {
    SECONDS.set(SECONDS.get() + seconds);
}

/// Lets days go by.
pub(crate) fn days_pass(days: u64) {
    DAYS.set(DAYS.get() + days);
}

/// Noon on a Tuesday in November, or on a later day.
fn noon() -> DateTime<FixedOffset> {
    let first = DateTime::parse_from_rfc3339("2026-11-24T12:00:00+01:00").unwrap();
    first + Days::new(DAYS.get()) + TimeDelta::seconds(SECONDS.get())
}

pub(crate) fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

pub(crate) fn text(words: &str) -> Value {
    Value::Text { text: words.into() }
}

pub(crate) fn picks(one: &str) -> Value {
    Value::Picks {
        picks: vec![id(one)],
        other: None,
    }
}

pub(crate) fn stages(words: &[(&str, &str)]) -> Value {
    Value::Stages {
        stages: words
            .iter()
            .map(|(stage, text)| (id(stage), (*text).into()))
            .collect::<BTreeMap<_, _>>(),
    }
}

impl World {
    /// Ends the app and hands out the folder it all lies in, for whoever goes on there.
    pub(crate) fn into_folder(self) -> TempDir {
        self.dir
    }

    /// Goes on in a folder that a world was left in.
    pub(crate) fn resume(dir: TempDir, lesson: &str) -> World {
        let mut session = Session::new(places(&dir)).with_light_locks();
        session.startup();
        World {
            dir,
            session,
            token: String::new(),
            run: String::new(),
            lesson: lesson.to_owned(),
            last_save: 0,
        }
    }

    /// A session on the same folders that has not started: a second window, or the next start.
    pub(crate) fn another_session(&self) -> Session {
        Session::new(places(&self.dir)).with_light_locks()
    }
}
