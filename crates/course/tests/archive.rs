//! Archives as somebody could send them: each that is not what it should be is refused, for its own reason.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{Cursor, Write};

use course::{ArchiveError, ContentHash, Files, Unpacked, Unread, load_from, look_from, pack, unpack};
use zip::write::SimpleFileOptions;

#[path = "support/craft.rs"]
mod craft;
use craft::{Entry, archive, deflated, png, stored};

const MANIFEST: &str = "format = 1\nid = \"try-out\"\ntitle = \"Try out\"\nversion = \"1.0.0\"\nlanguages = [\"en\"]\nlicence = \"CC0-1.0\"\nlessons = [\"a\"]\n";
const LESSON: &str = "---\nformat: 1\nid: a\ntitle: A title\nversion: 1.0.0\nlang: en\naudience: either\nminutes: 5\nlicence: CC0-1.0\nsources: [Ours]\n---\n\n## One {#one}\n\nText.\n";

/// A course's own two files, and whatever else.
fn with(more: Vec<Entry>) -> Vec<u8> {
    let mut entries = vec![
        deflated("course.toml", MANIFEST.as_bytes()),
        deflated("en/a.md", LESSON.as_bytes()),
    ];
    entries.extend(more);
    archive(&entries)
}

fn refused(bytes: &[u8]) -> ArchiveError {
    unpack(bytes).unwrap_err()
}

fn text(name: &str) -> String {
    name.to_owned()
}

#[test]
fn a_plain_archive_becomes_names_and_bytes_by_their_hashes() {
    let picture = png(40, 30);
    let twice = with(vec![stored("en/one.png", &picture), stored("en/two.png", &picture)]);
    let unpacked = unpack(&twice).unwrap();
    let names: Vec<&str> = unpacked.index.0.keys().map(String::as_str).collect();
    assert_eq!(names, ["course.toml", "en/a.md", "en/one.png", "en/two.png"]);
    assert_eq!(unpacked.bytes.len(), 3, "the same bytes are kept once");
    assert_eq!(unpacked.index.0["en/one.png"], ContentHash::of(&picture));
    let course = load_from(&unpacked, "en").unwrap();
    assert!(course.is_clean());
    assert_eq!(course.lessons[0].source, LESSON);
}

#[test]
fn what_is_kept_by_its_hashes_is_the_same_course_and_damage_to_it_shows() {
    let unpacked = unpack(&with(vec![])).unwrap();
    let json = serde_json::to_string(&unpacked.index).unwrap();
    let index: course::Index = serde_json::from_str(&json).unwrap();
    let kept = index.kept_by(|hash| Ok(unpacked.bytes[hash].clone()));
    assert!(load_from(&kept, "en").unwrap().is_clean());
    let damaged = index.kept_by(|hash| {
        let mut bytes = unpacked.bytes[hash].clone();
        *bytes.last_mut().unwrap() ^= 1;
        Ok(bytes)
    });
    assert!(matches!(damaged.bytes("en/a.md", 1000), Err(Unread::Failed(_))));
    assert!(load_from(&damaged, "en").is_err());
    for no_hash in ["\"../../etc/passwd\"", "\"abc\"", "\"\""] {
        assert!(
            serde_json::from_str::<ContentHash>(no_hash).is_err(),
            "a hash becomes a file's name"
        );
    }
}

#[test]
fn an_archive_that_another_tool_made_is_taken() {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    // A folder around it all, folders as entries, a system's litter: what people get when they press "compress".
    let options = SimpleFileOptions::default();
    zip.add_directory("our course/", options).unwrap();
    zip.add_directory("our course/en/", options).unwrap();
    for (name, content) in [
        ("our course/course.toml", MANIFEST),
        ("our course/en/a.md", LESSON),
        ("our course/.DS_Store", "\0\0"),
        ("__MACOSX/our course/._course.toml", "\0\0"),
    ] {
        zip.start_file(name, options).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    let unpacked = unpack(&bytes).unwrap();
    assert!(load_from(&unpacked, "en").unwrap().is_clean());
    assert_eq!(unpacked.index.0.len(), 2);
}

#[test]
fn what_is_packed_is_the_same_each_time_and_another_tool_reads_it() {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    write("course.toml", MANIFEST.as_bytes());
    write("en/a.md", LESSON.as_bytes());
    write("en/näher.png", &png(4, 4));
    write(".git/config", b"not ours");
    write("draft.docx", b"not ours");
    let packed = pack(dir.path()).unwrap();
    assert_eq!(packed.names, ["course.toml", "en/a.md", "en/näher.png"]);
    assert_eq!(packed.left_out, ["draft.docx"]);
    // Written in another order, and later.
    let again = tempfile::tempdir().unwrap();
    for name in packed.names.iter().rev() {
        let path = again.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::copy(dir.path().join(name), path).unwrap();
    }
    assert_eq!(pack(again.path()).unwrap().bytes, packed.bytes);
    let mut theirs = zip::ZipArchive::new(Cursor::new(&packed.bytes)).unwrap();
    for name in &packed.names {
        let mut read = Vec::new();
        std::io::Read::read_to_end(&mut theirs.by_name(name).unwrap(), &mut read).unwrap();
        assert_eq!(read, std::fs::read(dir.path().join(name)).unwrap());
    }
}

#[cfg(unix)]
#[test]
fn a_link_is_not_packed() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("course.toml"), MANIFEST).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", dir.path().join("a.md")).unwrap();
    assert_eq!(
        pack(dir.path()).unwrap_err().to_string(),
        ArchiveError::Link(text("a.md")).to_string()
    );
}

#[test]
fn what_is_no_archive_is_refused() {
    for bytes in [
        &b""[..],
        b"PK",
        b"not a zip at all, though long enough to be one",
        &[0; 100],
    ] {
        assert_eq!(refused(bytes), ArchiveError::NotAnArchive);
    }
    let good = with(vec![]);
    assert_eq!(
        refused(&good[..good.len() - 1]),
        ArchiveError::NotAnArchive,
        "cut short"
    );
    assert!(
        matches!(refused(&[b"#!/bin/sh\n", &good[..]].concat()), ArchiveError::Damaged(_)),
        "something before it"
    );
    assert_eq!(
        refused(&vec![0; course::MAX_ARCHIVE + 1]),
        ArchiveError::ArchiveTooLarge
    );
    assert_eq!(refused(&archive(&[stored("en/a.md", b"x")])), ArchiveError::NoManifest);
    assert_eq!(refused(&archive(&[])), ArchiveError::NoManifest);
}

#[test]
fn no_name_leads_anywhere_or_hides_what_it_is() {
    let of = |name: &str| refused(&with(vec![stored(name, b"x")]));
    for name in ["/etc/a.md", "//server/a.md", "/"] {
        assert_eq!(of(name), ArchiveError::NameAbsolute(text(name)), "{name}");
    }
    for name in ["../a.md", "en/../../a.md", "en/..", "./a.md", "en//a.md", "en/./a.md"] {
        assert_eq!(of(name), ArchiveError::NameUp(text(name)), "{name}");
    }
    for name in ["en\\a.md", "..\\a.md", "\\\\server\\a.md"] {
        assert_eq!(of(name), ArchiveError::NameBackslash(text(name)), "{name}");
    }
    for name in ["C:/a.md", "c:a.md", "en/a.md:hidden"] {
        assert_eq!(of(name), ArchiveError::NameDrive(text(name)), "{name}");
    }
    for name in [
        "en/a\0.md",
        "en/a\n.md",
        "en/\u{202e}dm.a",
        "en/a\u{200b}.md",
        "\u{feff}a.md",
        "\u{1b}[2Ja.md",
    ] {
        assert!(matches!(of(name), ArchiveError::NameSign(_)), "{name:?}");
        assert!(
            !of(name).to_string().chars().any(char::is_control),
            "nor does it reach a terminal"
        );
    }
    assert_eq!(of(""), ArchiveError::NameEmpty);
    assert!(matches!(
        of(&format!("{}.md", "a".repeat(300))),
        ArchiveError::NameLong(_)
    ));
    let mut latin = stored("en/a.md", b"x");
    latin.name = b"en/\xe4.md".to_vec();
    assert_eq!(refused(&with(vec![latin])), ArchiveError::NameEncoding);
}

#[test]
fn no_two_names_are_one() {
    let two = |a: &str, b: &str| refused(&with(vec![stored(a, b"x"), stored(b, b"y")]));
    assert_eq!(two("en/b.md", "en/b.md"), ArchiveError::Twice(text("en/b.md")));
    assert_eq!(
        two("de/b.md", "de/B.md"),
        ArchiveError::Case(text("de/b.md"), text("de/B.md"))
    );
    assert_eq!(two("de/b.md", "De/c.md"), ArchiveError::Case(text("de"), text("De")));
    assert_eq!(
        two("de/ä.md", "de/Ä.md"),
        ArchiveError::Case(text("de/ä.md"), text("de/Ä.md"))
    );
    assert_eq!(two("x.md", "x.md/y.md"), ArchiveError::FileAndFolder(text("x.md")));
    assert_eq!(two("x.md/y.md", "x.md"), ArchiveError::FileAndFolder(text("x.md")));
}

#[test]
fn links_devices_and_passwords_are_refused() {
    let kind = |mode: u32| {
        let mut entry = stored("en/b.md", b"/etc/passwd");
        entry.attributes = mode << 16;
        refused(&with(vec![entry]))
    };
    assert_eq!(kind(0o120_777), ArchiveError::Link(text("en/b.md")));
    for mode in [0o010_644, 0o020_644, 0o060_644, 0o140_755, 0o040_755] {
        assert_eq!(kind(mode), ArchiveError::Special(text("en/b.md")), "{mode:o}");
    }
    for flags in [1, 1 | 1 << 6, 1 << 13] {
        let mut locked = stored("en/b.md", b"x");
        locked.flags = flags;
        assert_eq!(refused(&with(vec![locked])), ArchiveError::Encrypted(text("en/b.md")));
    }
    for (method, is) in [
        (99, ArchiveError::Encrypted(text("en/b.md"))),
        (14, ArchiveError::Method(text("en/b.md"))),
    ] {
        let mut entry = stored("en/b.md", b"x");
        entry.method = method;
        assert_eq!(refused(&with(vec![entry])), is);
    }
}

#[test]
fn every_byte_is_counted_and_none_is_believed() {
    let told = text("en/b.md");
    // More comes out than was said, less, or other bytes.
    for (size, crc) in [(Some(1), None), (Some(100), None), (None, Some(7))] {
        let mut entry = deflated("en/b.md", b"twelve bytes");
        entry.size = size.unwrap_or(entry.size);
        entry.crc = crc.unwrap_or(entry.crc);
        assert_eq!(refused(&with(vec![entry])), ArchiveError::Mismatch(told.clone()));
    }
    let mut stored_short = stored("en/b.md", b"twelve bytes");
    stored_short.size = 3;
    assert_eq!(refused(&with(vec![stored_short])), ArchiveError::Mismatch(told.clone()));
    // Something hidden behind the deflated bytes.
    let mut hidden = deflated("en/b.md", b"twelve bytes");
    hidden.packed.extend(b"and more");
    assert_eq!(refused(&with(vec![hidden])), ArchiveError::Mismatch(told.clone()));
    let mut broken = deflated("en/b.md", b"twelve bytes");
    broken.packed = vec![0xff; 12];
    assert!(matches!(refused(&with(vec![broken])), ArchiveError::Damaged(_)));
    // The header before the bytes says something else than the directory.
    let mut other = stored("en/b.md", b"x");
    other.local_name = Some(b"en/c.md".to_vec());
    assert_eq!(refused(&with(vec![other])), ArchiveError::Mismatch(told));
}

#[test]
fn a_bomb_goes_no_further_than_its_limit() {
    let zeros = vec![0; 200 * 1024];
    assert_eq!(
        refused(&with(vec![deflated("en/b.md", &zeros)])),
        ArchiveError::Ratio(text("en/b.md"))
    );
    // One that says that it is small.
    let mut lying = deflated("en/b.md", &vec![0; 80 * 1024 * 1024]);
    lying.size = 100;
    assert_eq!(
        refused(&with(vec![lying])),
        ArchiveError::TooLarge(text("en/b.md"), 256)
    );
    let mut boasting = stored("en/b.md", b"x");
    boasting.size = 65 * 1024 * 1024;
    boasting.method = 8;
    assert_eq!(refused(&with(vec![boasting])), ArchiveError::UnpackedTooLarge);
}

#[test]
fn files_that_share_their_bytes_are_refused() {
    // An outer file whose stored bytes are a whole inner entry.
    let inner = stored("en/c.md", b"inner");
    let outer = stored("en/b.md", &inner.local());
    let start = with(vec![]).len() as u32;
    let mut entries = vec![
        deflated("course.toml", MANIFEST.as_bytes()),
        deflated("en/a.md", LESSON.as_bytes()),
        outer,
    ];
    let offset: usize = entries[..2].iter().map(|entry| entry.local().len()).sum();
    assert!((offset as u32) < start);
    let at = offset + 30 + "en/b.md".len();
    entries.push(Entry {
        at: Some(at as u32),
        ..inner
    });
    assert_eq!(refused(&archive(&entries)), ArchiveError::Overlap(text("en/c.md")));
}

#[test]
fn sizes_and_counts_have_limits() {
    let lesson = |size: usize| with(vec![stored("en/b.md", &vec![b'x'; size])]);
    assert!(unpack(&lesson(lesson::MAX_LESSON)).is_ok());
    assert_eq!(
        refused(&lesson(lesson::MAX_LESSON + 1)),
        ArchiveError::TooLarge(text("en/b.md"), 256)
    );
    let picture = |size: usize| {
        let mut bytes = png(4, 4);
        bytes.resize(size, 0);
        with(vec![stored("en/b.png", &bytes)])
    };
    assert!(unpack(&picture(course::MAX_IMAGE)).is_ok());
    assert_eq!(
        refused(&picture(course::MAX_IMAGE + 1)),
        ArchiveError::TooLarge(text("en/b.png"), 2048)
    );
    let many = |count: usize| with((0..count).map(|at| stored(&format!("en/f{at}.md"), b"x")).collect());
    assert!(unpack(&many(course::MAX_ENTRIES - 2)).is_ok());
    assert_eq!(refused(&many(course::MAX_ENTRIES - 1)), ArchiveError::TooMany);
}

#[test]
fn only_what_a_course_holds_is_taken() {
    for name in [
        "en/run.exe",
        "en/a.html",
        "picture.svg",
        "script.js",
        "en/a.md.exe",
        "a",
        "en/course.toml",
        ".env",
    ] {
        assert_eq!(
            refused(&with(vec![stored(name, b"x")])),
            ArchiveError::Kind(text(name)),
            "{name}"
        );
    }
    assert!(
        unpack(&with(vec![
            stored("LICENSE", b"x"),
            stored("README.md", b"x"),
            stored("course.lock", b"x")
        ]))
        .is_ok()
    );
}

#[test]
fn a_picture_is_what_its_name_says_and_no_larger_than_a_screen() {
    let jpeg = |width: u16, height: u16| {
        let mut bytes = b"\xff\xd8\xff\xe0\x00\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\x00\x11\x08".to_vec();
        bytes.extend(height.to_be_bytes());
        bytes.extend(width.to_be_bytes());
        bytes.extend(b"\x03\x01\x22\0\x02\x11\x01\x03\x11\x01\xff\xd9");
        bytes
    };
    let lossy = |width: u16, height: u16| {
        let mut bytes = b"RIFF\x20\0\0\0WEBPVP8 \x10\0\0\0\x30\x01\0\x9d\x01\x2a".to_vec();
        bytes.extend(width.to_le_bytes());
        bytes.extend(height.to_le_bytes());
        bytes
    };
    let lossless = |width: u32, height: u32| {
        let mut bytes = b"RIFF\x20\0\0\0WEBPVP8L\x10\0\0\0\x2f".to_vec();
        bytes.extend(((width - 1) | (height - 1) << 14).to_le_bytes());
        bytes
    };
    let extended = |width: u32, height: u32| {
        let mut bytes = b"RIFF\x20\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0".to_vec();
        bytes.extend(&(width - 1).to_le_bytes()[..3]);
        bytes.extend(&(height - 1).to_le_bytes()[..3]);
        bytes
    };
    let of = |name: &str, bytes: &[u8]| unpack(&with(vec![stored(name, bytes)]));
    for (name, good, wide, high) in [
        ("a.png", png(4096, 4096), png(4097, 1), png(1, 4097)),
        ("a.jpg", jpeg(4096, 4096), jpeg(4097, 1), jpeg(1, 4097)),
        ("a.webp", lossy(4096, 4096), lossy(4097, 1), lossy(1, 4097)),
        ("a.webp", lossless(4096, 4096), lossless(4097, 1), lossless(1, 4097)),
        ("a.webp", extended(4096, 4096), extended(4097, 1), extended(1, 4097)),
    ] {
        assert!(of(name, &good).is_ok(), "{name}");
        for large in [&wide, &high] {
            assert_eq!(of(name, large).unwrap_err(), ArchiveError::ImagePixels(text(name)));
        }
    }
    for (name, bytes) in [
        ("a.png", jpeg(4, 4)),
        ("a.jpg", png(4, 4)),
        ("a.webp", png(4, 4)),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'/>".to_vec()),
        ("a.jpeg", b"MZ".to_vec()),
        ("a.png", vec![]),
    ] {
        assert_eq!(of(name, &bytes).unwrap_err(), ArchiveError::ImageKind(text(name)));
    }
    for (name, bytes) in [
        ("a.png", png(0, 4)),
        ("a.png", png(4, 4)[..20].to_vec()),
        ("a.jpg", b"\xff\xd8\xff\xd9".to_vec()),
        ("a.jpg", b"\xff\xd8\xff\xff\xff\xff".to_vec()),
        ("a.webp", b"RIFF\0\0\0\0WEBPVP9 ".to_vec()),
    ] {
        assert_eq!(
            of(name, &bytes).unwrap_err(),
            ArchiveError::ImagePixels(text(name)),
            "{bytes:?}"
        );
    }
}

#[test]
fn huge_and_split_forms_are_refused() {
    let good = with(vec![]);
    let end = good.len() - 22;
    let edited = |at: usize, bytes: &[u8]| {
        let mut edited = good.clone();
        edited[end + at..end + at + bytes.len()].copy_from_slice(bytes);
        refused(&edited)
    };
    assert_eq!(edited(4, &[1]), ArchiveError::Split);
    assert_eq!(edited(8, &[1, 0]), ArchiveError::Split);
    assert_eq!(edited(8, &[0xff; 4]), ArchiveError::Huge);
    assert_eq!(edited(12, &[0xff; 4]), ArchiveError::Huge);
    assert!(matches!(edited(16, &[0, 0, 0, 0]), ArchiveError::Damaged(_)));
    assert!(
        matches!(edited(8, &[1, 0, 1, 0]), ArchiveError::Damaged(_)),
        "an entry that is not counted"
    );
}

#[test]
fn nothing_panics_whatever_is_cut_off_or_turned_over() {
    let good = with(vec![
        deflated("en/b.md", b"some words, some words"),
        stored("en/c.png", &png(3, 3)),
    ]);
    for cut in 0..good.len() {
        assert!(unpack(&good[..cut]).is_err());
    }
    for at in 0..good.len() {
        for bit in 0..8 {
            let mut turned = good.clone();
            turned[at] ^= 1 << bit;
            if let Ok(unpacked) = unpack(&turned) {
                same_words(&unpacked);
            }
        }
    }
}

/// A bit that was turned in a place that says nothing, such as a date, changes no file's bytes.
fn same_words(unpacked: &Unpacked) {
    assert!(unpacked.bytes.contains_key(&ContentHash::of(LESSON.as_bytes())));
    assert!(unpacked.bytes.contains_key(&ContentHash::of(MANIFEST.as_bytes())));
}

#[test]
fn a_course_with_a_broken_lesson_is_taken_and_says_so() {
    let entries = [
        stored("course.toml", MANIFEST.as_bytes()),
        stored("en/a.md", b"<script>"),
    ];
    let unpacked = unpack(&archive(&entries)).unwrap();
    let look = look_from(&unpacked).unwrap();
    assert!(
        look.files.iter().any(course::Checked::is_broken),
        "whoever installs it looks first"
    );
}
