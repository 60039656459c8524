//! What cannot be brought about through the public door: a full file, a newer one, a tampered one, a process that ends
//! between the two halves of a seal.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use chrono::DateTime;
use tempfile::TempDir;

use crate::db::{Fault, beside};
use crate::reveal::seal::freeze;
use crate::reveal::{self, Leaf, RevealError, Status};
use crate::{
    Answer, Error, Ledger as _, Moment, NewRun, PersonId, Profile, RunId, Shared, Space, SystemEntropy, files,
};

mod crashes;
mod locks;
mod overlap;
mod removed;
mod tampered;

const STEP: &str = "seal-it";

fn noon() -> Moment {
    Moment {
        utc: DateTime::from_timestamp(1_750_000_000, 0).unwrap(),
        offset_minutes: 0,
    }
}

struct Couple {
    a: Space,
    b: Space,
    shared: Shared,
    run: RunId,
    profile: Profile,
    folder: TempDir,
}

impl Couple {
    fn new() -> Couple {
        let folder = TempDir::new().unwrap();
        let mut profile = Profile::open(folder.path(), true, Box::new(SystemEntropy)).unwrap();
        let a = profile.add_person("Ada", "teal").unwrap();
        let b = profile.add_person("Bo", "clay").unwrap();
        let (a, b) = (profile.open_space(&a).unwrap(), profile.open_space(&b).unwrap());
        let mut shared = profile.open_shared(&a).unwrap();
        let new = NewRun {
            pack: "course".into(),
            lesson: "our-loop".into(),
            lesson_version: "1.0.0".into(),
            number: 1,
        };
        let run = shared.begin_run(&new, noon()).unwrap();
        Couple {
            a,
            b,
            shared,
            run,
            profile,
            folder,
        }
    }

    fn both_seal(&mut self) {
        let mine = [leaf("a says")];
        reveal::seal(&mut self.a, &mut self.shared, &self.run, STEP, 0, &mine, None, noon()).unwrap();
        let mine = [leaf("b says")];
        reveal::seal(&mut self.b, &mut self.shared, &self.run, STEP, 0, &mine, None, noon()).unwrap();
    }

    fn opens(&mut self) -> Result<(), RevealError> {
        let (a, b) = (&mut self.a, &mut self.b);
        reveal::open(a, b, &mut self.shared, &self.run, STEP, "surface", noon())
    }

    fn status(&self) -> Status {
        reveal::status(&self.shared, &self.run, STEP).unwrap()
    }
}

fn leaf(text: &str) -> Leaf {
    Leaf {
        field: "first".into(),
        layer: "surface".into(),
        rev: 1,
        text: text.into(),
    }
}

fn says(run: &RunId, field: &str, value: &str) -> Answer {
    Answer {
        run: run.clone(),
        pack: "course".into(),
        lesson: "our-loop".into(),
        field: field.into(),
        rev: 1,
        lesson_version: "1.0.0".into(),
        kind: "long".into(),
        privacy: "mine".into(),
        prompt: "What happens?".into(),
        value: serde_json::to_string(value).unwrap(),
    }
}

fn under(layer: &str, text: &str) -> Leaf {
    Leaf {
        layer: layer.into(),
        ..leaf(text)
    }
}

fn set(space: &Space, pragma: &str) {
    space
        .db
        .read("testing", |conn| conn.query_row(pragma, [], |_| Ok(())))
        .unwrap();
}

#[test]
fn on_a_full_disk_nothing_saved_is_lost_and_the_same_save_works_once_there_is_room() {
    let mut us = Couple::new();
    us.a.save(&says(&us.run, "first", "before"), "s", noon()).unwrap();
    // No page more than there are now.
    set(&us.a, "PRAGMA max_page_count = 1");
    let long = says(&us.run, "first", &"much more ".repeat(20_000));
    let path = us.a.db.path().to_path_buf();
    assert_eq!(us.a.save(&long, "s", noon()), Err(Error::DiskFull { path }));
    let kept = us.a.answer(&us.run, "first").unwrap().unwrap();
    assert_eq!(kept.answer.value, "\"before\"");
    assert_eq!(us.a.history(&us.run, "first").unwrap().len(), 1);
    assert_eq!(us.a.last_save(&us.run).unwrap(), 1, "no number was used up");

    set(&us.a, "PRAGMA max_page_count = 1000000");
    assert_eq!(us.a.save(&long, "s", noon()).unwrap(), 2);
    assert!(us.a.answer(&us.run, "first").unwrap().unwrap().answer == long);
}

#[test]
fn a_change_is_whole_or_not_at_all() {
    let mut us = Couple::new();
    us.a.save(&says(&us.run, "first", "before"), "s", noon()).unwrap();
    let run = us.run.clone();
    let refused = us.a.db.write("testing", |tx| -> Result<(), Fault> {
        crate::answers::save(tx, &says(&run, "first", "half"), None, None, "t", noon())?;
        crate::answers::save(tx, &says(&run, "second", "half"), None, None, "t", noon())?;
        Err(Fault::Rule(Error::Sealed))
    });
    assert_eq!(refused, Err(Error::Sealed));
    assert_eq!(us.a.answers(&run).unwrap().len(), 1);
    assert_eq!(us.a.answer(&run, "first").unwrap().unwrap().answer.value, "\"before\"");
    // A statement that SQLite refuses midway takes the rest with it too, and the file goes on working.
    let broken = Answer {
        value: "not json".into(),
        ..says(&run, "third", "")
    };
    us.a.save(&broken, "s", noon()).unwrap_err();
    assert_eq!(us.a.last_save(&run).unwrap(), 1);
    assert_eq!(us.a.save(&says(&run, "third", "x"), "s", noon()).unwrap(), 2);
}

#[test]
fn after_an_error_that_leaves_the_outcome_open_the_file_is_read_anew() {
    let mut us = Couple::new();
    us.a.save(&says(&us.run, "first", "before"), "s", noon()).unwrap();
    let refused = us.a.db.write("testing", |_| -> Result<(), Fault> {
        let error = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_IOERR_FSYNC);
        Err(Fault::Sql(rusqlite::Error::SqliteFailure(error, None)))
    });
    let path = us.a.db.path().to_path_buf();
    let code = Some(rusqlite::ffi::SQLITE_IOERR_FSYNC);
    let doing = "testing";
    assert_eq!(refused, Err(Error::Failed { doing, path, code }));
    let number = us.a.save(&says(&us.run, "first", "after"), "s", noon()).unwrap();
    assert_eq!(us.a.answer(&us.run, "first").unwrap().unwrap().save, number);
}

fn bytes(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        // The log's index holds nothing and is rebuilt at will.
        .filter(|path| path.is_file() && !path.to_string_lossy().ends_with("-shm"))
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn a_newer_file_is_refused_without_writing_one_byte() {
    let us = Couple::new();
    let ada = us.a.person().clone();
    let path = us.a.db.path().to_path_buf();
    us.a.db
        .read("testing", |conn| conn.execute_batch("PRAGMA user_version = 99"))
        .unwrap();
    // With its log beside it, as a crash of the newer app leaves it.
    let crashed = TempDir::new().unwrap();
    fs::create_dir(crashed.path().join("device")).unwrap();
    for from in bytes(us.folder.path())
        .into_iter()
        .chain(bytes(&us.folder.path().join("device")))
    {
        let name = from.0.strip_prefix(us.folder.path()).unwrap();
        fs::write(crashed.path().join(name), from.1).unwrap();
    }
    let Couple {
        a,
        b,
        shared,
        profile,
        folder,
        ..
    } = us;
    drop((a, b, shared));
    // And closed cleanly.
    let before = bytes(folder.path());
    let newer = Error::Newer { path: path.clone() };
    assert_eq!(profile.open_space(&ada).unwrap_err(), newer);
    assert!(before == bytes(folder.path()));

    let profile = Profile::open(crashed.path(), false, Box::new(SystemEntropy)).unwrap();
    let path = crashed.path().join(path.file_name().unwrap());
    assert!(fs::metadata(beside(&path, "-wal")).unwrap().len() > 0);
    let before = bytes(crashed.path());
    assert_eq!(profile.open_space(&ada).unwrap_err(), Error::Newer { path });
    assert!(before == bytes(crashed.path()));
}

#[test]
fn a_seal_cut_off_between_its_halves_is_a_draft_again() {
    let mut us = Couple::new();
    let save = us.a.save(&says(&us.run, "first", "one"), "s", noon()).unwrap();
    freeze(&mut us.a, &us.run, STEP, &[leaf("one")], noon()).unwrap();
    let again = us.a.save(&says(&us.run, "first", "two"), "s", noon());
    assert_eq!(again, Err(Error::Sealed));
    let ada = us.a.person().clone();
    us.a.close().unwrap();
    us.a = us.profile.open_space(&ada).unwrap();
    reveal::reconcile(&mut us.a, &mut us.shared).unwrap();
    assert_eq!(us.status(), Status::Unsealed);
    us.a.save(&says(&us.run, "first", "two"), "s", noon()).unwrap();
    // And sealing over what such a seal left behind works too.
    freeze(&mut us.a, &us.run, STEP, &[leaf("two")], noon()).unwrap();
    let mine = [leaf("two")];
    let seen = save + 1;
    reveal::seal(&mut us.a, &mut us.shared, &us.run, STEP, seen, &mine, None, noon()).unwrap();
    us.b_seals_and_both_open();
}

impl Couple {
    fn b_seals_and_both_open(&mut self) {
        let mine = [leaf("b says")];
        reveal::seal(&mut self.b, &mut self.shared, &self.run, STEP, 0, &mine, None, noon()).unwrap();
        self.opens().unwrap();
        assert_eq!(
            reveal::opened(&self.shared, &self.run, &[&self.a, &self.b])
                .unwrap()
                .len(),
            2
        );
    }
}

#[test]
fn the_shared_file_cannot_hold_an_opening_without_its_seal() {
    let us = Couple::new();
    let refused = us.shared.db.read("testing", |conn| {
        conn.execute(
            "INSERT INTO openings VALUES (?1, 'x', 'first', 'surface', zeroblob(32), 'x', 0, 0)",
            [&us.run],
        )
    });
    assert!(matches!(refused, Err(Error::Failed { .. })), "{refused:?}");
}

#[test]
fn kept_and_written_answers_look_alike_in_the_shared_file() {
    let mut us = Couple::new();
    us.both_seal();
    let kept = [leaf("")];
    let mut other = Couple::new();
    reveal::seal(
        &mut other.a,
        &mut other.shared,
        &other.run,
        STEP,
        0,
        &kept,
        None,
        noon(),
    )
    .unwrap();
    let shape = |us: &Couple| {
        let ada = us.a.person().clone();
        us.shared
            .db
            .read("testing", |conn| {
                conn.query_row(
                    "SELECT count(*), sum(length(commitment)), max(length(field) + length(layer) + rev) FROM seals WHERE author = ?1",
                    [ada],
                    |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?)),
                )
            })
            .unwrap()
    };
    assert_eq!(shape(&us), shape(&other));
}

#[test]
fn every_setting_durability_rests_on_is_in_force() {
    let us = Couple::new();
    for db in [&us.a.db, &us.shared.db] {
        for (pragma, expected) in [
            ("synchronous", 2),
            ("secure_delete", 1),
            ("foreign_keys", 1),
            ("temp_store", 2),
        ] {
            let is: i64 = db
                .read("testing", |conn| {
                    conn.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get(0))
                })
                .unwrap();
            assert_eq!(is, expected, "{pragma}");
        }
        let (journal, version): (String, String) = db
            .read("testing", |conn| {
                let journal = conn.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
                Ok((
                    journal,
                    conn.query_row("SELECT sqlite_version()", [], |row| row.get(0))?,
                ))
            })
            .unwrap();
        assert_eq!((journal.as_str(), version.as_str()), ("wal", "3.51.3"));
    }
}

#[test]
fn the_list_of_people_never_reaches_the_disk_before_the_files_it_promises() {
    let folder = TempDir::new().unwrap();
    let dir = folder.path();
    let mut profile = Profile::open(dir, true, Box::new(SystemEntropy)).unwrap();
    for name in ["Ada", "Bo"] {
        files::order::take();
        let id: PersonId = profile.add_person(name, "teal").unwrap();
        let done = files::order::take();
        let when = |what: &str, path: PathBuf| done.iter().position(|one| *one == (what, path.clone()));
        let listed = when("named", dir.join("keys.json")).unwrap();
        let mut promised = vec![dir.join(format!("{id}.db.new"))];
        if name == "Bo" {
            promised.push(dir.join("shared.db.new"));
        }
        for path in promised {
            let made = when("made", path).unwrap();
            assert!(made < listed);
            let flushed = done[made..listed].contains(&("flushed", dir.to_path_buf()));
            assert!(flushed, "{done:?}");
        }
    }
}
