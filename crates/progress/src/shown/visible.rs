//! Who may read an answer, at which screen, and for what.
//!
//! Source: `lesson-format.md`, *Attributes* (`private`, `reveal`, `joint`, `send`, `sensitive`); `vault.md`, *Spaces,
//! turns and runs* and *What an answer is*.

use super::RunKind;

/// Who wrote it, as seen by the person the question is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// That person.
    Mine,
    /// The other one.
    Theirs,
}

/// The privacy an answer was written under, from narrow to wide. Not what its field says today: a lesson that asks
/// wider later opens nothing that was written before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Privacy {
    /// Only its writer's.
    Private,
    /// Each writes alone; both open together.
    Reveal,
    /// One shared answer.
    Joint,
}

/// Which screen looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// One's own space, behind one's own door.
    Alone,
    /// One's own turn in a sitting with both: the lesson at hand, with the other side covered.
    OwnTurn,
    /// Both look.
    Both,
}

/// What it would be read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// In its step, in a compare or in a recall.
    Page,
    /// In Find.
    Search,
    /// A line of it on home or in a list.
    Preview,
    /// A point, a count or a column of a chart.
    Chart,
    /// In a file made by Keep.
    Export {
        /// Its owner picked this very answer.
        by_hand: bool,
    },
}

/// What the rules know of an answer: never its words. A part that opens on its own, such as what lies underneath in a
/// loop, is asked about on its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// Who wrote it. Means nothing for a joint answer.
    pub owner: Owner,
    /// What it was written under.
    pub privacy: Privacy,
    /// Both opened it. Only a `reveal` answer can be; what was *kept* at the seal has no words that were.
    pub opened: bool,
    /// Its writer gave it to the other (`send`). Only a `private` answer can be.
    pub given: bool,
    /// Its field is `sensitive`.
    pub sensitive: bool,
}

impl Words {
    /// Neither opened nor given nor sensitive.
    pub fn new(owner: Owner, privacy: Privacy) -> Words {
        Words {
            owner,
            privacy,
            opened: false,
            given: false,
            sensitive: false,
        }
    }

    /// Both may read it: it is joint, was opened, or was given. A private answer marked as opened, or a sealed one
    /// marked as given, is a mistake somewhere, and a mistake opens nothing.
    pub fn is_shared(&self) -> bool {
        match self.privacy {
            Privacy::Private => self.given,
            Privacy::Reveal => self.opened,
            Privacy::Joint => true,
        }
    }
}

/// Whether these words may be read at this screen for this use.
///
/// - Where both look, only what both may read; elsewhere one's own as well. The other's is read when it is shared, and
///   never otherwise.
/// - Find, previews and Keep stand behind one's own door; a sitting with both opens only the lesson at hand.
/// - `sensitive` stays out of search, previews and charts, and out of an export unless picked by hand.
pub fn may_read(words: &Words, screen: Screen, for_what: Use) -> bool {
    let own = words.owner == Owner::Mine && screen != Screen::Both;
    let fits = match for_what {
        Use::Page => true,
        Use::Chart => !words.sensitive,
        Use::Search | Use::Preview => screen == Screen::Alone && !words.sensitive,
        Use::Export { by_hand } => screen == Screen::Alone && (by_hand || !words.sensitive),
    };
    fits && (own || words.is_shared())
}

/// What a page shows where an answer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The words, or that it is blank.
    Words,
    /// *You wrote something here*, and the way to read it on one's own turn. It stands there whether or not anything
    /// was written, by either: a cover that came and went would tell. So a blank place is asked about as well.
    Cover,
    /// Nothing.
    Nothing,
}

/// What a page shows where an answer stands, or could.
pub fn place(words: &Words, screen: Screen) -> Place {
    if may_read(words, screen, Use::Page) {
        Place::Words
    } else if screen == Screen::Both {
        Place::Cover
    } else {
        Place::Nothing
    }
}

/// Those that may be read, in the order they came. What may not be read leaves no trace in the result: neither a gap
/// nor a count.
pub fn readable<T>(items: impl IntoIterator<Item = (Words, T)>, screen: Screen, for_what: Use) -> Vec<T> {
    items
        .into_iter()
        .filter(|(words, _)| may_read(words, screen, for_what))
        .map(|(_, item)| item)
        .collect()
}

/// What a field's answers are kept under: in a run on one's own, everything is only mine.
pub fn kept_under(asked: Privacy, run: RunKind) -> Privacy {
    match run {
        RunKind::Alone => Privacy::Private,
        RunKind::Together => asked,
    }
}

/// Whether an answer may stand in its field again. Written under something narrower than is asked now, it stays with
/// its owner as *earlier wording* and the field starts empty; they may copy it over.
pub fn may_stand(written: Privacy, asked: Privacy) -> bool {
    asked <= written
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCREENS: [Screen; 3] = [Screen::Alone, Screen::OwnTurn, Screen::Both];
    const USES: [Use; 6] = [
        Use::Page,
        Use::Search,
        Use::Preview,
        Use::Chart,
        Use::Export { by_hand: false },
        Use::Export { by_hand: true },
    ];

    fn every_words() -> Vec<Words> {
        let mut all = Vec::new();
        for owner in [Owner::Mine, Owner::Theirs] {
            for privacy in [Privacy::Private, Privacy::Reveal, Privacy::Joint] {
                for bits in 0..8 {
                    all.push(Words {
                        owner,
                        privacy,
                        opened: bits & 1 != 0,
                        given: bits & 2 != 0,
                        sensitive: bits & 4 != 0,
                    });
                }
            }
        }
        all
    }

    #[test]
    fn what_the_other_wrote_and_did_not_share_is_read_nowhere() {
        for words in every_words() {
            if words.owner == Owner::Theirs && !words.is_shared() {
                for (screen, for_what) in SCREENS.iter().flat_map(|s| USES.map(|u| (*s, u))) {
                    assert!(!may_read(&words, screen, for_what), "{words:?} {screen:?} {for_what:?}");
                }
            }
        }
    }

    #[test]
    fn a_screen_that_both_look_at_shows_the_same_to_both() {
        for mine in every_words() {
            let theirs = Words {
                owner: Owner::Theirs,
                ..mine
            };
            for for_what in USES {
                assert_eq!(
                    may_read(&mine, Screen::Both, for_what),
                    may_read(&theirs, Screen::Both, for_what)
                );
            }
            assert_eq!(place(&mine, Screen::Both), place(&theirs, Screen::Both));
        }
    }

    #[test]
    fn ones_own_words_are_always_within_reach_behind_ones_own_door() {
        for words in every_words().iter().filter(|words| words.owner == Owner::Mine) {
            assert!(may_read(words, Screen::Alone, Use::Page));
            assert!(may_read(words, Screen::OwnTurn, Use::Page));
            assert!(may_read(words, Screen::Alone, Use::Export { by_hand: true }));
        }
    }

    #[test]
    fn a_mistake_in_the_marks_opens_nothing() {
        let private = Words {
            opened: true,
            ..Words::new(Owner::Theirs, Privacy::Private)
        };
        let sealed = Words {
            given: true,
            ..Words::new(Owner::Theirs, Privacy::Reveal)
        };
        assert!(!may_read(&private, Screen::Alone, Use::Page));
        assert!(!may_read(&sealed, Screen::Both, Use::Page));
    }

    #[test]
    fn sensitive_stays_out_of_search_previews_charts_and_unpicked_exports() {
        let words = Words {
            sensitive: true,
            ..Words::new(Owner::Mine, Privacy::Private)
        };
        for for_what in [Use::Search, Use::Preview, Use::Chart, Use::Export { by_hand: false }] {
            assert!(!may_read(&words, Screen::Alone, for_what));
        }
        assert!(may_read(&words, Screen::Alone, Use::Page));
    }

    #[test]
    fn a_sitting_with_both_has_no_find_and_no_keep() {
        for words in every_words() {
            for screen in [Screen::OwnTurn, Screen::Both] {
                assert!(!may_read(&words, screen, Use::Search));
                assert!(!may_read(&words, screen, Use::Export { by_hand: true }));
            }
        }
    }

    #[test]
    fn where_both_look_an_unopened_place_is_covered_and_elsewhere_the_others_is_not_there() {
        let theirs = Words::new(Owner::Theirs, Privacy::Reveal);
        assert_eq!(place(&theirs, Screen::Both), Place::Cover);
        assert_eq!(place(&theirs, Screen::OwnTurn), Place::Nothing);
        let opened = Words { opened: true, ..theirs };
        assert!(SCREENS.iter().all(|screen| place(&opened, *screen) == Place::Words));
    }

    #[test]
    fn a_lesson_that_asks_wider_later_opens_nothing() {
        assert!(!may_stand(Privacy::Private, Privacy::Reveal));
        assert!(!may_stand(Privacy::Reveal, Privacy::Joint));
        assert!(may_stand(Privacy::Joint, Privacy::Private));
        assert_eq!(kept_under(Privacy::Joint, RunKind::Alone), Privacy::Private);
        assert_eq!(kept_under(Privacy::Joint, RunKind::Together), Privacy::Joint);
    }
}
