//! A tiny world: a profile in a temporary folder, one or two people, and words to keep.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::DateTime;
use tempfile::TempDir;
use vault::reveal::Leaf;
use vault::{
    Answer, Entropy, Error, Ledger as _, Moment, NewRun, PersonId, Profile, RunId, Shared, Space, SystemEntropy,
};

pub(crate) const STEP: &str = "seal-it";

/// A time; tests never need another.
pub(crate) fn noon() -> Moment {
    Moment {
        utc: DateTime::from_timestamp(1_750_000_000, 0).unwrap(),
        offset_minutes: 120,
    }
}

/// Whether there is time for everything.
#[allow(
    clippy::disallowed_methods,
    reason = "how `cargo xtask test --long` tells the tests that there is time"
)]
pub(crate) fn long() -> bool {
    std::env::var_os("PAIRWISE_LONG").is_some()
}

/// Opens a profile that nobody else has open.
///
/// A test beside this one may be starting a process just now, and between its fork and its exec that process holds a copy
/// of every open file, locks among them. So a lock that was let go may seem held for an instant.
pub(crate) fn open(dir: &Path) -> Result<Profile, Error> {
    for _ in 0..100_000 {
        match Profile::open(dir, true, system()) {
            Err(Error::InUse { .. }) => std::thread::yield_now(),
            opened => return opened,
        }
    }
    Profile::open(dir, true, system())
}

pub(crate) fn system() -> Box<dyn Entropy> {
    Box::new(SystemEntropy)
}

pub(crate) fn new_run(number: u32) -> NewRun {
    NewRun {
        pack: "course".into(),
        lesson: "our-loop".into(),
        lesson_version: "1.0.0".into(),
        number,
    }
}

pub(crate) fn says(run: &RunId, field: &str, value: &str) -> Answer {
    Answer {
        run: run.clone(),
        pack: "course".into(),
        lesson: "our-loop".into(),
        field: field.into(),
        rev: 1,
        lesson_version: "1.0.0".into(),
        kind: "long".into(),
        privacy: "reveal".into(),
        prompt: "What happens first?".into(),
        value: serde_json::json!({ "text": value }).to_string(),
    }
}

pub(crate) fn leaf(field: &str, text: &str) -> Leaf {
    under(field, "surface", text)
}

pub(crate) fn under(field: &str, layer: &str, text: &str) -> Leaf {
    Leaf {
        field: field.into(),
        layer: layer.into(),
        rev: 1,
        text: text.into(),
    }
}

/// Two people in one sitting.
pub(crate) struct Couple {
    pub(crate) profile: Profile,
    pub(crate) a: Space,
    pub(crate) b: Space,
    pub(crate) shared: Shared,
    pub(crate) folder: TempDir,
}

impl Couple {
    pub(crate) fn new() -> Couple {
        let folder = TempDir::new().unwrap();
        let mut profile = open(folder.path()).unwrap();
        let a = profile.add_person("Ada", "teal").unwrap();
        let b = profile.add_person("Bo", "clay").unwrap();
        let (a, b, shared) = doors(&profile, &a, &b);
        Couple {
            profile,
            a,
            b,
            shared,
            folder,
        }
    }

    /// Everything closed and opened again, as after quitting.
    pub(crate) fn comes_back(self) -> Couple {
        let Couple {
            profile,
            a,
            b,
            shared,
            folder,
        } = self;
        a.close().unwrap();
        b.close().unwrap();
        shared.close().unwrap();
        drop(profile);
        let profile = open(folder.path()).unwrap();
        let ids: Vec<PersonId> = profile.people().iter().map(|p| p.id.clone()).collect();
        let (a, b, shared) = doors(&profile, &ids[0], &ids[1]);
        Couple {
            profile,
            a,
            b,
            shared,
            folder,
        }
    }

    pub(crate) fn begins_together(&mut self) -> RunId {
        self.shared.begin_run(&new_run(1), noon()).unwrap()
    }
}

fn doors(profile: &Profile, a: &PersonId, b: &PersonId) -> (Space, Space, Shared) {
    let a = profile.open_space(a).unwrap();
    let b = profile.open_space(b).unwrap();
    let shared = profile.open_shared(&a).unwrap();
    (a, b, shared)
}

/// Every file below a folder with its bytes, in order.
pub(crate) fn every_byte(dir: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![dir.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push((path.clone(), fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

/// Nothing that was acknowledged is said to be missing.
pub(crate) fn no_gap(spaces: &[&Space], shared: &Shared, when: &str) {
    for space in spaces {
        assert_eq!(space.gap().unwrap(), None, "{when}");
    }
    assert_eq!(shared.gap().unwrap(), None, "{when}, shared");
}

pub(crate) fn space_file(dir: &Path, person: &PersonId) -> PathBuf {
    dir.join(format!("{person}.db"))
}
