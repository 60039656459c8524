//! Backups: whole, proven copies of each file, in a folder that is enough by itself.
//!
//! ```text
//! backups/<person>/
//!   000012_20261125T020534_usual.db    a copy under the space's own key; the first number is the order
//!   000013_20261125T023535_before.db   the file as it was before a newer app changed its tables
//!   000014_20261125T023601_aside.db    what stood where a backup was brought back to
//!   keys.json                        the person, and how their key is wrapped
//!   device.key                       the key of an open space; never beside a lock
//! backups/shared/                    copies of the shared file; its key is in each person's own
//! ```
//!
//! Flow: `make` copies and proves; `schedule` says when, and which copies stay; `card` keeps beside the copies what a bare
//! machine needs to open them; `restore` brings one back.
//! Deliberately not here: a clock. Times come in, and the order is a number.

pub(crate) mod card;
pub(crate) mod make;
mod restore;
pub(crate) mod schedule;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime, Timelike as _, Utc};

use crate::{Error, PersonId, files};

pub use make::Making;
pub use restore::{Differs, Found, Holds, found_in};
pub use schedule::is_due;

/// Why a copy is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Made on the schedule, at a clean exit, or because somebody asked.
    Usual,
    /// Made before a newer app changed the file's tables.
    Before,
    /// What stood where a backup was brought back to: nobody has proven it.
    Aside,
}

impl Kind {
    const ALL: [Kind; 3] = [Kind::Usual, Kind::Before, Kind::Aside];

    fn word(self) -> &'static str {
        match self {
            Kind::Usual => "usual",
            Kind::Before => "before",
            Kind::Aside => "aside",
        }
    }
}

/// One copy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Backup {
    /// Its place in the order: rising, whatever the clock says.
    pub number: u64,
    /// When it was made, to the second, for people to read; none where the time was not at hand.
    pub at: Option<DateTime<Utc>>,
    /// Why it is kept.
    pub kind: Kind,
    /// The file.
    pub path: PathBuf,
}

const TIME: &str = "%Y%m%dT%H%M%S";

impl Backup {
    fn new(folder: &Path, number: u64, at: Option<DateTime<Utc>>, kind: Kind) -> Backup {
        let time = at.map_or_else(|| "-".to_owned(), |at| at.format(TIME).to_string());
        Backup {
            number,
            at: at.and_then(|at| at.with_nanosecond(0)),
            kind,
            path: folder.join(format!("{number:06}_{time}_{}.db", kind.word())),
        }
    }

    /// Back from a name; nothing from a name that no backup has.
    fn read(path: &Path) -> Option<Backup> {
        let name = path.file_name()?.to_str()?.strip_suffix(".db")?;
        let mut parts = name.split('_');
        let (number, time, word) = (parts.next()?, parts.next()?, parts.next()?);
        let backup = Backup {
            number: number.parse().ok()?,
            at: NaiveDateTime::parse_from_str(time, TIME).ok().map(|at| at.and_utc()),
            kind: *Kind::ALL.iter().find(|kind| kind.word() == word)?,
            path: path.to_path_buf(),
        };
        parts.next().is_none().then_some(backup)
    }
}

/// The folder of a person's backups.
pub(crate) fn folder_of(profile: &Path, who: &PersonId) -> PathBuf {
    profile.join("backups").join(who.as_str())
}

/// The folder of the backups of what is shared.
pub(crate) fn shared_folder(profile: &Path) -> PathBuf {
    profile.join("backups").join("shared")
}

/// Every copy in a folder, newest first. A folder that is not there holds none.
pub(crate) fn list(folder: &Path) -> Result<Vec<Backup>, Error> {
    let entries = match fs::read_dir(folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        other => other.map_err(|e| Error::reading(folder, &e))?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.map_err(|e| Error::reading(folder, &e))?.path();
        found.extend(Backup::read(&path));
    }
    found.sort_by(|one, other| other.cmp(one));
    Ok(found)
}

/// Removes every backup of a person, and what lies beside them.
pub(crate) fn remove_of(profile: &Path, who: &PersonId) -> Result<(), Error> {
    files::remove_folder(&folder_of(profile, who))
}

/// Removes every backup of what is shared.
pub(crate) fn remove_shared(profile: &Path) -> Result<(), Error> {
    files::remove_folder(&shared_folder(profile))
}
