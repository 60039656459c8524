//! Power cuts: in every image a disk may hold at any moment of a run, whatever was said to be saved by then is there, and
//! every image opens.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use vault::lock::Secret;
use vault::reveal::{self, Status};
use vault::{Ledger as _, Profile, SecretString, Space};

use crate::chance::Chance;
use crate::damage::copy_all;
use crate::images::{Event, laid_out, record};
use crate::traced::{field, words};
use crate::world::{STEP, every_byte, leaf, long, new_run, no_gap, noon, open, says};

fn alone(dir: &Path) -> (Profile, Space) {
    let mut profile = open(dir).unwrap();
    let ada = profile.add_person("Ada", "teal").unwrap();
    let space = profile.open_space(&ada).unwrap();
    (profile, space)
}

fn with_a_word(dir: &Path) {
    let (profile, mut space) = alone(dir);
    let run = space.begin_run(&new_run(1), noon()).unwrap();
    space.save(&says(&run, "first", "kept"), "s", noon()).unwrap();
    space.close().unwrap();
    drop(profile);
}

fn holds_what_was_said(files: &BTreeMap<PathBuf, Vec<u8>>, dir: &Path, said: usize, cut: usize) {
    let image = laid_out(files, dir);
    let profile = open(image.path()).unwrap();
    let ada = profile.people()[0].id.clone();
    let mut space = profile
        .open_space(&ada)
        .unwrap_or_else(|error| panic!("cut at {cut}: {error}"));
    assert_eq!(space.gap().unwrap(), None, "cut at {cut}");
    let run = space.begin_run(&new_run(1), noon()).unwrap();
    let last = space.last_save(&run).unwrap() as usize;
    assert!(
        last == said || last == said + 1,
        "cut at {cut}: {said} said, {last} kept"
    );
    for number in (last + 1).saturating_sub(9).max(1)..=last {
        let kept = space.answer(&run, &field(number)).unwrap().unwrap();
        assert!(
            kept.answer == says(&run, &field(number), &words(number)),
            "cut at {cut}: {number}"
        );
    }
    space.close().unwrap();
    profile.open_space(&ada).unwrap();
}

#[test]
fn a_power_cut_at_any_moment_loses_no_word_that_was_said_to_be_saved() {
    let (trace, folder) = record("saves", |dir| alone(dir).1.close().unwrap());
    let count = |what: fn(&Event) -> bool| trace.events.iter().filter(|event| what(event)).count();
    assert_eq!(count(|event| matches!(event, Event::Said { .. })), 180);
    assert!(count(|event| matches!(event, Event::Write { .. })) > 1000);
    assert!(count(|event| matches!(event, Event::Flush { .. })) > 9);
    let images = if long() { 1000 } else { 60 };
    let mut chance = Chance(2026);
    for _ in 0..images {
        let cut = chance.below(trace.events.len() + 1);
        let (files, said) = trace.image(cut, &mut chance);
        holds_what_was_said(&files, folder.path(), said, cut);
    }
}

#[test]
fn a_power_cut_in_the_middle_of_a_first_lock_leaves_an_open_space_or_a_locked_one() {
    let (trace, folder) = record("locks", with_a_word);
    // While the copy is made nothing refers to it; from the list's new name on, each moment is looked at.
    let named = trace
        .events
        .iter()
        .position(|event| matches!(event, Event::Create { path, .. } if path.ends_with("keys.json.new")))
        .unwrap();
    let each = if long() { 12 } else { 7 };
    let mut cuts: Vec<usize> = (named..=trace.events.len()).flat_map(|cut| vec![cut; each]).collect();
    let mut chance = Chance(2031);
    cuts.extend((0..each * 20).map(|_| chance.below(named)));
    let images = cuts.len();
    let mut locked = 0;
    for cut in cuts {
        let (files, _) = trace.image(cut, &mut chance);
        let image = laid_out(&files, folder.path());
        let profile = open(image.path()).unwrap_or_else(|error| panic!("cut at {cut}: {error}"));
        let ada = profile.people()[0].id.clone();
        let space = match profile.is_locked(&ada) {
            true => profile.unlock(&ada, Secret::Passphrase(&SecretString::from("new"))),
            false => profile.open_space(&ada),
        };
        let space = space.unwrap_or_else(|error| panic!("cut at {cut}: {error}"));
        assert_eq!(space.gap().unwrap(), None, "cut at {cut}");
        let run = space.runs().unwrap()[0].id.clone();
        assert!(
            space.answer(&run, "first").unwrap().unwrap().answer == says(&run, "first", "kept"),
            "cut at {cut}"
        );
        locked += usize::from(profile.is_locked(&ada));
    }
    assert!(locked > 0 && locked < images, "{locked} of {images}");
}

#[test]
fn a_power_cut_in_the_middle_of_a_reveal_shows_none_or_both() {
    let (trace, folder) = record("reveals", |dir| {
        let mut profile = open(dir).unwrap();
        profile.add_person("Ada", "teal").unwrap();
        profile.add_person("Bo", "clay").unwrap();
    });
    let each = if long() { 9 } else { 1 };
    let mut chance = Chance(2032);
    let mut stages = [0; 4];
    for cut in (0..=trace.events.len()).flat_map(|cut| vec![cut; each]) {
        let (files, _) = trace.image(cut, &mut chance);
        let image = laid_out(&files, folder.path());
        let profile = open(image.path()).unwrap();
        let people = profile.people().to_vec();
        let mut a = profile
            .open_space(&people[0].id)
            .unwrap_or_else(|error| panic!("cut at {cut}: {error}"));
        let mut b = profile
            .open_space(&people[1].id)
            .unwrap_or_else(|error| panic!("cut at {cut}: {error}"));
        let mut shared = profile
            .open_shared(&a)
            .unwrap_or_else(|error| panic!("cut at {cut}: {error}"));
        no_gap(&[&a, &b], &shared, &format!("cut at {cut}"));
        reveal::reconcile(&mut a, &mut shared).unwrap();
        reveal::reconcile(&mut b, &mut shared).unwrap();
        let Some(run) = shared.runs().unwrap().pop() else {
            continue;
        };
        let opened = reveal::opened(&shared, &run.id, &[&a, &b]).unwrap();
        let stage = match reveal::status(&shared, &run.id, STEP).unwrap() {
            Status::Unsealed => 0,
            Status::SealedBy(_) => 1,
            Status::Both { opened } if opened.is_empty() => 2,
            Status::Both { .. } => 3,
        };
        stages[stage] += 1;
        assert_eq!(opened.len(), if stage == 3 { 2 } else { 0 }, "cut at {cut}");
        let (mine, yours) = ([leaf("first", "a says")], [leaf("first", "b says")]);
        reveal::seal(&mut a, &mut shared, &run.id, STEP, 0, &mine, None, noon()).unwrap();
        reveal::seal(&mut b, &mut shared, &run.id, STEP, 0, &yours, None, noon()).unwrap();
        reveal::open(&mut a, &mut b, &mut shared, &run.id, STEP, "surface", noon()).unwrap();
    }
    assert!(stages.iter().all(|times| *times > 0), "every stage was met: {stages:?}");
}

#[test]
fn a_power_cut_in_the_middle_of_a_removal_leaves_the_answer_or_none_and_a_file_that_opens() {
    let (trace, folder) = record("removes", with_a_word);
    let each = if long() { 9 } else { 1 };
    let mut chance = Chance(2033);
    let mut gone = 0;
    let cuts: Vec<usize> = (0..=trace.events.len()).flat_map(|cut| vec![cut; each]).collect();
    for cut in &cuts {
        let (files, _) = trace.image(*cut, &mut chance);
        let image = laid_out(&files, folder.path());
        let profile = open(image.path()).unwrap();
        let ada = profile.people()[0].id.clone();
        let space = profile
            .open_space(&ada)
            .unwrap_or_else(|error| panic!("cut at {cut}: {error}"));
        assert_eq!(space.gap().unwrap(), None, "cut at {cut}");
        let run = space.runs().unwrap()[0].id.clone();
        gone += usize::from(space.answer(&run, "first").unwrap().is_none());
    }
    assert!(gone > 0 && gone < cuts.len(), "{gone} of {}", cuts.len());
}

#[test]
fn the_images_are_those_of_a_disk() {
    let (trace, folder) = record("saves", |dir| alone(dir).1.close().unwrap());
    // Everything applied, it is what the run left.
    let everything = trace.events.len();
    let whole = TempDir::new().unwrap();
    copy_all(folder.path(), whole.path());
    let (files, said) = trace.image(everything, &mut Chance(1));
    assert_eq!(said, 180);
    for (path, bytes) in every_byte(folder.path()) {
        if path.extension().is_some_and(|end| end == "db") {
            assert!(files[&path] == bytes, "{}", path.display());
        }
    }
}
