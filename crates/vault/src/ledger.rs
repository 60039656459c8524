//! What a person's own file and the shared one have in common: runs and answers.
//!
//! Flow: each power names what is being done, opens the one door of `Db`, and hands on to the table's module.
//! Deliberately not here: saving. Who may save what differs (`Space::save` knows seals, `Shared::save` knows authors).

use crate::answers::{self, Kept, Version};
use crate::runs::{self, NewRun, Passed, Run};
use crate::{Error, Moment, RunId};

/// Keeps the trait to this crate's two kinds of file.
pub(crate) mod held {
    use crate::db::Db;
    use crate::entropy::Source;

    pub trait Held {
        #[doc(hidden)]
        fn db(&self) -> &Db;
        #[doc(hidden)]
        fn db_mut(&mut self) -> &mut Db;
        #[doc(hidden)]
        fn source(&self) -> &Source;
    }
}

/// Runs and answers of one file.
pub trait Ledger: held::Held {
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
}
