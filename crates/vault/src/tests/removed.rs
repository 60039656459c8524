//! A removed word is in no byte of the decrypted file, wherever it stood.

use aes::cipher::{BlockDecryptMut as _, KeyIvInit as _, block_padding::NoPadding};
use proptest::prelude::*;
use zeroize::Zeroizing;

use super::{Couple, noon, says};
use crate::db::{Db, beside};
use crate::{Answer, Ledger as _, Words, hex};

const PAGE: usize = 4096;
/// What SQLCipher keeps at the end of a page: 16 bytes to begin from and 64 to know it by.
const RESERVED: usize = 80;

/// Every byte of a file as SQLite sees it, free pages and slack with the rest.
pub(super) fn decrypted(db: &Db) -> Vec<u8> {
    let digits: Zeroizing<String> = db.key().literal();
    let key = hex::decode::<32>(digits.trim_start_matches("x'").trim_end_matches('\'')).unwrap();
    let bytes = std::fs::read(db.path()).unwrap();
    let mut plain = Vec::with_capacity(bytes.len());
    for (number, page) in bytes.chunks_exact(PAGE).enumerate() {
        let (words, tail) = page.split_at(PAGE - RESERVED);
        // The first 16 bytes of the file are its salt.
        let words = if number == 0 { &words[16..] } else { words };
        let cipher = cbc::Decryptor::<aes::Aes256>::new(&key.into(), tail[..16].into());
        plain.extend(cipher.decrypt_padded_vec_mut::<NoPadding>(words).unwrap());
    }
    plain
}

pub(super) fn holds(db: &Db, word: &str) -> bool {
    let plain = decrypted(db);
    assert!(
        plain.windows(12).any(|part| part == b"CREATE TABLE"),
        "it was decrypted"
    );
    // The index folds case; a page of it keeps a word without what it shares with the one before.
    let folded = plain.to_ascii_lowercase();
    folded.windows(word.len()).any(|part| part == word.as_bytes())
}

fn log_of(db: &Db) -> u64 {
    std::fs::metadata(beside(db.path(), "-wal")).map_or(0, |about| about.len())
}

fn about(us: &Couple, field: &str, value: &str) -> Answer {
    says(&us.run, field, value)
}

/// An own file full of other answers, so that the removed one has neighbours before and after it.
fn filled() -> Couple {
    let mut us = Couple::new();
    for number in 0..60 {
        let text = format!("zebra {number} {}", "and much else besides ".repeat(number % 7 * 9));
        let answer = about(&us, &format!("field-{number}"), &text);
        let words = Words {
            text: &text,
            sensitive: false,
        };
        us.a.save_findable(&answer, words, "s", noon()).unwrap();
    }
    us
}

#[test]
fn a_removed_word_is_in_no_byte_of_the_decrypted_file() {
    let mut us = filled();
    // As the app writes: many saves of one answer, in several sittings, short and long.
    for sitting in ["monday", "tuesday"] {
        for length in [1, 5, 300, 2] {
            let text = format!("qmarmaladeq {}", "xstaircasex ".repeat(length));
            let mut answer = about(&us, "first", &text);
            answer.prompt = "qpromptq".into();
            us.a.save_findable(
                &answer,
                Words {
                    text: &text,
                    sensitive: false,
                },
                sitting,
                noon(),
            )
            .unwrap();
        }
        us.a.keep_version(&us.run, "first").unwrap();
    }
    let db = &us.a.db;
    db.read("testing", |conn| {
        conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
    })
    .unwrap();
    assert!(
        holds(db, "qmarmaladeq") && holds(db, "staircasex"),
        "the search can find"
    );
    let removed = us.a.remove_answer(&us.run, "first").unwrap();
    assert!(removed.is_cleared());
    assert_eq!(log_of(&us.a.db), 0);
    for word in ["marmalade", "staircase", "qprompt"] {
        assert!(!holds(&us.a.db, word), "{word}");
    }
    assert!(us.a.find("qmarmaladeq", 9).unwrap().is_empty());
    assert!(holds(&us.a.db, "zebra"), "the rest is there");
    assert_eq!(us.a.find("zebra", 100).unwrap().len(), 60);
    // Put back, it is as it was; removed again, it is gone again.
    us.a.put_back(&removed).unwrap();
    assert_eq!(us.a.history(&us.run, "first").unwrap().len(), 2);
    assert_eq!(us.a.find("qmarmaladeq", 9).unwrap().len(), 1);
    us.a.remove_answer(&us.run, "first").unwrap();
    assert!(!holds(&us.a.db, "marmalade"));
}

#[test]
fn a_forgotten_version_is_in_no_byte_either_and_the_one_that_stands_stays() {
    let mut us = filled();
    for (sitting, text) in [("monday", "qmarmaladeq"), ("tuesday", "qquinceq")] {
        let answer = about(&us, "first", text);
        us.a.save_findable(&answer, Words { text, sensitive: false }, sitting, noon())
            .unwrap();
    }
    assert!(us.a.forget_versions(&us.run, "first").unwrap());
    assert!(!holds(&us.a.db, "marmalade"));
    assert!(holds(&us.a.db, "qquinceq"));
    let versions = us.a.history(&us.run, "first").unwrap();
    assert_eq!(versions.len(), 1);
    assert_eq!(us.a.find("qquinceq", 9).unwrap().len(), 1);
}

#[test]
fn a_sensitive_answer_is_kept_and_never_in_the_index() {
    let mut us = filled();
    let answer = about(&us, "first", "qmarmaladeq");
    let words = |sensitive| Words {
        text: "qmarmaladeq",
        sensitive,
    };
    us.a.save_findable(&answer, words(false), "s", noon()).unwrap();
    us.a.save_findable(&answer, words(true), "s", noon()).unwrap();
    let index = |us: &Couple| {
        us.a.db
            .read("testing", |conn| {
                conn.query_row(
                    "SELECT count(*) FROM search_data WHERE instr(lower(hex(block)), hex('marmalade')) > 0",
                    [],
                    |row| row.get::<_, i64>(0),
                )
            })
            .unwrap()
    };
    assert!(us.a.find("qmarmaladeq", 9).unwrap().is_empty());
    assert_eq!(index(&us), 0);
    assert_eq!(us.a.answer(&us.run, "first").unwrap().unwrap().sensitive, Some(true));
    us.a.remove_answer(&us.run, "first").unwrap();
    assert!(!holds(&us.a.db, "marmalade"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Answers of any length, saved over each other in any order, then removed: the index forgets each of them.
    #[test]
    fn whatever_was_saved_over_it_a_removed_word_leaves_the_index(lengths in proptest::collection::vec((0..3_usize, 1..400_usize), 1..25)) {
        let mut us = Couple::new();
        let fields = ["first", "second", "third"];
        let words = ["qmarmaladeq", "qquinceq", "qdamsonq"];
        for (which, length) in lengths {
            let text = format!("common {}", format!("{} common ", words[which]).repeat(length));
            let answer = about(&us, fields[which], &text);
            us.a.save_findable(&answer, Words { text: &text, sensitive: false }, "s", noon()).unwrap();
            for other in 0..3 {
                let there = us.a.answer(&us.run, fields[other]).unwrap().is_some();
                prop_assert_eq!(us.a.find(words[other], 9).unwrap().len(), usize::from(there));
            }
        }
        for which in 0..3 {
            if us.a.answer(&us.run, fields[which]).unwrap().is_some() {
                us.a.remove_answer(&us.run, fields[which]).unwrap();
            }
            prop_assert!(!holds(&us.a.db, words[which]));
            prop_assert!(us.a.find(words[which], 9).unwrap().is_empty());
        }
    }
}
