//! The part of the day, for a greeting.

/// As far as a greeting goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartOfDay {
    /// 5:00 to 11:59.
    Morning,
    /// 12:00 to 17:59.
    Afternoon,
    /// 18:00 to 22:59.
    Evening,
    /// 23:00 to 4:59.
    Night,
}

/// The part of the day at a local hour, 0 to 23.
pub fn part_of_day(hour: u32) -> PartOfDay {
    match hour {
        5..=11 => PartOfDay::Morning,
        12..=17 => PartOfDay::Afternoon,
        18..=22 => PartOfDay::Evening,
        _ => PartOfDay::Night,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eleven_at_night_is_not_evening_any_more() {
        assert_eq!(part_of_day(22), PartOfDay::Evening);
        assert_eq!(part_of_day(23), PartOfDay::Night);
        assert_eq!(part_of_day(4), PartOfDay::Night);
        assert_eq!(part_of_day(5), PartOfDay::Morning);
        assert_eq!(part_of_day(12), PartOfDay::Afternoon);
    }
}
