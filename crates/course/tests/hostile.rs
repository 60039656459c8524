//! Whatever a file of a course holds, it is told and nothing panics; and what is told has its place in the file.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::io;

use course::{Files, Unread, look_from, read_lock, unpack};
use proptest::prelude::*;

const MANIFEST: &str = "format = 1\nid = \"try-out\"\ntitle = \"Try – out\"\nversion = \"1.0.0\"\nlanguages = [\"en\", \"de\"]\nlicence = \"CC0-1.0\"\nlessons = [\"a\"]\ninstruments = [\"pulse\"]\nretired = [\"z\"]\n\n[[parts]]\nid = \"see\"\ntitle = \"Seeing\"\n\n[[paths]]\nid = \"argue\"\ntitle = \"We argue\"\nlessons = [\"a\"]\nwho = \"together\"\n";
const LESSON: &str = "---\nformat: 1\nid: a\ntitle: A title\nversion: 1.0.0\nlang: en\naudience: either\nminutes: 5\nlicence: CC0-1.0\nsources: [Ours]\npart: see\nrequires: [a]\ntranslates: a@1.0.0\n---\n\n## One {#one}\n\n> [!long] Wörds {#words private}\n\n> [!chart] Back {#back of=b.heat as=line}\n\n> [!recall] Again {#again of=b.loop.feel}\n\n> [!instrument] Pulse {#pulse use=plse}\n";
const LINES: &str = "checked = 2026-10-15\n\n[[country]]\ncode = \"other\"\nname = \"Elsewhere\"\nemergency = \"local\"\n\n[[country.line]]\ntopic = \"crisis\"\nname = \"A line\"\nsite = \"example.org\"\n";
const LOCK: &str = "format = 1\ncourse = \"try-out\"\n\n[[lessons]]\nid = \"a\"\nversion = \"1.0.0\"\ntext = \"00\"\n\n[[lessons.fields]]\nid = \"words\"\nkind = \"long\"\nprivacy = \"private\"\ntext = \"00\"\nitems = [\n  { id = \"x\", role = \"option\", text = \"00\" },\n]\n";

/// A course in memory.
struct Memory(BTreeMap<String, Vec<u8>>);

impl Files for Memory {
    fn names(&self, folder: &str) -> io::Result<Vec<String>> {
        let start = format!("{folder}/");
        let below = self.0.keys().filter_map(|name| name.strip_prefix(&start));
        Ok(below.filter(|name| !name.contains('/')).map(str::to_owned).collect())
    }

    fn bytes(&self, name: &str, most: usize) -> Result<Vec<u8>, Unread> {
        let bytes = self.0.get(name).ok_or(io::Error::from(io::ErrorKind::NotFound))?;
        if bytes.len() > most {
            return Err(Unread::TooLarge);
        }
        Ok(bytes.clone())
    }
}

/// A text with a few places spoilt.
fn spoilt(text: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        "[\\PC]{0,6}".prop_map(String::into_bytes),
        proptest::collection::vec(any::<u8>(), 0..4),
        proptest::sample::select(vec!["\"", "[", "]", "= ", "\n", "#", "{", "}", "..", "\u{feff}", "é"])
            .prop_map(|text| text.as_bytes().to_vec()),
    ];
    let edit = (any::<prop::sample::Index>(), 0_usize..12, piece);
    proptest::collection::vec(edit, 0..4).prop_map(move |edits| {
        let mut bytes = text.as_bytes().to_vec();
        for (at, length, piece) in edits {
            let at = at.index(bytes.len().max(1)).min(bytes.len());
            let end = (at + length).min(bytes.len());
            bytes.splice(at..end, piece);
        }
        bytes
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn a_spoilt_course_is_told_with_its_places(
        manifest in spoilt(MANIFEST),
        lesson in spoilt(LESSON),
        german in spoilt(LESSON),
        lines in spoilt(LINES),
    ) {
        let files = Memory(BTreeMap::from([
            ("course.toml".to_owned(), manifest),
            ("help-lines.toml".to_owned(), lines),
            ("en/a.md".to_owned(), lesson.clone()),
            ("en/b.md".to_owned(), lesson),
            ("de/a.md".to_owned(), german.clone()),
            ("instruments/pulse.md".to_owned(), german),
        ]));
        // Without a readable manifest it is no course, and that is said.
        if let Ok(look) = look_from(&files) {
            for file in &look.files {
                for told in &file.diagnostics {
                    prop_assert!(file.source.get(told.span.clone()).is_some(), "{} {:?}", file.file, told);
                }
            }
            if let Some(course) = &look.course {
                let lock = course::record(course);
                prop_assert_eq!(read_lock(&lock.to_text()).unwrap(), lock.clone());
                prop_assert!(course::compare(&lock, course).is_empty(), "a course is explained by its own lock");
            }
        }
    }

    #[test]
    fn a_spoilt_lock_is_read_or_refused(lock in spoilt(LOCK)) {
        if let Ok(lock) = String::from_utf8(lock).map_err(|_| ()).and_then(|text| read_lock(&text).map_err(|_| ())) {
            prop_assert_eq!(read_lock(&lock.to_text()).unwrap(), lock);
        }
    }

    #[test]
    fn bytes_are_an_archive_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        // With an end that fits, so that more than the first look is passed.
        let mut archive = bytes.clone();
        let length = u32::try_from(bytes.len()).unwrap();
        archive.extend(b"PK\x05\x06\0\0\0\0\x01\0\x01\0");
        archive.extend(length.to_le_bytes());
        archive.extend([0; 6]);
        prop_assert!(unpack(&archive).is_err());
        prop_assert!(unpack(&bytes).is_err());
    }
}
