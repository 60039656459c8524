//! The first screen of one's own space, and the course as a turn sees it.

use chrono::Timelike;
use lesson::{Audience, Block, Kind, Lesson, Value, When};
use progress::{
    done, next, plan,
    shown::{self, gate},
};
use vault::Run;

use crate::{
    due::Due,
    ipc::dto::{
        Course, CoursePart, FileProblems, Home, LessonCard, Next, PartMark, Problem, Reading, Refusal, Trouble,
    },
    kept, map,
    reader::passed,
    session::Session,
    sitting::Sitting,
};

/// One lesson of the course, with how far this sitting's owner has come in it.
struct Way<'a> {
    lesson: &'a Lesson,
    run: Option<Run>,
    steps: Vec<done::Step>,
    facts: next::Lesson,
}

impl Session {
    /// The first screen of one's own space.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` in a sitting for two, which opens only the lesson at hand; `Storage`.
    pub fn home(&self, token: &str) -> Result<Home, Refusal> {
        let sitting = self.sitting(token)?;
        if sitting.is_two() {
            return Err(Refusal::NotHere);
        }
        let ways = self.ways(sitting)?;
        let facts: Vec<_> = ways.iter().map(|way| way.facts.clone()).collect();
        let path = self.path_taken(sitting)?;
        let next = next::next(&facts, &path);
        let shorter = next.and_then(|next| next::shorter(&facts, next));
        let part_of_next = next.and_then(|next| ways[next].lesson.meta.part.clone());
        let manifest = &self.course()?.manifest;
        let parts = manifest.parts.iter().map(|part| {
            let mut inside = ways
                .iter()
                .filter(|way| way.lesson.meta.part.as_ref() == Some(&part.id))
                .peekable();
            PartMark {
                title: part.title.clone(),
                now: part_of_next.as_ref() == Some(&part.id),
                done: inside.peek().is_some() && inside.all(|way| way.facts.standing == done::LessonStanding::Done),
            }
        });
        let now = (self.places.now)();
        let due = Due::of(sitting, self.course()?, now.date_naive())?;
        Ok(Home {
            part_of_day: progress::day::part_of_day(now.hour()).into(),
            next: next.map(|next| ways[next].offer()),
            shorter: shorter.map(|shorter| ways[shorter].offer()),
            reading: self.book_in_hand(sitting, &ways)?,
            practice: due.practice,
            reviews: due.reviews,
            pulse_due: due.pulse.is_some(),
            pulse: due.pulse,
            parts: parts.collect(),
        })
    }

    /// The course, read again from its folder, as this turn sees it.
    ///
    /// # Errors
    /// `TurnOver`, `Storage`.
    pub fn course_page(&mut self, token: &str) -> Result<Course, Refusal> {
        self.sitting(token)?;
        self.read_course()
            .map_err(|trouble: Trouble| Refusal::Storage { trouble })?;
        let sitting = self.sitting(token)?;
        let course = self.course()?;
        let ways = self.ways(sitting)?;
        let parts = course.manifest.parts.iter().map(|part| CoursePart {
            id: part.id.clone(),
            title: part.title.clone(),
            lessons: ways
                .iter()
                .filter(|way| way.lesson.meta.part.as_ref() == Some(&part.id))
                .map(Way::card)
                .collect(),
        });
        Ok(Course {
            title: course.manifest.title.clone(),
            parts: parts.collect(),
            paths: self.paths(sitting)?,
            path: self.path_chosen(sitting)?,
            problems: problems(course),
        })
    }

    /// Every lesson that opens, in the course's order.
    fn ways(&self, sitting: &Sitting) -> Result<Vec<Way<'_>>, Refusal> {
        let course = self.course()?;
        let runs = sitting.ledger().runs()?;
        let pack = course.manifest.id.as_str();
        course
            .lessons
            .iter()
            .filter(|file| file.opens)
            .filter_map(|file| file.lesson.as_ref())
            .map(|lesson| {
                let newest = |run: &&Run| run.pack == pack && run.lesson == lesson.meta.id.as_str();
                Way::of(sitting, lesson, runs.iter().rev().find(newest).cloned())
            })
            .collect()
    }

    /// The first book with a title in the newest runs. A plan marked sensitive is mentioned nowhere.
    fn book_in_hand(&self, sitting: &Sitting, ways: &[Way<'_>]) -> Result<Option<Reading>, Refusal> {
        let today = (self.places.now)().date_naive();
        let two = sitting.is_two();
        for way in ways {
            let Some(run) = &way.run else { continue };
            for block in way
                .lesson
                .blocks()
                // Whoever passes by sees this page: nothing sensitive is on it.
                .filter(|block| matches!(block.kind, Kind::Plan { .. }) && !block.sensitive)
            {
                let kept = sitting.ledger().answer(&run.id, block.id.as_str())?;
                let Some(Value::Plan {
                    title,
                    parts,
                    start,
                    every,
                    ..
                }) = kept
                    .as_ref()
                    .and_then(|kept| kept::answer(way.lesson, two, two, &kept.answer))
                    .map(|(_, value, _)| value)
                else {
                    continue;
                };
                if title.trim().is_empty() {
                    continue;
                }
                let bookmark = match sitting.own() {
                    Some((_, space)) => space.bookmark(&run.id, block.id.as_str())?.and_then(|mark| mark.part),
                    None => None,
                };
                let current = start.and_then(|start| plan::current(start, every, parts.len(), today));
                let here = bookmark.map(|part| part as usize).or(current);
                let dates = start
                    .map(|start| plan::dates(start, every, parts.len()))
                    .unwrap_or_default();
                return Ok(Some(Reading {
                    lesson: way.lesson.meta.id.clone(),
                    title,
                    part: here.and_then(|part| parts.get(part)).map(|part| part.title.clone()),
                    by: here.and_then(|part| dates.get(part)).copied(),
                }));
            }
        }
        Ok(None)
    }
}

impl<'a> Way<'a> {
    fn of(sitting: &Sitting, lesson: &'a Lesson, run: Option<Run>) -> Result<Way<'a>, Refusal> {
        let kind = if sitting.is_two() {
            shown::RunKind::Together
        } else {
            shown::RunKind::Alone
        };
        let (mut marks, mut values, mut touched) = (Default::default(), Default::default(), None);
        if let Some(run) = &run {
            let ledger = sitting.ledger();
            marks = passed(ledger, &run.id)?;
            let kept = ledger.answers(&run.id)?;
            let moved = !kept.is_empty() || !marks.is_empty() || run.place.is_some();
            touched = moved.then_some(ledger.last_save(&run.id)?);
            values = kept
                .iter()
                .filter_map(|kept| Some((lesson::Id::new(&kept.answer.field).ok()?, kept::read(&kept.answer)?)))
                .collect();
        }
        let facts = map::facts(kind, &values);
        let holds = |when: Option<&When>| shown::holds(&map::tests(when), &facts);
        let steps = map::steps(lesson, |step| holds(step.when.as_ref()), &marks, |_| false);
        let is_gate = |block: &Block| matches!(block.kind, Kind::Gate { .. }) && holds(block.when.as_ref());
        let gates: Vec<bool> = lesson
            .steps
            .iter()
            .map(|step| map::blocks_of(step).any(is_gate))
            .collect();
        let steps = gate::counted(&steps, &gates);
        let standing = match &run {
            Some(run) if run.finished.is_some() || done::finished(&steps) => done::LessonStanding::Done,
            Some(_) if touched.is_some() => done::LessonStanding::Begun,
            _ => done::LessonStanding::Fresh,
        };
        let fits = match lesson.meta.audience {
            Audience::Either => true,
            Audience::Solo => !sitting.is_two(),
            Audience::Together => sitting.is_two(),
        };
        let facts = next::Lesson {
            id: lesson.meta.id.to_string(),
            requires: lesson.meta.requires.iter().map(ToString::to_string).collect(),
            fits,
            standing,
            minutes: done::minutes_left(lesson.meta.minutes, &steps),
            touched,
        };
        Ok(Way {
            lesson,
            run,
            steps,
            facts,
        })
    }

    fn offer(&self) -> Next {
        let title_of = |id: &str| {
            self.lesson
                .steps
                .iter()
                .find(|step| step.id.as_str() == id)
                .map(|step| step.title_text.clone())
        };
        let begun = self.facts.standing == done::LessonStanding::Begun;
        let place = self.run.as_ref().and_then(|run| run.place.as_deref());
        let next = done::place(&self.steps, place).filter(|_| begun);
        let before = next.and_then(|next| {
            let shown = self.steps.iter().take_while(|step| step.id != next.id);
            shown.filter(|step| step.shown && step.passed.is_some()).last()
        });
        Next {
            lesson: self.lesson.meta.id.clone(),
            title: self.lesson.meta.title.clone(),
            summary: self.lesson.meta.summary.clone(),
            minutes: self.facts.minutes,
            stopped_after: before.and_then(|step| title_of(&step.id)),
            next_step: next.and_then(|step| title_of(&step.id)),
            begun,
        }
    }

    fn card(&self) -> LessonCard {
        let (steps, steps_done) = done::count(&self.steps);
        LessonCard {
            id: self.lesson.meta.id.clone(),
            title: self.lesson.meta.title.clone(),
            summary: self.lesson.meta.summary.clone(),
            minutes: self.lesson.meta.minutes,
            audience: self.lesson.meta.audience,
            fits: self.facts.fits,
            state: self.facts.standing.into(),
            steps_done,
            steps,
        }
    }
}

/// What is wrong in the course's files, for whoever writes them.
fn problems(course: &course::Course) -> Vec<FileProblems> {
    let manifest = FileProblems {
        file: "course.toml".to_owned(),
        title: None,
        opens: true,
        problems: told(&course.manifest_source, &course.manifest_problems),
    };
    std::iter::once(manifest)
        .chain(course.files().map(file_problems))
        .filter(|file| !file.problems.is_empty())
        .collect()
}

/// What is wrong in one file.
pub(crate) fn file_problems(file: &course::LessonFile) -> FileProblems {
    FileProblems {
        file: file.file.clone(),
        title: file.lesson.as_ref().map(|lesson| lesson.meta.title.clone()),
        opens: file.opens,
        problems: told(&file.source, &file.diagnostics),
    }
}

fn told(source: &str, diagnostics: &[lesson::Diagnostic]) -> Vec<Problem> {
    let told = diagnostics.iter().map(|diagnostic| {
        let place = lesson::place(source, diagnostic.span.start);
        Problem {
            code: diagnostic.code.as_str().to_owned(),
            error: diagnostic.severity == lesson::Severity::Error,
            message: diagnostic.message.clone(),
            help: diagnostic.help.clone(),
            line: place.line,
            column: place.column,
            excerpt: lesson::line_text(source, diagnostic.span.start).to_owned(),
        }
    });
    told.collect()
}
