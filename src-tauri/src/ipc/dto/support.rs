//! Help lines.

use chrono::NaiveDate;
use lesson::HelpTopic;
use serde::Serialize;
use specta::Type;

/// Help lines by country.
#[derive(Clone, Debug, Serialize, Type)]
pub struct HelpLines {
    /// The day the numbers were last checked.
    pub checked: NaiveDate,
    /// Whole days since then.
    pub days_ago: u32,
    /// By country, in the file's order.
    pub countries: Vec<Country>,
}

/// One country's help lines.
#[derive(Clone, Debug, Serialize, Type)]
pub struct Country {
    /// ISO 3166 code in small letters, or `other`.
    pub code: String,
    /// As people read it.
    pub name: String,
    /// The emergency number, with any words it needs.
    pub emergency: String,
    /// Its lines.
    pub lines: Vec<HelpLine>,
}

/// One help line.
#[derive(Clone, Debug, Serialize, Type)]
pub struct HelpLine {
    /// What it is for.
    pub topic: HelpTopic,
    /// Its name.
    pub name: String,
    /// How to call or text, as plain text.
    pub number: Option<String>,
    /// Its site, as plain text.
    pub site: Option<String>,
}
