//! Processes whose every write is watched, failed or cut off from outside, through strace: what a power cut, a kill and a
//! broken disk do to a profile.
//!
//! Each test runs short by itself and in full by `cargo xtask test --long`, which sets `PAIRWISE_LONG`.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use vault::lock::{Cost, NewLock, Secret};
use vault::{Ledger as _, SecretString, reveal};

use crate::world::{STEP, leaf, long, new_run, noon, open, says};

const DO: &str = "VAULT_TEST_DO";
const IN: &str = "VAULT_TEST_IN";
/// What changes a disk. Those with a question mark are not known on every processor.
pub(crate) const CHANGES: &str = "pwrite64,fsync,fdatasync,ftruncate,?rename,?renameat,?renameat2,?unlink,?unlinkat";

#[allow(
    clippy::disallowed_methods,
    reason = "how a test tells the process it starts what to do"
)]
fn told(what: &str) -> Option<PathBuf> {
    std::env::var_os(what).map(PathBuf::from)
}

fn command(program: &str, what: &str, dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command
        .args(args)
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "traced::child", "--nocapture", "--test-threads=1"])
        .env(DO, what)
        .env(IN, dir)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

/// Runs a child under strace with these arguments, to its end, whatever that is.
pub(crate) fn run(what: &str, dir: &Path, args: &[&str]) -> Output {
    command("strace", what, dir, args)
        .output()
        .expect("strace is there: `cargo xtask setup` installs it")
}

/// What a child said.
pub(crate) fn said(output: &Output) -> Vec<String> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines()
        .filter_map(|line| line.split("said ").nth(1))
        .map(str::to_owned)
        .collect()
}

/// How often the child changes the disk when nothing stops it.
pub(crate) fn changes_of(what: &str, dir: &Path) -> usize {
    let trace = tempfile::NamedTempFile::new().unwrap();
    let path = trace.path().to_str().unwrap();
    let done = run(what, dir, &["-f", "-qq", "-e", &format!("trace={CHANGES}"), "-o", path]);
    assert!(
        said(&done).contains(&"done".to_owned()),
        "{what} does not come through by itself"
    );
    let text = std::fs::read_to_string(path).unwrap();
    // One thread does all the work.
    let mut of_thread = std::collections::BTreeMap::<&str, usize>::new();
    for line in text.lines().filter(|line| line.contains('(')) {
        *of_thread
            .entry(line.split_whitespace().next().unwrap_or_default())
            .or_default() += 1;
    }
    of_thread.into_values().max().unwrap_or_default()
}

/// All numbers up to `last` when there is time, else so many, spread evenly.
pub(crate) fn some_of(last: usize, short: usize) -> Vec<usize> {
    let step = if long() { 1 } else { (last / short).max(1) };
    (1..=last).step_by(step).collect()
}

fn say(words: &str) {
    let mut out = std::io::stdout();
    writeln!(out, "said {words}").unwrap();
    out.flush().unwrap();
}

/// Not a test by itself: the process that is watched.
#[test]
fn child() {
    let (Some(what), Some(dir)) = (told(DO), told(IN)) else {
        return;
    };
    match what.to_str().unwrap() {
        "saves" => saves(&dir),
        "tries" => tries(&dir),
        "locks" => locks(&dir),
        "changes the lock" => changes_the_lock(&dir),
        "reveals" => reveals(&dir),
        "removes" => removes(&dir),
        other => panic!("{other}"),
    }
    say("done");
}

pub(crate) fn words(number: usize) -> String {
    format!("word {number} {}", "and more of it ".repeat(number * 37 % 400))
}

pub(crate) fn field(number: usize) -> String {
    format!("field-{}", number % 9)
}

/// Saves enough that the log is copied in more than once, and says each number once it is durable.
fn saves(dir: &Path) {
    let profile = open(dir).unwrap();
    let ada = profile.people()[0].id.clone();
    let mut number = 0;
    for _ in 0..3 {
        let mut space = profile.open_space(&ada).unwrap();
        let run = space.begin_run(&new_run(1), noon()).unwrap();
        for _ in 0..60 {
            number += 1;
            let answer = says(&run, &field(number), &words(number));
            let words = vault::Words {
                text: "some words to look for",
                sensitive: false,
            };
            let sitting = format!("sitting {}", number / 9);
            let save = space.save_findable(&answer, words, &sitting, noon()).unwrap();
            assert_eq!(save as usize, number);
            say(&number.to_string());
        }
        space.close().unwrap();
    }
}

/// Saves as the app does on a disk that fails: again, a few times, and says what it was told.
fn tries(dir: &Path) {
    let Ok(mut profile) = open(dir) else { return };
    let ada = profile.people()[0].id.clone();
    let opened = profile.open_space(&ada);
    let Ok(mut space) = opened else { return };
    let Ok(run) = space.begin_run(&new_run(1), noon()) else {
        return;
    };
    for number in 1..=6 {
        for _ in 0..3 {
            if space.is_lost() && space.reopen().is_err() {
                continue;
            }
            if space
                .save(&says(&run, &format!("field-{number}"), &words(number)), "s", noon())
                .is_ok()
            {
                say(&number.to_string());
                break;
            }
        }
    }
    if profile.back_up(&space, noon()).is_ok() {
        say("backed up");
    }
    profile.set_lock_cost(Cost::FOR_TESTS);
    let passphrase = &SecretString::from("new");
    if profile
        .lock(
            space,
            NewLock {
                passphrase,
                words: None,
            },
            noon(),
        )
        .is_ok()
    {
        say("locked");
    }
}

fn locks(dir: &Path) {
    let mut profile = open(dir).unwrap();
    profile.set_lock_cost(Cost::FOR_TESTS);
    let ada = profile.people()[0].id.clone();
    let space = profile.open_space(&ada).unwrap();
    let passphrase = &SecretString::from("new");
    profile
        .lock(
            space,
            NewLock {
                passphrase,
                words: None,
            },
            noon(),
        )
        .unwrap();
}

fn changes_the_lock(dir: &Path) {
    let mut profile = open(dir).unwrap();
    profile.set_lock_cost(Cost::FOR_TESTS);
    let ada = profile.people()[0].id.clone();
    let (old, new) = (SecretString::from("old"), SecretString::from("new"));
    let space = profile.unlock(&ada, Secret::Passphrase(&old)).unwrap();
    let lock = NewLock {
        passphrase: &new,
        words: None,
    };
    profile
        .change_lock_everywhere(space, Secret::Passphrase(&old), lock, noon())
        .unwrap();
}

fn reveals(dir: &Path) {
    let profile = open(dir).unwrap();
    let people = profile.people().to_vec();
    let mut a = profile.open_space(&people[0].id).unwrap();
    let mut b = profile.open_space(&people[1].id).unwrap();
    let mut shared = profile.open_shared(&a).unwrap();
    let run = shared.begin_run(&new_run(1), noon()).unwrap();
    let (mine, yours) = ([leaf("first", "a says")], [leaf("first", "b says")]);
    let (a, b, shared) = (&mut a, &mut b, &mut shared);
    reveal::seal(a, shared, &run, STEP, 0, &mine, None, noon()).unwrap();
    reveal::seal(b, shared, &run, STEP, 0, &yours, None, noon()).unwrap();
    reveal::open(a, b, shared, &run, STEP, "surface", noon()).unwrap();
}

fn removes(dir: &Path) {
    let profile = open(dir).unwrap();
    let ada = profile.people()[0].id.clone();
    let mut space = profile.open_space(&ada).unwrap();
    let run = space.runs().unwrap()[0].id.clone();
    assert!(space.remove_answer(&run, "first").unwrap().is_cleared());
    profile.renew_backups(&space, noon()).unwrap();
}
