//! Files changed behind the app's back, and pairs of seals that do not belong together: each is noticed, and nothing is
//! shown by it.

use rusqlite::params;

use super::{Couple, STEP, leaf, noon, says, under};
use crate::reveal::frozen::Frozen;
use crate::reveal::seal::{freeze, put_seals, seal_of};
use crate::reveal::{self, Leaf, RevealError, Status};
use crate::{Ledger as _, PersonId, Space};

/// Changes one file behind the app's back and tries to open.
fn alarm(tamper: impl FnOnce(&mut Couple)) -> RevealError {
    let mut us = Couple::new();
    us.both_seal();
    reveal::reconcile(&mut us.a, &mut us.shared).unwrap();
    tamper(&mut us);
    let refused = us.opens().unwrap_err();
    assert_eq!(us.status(), Status::Both { opened: vec![] }, "nothing was written");
    assert!(reveal::opened(&us.shared, &us.run, &[]).unwrap().is_empty());
    refused
}

fn sql(db: &crate::db::Db, statement: &str) {
    let changed = db.read("testing", |conn| conn.execute(statement, []));
    assert_eq!(changed.unwrap(), 1);
}

/// Words never said, and the seal that would fit them.
fn forgery(us: &Couple, author: &PersonId) -> (Frozen, [u8; 32]) {
    let about = us.shared.run(&us.run).unwrap().unwrap();
    let frozen = Frozen {
        leaf: leaf("never said"),
        nonce: [7; 32],
    };
    let forged = seal_of(&about, author, &frozen).commitment;
    (frozen, forged)
}

fn exchange_seal(us: &Couple, author: &PersonId, forged: [u8; 32]) {
    let exchange = "UPDATE seals SET commitment = ?1 WHERE author = ?2";
    let changed = us
        .shared
        .db
        .read("testing", |conn| conn.execute(exchange, params![forged, author]));
    assert_eq!(changed.unwrap(), 1);
}

#[test]
fn a_text_changed_after_sealing_raises_the_alarm() {
    let refused = alarm(|us| sql(&us.b.db, "UPDATE frozen SET text = 'b says now'"));
    assert!(matches!(refused, RevealError::Mismatch { .. }), "{refused:?}");
}

#[test]
fn a_seal_exchanged_together_with_its_text_raises_the_alarm_through_the_others_file() {
    let refused = alarm(|us| {
        // The best forgery: text, seal and own note all fit each other again.
        let bo = us.b.person().clone();
        let (frozen, forged) = forgery(us, &bo);
        us.b.db
            .read("testing", |conn| {
                conn.execute(
                    "UPDATE frozen SET text = ?1, nonce = ?2",
                    params![frozen.leaf.text, frozen.nonce],
                )?;
                conn.execute(
                    "UPDATE commitments SET commitment = ?1 WHERE author = ?2",
                    params![forged, bo],
                )
            })
            .unwrap();
        exchange_seal(us, &bo, forged);
    });
    assert!(matches!(refused, RevealError::Mismatch { .. }), "{refused:?}");
}

#[test]
fn a_seal_added_or_removed_raises_the_alarm() {
    let refused = alarm(|us| sql(&us.a.db, "DELETE FROM frozen"));
    assert!(matches!(refused, RevealError::Mismatch { .. }), "{refused:?}");
    let refused = alarm(|us| {
        let bo = us.b.person().clone();
        let added = format!(
            "INSERT INTO seals SELECT run, author, 'other', layer, step, rev, commitment FROM seals WHERE author = '{bo}'"
        );
        sql(&us.shared.db, &added);
    });
    assert!(matches!(refused, RevealError::Mismatch { .. }), "{refused:?}");
}

#[test]
fn an_opened_text_changed_afterwards_raises_the_alarm() {
    let mut us = Couple::new();
    us.both_seal();
    us.opens().unwrap();
    let bo = us.b.person().clone();
    let changed = format!("UPDATE openings SET text = 'never said' WHERE author = '{bo}'");
    sql(&us.shared.db, &changed);
    let field = "first".into();
    let alarm = RevealError::Mismatch { person: bo, field };
    assert_eq!(reveal::opened(&us.shared, &us.run, &[]), Err(alarm));
}

/// Both open; then the other's words are exchanged in the shared file, seal and all.
fn forged_after_opening() -> (Couple, RevealError) {
    let mut us = Couple::new();
    us.both_seal();
    us.opens().unwrap();
    let bo = us.b.person().clone();
    let (frozen, forged) = forgery(&us, &bo);
    exchange_seal(&us, &bo, forged);
    let exchange = "UPDATE openings SET text = ?1, nonce = ?2 WHERE author = ?3";
    us.shared
        .db
        .read("testing", |conn| {
            conn.execute(exchange, params![frozen.leaf.text, frozen.nonce, bo])
        })
        .unwrap();
    let field = "first".into();
    (us, RevealError::Mismatch { person: bo, field })
}

#[test]
fn an_opened_text_exchanged_together_with_its_seal_raises_the_alarm_through_either_file() {
    let (us, alarm) = forged_after_opening();
    // The shared file alone fits itself.
    assert_eq!(reveal::opened(&us.shared, &us.run, &[]).unwrap().len(), 2);
    for spaces in [&[&us.a][..], &[&us.b], &[&us.a, &us.b]] {
        assert_eq!(reveal::opened(&us.shared, &us.run, spaces), Err(alarm.clone()));
    }
}

#[test]
fn an_opening_added_afterwards_raises_the_alarm() {
    let mut us = Couple::new();
    us.both_seal();
    us.opens().unwrap();
    let bo = us.b.person().clone();
    let about = us.shared.run(&us.run).unwrap().unwrap();
    let added = Frozen {
        leaf: under("attic", "never said"),
        nonce: [7; 32],
    };
    let seal = seal_of(&about, &bo, &added);
    us.shared
        .db
        .write("testing", |tx| {
            crate::reveal::seals::add(tx, &us.run, STEP, &seal)?;
            Ok(crate::reveal::seals::add_opening(tx, &us.run, &bo, &added, noon())?)
        })
        .unwrap();
    let refused = reveal::opened(&us.shared, &us.run, &[&us.a]);
    assert!(matches!(refused, Err(RevealError::Mismatch { .. })), "{refused:?}");
}

#[test]
fn a_file_brought_back_without_its_notes_still_shows_what_was_opened() {
    let mut us = Couple::new();
    us.both_seal();
    us.opens().unwrap();
    us.a.db
        .read("testing", |conn| conn.execute("DELETE FROM commitments", []))
        .unwrap();
    let opened = reveal::opened(&us.shared, &us.run, &[&us.a, &us.b]).unwrap();
    assert_eq!(opened.len(), 2);
}

#[test]
fn a_space_that_opens_beside_an_exchanged_seal_raises_the_alarm_and_is_put_right_all_the_same() {
    let (mut us, alarm) = forged_after_opening();
    // A seal that never arrived, in a step that comes after.
    us.a.save(&says(&us.run, "later", "one"), "s", noon()).unwrap();
    let later = Leaf {
        field: "later".into(),
        ..leaf("one")
    };
    freeze(&mut us.a, &us.run, "step-later", &[later], noon()).unwrap();
    assert_eq!(reveal::reconcile(&mut us.a, &mut us.shared), Err(alarm.clone()));
    us.a.save(&says(&us.run, "later", "two"), "s", noon()).unwrap();
    assert_eq!(reveal::reconcile(&mut us.a, &mut us.shared), Err(alarm));
}

#[test]
fn a_side_removed_after_opening_is_an_alarm_and_no_seal_taken_back() {
    let mut us = Couple::new();
    us.both_seal();
    us.opens().unwrap();
    let bo = us.b.person().clone();
    sql(&us.shared.db, &format!("DELETE FROM openings WHERE author = '{bo}'"));
    sql(&us.shared.db, &format!("DELETE FROM seals WHERE author = '{bo}'"));
    let field = "first".into();
    let alarm = RevealError::Mismatch { person: bo, field };
    for _ in 0..2 {
        assert_eq!(reveal::reconcile(&mut us.a, &mut us.shared), Err(alarm.clone()));
    }
    assert_eq!(us.a.frozen(&us.run).unwrap(), ["first"]);
}

/// Every row that sealing and opening write in a person's file.
fn kept_of_seals(space: &Space) -> i64 {
    let count = "SELECT (SELECT count(*) FROM frozen) + (SELECT count(*) FROM commitments)";
    space
        .db
        .read("testing", |conn| conn.query_row(count, [], |row| row.get(0)))
        .unwrap()
}

#[test]
fn an_uneven_pair_of_seals_does_not_open_and_writes_nothing() {
    for (mine, yours) in [(1, 2), (2, 1)] {
        let mut us = Couple::new();
        let leaves = [under("surface", "says"), under("under", "fears")];
        let about = us.shared.run(&us.run).unwrap().unwrap();
        let (a, b, shared) = (&mut us.a, &mut us.b, &mut us.shared);
        for (space, count) in [(&mut *a, mine), (&mut *b, yours)] {
            // Past the door that would refuse the second.
            let frozen = freeze(space, &us.run, STEP, &leaves[..count], noon()).unwrap();
            put_seals(space, shared, &about, STEP, &frozen, None).unwrap();
        }
        let before = (kept_of_seals(&us.a), kept_of_seals(&us.b));
        assert_eq!(us.opens(), Err(RevealError::Uneven));
        assert_eq!(us.status(), Status::Both { opened: vec![] });
        assert_eq!((kept_of_seals(&us.a), kept_of_seals(&us.b)), before);
        reveal::set_aside(&mut [&mut us.a, &mut us.b], &mut us.shared, &us.run, STEP).unwrap();
        us.both_seal();
        us.opens().unwrap();
    }
}

#[test]
fn a_seal_that_the_shared_file_refuses_pins_nothing() {
    let mut us = Couple::new();
    let mine = [leaf("a says")];
    reveal::seal(&mut us.a, &mut us.shared, &us.run, STEP, 0, &mine, None, noon()).unwrap();
    // The same field under another step: the seal's row cannot be written twice.
    us.a.db
        .read("testing", |conn| conn.execute("DELETE FROM frozen", []))
        .unwrap();
    let pin = Some(("1.0.0", "# Our loop"));
    reveal::seal(&mut us.a, &mut us.shared, &us.run, "other", 0, &mine, pin, noon()).unwrap_err();
    assert_eq!(us.shared.pinned(&us.run).unwrap(), None);
}

#[test]
fn what_does_not_fit_its_seals_keeps_nothing_else_out_of_an_export() {
    let mut us = Couple::new();
    us.both_seal();
    us.opens().unwrap();
    us.a.save(&says(&us.run, "second", "mine"), "s", noon()).unwrap();
    let all = crate::export::everything(&us.a, Some(&us.shared)).unwrap();
    assert_eq!(all.opened[0].opened.as_ref().unwrap().len(), 2);
    let change = "UPDATE openings SET text = 'never said' WHERE text = 'b says'";
    sql(&us.shared.db, change);
    let all = crate::export::everything(&us.a, Some(&us.shared)).unwrap();
    assert!(all.opened[0].opened.is_none());
    assert_eq!(all.own.answers.len(), 1);
}
