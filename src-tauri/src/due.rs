//! What home mentions beside the next thing: a practice, an agreement to look at again, a questionnaire last answered a
//! week ago. When each comes up, and goes quietly, the rules of progress say.

use chrono::NaiveDate;
use lesson::{Block, Id, Kind, Lesson, Value};
use progress::{practice, pulse};

use crate::{
    agreement,
    ipc::dto::{PracticeNote, Refusal, ReviewNote},
    past::{self, Past},
    practice::taken,
    sitting::Sitting,
};

/// What home mentions.
pub(crate) struct Due {
    pub(crate) practice: Option<PracticeNote>,
    pub(crate) reviews: Vec<ReviewNote>,
    /// The lesson that holds a questionnaire which is due.
    pub(crate) pulse: Option<Id>,
}

/// A practice that was taken, and what home would say of it.
struct Chosen {
    when: chrono::DateTime<chrono::Utc>,
    rule: practice::Practice,
    lesson: Id,
    text: String,
}

impl Due {
    /// From everything the owner of this space may read. Fields marked sensitive are mentioned nowhere.
    pub(crate) fn of(sitting: &Sitting, course: &course::Course, today: NaiveDate) -> Result<Due, Refusal> {
        let pack = course.manifest.id.as_str();
        let (mut chosen, mut reviews) = (Vec::new(), Vec::new());
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
                Some((_, space)) => past::own(space, pack, lesson, block)?,
                None => Vec::new(),
            };
            let joint = match sitting.shared() {
                Some(shared) => past::joint(shared, pack, lesson, block)?,
                None => Vec::new(),
            };
            chosen.extend(own.iter().chain(&joint).filter_map(|past| choice(id, block, past)));
            reviews.extend(own.iter().filter_map(|past| review(id, block, past, false, today)));
            reviews.extend(joint.iter().filter_map(|past| review(id, block, past, true, today)));
            if let Kind::Instrument { of } = &block.kind {
                let last = own.iter().filter_map(|past| last_take(&past.value)).max();
                takes.extend(last.map(|day| (of, day, id)));
            }
        }
        reviews.sort_by_key(|review: &ReviewNote| review.on);
        let latest = |of: &Id| takes.iter().filter(|take| take.0 == of).map(|take| take.1).max();
        let pulse = takes.iter().find(|take| pulse::is_offered(latest(take.0), None, today));
        Ok(Due {
            practice: on_home(chosen, today),
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

fn choice(lesson: &Id, block: &Block, past: &Past) -> Option<Chosen> {
    let Value::Practice { pick, other, .. } = &past.value else {
        return None;
    };
    let words = Value::Practice {
        pick: pick.clone(),
        other: other.clone(),
        start: None,
    };
    Some(Chosen {
        when: past.kept.at.utc,
        rule: taken(block, &past.value)?,
        lesson: lesson.clone(),
        text: words.as_lines(block).into_iter().next()?,
    })
}

/// The practice of all lessons that home shows; one that lies ahead waits for its day.
fn on_home(mut chosen: Vec<Chosen>, today: NaiveDate) -> Option<PracticeNote> {
    chosen.sort_by_key(|one| one.when);
    let rules: Vec<practice::Practice> = chosen.iter().map(|one| one.rule).collect();
    let (at, standing) = practice::on_home(&rules, today)?;
    if standing == practice::Standing::Ahead {
        return None;
    }
    let one = chosen.swap_remove(at);
    Some(PracticeNote {
        lesson: one.lesson,
        text: one.text,
        until: one.rule.last()?,
        due: standing == practice::Standing::LookBack,
    })
}

fn review(lesson: &Id, block: &Block, past: &Past, joint: bool, today: NaiveDate) -> Option<ReviewNote> {
    let Value::Agreement { text, .. } = &past.value else {
        return None;
    };
    Some(ReviewNote {
        lesson: lesson.clone(),
        text: text.lines().next().unwrap_or_default().to_owned(),
        on: agreement::review(block, &past.value, joint, today).filter(|on| *on <= today)?,
    })
}

fn last_take(value: &Value) -> Option<NaiveDate> {
    match value {
        Value::Takes { takes } => takes.iter().map(|take| take.on).max(),
        _ => None,
    }
}
