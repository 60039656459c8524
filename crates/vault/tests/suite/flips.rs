//! One flipped bit, anywhere in a profile: it is noticed or does no harm, and a backup brings back what it hit.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use vault::backup::found_in;
use vault::lock::Secret;
use vault::{Error, Ledger as _, PersonId, Profile, SecretString, Space};

use crate::chance::Chance;
use crate::damage::copy_all;
use crate::locks::locked;
use crate::world::{Couple, every_byte, long, new_run, noon, open, says, space_file};

/// Two people, one of them locked, with words, a joint word and backups of all; closed.
fn closed() -> (TempDir, [PersonId; 2]) {
    let mut us = Couple::new();
    let bo = us.b.person().clone();
    let run = us.begins_together();
    us.shared.save(&says(&run, "ours", "joint"), &bo, "s", noon()).unwrap();
    for space in [&mut us.a, &mut us.b] {
        let run = space.begin_run(&new_run(1), noon()).unwrap();
        for number in 0..9 {
            let text = "and all of it matters ".repeat(number * 20);
            space
                .save(&says(&run, &format!("field-{number}"), &text), "s", noon())
                .unwrap();
        }
    }
    let Couple {
        mut profile,
        a,
        b,
        shared,
        folder,
    } = us;
    let ids = [a.person().clone(), b.person().clone()];
    let a = locked(&mut profile, a, "a line", None);
    profile.back_up(&b, noon()).unwrap();
    profile.back_up_shared(&shared, noon()).unwrap();
    a.close().unwrap();
    b.close().unwrap();
    shared.close().unwrap();
    (folder, ids)
}

fn spaces(profile: &Profile, ids: &[PersonId; 2]) -> [Result<Space, Error>; 2] {
    let line = SecretString::from("a line");
    [
        profile.unlock(&ids[0], Secret::Passphrase(&line)),
        profile.open_space(&ids[1]),
    ]
}

fn reads_whole(space: &Space) {
    let run = space.runs().unwrap()[0].id.clone();
    assert_eq!(space.answers(&run).unwrap().len(), 9);
}

/// Opens and reads everything; answers what was refused.
fn look(dir: &Path, ids: &[PersonId; 2]) -> Vec<Error> {
    let profile = match open(dir) {
        Ok(profile) => profile,
        Err(error) => return vec![error],
    };
    let mut refused = Vec::new();
    for space in spaces(&profile, ids) {
        match space {
            Ok(space) => {
                reads_whole(&space);
                match profile.open_shared(&space) {
                    Ok(shared) => assert_eq!(shared.answers(&shared.runs().unwrap()[0].id).unwrap().len(), 1),
                    Err(error) => refused.push(error),
                }
            }
            Err(error) => refused.push(error),
        }
    }
    refused
}

#[test]
fn one_flipped_bit_anywhere_is_noticed_or_harmless_and_a_backup_brings_it_back() {
    let (folder, ids) = closed();
    assert!(look(folder.path(), &ids).is_empty());
    let files: Vec<(PathBuf, Vec<u8>)> = every_byte(folder.path())
        .into_iter()
        .filter(|(_, bytes)| !bytes.is_empty())
        .collect();
    assert!(files.len() >= 10, "{}", files.len());
    let mut chance = Chance(2028);
    let mut noticed = 0;
    let flips = if long() { 500 } else { 60 };
    for _ in 0..flips {
        // Each file as likely as any other, so that the small ones are hit as often as the large.
        let (path, bytes) = &files[chance.below(files.len())];
        let (at, bit) = (chance.below(bytes.len()), chance.below(8));
        let image = TempDir::new().unwrap();
        copy_all(folder.path(), image.path());
        let name = path.strip_prefix(folder.path()).unwrap();
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << bit;
        fs::write(image.path().join(name), &flipped).unwrap();
        let what = format!("{} byte {at} bit {bit}", name.display());

        let refused = look(image.path(), &ids);
        noticed += usize::from(!refused.is_empty());
        for error in &refused {
            assert!(
                matches!(error, Error::Damaged { .. } | Error::NotOpened | Error::Newer { .. }),
                "{what}: {error:?}"
            );
        }
        let data = name.extension().is_some_and(|end| end == "db") && name.components().count() == 1;
        assert!(!data || !refused.is_empty(), "{what} was not noticed");
        if data && !name.starts_with("shared.db") {
            comes_back(image.path(), &ids, &what);
        }
        if name.starts_with("backups")
            && name.extension().is_some_and(|end| end == "db")
            && !name.to_string_lossy().contains("shared")
        {
            stays_as_it_is(image.path(), &ids, &image.path().join(name), &what);
        }
    }
    assert!(noticed > 0 && noticed < flips, "{noticed} of {flips}");
}

fn comes_back(dir: &Path, ids: &[PersonId; 2], what: &str) {
    let mut profile = open(dir).unwrap();
    let hit = spaces(&profile, ids).iter().position(Result::is_err).unwrap();
    let backup = profile.backups(&ids[hit]).unwrap().remove(0);
    let line = SecretString::from("a line");
    let secret = (hit == 0).then_some(Secret::Passphrase(&line));
    let space = profile.restore(&ids[hit], &backup, secret, noon());
    reads_whole(&space.unwrap_or_else(|error| panic!("{what}: {error}")));
}

/// A damaged backup is refused, and what stands in its place is not touched.
fn stays_as_it_is(dir: &Path, ids: &[PersonId; 2], path: &Path, what: &str) {
    let found = found_in(&dir.join("backups")).unwrap();
    let one = found.iter().find(|one| path.starts_with(&one.folder)).unwrap();
    let backup = one.backups.iter().find(|backup| backup.path == path).unwrap();
    let mut profile = open(dir).unwrap();
    let line = SecretString::from("a line");
    let secret = (one.person == ids[0]).then_some(Secret::Passphrase(&line));
    let refused = profile.restore(&one.person, backup, secret, noon()).unwrap_err();
    assert!(matches!(refused, Error::Damaged { .. }), "{what}: {refused:?}");
    drop(profile);
    assert!(look(dir, ids).is_empty(), "{what}");
}

#[test]
fn one_flipped_bit_in_a_log_leaves_a_whole_earlier_moment_and_the_gap_is_said() {
    let folder = TempDir::new().unwrap();
    let mut profile = open(folder.path()).unwrap();
    let ada = profile.add_person("Ada", "teal").unwrap();
    profile.open_space(&ada).unwrap().close().unwrap();
    let mut space = profile.open_space(&ada).unwrap();
    let run = space.begin_run(&new_run(1), noon()).unwrap();
    for number in 1..=40 {
        space
            .save(&says(&run, &format!("field-{number}"), "kept"), "s", noon())
            .unwrap();
    }
    let crashed = TempDir::new().unwrap();
    copy_all(folder.path(), crashed.path());
    let path = space_file(crashed.path(), &ada);
    fs::remove_file(path.with_extension("db-shm")).unwrap();
    let log = fs::read(path.with_extension("db-wal")).unwrap();
    let mut chance = Chance(2029);
    let mut shorter = 0;
    for _ in 0..if long() { 200 } else { 30 } {
        let image = TempDir::new().unwrap();
        copy_all(crashed.path(), image.path());
        let mut flipped = log.clone();
        let at = chance.below(log.len());
        flipped[at] ^= 1 << chance.below(8);
        fs::write(space_file(image.path(), &ada).with_extension("db-wal"), flipped).unwrap();
        let profile = open(image.path()).unwrap();
        let space = profile.open_space(&ada).unwrap();
        // The first so many saves, whole, and nothing after them.
        let kept = space.answers(&run).unwrap();
        let last = space.last_save(&run).unwrap() as usize;
        assert_eq!(kept.len(), last, "byte {at}");
        for (number, kept) in (1..).zip(&kept) {
            assert!(
                kept.answer == says(&run, &format!("field-{number}"), "kept"),
                "byte {at}"
            );
        }
        let gap = space.gap().unwrap();
        assert_eq!(gap.is_some(), last < 40, "byte {at}: {last} of 40 saves");
        let whole_until = (last > 0).then(noon);
        assert!(gap.is_none_or(|gap| gap.whole_until == whole_until), "byte {at}");
        shorter += usize::from(last < 40);
    }
    assert!(shorter > 0);
}
