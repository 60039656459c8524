//! Fuzzers of what a course is handed as: its manifest with its lock, and its archive. Each file of a corpus is spoilt
//! over and over, the same way for the same seed; nothing may crash, hang, or grow beyond what was handed over.
//!
//! The long forms: `PAIRWISE_FUZZ=1000000 cargo test -p course --release --test fuzz -- --ignored --nocapture`.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};

use course::{Look, MAX_ENTRIES, MAX_LANGUAGES, MAX_RATIO, MAX_UNPACKED, look_from, read_lock, unpack};

#[path = "../support/bench_course.rs"]
#[allow(unreachable_pub, reason = "the example has it too")]
mod bench_course;
mod broken;
mod corpus;
#[path = "../support/craft.rs"]
mod craft;
#[path = "../../../lesson/tests/generator/spoil.rs"]
#[allow(dead_code, reason = "the lessons' own fuzzer uses all of it")]
mod spoil;
use broken::{broken, crafted};
use corpus::{LESSON, MANIFEST, Memory, PLAIN, PULSE, SPOILERS, archives, locks};
use craft::{archive, deflated, stored};
use spoil::{Dice, spoiled};

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

/// A course with this manifest, held against this lock. Returns what came of it, in a word.
fn manifest_and_lock(manifest: &str, lock: &str) -> &'static str {
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
    let Ok(look) = look_from(&files) else { return "no text" };
    holds(&look, handed);
    let Some(course) = &look.course else { return "refused" };
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
        "compared"
    } else {
        "read"
    }
}

/// A whole archive taken, or refused in words that fit on a screen. Returns what came of it, in a word.
fn archived(bytes: &[u8]) -> String {
    let unpacked = match unpack(bytes) {
        Ok(unpacked) => unpacked,
        Err(error) => {
            let words = error.to_string();
            assert!(!words.is_empty() && words.chars().count() <= 1_000, "{words}");
            assert!(!words.chars().any(char::is_control), "{words:?}");
            let debug = format!("{error:?}");
            return debug.split('(').next().unwrap_or_default().to_owned();
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
    "Taken".to_owned()
}

/// Takes a name to find a case by, and the case; the case says in a word what came of it.
type Each<'e> = &'e mut dyn FnMut(&str, &dyn Fn() -> String);

fn fuzz_manifests(cases: u64, seed: u64, each: Each<'_>) {
    let locks = locks();
    let mut dice = Dice::new(seed);
    for _ in 0..cases {
        let mut manifest = (*dice.pick(&[MANIFEST, PLAIN])).to_owned();
        let mut lock = dice.pick(&locks).clone();
        for text in [&mut manifest, &mut lock] {
            if !dice.one_in(4) {
                *text = spoiled(text, SPOILERS, &mut dice);
            }
        }
        let name = format!("{manifest:?} {lock:?}");
        each(&name, &|| manifest_and_lock(&manifest, &lock).to_owned());
    }
}

fn fuzz_archives(cases: u64, seed: u64, each: Each<'_>) {
    let corpus = archives();
    let mut dice = Dice::new(seed);
    for case in 0..cases {
        let made = case % 3 == 0;
        let mut bytes = if made {
            crafted(&mut dice)
        } else {
            dice.pick(&corpus).clone()
        };
        if !made || dice.one_in(3) {
            bytes = broken(&bytes, &corpus, &mut dice);
        }
        each(&format!("case {case} of seed {seed}"), &|| archived(&bytes));
    }
}

#[test]
fn spoilt_manifests_and_locks_break_nothing() {
    let mut came = BTreeSet::new();
    fuzz_manifests(1_000, 1, &mut |_, case| came.extend([case()]));
    let came: Vec<&str> = came.iter().map(String::as_str).collect();
    assert_eq!(came, ["compared", "read", "refused"]);
}

#[test]
fn spoilt_archives_break_nothing_and_meet_every_refusal_that_few_bytes_can() {
    let mut came = BTreeSet::new();
    fuzz_archives(3_000, 2, &mut |_, case| came.extend([case()]));
    let known = [
        "Taken",
        "NotAnArchive",
        "Damaged",
        "Split",
        "Huge",
        "TooMany",
        "Encrypted",
        "Method",
        "NameEncoding",
        "NameEmpty",
        "NameLong",
        "NameAbsolute",
        "NameUp",
        "NameBackslash",
        "NameDrive",
        "NameSign",
        "Twice",
        "Case",
        "FileAndFolder",
        "Link",
        "Special",
        "Kind",
        "Ratio",
        "Mismatch",
        "Overlap",
        "ImageKind",
        "ImagePixels",
        "NoManifest",
        "UnpackedTooLarge",
    ];
    let lack: Vec<&str> = known.into_iter().filter(|word| !came.contains(*word)).collect();
    assert_eq!(lack, [""; 0]);
}

/// The same thing over and over, up to the largest that is read: here a loop within a loop would be a hang.
#[test]
fn a_manifest_full_of_one_thing_ends_and_stays_small() {
    let most = lesson::MAX_LESSON - 1_000;
    let ids = |bytes: usize| -> String { (0..bytes / 9).map(|at| format!("\"a{at:05}\",")).collect() };
    let full = |key: &str, list: &str| {
        let head = "format = 1\nid = \"try-out\"\ntitle = \"T\"\nversion = \"1.0.0\"\nlicence = \"CC0-1.0\"\n";
        let lists = [
            ("languages", "\"en\""),
            ("lessons", "\"a\""),
            ("retired", ""),
            ("instruments", ""),
        ];
        let line = |(known, plain): (&str, &str)| format!("{known} = [{}]\n", if known == key { list } else { plain });
        format!("{head}{}", lists.map(line).concat())
    };
    let half = ids(most / 2);
    let mut manifests = vec![full("lessons", &half).replace("retired = []", &format!("retired = [{half}]"))];
    for key in ["languages", "lessons", "instruments", "retired"] {
        manifests.push(full(key, &ids(most)));
        manifests.extend(["\"a\",", "\"\",", "\"instruments\","].map(|bit| full(key, &bit.repeat(most / bit.len()))));
    }
    for bit in [
        "[[parts]]\nid=\"a\"\ntitle=\"\"\n",
        "[[paths]]\nid=\"a\"\ntitle=\"\"\nlessons=[\"b\",\"b\"]\n",
    ] {
        manifests.push(full("", "") + &bit.repeat(most / bit.len()));
    }
    for bit in ["[", "{a=", "a.", "\"", "[[a]]\n", "'''", "#", "\u{feff}", "\n"] {
        manifests.push(bit.repeat(most / bit.len()));
        manifests.push(format!("a = {}", bit.repeat(most / bit.len())));
    }
    let lock = &locks()[0];
    for manifest in &manifests {
        manifest_and_lock(manifest, lock);
        let files = Memory(BTreeMap::from([("course.toml", manifest.as_bytes().to_vec())]));
        let look = look_from(&files).unwrap();
        // The manifest's own lists, those against its files, and a folder or two for each language.
        let findings = look.files[0].diagnostics.len();
        assert!(findings <= 400 + 2 * MAX_LANGUAGES, "{findings} findings");
        if let Some(course) = look.course {
            assert!(course.manifest.languages.len() <= MAX_LANGUAGES);
        }
    }
}

/// Names that are nowhere, in every lesson of an archive: each file is told of only so often, and not every name is
/// held against every other there is.
#[test]
fn an_archive_full_of_wrong_names_ends_and_stays_small() {
    let recalls: String = (0..400)
        .map(|at| format!("> [!recall] x {{#r{at} of=l{at}x.y}}\n\n"))
        .collect();
    let mut entries = vec![deflated("course.toml", MANIFEST.as_bytes())];
    for at in 0..20 {
        let lesson = LESSON.replace("id: a\n", &format!("id: lesson-{at}\n")) + "\n" + &recalls;
        entries.push(stored(&format!("en/lesson-{at}.md"), lesson.as_bytes()));
    }
    let look = look_from(&unpack(&archive(&entries)).unwrap()).unwrap();
    for file in look.files.iter().filter(|file| file.file.starts_with("en/")) {
        let told = file
            .diagnostics
            .iter()
            .filter(|told| told.code == lesson::Code::LessonUnknown);
        assert_eq!(told.count(), 200, "{}", file.file);
    }
}

/// How often the long runs spoil.
#[allow(clippy::disallowed_methods, reason = "the long run asks how long")]
fn times() -> u64 {
    let times = std::env::var("PAIRWISE_FUZZ").ok();
    times.and_then(|times| times.parse().ok()).unwrap_or(1_000_000)
}

/// What a long run saw. Nothing is asserted of time: a machine with other work is slow as well.
#[derive(Default)]
struct Report {
    came: BTreeMap<String, u64>,
    /// Cases that took more than 100 ms twice in a row.
    slow: Vec<String>,
}

impl Report {
    fn run(&mut self, name: &str, case: &dyn Fn() -> String) {
        let (came, slow) = timed(case);
        *self.came.entry(came.unwrap_or_else(|| panic!("{name}"))).or_default() += 1;
        if slow && timed(case).1 {
            self.slow.push(name.to_owned());
        }
    }

    #[allow(clippy::print_stdout, reason = "a long run reports")]
    fn print(&self) {
        let cases: u64 = self.came.values().sum();
        println!(
            "{cases} cases, {} slow: {:#?}\n{:#?}",
            self.slow.len(),
            self.slow,
            self.came
        );
    }
}

/// What came of a case, unless it panicked; and whether it took more than 100 ms.
#[allow(clippy::disallowed_methods, reason = "a long run reports what was slow")]
fn timed(case: &dyn Fn() -> String) -> (Option<String>, bool) {
    let start = std::time::Instant::now();
    let came = std::panic::catch_unwind(std::panic::AssertUnwindSafe(case)).ok();
    (came, start.elapsed().as_millis() > 100)
}

#[test]
#[ignore = "takes minutes"]
fn a_million_spoilt_manifests_break_nothing() {
    let mut report = Report::default();
    fuzz_manifests(times(), 3, &mut |name, case| report.run(name, case));
    report.print();
}

#[test]
#[ignore = "takes minutes"]
fn a_million_spoilt_archives_break_nothing() {
    let mut report = Report::default();
    fuzz_archives(times(), 4, &mut |name, case| report.run(name, case));
    report.print();
}
