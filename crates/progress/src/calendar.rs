//! A calendar file (`.ics`) of days, with titles that give nothing away.
//!
//! Follows RFC 5545: lines end in CRLF and are folded at 75 octets, text is escaped, days are DATE values, the stamp is
//! UTC. A day takes the whole day and leaves it free; there are no alarms, no places and no people.
//!
//! Source: `product.md` ("calendar entries never say *relationship*, *couple* or *therapy*") and *The shelf*.

use chrono::{DateTime, Datelike, NaiveDate, Utc};

/// Beginnings of words that no title holds, in lower case: the three of the promise, words near them, and the same in
/// some neighbouring languages. A title with one of them inside another word (*scouple*) is refused as well: too strict
/// is the right side to err on, since a plainer title is always at hand.
const TELLING: [&str; 26] = [
    "relationship",
    "couple",
    "therap",
    "counsel",
    "marriage",
    "marital",
    "married",
    "partner",
    "spouse",
    "divorce",
    "intimacy",
    "intimate",
    "love",
    "romance",
    "romantic",
    "sex",
    "beziehung",
    "partnerschaft",
    "liebe",
    "scheidung",
    "mariage",
    "amour",
    "pareja",
    "terapia",
    "matrimonio",
    "relatie",
];

/// A title that gives nothing away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title(String);

impl Title {
    /// The title, if it is neutral and not blank. Otherwise take a plainer one, such as *Reading, part 3*: a book's own
    /// name often says what it is about.
    pub fn new(text: &str) -> Option<Title> {
        let text = one_line(text);
        // Without the invisible characters that would hide a word from this search and from no reader.
        let plain: String = text
            .chars()
            .filter(|c| !is_invisible(*c))
            .collect::<String>()
            .to_lowercase();
        let neutral = !TELLING.iter().any(|word| plain.contains(word));
        (neutral && !plain.trim().is_empty()).then_some(Title(text))
    }

    /// As people read it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One day in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Names it, the same each time the file is made: a calendar that has it already moves it instead of adding
    /// another. Made by the caller out of something that tells nothing; letters, digits, `-`, `.` and `@` are kept.
    pub uid: String,
    /// How often it was moved; rises, so that a calendar takes the newest.
    pub revision: u32,
    /// The day.
    pub on: NaiveDate,
    /// What stands there.
    pub title: Title,
}

/// The file. `stamp` is the moment it is made. A day at the calendar's very end, or past the year 9999, which the format
/// cannot write, is left out.
pub fn ics(entries: &[Entry], stamp: DateTime<Utc>) -> String {
    let mut file = String::new();
    let stamp = stamp.format("%Y%m%dT%H%M%SZ");
    line(&mut file, "BEGIN:VCALENDAR");
    line(&mut file, "VERSION:2.0");
    line(&mut file, "PRODID:-//Pairwise//Pairwise//EN");
    line(&mut file, "CALSCALE:GREGORIAN");
    for entry in entries {
        let (Some(day), Some(next)) = (date(entry.on), entry.on.succ_opt().and_then(date)) else {
            continue;
        };
        line(&mut file, "BEGIN:VEVENT");
        line(&mut file, &format!("UID:{}", uid(&entry.uid)));
        line(&mut file, &format!("DTSTAMP:{stamp}"));
        line(&mut file, &format!("SEQUENCE:{}", entry.revision));
        line(&mut file, &format!("DTSTART;VALUE=DATE:{day}"));
        // The end is the day after: RFC 5545 does not count it in.
        line(&mut file, &format!("DTEND;VALUE=DATE:{next}"));
        line(&mut file, &format!("SUMMARY:{}", escaped(entry.title.as_str())));
        line(&mut file, "TRANSP:TRANSPARENT");
        line(&mut file, "CLASS:PRIVATE");
        line(&mut file, "END:VEVENT");
    }
    line(&mut file, "END:VCALENDAR");
    file
}

/// The most octets of one line, its CRLF not counted (RFC 5545, 3.1).
const MOST_OCTETS: usize = 75;

/// Adds a line, folded where it is too long and never inside a character. A line that goes on begins with a space.
fn line(file: &mut String, text: &str) {
    let mut octets = 0;
    for c in text.chars() {
        if octets + c.len_utf8() > MOST_OCTETS {
            file.push_str("\r\n ");
            octets = 1;
        }
        file.push(c);
        octets += c.len_utf8();
    }
    file.push_str("\r\n");
}

/// A TEXT value (RFC 5545, 3.3.11). A title has no line breaks.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '\\' | ';' | ',') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

fn date(day: NaiveDate) -> Option<String> {
    (0..=9999)
        .contains(&day.year())
        .then(|| day.format("%Y%m%d").to_string())
}

fn uid(text: &str) -> String {
    let kept = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '@');
    text.chars().filter(kept).collect()
}

/// Line breaks, tabs and other control characters become one space each, so that no title can begin a line of its own.
fn one_line(text: &str) -> String {
    let spaced = |c: char| {
        if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') {
            ' '
        } else {
            c
        }
    };
    text.trim().chars().map(spaced).collect()
}

/// Soft hyphens, joiners and marks of direction.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use proptest::prelude::*;

    fn entry(title: &str) -> Entry {
        Entry {
            uid: "part-3.91ac@pairwise".into(),
            revision: 2,
            on: "2028-02-29".parse().unwrap(),
            title: Title::new(title).unwrap(),
        }
    }

    fn stamp() -> DateTime<Utc> {
        "2026-11-25T02:15:00Z".parse().unwrap()
    }

    /// The file as a calendar reads it: folds undone, lines parted.
    fn unfolded(file: &str) -> Vec<String> {
        file.replace("\r\n ", "")
            .split_terminator("\r\n")
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn a_day_is_a_day_and_takes_no_time() {
        let file = ics(&[entry("Reading, part 3")], stamp());
        assert_eq!(
            unfolded(&file),
            [
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                "PRODID:-//Pairwise//Pairwise//EN",
                "CALSCALE:GREGORIAN",
                "BEGIN:VEVENT",
                "UID:part-3.91ac@pairwise",
                "DTSTAMP:20261125T021500Z",
                "SEQUENCE:2",
                "DTSTART;VALUE=DATE:20280229",
                "DTEND;VALUE=DATE:20280301",
                "SUMMARY:Reading\\, part 3",
                "TRANSP:TRANSPARENT",
                "CLASS:PRIVATE",
                "END:VEVENT",
                "END:VCALENDAR",
            ]
        );
    }

    #[test]
    fn no_title_says_what_it_is_about() {
        for telling in [
            "Couples evening",
            "Our RELATIONSHIP hour",
            "couple\u{ad}s' hour",
            "Thera\u{200b}py homework",
            "Paartherapie",
            "Love Sense, chapter 3",
            "  ",
            "\u{200b}",
        ] {
            assert_eq!(Title::new(telling), None, "{telling:?}");
        }
        assert!(Title::new("Reading, part 3").is_some());
        assert!(Title::new("An hour on Sunday").is_some());
    }

    #[test]
    fn no_title_can_write_a_line_of_its_own() {
        let file = ics(&[entry("Tea\r\nATTENDEE:mailto:x@example.org")], stamp());
        assert!(unfolded(&file).iter().all(|line| !line.starts_with("ATTENDEE")));
        let mut named = entry("Tea");
        named.uid = "a\r\nATTENDEE:b".into();
        assert!(
            unfolded(&ics(&[named], stamp()))
                .iter()
                .any(|line| line == "UID:aATTENDEEb")
        );
    }

    #[test]
    fn the_last_day_of_the_calendar_is_left_out() {
        for year in [NaiveDate::MAX, NaiveDate::MIN] {
            let mut far = entry("Tea");
            far.on = year;
            assert!(!ics(&[far], stamp()).contains("VEVENT"));
        }
    }

    proptest! {
        #[test]
        fn lines_are_folded_and_lose_nothing(title in "\\PC{1,200}") {
            let Some(title) = Title::new(&title) else { return Ok(()) };
            let mut it = entry("Tea");
            it.title = title.clone();
            let file = ics(&[it], stamp());
            prop_assert!(file.split("\r\n").all(|line| line.len() <= 75));
            prop_assert!(!file.replace("\r\n", "").contains(['\r', '\n']));
            let lines = unfolded(&file);
            let summary = lines.iter().find_map(|line| line.strip_prefix("SUMMARY:")).unwrap();
            let mut read = String::new();
            let mut chars = summary.chars();
            while let Some(c) = chars.next() {
                read.push(if c == '\\' { chars.next().unwrap() } else { c });
            }
            prop_assert_eq!(read, title.as_str());
        }
    }
}
