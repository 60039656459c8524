//! How an [`Id`] comes to be: only through the pattern.

use serde::{Deserialize, Deserializer};

use crate::Id;

/// Longest id: it becomes part of keys and file names.
const MAX_ID: usize = 64;

/// Text that is not an id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an id starts with a small letter and holds only small letters, digits and hyphens")]
pub struct NotAnId;

impl Id {
    /// An id, if the text is one: `[a-z][a-z0-9-]*`, at most 64 characters.
    pub fn new(text: &str) -> Result<Id, NotAnId> {
        let mut bytes = text.bytes();
        let starts = bytes.next().is_some_and(|b| b.is_ascii_lowercase());
        let goes_on = bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if starts && goes_on && text.len() <= MAX_ID {
            Ok(Id(text.to_owned()))
        } else {
            Err(NotAnId)
        }
    }

    /// The nearest id to some words, to offer as a fix: at most four words of them.
    pub(crate) fn from_words(words: &str) -> Option<Id> {
        let plain: String = words
            .chars()
            .map(|c| {
                if c.is_ascii_alphanumeric() {
                    c.to_ascii_lowercase()
                } else {
                    ' '
                }
            })
            .collect();
        let slug: Vec<&str> = plain.split_whitespace().take(4).collect();
        let slug = slug.join("-");
        Id::new(slug.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-')).ok()
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Id::new(&text).map_err(serde::de::Error::custom)
    }
}
