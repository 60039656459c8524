//! What lies beside a person's backups so that they open on a bare machine: who it is, and their key as it is kept.
//!
//! Wraps here are the wraps of `keys.json`, no more: where a wrap is replaced there, the one here must go too, or an old
//! passphrase would go on opening the backups. So it is written after every change and looked over at every opening.

use std::path::Path;

use super::folder_of;
use crate::people::{self, Person};
use crate::profile::Profile;
use crate::{Error, PersonId, keys};

const PERSON: &str = "keys.json";
const DEVICE: &str = "device.key";

/// Puts the card beside a person's backups right, where there are any.
pub(crate) fn refresh(profile: &Profile, who: &PersonId) -> Result<(), Error> {
    let folder = folder_of(&profile.dir, who);
    if !folder.exists() {
        return Ok(());
    }
    // What is going on in the profile just now is no business of a backup.
    let person = &Person {
        relocking: false,
        removing: false,
        ..profile.person(who)?.clone()
    };
    let device = folder.join(DEVICE);
    if !person.wraps.is_empty() {
        keys::forget_at(&device)?;
    }
    if read(&folder).ok().as_ref() != Some(person) {
        people::write_one(&folder.join(PERSON), person)?;
    }
    if person.wraps.is_empty() && !device.exists() {
        let key = keys::read_from_device(&profile.dir, who)?;
        keys::keep_at(&device, who, &key)?;
    }
    Ok(())
}

/// Puts every card right: a crash may have ended between a change of lock and its card. A key that cannot be read is no
/// reason to keep anyone out; the next backup says so.
pub(crate) fn refresh_all(profile: &Profile) -> Result<(), Error> {
    for person in &profile.people {
        match refresh(profile, &person.id) {
            Err(Error::Lost { .. } | Error::Damaged { .. } | Error::Newer { .. }) | Ok(()) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(())
}

/// Whose backups a folder holds.
pub(crate) fn read(folder: &Path) -> Result<Person, Error> {
    people::read_one(&folder.join(PERSON))
}

/// The key beside the backups of an open space.
pub(crate) fn key(folder: &Path, who: &PersonId) -> Result<keys::Root, Error> {
    keys::read_at(&folder.join(DEVICE), who)
}
