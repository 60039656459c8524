//! Searching the profile folder's bytes for planted words finds none.

use std::path::Path;

use vault::lock::{Cost, NewLock, Secret};
use vault::{Bookmark, Ledger as _, Passed, SecretString, Words, reveal};

use crate::world::{Couple, STEP, every_byte, leaf, noon, says};

/// With a quote and an accent, so that the ways of writing it differ.
const PLANTED: &str = "marmalade \"Ünder\" the staircase";

/// The ways a careless writer could have put it down: each of its words, in each encoding.
fn needles() -> Vec<Vec<u8>> {
    let mut needles = Vec::new();
    for word in PLANTED.split(' ').filter(|word| word.len() > 4) {
        needles.push(word.as_bytes().to_vec());
        needles.push(word.encode_utf16().flat_map(u16::to_le_bytes).collect());
        needles.push(
            serde_json::to_string(word)
                .unwrap()
                .trim_matches('"')
                .as_bytes()
                .to_vec(),
        );
        // Wherever the word stands in a longer text, one of three alignments is how base64 shows it.
        for skip in 0..3 {
            let middle = &word.as_bytes()[skip..];
            needles.push(base64(&middle[..middle.len() / 3 * 3]));
        }
    }
    needles.retain(|needle| needle.len() >= 4);
    needles
}

fn base64(bytes: &[u8]) -> Vec<u8> {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = Vec::new();
    for three in bytes.chunks_exact(3) {
        let bits = u32::from(three[0]) << 16 | u32::from(three[1]) << 8 | u32::from(three[2]);
        for shift in [18, 12, 6, 0] {
            text.push(DIGITS[(bits >> shift) as usize & 63]);
        }
    }
    text
}

fn hits(dir: &Path) -> Vec<String> {
    let needles = needles();
    let mut hits = Vec::new();
    for (path, bytes) in every_byte(dir) {
        for needle in &needles {
            if bytes.windows(needle.len()).any(|window| window == needle) {
                hits.push(format!("{} {}", path.display(), String::from_utf8_lossy(needle)));
            }
        }
    }
    hits
}

#[test]
fn no_planted_word_is_found_open_or_closed() {
    let mut us = Couple::new();
    let run = us.begins_together();
    let bo = us.b.person().clone();
    let dir = us.folder.path().to_path_buf();
    let mut asked = says(&run, "first", PLANTED);
    asked.prompt = PLANTED.into();
    let number = us.a.save(&asked, PLANTED, noon()).unwrap();
    us.shared.save(&asked, &bo, PLANTED, noon()).unwrap();
    us.a.set_setting("note", PLANTED).unwrap();
    us.a.pass(&run, PLANTED, Passed::Done, None).unwrap_err();
    us.shared.pass(&run, PLANTED, Passed::Done, Some(PLANTED)).unwrap();
    let bookmark = Bookmark {
        part: Some(1),
        shown: true,
    };
    us.a.set_bookmark(&run, PLANTED, &bookmark).unwrap();
    let (a, b, shared) = (&mut us.a, &mut us.b, &mut us.shared);
    let mine = [leaf("first", PLANTED)];
    reveal::seal(a, shared, &run, STEP, number, &mine, Some(("1.0.0", PLANTED)), noon()).unwrap();
    reveal::seal(b, shared, &run, STEP, 0, &mine, None, noon()).unwrap();
    reveal::open(a, b, shared, &run, STEP, "surface", noon()).unwrap();

    let open: Vec<_> = every_byte(&dir).into_iter().map(|(path, _)| path).collect();
    assert!(open.iter().any(|path| path.to_string_lossy().ends_with("-wal")));
    assert_eq!(hits(&dir), [""; 0], "while open");
    let us = us.comes_back();
    assert_eq!(hits(&dir), [""; 0], "opened again");
    let Couple {
        a, b, shared, folder, ..
    } = us;
    drop((a, b, shared));
    assert_eq!(hits(&dir), [""; 0], "closed");

    // The search itself can find.
    std::fs::write(dir.join("plain"), format!("x{PLANTED}")).unwrap();
    assert!(!hits(&dir).is_empty());
    drop(folder);
}

#[test]
fn no_planted_word_is_found_locked_backed_up_searched_removed_or_kept_of_a_sharing() {
    let mut us = Couple::new();
    let run = us.begins_together();
    let dir = us.folder.path().to_path_buf();
    let bo = us.b.person().clone();
    let words = Words {
        text: PLANTED,
        sensitive: false,
    };
    us.a.save_findable(&says(&run, "first", PLANTED), words, PLANTED, noon())
        .unwrap();
    us.shared
        .save_findable(&says(&run, "ours", PLANTED), words, &bo, PLANTED, noon())
        .unwrap();
    us.profile.back_up(&us.a, noon()).unwrap();
    us.profile.back_up_shared(&us.shared, noon()).unwrap();
    assert_eq!(us.a.find(PLANTED, 9).unwrap().len(), 1);
    let (line, second) = (SecretString::from(PLANTED), SecretString::from("another"));
    let Couple {
        mut profile,
        a,
        mut b,
        shared,
        folder,
    } = us;
    profile.set_lock_cost(Cost::FOR_TESTS);
    let lock = NewLock {
        passphrase: &line,
        words: None,
    };
    let mut a = profile.lock(a, lock, noon()).unwrap();
    profile.back_up(&a, noon()).unwrap();
    assert_eq!(hits(&dir), [""; 0], "locked, and open just now");
    let removed = a.remove_answer(&run, "first").unwrap();
    a.put_back(&removed).unwrap();
    profile.leave_together(&mut a, &mut b, shared, noon()).unwrap();
    profile
        .change_passphrase(a.person(), Secret::Passphrase(&line), &second)
        .unwrap();
    assert_eq!(hits(&dir), [""; 0], "after all of it");
    drop((a, b));
    assert_eq!(hits(&dir), [""; 0], "closed");
    drop(folder);
}
