//! A damaged file is named at the door and left exactly as it is.

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use vault::{Error, Ledger as _, PersonId, Profile, RunId};

use crate::world::{every_byte, new_run, noon, open, says, space_file};

fn closed_profile() -> (TempDir, PersonId) {
    let folder = TempDir::new().unwrap();
    let mut profile = open(folder.path()).unwrap();
    let ada = profile.add_person("Ada", "teal").unwrap();
    let mut space = profile.open_space(&ada).unwrap();
    let run = space.begin_run(&new_run(1), noon()).unwrap();
    for number in 0..40 {
        let words = "all of this matters ".repeat(40);
        let answer = says(&run, &format!("field-{number}"), &words);
        space.save(&answer, "s", noon()).unwrap();
    }
    space.close().unwrap();
    (folder, ada)
}

/// Opens a profile whose file was garbled; says what was answered and checks that nothing was changed.
fn opened_garbled(dir: &Path, ada: &PersonId) -> Result<(), Error> {
    let profile = open(dir).unwrap();
    let before = every_byte(dir);
    let opened = profile.open_space(ada).map(drop);
    if opened.is_err() {
        assert!(before == every_byte(dir), "a garbled profile was changed");
    }
    opened
}

#[test]
fn garbled_in_any_way_a_file_is_named_and_kept_as_it_is() {
    let (folder, ada) = closed_profile();
    let path = space_file(folder.path(), &ada);
    let whole = fs::read(&path).unwrap();
    let damaged = Err(Error::Damaged { path: path.clone() });

    fs::write(&path, vec![0xA5; whole.len()]).unwrap();
    assert_eq!(opened_garbled(folder.path(), &ada), damaged);
    fs::write(&path, vec![0; whole.len()]).unwrap();
    assert_eq!(opened_garbled(folder.path(), &ada), damaged);
    fs::write(&path, "not a database at all").unwrap();
    assert_eq!(opened_garbled(folder.path(), &ada), damaged);
    for length in [
        0,
        1,
        100,
        4095,
        4096,
        8192,
        whole.len() / 2,
        whole.len() - 1,
        whole.len() - 4096,
    ] {
        fs::write(&path, &whole[..length]).unwrap();
        assert_eq!(opened_garbled(folder.path(), &ada), damaged, "cut to {length}");
    }
    fs::write(&path, &whole).unwrap();
    assert_eq!(opened_garbled(folder.path(), &ada), Ok(()));
}

#[test]
fn one_flipped_bit_anywhere_is_noticed() {
    let (folder, ada) = closed_profile();
    let path = space_file(folder.path(), &ada);
    let whole = fs::read(&path).unwrap();
    // A fixed stride that is no multiple of a page visits every page and every place in it.
    for at in (0..whole.len()).step_by(whole.len() / 61) {
        let mut flipped = whole.clone();
        flipped[at] ^= 1 << (at % 8);
        fs::write(&path, &flipped).unwrap();
        let damaged = Err(Error::Damaged { path: path.clone() });
        assert_eq!(opened_garbled(folder.path(), &ada), damaged, "byte {at}");
    }
}

#[test]
fn a_garbled_file_beside_a_log_is_left_alone_too() {
    let (folder, ada) = closed_profile();
    let profile = open(folder.path()).unwrap();
    let mut space = profile.open_space(&ada).unwrap();
    let run = space.begin_run(&new_run(2), noon()).unwrap();
    space.save(&says(&run, "first", "late"), "s", noon()).unwrap();

    // As a crash leaves it: the log beside the file, nothing checkpointed.
    let crashed = TempDir::new().unwrap();
    copy_all(folder.path(), crashed.path());
    let path = space_file(crashed.path(), &ada);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 4;
    fs::write(&path, &bytes).unwrap();
    let profile = open(crashed.path()).unwrap();
    let log = fs::read(path.with_extension("db-wal")).unwrap();
    assert!(!log.is_empty());
    let refused = profile.open_space(&ada).unwrap_err();
    assert_eq!(refused, Error::Damaged { path: path.clone() });
    assert!(fs::read(&path).unwrap() == bytes);
    assert!(fs::read(path.with_extension("db-wal")).unwrap() == log);
}

/// A file at three moments of a checkpoint: before it, the whole log it copies in, and after it.
struct Checkpoint {
    /// The profile as it was before, the log beside the file.
    folder: TempDir,
    ada: PersonId,
    run: RunId,
    before: Vec<u8>,
    after: Vec<u8>,
}

fn late_words(number: usize) -> String {
    format!("late {number} {}", "and all of it matters ".repeat(40))
}

fn checkpoint() -> Checkpoint {
    let (folder, ada) = closed_profile();
    let profile = open(folder.path()).unwrap();
    let mut space = profile.open_space(&ada).unwrap();
    let run = space.begin_run(&new_run(2), noon()).unwrap();
    for number in 0..60 {
        let answer = says(&run, &format!("late-{number}"), &late_words(number));
        space.save(&answer, "s", noon()).unwrap();
    }
    let crashed = TempDir::new().unwrap();
    copy_all(folder.path(), crashed.path());
    // Nobody's memory of the log survives a power cut.
    fs::remove_file(space_file(crashed.path(), &ada).with_extension("db-shm")).unwrap();
    space.close().unwrap();
    Checkpoint {
        before: fs::read(space_file(crashed.path(), &ada)).unwrap(),
        after: fs::read(space_file(folder.path(), &ada)).unwrap(),
        folder: crashed,
        ada,
        run,
    }
}

impl Checkpoint {
    /// Puts a file in the place of the one before, and reads every word, twice: out of the log, and after the file was
    /// closed and is whole by itself.
    fn all_is_read(&self, file: &[u8], which: &str) {
        let image = TempDir::new().unwrap();
        copy_all(self.folder.path(), image.path());
        let path = space_file(image.path(), &self.ada);
        fs::write(&path, file).unwrap();
        assert!(path.with_extension("db-wal").exists());
        let profile = open(image.path()).unwrap();
        for _ in 0..2 {
            let space = profile.open_space(&self.ada).expect(which);
            for number in 0..60 {
                let kept = space.answer(&self.run, &format!("late-{number}")).unwrap().unwrap();
                let said = says(&self.run, &format!("late-{number}"), &late_words(number));
                assert!(kept.answer == said, "{which}");
            }
            let earlier = space.newest("course", "our-loop", "field-39").unwrap();
            assert_eq!(earlier.len(), 1, "{which}");
            space.close().unwrap();
            assert!(!path.with_extension("db-wal").exists());
        }
    }
}

#[test]
fn a_power_cut_while_the_log_is_copied_in_loses_no_word() {
    const PAGE: usize = 4096;
    let cut = checkpoint();
    let torn = |page: usize| {
        let mut file = cut.before.clone();
        let half = page * PAGE..page * PAGE + PAGE / 2;
        file[half.clone()].copy_from_slice(&cut.after[half]);
        file
    };
    let changed = |page: &usize| {
        let bytes = page * PAGE..(page + 1) * PAGE;
        cut.before[bytes.clone()] != cut.after[bytes]
    };
    let pages: Vec<usize> = (0..cut.before.len() / PAGE).filter(changed).collect();
    assert!(pages[0] == 0 && pages.len() > 2, "{pages:?}");
    assert!(cut.after.len() > cut.before.len());

    cut.all_is_read(&cut.before, "before the first page");
    cut.all_is_read(&torn(0), "page 1 half written");
    for page in &pages[1..] {
        cut.all_is_read(&torn(*page), "a page half written");
    }
    let mut grown = cut.before.clone();
    grown.resize(cut.after.len(), 0);
    cut.all_is_read(&grown, "grown by empty pages");
    cut.all_is_read(&cut.after, "after the last page");
}

#[test]
fn a_file_that_is_gone_is_not_made_anew() {
    let (folder, ada) = closed_profile();
    let path = space_file(folder.path(), &ada);
    fs::remove_file(&path).unwrap();
    let lost = Err(Error::Lost { path: path.clone() });
    assert_eq!(opened_garbled(folder.path(), &ada), lost);
    assert!(!path.exists());
}

#[test]
fn what_it_says_is_plain_and_holds_no_answer() {
    let (folder, ada) = closed_profile();
    let path = space_file(folder.path(), &ada);
    fs::write(&path, "all of this matters").unwrap();
    let said = open(folder.path())
        .and_then(|profile: Profile| profile.open_space(&ada))
        .unwrap_err()
        .to_string();
    assert!(said.contains("is damaged"), "{said}");
    assert!(said.contains("left exactly as it is"), "{said}");
    assert!(!said.contains("matters"), "{said}");
}

pub(crate) fn copy_all(from: &Path, to: &Path) {
    for (path, bytes) in every_byte(from) {
        let name = path.strip_prefix(from).unwrap();
        let to = to.join(name);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, bytes).unwrap();
    }
}
