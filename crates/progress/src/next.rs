//! What comes next: one thing, never a list of debts.

use crate::done::LessonStanding;

/// What is known of one lesson, in the course's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson {
    /// Its id.
    pub id: String,
    /// Lessons that come well before it. They suggest an order and never lock.
    pub requires: Vec<String>,
    /// It opens, and this person can do it in this kind of run.
    pub fits: bool,
    /// How it stands.
    pub standing: LessonStanding,
    /// Minutes left.
    pub minutes: u32,
    /// When it was last worked on, as a rising number; none if never.
    pub touched: Option<u64>,
}

/// The one clear next thing: what was begun and touched last; else the first fresh lesson of the path the person chose,
/// whose order is its own; else the first fresh lesson whose requirements are met; else the first fresh one. `None`
/// when everything that fits is done.
pub fn next(lessons: &[Lesson], path: &[String]) -> Option<usize> {
    let begun = lessons
        .iter()
        .enumerate()
        .filter(|(_, lesson)| lesson.fits && lesson.standing == LessonStanding::Begun)
        .max_by_key(|(_, lesson)| lesson.touched);
    if let Some((index, _)) = begun {
        return Some(index);
    }
    let fresh = |lesson: &Lesson| lesson.fits && lesson.standing == LessonStanding::Fresh;
    let done = |id: &String| {
        lessons
            .iter()
            .any(|lesson| lesson.id == *id && lesson.standing == LessonStanding::Done)
    };
    let on_the_path = |id: &String| lessons.iter().position(|lesson| lesson.id == *id && fresh(lesson));
    path.iter()
        .find_map(on_the_path)
        .or_else(|| {
            lessons
                .iter()
                .position(|lesson| fresh(lesson) && lesson.requires.iter().all(done))
        })
        .or_else(|| lessons.iter().position(fresh))
}

/// Something shorter than the next thing: the one with the fewest minutes left among those not done. `None` when
/// nothing is shorter.
pub fn shorter(lessons: &[Lesson], than: usize) -> Option<usize> {
    let limit = lessons.get(than)?.minutes;
    lessons
        .iter()
        .enumerate()
        .filter(|(index, lesson)| {
            *index != than && lesson.fits && lesson.standing != LessonStanding::Done && lesson.minutes < limit
        })
        .min_by_key(|(_, lesson)| lesson.minutes)
        .map(|(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a_lesson(id: &str, standing: LessonStanding, minutes: u32, touched: Option<u64>) -> Lesson {
        Lesson {
            id: id.into(),
            requires: vec![],
            fits: true,
            standing,
            minutes,
            touched,
        }
    }

    #[test]
    fn what_was_touched_last_comes_first() {
        let lessons = [
            a_lesson("a", LessonStanding::Fresh, 10, None),
            a_lesson("b", LessonStanding::Begun, 10, Some(4)),
            a_lesson("c", LessonStanding::Begun, 10, Some(9)),
        ];
        assert_eq!(next(&lessons, &[]), Some(2));
    }

    #[test]
    fn requirements_suggest_and_never_lock() {
        let mut lessons = vec![
            a_lesson("a", LessonStanding::Fresh, 10, None),
            a_lesson("b", LessonStanding::Fresh, 10, None),
        ];
        lessons[0].requires = vec!["b".into()];
        assert_eq!(next(&lessons, &[]), Some(1));
        lessons[1].fits = false;
        assert_eq!(
            next(&lessons, &[]),
            Some(0),
            "nothing else is left, so it is offered all the same"
        );
    }

    #[test]
    fn when_everything_is_done_nothing_is_next() {
        assert_eq!(next(&[a_lesson("a", LessonStanding::Done, 0, Some(1))], &[]), None);
        assert_eq!(next(&[], &[]), None);
    }

    #[test]
    fn a_path_that_was_chosen_comes_first_in_its_own_order_and_then_the_rest() {
        let mut lessons = ["a", "b", "c"].map(|id| a_lesson(id, LessonStanding::Fresh, 10, None));
        lessons[2].requires = vec!["a".into()];
        let path = ["gone", "c", "b"].map(str::to_owned);
        assert_eq!(next(&lessons, &path), Some(2), "whatever it requires");
        lessons[2].standing = LessonStanding::Done;
        assert_eq!(next(&lessons, &path), Some(1));
        lessons[1].fits = false;
        assert_eq!(next(&lessons, &path), Some(0));
        lessons[2].standing = LessonStanding::Begun;
        lessons[2].touched = Some(1);
        assert_eq!(next(&lessons, &path[2..]), Some(2), "what was begun is gone on with");
    }

    #[test]
    fn something_shorter_is_really_shorter() {
        let lessons = [
            a_lesson("a", LessonStanding::Begun, 30, Some(1)),
            a_lesson("b", LessonStanding::Fresh, 25, None),
            a_lesson("c", LessonStanding::Done, 0, Some(2)),
        ];
        assert_eq!(shorter(&lessons, 0), Some(1));
        assert_eq!(shorter(&lessons, 1), None);
    }
}
