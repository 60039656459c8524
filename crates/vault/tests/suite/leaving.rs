//! Leaving together, alone, and for good: what goes, and what stays with whom.

use std::fs;

use tempfile::TempDir;
use vault::export::everything;
use vault::{Error, Ledger as _, RunId};

use crate::locks::locked;
use crate::world::{Couple, every_byte, leaf, new_run, noon, open, says, space_file};

/// Something joint, something opened, something of each one's own.
fn shared_a_while(us: &mut Couple) -> RunId {
    let bo = us.b.person().clone();
    let run = us.begins_together();
    us.shared
        .save(&says(&run, "ours", "we both said"), &bo, "s", noon())
        .unwrap();
    us.a_seals(&run, &[leaf("one", "Ada opened")]).unwrap();
    us.b_seals(&run, &[leaf("one", "Bo opened")]).unwrap();
    us.opens(&run, "surface").unwrap();
    us.a.save(&says(&run, "mine", "only Ada"), "s", noon()).unwrap();
    us.profile.back_up_shared(&us.shared, noon()).unwrap();
    run
}

#[test]
fn leaving_together_leaves_each_a_copy_of_what_was_joint_and_no_shared_file() {
    let mut us = Couple::new();
    let run = shared_a_while(&mut us);
    let Couple {
        profile,
        mut a,
        mut b,
        shared,
        folder,
    } = us;
    profile.leave_together(&mut a, &mut b, shared, noon()).unwrap();
    for space in [&a, &b] {
        let kept = everything(space, None).unwrap().keepsakes;
        assert_eq!(kept.len(), 1);
        for words in [
            "we both said",
            "Ada opened",
            "Bo opened",
            "What happens first?",
            run.as_str(),
        ] {
            assert!(kept[0].text.contains(words), "{words}");
        }
        assert!(!kept[0].text.contains("only Ada"));
        assert_eq!(profile.open_shared(space).unwrap_err(), Error::Alone);
    }
    let left = every_byte(folder.path());
    assert!(
        left.iter().all(|(path, _)| !path.to_string_lossy().contains("shared")),
        "{left:?}"
    );
    assert_eq!(
        a.answer(&run, "mine").unwrap().unwrap().answer.field,
        "mine",
        "what is mine stays"
    );
    // They may begin anew, with nothing in it.
    profile.share_again(&mut a, &mut b).unwrap();
    assert!(profile.open_shared(&a).unwrap().runs().unwrap().is_empty());
    profile.open_shared(&b).unwrap();
    assert_eq!(profile.share_again(&mut a, &mut b), Err(Error::HereAlready));
}

#[test]
fn a_space_that_is_removed_takes_its_backups_and_leaves_what_was_joint() {
    let mut us = Couple::new();
    let run = shared_a_while(&mut us);
    let (ada, bo) = (us.a.person().clone(), us.b.person().clone());
    us.profile.back_up(&us.a, noon()).unwrap();
    let Couple {
        mut profile,
        a,
        b,
        shared,
        folder,
    } = us;
    drop((b, shared));
    profile.remove_space(a).unwrap();
    drop(profile);
    let left = every_byte(folder.path());
    assert!(
        left.iter()
            .all(|(path, _)| !path.to_string_lossy().contains(ada.as_str())),
        "{left:?}"
    );
    let people = fs::read_to_string(folder.path().join("keys.json")).unwrap();
    assert!(!people.contains(ada.as_str()) && !people.contains("Ada"));
    let profile = open(folder.path()).unwrap();
    assert_eq!(profile.people().len(), 1);
    assert_eq!(profile.open_space(&ada).unwrap_err(), Error::NoSuchPerson);
    let b = profile.open_space(&bo).unwrap();
    let shared = profile.open_shared(&b).unwrap();
    assert_eq!(shared.answers(&run).unwrap().len(), 1);
}

#[test]
fn somebody_new_is_not_shown_what_was_shared_with_somebody_who_left() {
    let mut us = Couple::new();
    shared_a_while(&mut us);
    let Couple {
        mut profile,
        a,
        b,
        shared,
        folder,
    } = us;
    let bo = b.person().clone();
    drop((b, shared));
    profile.remove_space(a).unwrap();
    let cy = profile.add_person("Cy", "olive").unwrap();
    let (b, c) = (profile.open_space(&bo).unwrap(), profile.open_space(&cy).unwrap());
    for space in [&b, &c] {
        assert!(profile.open_shared(space).unwrap().runs().unwrap().is_empty());
    }
    assert!(everything(&b, None).unwrap().keepsakes[0].text.contains("we both said"));
    assert!(everything(&c, None).unwrap().keepsakes.is_empty());
    assert!(profile.shared_backups().unwrap().is_empty());
    drop(folder);
}

#[test]
fn a_locked_space_can_be_removed_by_whoever_opened_it() {
    let mut us = Couple::new();
    shared_a_while(&mut us);
    let Couple {
        mut profile,
        a,
        b,
        shared,
        folder,
    } = us;
    drop((b, shared));
    let ada = a.person().clone();
    let a = locked(&mut profile, a, "a line", None);
    profile.remove_space(a).unwrap();
    assert!(!space_file(folder.path(), &ada).exists());
    assert_eq!(profile.people().len(), 1);
}

#[test]
fn everything_goes_only_with_everyone_and_what_is_not_ours_stays() {
    let mut us = Couple::new();
    shared_a_while(&mut us);
    us.profile.back_up(&us.a, noon()).unwrap();
    let Couple {
        profile,
        a,
        b,
        shared,
        folder,
    } = us;
    shared.close().unwrap();
    fs::write(folder.path().join("letter.txt"), "not ours").unwrap();
    assert_eq!(profile.remove_everything(vec![a]).unwrap_err(), Error::NeedsBoth);
    assert!(folder.path().join("keys.json").exists());

    let profile = open(folder.path()).unwrap();
    let ids: Vec<_> = profile.people().iter().map(|person| person.id.clone()).collect();
    let a = profile.open_space(&ids[0]).unwrap();
    profile.remove_everything(vec![a, b]).unwrap();
    let left: Vec<_> = every_byte(folder.path()).into_iter().map(|(path, _)| path).collect();
    assert_eq!(left, [folder.path().join("letter.txt")]);
    assert!(
        open(folder.path()).unwrap().people().is_empty(),
        "it can be begun in again"
    );
}

#[test]
fn alone_everything_is_ones_own_to_remove() {
    let folder = TempDir::new().unwrap();
    let mut profile = open(folder.path()).unwrap();
    let ada = profile.add_person("Ada", "teal").unwrap();
    let mut space = profile.open_space(&ada).unwrap();
    space.begin_run(&new_run(1), noon()).unwrap();
    profile.remove_everything(vec![space]).unwrap();
    assert!(every_byte(folder.path()).is_empty());
}
