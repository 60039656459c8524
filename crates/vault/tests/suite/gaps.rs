//! What was said to be saved and is not in its file any more is said, until whoever may know was told; and nothing else is.
//! Kills, power cuts and failing disks that lose nothing are no gap: `kill`, `power` and `faults` hold each file to that.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use tempfile::TempDir;
use vault::lock::Secret;
use vault::{Gap, Ledger as _, Moment, Passed, PersonId, Profile, SecretString, Space};

use crate::damage::copy_all;
use crate::locks::locked;
use crate::world::{Couple, every_byte, new_run, no_gap, noon, open, says, space_file};

fn later() -> Moment {
    let mut later = noon();
    later.utc += TimeDelta::hours(1);
    later
}

fn until(at: Moment) -> Option<Gap> {
    Some(Gap { whole_until: Some(at) })
}

fn mark_of(db: &Path) -> PathBuf {
    db.with_extension("db-mark")
}

fn saves(space: &mut Space, field: &str, at: Moment) {
    let run = space.begin_run(&new_run(1), noon()).unwrap();
    space.save(&says(&run, field, "kept"), "s", at).unwrap();
}

/// Ada, with a word saved at noon, and the file as it was then.
fn begun() -> (TempDir, Profile, PersonId, Vec<u8>) {
    let folder = TempDir::new().unwrap();
    let mut profile = open(folder.path()).unwrap();
    let ada = profile.add_person("Ada", "teal").unwrap();
    let mut space = profile.open_space(&ada).unwrap();
    saves(&mut space, "first", noon());
    space.close().unwrap();
    let then = fs::read(space_file(folder.path(), &ada)).unwrap();
    (folder, profile, ada, then)
}

#[test]
fn an_older_file_put_back_by_hand_is_said_until_its_owner_was_told() {
    let (folder, profile, ada, then) = begun();
    let mut space = profile.open_space(&ada).unwrap();
    saves(&mut space, "second", later());
    space.close().unwrap();
    fs::write(space_file(folder.path(), &ada), then).unwrap();

    let mut space = profile.open_space(&ada).unwrap();
    assert_eq!(space.gap().unwrap(), until(noon()));
    // Somebody opens it again and writes much more before they were told.
    for number in 0..9 {
        saves(&mut space, &format!("field-{number}"), later());
    }
    space.close().unwrap();
    let mut space = profile.open_space(&ada).unwrap();
    assert_eq!(space.gap().unwrap(), until(later()));
    space.gap_is_said().unwrap();
    assert_eq!(space.gap().unwrap(), None);
    space.close().unwrap();
    let mut space = profile.open_space(&ada).unwrap();
    assert_eq!(space.gap().unwrap(), None, "it is said once");
    saves(&mut space, "third", later());
    space.close().unwrap();
    assert_eq!(profile.open_space(&ada).unwrap().gap().unwrap(), None);
}

#[test]
fn a_gap_said_before_a_power_cut_that_takes_the_newest_mark_back_is_not_said_again() {
    let (folder, profile, ada, then) = begun();
    let mut space = profile.open_space(&ada).unwrap();
    saves(&mut space, "second", later());
    space.close().unwrap();
    let path = space_file(folder.path(), &ada);
    let mark = fs::read(mark_of(&path)).unwrap();
    fs::write(&path, then).unwrap();
    let mut space = profile.open_space(&ada).unwrap();
    space.gap_is_said().unwrap();
    space.close().unwrap();
    fs::write(mark_of(&path), mark).unwrap();
    assert_eq!(profile.open_space(&ada).unwrap().gap().unwrap(), None);
}

#[test]
fn a_log_cut_short_after_a_crash_is_said_of_the_file_it_belongs_to_and_of_no_other() {
    let mut us = Couple::new();
    let run = us.begins_together();
    us.shared.save(&says(&run, "ours", "joint"), None, "s", noon()).unwrap();
    us.shared
        .save(&says(&run, "more", "joint"), None, "s", later())
        .unwrap();
    saves(&mut us.a, "first", noon());
    saves(&mut us.b, "first", noon());
    let crashed = TempDir::new().unwrap();
    copy_all(us.folder.path(), crashed.path());
    let log = crashed.path().join("shared.db-wal");
    let bytes = fs::read(&log).unwrap();
    fs::write(&log, &bytes[..bytes.len() - 1]).unwrap();

    let profile = open(crashed.path()).unwrap();
    let [mut a, b] = [us.a.person(), us.b.person()].map(|who| profile.open_space(who).unwrap());
    let mut shared = profile.open_shared(&a).unwrap();
    assert_eq!(shared.gap().unwrap(), until(noon()));
    assert_eq!([a.gap().unwrap(), b.gap().unwrap()], [None, None]);
    // What is said of one's own file says nothing of the shared one.
    a.gap_is_said().unwrap();
    shared.close().unwrap();
    shared = profile.open_shared(&b).unwrap();
    assert_eq!(shared.gap().unwrap(), until(noon()));
    shared.gap_is_said().unwrap();
    shared.close().unwrap();
    no_gap(&[&a, &b], &profile.open_shared(&a).unwrap(), "told");
}

#[test]
fn a_backup_brought_back_is_no_gap() {
    let mut us = Couple::new();
    let run = us.begins_together();
    saves(&mut us.a, "first", noon());
    us.profile.back_up(&us.a, noon()).unwrap();
    us.profile.back_up_shared(&us.shared, noon()).unwrap();
    saves(&mut us.a, "second", later());
    us.shared.save(&says(&run, "ours", "joint"), None, "s", noon()).unwrap();
    let Couple {
        mut profile,
        a,
        mut b,
        shared,
        folder: _folder,
    } = us;
    let ada = a.person().clone();
    a.close().unwrap();
    shared.close().unwrap();
    let own = profile.backups(&ada).unwrap().remove(0);
    let mut a = profile.restore(&ada, &own, None, noon()).unwrap();
    let ours = profile.shared_backups().unwrap().remove(0);
    let shared = profile.restore_shared(&mut a, &mut b, &ours, noon()).unwrap();
    no_gap(&[&a, &b], &shared, "brought back");
    a.close().unwrap();
    shared.close().unwrap();
    let a = profile.open_space(&ada).unwrap();
    no_gap(&[&a, &b], &profile.open_shared(&a).unwrap(), "and opened again");
}

#[test]
fn a_person_brought_back_from_their_backups_alone_has_no_gap() {
    let (folder, profile, ada, _) = begun();
    let mut space = profile.open_space(&ada).unwrap();
    profile.back_up(&space, noon()).unwrap();
    saves(&mut space, "second", later());
    space.close().unwrap();
    drop(profile);
    let path = space_file(folder.path(), &ada);
    assert!(mark_of(&path).exists());
    for lost in ["keys.json", "keys.json.bak"] {
        fs::remove_file(folder.path().join(lost)).unwrap();
    }
    fs::remove_file(path).unwrap();
    let mut profile = open(folder.path()).unwrap();
    let found = vault::backup::found_in(&folder.path().join("backups"))
        .unwrap()
        .remove(0);
    let space = profile.restore_from(&found, &found.backups[0], None).unwrap();
    assert_eq!(space.gap().unwrap(), None);
}

#[test]
fn a_new_lock_is_no_gap_and_behind_it_one_is_still_said() {
    let (folder, mut profile, ada, _) = begun();
    let space = profile.open_space(&ada).unwrap();
    let mut space = locked(&mut profile, space, "a line", None);
    assert_eq!(space.gap().unwrap(), None);
    saves(&mut space, "second", noon());
    space.close().unwrap();
    let path = space_file(folder.path(), &ada);
    let then = fs::read(&path).unwrap();
    let line = SecretString::from("a line");
    let unlocked = || profile.unlock(&ada, Secret::Passphrase(&line)).unwrap();
    let mut space = unlocked();
    assert_eq!(space.gap().unwrap(), None);
    saves(&mut space, "third", later());
    space.close().unwrap();
    fs::write(&path, then).unwrap();
    assert_eq!(unlocked().gap().unwrap(), until(noon()));
}

#[test]
fn a_sharing_that_ended_and_began_anew_and_a_new_key_for_it_are_no_gap() {
    let mut us = Couple::new();
    for number in 1..9 {
        us.shared.begin_run(&new_run(number), noon()).unwrap();
    }
    let Couple {
        mut profile,
        mut a,
        mut b,
        shared,
        folder: _folder,
    } = us;
    profile.leave_together(&mut a, &mut b, shared, noon()).unwrap();
    profile.share_again(&mut a, &mut b).unwrap();
    let mut shared = profile.open_shared(&a).unwrap();
    no_gap(&[&a, &b], &shared, "begun anew");
    shared.begin_run(&new_run(1), noon()).unwrap();
    shared.close().unwrap();
    let mut a = locked(&mut profile, a, "a line", None);
    let mut b = locked(&mut profile, b, "another", None);
    let shared = profile.open_shared_of_both(&mut a, &mut b, noon()).unwrap();
    no_gap(&[&a, &b], &shared, "a new key");
}

#[test]
fn a_mark_that_fell_behind_or_is_harmed_or_gone_is_no_gap_and_stops_no_save() {
    let (folder, profile, ada, _) = begun();
    let mark = mark_of(&space_file(folder.path(), &ada));
    let behind = fs::read(&mark).unwrap();
    let mut space = profile.open_space(&ada).unwrap();
    saves(&mut space, "second", later());
    space.close().unwrap();
    let newest = fs::read(&mark).unwrap();
    let mut marks: Vec<Vec<u8>> = (0..newest.len())
        .map(|at| {
            let mut flipped = newest.clone();
            flipped[at] ^= 1;
            flipped
        })
        .collect();
    marks.extend([
        behind,
        Vec::new(),
        newest[..20].to_vec(),
        vec![0; newest.len()],
        [newest.clone(), newest].concat(),
    ]);
    for bytes in marks {
        fs::write(&mark, bytes).unwrap();
        assert_eq!(profile.open_space(&ada).unwrap().gap().unwrap(), None);
    }
    fs::remove_file(&mark).unwrap();
    // Nothing can be written there.
    fs::create_dir(&mark).unwrap();
    let mut space = profile.open_space(&ada).unwrap();
    saves(&mut space, "third", later());
    assert_eq!(space.gap().unwrap(), None);
}

#[test]
fn the_mark_tells_nobody_how_much_was_written() {
    let (folder, profile, ada, _) = begun();
    let mark = mark_of(&space_file(folder.path(), &ada));
    let few = fs::read(&mark).unwrap();
    let mut space = profile.open_space(&ada).unwrap();
    for number in 0..300 {
        saves(&mut space, &format!("field-{number}"), noon());
    }
    let many = fs::read(&mark).unwrap();
    assert_eq!(few.len(), many.len());
    // Neither a number nor the same bytes for the same number.
    assert_eq!(few.iter().zip(&many).filter(|(one, other)| one == other).count() / 8, 0);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&mark).unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[test]
fn with_a_space_that_is_removed_its_mark_goes_too() {
    let (folder, mut profile, ada, _) = begun();
    let space = profile.open_space(&ada).unwrap();
    profile.remove_space(space).unwrap();
    let left: Vec<_> = every_byte(folder.path()).into_iter().map(|(path, _)| path).collect();
    assert!(
        left.iter().all(|path| !path.to_string_lossy().contains("-mark")),
        "{left:?}"
    );
}

/// So that a page can be turned on a full disk, and a backup is not asked for by looking.
#[test]
fn what_is_kept_as_it_was_already_writes_nothing() {
    let (folder, profile, ada, _) = begun();
    let mut space = profile.open_space(&ada).unwrap();
    let run = space.begin_run(&new_run(1), noon()).unwrap();
    let look_around = |space: &mut Space| {
        space.begin_run(&new_run(1), noon()).unwrap();
        space.set_place(&run, "a-step").unwrap();
        space.pass(&run, "a-step", Passed::Skipped, None).unwrap();
        space.set_setting("idle", "5").unwrap();
    };
    look_around(&mut space);
    let mark = mark_of(&space_file(folder.path(), &ada));
    let then = fs::read(&mark).unwrap();
    look_around(&mut space);
    assert_eq!(fs::read(&mark).unwrap(), then, "nothing was written");
    space.set_place(&run, "another").unwrap();
    assert_ne!(fs::read(&mark).unwrap(), then);
}
