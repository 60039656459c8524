//! What was shared until sharing ended, as part of an export: each keeps a copy of it in their own file (a *keepsake*).
//!
//! It is data from the moment it was kept. Names are those of now for me, and *the other person* for whoever it was
//! shared with: somebody else may be here since.

use std::{collections::BTreeSet, str::FromStr as _};

use lesson::{Block, Id, Kind, Lesson, Value};
use serde_json::{Value as Json, json};
use vault::{Moment, Run, RunId, export::Keepsake};

use crate::{
    export::Out,
    export_text::{Parts, heading, on_one_line, plain, quote},
    given,
    ipc::dto::{Document, Refusal},
    kept::{self, field_now},
};

const OTHER: &str = "The other person";

impl Out<'_> {
    /// Each run of it as a document, with what I wrote in it for myself; and the same for programs.
    pub(crate) fn keepsake(
        &mut self,
        keepsake: &Keepsake,
        number: usize,
        told: &mut BTreeSet<RunId>,
    ) -> Result<(Vec<Document>, Json), Refusal> {
        let all: Json = serde_json::from_str(&keepsake.text).unwrap_or_default();
        let (mut documents, mut mine) = (Vec::new(), Vec::new());
        for (at, run) in list(&all["runs"]).enumerate() {
            let Some(run) = run_of(run, keepsake.at) else { continue };
            told.insert(run.id.clone());
            let lesson = self.lesson(&run, None)?;
            let title = lesson.as_ref().map_or(run.lesson.as_str(), |lesson| &lesson.meta.title);
            let mut text = format!(
                "# {}\n\nTogether, from before you stopped sharing.\n",
                on_one_line(title)
            );
            let head = text.len();
            let mut parts = Parts::default();
            mine.push(self.answers(self.space, &run, lesson.as_ref(), true, false, &mut parts)?);
            self.kept_together(&all, &run, lesson.as_ref(), &mut parts);
            parts.onto(&mut text, true);
            if text.len() > head {
                documents.push(Document {
                    name: format!("shared-before-{number}-{}-{}", plain(&run.lesson), at + 1),
                    markdown: text,
                });
            }
        }
        Ok((documents, self.for_programs(&all, keepsake.at, mine)?))
    }

    /// Without the fields that were not asked for, and with names in the place of ids.
    fn for_programs(&self, all: &Json, at: Moment, mine: Vec<Vec<Json>>) -> Result<Json, Refusal> {
        let mut mine = mine.into_iter();
        let mut runs = Vec::new();
        for of in list(&all["runs"]) {
            let Some(run) = run_of(of, at) else { continue };
            let mine = mine.next().unwrap_or_default();
            let lesson = self.lesson(&run, None)?;
            let may_go = |one: &Json| {
                let field = Id::new(field_of(one).0).ok();
                let block = field.and_then(|field| field_now(lesson.as_ref()?, &field));
                self.sensitive || block.is_some_and(|block| !block.sensitive)
            };
            let of_run = |one: &&Json| one["run"] == run.id.as_str();
            let named = |one: &Json| {
                let mut one = one.clone();
                if let Some(fields) = one.as_object_mut() {
                    fields.remove("run");
                    if let Some(author) = fields.remove("author") {
                        let by = author.as_str().map(|_| self.name_then(&author));
                        fields.insert("by".to_owned(), by.into());
                    }
                }
                one
            };
            let of_list = |name: &str| -> Vec<Json> {
                let found = list(&all[name]).filter(of_run).filter(|one| may_go(one));
                found.map(named).collect()
            };
            let opened = |name: &str| -> Vec<Json> {
                let of = list(&all["opened"]).filter(of_run).flat_map(|one| list(&one[name]));
                of.filter(|one| may_go(one)).map(named).collect()
            };
            runs.push(json!({
                "pack": run.pack, "lesson": run.lesson, "lesson_version": run.lesson_version, "number": run.number,
                "begun": of["begun"], "finished": of["finished"], "mine": mine, "joint": of_list("answers"),
                "versions": of_list("versions"), "opened": opened("opened"), "overlapped": opened("overlaps"),
            }));
        }
        Ok(Json::from(runs))
    }

    fn kept_together(&mut self, all: &Json, run: &Run, lesson: Option<&Lesson>, parts: &mut Parts) {
        let of_run = |one: &&Json| one["run"] == run.id.as_str();
        let block_of = |name: &str| Id::new(name).ok().and_then(|field| field_now(lesson?, &field));
        for one in list(&all["answers"]).filter(of_run) {
            let (field, given) = field_of(one);
            let block = block_of(field);
            if self.leaves_out(block) {
                continue;
            }
            let prompt = word(&one["prompt"]);
            let lines = lines(block.filter(|_| !given), &one["value"]);
            let (part, asked) = match given {
                true => (
                    &mut parts.given,
                    format!("Given by {}: {prompt}", self.name_then(&one["author"])),
                ),
                false => (&mut parts.joint, prompt.to_owned()),
            };
            if !lines.is_empty() {
                heading(part, &asked);
                quote(part, &lines);
            }
        }
        for one in list(&all["opened"]).filter(of_run) {
            for text in list(&one["opened"]) {
                let block = block_of(word(&text["field"]));
                if self.leaves_out(block) {
                    continue;
                }
                let asked = block.map_or(word(&text["field"]), |block| &block.prompt_text);
                heading(
                    &mut parts.opened,
                    &format!("{}: {asked}", self.name_then(&text["author"])),
                );
                match &text["text"] {
                    Json::Null => parts.opened.push_str("*Kept to themselves, or left blank.*\n"),
                    value => quote(&mut parts.opened, &lines(block, value)),
                }
            }
            for overlap in list(&one["overlaps"]) {
                let block = block_of(word(&overlap["field"]));
                if let Some(block) = block.filter(|block| !self.leaves_out(Some(block))) {
                    heading(&mut parts.both, &format!("Both: {}", block.prompt_text));
                    quote(&mut parts.both, &cards(block, &overlap["cards"]));
                }
            }
        }
    }

    fn name_then(&self, author: &Json) -> String {
        match author.as_str() == Some(self.space.person().as_str()) {
            true => self.me.clone(),
            false => OTHER.to_owned(),
        }
    }
}

pub(crate) fn list(of: &Json) -> impl Iterator<Item = &Json> {
    of.as_array().into_iter().flatten()
}

pub(crate) fn word(of: &Json) -> &str {
    of.as_str().unwrap_or_default()
}

/// The field of a joint answer, and whether it is a line of it that one of the two gave: `given/FIELD/SIDE`.
pub(crate) fn field_of(one: &Json) -> (&str, bool) {
    let name = word(&one["field"]);
    let given = name.strip_prefix(given::PREFIX).and_then(|rest| rest.split_once('/'));
    given.map_or((name, false), |(field, _)| (field, true))
}

pub(crate) fn run_of(run: &Json, at: Moment) -> Option<Run> {
    Some(Run {
        id: RunId::from_str(word(&run["id"])).ok()?,
        pack: word(&run["pack"]).to_owned(),
        lesson: word(&run["lesson"]).to_owned(),
        lesson_version: word(&run["lesson_version"]).to_owned(),
        number: u32::try_from(run["number"].as_u64()?).ok()?,
        begun: at,
        finished: None,
        place: None,
    })
}

pub(crate) fn lines(block: Option<&Block>, value: &Json) -> Vec<String> {
    match serde_json::from_value::<Value>(value.clone()) {
        Ok(value) => kept::lines(block, &value),
        // Words from a newer version of the app: as they stand.
        Err(_) => vec![value.to_string()],
    }
}

fn cards(block: &Block, places: &Json) -> Vec<String> {
    let Kind::Sort { cards, .. } = &block.kind else {
        return Vec::new();
    };
    let place = |place: &Json| usize::try_from(place.as_u64()?).ok();
    list(places)
        .filter_map(place)
        .filter_map(|place| cards.get(place))
        .map(|card| card.text.clone())
        .collect()
}
