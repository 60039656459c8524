//! What a person's own file and the shared one have in common: runs and answers.
//!
//! Flow: each power names what is being done, opens the one door of `Db`, and hands on to the table's module.
//! Deliberately not here: saving. Who may save what differs (`Space::save` knows seals, `Shared::save` knows authors).

use crate::answers::{self, Kept, Version};
use crate::db::Fault;
use crate::removal::{self, Removed};
use crate::runs::{self, NewRun, Passed, Run};
use crate::search::{self, Hit, Place, Words};
use crate::{Error, Moment, RunId};

/// Keeps the trait to this crate's two kinds of file.
pub(crate) mod held {
    use rusqlite::Connection;

    use crate::RunId;
    use crate::db::Db;
    use crate::entropy::Source;

    pub trait Held {
        #[doc(hidden)]
        fn db(&self) -> &Db;
        #[doc(hidden)]
        fn db_mut(&mut self) -> &mut Db;
        #[doc(hidden)]
        fn source(&self) -> &Source;
        /// Whether a field may not be changed just now.
        #[doc(hidden)]
        fn is_sealed(&self, _: &Connection, _: &RunId, _: &str) -> rusqlite::Result<bool> {
            Ok(false)
        }
    }
}

/// What was said to be saved is not in the file any more: its log lost its end, or an older file took its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gap {
    /// When the newest answer was saved that is there; all that was saved by then is whole. None when there is no answer.
    pub whole_until: Option<Moment>,
}

/// Runs and answers of one file.
pub trait Ledger: held::Held {
    /// What is missing since the file was last open, until somebody [was told](Self::gap_is_said). None after a power cut
    /// means only that nothing is known to be missing.
    fn gap(&self) -> Result<Option<Gap>, Error> {
        let gap = |conn: &_| {
            Ok(Gap {
                whole_until: answers::newest(conn)?.map(|(_, at)| at),
            })
        };
        match self.db().has_gap() {
            true => self.db().read("reading what is kept", gap).map(Some),
            false => Ok(None),
        }
    }

    /// Whoever may know of the gap was told.
    fn gap_is_said(&mut self) -> Result<(), Error> {
        self.db_mut().gap_is_said()
    }

    /// Begins a run. With a number that was given before it answers the run that is there, so a retry begins nothing twice.
    fn begin_run(&mut self, new: &NewRun, at: Moment) -> Result<RunId, Error> {
        let doing = "beginning a lesson";
        let bytes = self.source().bytes::<16>();
        let bytes = bytes.map_err(|e| Error::Failed {
            doing,
            path: self.db().path().to_path_buf(),
            code: e.raw_os_error(),
        })?;
        let fresh = RunId::from_bytes(bytes);
        self.db_mut().write(doing, |tx| runs::begin(tx, &fresh, new, at))
    }

    /// The number the next run of a lesson would have; 1 for the first.
    fn next_number(&self, pack: &str, lesson: &str) -> Result<u32, Error> {
        self.db()
            .read("looking up a lesson", |conn| runs::next_number(conn, pack, lesson))
    }

    /// Every run of this file, oldest first.
    fn runs(&self) -> Result<Vec<Run>, Error> {
        self.db().read("looking up your lessons", runs::all)
    }

    /// A run, if it is in this file.
    fn run(&self, run: &RunId) -> Result<Option<Run>, Error> {
        self.db().read("looking up a lesson", |conn| runs::one(conn, run))
    }

    /// Moves the place to resume at.
    fn set_place(&mut self, run: &RunId, step: &str) -> Result<(), Error> {
        self.db_mut()
            .write("keeping your place", |tx| runs::set_place(tx, run, step))
    }

    /// Leaves a step behind and, with `to`, moves the place: both or neither.
    fn pass(&mut self, run: &RunId, step: &str, how: Passed, to: Option<&str>) -> Result<(), Error> {
        self.db_mut()
            .write("keeping your place", |tx| runs::pass(tx, run, step, how, to))
    }

    /// The steps left behind, in the order they first were.
    fn passed(&self, run: &RunId) -> Result<Vec<(String, Passed)>, Error> {
        self.db().read("looking up a lesson", |conn| runs::passed(conn, run))
    }

    /// Marks a run as finished; the first time counts.
    fn finish(&mut self, run: &RunId, at: Moment) -> Result<(), Error> {
        self.db_mut()
            .write("finishing a lesson", |tx| runs::finish(tx, run, at))
    }

    /// Every answer of a run in this file, in the order of their saves.
    fn answers(&self, run: &RunId) -> Result<Vec<Kept>, Error> {
        self.db()
            .read("reading what is kept", |conn| answers::of_run(conn, run))
    }

    /// One answer.
    fn answer(&self, run: &RunId, field: &str) -> Result<Option<Kept>, Error> {
        self.db()
            .read("reading what is kept", |conn| answers::one(conn, run, field))
    }

    /// The number of the newest save in a run; 0 when nothing was saved in it.
    fn last_save(&self, run: &RunId) -> Result<u64, Error> {
        self.db()
            .read("reading what is kept", |conn| answers::last_save(conn, run))
    }

    /// The versions of an answer, newest first, with the one that stands now among them.
    fn history(&self, run: &RunId, field: &str) -> Result<Vec<Version>, Error> {
        self.db()
            .read("reading earlier versions", |conn| answers::history(conn, run, field))
    }

    /// Keeps an answer's present version for good: the next save, even of this sitting, makes another beside it. Doing it
    /// again changes nothing, and nor does it where there is no answer.
    fn keep_version(&mut self, run: &RunId, field: &str) -> Result<(), Error> {
        self.db_mut()
            .write("keeping a version", |tx| answers::keep_version(tx, run, field))
    }

    /// The answers to a field in every run, newest first, blank ones included.
    fn newest(&self, pack: &str, lesson: &str, field: &str) -> Result<Vec<Kept>, Error> {
        self.db().read("reading what is kept", |conn| {
            answers::across_runs(conn, pack, lesson, field)
        })
    }

    /// Every answer that holds all of these words, the one told last first. The last word may be the beginning of one; case and
    /// accents do not count. Sensitive answers are not looked through.
    fn find(&self, query: &str, most: u32) -> Result<Vec<Hit>, Error> {
        self.db()
            .read("looking for words", |conn| search::find(conn, query, most))
    }

    /// The answers nobody has said the words of yet: saved by an older app. Each is to be told once
    /// ([`tell`](Self::tell)), or search never finds it.
    fn untold(&self) -> Result<Vec<Kept>, Error> {
        self.db().read("reading what is kept", answers::untold)
    }

    /// Says the words of answers that are kept, so that each can be found by them, unless it is sensitive: all or none.
    fn tell(&mut self, told: &[(&RunId, &str, Words<'_>)]) -> Result<(), Error> {
        self.db_mut().write("keeping words to look for", |tx| {
            for (run, field, words) in told {
                let changed = tx
                    .prepare_cached("UPDATE answers SET sensitive = ?3 WHERE run = ?1 AND field = ?2")?
                    .execute(rusqlite::params![run, field, words.sensitive])?;
                if changed == 0 {
                    return Err(Fault::Rule(Error::NothingThere));
                }
                search::put(tx, &Place::answer(run, field), Some(*words))?;
            }
            Ok(())
        })
    }

    /// Removes an answer: what it says, every version of it, what search knows of it. What is handed back can put it back,
    /// as long as this sitting lasts and nothing else was written there. A sealed answer is refused.
    ///
    /// Backups still hold it: `Profile::renew_backups` is for whoever wants it gone from those too.
    fn remove_answer(&mut self, run: &RunId, field: &str) -> Result<Removed, Error> {
        self.refuse_sealed(run, field)?;
        let mut removed = self
            .db_mut()
            .write("removing an answer", |tx| removal::take(tx, run, field))?;
        removed.cleared = self.db_mut().clear().is_ok();
        Ok(removed)
    }

    /// Puts a removed answer back as it was; `WrittenSince` if there is another in its place. After an error it can be tried
    /// again.
    fn put_back(&mut self, removed: &Removed) -> Result<(), Error> {
        self.db_mut()
            .write("putting an answer back", |tx| removal::put_back(tx, removed))
    }

    /// Forgets every version of an answer but the one that stands. `true` once nothing of them is left in the file.
    fn forget_versions(&mut self, run: &RunId, field: &str) -> Result<bool, Error> {
        self.db_mut()
            .write("forgetting earlier versions", |tx| removal::forget(tx, run, field))?;
        Ok(self.db_mut().clear().is_ok())
    }

    #[doc(hidden)]
    fn refuse_sealed(&self, run: &RunId, field: &str) -> Result<(), Error> {
        let sealed = self
            .db()
            .read("removing an answer", |conn| self.is_sealed(conn, run, field))?;
        match sealed {
            true => Err(Error::Sealed),
            false => Ok(()),
        }
    }
}
