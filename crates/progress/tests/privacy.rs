//! Private means private: what the rules answer for one person is the same whatever the other wrote and did not open,
//! how many such answers there are, in which order they come, and what the other answered to a gate.
//!
//! Source: `product.md`, promise 2; `vault.md`, *Numbers to reach*, non-interference.

use std::collections::BTreeSet;

use progress::shown::{
    RunKind, Test,
    gate::{self, Go, Here},
    light,
    person::{self, Known, Says},
    ready::{self, Pick},
    visible::{self, Owner, Place, Privacy, Screen, Use, Words},
};
use proptest::prelude::*;

const SCREENS: [Screen; 3] = [Screen::Alone, Screen::OwnTurn, Screen::Both];
const USES: [Use; 6] = [
    Use::Page,
    Use::Search,
    Use::Preview,
    Use::Chart,
    Use::Export { by_hand: false },
    Use::Export { by_hand: true },
];
const FIELDS: [&str; 4] = ["stance", "heat", "soft", "pace"];

fn says() -> impl Strategy<Value = Says> {
    prop_oneof![
        prop::collection::btree_set(prop::sample::select(vec!["a", "b", "c"]), 0..3)
            .prop_map(|picked| Says::Picked(picked.into_iter().map(str::to_owned).collect::<BTreeSet<_>>())),
        (0i32..=10).prop_map(Says::Mark),
    ]
}

fn known(words: impl Strategy<Value = Words>) -> impl Strategy<Value = Known> {
    (prop::sample::select(FIELDS.to_vec()), words, says()).prop_map(|(field, words, says)| Known {
        field: field.into(),
        words,
        says,
    })
}

fn any_words() -> impl Strategy<Value = Words> {
    let privacy = prop::sample::select(vec![Privacy::Private, Privacy::Reveal, Privacy::Joint]);
    (any::<bool>(), privacy, any::<[bool; 3]>()).prop_map(|(mine, privacy, [opened, given, sensitive])| Words {
        owner: if mine { Owner::Mine } else { Owner::Theirs },
        privacy,
        opened,
        given,
        sensitive,
    })
}

/// What the other wrote and shared with nobody.
fn hidden_words() -> impl Strategy<Value = Words> {
    any_words().prop_map(|mut words| {
        words.owner = Owner::Theirs;
        if words.privacy == Privacy::Joint {
            words.privacy = Privacy::Private;
        }
        match words.privacy {
            Privacy::Private => words.given = false,
            Privacy::Reveal => words.opened = false,
            Privacy::Joint => {}
        }
        words
    })
}

fn tests() -> impl Strategy<Value = Vec<Test>> {
    let field = || prop::sample::select(FIELDS.to_vec()).prop_map(str::to_owned);
    let one = prop_oneof![
        Just(Test::Run(RunKind::Together)),
        Just(Test::Run(RunKind::Alone)),
        (
            field(),
            prop::sample::select(vec!["a", "b", "c"]).prop_map(str::to_owned),
            any::<bool>()
        )
            .prop_map(|(field, option, not)| Test::Picked {
                field,
                any: vec![option],
                not
            }),
        (field(), 0i32..5, 5i32..=10, any::<bool>()).prop_map(|(field, from, to, not)| Test::Between {
            field,
            from,
            to,
            not
        }),
    ];
    prop::collection::vec(one, 0..3)
}

/// Everything the rules say to one person from these answers, at every screen and for every use.
fn everything(answers: &[Known], whens: &[Vec<Test>], run: RunKind) -> String {
    let mut said = String::new();
    let is_joint = |field: &str| field == "pace";
    for screen in SCREENS {
        let facts = person::facts(run, screen, answers);
        let shown: Vec<bool> = whens
            .iter()
            .map(|when| person::shows(when, &facts, screen, is_joint))
            .collect();
        let steps: Vec<light::Step> = shown
            .iter()
            .enumerate()
            .map(|(at, shown)| light::Step {
                shown: *shown,
                light: at % 2 == 0,
                gate: at % 3 == 0,
            })
            .collect();
        said += &format!("{screen:?} {facts:?} {shown:?} {:?}\n", light::kept(&steps));
        for for_what in USES {
            let items = answers.iter().map(|known| (known.words, known));
            said += &format!("{for_what:?} {:?}\n", visible::readable(items, screen, for_what));
        }
    }
    said
}

/// The two lists run together in the order that `turns` says; each keeps its own.
fn woven(one: &[Known], other: &[Known], turns: &[bool]) -> Vec<Known> {
    let (mut one, mut other) = (one.iter().cloned(), other.iter().cloned());
    let mut all: Vec<Known> = turns
        .iter()
        .filter_map(|first| if *first { one.next() } else { other.next() })
        .collect();
    all.extend(one);
    all.extend(other);
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn nothing_the_other_wrote_and_did_not_share_changes_anything(
        known_to_me in prop::collection::vec(known(any_words()), 0..8),
        before in prop::collection::vec(known(hidden_words()), 0..8),
        after in prop::collection::vec(known(hidden_words()), 0..8),
        turns in prop::collection::vec(any::<bool>(), 0..16),
        whens in prop::collection::vec(tests(), 1..6),
        together in any::<bool>(),
    ) {
        let run = if together { RunKind::Together } else { RunKind::Alone };
        // What of it is hidden from me is dropped: the rest is the same in both worlds.
        let same: Vec<Known> = known_to_me
            .into_iter()
            .filter(|known| known.words.owner == Owner::Mine || known.words.is_shared())
            .collect();
        let alone = everything(&same, &whens, run);
        prop_assert_eq!(&everything(&woven(&same, &before, &turns), &whens, run), &alone);
        prop_assert_eq!(&everything(&woven(&same, &after, &turns), &whens, run), &alone);
        prop_assert_eq!(&everything(&woven(&after, &same, &turns), &whens, run), &alone);
    }

    /// Where both look, what one of them wrote alone is as hidden from the other as the other's is from them.
    #[test]
    fn where_both_look_neither_sides_private_words_change_anything(
        answers in prop::collection::vec(known(any_words()), 0..8),
        whens in prop::collection::vec(tests(), 1..6),
    ) {
        let shared: Vec<Known> = answers.iter().filter(|known| known.words.is_shared()).cloned().collect();
        let at_both = |answers: &[Known]| -> Vec<(bool, Vec<String>)> {
            let facts = person::facts(RunKind::Together, Screen::Both, answers);
            let items = || answers.iter().map(|known| (known.words, format!("{known:?}")));
            whens
                .iter()
                .map(|when| {
                    let shows = person::shows(when, &facts, Screen::Both, |field| field == "pace");
                    (shows, visible::readable(items(), Screen::Both, Use::Page))
                })
                .collect()
        };
        prop_assert_eq!(at_both(&answers), at_both(&shared));
        for known in answers.iter().filter(|known| !known.words.is_shared()) {
            let blank = Words::new(Owner::Theirs, known.words.privacy);
            prop_assert_eq!(visible::place(&known.words, Screen::Both), Place::Cover);
            prop_assert_eq!(visible::place(&blank, Screen::Both), Place::Cover, "a blank place wears the same cover");
        }
    }

    /// The other's answer to a gate reaches me as nothing but a pick they could have made without it.
    #[test]
    fn the_others_gate_is_one_of_several_causes_of_apart(
        target in 0usize..5,
        theirs in 0usize..3,
        mine in 0usize..3,
        hmac in any::<[u8; 32]>(),
        has_light in any::<bool>(),
    ) {
        const PICKS: [Pick; 3] = [Pick::Apart, Pick::Light, Pick::Whole];
        let steps: Vec<gate::Step> = (0..4)
            .map(|at| gate::Step { id: format!("s{at}"), shown: true, gate: at == 0 })
            .collect();
        let wanted = format!("s{target}");
        let go = if target == 0 { Go::Next } else { Go::To(&wanted) };
        let suggested = ready::suggests_light(&hmac);
        let after_the_gate = gate::in_a_sitting(&steps, 0, go).unwrap_or(PICKS[theirs]);
        let offered = ready::offer(Some(PICKS[mine]), Some(after_the_gate), suggested, has_light);
        let reachable = PICKS.map(|pick| ready::offer(Some(PICKS[mine]), Some(pick), suggested, has_light));
        prop_assert!(reachable.contains(&offered));
        // And what is kept of the lesson is the same before and after.
        let kept = gate::record(&steps, Here::on_path(0), gate::answer(&steps, Here::on_path(0), go, None));
        prop_assert_eq!(kept, gate::Record::default());
    }
}
