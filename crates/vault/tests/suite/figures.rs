//! The figures of `docs/reliability.md`: measured, printed, held to nothing. A machine that is busy would make a liar of a
//! limit; a person reads these.
//!
//! `cargo test --release -p vault --test suite -- --ignored --nocapture figures`

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "it measures, and a clock is what one measures with; and it prints"
)]

use std::time::{Duration, Instant};

use tempfile::TempDir;
use vault::lock::{Cost, NewLock, Secret};
use vault::{Ledger as _, NewRun, Profile, RunId, SecretString, Space, Words};

use crate::world::{noon, open, says};

fn timed<T>(act: impl FnOnce() -> T) -> (T, Duration) {
    let begun = Instant::now();
    let done = act();
    (done, begun.elapsed())
}

fn of(name: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_secs_f64() * 1000.0;
    println!(
        "{name}: median {:.1} ms, p99 {:.1} ms, of {}",
        at(50),
        at(99),
        times.len()
    );
}

fn text(number: usize) -> String {
    const WORDS: [&str; 12] = [
        "when", "evening", "kitchen", "listen", "walk", "tired", "laugh", "promise", "quiet", "morning", "letter",
        "river",
    ];
    (0..40)
        .map(|word| WORDS[(number * 7 + word * word) % 12])
        .collect::<Vec<_>>()
        .join(" ")
        + &format!(" n{number}")
}

/// Ten thousand answers in two hundred runs.
fn full(space: &mut Space) -> RunId {
    let mut last = None;
    for number in 1..=200 {
        let new = NewRun {
            pack: "course".into(),
            lesson: format!("lesson-{}", number % 20),
            lesson_version: "1.0.0".into(),
            number,
        };
        let run = space.begin_run(&new, noon()).unwrap();
        for field in 0..50 {
            let number = usize::try_from(number).unwrap() * 50 + field;
            let words = text(number);
            let said = Words {
                text: &words,
                sensitive: false,
            };
            space
                .save_findable(&says(&run, &format!("field-{field}"), &words), said, "s", noon())
                .unwrap();
        }
        last = Some(run);
    }
    last.unwrap()
}

fn saves(space: &mut Space, run: &RunId) -> Vec<Duration> {
    (0..1000)
        .map(|number| {
            let words = text(number);
            let answer = says(run, &format!("field-{}", number % 50), &words);
            let said = Words {
                text: &words,
                sensitive: false,
            };
            timed(|| space.save_findable(&answer, said, "t", noon()).unwrap()).1
        })
        .collect()
}

#[test]
#[ignore = "measures for docs/reliability.md; run by hand in a release build"]
fn figures() {
    let folder = TempDir::new().unwrap();
    let mut profile: Profile = open(folder.path()).unwrap();
    let ada = profile.add_person("Ada", "teal").unwrap();
    let mut space = profile.open_space(&ada).unwrap();
    let (run, filling) = timed(|| full(&mut space));
    println!("10,000 answers saved one by one: {:.1} s", filling.as_secs_f64());
    of("a save among 10,000 answers", saves(&mut space, &run));
    println!(
        "the file: {:.1} MB",
        std::fs::metadata(folder.path().join(format!("{ada}.db")))
            .unwrap()
            .len() as f64
            / 1e6
    );
    let finds: Vec<Duration> = [
        "river",
        "evening kit",
        "n777",
        "quiet morning letter",
        "nothing like it",
    ]
    .iter()
    .cycle()
    .take(100)
    .map(|query| timed(|| space.find(query, 50).unwrap()).1)
    .collect();
    of("a search among 10,000 answers", finds);
    of(
        "a backup of them",
        (0..5)
            .map(|_| timed(|| profile.back_up(&space, noon()).unwrap()).1)
            .collect(),
    );
    let mut beside = Vec::new();
    for round in 0..5 {
        let making = profile.backup_of(&space, noon()).unwrap();
        let other = std::thread::spawn(move || making.make().unwrap().unwrap());
        while !other.is_finished() {
            let number = beside.len();
            let answer = says(&run, &format!("field-{}", number % 50), &text(number + round));
            beside.push(timed(|| space.save(&answer, "t", noon()).unwrap()).1);
        }
        other.join().unwrap();
    }
    println!(
        "the longest save while a backup was made: {:.1} ms",
        beside.iter().max().unwrap().as_secs_f64() * 1000.0
    );
    of("a save while a backup was made", beside);
    let same =
        (0..5).map(|_| timed(|| assert!(profile.backup_of(&space, noon()).unwrap().make().unwrap().is_none())).1);
    profile.back_up(&space, noon()).unwrap();
    of("seeing that a backup would add nothing", same.collect());
    let removals = (0..5)
        .map(|field| {
            let (removed, time) = timed(|| space.remove_answer(&run, &format!("field-{field}")).unwrap());
            assert!(removed.is_cleared());
            time
        })
        .collect();
    of("a removal, with the file written anew", removals);
    space.close().unwrap();
    of(
        "opening the space",
        (0..20)
            .map(|_| timed(|| profile.open_space(&ada).unwrap().close().unwrap()).1)
            .collect(),
    );
    profile.set_lock_cost(Cost::USUAL);
    let line = SecretString::from("four words keep anyone");
    let space = profile.open_space(&ada).unwrap();
    let lock = NewLock {
        passphrase: &line,
        words: None,
    };
    let (space, locking) = timed(|| profile.lock(space, lock, noon()).unwrap());
    println!("a first lock of them: {:.2} s", locking.as_secs_f64());
    space.close().unwrap();
    let unlocks = (0..10).map(|_| {
        timed(|| {
            profile
                .unlock(&ada, Secret::Passphrase(&line))
                .unwrap()
                .close()
                .unwrap()
        })
        .1
    });
    of("an unlock with the passphrase", unlocks.collect());
    let wrong = SecretString::from("four words keep no one");
    for (name, secret) in [
        ("a wrong passphrase", Secret::Passphrase(&wrong)),
        ("words that are none", Secret::Words(&wrong)),
    ] {
        of(
            name,
            (0..10)
                .map(|_| timed(|| profile.unlock(&ada, secret).unwrap_err()).1)
                .collect(),
        );
    }
}
