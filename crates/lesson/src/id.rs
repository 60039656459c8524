//! How an [`Id`] comes to be: only through the pattern.

use serde::{Deserialize, Deserializer};

use crate::Id;

/// Longest id: it becomes part of keys and file names.
const MAX_ID: usize = 64;

/// Text that is not an id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an id starts with a small letter and holds only small letters, digits and hyphens, at most 64")]
pub struct NotAnId;

impl Id {
    /// An id, if the text is one: `[a-z][a-z0-9-]*`, at most 64 characters.
    pub fn new(text: &str) -> Result<Id, NotAnId> {
        let mut bytes = text.bytes();
        let starts = bytes.next().is_some_and(|b| b.is_ascii_lowercase());
        let goes_on = bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if starts && goes_on && text.len() <= MAX_ID {
            Ok(Id(text.into()))
        } else {
            Err(NotAnId)
        }
    }

    /// The nearest id to some words, to offer as a fix: at most four words of them.
    pub(crate) fn from_words(words: &str) -> Option<Id> {
        let mut plain = String::new();
        for c in words.chars().flat_map(char::to_lowercase) {
            match c {
                c if c.is_ascii_alphanumeric() => plain.push(c),
                // Marks that nobody sees, or that come after the letter they belong to, are left out.
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{300}'..='\u{36f}' | '\'' | '’' => {
                }
                c => plain.push_str(latin(c)),
            }
        }
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

/// A letter with a mark as the letters of an id; a space for all that has none.
fn latin(c: char) -> &'static str {
    match c {
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ā' | 'ą' => "a",
        'ä' | 'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ō' => "o",
        'ö' | 'ø' | 'œ' | 'ő' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' => "s",
        'ß' => "ss",
        'ť' | 'ţ' => "t",
        'ù' | 'ú' | 'û' | 'ū' | 'ů' => "u",
        'ü' | 'ű' => "ue",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        _ => " ",
    }
}
