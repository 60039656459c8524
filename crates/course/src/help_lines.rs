//! `help-lines.toml`, beside the manifest: where a person finds help, by country.

use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use lesson::HelpTopic;
use serde::Deserialize;

use crate::files::{Files, Unread};

const FILE: &str = "help-lines.toml";
/// Largest file of help lines, in bytes.
const MAX_FILE: usize = lesson::MAX_LESSON;

/// Help lines by country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpLines {
    /// The day the numbers were last checked.
    pub checked: NaiveDate,
    /// In the file's order.
    pub countries: Vec<Country>,
}

/// One country's help lines.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Country {
    /// ISO 3166 code in small letters, or `other`.
    pub code: String,
    /// As people read it.
    pub name: String,
    /// The emergency number, with any words it needs.
    pub emergency: String,
    /// Its lines.
    #[serde(default, rename = "line")]
    pub lines: Vec<HelpLine>,
}

/// One help line.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HelpLine {
    /// What it is for.
    pub topic: HelpTopic,
    /// Its name.
    pub name: String,
    /// How to call or text.
    pub number: Option<String>,
    /// Its site.
    pub site: Option<String>,
}

/// Why there are no help lines to show.
#[derive(Debug, thiserror::Error)]
pub enum HelpLinesError {
    /// The file is not there, or cannot be read from the disk.
    #[error("the help lines {path} could not be read: {source}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not in its form.
    #[error("the help lines {path} are not in their form: {message}")]
    Form {
        /// The file.
        path: PathBuf,
        /// What is wrong, with its line.
        message: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    checked: toml::value::Datetime,
    #[serde(default, rename = "country")]
    countries: Vec<Country>,
}

/// Reads the help lines of a course.
pub fn help_lines(dir: &Path) -> Result<HelpLines, HelpLinesError> {
    let path = dir.join(FILE);
    let text = std::fs::read_to_string(&path).map_err(|source| HelpLinesError::Unreadable {
        path: path.clone(),
        source,
    })?;
    read(&path, &text)
}

/// The same for a course that does not lie in a folder. `None` if it has no such file.
pub(crate) fn help_lines_from(files: &impl Files) -> Option<Result<HelpLines, HelpLinesError>> {
    let unreadable = |source| HelpLinesError::Unreadable {
        path: PathBuf::from(FILE),
        source,
    };
    match files.bytes(FILE, MAX_FILE) {
        Ok(bytes) => Some(match String::from_utf8(bytes) {
            Ok(text) => read(Path::new(FILE), &text),
            Err(_) => Err(unreadable(io::Error::other("it is not UTF-8 text"))),
        }),
        Err(Unread::Failed(error)) if error.kind() == io::ErrorKind::NotFound => None,
        Err(Unread::Failed(error)) => Some(Err(unreadable(error))),
        Err(Unread::TooLarge) => Some(Err(unreadable(io::Error::other("it is far too large")))),
    }
}

fn read(path: &Path, text: &str) -> Result<HelpLines, HelpLinesError> {
    let form = |message: String| HelpLinesError::Form {
        path: path.to_owned(),
        message,
    };
    let file: File = toml::from_str(text).map_err(|error| form(error.to_string()))?;
    let day = file
        .checked
        .date
        .filter(|_| file.checked.time.is_none() && file.checked.offset.is_none());
    let checked = day
        .and_then(|day| NaiveDate::from_ymd_opt(i32::from(day.year), u32::from(day.month), u32::from(day.day)))
        .ok_or_else(|| form("`checked` is not a day such as 2026-10-15".to_owned()))?;
    for country in &file.countries {
        if let Some(line) = country
            .lines
            .iter()
            .find(|line| line.number.is_none() && line.site.is_none())
        {
            return Err(form(format!(
                "`{}` in {} has neither a number nor a site",
                line.name, country.name
            )));
        }
    }
    Ok(HelpLines {
        checked,
        countries: file.countries,
    })
}
