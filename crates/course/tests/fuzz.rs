//! Fuzzers of what a course is handed as: its manifest with its lock, and its archive. Each file of a corpus is spoilt
//! over and over, the same way for the same seed; nothing may crash, hang, or grow beyond what was handed over.
//!
//! The long forms: `PAIRWISE_FUZZ=1000000 cargo test -p course --release --test fuzz -- --ignored --nocapture`.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "a long run says how much it tried")]

use std::collections::BTreeMap;
use std::io;

use course::{Files, Look, MAX_ENTRIES, MAX_RATIO, MAX_UNPACKED, Unread, look_from, pack, read_lock, unpack};

#[path = "support/bench_course.rs"]
#[allow(unreachable_pub, reason = "the example has it too")]
mod bench_course;
#[path = "support/craft.rs"]
mod craft;
#[path = "../../lesson/tests/generator/spoil.rs"]
#[allow(dead_code, reason = "the lessons' own fuzzer uses all of it")]
mod spoil;
use craft::{Entry, archive, deflated, png, stored};
use spoil::{Dice, spoiled};

const MANIFEST: &str = "format = 1\nid = \"try-out\"\ntitle = \"Try – out\"\nversion = \"1.0.0\"\nlanguages = [\"en\", \"de\"]\nlicence = \"CC0-1.0\"\nlessons = [\"a\"]\ninstruments = [\"pulse\"]\nretired = [\"z\"]\n\n[[parts]]\nid = \"see\"\ntitle = \"Seeing\"\n\n[[paths]]\nid = \"argue\"\ntitle = \"We argue\"\nlessons = [\"a\"]\nwho = \"together\"\n";
const PLAIN: &str = "format = 1\nid = 'a'\ntitle = '''\nA'''\nversion = \"0.1.0\"\nlanguages = [\"en\"]\nlicence = \"CC-BY-4.0\"\nlessons = [\n  \"a\", # first\n  \"b\",\n]\n";
const LESSON: &str = "---\nformat: 1\nid: a\ntitle: A title\nversion: 1.0.0\nlang: en\naudience: either\nminutes: 5\nlicence: CC0-1.0\nsources: [Ours]\npart: see\n---\n\n## One {#one}\n\n> [!long] Wörds {#words private}\n\n> [!choice] Which {#which}\n> - This {#this}\n> - That {#that}\n";
const PULSE: &str = "---\nformat: 1\nid: pulse\ntitle: Pulse\nversion: 1.0.0\nlang: en\nkind: instrument\naudience: either\nminutes: 5\nlicence: CC0-1.0\nsources: [Ours]\n---\n\n## One {#one}\n\n> [!scale 0-10] Heat {#heat}\n";

/// Bits that break manifests and locks.
const SPOILERS: &[&str] = &[
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
struct Memory(BTreeMap<&'static str, Vec<u8>>);

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

/// What is told has its place in its file, and there is no more of it than a finding or two for each few bytes, in
/// words that do not repeat the file over and over.
fn holds(look: &Look, handed: usize) {
    let (mut findings, mut words) = (0, 0);
    for file in &look.files {
        for told in &file.diagnostics {
            assert!(file.source.get(told.span.clone()).is_some(), "{} {told:?}", file.file);
            findings += 1;
            words += told.message.len() + told.help.as_ref().map_or(0, String::len);
        }
    }
    assert!(findings <= handed + 20, "{findings} findings in {handed} bytes");
    assert!(words <= 400 * handed + 10_000, "{words} bytes of words for {handed}");
}

/// A course with this manifest, held against this lock.
fn manifest_and_lock(manifest: &str, lock: &str) {
    let files = Memory(BTreeMap::from([
        ("course.toml", manifest.as_bytes().to_vec()),
        ("en/a.md", LESSON.as_bytes().to_vec()),
        ("de/a.md", LESSON.replace("lang: en", "lang: de").into_bytes()),
        ("instruments/pulse.md", PULSE.as_bytes().to_vec()),
    ]));
    let handed = manifest.len() + lock.len() + files.0.values().map(Vec::len).sum::<usize>();
    let lock = read_lock(lock);
    if let Ok(lock) = &lock {
        let text = lock.to_text();
        assert!(
            text.len() <= 40 * handed + 1_000,
            "{} bytes of a lock of {handed}",
            text.len()
        );
        assert_eq!(&read_lock(&text).unwrap(), lock);
    } else if let Err(message) = &lock {
        assert!(
            !message.is_empty() && message.len() <= 4 * handed + 1_000,
            "{} bytes",
            message.len()
        );
    }
    let Ok(look) = look_from(&files) else { return };
    holds(&look, handed);
    let Some(course) = &look.course else { return };
    let own = course::record(course);
    assert_eq!(read_lock(&own.to_text()).unwrap(), own);
    assert!(
        course::compare(&own, course).is_empty(),
        "a course is explained by its own lock"
    );
    if let Ok(lock) = &lock {
        let told = course::compare(lock, course);
        let findings = told.manifest.len() + told.files.values().map(Vec::len).sum::<usize>();
        assert!(findings <= handed + 20, "{findings} findings");
    }
}

/// A whole archive taken, or refused in words that fit on a screen.
fn archived(bytes: &[u8]) {
    let unpacked = match unpack(bytes) {
        Ok(unpacked) => unpacked,
        Err(error) => {
            let words = error.to_string();
            assert!(!words.is_empty() && words.chars().count() <= 1_000, "{words}");
            assert!(!words.chars().any(char::is_control), "{words:?}");
            return;
        }
    };
    assert!(unpacked.index.0.len() <= MAX_ENTRIES);
    let total: usize = unpacked.bytes.values().map(Vec::len).sum();
    assert!(
        total <= MAX_UNPACKED.min(MAX_RATIO * bytes.len()),
        "{total} out of {}",
        bytes.len()
    );
    for (name, hash) in &unpacked.index.0 {
        assert!(unpacked.bytes.contains_key(hash), "{name}");
        assert!(!name.starts_with('/') && !name.contains(['\\', ':']), "{name}");
        assert!(name.split('/').all(|part| !matches!(part, "" | "." | "..")), "{name}");
    }
    if let Ok(look) = look_from(&unpacked) {
        holds(&look, total);
    }
}

/// Locks to begin from: one of every field there is, and one by hand.
fn locks() -> Vec<String> {
    let course = Memory(BTreeMap::from([
        ("course.toml", MANIFEST.as_bytes().to_vec()),
        ("en/a.md", LESSON.as_bytes().to_vec()),
        ("instruments/pulse.md", PULSE.as_bytes().to_vec()),
    ]));
    let own = course::record(&look_from(&course).unwrap().course.unwrap()).to_text();
    let by_hand = "format = 1\ncourse = \"try-out\"\nretired = [\"y\"]\n\n[[lessons]]\nid = \"a\"\nversion = \"1.0.0\"\ntext = \"00\"\n\n[[lessons.fields]]\nid = \"which\"\nkind = \"choice\"\nprivacy = \"private\"\nrev = 1\nwas = [\"old\"]\ntext = \"00\"\nitems = [\n  { id = \"this\", role = \"option\", was = [\"x\"], score = 1, text = \"00\" },\n]\n";
    vec![own, by_hand.to_owned()]
}

/// Archives to begin from: our packer's, and crafted ones with everything an archive may hold.
fn archives() -> Vec<Vec<u8>> {
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

/// A crafted archive, wrong in what its entries say: names, sizes, places, flags.
fn crafted(dice: &mut Dice) -> Vec<u8> {
    let names = [
        "course.toml",
        "course.lock",
        "help-lines.toml",
        "en/a.md",
        "EN/a.md",
        "en/b.md",
        "de/a.md",
        "en",
        "en/",
        "../a.md",
        "/a.md",
        "C:a.md",
        "en\\a.md",
        "en/./a.md",
        "a\u{202e}.md",
        "instruments/pulse.md",
        "one.png",
        "one.jpg",
        "one.webp",
        "x.exe",
        "__MACOSX/x",
        "",
    ];
    let lock = locks().swap_remove(1);
    let mut entries = vec![deflated("course.toml", MANIFEST.as_bytes())];
    for _ in 0..dice.below(6) {
        let name = dice.pick(&names);
        let mut head = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x0b\x08\0\x20\0\x20".to_vec();
        let content = match dice.below(6) {
            0 => spoiled(LESSON, SPOILERS, dice).into_bytes(),
            1 => spoiled(MANIFEST, SPOILERS, dice).into_bytes(),
            2 => png(u32::try_from(dice.below(5_000)).unwrap(), 30),
            3 => {
                flip(&mut head, dice);
                head
            }
            4 => lock.clone().into_bytes(),
            _ => b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\x20\0\0\x20\0\0".to_vec(),
        };
        let mut entry = if dice.one_in(2) {
            stored(name, &content)
        } else {
            deflated(name, &content)
        };
        match dice.below(14) {
            0 => entry.size = some_size(dice, entry.size),
            1 => entry.at = Some(some_size(dice, 0)),
            2 => entry.local_name = Some(dice.pick(&names).as_bytes().to_vec()),
            3 => entry.flags ^= 1 << dice.below(16),
            4 => entry.method = *dice.pick(&[0, 8, 9, 99, 12]),
            5 => entry.attributes = *dice.pick(&[0o120_777, 0o040_755, 0o010_644, 0]) << 16,
            6 => entry.crc ^= 1,
            7 => entry.packed.truncate(dice.below(entry.packed.len() + 1)),
            8 => flip(&mut entry.packed, dice),
            9 => flip(&mut entry.name, dice),
            _ => {}
        }
        entries.push(entry);
    }
    archive(&entries)
}

fn some_size(dice: &mut Dice, near: u32) -> u32 {
    *dice.pick(&[
        0,
        1,
        near.wrapping_sub(1),
        near + 1,
        46,
        0xffff,
        0x10_0000,
        0x7fff_ffff,
        0x8000_0000,
        u32::MAX - 1,
        u32::MAX,
    ])
}

fn flip(bytes: &mut [u8], dice: &mut Dice) {
    if !bytes.is_empty() {
        let at = dice.below(bytes.len());
        bytes[at] ^= 1 << dice.below(8);
    }
}

/// An archive with a few bits, numbers and stretches wrong. Most often near a header, where every byte means something.
fn broken(from: &[u8], corpus: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = from.to_vec();
    for _ in 0..=dice.below(3) {
        let heads: Vec<usize> = (0..bytes.len().saturating_sub(4))
            .filter(|at| bytes[*at..].starts_with(b"PK"))
            .collect();
        let at = if heads.is_empty() || dice.one_in(4) {
            dice.below(bytes.len() + 1)
        } else {
            (dice.pick(&heads) + dice.below(64)).min(bytes.len())
        };
        let end = (at + dice.below(80)).min(bytes.len());
        match dice.below(7) {
            0 | 1 => flip(&mut bytes[at..end], dice),
            2 => {
                let number = some_size(dice, 0).to_le_bytes();
                let length = *dice.pick(&[2, 4]);
                let end = (at + length).min(bytes.len());
                bytes.splice(at..end, number[..end - at].iter().copied());
            }
            3 => bytes.truncate(at),
            4 => drop(bytes.drain(at..end)),
            5 => {
                let copy = bytes[at..end].to_vec();
                let to = dice.below(bytes.len() + 1);
                bytes.splice(to..to, copy);
            }
            _ => {
                // The tail of one with the head of another.
                let other = dice.pick(corpus);
                bytes.truncate(at);
                bytes.extend(&other[dice.below(other.len())..]);
            }
        }
    }
    bytes
}

fn fuzz_manifests(cases: std::ops::Range<u64>, seed: u64, mut each: impl FnMut(&str, &dyn Fn())) {
    let locks = locks();
    let mut dice = Dice::new(seed);
    for _ in cases {
        let mut manifest = (*dice.pick(&[MANIFEST, PLAIN])).to_owned();
        let mut lock = dice.pick(&locks).clone();
        for text in [&mut manifest, &mut lock] {
            if !dice.one_in(4) {
                *text = spoiled(text, SPOILERS, &mut dice);
            }
        }
        each(&format!("{manifest:?} {lock:?}"), &|| {
            manifest_and_lock(&manifest, &lock)
        });
    }
}

fn fuzz_archives(cases: std::ops::Range<u64>, seed: u64, mut each: impl FnMut(&str, &dyn Fn())) {
    let corpus = archives();
    let mut dice = Dice::new(seed);
    for case in cases {
        let mut bytes = if case % 3 == 0 {
            crafted(&mut dice)
        } else {
            dice.pick(&corpus).clone()
        };
        if case % 3 != 0 || dice.one_in(3) {
            bytes = broken(&bytes, &corpus, &mut dice);
        }
        each(&format!("case {case} of seed {seed}"), &|| archived(&bytes));
    }
}

fn plainly(_: &str, case: &dyn Fn()) {
    case();
}

#[test]
fn spoilt_manifests_and_locks_break_nothing() {
    fuzz_manifests(0..1_000, 1, plainly);
}

#[test]
fn spoilt_archives_break_nothing() {
    fuzz_archives(0..1_500, 2, plainly);
}

/// How often the long runs spoil.
#[allow(clippy::disallowed_methods, reason = "the long run asks how long")]
fn times() -> u64 {
    let times = std::env::var("PAIRWISE_FUZZ").ok();
    times.and_then(|times| times.parse().ok()).unwrap_or(1_000_000)
}

/// Runs a case, and reports it if it was slow. A machine with other work is slow too, so nothing is asserted of it.
#[derive(Default)]
struct Report {
    cases: u64,
    slow: Vec<String>,
}

impl Report {
    #[allow(clippy::disallowed_methods, reason = "a long run reports what was slow")]
    fn run(&mut self, name: &str, case: &dyn Fn()) {
        let start = std::time::Instant::now();
        if std::panic::catch_unwind(std::panic::AssertUnwindSafe(case)).is_err() {
            panic!("{name}");
        }
        self.cases += 1;
        let took = start.elapsed().as_millis();
        if took > 100 {
            self.slow.push(format!("{took} ms: {name}"));
        }
    }

    fn print(&self) {
        println!("{} cases, {} slower than 100 ms", self.cases, self.slow.len());
        self.slow.iter().take(20).for_each(|slow| println!("{slow}"));
    }
}

#[test]
#[ignore = "takes many minutes"]
fn a_million_spoilt_manifests_break_nothing() {
    let mut report = Report::default();
    fuzz_manifests(0..times(), 3, |name, case| report.run(name, case));
    report.print();
}

#[test]
#[ignore = "takes many minutes"]
fn a_million_spoilt_archives_break_nothing() {
    let mut report = Report::default();
    fuzz_archives(0..times(), 4, |name, case| report.run(name, case));
    report.print();
}
