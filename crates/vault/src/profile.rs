//! The folder: who is in it, and the doors to each file. One window at a time.
//!
//! Flow of adding a person: everything is made under names ending in `.new`; then `keys.json` names the person, and from
//! that moment they are here; then the files get their names. A crash before leaves things nobody refers to; a crash after
//! is finished by the next `open`.
//! Deliberately not here: what is in the files, and backups.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use crate::db::{self, Db, beside};
use crate::entropy::{Entropy, Source};
use crate::keys::{self, Root};
use crate::lock::{Cost, renew};
use crate::people::{self, Person};
use crate::schema;
use crate::shared::Shared;
use crate::space::{Space, put_shared_key};
use crate::{Error, PersonId, backup, files};

/// Two people, and no more.
const SEATS: usize = 2;

/// A profile folder, held by this window for as long as this value lives.
pub struct Profile {
    pub(crate) dir: PathBuf,
    pub(crate) people: Vec<Person>,
    pub(crate) source: Source,
    /// What the locks made from now on cost to try.
    pub(crate) cost: Cost,
    /// Nobody knows what the list of people on the disk says: nothing is opened until somebody does.
    pub(crate) unsure: bool,
    /// The lock is the open file; the system lets go of it when the process ends, however it ends.
    _lock: File,
}

impl std::fmt::Debug for Profile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Profile").finish_non_exhaustive()
    }
}

impl Profile {
    /// Opens the folder at `dir`, or with `make` a new one. Finishes what a crash left half done.
    pub fn open(dir: &Path, make: bool, entropy: Box<dyn Entropy>) -> Result<Profile, Error> {
        let there = match fs::metadata(dir) {
            Ok(about) => Ok(about.is_dir()),
            Err(e) if e.kind() == io::ErrorKind::NotFound => Err(()),
            Err(e) => return Err(Error::reading(dir, &e)),
        };
        let path = dir.to_path_buf();
        match there {
            Ok(true) => {}
            Ok(false) => return Err(Error::Unreadable { path }),
            Err(()) if make => files::make_folder(dir)?,
            Err(()) => return Err(Error::Missing { path }),
        }
        fs::read_dir(dir).map_err(|e| Error::reading(dir, &e))?;
        let lock = hold(dir)?;
        let people = people::read(dir)?;
        let mut profile = Profile {
            dir: path,
            people,
            source: Source::new(entropy),
            cost: Cost::USUAL,
            unsure: false,
            _lock: lock,
        };
        profile.finish_joining()?;
        profile.finish_locks()?;
        profile.finish_removing()?;
        backup::card::refresh_all(&profile)?;
        profile.nobody_forgotten()?;
        Ok(profile)
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Everyone here, in the order they came.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// Adds a person with an open space. With the second, the shared file is made, for which the first one's space must
    /// open: [`add_person_beside`](Self::add_person_beside) is for one that is locked.
    pub fn add_person(&mut self, name: &str, colour: &str) -> Result<PersonId, Error> {
        self.seat_left()?;
        let shared_key = match self.people.first().map(|first| first.id.clone()) {
            None => None,
            Some(first) => Some(self.make_shared(&mut self.open_space(&first)?)?),
        };
        self.add(name, colour, shared_key)
    }

    /// Adds the second person with an open space, beside the first one's, which is open just now.
    pub fn add_person_beside(&mut self, first: &mut Space, name: &str, colour: &str) -> Result<PersonId, Error> {
        self.seat_left()?;
        let shared_key = self.make_shared(first)?;
        self.add(name, colour, Some(shared_key))
    }

    pub(crate) fn seat_left(&self) -> Result<(), Error> {
        match self.people.len() >= SEATS {
            true => Err(Error::Full),
            false => Ok(()),
        }
    }

    fn add(&mut self, name: &str, colour: &str, shared_key: Option<Root>) -> Result<PersonId, Error> {
        let id = PersonId::from_bytes(self.source.bytes::<16>().map_err(|e| Error::Failed {
            doing: "adding a person",
            path: self.dir.clone(),
            code: e.raw_os_error(),
        })?);
        let root = Root::draw(&self.source, &self.dir)?;
        keys::keep_on_device(&self.dir, &id, &root)?;
        let path = beside(&self.space_path(&id), ".new");
        Db::make(&path, &root.of_space(&id), &schema::OWN, |tx| {
            shared_key.map_or(Ok(()), |key| put_shared_key(tx, &key))
        })?;
        let mut people = self.people.clone();
        people.push(Person {
            id: id.clone(),
            name: name.to_owned(),
            colour: colour.to_owned(),
            wraps: Vec::new(),
            relocking: false,
            removing: false,
        });
        self.name_people(people)?;
        self.finish_joining()?;
        Ok(id)
    }

    /// Opens a person's own file, which has no lock; `Locked` if it has one.
    pub fn open_space(&self, who: &PersonId) -> Result<Space, Error> {
        if !self.person(who)?.wraps.is_empty() {
            return Err(Error::Locked);
        }
        let root = keys::read_from_device(&self.dir, who)?;
        self.open_with(who, &root)
    }

    pub(crate) fn person(&self, who: &PersonId) -> Result<&Person, Error> {
        let person = self.people.iter().find(|person| person.id == *who);
        person.ok_or(Error::NoSuchPerson)
    }

    /// Changes what the list says of a person, in both copies.
    pub(crate) fn change_person(&mut self, who: &PersonId, change: impl FnOnce(&mut Person)) -> Result<(), Error> {
        let mut people = self.people.clone();
        let person = people.iter_mut().find(|person| person.id == *who);
        change(person.ok_or(Error::NoSuchPerson)?);
        self.name_people(people)
    }

    /// Writes the list. After an error what the disk says counts: the first copy may have been written all the same. If
    /// that cannot be read either, nothing may be opened or tidied up on a guess: the next opening of the profile decides.
    pub(crate) fn name_people(&mut self, people: Vec<Person>) -> Result<(), Error> {
        if let Err(error) = people::write(&self.dir, &people) {
            match people::read(&self.dir) {
                Ok(said) => self.people = said,
                Err(unread) => {
                    self.unsure = true;
                    return Err(unread);
                }
            }
            if self.people != people {
                return Err(error);
            }
        }
        self.people = people;
        Ok(())
    }

    /// Nothing is opened while it is not known who is here and what their keys are.
    pub(crate) fn be_sure(&self) -> Result<(), Error> {
        match self.unsure {
            true => Err(Error::Failed {
                doing: "reading who is here",
                path: self.dir.join("keys.json"),
                code: None,
            }),
            false => Ok(()),
        }
    }

    pub(crate) fn open_with(&self, who: &PersonId, root: &Root) -> Result<Space, Error> {
        self.be_sure()?;
        self.finish_joining()?;
        if self.person(who)?.relocking {
            // From a change of lock that an error cut short: the list names the new key already.
            self.swap_in(who)?;
        }
        self.before_migration(who, root)?;
        Ok(Space {
            db: Db::open(&self.space_path(who), root.of_space(who), &schema::OWN, &self.source)?,
            person: who.clone(),
            source: self.source.clone(),
        })
    }

    /// Opens what both share, with the key that lies in an open space.
    pub fn open_shared(&self, with: &Space) -> Result<Shared, Error> {
        if self.people.len() < SEATS && !self.shared_path().exists() {
            return Err(Error::Alone);
        }
        self.finish_joining()?;
        let path = self.shared_path();
        // Alone, or after sharing was ended, a person's file holds no key to it. Nor does one restored from before the
        // other came: `open_shared_of_both` gives that one its key back.
        let mut refused = Error::Alone;
        for root in renew::keys_of(with)? {
            files::may_write(&path)?;
            match db::look(&path, &root.of_shared(), &schema::SHARED) {
                Ok(_) => return self.shared_by(&root),
                Err(error) => refused = error,
            }
        }
        Err(refused)
    }

    pub(crate) fn shared_by(&self, root: &Root) -> Result<Shared, Error> {
        self.before_shared_migration(root)?;
        Ok(Shared {
            db: Db::open(&self.shared_path(), root.of_shared(), &schema::SHARED, &self.source)?,
            source: self.source.clone(),
        })
    }

    /// Makes the shared file under its unfinished name and leaves its key with the first person.
    pub(crate) fn make_shared(&self, space: &mut Space) -> Result<Root, Error> {
        self.part_with_the_last(space)?;
        let key = match space.shared_key()? {
            // From an attempt that a crash cut short.
            Some(key) => key,
            None => {
                let key = Root::draw(&self.source, &self.dir)?;
                space.keep_shared_key(&key)?;
                key
            }
        };
        let path = beside(&self.shared_path(), ".new");
        Db::make(&path, &key.of_shared(), &schema::SHARED, |_| Ok(()))?;
        Ok(key)
    }

    /// Gives the files of everyone `keys.json` names their names.
    pub(crate) fn finish_joining(&self) -> Result<(), Error> {
        let mut named: Vec<PathBuf> = self.people.iter().map(|p| self.space_path(&p.id)).collect();
        if self.people.len() == SEATS {
            named.push(self.shared_path());
        }
        for path in named {
            let making = beside(&path, ".new");
            if !path.exists() && making.exists() {
                files::rename(&making, &path)?;
            }
        }
        Ok(())
    }

    /// A person's file that `keys.json` does not name means that `keys.json` was lost, not that nobody is here: a file
    /// gets its name only after the person is named. Beginning anew over it would hide their words.
    fn nobody_forgotten(&self) -> Result<(), Error> {
        let folder = fs::read_dir(&self.dir).map_err(|e| Error::reading(&self.dir, &e))?;
        for entry in folder {
            let name = entry.map_err(|e| Error::reading(&self.dir, &e))?.file_name();
            let id = name.to_str().and_then(|name| name.strip_suffix(".db"));
            let Some(Ok(id)) = id.map(str::parse::<PersonId>) else {
                continue;
            };
            if !self.people.iter().any(|person| person.id == id) {
                return Err(Error::Lost {
                    path: self.dir.join("keys.json"),
                });
            }
        }
        Ok(())
    }

    pub(crate) fn space_path(&self, person: &PersonId) -> PathBuf {
        self.dir.join(format!("{person}.db"))
    }

    pub(crate) fn shared_path(&self) -> PathBuf {
        self.dir.join("shared.db")
    }
}

/// Takes the lock of a profile folder, or says that another window has it.
fn hold(dir: &Path) -> Result<File, Error> {
    let path = dir.join("lock");
    let lock = files::private(OpenOptions::new().write(true).create(true).truncate(false))
        .open(&path)
        .map_err(|e| Error::writing(dir, &e))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(Error::InUse {
            path: dir.to_path_buf(),
        }),
        Err(TryLockError::Error(e)) => Err(Error::writing(&path, &e)),
    }
}
