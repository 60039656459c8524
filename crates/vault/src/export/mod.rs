//! Everything one person may read, as plain data: what an export is written from.
//!
//! Flow: [`everything`] reads a person's own file whole and, where it is open, the shared one: runs, answers with every
//! version, what is under seal, what was opened, and what was kept of an earlier sharing. Whoever calls it writes Markdown,
//! JSON or CSV from that; [`encrypt`] puts the result under a passphrase that any `age` opens.
//! Deliberately not here: the other person's file. Nothing of it is ever read for an export.

mod age_file;
mod data;

use crate::reveal::{self, Opened, RevealError};
use crate::space::Space;
use crate::{Bookmark, Error, Kept, Ledger as _, Moment, Passed, PersonId, Run, RunId, Shared, Version};

pub use age_file::encrypt;

/// What one file holds of runs and answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Book {
    /// Every run, oldest first.
    pub runs: Vec<Run>,
    /// The steps left behind in each run, in their order.
    pub passed: Vec<(RunId, String, Passed)>,
    /// Every answer as it stands, in the order of saving.
    pub answers: Vec<Kept>,
    /// Every version of every answer, oldest first, the ones that stand among them.
    pub versions: Vec<(RunId, String, Version)>,
}

/// A text of mine under a seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frozen {
    /// The run.
    pub run: RunId,
    /// The step.
    pub step: String,
    /// The text.
    pub leaf: reveal::Leaf,
}

/// What was opened in a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedIn {
    /// The run.
    pub run: RunId,
    /// What was opened; none where it does not fit its seals, which is an alarm to show.
    pub opened: Option<Vec<Opened>>,
    /// The cards of each overlap that was opened: the field, and the cards' places in the lesson's list.
    pub overlaps: Vec<(String, Vec<u32>)>,
}

/// What was shared until somebody left.
#[derive(Clone, PartialEq, Eq)]
pub struct Keepsake {
    /// Everything joint and opened, as JSON: the same names as the fields of [`Book`] and [`OpenedIn`].
    pub text: String,
    /// When it was kept.
    pub at: Moment,
}
crate::answers::silent_debug!(Keepsake);

/// Everything one person may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Everything {
    /// Whose.
    pub person: PersonId,
    /// Their own file.
    pub own: Book,
    /// Their texts under seal, opened or not.
    pub frozen: Vec<Frozen>,
    /// Their bookmarks, by run and field.
    pub bookmarks: Vec<(RunId, String, Bookmark)>,
    /// Their settings.
    pub settings: Vec<(String, String)>,
    /// What both share, where it was open.
    pub shared: Option<Book>,
    /// What was opened together.
    pub opened: Vec<OpenedIn>,
    /// What was shared earlier, with somebody who left.
    pub keepsakes: Vec<Keepsake>,
}

/// Reads all of it. Where what was opened does not fit its seals, everything else is read all the same.
pub fn everything(space: &Space, shared: Option<&Shared>) -> Result<Everything, Error> {
    let doing = "reading everything of yours";
    let mine = space.db.read(doing, |conn| {
        Ok((
            data::frozen(conn)?,
            data::bookmarks(conn)?,
            data::settings(conn)?,
            data::keepsakes(conn)?,
        ))
    })?;
    let (frozen, bookmarks, settings, keepsakes) = mine;
    let opened = match shared {
        Some(shared) => opened_in(shared, Some(space))?,
        None => Vec::new(),
    };
    Ok(Everything {
        person: space.person().clone(),
        own: book_of(&space.db)?,
        frozen,
        bookmarks,
        settings,
        shared: shared.map(|shared| book_of(&shared.db)).transpose()?,
        opened,
        keepsakes,
    })
}

/// What was shared earlier, with somebody who left.
pub fn keepsakes(space: &Space) -> Result<Vec<Keepsake>, Error> {
    space.db.read("reading what you shared before", data::keepsakes)
}

fn book_of(db: &crate::db::Db) -> Result<Book, Error> {
    db.read("reading everything of yours", data::book)
}

fn opened_in(shared: &Shared, space: Option<&Space>) -> Result<Vec<OpenedIn>, Error> {
    let spaces: Vec<&Space> = space.into_iter().collect();
    let mut all = Vec::new();
    for run in shared.runs()? {
        let opened = fitting(reveal::opened(shared, &run.id, &spaces))?;
        let fields = shared
            .db
            .read("reading what you opened", |conn| data::overlaps(conn, &run.id))?;
        let mut overlaps = Vec::new();
        for field in fields {
            let cards = fitting(reveal::overlap(shared, &run.id, &field, &spaces))?;
            overlaps.extend(cards.flatten().map(|cards| (field, cards)));
        }
        if opened.as_ref().is_none_or(|opened| !opened.is_empty()) || !overlaps.is_empty() {
            all.push(OpenedIn {
                run: run.id,
                opened,
                overlaps,
            });
        }
    }
    Ok(all)
}

/// Nothing where it does not fit its seals.
fn fitting<T>(read: Result<T, RevealError>) -> Result<Option<T>, Error> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(RevealError::Vault(error)) => Err(error),
        Err(_) => Ok(None),
    }
}

/// What both share, as the text of a keepsake.
pub(crate) fn keepsake_text(shared: &Shared) -> Result<String, Error> {
    Ok(data::to_json(&book_of(&shared.db)?, &opened_in(shared, None)?))
}
