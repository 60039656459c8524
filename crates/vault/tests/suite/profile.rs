//! The folder: one window, two people, a crash at any point of joining.

use std::fs;

use tempfile::TempDir;
use vault::{Error, Ledger as _, Profile};

use crate::world::{Couple, every_byte, new_run, noon, open, says, space_file, system};

#[test]
fn a_missing_folder_is_named_and_made_only_when_asked() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("nowhere");
    let refused = Profile::open(&path, false, system()).unwrap_err();
    assert_eq!(refused, Error::Missing { path: path.clone() });
    assert!(!path.exists());
    let profile = Profile::open(&path, true, system()).unwrap();
    assert!(profile.people().is_empty());
}

#[test]
fn a_second_window_is_told_that_the_first_has_it() {
    let folder = TempDir::new().unwrap();
    let first = open(folder.path()).unwrap();
    let path = folder.path().to_path_buf();
    let second = Profile::open(folder.path(), true, system());
    assert_eq!(second.unwrap_err(), Error::InUse { path });
    drop(first);
    open(folder.path()).unwrap();
}

#[test]
fn a_file_where_the_folder_should_be_is_unreadable_and_left_alone() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("profile");
    fs::write(&path, "mine").unwrap();
    let refused = open(&path).unwrap_err();
    assert_eq!(refused, Error::Unreadable { path: path.clone() });
    let below = path.join("profile");
    assert_eq!(open(&below).unwrap_err(), Error::Unreadable { path: below });
    assert_eq!(fs::read(&path).unwrap(), b"mine");
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_named_as_such() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = TempDir::new().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o500)).unwrap();
    // The administrator may write anywhere: then there is nothing to refuse.
    let all_powerful = fs::write(folder.path().join("try"), "").is_ok();
    let opened = open(folder.path());
    if !all_powerful {
        let path = folder.path().to_path_buf();
        assert_eq!(opened.unwrap_err(), Error::ReadOnly { path });
    }
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
}

#[cfg(unix)]
#[test]
fn everything_is_for_this_account_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let us = Couple::new();
    for (path, _) in every_byte(us.folder.path()) {
        let mode = fs::metadata(&path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{}", path.display());
    }
    let device = us.folder.path().join("device");
    let mode = fs::metadata(device).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, 0o700);
}

#[test]
fn two_people_and_no_more() {
    let mut us = Couple::new();
    assert_eq!(us.profile.add_person("Cy", "olive"), Err(Error::Full));
}

#[test]
fn alone_there_is_nothing_shared() {
    let folder = TempDir::new().unwrap();
    let mut profile = open(folder.path()).unwrap();
    let ada = profile.add_person("Ada", "teal").unwrap();
    let space = profile.open_space(&ada).unwrap();
    assert_eq!(profile.open_shared(&space).unwrap_err(), Error::Alone);
}

#[test]
fn either_of_the_two_opens_what_both_share() {
    let us = Couple::new();
    us.profile.open_shared(&us.a).unwrap();
    us.profile.open_shared(&us.b).unwrap();
}

/// Joining writes these, in this order. A crash leaves the first few of them.
#[test]
fn a_crash_at_any_point_of_joining_leaves_a_profile_that_opens() {
    let before = TempDir::new().unwrap();
    let mut profile = open(before.path()).unwrap();
    let ada = profile.add_person("Ada", "teal").unwrap();
    let mut space = profile.open_space(&ada).unwrap();
    let run = space.begin_run(&new_run(1), noon()).unwrap();
    space.save(&says(&run, "first", "mine"), "s", noon()).unwrap();
    drop((space, profile));
    let old_keys = fs::read(before.path().join("keys.json")).unwrap();

    let mut profile = open(before.path()).unwrap();
    let bo = profile.add_person("Bo", "clay").unwrap();
    drop(profile);
    let after = every_byte(before.path());
    let bos = space_file(before.path(), &bo);
    let shared = before.path().join("shared.db");

    // How many of the three last names were given: keys.json, then Bo's file, then the shared one.
    for names in 0..=3 {
        let crashed = TempDir::new().unwrap();
        for (path, bytes) in &after {
            let mut name = path.strip_prefix(before.path()).unwrap().to_path_buf();
            let mut bytes = bytes.clone();
            if *path == bos && names < 2 || *path == shared && names < 3 {
                name.set_extension("db.new");
            }
            if name.to_string_lossy().starts_with("keys.json") && names < 1 {
                bytes = old_keys.clone();
            }
            let to = crashed.path().join(name);
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::write(to, bytes).unwrap();
        }
        let mut profile = open(crashed.path()).unwrap();
        if names == 0 {
            assert_eq!(profile.people().len(), 1);
            profile.add_person("Bo", "clay").unwrap();
        }
        assert_eq!(profile.people().len(), 2, "after {names}");
        let space = profile.open_space(&ada).unwrap();
        assert_eq!(space.answers(&run).unwrap().len(), 1);
        profile.open_shared(&space).unwrap();
        let other = profile.people()[1].id.clone();
        let other = profile.open_space(&other).unwrap();
        profile.open_shared(&other).unwrap();
    }
}

#[test]
fn a_torn_list_of_people_is_read_from_its_second_copy() {
    let us = Couple::new();
    let dir = us.folder.path().to_path_buf();
    let names = |p: &Profile| p.people().iter().map(|p| p.name.clone()).collect::<Vec<_>>();
    let whole = fs::read(dir.join("keys.json")).unwrap();
    let mut flipped = whole.clone();
    let at = flipped.len() / 2;
    flipped[at] ^= 1;
    let Couple { profile, folder, .. } = us;
    drop(profile);
    for copy in ["keys.json", "keys.json.bak"] {
        for broken in [&whole[..whole.len() / 2], &flipped[..], b"", b"\xff\xfe"] {
            fs::write(dir.join(copy), broken).unwrap();
            let profile = open(&dir).unwrap();
            assert_eq!(names(&profile), ["Ada", "Bo"]);
            assert_eq!(fs::read(dir.join(copy)).unwrap(), whole, "put right again");
        }
        fs::remove_file(dir.join(copy)).unwrap();
        assert_eq!(names(&open(&dir).unwrap()), ["Ada", "Bo"]);
    }
    for copy in ["keys.json", "keys.json.bak"] {
        fs::write(dir.join(copy), "{}").unwrap();
    }
    let path = dir.join("keys.json");
    assert_eq!(open(&dir).unwrap_err(), Error::Damaged { path });
    drop(folder);
}

#[test]
fn a_lost_list_of_people_is_not_a_fresh_beginning() {
    let us = Couple::new();
    let Couple { profile, folder, .. } = us;
    drop(profile);
    fs::remove_file(folder.path().join("keys.json")).unwrap();
    fs::remove_file(folder.path().join("keys.json.bak")).unwrap();
    let path = folder.path().join("keys.json");
    assert_eq!(open(folder.path()).unwrap_err(), Error::Lost { path });
}

#[test]
fn a_newer_list_of_people_is_refused_unchanged() {
    let us = Couple::new();
    let Couple { profile, folder, .. } = us;
    drop(profile);
    let path = folder.path().join("keys.json");
    fs::write(&path, r#"{"format":3,"anything":[]}"#).unwrap();
    let before = every_byte(folder.path());
    assert_eq!(open(folder.path()).unwrap_err(), Error::Newer { path });
    assert!(before == every_byte(folder.path()));
}

#[test]
fn a_missing_or_damaged_key_is_named_and_nothing_is_made_in_its_place() {
    let us = Couple::new();
    let ada = us.a.person().clone();
    let Couple { profile, a, folder, .. } = us;
    drop(a);
    let path = folder.path().join("device").join(format!("{ada}.key"));
    let whole = fs::read_to_string(&path).unwrap();
    fs::write(&path, whole.replace(&whole[20..24], "0000")).unwrap();
    let damaged = Error::Damaged { path: path.clone() };
    assert_eq!(profile.open_space(&ada).unwrap_err(), damaged);
    fs::remove_file(&path).unwrap();
    let lost = Error::Lost { path: path.clone() };
    assert_eq!(profile.open_space(&ada).unwrap_err(), lost);
    assert!(!path.exists());
}

#[test]
fn everything_can_move_to_another_thread() {
    fn moves<T: Send>(_: &T) {}
    let us = Couple::new();
    moves(&us.profile);
    moves(&us.a);
    moves(&us.shared);
}
