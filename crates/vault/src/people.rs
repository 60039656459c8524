//! `keys.json`: who the people are and how their keys are wrapped. Two copies, each with its checksum.
//!
//! Flow: both copies are read; the first that is whole counts; the other is put right from it. A damaged copy is moved
//! aside, never thrown away.
//! Deliberately not here: keys, and what a wrap is (`lock`). An open space has no wraps.

use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::db::beside;
use crate::lock::wrap::Wrap;
use crate::{Error, PersonId, files, hex};

/// 2 since spaces can be locked. A list of format 1 is read as it is, and written as 2 with its next change.
const FORMAT: u32 = 2;
const FIRST: &str = "keys.json";
const SECOND: &str = "keys.json.bak";

/// A person of the profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Names them.
    pub id: PersonId,
    /// What they are called here.
    pub name: String,
    /// Their colour; the shell's word, kept as it is.
    pub colour: String,
    /// How their key is wrapped; empty while their space is open.
    pub(crate) wraps: Vec<Wrap>,
    /// Their file has a new key, and what the old one opens is not all gone yet (`lock::relock`).
    pub(crate) relocking: bool,
    /// They are going, and what is theirs is not all gone yet (`leaving`).
    pub(crate) removing: bool,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    id: String,
    name: String,
    colour: String,
    wraps: Vec<Wrap>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    relocking: bool,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    removing: bool,
}

/// What the checksum covers, in the order it is written.
#[derive(Serialize, Deserialize)]
struct Body {
    format: u32,
    people: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
struct Whole {
    #[serde(flatten)]
    body: Body,
    checksum: String,
}

/// Only the number, so that a newer format is known by it whatever else it holds.
#[derive(Deserialize)]
struct Format {
    format: u32,
}

enum Copy {
    Whole(Vec<Person>),
    Absent,
    Damaged,
}

/// Everyone, from the first whole copy. Nobody has begun here when neither copy exists.
pub(crate) fn read(profile: &Path) -> Result<Vec<Person>, Error> {
    let (first, second) = (profile.join(FIRST), profile.join(SECOND));
    match (read_copy(&first)?, read_copy(&second)?) {
        (Copy::Absent, Copy::Absent) => Ok(Vec::new()),
        (Copy::Whole(people), Copy::Whole(other)) if people == other => Ok(people),
        (Copy::Whole(people), other) => {
            mend(&second, &other, &people)?;
            Ok(people)
        }
        (broken, Copy::Whole(people)) => {
            mend(&first, &broken, &people)?;
            Ok(people)
        }
        _ => Err(Error::Damaged { path: first }),
    }
}

/// Writes both copies. The first one counts from the moment its name is set.
pub(crate) fn write(profile: &Path, people: &[Person]) -> Result<(), Error> {
    let text = render(people);
    files::replace(&profile.join(FIRST), text.as_bytes())?;
    files::replace(&profile.join(SECOND), text.as_bytes())
}

/// Writes one person's entry by itself, in the form of the whole list.
pub(crate) fn write_one(path: &Path, person: &Person) -> Result<(), Error> {
    files::replace(path, render(std::slice::from_ref(person)).as_bytes())
}

/// Reads such an entry.
pub(crate) fn read_one(path: &Path) -> Result<Person, Error> {
    let damaged = Error::Damaged {
        path: path.to_path_buf(),
    };
    match read_copy(path)? {
        Copy::Whole(mut people) if people.len() == 1 => people.pop().ok_or(damaged),
        Copy::Absent => Err(Error::Lost {
            path: path.to_path_buf(),
        }),
        Copy::Whole(_) | Copy::Damaged => Err(damaged),
    }
}

/// Lets go of copies that were moved aside: they may hold wraps that must open nothing any more.
pub(crate) fn forget_damaged(profile: &Path) -> Result<(), Error> {
    for copy in [FIRST, SECOND] {
        for suffix in [".damaged", ".new"] {
            files::remove(&beside(&profile.join(copy), suffix))?;
        }
    }
    Ok(())
}

/// Lets go of the list: nobody is here any more.
pub(crate) fn remove_all(profile: &Path) -> Result<(), Error> {
    for copy in [SECOND, FIRST] {
        files::remove(&profile.join(copy))?;
    }
    forget_damaged(profile)
}

fn mend(path: &Path, was: &Copy, people: &[Person]) -> Result<(), Error> {
    if let Copy::Damaged = was {
        files::rename(path, &beside(path, ".damaged"))?;
    }
    files::replace(path, render(people).as_bytes())
}

fn read_copy(path: &Path) -> Result<Copy, Error> {
    let text = match files::read_text(path) {
        Ok(text) => text,
        Err(Error::Lost { .. }) => return Ok(Copy::Absent),
        Err(Error::Damaged { .. }) => return Ok(Copy::Damaged),
        Err(other) => return Err(other),
    };
    match serde_json::from_str::<Format>(&text) {
        Ok(Format { format }) if format > FORMAT => {
            return Err(Error::Newer {
                path: path.to_path_buf(),
            });
        }
        Ok(_) => {}
        Err(_) => return Ok(Copy::Damaged),
    }
    let Ok(whole) = serde_json::from_str::<Whole>(&text) else {
        return Ok(Copy::Damaged);
    };
    if whole.checksum != checksum(&whole.body) {
        return Ok(Copy::Damaged);
    }
    let people: Option<Vec<Person>> = whole.body.people.into_iter().map(person).collect();
    Ok(people.map_or(Copy::Damaged, Copy::Whole))
}

fn person(entry: Entry) -> Option<Person> {
    Some(Person {
        id: entry.id.parse().ok()?,
        name: entry.name,
        colour: entry.colour,
        wraps: entry.wraps,
        relocking: entry.relocking,
        removing: entry.removing,
    })
}

fn render(people: &[Person]) -> String {
    let body = Body {
        format: FORMAT,
        people: people
            .iter()
            .map(|p| Entry {
                id: p.id.to_string(),
                name: p.name.clone(),
                colour: p.colour.clone(),
                wraps: p.wraps.clone(),
                relocking: p.relocking,
                removing: p.removing,
            })
            .collect(),
    };
    let checksum = checksum(&body);
    let mut text =
        serde_json::to_string_pretty(&Whole { body, checksum }).expect("text and numbers always become JSON");
    text.push('\n');
    text
}

fn checksum(body: &Body) -> String {
    let text = serde_json::to_vec(body).expect("text and numbers always become JSON");
    hex::encode(&Sha256::digest(text))
}
