//! What of an overlap is in the shared file: the few cards that were shown, and of the rest nothing but commitments.

use super::removed::holds;
use super::{Couple, STEP, noon};
use crate::RunId;
use crate::reveal::{self, Leaf};

const PILE: &str = "qmarmaladeq";

fn sorted(yes: &[u32]) -> Vec<Leaf> {
    let pile = |number| if yes.contains(&number) { PILE } else { "qquinceq" };
    (0..12)
        .map(|number| reveal::card("menu", number, 1, pile(number)))
        .collect()
}

fn sealed(a: &[u32], b: &[u32]) -> (Couple, RunId) {
    let mut us = Couple::new();
    let run = us.run.clone();
    reveal::seal(&mut us.a, &mut us.shared, &run, STEP, 0, &sorted(a), None, noon()).unwrap();
    reveal::seal(&mut us.b, &mut us.shared, &run, STEP, 0, &sorted(b), None, noon()).unwrap();
    (us, run)
}

fn cards_in_shared(us: &Couple) -> Vec<(String, String)> {
    us.shared
        .db
        .read("testing", |conn| {
            conn.prepare("SELECT DISTINCT layer, text FROM openings ORDER BY layer")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })
        .unwrap()
}

#[test]
fn the_shared_file_holds_no_card_beyond_the_few_shown() {
    let (mut us, run) = sealed(&[1, 2, 3, 4, 5, 6], &[1, 2, 3, 4, 5, 9]);
    let flat = |us: &mut Couple| us.shared.db.clear().unwrap();
    flat(&mut us);
    assert!(
        !holds(&us.shared.db, PILE) && !holds(&us.shared.db, "qquinceq"),
        "sealed, it holds no pile"
    );
    let (a, b) = (&mut us.a, &mut us.b);
    let cards = reveal::open_overlap(a, b, &mut us.shared, &run, STEP, "menu", PILE, 2, noon()).unwrap();
    flat(&mut us);
    assert!(!holds(&us.shared.db, "qquinceq"), "no card of another pile");
    let expected: Vec<(String, String)> = cards
        .iter()
        .map(|card| (format!("card/{card}"), PILE.to_owned()))
        .collect();
    assert_eq!(cards_in_shared(&us), expected);
    // Each side's opening, and no nonce beside them: without its nonce a commitment tells nothing of its card.
    let nonces: i64 = us
        .shared
        .db
        .read("testing", |conn| {
            conn.query_row("SELECT count(*) FROM openings", [], |row| row.get(0))
        })
        .unwrap();
    assert_eq!(nonces, 4);
    let own: Vec<[u8; 32]> =
        us.a.db
            .read("testing", |conn| {
                conn.prepare("SELECT nonce FROM frozen")?
                    .query_map([], |row| row.get(0))?
                    .collect()
            })
            .unwrap();
    let shared = super::removed::decrypted(&us.shared.db);
    let there = own
        .iter()
        .filter(|nonce| shared.windows(32).any(|part| part == *nonce))
        .count();
    assert_eq!(there, 2);
}

#[test]
fn a_card_changed_after_sealing_raises_the_alarm_and_opens_nothing() {
    let (mut us, run) = sealed(&[1, 2], &[1, 3]);
    // To learn whether the other chose card 3, one would have to have sealed it.
    us.a.db
        .read("testing", |conn| {
            conn.execute("UPDATE frozen SET text = ?1 WHERE layer = 'card/3'", [PILE])
        })
        .unwrap();
    let (a, b) = (&mut us.a, &mut us.b);
    let refused = reveal::open_overlap(a, b, &mut us.shared, &run, STEP, "menu", PILE, 9, noon()).unwrap_err();
    assert!(matches!(refused, reveal::RevealError::Mismatch { .. }), "{refused:?}");
    assert!(cards_in_shared(&us).is_empty());
    assert_eq!(reveal::overlap(&us.shared, &run, "menu", &[]).unwrap(), None);
}
