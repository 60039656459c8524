//! Bringing a backup back: proven first, into a file beside, and only then in the place of what is there.
//!
//! Flow: the copy is read from end to end under the person's own key; its bytes go into a new file, which is proven again
//! by its new name; what stands in its place is put aside among the backups; the new file takes the name. A crash leaves
//! what stood there or what was brought back, and what stood there is aside in both cases.
//! Deliberately not here: deciding which backup. Somebody looks at the list and chooses.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::make::next;
use super::{Backup, Kind, card, folder_of, list, shared_folder};
use crate::answers;
use crate::db::{self, Db, MARK, beside};
use crate::keys::{self, Key, Root};
use crate::lock::{Secret, renew};
use crate::people::Person;
use crate::profile::Profile;
use crate::schema::{self, Schema};
use crate::space::{SHARED_KEY, put_secret};
use crate::{Error, Moment, PersonId, Shared, Space, copy, files};

/// A folder of backups that belongs to somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Whose.
    pub person: PersonId,
    /// What they are called.
    pub name: String,
    /// Whether their passphrase or words are needed.
    pub locked: bool,
    /// The folder.
    pub folder: PathBuf,
    /// The copies, newest first.
    pub backups: Vec<Backup>,
}

/// Whose backups lie in a folder of backups, for a machine that has nothing else. Folders that say of nobody whose they are
/// are passed over.
pub fn found_in(backups: &Path) -> Result<Vec<Found>, Error> {
    let mut found = Vec::new();
    for entry in fs::read_dir(backups).map_err(|e| Error::reading(backups, &e))? {
        let folder = entry.map_err(|e| Error::reading(backups, &e))?.path();
        let Ok(person) = card::read(&folder) else { continue };
        found.push(Found {
            locked: !person.wraps.is_empty(),
            person: person.id,
            name: person.name,
            backups: list(&folder)?,
            folder,
        });
    }
    found.sort_by(|one, other| one.person.cmp(&other.person));
    Ok(found)
}

/// What a copy holds, in numbers: enough to choose between two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holds {
    /// How many ways through a lesson.
    pub runs: u64,
    /// How many answers.
    pub answers: u64,
    /// The number of the newest save; 0 when nothing was saved.
    pub last_save: u64,
    /// When that was.
    pub newest: Option<Moment>,
}

/// How what is there now differs from what a backup holds, in answers: what bringing it back would do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Differs {
    /// There now, and not in the backup: they would go.
    pub gone: u64,
    /// Read otherwise in the backup.
    pub changed: u64,
    /// In the backup, and not there now: they would be back.
    pub back: u64,
}

impl Profile {
    /// Reads a backup of an open space from end to end, and says what bringing it back would do. Nothing is changed.
    pub fn compare(&self, space: &Space, backup: &Backup) -> Result<Differs, Error> {
        compare(&space.db, backup)
    }

    /// As [`compare`](Self::compare), of what both share.
    pub fn compare_shared(&self, shared: &Shared, backup: &Backup) -> Result<Differs, Error> {
        compare(&shared.db, backup)
    }

    /// Reads a backup of a person's space from end to end and says what it holds. Only its owner can, as in
    /// [`restore`](Self::restore); nothing is changed.
    pub fn look_into(&self, who: &PersonId, backup: &Backup, secret: Option<Secret<'_>>) -> Result<Holds, Error> {
        let person = self.person(who)?;
        let root = self.root_of(person, secret, || keys::read_from_device(&self.dir, who))?;
        let key = root.of_space(who);
        copy::prove(&backup.path, &key, &schema::OWN)?;
        let conn = db::look(&backup.path, &key, &schema::OWN)?;
        held(&conn).map_err(|e| db::blame(&backup.path, "looking into a backup", &e))
    }

    /// Brings a backup of a person's space back in the place of what is there. Only its owner can: a locked space asks for
    /// what opens it. The space must be closed, and is handed back open.
    pub fn restore(
        &mut self,
        who: &PersonId,
        backup: &Backup,
        secret: Option<Secret<'_>>,
        at: Moment,
    ) -> Result<Space, Error> {
        let person = self.person(who)?.clone();
        let root = self.root_of(&person, secret, || keys::read_from_device(&self.dir, who))?;
        self.finish_joining()?;
        let shared_key = self.open_with(who, &root).and_then(|space| {
            let key = space.shared_key()?;
            space.close()?;
            Ok(key)
        });
        self.swap_back(
            &self.space_path(who),
            backup,
            &root.of_space(who),
            &schema::OWN,
            &folder_of(&self.dir, who),
            at,
        )?;
        let mut space = self.open_with(who, &root)?;
        // What is shared may have a newer key than the backup knows.
        if let Ok(Some(key)) = shared_key {
            space
                .db
                .write("bringing a backup back", |tx| Ok(put_secret(tx, SHARED_KEY, &key)?))?;
        }
        Ok(space)
    }

    /// Brings somebody back from their folder of backups alone, into a profile that does not have them: an open space by
    /// itself, a locked one with what opens it.
    pub fn restore_from(&mut self, found: &Found, backup: &Backup, secret: Option<Secret<'_>>) -> Result<Space, Error> {
        let person = card::read(&found.folder)?;
        let who = person.id.clone();
        let path = self.space_path(&who);
        if self.person(&who).is_ok() || path.exists() {
            return Err(Error::HereAlready);
        }
        self.seat_left()?;
        let root = self.root_of(&person, secret, || card::key(&found.folder, &who))?;
        let making = beside(&path, ".new");
        copy_proven(&backup.path, &making, &root.of_space(&who), &schema::OWN)?;
        // Of a file that is not here any more.
        files::remove(&beside(&path, MARK))?;
        if person.wraps.is_empty() {
            keys::keep_on_device(&self.dir, &who, &root)?;
        }
        let mut people = self.people.clone();
        people.push(person);
        self.name_people(people)?;
        self.finish_joining()?;
        self.open_with(&who, &root)
    }

    /// Brings a backup of what both share back, in the presence of both. What is shared must be closed.
    pub fn restore_shared(&self, a: &mut Space, b: &mut Space, backup: &Backup, at: Moment) -> Result<Shared, Error> {
        let mut refused = Error::Damaged {
            path: backup.path.clone(),
        };
        let keys: Vec<Root> = renew::keys_of(a)?.into_iter().chain(renew::keys_of(b)?).collect();
        for key in keys {
            match copy::prove(&backup.path, &key.of_shared(), &schema::SHARED) {
                Ok(_) => {
                    let (path, folder) = (self.shared_path(), shared_folder(&self.dir));
                    self.swap_back(&path, backup, &key.of_shared(), &schema::SHARED, &folder, at)?;
                    renew::settle(&mut [a, b], &key, false)?;
                    return self.shared_by(&key);
                }
                Err(error) => refused = error,
            }
        }
        Err(refused)
    }

    fn root_of(
        &self,
        person: &Person,
        secret: Option<Secret<'_>>,
        open: impl FnOnce() -> Result<Root, Error>,
    ) -> Result<Root, Error> {
        match (person.wraps.is_empty(), secret) {
            (true, _) => open(),
            (false, Some(secret)) => self.root_behind(person, secret),
            (false, None) => Err(Error::Locked),
        }
    }

    fn swap_back(
        &self,
        path: &Path,
        backup: &Backup,
        key: &Key,
        schema: &'static Schema,
        folder: &Path,
        at: Moment,
    ) -> Result<(), Error> {
        let making = beside(path, ".restore");
        copy_proven(&backup.path, &making, key, schema)?;
        if path.exists() {
            let aside = next(folder, Some(at), Kind::Aside)?;
            for suffix in ["", "-wal"] {
                let (from, to) = (beside(path, suffix), beside(&aside.path, suffix));
                if from.exists() {
                    files::copy(&from, &to)?;
                }
            }
        }
        // A log would be read into the file that takes its name; what it holds is aside. Nor is the file that takes the
        // name to be held against how far this one had come.
        for suffix in ["-wal", "-shm", MARK] {
            files::remove(&beside(path, suffix))?;
        }
        files::rename(&making, path)
    }
}

/// What was answered: by run and field.
type Said = BTreeMap<(String, String), String>;

fn compare(db: &Db, backup: &Backup) -> Result<Differs, Error> {
    copy::prove(&backup.path, db.key(), db.schema())?;
    let conn = db::look(&backup.path, db.key(), db.schema())?;
    let then = said(&conn).map_err(|e| db::blame(&backup.path, "looking into a backup", &e))?;
    let now = db.read("comparing with a backup", said)?;
    let mut differs = Differs::default();
    for (place, value) in &now {
        match then.get(place) {
            None => differs.gone += 1,
            Some(was) if was != value => differs.changed += 1,
            Some(_) => {}
        }
    }
    differs.back = then.keys().filter(|place| !now.contains_key(*place)).count() as u64;
    Ok(differs)
}

fn said(conn: &Connection) -> rusqlite::Result<Said> {
    conn.prepare("SELECT run, field, value FROM answers")?
        .query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?
        .collect()
}

fn held(conn: &Connection) -> rusqlite::Result<Holds> {
    let count = |table: &str| {
        conn.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0))
            .map(i64::unsigned_abs)
    };
    let newest = answers::newest(conn)?;
    Ok(Holds {
        runs: count("runs")?,
        answers: count("answers")?,
        last_save: newest.map_or(0, |(save, _)| save),
        newest: newest.map(|(_, at)| at),
    })
}

/// Copies a closed file, with what its log holds, and proves both; the copy is ready to take a name.
fn copy_proven(from: &Path, to: &Path, key: &Key, schema: &'static Schema) -> Result<(), Error> {
    copy::prove(from, key, schema)?;
    copy::as_it_is(&db::look(from, key, schema)?, from, to, key, schema)?;
    Db::make_ready(to, key, schema)?;
    copy::prove(to, key, schema).map(drop)
}
