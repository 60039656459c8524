//! Words on their way out of the app.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Every word of mine, the joint ones and those that were opened.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Export {
    /// What a file of it can be called, without an ending.
    pub name: String,
    /// All documents one after the other.
    pub markdown: String,
    /// One document for each run.
    pub documents: Vec<Document>,
    /// All of it, with everything that is kept beside the words.
    pub json: String,
    /// The marks in my answers and the joint ones, as a table (CSV).
    pub scores: String,
    /// Answers to fields that are marked sensitive and were left out, because they were not asked for.
    pub left_out: u32,
    /// The file of both could not be opened, so nothing of it is in here.
    pub without_shared: bool,
}

/// One run as Markdown.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Document {
    /// What a file of it can be called, without an ending.
    pub name: String,
    /// Its text.
    pub markdown: String,
}

/// How a copy of one's words is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum ExportFormat {
    /// To read, in any editor.
    Markdown,
    /// Everything that is kept beside the words too, for programs.
    Json,
    /// Scores alone, for a spreadsheet.
    Csv,
}

/// A copy that was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct SavedExport {
    /// The file, for people.
    pub path: String,
    /// The file of both could not be opened, so nothing of it is in the copy.
    pub without_shared: bool,
}
