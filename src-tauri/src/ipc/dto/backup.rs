//! Backups, as their owner is told of them.

use chrono::{DateTime, FixedOffset};
use serde::Serialize;
use specta::Type;

use super::Trouble;

/// The backups of one's own space, or of what both share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Backups {
    /// Newest first.
    pub copies: Vec<EarlierCopy>,
    /// Why the last one could not be made; none when it could.
    pub trouble: Option<Trouble>,
}

/// One backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct EarlierCopy {
    /// Names it: its place in the order.
    pub number: u32,
    /// When it was made, for people to read; none where that is not known.
    pub at: Option<DateTime<FixedOffset>>,
    /// Why it is kept.
    pub kind: EarlierKind,
}

/// Why a backup is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum EarlierKind {
    /// Made while the space was open, or when it was left.
    Usual,
    /// Made before a newer app changed the file.
    Before,
    /// What stood where an earlier copy was brought back to.
    Aside,
}

/// What bringing an earlier copy back would do, in answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
pub struct CopyDiffers {
    /// Not in the copy: they would go.
    pub gone: u32,
    /// Read otherwise in the copy.
    pub changed: u32,
    /// Only in the copy: they would be back.
    pub back: u32,
}
