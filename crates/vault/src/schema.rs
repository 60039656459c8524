//! The tables of both kinds of file, as migrations that are only ever added to.
//!
//! Flow: `user_version` counts the migrations a file has had; each runs in a transaction. A file that has had more than
//! this code knows is newer, and `db` has refused it before anything here runs.
//! Deliberately not here: the statements that use the tables; each table has a module for those.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

/// The tables of one kind of file.
pub(crate) struct Schema {
    steps: &'static [M<'static>],
}

impl Schema {
    /// The version this code writes.
    pub(crate) fn latest(&self) -> i64 {
        i64::try_from(self.steps.len()).unwrap_or(i64::MAX)
    }

    pub(crate) fn bring_up_to_date(&self, conn: &mut Connection) -> Result<(), rusqlite_migration::Error> {
        Migrations::from_slice(self.steps).to_latest(conn)
    }
}

/// A person's own file.
pub(crate) static OWN: Schema = Schema {
    steps: &[
        M::up(concat!(
            include_str!("schema/ledger-1.sql"),
            include_str!("schema/own-1.sql")
        )),
        M::up(concat!(
            include_str!("schema/ledger-2.sql"),
            include_str!("schema/own-2.sql")
        )),
        M::up(include_str!("schema/ledger-3.sql")),
    ],
};

/// The file of both.
pub(crate) static SHARED: Schema = Schema {
    steps: &[
        M::up(concat!(
            include_str!("schema/ledger-1.sql"),
            include_str!("schema/shared-1.sql")
        )),
        M::up(concat!(
            include_str!("schema/ledger-2.sql"),
            include_str!("schema/shared-2.sql")
        )),
        M::up(include_str!("schema/ledger-3.sql")),
    ],
};
