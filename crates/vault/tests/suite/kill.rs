//! `kill -9` at any moment: every word that was acknowledged is there, and nothing is half there.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;
use vault::reveal::{self, Status};
use vault::{Ledger as _, Profile, RunId, Shared, Space};

use crate::world::{Couple, STEP, leaf, new_run, no_gap, noon, open, says};

const WRITES: &str = "VAULT_TEST_WRITES_IN";
const REVEALS: &str = "VAULT_TEST_REVEALS_IN";
const FIELDS: usize = 7;

fn words(number: usize) -> String {
    format!("word {number} {}", "and more of it ".repeat(number % 90))
}

fn begin(profile: &Profile) -> (Space, RunId) {
    let ada = profile.people()[0].id.clone();
    let mut space = profile.open_space(&ada).unwrap();
    let run = space.begin_run(&new_run(1), noon()).unwrap();
    (space, run)
}

#[allow(
    clippy::disallowed_methods,
    reason = "how a test tells the process it starts what to do"
)]
fn told(what: &str) -> Option<PathBuf> {
    std::env::var_os(what).map(PathBuf::from)
}

fn start(dir: &Path, test: &str, what: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(what, dir)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Lets it go on for a moment that is different each time, without a clock.
fn spin(times: usize) {
    for turn in 0..times {
        std::hint::black_box(turn);
    }
}

/// Not a test by itself: the process that is killed. It saves without end and says each number once it is durable.
#[test]
fn child_that_is_killed() {
    let Some(dir) = told(WRITES) else { return };
    let profile = open(&dir).unwrap();
    let (mut space, run) = begin(&profile);
    let start = space.last_save(&run).unwrap() as usize;
    let mut out = std::io::stdout();
    for number in start + 1.. {
        let field = format!("field-{}", number % FIELDS);
        let save = space.save(&says(&run, &field, &words(number)), "s", noon()).unwrap();
        assert_eq!(save as usize, number);
        writeln!(out, "saved {number}").unwrap();
        out.flush().unwrap();
    }
}

#[test]
fn killed_a_hundred_times_no_acknowledged_word_is_lost() {
    let folder = TempDir::new().unwrap();
    open(folder.path()).unwrap().add_person("Ada", "teal").unwrap();
    let mut acknowledged = 0;
    for round in 0..100_usize {
        let mut child = start(folder.path(), "kill::child_that_is_killed", WRITES);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // After a different number of saves each time, and then at whatever point of the next one it happens to be.
        let mut left = 1 + round * 7 % 13;
        while left > 0 {
            let line = lines.next().expect("the child writes until it is killed").unwrap();
            if let Some(number) = number_in(&line) {
                acknowledged = number;
                left -= 1;
            }
        }
        spin(round * 99_991 % 400_000);
        child.kill().unwrap();
        child.wait().unwrap();
        // What it managed to say before it died counts too.
        for line in lines.map_while(Result::ok) {
            acknowledged = number_in(&line).unwrap_or(acknowledged);
        }
        check(folder.path(), acknowledged);
    }
}

fn number_in(line: &str) -> Option<usize> {
    line.split("saved ").nth(1)?.parse().ok()
}

fn check(dir: &Path, acknowledged: usize) {
    let profile = open(dir).unwrap();
    let (space, run) = begin(&profile);
    assert_eq!(space.gap().unwrap(), None, "nothing that was acknowledged is missing");
    let last = space.last_save(&run).unwrap() as usize;
    assert!(
        last == acknowledged || last == acknowledged + 1,
        "{acknowledged} acknowledged, {last} kept"
    );
    for number in (last + 1).saturating_sub(FIELDS).max(1)..=last {
        let field = format!("field-{}", number % FIELDS);
        let kept = space.answer(&run, &field).unwrap().unwrap();
        assert_eq!(kept.save as usize, number);
        assert!(kept.answer == says(&run, &field, &words(number)));
        let newest = &space.history(&run, &field).unwrap()[0];
        assert_eq!(newest.save as usize, number, "history goes with the answer");
    }
}

fn both(dir: &Path) -> (Profile, Space, Space, Shared) {
    let profile = open(dir).unwrap();
    let people = profile.people().to_vec();
    let mut a = profile.open_space(&people[0].id).unwrap();
    let mut b = profile.open_space(&people[1].id).unwrap();
    let mut shared = profile.open_shared(&a).unwrap();
    reveal::reconcile(&mut a, &mut shared).unwrap();
    reveal::reconcile(&mut b, &mut shared).unwrap();
    no_gap(&[&a, &b], &shared, "killed");
    (profile, a, b, shared)
}

/// Not a test by itself: the process that is killed. It seals, takes back, seals again and opens, without end.
#[test]
fn child_that_reveals() {
    let Some(dir) = told(REVEALS) else { return };
    let (_profile, mut a, mut b, mut shared) = both(&dir);
    let (a, b, shared) = (&mut a, &mut b, &mut shared);
    let mut out = std::io::stdout();
    let start = shared.next_number("course", "our-loop").unwrap();
    for number in start.. {
        let run = shared.begin_run(&new_run(number), noon()).unwrap();
        writeln!(out, "saved {number}").unwrap();
        out.flush().unwrap();
        let (mine, yours) = ([leaf("first", "a says")], [leaf("first", "b says")]);
        reveal::seal(a, shared, &run, STEP, 0, &mine, None, noon()).unwrap();
        reveal::unseal(a, shared, &run, STEP).unwrap();
        reveal::seal(a, shared, &run, STEP, 0, &mine, None, noon()).unwrap();
        reveal::seal(b, shared, &run, STEP, 0, &yours, None, noon()).unwrap();
        reveal::open(a, b, shared, &run, STEP, "surface", noon()).unwrap();
    }
}

#[test]
fn a_reveal_killed_anywhere_shows_both_or_none_and_can_go_on() {
    let us = Couple::new();
    let Couple {
        profile,
        a,
        b,
        shared,
        folder,
    } = us;
    drop((profile, a, b, shared));
    let mut stages = [0_usize; 4];
    for round in 0..30_usize {
        let mut child = start(folder.path(), "kill::child_that_reveals", REVEALS);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        while number_in(&lines.next().unwrap().unwrap()).is_none() {}
        // A whole reveal takes a few thousandths of a second; this reaches from its first write past its last.
        spin(round * 60_000);
        child.kill().unwrap();
        child.wait().unwrap();
        let (_profile, mut a, mut b, mut shared) = both(folder.path());
        for run in shared.runs().unwrap() {
            let opened = reveal::opened(&shared, &run.id, &[&a, &b]).unwrap();
            let status = reveal::status(&shared, &run.id, STEP).unwrap();
            let stage = match &status {
                Status::Unsealed => 0,
                Status::SealedBy(_) => 1,
                Status::Both { opened } if opened.is_empty() => 2,
                Status::Both { .. } => 3,
            };
            stages[stage] += 1;
            assert_eq!(opened.len(), if stage == 3 { 2 } else { 0 }, "both or none");
            for space in [&a, &b] {
                let frozen = !space.frozen(&run.id).unwrap().is_empty();
                assert_eq!(frozen, status.sealed_by(space.person()));
            }
            let (mine, yours) = ([leaf("first", "a says")], [leaf("first", "b says")]);
            reveal::seal(&mut a, &mut shared, &run.id, STEP, 0, &mine, None, noon()).unwrap();
            reveal::seal(&mut b, &mut shared, &run.id, STEP, 0, &yours, None, noon()).unwrap();
            reveal::open(&mut a, &mut b, &mut shared, &run.id, STEP, "surface", noon()).unwrap();
        }
    }
    assert!(
        stages[0] + stages[1] + stages[2] > 0,
        "killed only between reveals: {stages:?}"
    );
}
