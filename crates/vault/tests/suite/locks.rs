//! Locked spaces, through the public door: what opens them, what never does, and what is left of the time before.

use std::fs;
use std::path::Path;

use secrecy::SecretBox;
use tempfile::TempDir;
use vault::backup::found_in;
use vault::lock::{Cost, Keychain, KeychainError, NewLock, RecoveryWords, Secret, back_off};
use vault::{Error, Ledger as _, PersonId, Profile, SecretString, Space};

use crate::damage::copy_all;
use crate::world::{Couple, every_byte, new_run, noon, open, says, space_file};

pub(crate) fn secret(text: &str) -> SecretString {
    SecretString::from(text)
}

/// Locks a space cheaply.
pub(crate) fn locked(profile: &mut Profile, space: Space, passphrase: &str, words: Option<&RecoveryWords>) -> Space {
    profile.set_lock_cost(Cost::FOR_TESTS);
    let passphrase = &secret(passphrase);
    profile.lock(space, NewLock { passphrase, words }, noon()).unwrap()
}

fn by_passphrase(profile: &Profile, who: &PersonId, text: &str) -> Result<Space, Error> {
    profile.unlock(who, Secret::Passphrase(&secret(text)))
}

fn by_words(profile: &Profile, who: &PersonId, text: &str) -> Result<Space, Error> {
    profile.unlock(who, Secret::Words(&secret(text)))
}

/// One person with a word, in an open space.
struct Alone {
    profile: Profile,
    ada: PersonId,
    folder: TempDir,
}

impl Alone {
    fn new() -> (Alone, Space) {
        let folder = TempDir::new().unwrap();
        let mut profile = open(folder.path()).unwrap();
        profile.set_lock_cost(Cost::FOR_TESTS);
        let ada = profile.add_person("Ada", "teal").unwrap();
        let mut space = profile.open_space(&ada).unwrap();
        let run = space.begin_run(&new_run(1), noon()).unwrap();
        space
            .save(&says(&run, "first", "before the lock"), "s", noon())
            .unwrap();
        (Alone { profile, ada, folder }, space)
    }

    fn comes_back(self) -> Alone {
        let Alone { profile, ada, folder } = self;
        drop(profile);
        let mut profile = open(folder.path()).unwrap();
        profile.set_lock_cost(Cost::FOR_TESTS);
        Alone { profile, ada, folder }
    }

    fn device_key(&self) -> std::path::PathBuf {
        self.folder.path().join("device").join(format!("{}.key", self.ada))
    }
}

/// What the space holds: the words of its first run, in the order of saving.
fn words_in(space: &Space) -> Vec<String> {
    let run = &space.runs().unwrap()[0].id;
    let kept = space.answers(run).unwrap();
    kept.into_iter().map(|kept| kept.answer.value).collect()
}

#[test]
fn a_locked_space_opens_to_its_passphrase_and_to_nothing_else() {
    let (mut us, space) = Alone::new();
    let before = words_in(&space);
    assert!(!us.profile.is_locked(&us.ada));
    let space = locked(&mut us.profile, space, "a long and private line", None);
    assert!(words_in(&space) == before, "the lock hands the space back, open");
    space.close().unwrap();
    let us = us.comes_back();
    assert!(us.profile.is_locked(&us.ada) && !us.profile.has_words(&us.ada));
    assert_eq!(us.profile.open_space(&us.ada).unwrap_err(), Error::Locked);
    for wrong in [
        "a long and private lin",
        "A long and private line",
        " ",
        "a long and private line ",
    ] {
        assert_eq!(
            by_passphrase(&us.profile, &us.ada, wrong).unwrap_err(),
            Error::NotOpened,
            "{wrong:?}"
        );
    }
    let space = by_passphrase(&us.profile, &us.ada, "a long and private line").unwrap();
    assert!(words_in(&space) == before);
}

#[test]
fn the_recovery_words_open_it_too_and_each_failure_reads_the_same() {
    let (mut us, space) = Alone::new();
    let words = us.profile.recovery_words().unwrap();
    assert_eq!(words.expose().split(' ').count(), 12);
    locked(&mut us.profile, space, "a line", Some(&words)).close().unwrap();
    let us = us.comes_back();
    assert!(us.profile.has_words(&us.ada));
    let shouted = words.expose().to_uppercase().replace(' ', "  ");
    by_words(&us.profile, &us.ada, &shouted).unwrap();

    let others = us.profile.recovery_words().unwrap();
    let zeros = format!("{}about", "abandon ".repeat(11));
    for (how, typed) in [
        ("other words", others.expose()),
        ("words of zeros", &zeros),
        ("words that do not fit each other", &"abandon ".repeat(12)),
        ("no words", ""),
        ("the passphrase", "a line"),
    ] {
        assert_eq!(
            by_words(&us.profile, &us.ada, typed).unwrap_err(),
            Error::NotOpened,
            "{how}"
        );
    }
    let as_passphrase = by_passphrase(&us.profile, &us.ada, words.expose());
    assert_eq!(as_passphrase.unwrap_err(), Error::NotOpened);
}

#[test]
fn without_recovery_words_none_open_it_not_even_those_of_zeros() {
    let (mut us, space) = Alone::new();
    locked(&mut us.profile, space, "a line", None).close().unwrap();
    let zeros = format!("{}about", "abandon ".repeat(11));
    for typed in [zeros.as_str(), "", "nonsense"] {
        assert_eq!(by_words(&us.profile, &us.ada, typed).unwrap_err(), Error::NotOpened);
    }
}

#[test]
fn the_usual_lock_costs_what_the_design_says() {
    let (mut us, space) = Alone::new();
    us.profile.set_lock_cost(Cost::USUAL);
    let passphrase = &secret("a line");
    us.profile
        .lock(
            space,
            NewLock {
                passphrase,
                words: None,
            },
            noon(),
        )
        .unwrap();
    let keys = fs::read_to_string(us.folder.path().join("keys.json")).unwrap();
    assert!(keys.contains("argon2id m=131072 t=3 p=1"), "{keys}");
    let us = us.comes_back();
    by_passphrase(&us.profile, &us.ada, "a line").unwrap();
    assert_eq!(
        by_passphrase(&us.profile, &us.ada, "a lime").unwrap_err(),
        Error::NotOpened
    );
}

/// The number everything else stands on: whoever copied the whole folder before the lock opens nothing that is written
/// after it.
#[test]
fn the_whole_folder_from_before_the_lock_opens_nothing_new() {
    let (mut us, space) = Alone::new();
    for _ in 0..3 {
        us.profile.back_up(&space, noon()).unwrap();
    }
    let before = TempDir::new().unwrap();
    copy_all(us.folder.path(), before.path());
    let mut space = locked(&mut us.profile, space, "a line", None);
    let run = space.runs().unwrap()[0].id.clone();
    space
        .save(&says(&run, "second", "after the lock"), "s", noon())
        .unwrap();
    space.close().unwrap();
    assert!(!us.device_key().exists());
    assert!(
        !us.device_key()
            .parent()
            .unwrap()
            .join(format!("{}.key.new", us.ada))
            .exists()
    );
    let us = us.comes_back();
    // One backup, made since; and no key beside it.
    let backups = us.profile.backups(&us.ada).unwrap();
    assert_eq!(backups.iter().map(|backup| backup.number).collect::<Vec<_>>(), [1]);
    let found = found_in(&us.folder.path().join("backups")).unwrap();
    assert!(found[0].locked && !found[0].folder.join("device.key").exists());

    // Any old part beside any new part.
    let new = TempDir::new().unwrap();
    copy_all(us.folder.path(), new.path());
    let device = format!("device/{}.key", us.ada);
    for old in [&[device.as_str()][..], &[&device, "keys.json", "keys.json.bak"]] {
        let mixed = TempDir::new().unwrap();
        copy_all(new.path(), mixed.path());
        fs::create_dir_all(mixed.path().join("device")).unwrap();
        for part in old {
            fs::copy(before.path().join(part), mixed.path().join(part)).unwrap();
        }
        let path = space_file(mixed.path(), &us.ada);
        let refused = open(mixed.path()).unwrap().open_space(&us.ada).unwrap_err();
        assert!(matches!(&refused, Error::Locked | Error::Damaged { .. }), "{refused:?}");
        assert!(path.exists());
    }
}

#[test]
fn a_key_left_in_the_device_folder_does_not_stay_beside_a_lock() {
    let (mut us, space) = Alone::new();
    let old = fs::read(us.device_key()).unwrap();
    locked(&mut us.profile, space, "a line", None).close().unwrap();
    fs::write(us.device_key(), &old).unwrap();
    let beside = us
        .folder
        .path()
        .join("backups")
        .join(us.ada.as_str())
        .join("device.key");
    fs::write(&beside, old).unwrap();
    let us = us.comes_back();
    assert!(!us.device_key().exists() && !beside.exists());
    by_passphrase(&us.profile, &us.ada, "a line").unwrap();
}

#[test]
fn another_passphrase_opens_the_same_space_and_the_old_one_no_more() {
    let (mut us, space) = Alone::new();
    let words = us.profile.recovery_words().unwrap();
    locked(&mut us.profile, space, "the first", Some(&words))
        .close()
        .unwrap();
    let (first, second) = (secret("the first"), secret("the second"));
    let wrong = us
        .profile
        .change_passphrase(&us.ada, Secret::Passphrase(&second), &first);
    assert_eq!(wrong, Err(Error::NotOpened));
    assert_eq!(
        us.profile
            .change_passphrase(&us.ada, Secret::Passphrase(&first), &secret("  ")),
        Err(Error::Blank)
    );
    us.profile
        .change_passphrase(&us.ada, Secret::Passphrase(&first), &second)
        .unwrap();
    let us = us.comes_back();
    assert_eq!(
        by_passphrase(&us.profile, &us.ada, "the first").unwrap_err(),
        Error::NotOpened
    );
    by_passphrase(&us.profile, &us.ada, "the second").unwrap();
    by_words(&us.profile, &us.ada, words.expose()).unwrap();
}

#[test]
fn changed_everywhere_nothing_that_opened_it_before_opens_it_now() {
    let (mut us, space) = Alone::new();
    let words = us.profile.recovery_words().unwrap();
    let space = locked(&mut us.profile, space, "the first", Some(&words));
    let before = TempDir::new().unwrap();
    copy_all(us.folder.path(), before.path());
    let (first, second) = (secret("the first"), secret("the second"));
    let lock = NewLock {
        passphrase: &second,
        words: None,
    };
    let old = Secret::Words(&secret(words.expose()));
    us.profile
        .change_lock_everywhere(space, old, lock, noon())
        .unwrap()
        .close()
        .unwrap();
    let us = us.comes_back();
    assert_eq!(
        us.profile.unlock(&us.ada, Secret::Passphrase(&first)).unwrap_err(),
        Error::NotOpened
    );
    assert_eq!(
        by_words(&us.profile, &us.ada, words.expose()).unwrap_err(),
        Error::NotOpened
    );
    assert_eq!(
        words_in(&by_passphrase(&us.profile, &us.ada, "the second").unwrap()).len(),
        1
    );
    // Not with the old list of wraps either: the key they open is not this file's any more.
    let mixed = TempDir::new().unwrap();
    copy_all(us.folder.path(), mixed.path());
    for part in ["keys.json", "keys.json.bak"] {
        fs::copy(before.path().join(part), mixed.path().join(part)).unwrap();
    }
    let path = space_file(mixed.path(), &us.ada);
    let refused = by_passphrase(&open(mixed.path()).unwrap(), &us.ada, "the first").unwrap_err();
    assert_eq!(refused, Error::Damaged { path });
}

#[test]
fn new_words_replace_the_old_ones_and_can_be_done_without() {
    let (mut us, space) = Alone::new();
    let (old, new) = (
        us.profile.recovery_words().unwrap(),
        us.profile.recovery_words().unwrap(),
    );
    assert_ne!(old.expose(), new.expose());
    locked(&mut us.profile, space, "a line", Some(&old)).close().unwrap();
    let current = secret("a line");
    us.profile
        .change_words(&us.ada, Secret::Passphrase(&current), Some(&new))
        .unwrap();
    assert_eq!(
        by_words(&us.profile, &us.ada, old.expose()).unwrap_err(),
        Error::NotOpened
    );
    by_words(&us.profile, &us.ada, new.expose()).unwrap();
    us.profile
        .change_words(&us.ada, Secret::Passphrase(&current), None)
        .unwrap();
    assert!(!us.profile.has_words(&us.ada));
    assert_eq!(
        by_words(&us.profile, &us.ada, new.expose()).unwrap_err(),
        Error::NotOpened
    );
}

#[test]
fn a_lock_taken_off_leaves_an_open_space_and_every_word() {
    let (mut us, space) = Alone::new();
    let before = words_in(&space);
    locked(&mut us.profile, space, "a line", None).close().unwrap();
    let refused = us.profile.take_lock_off(&us.ada, Secret::Passphrase(&secret("a lime")));
    assert_eq!(refused, Err(Error::NotOpened));
    assert!(us.profile.is_locked(&us.ada) && !us.device_key().exists());
    us.profile
        .take_lock_off(&us.ada, Secret::Passphrase(&secret("a line")))
        .unwrap();
    let us = us.comes_back();
    assert!(!us.profile.is_locked(&us.ada));
    assert_eq!(
        by_passphrase(&us.profile, &us.ada, "a line").unwrap_err(),
        Error::NotLocked
    );
    assert!(words_in(&us.profile.open_space(&us.ada).unwrap()) == before);
}

#[test]
fn a_lock_is_refused_where_there_is_one_and_where_there_is_nothing_to_lock_with() {
    let (mut us, space) = Alone::new();
    let blank = &secret(" \t ");
    let lock = NewLock {
        passphrase: blank,
        words: None,
    };
    assert_eq!(us.profile.lock(space, lock, noon()).unwrap_err(), Error::Blank);
    let space = us.profile.open_space(&us.ada).unwrap();
    let space = locked(&mut us.profile, space, "a line", None);
    let passphrase = &secret("another");
    let again = us.profile.lock(
        space,
        NewLock {
            passphrase,
            words: None,
        },
        noon(),
    );
    assert_eq!(again.unwrap_err(), Error::AlreadyLocked);
    by_passphrase(&us.profile, &us.ada, "a line").unwrap();
}

#[test]
fn once_the_lock_is_open_damage_is_named_as_damage() {
    let (mut us, space) = Alone::new();
    locked(&mut us.profile, space, "a line", None).close().unwrap();
    let path = space_file(us.folder.path(), &us.ada);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, bytes).unwrap();
    assert_eq!(
        by_passphrase(&us.profile, &us.ada, "a lime").unwrap_err(),
        Error::NotOpened
    );
    assert_eq!(
        by_passphrase(&us.profile, &us.ada, "a line").unwrap_err(),
        Error::Damaged { path }
    );
}

#[test]
fn each_of_two_locks_opens_to_its_own_passphrase() {
    let us = Couple::new();
    let Couple {
        mut profile,
        a,
        b,
        shared,
        folder,
    } = us;
    drop(shared);
    let (ada, bo) = (a.person().clone(), b.person().clone());
    locked(&mut profile, a, "adas", None).close().unwrap();
    locked(&mut profile, b, "bos", None).close().unwrap();
    assert_eq!(by_passphrase(&profile, &ada, "bos").unwrap_err(), Error::NotOpened);
    by_passphrase(&profile, &bo, "bos").unwrap();
    drop(folder);
}

#[test]
fn a_partner_joins_beside_a_locked_space_while_it_is_open() {
    let (mut us, space) = Alone::new();
    let mut space = locked(&mut us.profile, space, "a line", None);
    assert_eq!(us.profile.add_person("Bo", "clay"), Err(Error::Locked));
    assert_eq!(us.profile.people().len(), 1);
    let bo = us.profile.add_person_beside(&mut space, "Bo", "clay").unwrap();
    us.profile.open_shared(&space).unwrap();
    let bos = us.profile.open_space(&bo).unwrap();
    us.profile.open_shared(&bos).unwrap();
}

#[test]
fn a_list_of_people_with_a_lock_in_it_cannot_be_bent_without_being_noticed() {
    let (mut us, space) = Alone::new();
    locked(&mut us.profile, space, "a line", None).close().unwrap();
    let path = us.folder.path().join("keys.json");
    let whole = fs::read_to_string(&path).unwrap();
    fs::write(
        &path,
        whole.replace("\"m=", "\"n=").replace("sealed\": \"", "sealed\": \"0"),
    )
    .unwrap();
    let us = us.comes_back();
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        whole,
        "put right from the other copy"
    );
    by_passphrase(&us.profile, &us.ada, "a line").unwrap();
}

#[test]
fn four_words_come_from_the_list_and_differ_each_time() {
    let (us, _space) = Alone::new();
    let drawn = |_| {
        use secrecy::ExposeSecret as _;
        us.profile.four_words().unwrap().expose_secret().to_owned()
    };
    let many: Vec<String> = (0..20).map(drawn).collect();
    for words in &many {
        assert_eq!(words.split(' ').count(), 4, "{words}");
    }
    let distinct: std::collections::BTreeSet<_> = many.iter().collect();
    assert_eq!(distinct.len(), many.len());
}

#[test]
fn the_wait_after_a_failure_grows_from_one_second_to_thirty() {
    let waits: Vec<u64> = (0..9).map(|failures| back_off(failures).as_secs()).collect();
    assert_eq!(waits, [0, 1, 2, 4, 8, 16, 30, 30, 30]);
    assert_eq!(back_off(u32::MAX).as_secs(), 30);
}

/// A keychain in memory, which can be made to fail.
#[derive(Default)]
struct Pocket {
    kept: std::collections::BTreeMap<String, Vec<u8>>,
    shut: bool,
}

impl Keychain for Pocket {
    fn keep(&mut self, name: &str, secret: &[u8]) -> Result<(), KeychainError> {
        (!self.shut).then_some(()).ok_or(KeychainError)?;
        self.kept.insert(name.to_owned(), secret.to_vec());
        Ok(())
    }

    fn find(&mut self, name: &str) -> Result<Option<SecretBox<Vec<u8>>>, KeychainError> {
        (!self.shut).then_some(()).ok_or(KeychainError)?;
        Ok(self.kept.get(name).map(|bytes| SecretBox::new(Box::new(bytes.clone()))))
    }

    fn forget(&mut self, name: &str) -> Result<(), KeychainError> {
        (!self.shut).then_some(()).ok_or(KeychainError)?;
        self.kept.remove(name);
        Ok(())
    }
}

#[test]
fn remembered_here_it_opens_through_the_keychain_which_is_never_the_only_copy() {
    let (mut us, space) = Alone::new();
    locked(&mut us.profile, space, "a line", None).close().unwrap();
    let current = secret("a line");
    let mut pocket = Pocket::default();
    let unknown = us
        .profile
        .remember_here(&us.ada, Secret::Passphrase(&secret("no")), &mut pocket);
    assert_eq!(unknown, Err(Error::NotOpened));
    us.profile
        .remember_here(&us.ada, Secret::Passphrase(&current), &mut pocket)
        .unwrap();
    let mut us = us.comes_back();
    assert!(us.profile.is_remembered(&us.ada));
    us.profile.open_remembered(&us.ada, &mut pocket).unwrap();
    // The keychain alone, or the profile alone, opens nothing.
    assert_eq!(
        us.profile.open_remembered(&us.ada, &mut Pocket::default()).unwrap_err(),
        Error::NotOpened
    );
    // Gone or shut, the passphrase opens as before.
    pocket.shut = true;
    assert_eq!(
        us.profile.open_remembered(&us.ada, &mut pocket).unwrap_err(),
        Error::NoKeychain
    );
    by_passphrase(&us.profile, &us.ada, "a line").unwrap();
    assert_eq!(us.profile.forget_here(&us.ada, &mut pocket), Err(Error::NoKeychain));
    assert!(
        !us.profile.is_remembered(&us.ada),
        "it no longer opens here all the same"
    );
    pocket.shut = false;
    assert_eq!(
        us.profile.open_remembered(&us.ada, &mut pocket).unwrap_err(),
        Error::NotOpened
    );
}

#[test]
fn a_change_everywhere_ends_being_remembered() {
    let (mut us, space) = Alone::new();
    let space = locked(&mut us.profile, space, "a line", None);
    let current = secret("a line");
    let mut pocket = Pocket::default();
    us.profile
        .remember_here(&us.ada, Secret::Passphrase(&current), &mut pocket)
        .unwrap();
    let lock = NewLock {
        passphrase: &current,
        words: None,
    };
    let old = Secret::Passphrase(&current);
    us.profile
        .change_lock_everywhere(space, old, lock, noon())
        .unwrap()
        .close()
        .unwrap();
    assert!(!us.profile.is_remembered(&us.ada));
    assert_eq!(
        us.profile.open_remembered(&us.ada, &mut pocket).unwrap_err(),
        Error::NotOpened
    );
}

#[test]
fn no_passphrase_or_word_of_a_lock_stands_in_the_folder() {
    let (mut us, space) = Alone::new();
    let words = us.profile.recovery_words().unwrap();
    locked(&mut us.profile, space, "marmalade staircase", Some(&words))
        .close()
        .unwrap();
    let hits = |dir: &Path, needle: &[u8]| {
        every_byte(dir)
            .iter()
            .filter(|(_, bytes)| bytes.windows(needle.len()).any(|part| part == needle))
            .count()
    };
    assert_eq!(hits(us.folder.path(), b"marmalade"), 0);
    for word in words.expose().split(' ').filter(|word| word.len() > 5) {
        assert_eq!(hits(us.folder.path(), word.as_bytes()), 0, "{word}");
    }
    assert_ne!(hits(us.folder.path(), b"argon2id"), 0, "the search can find");
}

#[test]
fn a_copy_of_the_list_that_was_moved_aside_does_not_keep_an_old_passphrase() {
    let (mut us, space) = Alone::new();
    locked(&mut us.profile, space, "the first", None).close().unwrap();
    let copy = us.folder.path().join("keys.json.bak");
    let old = fs::read(&copy).unwrap();
    fs::write(&copy, &old[..old.len() - 9]).unwrap();
    let mut us = us.comes_back();
    let aside = us.folder.path().join("keys.json.bak.damaged");
    assert!(aside.exists());
    let (first, second) = (secret("the first"), secret("the second"));
    us.profile
        .change_passphrase(&us.ada, Secret::Passphrase(&first), &second)
        .unwrap();
    assert!(!aside.exists());
}
