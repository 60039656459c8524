//! Two answers beside each other.

/// The two columns, which are their own table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns<T> {
    /// Left and right. What stands in both shares a row; of the rest, each row holds one of either side while there are
    /// any. A side with nothing more has blanks.
    pub rows: Vec<(Option<T>, Option<T>)>,
    /// How many rows, from the first, hold the same on both sides. For setting them apart on the page; it is no score,
    /// and no page says it as a number.
    pub same: usize,
}

/// Sets two lists beside each other: options picked, cards of a pile, lines written. Each keeps its order, and what
/// stands in both comes first, in the left one's. What stands twice on one side and once on the other is shared once.
pub fn columns<T: Clone + PartialEq>(left: &[T], right: &[T]) -> Columns<T> {
    let mut right: Vec<&T> = right.iter().collect();
    let (mut rows, mut rest) = (Vec::new(), Vec::new());
    for item in left {
        match right.iter().position(|other| *other == item) {
            Some(at) => {
                right.remove(at);
                rows.push((Some(item.clone()), Some(item.clone())));
            }
            None => rest.push(item),
        }
    }
    let same = rows.len();
    for at in 0..rest.len().max(right.len()) {
        let cell = |side: &[&T]| side.get(at).map(|item| (*item).clone());
        rows.push((cell(&rest), cell(&right)));
    }
    Columns { rows, same }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_stands_in_both_shares_a_row() {
        let columns = columns(&["cost", "blame", "time"], &["time", "privacy", "cost", "fear"]);
        assert_eq!(
            columns.rows,
            [
                (Some("cost"), Some("cost")),
                (Some("time"), Some("time")),
                (Some("blame"), Some("privacy")),
                (None, Some("fear")),
            ]
        );
        assert_eq!(columns.same, 2);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_nothing_is_added(
            left in prop::collection::vec(0u8..6, 0..8), right in prop::collection::vec(0u8..6, 0..8),
        ) {
            let columns = columns(&left, &right);
            let sorted = |mut all: Vec<u8>| {
                all.sort_unstable();
                all
            };
            prop_assert_eq!(sorted(columns.rows.iter().filter_map(|row| row.0).collect()), sorted(left));
            prop_assert_eq!(sorted(columns.rows.iter().filter_map(|row| row.1).collect()), sorted(right));
            for (at, (one, other)) in columns.rows.iter().enumerate() {
                prop_assert!(one.is_some() || other.is_some());
                prop_assert_eq!(at < columns.same, one == other);
            }
        }
    }
}
