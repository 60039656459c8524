//! Finding answers by their words, at one's own door: mine, those that are ours, and those that were opened.
//!
//! Flow: the words of an answer are told to the index of its file as it is saved ([`words`]); those of what was opened,
//! and of what an older app kept, at the first search of a sitting. A search asks my own file and the one we share, each
//! its own index, and puts the newest first. What the lesson marks as sensitive by now is left out as well.
//! Deliberately not here: the other person's file, which is not open; and what was looked for, which is kept nowhere.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use course::Course;
use lesson::{Block, Id, Lesson, Value};
use vault::{
    Hit, Kept, Ledger, Moment, RunId, Shared, Space, Words,
    reveal::{self, Opened},
};

use crate::{
    found_before, given,
    ipc::dto::{Finds, Found, FoundAs, FoundAt, FoundField, FoundWhy, Refusal, Seat},
    kept::{self, field_now},
    map,
    past::lesson_of,
    session::Session,
    sitting::{Sitting, Spaces},
};

/// Something found, and when it was written or opened.
pub(crate) type Dated = (Moment, Found);
/// The run and the field it stands in.
pub(crate) type Place = (RunId, String);

/// As many results as a page holds.
const MOST: usize = 50;
/// As many are asked of a file: what is left out afterwards must not make a page empty.
const ASKED: u32 = 200;

/// What somebody would look for in an answer: its words. A mark on a scale has none.
pub(crate) fn words(block: Option<&Block>, value: &Value) -> String {
    match value {
        Value::Mark { .. } | Value::Marks { .. } | Value::Takes { .. } => String::new(),
        _ => kept::lines(block, value).join("\n"),
    }
}

impl Session {
    /// What I wrote, what is ours and what was opened, wherever it holds all of these words; the last may be the beginning
    /// of one. Answers of fields marked `sensitive` are not looked through, nor marks on a scale.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` in a sitting for two, which is nobody's own door; `Storage`.
    pub fn find(&mut self, token: &str, query: &str) -> Result<Finds, Refusal> {
        self.mend_files(token)?;
        self.write_held();
        self.tell_untold(token)?;
        let sitting = self.sitting(token)?;
        let Spaces::Alone { seat, space, shared } = &sitting.spaces else {
            return Err(Refusal::NotHere);
        };
        let mut finder = Finder {
            session: self,
            token,
            sitting,
            space,
            shared: shared.as_ref(),
            ways: BTreeMap::new(),
            opened: BTreeMap::new(),
        };
        let mut all = finder.everything(query, *seat)?;
        all.sort_by_cached_key(|(at, found)| {
            let is_theirs = !matches!(found.who, FoundAs::Opened { by } if by == Some(*seat));
            (Reverse(at.utc), found.title.clone(), found.asked.clone(), is_theirs)
        });
        Ok(Finds {
            more: all.len() > MOST,
            found: all.into_iter().take(MOST).map(|(_, found)| found).collect(),
            without_shared: sitting.shared_shut,
        })
    }

    /// Tells the index what it has not been told: what was opened, and what an older app kept. Once a sitting.
    fn tell_untold(&mut self, token: &str) -> Result<(), Refusal> {
        let sitting = self.sitting(token)?;
        let Spaces::Alone { space, shared, .. } = &sitting.spaces else {
            return Err(Refusal::NotHere);
        };
        if sitting.told {
            return Ok(());
        }
        let course = self.course()?;
        let mine = untold(course, space, shared.as_ref())?;
        let (mut ours, mut opened) = (Vec::new(), Vec::new());
        if let Some(shared) = shared {
            ours = untold(course, shared, Some(shared))?;
            for run in shared.untold_openings()? {
                opened.extend(untold_openings(course, space, shared, run)?);
            }
        }
        let sitting = self.sitting_mut(token)?;
        let Spaces::Alone { space, shared, .. } = &mut sitting.spaces else {
            return Err(Refusal::NotHere);
        };
        space.tell(&mine.iter().map(Told::line).collect::<Vec<_>>())?;
        if let Some(shared) = shared {
            shared.tell(&ours.iter().map(Told::line).collect::<Vec<_>>())?;
            for (run, one, words, sensitive) in &opened {
                let words = Words {
                    text: words,
                    sensitive: *sensitive,
                };
                shared.let_find(run, &one.field, &one.layer, &one.author, words)?;
            }
        }
        sitting.told = true;
        Ok(())
    }
}

/// The words of an answer that the index was not told yet.
struct Told {
    run: RunId,
    field: String,
    words: String,
    sensitive: bool,
}

impl Told {
    fn line(&self) -> (&RunId, &str, Words<'_>) {
        let words = Words {
            text: &self.words,
            sensitive: self.sensitive,
        };
        (&self.run, &self.field, words)
    }
}

/// Of a field that has gone nobody can say whether it was sensitive: its answer stays untold.
fn untold(course: &Course, ledger: &dyn Ledger, shared: Option<&Shared>) -> Result<Vec<Told>, Refusal> {
    let mut lessons: BTreeMap<RunId, Option<Lesson>> = BTreeMap::new();
    let mut all = Vec::new();
    for kept in ledger.untold()? {
        let answer = &kept.answer;
        if !lessons.contains_key(&answer.run) {
            let lesson = lesson_of(course, &answer.run, (&answer.pack, &answer.lesson), shared)?;
            lessons.insert(answer.run.clone(), lesson);
        }
        let Some(lesson) = lessons.get(&answer.run).and_then(Option::as_ref) else {
            continue;
        };
        let (Some(block), Some(value)) = (asked_now(lesson, &kept), kept::read(answer)) else {
            continue;
        };
        all.push(Told {
            run: answer.run.clone(),
            field: answer.field.clone(),
            words: words(kept::asked_then(lesson, answer), &value),
            sensitive: block.sensitive,
        });
    }
    Ok(all)
}

/// What was opened in a run, with its words and whether its field is sensitive. What does not fit its seals is not there:
/// the run says so when it is read.
fn untold_openings(
    course: &Course,
    space: &Space,
    shared: &Shared,
    run: RunId,
) -> Result<Vec<(RunId, Opened, String, bool)>, Refusal> {
    let Some(about) = shared.run(&run)? else {
        return Ok(Vec::new());
    };
    let lesson = lesson_of(course, &run, (&about.pack, &about.lesson), Some(shared))?;
    let Ok(opened) = reveal::opened(shared, &run, &[space]) else {
        return Ok(Vec::new());
    };
    let of = |one: Opened| {
        let block = field_now(lesson.as_ref()?, &Id::new(&one.field).ok()?)?;
        let value = serde_json::from_str::<Option<Value>>(one.text.as_deref().unwrap_or("null")).ok()?;
        let words = value.map_or_else(String::new, |value| words(Some(block), &value));
        Some((run.clone(), one, words, block.sensitive))
    };
    Ok(opened.into_iter().filter_map(of).collect())
}

/// The field that a kept answer, or a line given from it, is to, by the name it has now.
fn asked_now<'l>(lesson: &'l Lesson, kept: &Kept) -> Option<&'l Block> {
    let field = match given::of(kept) {
        Some((field, _)) => field,
        None => Id::new(&kept.answer.field).ok()?,
    };
    field_now(lesson, &field)
}

/// What is known of the run that a found answer belongs to.
struct Way {
    lesson: Option<Lesson>,
    /// Why its answers open nowhere; none for a run on my own whose lesson opens.
    why: Option<FoundWhy>,
    /// The fields that are on the page now, and the step of each.
    fields: BTreeMap<Id, Id>,
}

struct Finder<'a> {
    session: &'a Session,
    token: &'a str,
    sitting: &'a Sitting,
    space: &'a Space,
    shared: Option<&'a Shared>,
    ways: BTreeMap<RunId, Way>,
    opened: BTreeMap<RunId, Vec<Opened>>,
}

impl Finder<'_> {
    /// Each file hands out the newest first, so of each no more is read than a page holds, and one to say that there is more.
    fn everything(&mut self, query: &str, me: Seat) -> Result<Vec<Dated>, Refusal> {
        let mut all = Vec::new();
        // What I opened stands in both files, and is one result.
        let mut mine_opened = BTreeSet::<Place>::new();
        if let Some(shared) = self.shared {
            let hits = shared.find(query, ASKED)?;
            let mine = hits
                .iter()
                .filter(|hit| hit.author.as_ref() == Some(self.space.person()));
            mine_opened.extend(mine.map(|hit| (hit.run.clone(), hit.field.clone())));
            for hit in hits {
                if all.len() > MOST {
                    break;
                }
                all.extend(match hit.layer {
                    Some(_) => self.opened(shared, &hit)?,
                    None => self.answer(shared, &hit, true)?,
                });
            }
        }
        for (place, dated) in found_before::find(self.session.course()?, self.space, me, query)? {
            if matches!(dated.1.who, FoundAs::Opened { by: Some(_) }) {
                mine_opened.insert(place);
            }
            all.push(dated);
        }
        let mut own = Vec::new();
        for hit in self.space.find(query, ASKED)? {
            if own.len() > MOST {
                break;
            }
            if !mine_opened.contains(&(hit.run.clone(), hit.field.clone())) {
                own.extend(self.answer(self.space, &hit, false)?);
            }
        }
        all.extend(own);
        Ok(all)
    }

    fn answer(&mut self, ledger: &dyn Ledger, hit: &Hit, joint: bool) -> Result<Option<Dated>, Refusal> {
        let Some(kept) = ledger.answer(&hit.run, &hit.field)? else {
            return Ok(None);
        };
        let of = (kept.answer.pack.as_str(), kept.answer.lesson.as_str());
        let given = given::of(&kept);
        let author = kept.author.as_ref().map(|author| self.sitting.seat_of(author));
        let way = self.way(&hit.run, of)?;
        let block = way.lesson.as_ref().and_then(|lesson| asked_now(lesson, &kept));
        if block.is_some_and(|block| block.sensitive) {
            return Ok(None);
        }
        let who = match (joint, &given, author) {
            (true, Some(_), by) => FoundAs::Given { by },
            (true, ..) => FoundAs::Ours,
            (false, ..) if way.why != Some(FoundWhy::SharedBefore) && kept.answer.privacy == "reveal" => FoundAs::Draft,
            (false, ..) => FoundAs::OnlyMe,
        };
        let here = block.and_then(|block| Some((block.id.clone(), way.fields.get(&block.id)?.clone())));
        let place = match here {
            Some((field, step)) => FoundAt::Field {
                at: FoundField {
                    lesson: Id::new(of.1).map_err(|_| Refusal::NotHere)?,
                    run: hit.run.to_string(),
                    step,
                    field,
                },
            },
            None => FoundAt::Lines {
                lines: match (given, kept::read(&kept.answer)) {
                    (Some((_, lines)), _) => lines,
                    (None, Some(value)) => {
                        let asked = way
                            .lesson
                            .as_ref()
                            .and_then(|lesson| kept::asked_then(lesson, &kept.answer));
                        kept::lines(asked, &value)
                    }
                    (None, None) => vec![kept.answer.value.clone()],
                },
                why: way.why.unwrap_or(FoundWhy::NotAsked),
            },
        };
        Ok(Some((
            kept.at,
            way.found(of.1, &kept.answer.prompt, hit, who, kept.at, place),
        )))
    }

    fn opened(&mut self, shared: &Shared, hit: &Hit) -> Result<Option<Dated>, Refusal> {
        let Some(run) = shared.run(&hit.run)? else {
            return Ok(None);
        };
        if !self.opened.contains_key(&hit.run) {
            // What does not fit its seals is an alarm of its run, and no result.
            let opened = reveal::opened(shared, &hit.run, &[self.space]).unwrap_or_default();
            self.opened.insert(hit.run.clone(), opened);
        }
        let is_it = |one: &&Opened| {
            one.field == hit.field && Some(&one.layer) == hit.layer.as_ref() && Some(&one.author) == hit.author.as_ref()
        };
        let Some(one) = self
            .opened
            .get(&hit.run)
            .and_then(|all| all.iter().find(is_it))
            .cloned()
        else {
            return Ok(None);
        };
        let by = self.sitting.seat_of(&one.author);
        let way = self.way(&hit.run, (&run.pack, &run.lesson))?;
        let block = Id::new(&one.field)
            .ok()
            .and_then(|field| field_now(way.lesson.as_ref()?, &field));
        if block.is_some_and(|block| block.sensitive) {
            return Ok(None);
        }
        let value = one
            .text
            .as_deref()
            .and_then(|text| serde_json::from_str::<Value>(text).ok());
        let place = FoundAt::Lines {
            lines: value.map(|value| kept::lines(block, &value)).unwrap_or_default(),
            why: FoundWhy::WithTheOther,
        };
        let asked = block.map_or(one.field.as_str(), |block| &block.prompt_text);
        let found = way.found(&run.lesson, asked, hit, FoundAs::Opened { by: Some(by) }, one.at, place);
        Ok(Some((one.at, found)))
    }

    fn way(&mut self, run: &RunId, of: (&str, &str)) -> Result<&Way, Refusal> {
        if !self.ways.contains_key(run) {
            let way = self.look_up(run, of)?;
            self.ways.insert(run.clone(), way);
        }
        self.ways.get(run).ok_or(Refusal::NotHere)
    }

    fn look_up(&self, run: &RunId, of: (&str, &str)) -> Result<Way, Refusal> {
        let mut fields = BTreeMap::new();
        let on_my_own = self.space.run(run)?.is_some();
        let shared = self.shared.filter(|_| !on_my_own);
        let lesson = lesson_of(self.session.course()?, run, of, shared)?;
        let why = match (on_my_own, shared.map(|shared| shared.run(run)).transpose()?.flatten()) {
            (true, _) if lesson.is_none() => Some(FoundWhy::LessonGone),
            (true, _) => None,
            (false, Some(_)) => Some(FoundWhy::WithTheOther),
            // While what we share is shut, nobody can say whether it still stands there.
            (false, None) if self.sitting.shared_shut => Some(FoundWhy::WithTheOther),
            (false, None) => Some(FoundWhy::SharedBefore),
        };
        if why.is_none() {
            let reader = self.session.reader(self.token, run.as_str())?;
            let steps = reader.steps_today()?;
            let shown = steps.iter().zip(&reader.lesson.steps).filter(|(step, _)| step.shown);
            for (_, step) in shown {
                let blocks = map::blocks_of(step).filter(|block| reader.shows(block));
                fields.extend(blocks.map(|block| (block.id.clone(), step.id.clone())));
            }
        }
        Ok(Way { lesson, why, fields })
    }
}

impl Way {
    fn found(&self, lesson: &str, asked: &str, hit: &Hit, who: FoundAs, at: Moment, place: FoundAt) -> Found {
        Found {
            title: self
                .lesson
                .as_ref()
                .map_or_else(|| lesson.to_owned(), |lesson| lesson.meta.title.clone()),
            asked: asked.to_owned(),
            snippet: hit.snippet.iter().cloned().map(Into::into).collect(),
            who,
            on: at.local().date_naive(),
            place,
        }
    }
}
