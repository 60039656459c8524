//! How ready the two are: the smallest of what they pick, and the app's own *light* now and then.
//!
//! The picks stay in memory, and one result has several causes: that is all the cover it gives, and the page says so.
//!
//! Source: `vault.md`, *How ready*; `course-material.md`, correction 6.

use chrono::NaiveDate;

/// What a person picks on their own turn, from the smallest to the largest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Pick {
    /// Each on their own tonight.
    Apart,
    /// Only what asks little.
    Light,
    /// All of it.
    Whole,
}

/// The smaller of the two.
pub fn smallest(one: Pick, other: Pick) -> Pick {
    one.min(other)
}

/// What is offered to both; `None` until both have picked, so that nobody learns the other's pick by picking last and
/// changing it.
///
/// `suggested` is the app's own suggestion for the day ([`suggests_light`]). `has_light_form` is whether the lesson has
/// one ([`light::has_light_form`](super::light::has_light_form)); where it has none, *light* becomes *apart*, whatever
/// the cause.
pub fn offer(one: Option<Pick>, other: Option<Pick>, suggested: bool, has_light_form: bool) -> Option<Pick> {
    let largest = if suggested { Pick::Light } else { Pick::Whole };
    let offered = smallest(smallest(one?, other?), largest);
    Some(if offered == Pick::Light && !has_light_form {
        Pick::Apart
    } else {
        offered
    })
}

/// Whether the app suggests *light* by itself: on one day in four, by the first byte of an HMAC-SHA-256 under the
/// shared key over [`day_message`]. The same lesson and day give the same answer however often it is asked, so asking
/// again tells nothing, and without the key it cannot be worked out.
pub fn suggests_light(hmac: &[u8; 32]) -> bool {
    hmac[0] < 64
}

/// What the HMAC is taken over: the pack, the lesson and the local day, each closed by a zero byte, which no id holds.
pub fn day_message(pack: &str, lesson: &str, day: NaiveDate) -> Vec<u8> {
    let day = day.to_string();
    let parts = ["pairwise light 1", pack, lesson, &day];
    parts.iter().flat_map(|part| part.bytes().chain([0])).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    const PICKS: [Pick; 3] = [Pick::Apart, Pick::Light, Pick::Whole];

    #[test]
    fn neither_is_offered_more_than_they_picked() {
        for one in PICKS {
            for other in PICKS {
                for (suggested, has_light) in [(false, false), (false, true), (true, false), (true, true)] {
                    let offered = offer(Some(one), Some(other), suggested, has_light).unwrap();
                    assert!(offered <= one && offered <= other);
                    assert_eq!(
                        offer(Some(other), Some(one), suggested, has_light),
                        Some(offered),
                        "it says nothing of who"
                    );
                }
            }
        }
    }

    #[test]
    fn a_light_evening_of_the_apps_looks_like_one_that_somebody_picked() {
        for has_light in [false, true] {
            assert_eq!(
                offer(Some(Pick::Whole), Some(Pick::Whole), true, has_light),
                offer(Some(Pick::Light), Some(Pick::Whole), false, has_light)
            );
        }
    }

    #[test]
    fn a_lesson_with_no_light_form_never_passes_the_whole_off_as_light() {
        assert_eq!(
            offer(Some(Pick::Light), Some(Pick::Whole), false, false),
            Some(Pick::Apart)
        );
        assert_eq!(
            offer(Some(Pick::Whole), Some(Pick::Whole), false, false),
            Some(Pick::Whole)
        );
    }

    #[test]
    fn one_pick_alone_offers_nothing() {
        assert_eq!(offer(Some(Pick::Apart), None, false, true), None);
        assert_eq!(offer(None, Some(Pick::Whole), true, true), None);
    }

    #[test]
    fn the_app_suggests_light_on_one_day_in_four() {
        let of_all = (0..=255u8).filter(|byte| suggests_light(&[*byte; 32])).count();
        assert_eq!(of_all, 64);
    }

    #[test]
    fn pack_lesson_and_day_cannot_be_shifted_into_one_another() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
        assert_ne!(day_message("ab", "c", day), day_message("a", "bc", day));
        assert_ne!(
            day_message("a", "b", day),
            day_message("a", "b", day.succ_opt().unwrap())
        );
    }
}
