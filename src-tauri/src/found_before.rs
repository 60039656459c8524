//! Finding words in what was shared until sharing ended (a *keepsake*): joint answers, opened texts, lines that were given.
//!
//! A keepsake is one text in my own file and in no index, so its answers are held against the query one by one. Of a
//! lesson that has gone nobody can say which of its fields were sensitive: its answers are in the copy of my words alone.

use chrono::DateTime;
use course::Course;
use lesson::Id;
use vault::{Moment, Space};

use crate::{
    find::{Dated, Place},
    ipc::dto::{Found, FoundAs, FoundAt, FoundWhy, Refusal, Seat},
    keepsake::{field_of, lines, list, run_of, word},
    kept::field_now,
    past::lesson_of,
};

/// What of it holds the words of a query, each with its run and field. `seat` is mine; whoever it was shared with may not
/// be here.
pub(crate) fn find(course: &Course, space: &Space, seat: Seat, query: &str) -> Result<Vec<(Place, Dated)>, Refusal> {
    let mut all = Vec::new();
    for keepsake in vault::export::keepsakes(space)? {
        all.extend(shared(course, space, seat, &keepsake)?);
    }
    let texts: Vec<String> = all.iter().map(|(_, (_, found))| text_of(found)).collect();
    let mut kept = Vec::new();
    for (at, pieces) in vault::find_in(query, &texts)? {
        let Some(one) = all.get(at) else { continue };
        let (place, (moment, mut found)) = one.clone();
        found.snippet = pieces.into_iter().map(Into::into).collect();
        kept.push((place, (moment, found)));
    }
    Ok(kept)
}

fn text_of(found: &Found) -> String {
    match &found.place {
        FoundAt::Lines { lines, .. } => lines.join("\n"),
        FoundAt::Field { .. } => String::new(),
    }
}

/// Everything one keepsake holds that is not sensitive.
fn shared(
    course: &Course,
    space: &Space,
    seat: Seat,
    keepsake: &vault::export::Keepsake,
) -> Result<Vec<(Place, Dated)>, Refusal> {
    let all: serde_json::Value = serde_json::from_str(&keepsake.text).unwrap_or_default();
    let mut found = Vec::new();
    for run in list(&all["runs"]).filter_map(|run| run_of(run, keepsake.at)) {
        let Some(lesson) = lesson_of(course, &run.id, (&run.pack, &run.lesson), None)? else {
            continue;
        };
        let of_run = |one: &&serde_json::Value| one["run"] == run.id.as_str();
        let block_of = |name: &str| {
            let block = Id::new(name).ok().and_then(|field| field_now(&lesson, &field));
            block.filter(|block| !block.sensitive)
        };
        let by = |author: &serde_json::Value| (author.as_str() == Some(space.person().as_str())).then_some(seat);
        let mut add = |field: &str, asked: &str, lines: Vec<String>, who, at: Moment| {
            let one = Found {
                title: lesson.meta.title.clone(),
                asked: asked.to_owned(),
                snippet: Vec::new(),
                who,
                on: at.local().date_naive(),
                place: FoundAt::Lines {
                    lines,
                    why: FoundWhy::SharedBefore,
                },
            };
            found.push(((run.id.clone(), field.to_owned()), (at, one)));
        };
        for one in list(&all["answers"]).filter(of_run) {
            let (name, given) = field_of(one);
            let Some(block) = block_of(name) else { continue };
            let who = match given {
                true => FoundAs::Given { by: by(&one["author"]) },
                false => FoundAs::Ours,
            };
            let written = DateTime::parse_from_rfc3339(word(&one["at"])).map_or(keepsake.at, Moment::from);
            add(
                name,
                word(&one["prompt"]),
                lines(Some(block).filter(|_| !given), &one["value"]),
                who,
                written,
            );
        }
        for text in list(&all["opened"]).filter(of_run).flat_map(|one| list(&one["opened"])) {
            let Some(block) = block_of(word(&text["field"])).filter(|_| !text["text"].is_null()) else {
                continue;
            };
            let who = FoundAs::Opened {
                by: by(&text["author"]),
            };
            add(
                word(&text["field"]),
                &block.prompt_text,
                lines(Some(block), &text["text"]),
                who,
                keepsake.at,
            );
        }
    }
    Ok(found)
}
