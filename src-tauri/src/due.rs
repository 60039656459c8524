//! What home mentions beside the next thing: a practice in its days, an agreement to look at again, a questionnaire
//! last answered a week ago. None of it is a debt: what is passed over goes quietly.

use chrono::{Days, NaiveDate};
use lesson::{Block, Id, Kind, Lesson, Value};

use crate::{
    agreement,
    ipc::dto::{PracticeNote, Refusal, ReviewNote},
    past::{self, Past},
    practice,
    sitting::Sitting,
};

/// Days from one pulse to the next.
const PULSE: u64 = 7;

/// What home mentions.
pub(crate) struct Due {
    pub(crate) practice: Option<PracticeNote>,
    pub(crate) reviews: Vec<ReviewNote>,
    /// The lesson that holds a questionnaire which is due.
    pub(crate) pulse: Option<Id>,
}

impl Due {
    /// From everything the owner of this space may read. Fields marked sensitive are mentioned nowhere.
    pub(crate) fn of(sitting: &Sitting, course: &course::Course, today: NaiveDate) -> Result<Due, Refusal> {
        let pack = course.manifest.id.as_str();
        let mut practices: Vec<(NaiveDate, PracticeNote)> = Vec::new();
        let mut reviews = Vec::new();
        let mut takes: Vec<(&Id, NaiveDate, &Id)> = Vec::new();
        for (lesson, block) in open_blocks(course) {
            let wanted = matches!(
                block.kind,
                Kind::Practice { .. } | Kind::Agreement { .. } | Kind::Instrument { .. }
            );
            if !wanted || block.sensitive {
                continue;
            }
            let id = &lesson.meta.id;
            let own = match sitting.own() {
                Some((_, space)) => past::own(space, pack, id, block)?,
                None => Vec::new(),
            };
            let joint = match sitting.shared() {
                Some(shared) => past::joint(shared, pack, id, block)?,
                None => Vec::new(),
            };
            practices.extend(own.iter().chain(&joint).filter_map(|past| practised(id, block, past)));
            reviews.extend(own.iter().filter_map(|past| reviewed(id, block, past, 1)));
            reviews.extend(joint.iter().filter_map(|past| reviewed(id, block, past, 2)));
            if let Kind::Instrument { of } = &block.kind {
                let days = own.iter().filter_map(|past| last_take(&past.value));
                takes.extend(days.max().map(|day| (of, day, id)));
            }
        }
        practices.retain(|(from, note)| *from <= today && today <= note.until);
        reviews.retain(|review| review.on <= today);
        reviews.sort_by_key(|review| review.on);
        let latest = |of: &Id| takes.iter().filter(|take| take.0 == of).map(|take| take.1).max();
        let is_due = |day: NaiveDate| day.checked_add_days(Days::new(PULSE)).is_some_and(|next| next <= today);
        let pulse = takes.iter().find(|take| latest(take.0).is_some_and(is_due));
        Ok(Due {
            practice: practices
                .into_iter()
                .max_by_key(|(from, _)| *from)
                .map(|(_, note)| note),
            reviews,
            pulse: pulse.map(|(_, _, lesson)| (*lesson).clone()),
        })
    }
}

fn open_blocks(course: &course::Course) -> impl Iterator<Item = (&Lesson, &Block)> {
    let lessons = course.lessons.iter().filter(|file| file.opens);
    lessons
        .filter_map(|file| file.lesson.as_ref())
        .flat_map(|lesson| lesson.blocks().map(move |block| (lesson, block)))
}

fn practised(lesson: &Id, block: &Block, past: &Past) -> Option<(NaiveDate, PracticeNote)> {
    let (from, until) = practice::days(block, &past.value)?;
    let Value::Practice { pick, other, .. } = &past.value else {
        return None;
    };
    let words = Value::Practice {
        pick: pick.clone(),
        other: other.clone(),
        start: None,
    };
    let text = words.as_lines(block).into_iter().next()?;
    let note = PracticeNote {
        lesson: lesson.clone(),
        text,
        until,
    };
    Some((from, note))
}

fn reviewed(lesson: &Id, block: &Block, past: &Past, both: usize) -> Option<ReviewNote> {
    let (words, since) = agreement::in_force(&past.value, both)?;
    Some(ReviewNote {
        lesson: lesson.clone(),
        text: words.lines().next().unwrap_or_default().to_owned(),
        on: agreement::review(&block.kind, Some(since))?,
    })
}

fn last_take(value: &Value) -> Option<NaiveDate> {
    match value {
        Value::Takes { takes } => takes.iter().map(|take| take.on).max(),
        _ => None,
    }
}
