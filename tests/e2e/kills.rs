//! The power goes, fifty times, right after "Saved" was to be read.

use crate::harness::{App, Place};
use crate::lesson_page::{begin_at, see_title};
use crate::people::begin_alone;
use std::collections::BTreeMap;
use std::env;
use std::time::{SystemTime, UNIX_EPOCH};

const KILLS: u32 = 50;

/// Every place in the loop worksheet where one person writes: its step, its label, and how much it holds.
const FIELDS: [(&str, &str, usize); 14] = [
    ("One ordinary moment", "What would a camera have seen?", 2_000),
    ("My first move", "If I had let it go", 2_000),
    ("My first move", "If I had stayed in it", 2_000),
    ("Underneath", "The story I told myself was", 2_000),
    ("Underneath", "Where did I notice it in my body?", 120),
    ("My half of the loop", "When I see or hear", 2_000),
    ("My half of the loop", "I tend to", 2_000),
    ("My half of the loop", "Underneath, I feel", 2_000),
    ("My half of the loop", "I am hoping for", 2_000),
    ("Seen from outside", "In three sentences", 2_000),
    ("Seen from outside", "How might my move have looked", 2_000),
    ("A name for the pattern", "I call it", 40),
    ("A name for the pattern", "Where could I step out of it", 2_000),
    ("One small change", "I will most likely want it when", 120),
];

/// Walks through these steps as fast as the page can draw them, and answers what stands in every field to write in.
const READ_ALL: &str = "
  const plain = (text) => (text || '').replace(/\\s+/g, ' ').trim();
  const frame = () => new Promise((done) => requestAnimationFrame(done));
  const read = async () => {
    const found = [];
    for (const step of STEPS) {
      for (let frames = 0; plain(document.querySelector('h1')?.textContent) !== step; frames += 1) {
        if (frames > 600) throw new Error(`${step} did not open`);
        if (frames % 60 === 0) [...document.querySelectorAll('nav button')].find((one) => plain(one.textContent).startsWith(step)).click();
        await frame();
      }
      for (const field of document.querySelectorAll('textarea, input[type=text]')) {
        found.push([step, [...field.labels].map((one) => plain(one.textContent)).join(' '), field.value]);
      }
    }
    return found;
  };
  return read();
";

#[test]
fn fifty_times_whatever_was_marked_saved_is_there_after_the_power_went() {
    let seed = env::var("PAIRWISE_SEED").map_or_else(|_| fresh_seed(), |seed| seed.parse().unwrap());
    println!("seed {seed}: PAIRWISE_SEED={seed} does the same again");
    let mut chance = Chance(seed);
    let place = Place::new();
    let mut app = place.open();
    begin_alone(&app, "Robin");
    app.click("Course");
    app.click("Begin: Our loop");
    begin_at(&app, "Starting with your side", "My first move");
    // With this answer both fields of its step are shown.
    app.pick("did one, and then the other");
    app.see("If I had stayed in it");

    let mut saved = BTreeMap::new();
    for round in 1..=KILLS {
        let (step, field, most) = FIELDS[chance.below(FIELDS.len())];
        app.click(step);
        see_title(&app, step);
        let before: &String = saved.entry((step, field)).or_default();
        let words = format!("{} {round}", chance.words());
        let after = if before.len() + words.len() < most && chance.below(2) == 0 {
            app.write_on(field, &words);
            format!("{before}{words}")
        } else {
            app.fill(field, &words);
            words
        };
        app.see_not("Editing…");
        app.see("Saved");
        app.kill9();
        saved.insert((step, field), after);

        app = place.open();
        app.click("Open Robin’s space");
        app.click("Carry on");
        see_all(&app, &saved, &format!("after {round} kills, seed {seed}"));
    }
}

/// Holds that every field says what it said when it was last marked saved.
fn see_all(app: &App, saved: &BTreeMap<(&str, &str), String>, when: &str) {
    app.see("Next");
    let steps: Vec<&str> = saved.keys().map(|(step, _)| *step).collect();
    let script = READ_ALL.replace("STEPS", &serde_json::to_string(&dedup(steps)).unwrap());
    let found = app.ask(&script).unwrap_or_else(|error| panic!("{when}: {error}"));
    let found: Vec<(String, String, String)> = serde_json::from_value(found).unwrap();
    for ((step, field), words) in saved {
        let stands = found
            .iter()
            .find(|(at, label, _)| at == step && label.starts_with(field));
        assert_eq!(stands.map(|(.., stands)| stands), Some(words), "{field:?} {when}");
    }
}

fn dedup(mut steps: Vec<&str>) -> Vec<&str> {
    steps.dedup();
    steps
}

/// Numbers that look random and come again for the same seed (splitmix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }

    /// Two words of a few letters.
    fn words(&mut self) -> String {
        let mut word = || -> String { (0..4).map(|_| char::from(b'a' + self.below(26) as u8)).collect() };
        format!("{} {}", word(), word())
    }
}

fn fresh_seed() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .subsec_nanos()
        .into()
}
