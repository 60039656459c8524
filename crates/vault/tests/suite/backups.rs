//! Backups: whole, enough by themselves, and brought back in the place of anything.

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use vault::backup::{Differs, Kind, found_in};
use vault::lock::Secret;
use vault::{Error, Ledger as _, Moment, PersonId, Profile, Space, reveal};

use crate::damage::copy_all;
use crate::locks::{locked, secret};
use crate::world::{Couple, STEP, every_byte, leaf, new_run, noon, open, says, space_file};

fn later(hours: i64) -> Moment {
    let mut at = noon();
    at.utc += chrono::TimeDelta::hours(hours);
    at
}

fn write(space: &mut Space, field: &str) {
    let run = space.begin_run(&new_run(1), noon()).unwrap();
    space.save(&says(&run, field, "word"), "s", noon()).unwrap();
}

fn fields(space: &Space) -> Vec<String> {
    let runs = space.runs().unwrap();
    let kept = runs
        .first()
        .map(|run| space.answers(&run.id).unwrap())
        .unwrap_or_default();
    kept.into_iter().map(|kept| kept.answer.field).collect()
}

/// Nothing of the profile but its backups, as on a new machine.
fn backups_alone(dir: &Path) -> TempDir {
    let bare = TempDir::new().unwrap();
    let all = TempDir::new().unwrap();
    copy_all(dir, all.path());
    copy_all(&all.path().join("backups"), &bare.path().join("backups"));
    bare
}

#[test]
fn a_backup_is_brought_back_and_what_stood_there_is_put_aside() {
    let mut us = Couple::new();
    let ada = us.a.person().clone();
    write(&mut us.a, "first");
    let backup = us.profile.back_up(&us.a, noon()).unwrap();
    write(&mut us.a, "second");
    let Couple {
        mut profile,
        a,
        b,
        shared,
        folder,
    } = us;
    a.close().unwrap();
    let space = profile.restore(&ada, &backup, None, later(1)).unwrap();
    assert_eq!(fields(&space), ["first"]);
    profile.open_shared(&space).unwrap();
    drop(space);
    let listed = profile.backups(&ada).unwrap();
    assert_eq!(listed[0].kind, Kind::Aside);
    // And back again.
    let space = profile.restore(&ada, &listed[0], None, later(2)).unwrap();
    assert_eq!(fields(&space), ["first", "second"]);
    drop((b, shared, folder));
}

#[test]
fn a_damaged_file_gives_way_to_its_backup_and_is_kept() {
    let mut us = Couple::new();
    let ada = us.a.person().clone();
    write(&mut us.a, "first");
    let backup = us.profile.back_up(&us.a, noon()).unwrap();
    let Couple {
        mut profile, a, folder, ..
    } = us;
    a.close().unwrap();
    let path = space_file(folder.path(), &ada);
    fs::write(&path, "not a database").unwrap();
    assert_eq!(profile.open_space(&ada).unwrap_err(), Error::Damaged { path });
    let space = profile.restore(&ada, &backup, None, later(1)).unwrap();
    assert_eq!(fields(&space), ["first"]);
    let aside = profile.backups(&ada).unwrap().remove(0);
    assert_eq!(fs::read(aside.path).unwrap(), b"not a database");
}

#[test]
fn a_damaged_backup_brings_nothing_back_and_changes_nothing() {
    let mut us = Couple::new();
    let ada = us.a.person().clone();
    write(&mut us.a, "first");
    let backup = us.profile.back_up(&us.a, noon()).unwrap();
    let Couple {
        mut profile, a, folder, ..
    } = us;
    a.close().unwrap();
    let whole = fs::read(&backup.path).unwrap();
    for at in (0..whole.len()).step_by(whole.len() / 7) {
        let mut flipped = whole.clone();
        flipped[at] ^= 4;
        fs::write(&backup.path, flipped).unwrap();
        let before = every_byte(folder.path());
        let path = backup.path.clone();
        assert_eq!(
            profile.restore(&ada, &backup, None, noon()).unwrap_err(),
            Error::Damaged { path }
        );
        assert!(every_byte(folder.path()) == before, "byte {at}");
    }
}

#[test]
fn backups_alone_bring_an_open_space_back_on_a_bare_machine() {
    let mut us = Couple::new();
    let (ada, bo) = (us.a.person().clone(), us.b.person().clone());
    write(&mut us.a, "first");
    let run = us.begins_together();
    us.shared.save(&says(&run, "ours", "joint"), &bo, "s", noon()).unwrap();
    us.profile.back_up(&us.a, noon()).unwrap();
    us.profile.back_up(&us.b, noon()).unwrap();
    us.profile.back_up_shared(&us.shared, noon()).unwrap();
    let bare = backups_alone(us.folder.path());

    let mut profile = open(bare.path()).unwrap();
    assert!(profile.people().is_empty());
    let found = found_in(&bare.path().join("backups")).unwrap();
    assert_eq!(found.len(), 2);
    for one in &found {
        assert!(!one.locked);
        profile
            .restore_from(one, &one.backups[0], None)
            .unwrap()
            .close()
            .unwrap();
        assert_eq!(
            profile.restore_from(one, &one.backups[0], None).unwrap_err(),
            Error::HereAlready
        );
    }
    let (mut a, mut b) = (profile.open_space(&ada).unwrap(), profile.open_space(&bo).unwrap());
    assert_eq!(fields(&a), ["first"]);
    let backup = profile.shared_backups().unwrap().remove(0);
    let shared = profile.restore_shared(&mut a, &mut b, &backup, later(1)).unwrap();
    assert_eq!(shared.answers(&run).unwrap().len(), 1);
}

#[test]
fn backups_alone_bring_a_locked_space_back_with_its_passphrase_and_not_without() {
    let mut us = Couple::new();
    let ada = us.a.person().clone();
    write(&mut us.a, "first");
    let Couple {
        mut profile, a, folder, ..
    } = us;
    let words = profile.recovery_words().unwrap();
    locked(&mut profile, a, "a line", Some(&words)).close().unwrap();
    let bare = backups_alone(folder.path());
    assert!(
        every_byte(bare.path())
            .iter()
            .all(|(path, _)| !path.ends_with("device.key"))
    );

    let mut profile = open(bare.path()).unwrap();
    let found = found_in(&bare.path().join("backups")).unwrap();
    let one = found.iter().find(|one| one.person == ada).unwrap();
    assert!(one.locked);
    assert_eq!(
        profile.restore_from(one, &one.backups[0], None).unwrap_err(),
        Error::Locked
    );
    let wrong = Some(Secret::Passphrase(&secret("a lime")));
    assert_eq!(
        profile.restore_from(one, &one.backups[0], wrong).unwrap_err(),
        Error::NotOpened
    );
    assert!(profile.people().is_empty());
    let by_words = secret(words.expose());
    let space = profile
        .restore_from(one, &one.backups[0], Some(Secret::Words(&by_words)))
        .unwrap();
    assert_eq!(fields(&space), ["first"]);
    assert!(profile.is_locked(&ada));
    space.close().unwrap();
    profile.unlock(&ada, Secret::Passphrase(&secret("a line"))).unwrap();
}

#[test]
fn an_old_passphrase_does_not_go_on_opening_the_backups() {
    let us = Couple::new();
    let ada = us.a.person().clone();
    let Couple {
        mut profile, a, folder, ..
    } = us;
    let space = locked(&mut profile, a, "the first", None);
    profile.back_up(&space, noon()).unwrap();
    space.close().unwrap();
    let (first, second) = (secret("the first"), secret("the second"));
    profile
        .change_passphrase(&ada, Secret::Passphrase(&first), &second)
        .unwrap();
    let bare = backups_alone(folder.path());
    let mut profile = open(bare.path()).unwrap();
    let found = found_in(&bare.path().join("backups")).unwrap();
    let one = found.iter().find(|one| one.person == ada).unwrap();
    let old = profile.restore_from(one, &one.backups[0], Some(Secret::Passphrase(&first)));
    assert_eq!(old.unwrap_err(), Error::NotOpened);
    profile
        .restore_from(one, &one.backups[0], Some(Secret::Passphrase(&second)))
        .unwrap();
}

#[test]
fn with_the_lock_off_the_backups_open_by_themselves_again() {
    let mut us = Couple::new();
    let ada = us.a.person().clone();
    write(&mut us.a, "first");
    let Couple {
        mut profile, a, folder, ..
    } = us;
    locked(&mut profile, a, "a line", None).close().unwrap();
    profile
        .take_lock_off(&ada, Secret::Passphrase(&secret("a line")))
        .unwrap();
    let bare = backups_alone(folder.path());
    let mut profile = open(bare.path()).unwrap();
    let found = found_in(&bare.path().join("backups")).unwrap();
    let one = found.iter().find(|one| one.person == ada).unwrap();
    let space = profile.restore_from(one, &one.backups[0], None).unwrap();
    assert_eq!(fields(&space), ["first"]);
}

#[test]
fn a_seal_outlives_bringing_back_what_is_shared() {
    let mut us = Couple::new();
    let run = us.begins_together();
    let mine = [leaf("first", "a says")];
    us.a_seals(&run, &mine).unwrap();
    let backup = us.profile.back_up_shared(&us.shared, noon()).unwrap();
    us.b_seals(&run, &[leaf("first", "b says")]).unwrap();
    us.opens(&run, "surface").unwrap();
    let Couple {
        profile,
        mut a,
        mut b,
        shared,
        folder,
    } = us;
    shared.close().unwrap();
    let mut shared = profile.restore_shared(&mut a, &mut b, &backup, later(1)).unwrap();
    let status = reveal::status(&shared, &run, STEP).unwrap();
    assert!(status.sealed_by(a.person()) && !status.sealed_by(b.person()));
    // Both files remember a pair: one seal of it gone is said, and keeps nobody out.
    let _ = reveal::reconcile(&mut b, &mut shared);
    drop(folder);
}

#[test]
fn many_backups_are_thinned_and_the_newest_is_always_whole() {
    let us = Couple::new();
    let ada = us.a.person().clone();
    for day in 0..40 {
        us.profile.back_up(&us.a, later(day * 24)).unwrap();
        us.profile.back_up(&us.a, later(day * 24 + 1)).unwrap();
    }
    let listed = us.profile.backups(&ada).unwrap();
    assert_eq!(listed[0].number, 80);
    assert!((9..=11).contains(&listed.len()), "{}", listed.len());
}

#[test]
fn after_a_removal_the_older_backups_go_when_they_are_told_to() {
    let mut us = Couple::new();
    let ada = us.a.person().clone();
    write(&mut us.a, "first");
    us.profile.back_up(&us.a, noon()).unwrap();
    let run = us.a.runs().unwrap()[0].id.clone();
    us.a.remove_answer(&run, "first").unwrap();
    let fresh = us.profile.renew_backups(&us.a, later(24)).unwrap();
    assert!(us.profile.backups(&ada).unwrap() == std::slice::from_ref(&fresh));
    let Couple {
        mut profile,
        a,
        b,
        shared,
        folder,
    } = us;
    a.close().unwrap();
    assert!(fields(&profile.restore(&ada, &fresh, None, later(25)).unwrap()).is_empty());
    drop((b, shared, folder));
}

#[test]
fn before_a_newer_app_changes_a_file_it_is_kept_as_it_was() {
    let folder = TempDir::new().unwrap();
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/1");
    copy_all(&golden, folder.path());
    let mut profile = open(folder.path()).unwrap();
    let who: Vec<PersonId> = profile.people().iter().map(|person| person.id.clone()).collect();
    let space = profile.open_space(&who[0]).unwrap();
    profile.open_shared(&space).unwrap();
    profile.open_shared(&space).unwrap();
    let kept = profile.backups(&who[0]).unwrap();
    assert_eq!(
        kept.iter().map(|backup| backup.kind).collect::<Vec<_>>(),
        [Kind::Before],
        "once"
    );
    assert_eq!(profile.shared_backups().unwrap().len(), 1);
    let words = fields(&space);
    space.close().unwrap();
    // It still opens: brought back, it is changed anew.
    let space = profile.restore(&who[0], &kept[0], None, noon()).unwrap();
    assert_eq!(fields(&space), words);
}

#[test]
fn what_lies_in_the_backups_is_for_this_account_alone() {
    let us = Couple::new();
    us.profile.back_up(&us.a, noon()).unwrap();
    us.profile.back_up_shared(&us.shared, noon()).unwrap();
    #[cfg(unix)]
    for (path, _) in every_byte(&us.folder.path().join("backups")) {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", path.display());
    }
}

#[test]
fn a_log_left_beside_a_file_is_not_read_into_the_backup_that_takes_its_place() {
    let mut us = Couple::new();
    let ada = us.a.person().clone();
    write(&mut us.a, "first");
    let backup = us.profile.back_up(&us.a, noon()).unwrap();
    for number in 0..30 {
        write(&mut us.a, &format!("late-{number}"));
    }
    // As a crash leaves it.
    let crashed = TempDir::new().unwrap();
    copy_all(us.folder.path(), crashed.path());
    let path = space_file(crashed.path(), &ada);
    assert!(fs::metadata(path.with_extension("db-wal")).unwrap().len() > 0);
    let mut profile = open(crashed.path()).unwrap();
    let path = backup.path.strip_prefix(us.folder.path()).unwrap();
    let backup = vault::backup::Backup {
        path: crashed.path().join(path),
        ..backup
    };
    // Opened by nobody in between: the log lies there as the crash left it.
    fs::write(space_file(crashed.path(), &ada), "garbled").unwrap();
    let space = profile.restore(&ada, &backup, None, later(1)).unwrap();
    assert_eq!(fields(&space), ["first"]);
    space.close().unwrap();
    assert_eq!(fields(&profile.open_space(&ada).unwrap()), ["first"]);
    // What the log held is aside with the file it belongs to.
    let aside = profile.backups(&ada).unwrap().remove(0);
    assert!(fs::metadata(aside.path.with_extension("db-wal")).unwrap().len() > 0);
}

#[test]
fn what_was_put_aside_with_its_log_is_brought_back_with_it() {
    let mut us = Couple::new();
    let ada = us.a.person().clone();
    write(&mut us.a, "first");
    let backup = us.profile.back_up(&us.a, noon()).unwrap();
    write(&mut us.a, "late");
    let aside = TempDir::new().unwrap();
    copy_all(us.folder.path(), aside.path());
    let Couple {
        mut profile,
        a,
        b,
        shared,
        folder,
    } = us;
    a.close().unwrap();
    // A backup with a log beside it, as `restore` puts a crashed file aside.
    for (from, to) in [("db", "db"), ("db-wal", "db-wal")] {
        let from = space_file(aside.path(), &ada).with_extension(from);
        fs::copy(from, backup.path.with_extension(to)).unwrap();
    }
    let space = profile.restore(&ada, &backup, None, later(1)).unwrap();
    assert_eq!(fields(&space), ["first", "late"]);
    drop((b, shared, folder));
}

#[test]
fn a_backup_says_what_it_holds_to_its_owner_alone() {
    let mut us = Couple::new();
    let ada = us.a.person().clone();
    let empty = us.profile.back_up(&us.a, noon()).unwrap();
    write(&mut us.a, "first");
    write(&mut us.a, "second");
    let full = us.profile.back_up(&us.a, later(24)).unwrap();
    let holds = |profile: &Profile, backup, secret| profile.look_into(&ada, backup, secret);
    let one = holds(&us.profile, &empty, None).unwrap();
    assert_eq!((one.runs, one.answers, one.last_save, one.newest), (0, 0, 0, None));
    let one = holds(&us.profile, &full, None).unwrap();
    assert_eq!(
        (one.runs, one.answers, one.last_save, one.newest),
        (1, 2, 2, Some(noon()))
    );
    let Couple { mut profile, a, .. } = us;
    locked(&mut profile, a, "a line", None).close().unwrap();
    let backup = profile.backups(&ada).unwrap().remove(0);
    assert_eq!(holds(&profile, &backup, None), Err(Error::Locked));
    let line = secret("a line");
    assert_eq!(holds(&profile, &backup, Some(Secret::Passphrase(&line))).unwrap(), one);
}

#[test]
fn who_writes_while_a_backup_is_made_loses_nothing_and_the_backup_is_whole() {
    let mut us = Couple::new();
    let ada = us.a.person().clone();
    let run = us.a.begin_run(&new_run(1), noon()).unwrap();
    for number in 0..200 {
        let answer = says(&run, &format!("field-{number}"), &"word ".repeat(200));
        us.a.save(&answer, "s", noon()).unwrap();
    }
    let making = us.profile.backup_of(&us.a, noon()).unwrap();
    let other = std::thread::spawn(move || making.make());
    let mut written = 0;
    while !other.is_finished() || written == 0 {
        us.a.save(&says(&run, &format!("late-{written}"), "late"), "s", noon())
            .unwrap();
        written += 1;
    }
    let made = other.join().unwrap().unwrap().unwrap();
    let held = us.profile.look_into(&ada, &made, None).unwrap();
    assert!((200..=200 + written).contains(&held.answers), "{held:?}");
    assert_eq!(
        us.a.answers(&run).unwrap().len(),
        usize::try_from(200 + written).unwrap()
    );
}

#[test]
fn where_nothing_was_written_since_no_backup_is_added() {
    let mut us = Couple::new();
    let ada = us.a.person().clone();
    write(&mut us.a, "first");
    let make = |us: &Couple, hours| us.profile.backup_of(&us.a, later(hours)).unwrap().make().unwrap();
    assert_eq!(make(&us, 0).unwrap().number, 1);
    assert_eq!(make(&us, 24), None);
    // Written, and nothing is different after it.
    let run = us.a.runs().unwrap()[0].id.clone();
    us.a.set_place(&run, "middle").unwrap();
    assert_eq!(make(&us, 30).unwrap().number, 2);
    us.a.set_place(&run, "middle").unwrap();
    assert_eq!(make(&us, 36), None);
    // The same number of rows, and another word in one of them.
    us.a.save(&says(&run, "first", "sword"), "s", noon()).unwrap();
    let second = make(&us, 48).unwrap();
    assert_eq!((second.number, us.profile.backups(&ada).unwrap().len()), (3, 3));
    // One that can no longer be read is none.
    fs::write(&second.path, "damaged").unwrap();
    assert_eq!(make(&us, 72).unwrap().number, 4);
    // So it is with what is shared.
    let shared = |us: &Couple, hours| {
        let making = us.profile.backup_of_shared(&us.shared, later(hours)).unwrap();
        making.make().unwrap().map(|made| made.number)
    };
    assert_eq!((shared(&us, 0), shared(&us, 24)), (Some(1), None));
}

#[test]
fn it_is_said_what_bringing_a_backup_back_would_do() {
    let mut us = Couple::new();
    write(&mut us.a, "stays");
    write(&mut us.a, "goes");
    write(&mut us.a, "changes");
    let run = us.a.runs().unwrap()[0].id.clone();
    let backup = us.profile.back_up(&us.a, noon()).unwrap();
    assert_eq!(us.profile.compare(&us.a, &backup).unwrap(), Differs::default());
    us.a.remove_answer(&run, "goes").unwrap();
    us.a.save(&says(&run, "changes", "sword"), "s", noon()).unwrap();
    us.a.save(&says(&run, "comes", "word"), "s", noon()).unwrap();
    us.a.save(&says(&run, "comes-too", "word"), "s", noon()).unwrap();
    let differs = us.profile.compare(&us.a, &backup).unwrap();
    assert_eq!((differs.gone, differs.changed, differs.back), (2, 1, 1));
    fs::write(&backup.path, "damaged").unwrap();
    let path = backup.path.clone();
    assert_eq!(us.profile.compare(&us.a, &backup).unwrap_err(), Error::Damaged { path });
}
