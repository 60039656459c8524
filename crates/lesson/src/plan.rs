//! A reading `plan`: parts of a book, and a pace.

use crate::items::Line;
use crate::marks::range;
use crate::{Findings, PlanPart};

/// The parts that a lesson proposes.
pub(crate) fn parts(lines: Vec<Line<'_>>, found: &mut Findings<'_>) -> Vec<PlanPart> {
    lines
        .into_iter()
        .map(|mut line| {
            let pages = line.attributes.read("pages", "pages=1-30", found, |text| {
                range(text)
                    .and_then(|(from, to)| Some((u32::try_from(from).ok()?, u32::try_from(to).ok()?)))
                    .filter(|(from, to)| from <= to)
            });
            line.attributes.finish(found);
            PlanPart {
                title: line.text,
                from: pages.map(|pages| pages.0),
                to: pages.map(|pages| pages.1),
            }
        })
        .collect()
}

/// `day`, `week`, `10d`, `2w`: a number of days, from 1.
pub(crate) fn days(text: &str, most: u32) -> Option<u32> {
    let days = match text {
        "day" => 1,
        "week" => 7,
        _ => {
            let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
            let number: u32 = number.parse().ok()?;
            match unit {
                "d" => number,
                "w" => number.checked_mul(7)?,
                _ => return None,
            }
        }
    };
    (1..=most).contains(&days).then_some(days)
}
