//! Whether a total has changed by more than its instrument's noise.
//!
//! Source: `course.md`, *Change* ("describe change only at ≥4 or ≥8 points, seen twice"; "larger than this questionnaire's
//! noise", never "clinically significant", never caused by the app).

use chrono::NaiveDate;

/// A total with its day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Total {
    /// The day.
    pub on: NaiveDate,
    /// The total.
    pub points: f64,
}

/// A change that may be spoken of. What is higher is not by itself better: the instrument says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// By how many points at least: the smaller of the two differences seen. Below zero when the total has gone down.
    pub points: f64,
}

/// The change since the first total, if it may be spoken of: the last two, of different days, both lie at least `noise`
/// from it, and on the same side. In every other case there is nothing to say, and "no change" is not said either.
///
/// `totals` are in the order in which they were answered. Of several on one day the last counts: an evening's second
/// try is no second sighting. `None` without a `noise` above zero: an untested scale has no known noise.
pub fn change(totals: &[Total], noise: Option<f64>) -> Option<Change> {
    let noise = noise.filter(|noise| *noise > 0.0)?;
    let mut by_day: Vec<Total> = Vec::new();
    for total in totals {
        // Anywhere, not only the one before: a clock may have gone back in between.
        by_day.retain(|earlier| earlier.on != total.on);
        by_day.push(*total);
    }
    let [first, .., before, last] = by_day.as_slice() else {
        return None;
    };
    let (one, other) = (before.points - first.points, last.points - first.points);
    let smaller = if one.abs() < other.abs() { one } else { other };
    (one.signum() == other.signum() && smaller.abs() >= noise).then_some(Change { points: smaller })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use proptest::prelude::*;

    fn totals(points: &[f64]) -> Vec<Total> {
        let start: NaiveDate = "2028-02-01".parse().unwrap();
        let days = start.iter_weeks();
        days.zip(points)
            .map(|(on, points)| Total { on, points: *points })
            .collect()
    }

    fn points(of: &[f64]) -> Option<f64> {
        change(&totals(of), Some(4.0)).map(|change| change.points)
    }

    #[test]
    fn a_change_is_spoken_of_when_seen_twice() {
        assert_eq!(points(&[10.0, 14.0]), None, "seen once");
        assert_eq!(points(&[10.0, 15.0, 14.0]), Some(4.0));
        assert_eq!(points(&[10.0, 4.0, 5.0]), Some(-5.0));
        assert_eq!(points(&[10.0, 14.0, 13.9]), None, "within the noise");
        assert_eq!(points(&[10.0, 15.0, 5.0]), None, "up and down is no change");
        assert_eq!(points(&[10.0, 20.0, 20.0, 11.0]), None, "it has gone again");
    }

    #[test]
    fn an_untested_scale_has_no_known_noise() {
        let far = totals(&[0.0, 20.0, 20.0]);
        assert_eq!(change(&far, None), None);
        assert_eq!(change(&far, Some(0.0)), None);
        assert_eq!(change(&far, Some(f64::NAN)), None);
    }

    #[test]
    fn a_second_try_on_one_day_is_no_second_sighting() {
        let mut totals = totals(&[10.0, 15.0]);
        totals.push(totals[1]);
        assert_eq!(change(&totals, Some(4.0)), None);
        totals.push(Total {
            on: totals[1].on.succ_opt().unwrap(),
            points: 15.0,
        });
        assert_eq!(change(&totals, Some(4.0)), Some(Change { points: 5.0 }));
    }

    #[test]
    fn a_clock_that_went_back_changes_no_order() {
        let mut totals = totals(&[10.0, 15.0, 14.0]);
        totals[2].on = "2020-01-01".parse().unwrap();
        assert_eq!(change(&totals, Some(4.0)), Some(Change { points: 4.0 }));
    }

    proptest! {
        #[test]
        fn nothing_smaller_than_the_noise_is_ever_spoken_of(
            of in prop::collection::vec(0i32..30, 0..8), noise in 1i32..10,
        ) {
            let of: Vec<f64> = of.into_iter().map(f64::from).collect();
            if let Some(change) = change(&totals(&of), Some(f64::from(noise))) {
                prop_assert!(change.points.abs() >= f64::from(noise));
                for later in &of[of.len() - 2..] {
                    let seen = later - of[0];
                    prop_assert!(seen.abs() >= change.points.abs() && seen.signum() == change.points.signum());
                }
            }
        }
    }
}
