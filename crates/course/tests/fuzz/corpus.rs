//! What the fuzzers begin from.

use std::collections::BTreeMap;
use std::io;

use course::{Files, Unread, look_from, pack};

use crate::bench_course;
use crate::craft::{Entry, archive, deflated, png, stored};

pub(crate) const MANIFEST: &str = "format = 1\nid = \"try-out\"\ntitle = \"Try – out\"\nversion = \"1.0.0\"\nlanguages = [\"en\", \"de\"]\nlicence = \"CC0-1.0\"\nlessons = [\"a\"]\ninstruments = [\"pulse\"]\nretired = [\"z\"]\n\n[[parts]]\nid = \"see\"\ntitle = \"Seeing\"\n\n[[paths]]\nid = \"argue\"\ntitle = \"We argue\"\nlessons = [\"a\"]\nwho = \"together\"\n";
pub(crate) const PLAIN: &str = "format = 1\nid = 'a'\ntitle = '''\nA'''\nversion = \"0.1.0\"\nlanguages = [\"en\"]\nlicence = \"CC-BY-4.0\"\nlessons = [\n  \"a\", # first\n  \"b\",\n]\n";
pub(crate) const LESSON: &str = "---\nformat: 1\nid: a\ntitle: A title\nversion: 1.0.0\nlang: en\naudience: either\nminutes: 5\nlicence: CC0-1.0\nsources: [Ours]\npart: see\n---\n\n## One {#one}\n\n> [!long] Wörds {#words private}\n\n> [!choice] Which {#which}\n> - This {#this}\n> - That {#that}\n";
pub(crate) const LOCK: &str = "format = 1\ncourse = \"try-out\"\nretired = [\"y\"]\n\n[[lessons]]\nid = \"a\"\nversion = \"1.0.0\"\ntext = \"00\"\n\n[[lessons.fields]]\nid = \"which\"\nkind = \"choice\"\nprivacy = \"private\"\nrev = 1\nwas = [\"old\"]\ntext = \"00\"\nitems = [\n  { id = \"this\", role = \"option\", was = [\"x\"], score = 1, text = \"00\" },\n]\n";
pub(crate) const PULSE: &str = "---\nformat: 1\nid: pulse\ntitle: Pulse\nversion: 1.0.0\nlang: en\nkind: instrument\naudience: either\nminutes: 5\nlicence: CC0-1.0\nsources: [Ours]\n---\n\n## One {#one}\n\n> [!scale 0-10] Heat {#heat}\n";

/// Bits that break manifests and locks.
pub(crate) const SPOILERS: &[&str] = &[
    "\"",
    "'''",
    "\"\"\"",
    "[",
    "]",
    "[[",
    "]]",
    "[[parts]]\n",
    "[[paths]]\n",
    "[[lessons]]\n",
    "[[lessons.fields]]\n",
    "[lessons]\n",
    "{",
    "}",
    " = ",
    "=",
    ",",
    ".",
    "#",
    "\n",
    "\r\n",
    "\r",
    "\\",
    "\\u0000",
    "\\UFFFFFFFF",
    "..",
    "/",
    "en",
    "\"de\", ",
    "\"instruments\", ",
    "\"a\", ",
    "\"en\", \"en\", ",
    "format = 2\n",
    "retired = [\"a\"]\n",
    "1979-05-27",
    "99999999999999999999",
    "-1",
    "nan",
    "1e999",
    "0x",
    "true",
    "é",
    "“",
    "\u{feff}",
    "\u{0}",
    "rev = 4294967295\n",
    "score = -9223372036854775808",
    "was = [\"b\"]",
];

/// A course in memory.
pub(crate) struct Memory(pub(crate) BTreeMap<&'static str, Vec<u8>>);

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

/// Locks to begin from: one of every field there is, and one by hand.
pub(crate) fn locks() -> Vec<String> {
    let course = Memory(BTreeMap::from([
        ("course.toml", MANIFEST.as_bytes().to_vec()),
        ("en/a.md", LESSON.as_bytes().to_vec()),
        ("instruments/pulse.md", PULSE.as_bytes().to_vec()),
    ]));
    let own = course::record(&look_from(&course).unwrap().course.unwrap()).to_text();
    vec![own, LOCK.to_owned()]
}

/// Archives to begin from: our packer's, and crafted ones with everything an archive may hold.
pub(crate) fn archives() -> Vec<Vec<u8>> {
    let dir = tempfile::tempdir().unwrap();
    bench_course::bench_course(dir.path(), 1).unwrap();
    let packed = pack(dir.path()).unwrap().bytes;
    let own = [
        deflated("course.toml", MANIFEST.as_bytes()),
        deflated("en/a.md", LESSON.as_bytes()),
        stored("de/a.md", LESSON.as_bytes()),
        stored("instruments/pulse.md", PULSE.as_bytes()),
        stored("en/one.png", &png(40, 30)),
        stored("LICENCE.txt", b"CC0"),
    ];
    let small = archive(&own[..2]);
    let all = archive(&own);
    let beneath: Vec<Entry> = own
        .iter()
        .map(|entry| Entry {
            name: [b"top/", &entry.name[..]].concat(),
            ..entry.clone()
        })
        .collect();
    let mut folder = stored("top/", b"");
    folder.attributes = 0o040_755 << 16;
    let beneath = archive(&[&[folder][..], &beneath].concat());
    let bomb = archive(&[
        deflated("course.toml", MANIFEST.as_bytes()),
        deflated("en/a.md", &[b' '; 60_000]),
    ]);
    vec![packed, small, all, beneath, bomb]
}
