//! What a questionnaire's marks add up to.
//!
//! A blank is never a zero, a score is only ever one person's own, and no band or change is named that the instrument's
//! source does not state.
//!
//! Source: `lesson-format.md`, *Blocks* (instruments: `method`, `missing`, `bands`, `noise`); `course.md`, *Check-in
//! instruments*.

mod change;

use std::collections::BTreeMap;

use chrono::NaiveDate;

pub use change::{Change, Total, change};

/// What becomes of the items' points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// They are added up.
    Sum,
    /// Their mean counts.
    Mean,
    /// Each stands for itself; there is no total.
    None,
}

/// One item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its id.
    pub id: String,
    /// Fewest points.
    pub from: i32,
    /// Most points.
    pub to: i32,
    /// Its marks count from the other end.
    pub reverse: bool,
}

/// A stretch of totals with a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    /// The lowest total in it.
    pub from: f64,
    /// Its name, in the instrument's words.
    pub label: String,
}

/// How an instrument is scored.
#[derive(Clone, Debug, PartialEq)]
pub struct Scoring {
    /// What becomes of the points.
    pub method: Method,
    /// How many items may be blank: `Some(0)` requires all, `None` allows any number.
    pub missing: Option<u32>,
    /// In any order; empty when no source names any.
    pub bands: Vec<Band>,
    /// The change, in points of the total, that is larger than the instrument's own noise; `None` when no source states
    /// one.
    pub noise: Option<f64>,
    /// In the instrument's order.
    pub items: Vec<Item>,
}

/// What one answering comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// Each item's points, in the instrument's order; `None` for a blank one.
    pub items: Vec<Option<i32>>,
    /// The total; `None` without a method, without any mark, or with more blanks than are allowed.
    pub total: Option<f64>,
    /// How many items are blank.
    pub blank: usize,
}

impl Item {
    /// The points of a mark. `None` for one outside the item's range, which nobody can have placed.
    pub fn points(&self, mark: i32) -> Option<i32> {
        if !(self.from..=self.to).contains(&mark) {
            return None;
        }
        let points = if self.reverse {
            i64::from(self.from) + i64::from(self.to) - i64::from(mark)
        } else {
            i64::from(mark)
        };
        i32::try_from(points).ok()
    }
}

impl Scoring {
    /// What these marks come to. Marks of items that the instrument does not have are passed over.
    ///
    /// With some blank and that allowed, a sum counts each blank as the mean of the items that were marked, so that it
    /// stays on the instrument's scale; a mean is the mean of those.
    pub fn score(&self, marks: &BTreeMap<String, i32>) -> Score {
        let items: Vec<Option<i32>> = self
            .items
            .iter()
            .map(|item| item.points(*marks.get(&item.id)?))
            .collect();
        let blank = items.iter().filter(|points| points.is_none()).count();
        let marked = items.len() - blank;
        let allowed = self.missing.is_none_or(|most| blank <= most as usize);
        let sum: i64 = items.iter().flatten().map(|points| i64::from(*points)).sum();
        let total = (allowed && marked > 0)
            .then(|| match self.method {
                Method::Sum if blank == 0 => Some(sum as f64),
                Method::Sum => Some(sum as f64 * items.len() as f64 / marked as f64),
                Method::Mean => Some(sum as f64 / marked as f64),
                Method::None => None,
            })
            .flatten();
        Score { items, total, blank }
    }

    /// The totals of dated marks, in the order they come, without those that have none. [`change`] reads them.
    pub fn totals<'a>(&self, takes: impl IntoIterator<Item = (NaiveDate, &'a BTreeMap<String, i32>)>) -> Vec<Total> {
        let total = |(on, marks)| {
            let points = self.score(marks).total?;
            Some(Total { on, points })
        };
        takes.into_iter().filter_map(total).collect()
    }

    /// The band a total lies in: the one with the highest lower end that it reaches. `None` below the lowest, and where
    /// there are no bands.
    pub fn band(&self, total: f64) -> Option<&Band> {
        let reached = self.bands.iter().filter(|band| band.from <= total);
        reached.max_by(|one, other| one.from.total_cmp(&other.from))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use proptest::prelude::*;

    fn scoring(method: Method, missing: Option<u32>) -> Scoring {
        let item = |id: &str, reverse| Item {
            id: id.into(),
            from: 0,
            to: 5,
            reverse,
        };
        let band = |from, label: &str| Band {
            from,
            label: label.into(),
        };
        Scoring {
            method,
            missing,
            bands: vec![band(8.0, "more"), band(0.0, "less")],
            noise: None,
            items: vec![item("a", false), item("b", true), item("c", false)],
        }
    }

    fn marks(of: &[(&str, i32)]) -> BTreeMap<String, i32> {
        of.iter().map(|(id, mark)| ((*id).into(), *mark)).collect()
    }

    #[test]
    fn a_reversed_item_counts_from_the_other_end() {
        let score = scoring(Method::Sum, Some(0)).score(&marks(&[("a", 5), ("b", 1), ("c", 0)]));
        assert_eq!(score.items, [Some(5), Some(4), Some(0)]);
        assert_eq!(score.total, Some(9.0));
    }

    #[test]
    fn a_blank_is_no_zero() {
        let with_blank = marks(&[("a", 4), ("c", 2)]);
        assert_eq!(
            scoring(Method::Sum, Some(0)).score(&with_blank).total,
            None,
            "all are required"
        );
        assert_eq!(scoring(Method::Sum, Some(1)).score(&with_blank).total, Some(9.0));
        assert_eq!(scoring(Method::Mean, Some(1)).score(&with_blank).total, Some(3.0));
        assert_eq!(scoring(Method::Mean, Some(1)).score(&marks(&[("a", 4)])).total, None);
        assert_eq!(scoring(Method::Mean, None).score(&marks(&[("a", 4)])).total, Some(4.0));
        assert_eq!(
            scoring(Method::Sum, None).score(&marks(&[])).total,
            None,
            "nothing marked is no score"
        );
    }

    #[test]
    fn a_take_without_a_total_is_no_sighting() {
        let day = |n| NaiveDate::from_ymd_opt(2026, 11, n).unwrap();
        let (whole, half) = (marks(&[("a", 1), ("b", 5), ("c", 1)]), marks(&[("a", 1)]));
        let totals = scoring(Method::Sum, Some(0)).totals([(day(1), &whole), (day(8), &half), (day(15), &whole)]);
        assert_eq!(
            totals.iter().map(|total| total.on).collect::<Vec<_>>(),
            [day(1), day(15)]
        );
        assert_eq!(totals[0].points, 2.0);
    }

    #[test]
    fn without_a_method_items_stand_for_themselves() {
        let score = scoring(Method::None, None).score(&marks(&[("a", 3), ("b", 0)]));
        assert_eq!((score.items, score.total), (vec![Some(3), Some(5), None], None));
    }

    #[test]
    fn a_mark_nobody_can_have_placed_is_blank() {
        let score = scoring(Method::Sum, Some(0)).score(&marks(&[("a", 6), ("b", 0), ("c", 0), ("gone", 5)]));
        assert_eq!((score.total, score.blank), (None, 1));
        let widest = Item {
            id: "w".into(),
            from: i32::MIN,
            to: i32::MAX,
            reverse: true,
        };
        assert_eq!(widest.points(i32::MIN), Some(i32::MAX));
    }

    #[test]
    fn a_band_begins_at_its_lower_end() {
        let scoring = scoring(Method::Sum, Some(0));
        let label = |total| scoring.band(total).map(|band| band.label.as_str());
        assert_eq!(label(7.9), Some("less"));
        assert_eq!(label(8.0), Some("more"));
        assert_eq!(label(-0.5), None);
    }

    proptest! {
        #[test]
        fn a_total_stays_on_the_scale(marked in prop::collection::vec(prop::option::of(0i32..=5), 3)) {
            let ids = ["a", "b", "c"];
            let marks: BTreeMap<String, i32> =
                ids.iter().zip(&marked).filter_map(|(id, mark)| Some(((*id).into(), (*mark)?))).collect();
            for (method, most) in [(Method::Sum, 15.0), (Method::Mean, 5.0)] {
                let score = scoring(method, None).score(&marks);
                prop_assert_eq!(score.total.is_none(), marks.is_empty());
                prop_assert!(score.total.is_none_or(|total| (0.0..=most).contains(&total)));
                prop_assert_eq!(score.blank, 3 - marks.len());
            }
        }
    }
}
