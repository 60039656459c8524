//! Every word of mine, the joint ones and those that were opened, as Markdown and as JSON.
//!
//! It reads what one's own door opens and nothing else: my own file, and the one we share.

use std::collections::BTreeSet;

use lesson::{Block, Id, Kind, Lesson, Value};
use serde_json::{Value as Json, json};
use vault::{Kept, Ledger, PersonId, Run, Shared, Space, reveal};

use crate::{
    export_text::{Parts, heading, on_one_line, plain, quote, value},
    given, instrument,
    ipc::dto::{Document, Export, Refusal},
    kept::{self, field_now},
    overlap, past,
    scores::{self, Score},
    session::Session,
    sitting::Spaces,
};

/// The version of the JSON.
const FORMAT: u32 = 1;

impl Session {
    /// Everything I wrote, what is joint and what was opened. Fields marked `sensitive`, and those of which nobody can say
    /// any more whether they were, only if they are asked for.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` in a sitting for two, which is nobody's own door; `Storage`.
    pub fn export_words(&mut self, token: &str, sensitive: bool) -> Result<Export, Refusal> {
        self.mend_files(token)?;
        self.write_held();
        let sitting = self.sitting(token)?;
        let Spaces::Alone { seat, space, shared } = &sitting.spaces else {
            return Err(Refusal::NotHere);
        };
        let people = self.people();
        let me = people
            .get(seat.index())
            .map(|person| person.name.clone())
            .unwrap_or_default();
        let other = people.get(seat.other().index()).map(|person| person.name.clone());
        let mut out = Out {
            course: self.course()?,
            space,
            me: me.clone(),
            other: other.clone().unwrap_or_else(|| "the other person".to_owned()),
            sensitive,
            left_out: 0,
            scores: Vec::new(),
        };
        let (mut documents, mut runs, mut told) = (Vec::new(), Vec::new(), BTreeSet::new());
        let own = space.runs()?.into_iter().map(|run| (run, None));
        let ours = shared.as_ref().map(|shared| Ok::<_, Refusal>((shared.runs()?, shared)));
        let ours = ours.transpose()?.into_iter();
        let ours = ours.flat_map(|(runs, shared)| runs.into_iter().map(move |run| (run, Some(shared))));
        for (run, shared) in own.chain(ours) {
            let (document, json) = out.run(&run, shared)?;
            documents.extend(document);
            runs.push(json);
            told.insert(run.id);
        }
        let mine = vault::export::everything(space, None)?;
        // What was shared before, with whoever it was.
        let mut before = Vec::new();
        for (number, keepsake) in (1..).zip(&mine.keepsakes) {
            let (texts, json) = out.keepsake(keepsake, number, &mut told)?;
            documents.extend(texts);
            before.push(json);
        }
        let (texts, json) = out.unshared(&mine.own.answers, told)?;
        documents.extend(texts);
        runs.extend(json);
        let today = (self.places.now)().date_naive();
        let mut json = json!({ "format": FORMAT, "exported": today, "name": me, "runs": runs });
        if !before.is_empty() {
            json["shared_before"] = Json::from(before);
        }
        let markdown = documents.iter().map(|document| document.markdown.as_str());
        Ok(Export {
            name: format!("pairwise-{today}"),
            markdown: markdown.collect::<Vec<_>>().join("\n---\n\n"),
            documents,
            json: serde_json::to_string_pretty(&json).unwrap_or_default(),
            scores: scores::table(&out.scores),
            left_out: out.left_out,
            without_shared: sitting.shared_shut,
        })
    }
}

/// What an export is made of, and what it leaves out.
pub(crate) struct Out<'a> {
    course: &'a course::Course,
    pub(crate) space: &'a Space,
    pub(crate) me: String,
    other: String,
    pub(crate) sensitive: bool,
    left_out: u32,
    scores: Vec<Score>,
}

impl<'a> Out<'a> {
    /// One run as a document, if there is a word in it, and as JSON.
    fn run(&mut self, run: &Run, shared: Option<&Shared>) -> Result<(Option<Document>, Json), Refusal> {
        let lesson = self.lesson(run, shared)?;
        let title = lesson.as_ref().map_or(run.lesson.as_str(), |lesson| &lesson.meta.title);
        let with = shared.map_or_else(
            || "On my own".to_owned(),
            |_| format!("With {}", on_one_line(&self.other)),
        );
        let begun = run.begun.local();
        let mut text = format!(
            "# {}\n\n{with}. Begun on {}, version {} of the lesson.\n",
            on_one_line(title),
            begun.date_naive(),
            run.lesson_version
        );
        let head = text.len();
        let mut parts = Parts::default();
        let mine = self.answers(self.space, run, lesson.as_ref(), shared.is_some(), false, &mut parts)?;
        let (mut joint, mut opened, mut handed, mut overlapped) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        if let Some(shared) = shared {
            opened = self.opened(run, shared, lesson.as_ref(), &mut parts.opened)?;
            overlapped = self.overlapped(run, shared, lesson.as_ref(), &mut parts.both)?;
            joint = self.answers(shared, run, lesson.as_ref(), true, true, &mut parts)?;
            handed = self.given(run, shared, lesson.as_ref(), &mut parts.given)?;
        }
        parts.onto(&mut text, shared.is_some());
        let json = json!({
            "pack": run.pack,
            "lesson": run.lesson,
            "title": title,
            "lesson_version": run.lesson_version,
            "number": run.number,
            "with": shared.map(|_| &self.other),
            "begun": begun,
            "finished": run.finished.map(|at| at.local()),
            "mine": mine,
            "opened": opened,
            "overlapped": overlapped,
            "joint": joint,
            "given": handed,
        });
        let kind = if shared.is_some() { "together" } else { "own" };
        let document = (text.len() > head).then(|| Document {
            name: format!("{}-{kind}-{}", plain(&run.lesson), run.number),
            markdown: text,
        });
        Ok((document, json))
    }

    /// The lesson the run went through; none if it has gone.
    pub(crate) fn lesson(&self, run: &Run, shared: Option<&Shared>) -> Result<Option<Lesson>, Refusal> {
        past::lesson_of(self.course, &run.id, (&run.pack, &run.lesson), shared)
    }

    /// The answers of a run in one file, in the lesson's order; apart from them those that are earlier wording.
    pub(crate) fn answers(
        &mut self,
        ledger: &dyn Ledger,
        run: &Run,
        lesson: Option<&Lesson>,
        with_the_other: bool,
        joint: bool,
        parts: &mut Parts,
    ) -> Result<Vec<Json>, Refusal> {
        let kept = ledger.answers(&run.id)?;
        let (mut taken, mut rest) = (Vec::new(), kept.iter().collect::<Vec<_>>());
        if let Some(lesson) = lesson {
            let (by_field, _) = kept::sorted(lesson, with_the_other, joint, &kept);
            taken = lesson
                .blocks()
                .filter_map(|block| by_field.get(&block.id).map(|(_, _, kept)| *kept))
                .collect();
            let others = kept.iter().filter(|one| taken.iter().all(|kept| kept.save != one.save));
            // What stands under a former name and was taken over since is earlier wording here too: it is words.
            rest = others.collect();
        }
        rest.retain(|kept| given::of(kept).is_none());
        let mut all = Vec::new();
        for (at, kept) in taken.iter().chain(&rest).enumerate() {
            let stands = at < taken.len();
            // Of a lesson that is gone nothing is set aside: nothing came after it.
            let text = match (stands || lesson.is_none(), joint) {
                (true, true) => &mut parts.joint,
                (true, false) => &mut parts.mine,
                (false, _) => &mut parts.aside,
            };
            all.extend(self.answer(ledger, run, lesson, kept, stands, text)?);
        }
        Ok(all)
    }

    fn answer(
        &mut self,
        ledger: &dyn Ledger,
        run: &Run,
        lesson: Option<&Lesson>,
        kept: &Kept,
        is_answer: bool,
        text: &mut String,
    ) -> Result<Option<Json>, Refusal> {
        let answer = &kept.answer;
        let block = Id::new(&answer.field)
            .ok()
            .and_then(|field| lesson.and_then(|lesson| field_now(lesson, &field)));
        if self.leaves_out_answer(block, kept) {
            return Ok(None);
        }
        let whose = match answer.privacy.as_str() {
            "joint" => "Ours",
            "reveal" => "Opens together",
            _ => "Only me",
        };
        let lines = match serde_json::from_str::<Value>(&answer.value) {
            Ok(value) => {
                let asked = lesson.and_then(|lesson| kept::asked_then(lesson, answer));
                if is_answer {
                    let title = lesson.map_or(run.lesson.as_str(), |lesson| &lesson.meta.title);
                    let (of, on) = (self.instrument(asked), kept.at.local().date_naive());
                    let scores = scores::of_answer(title, &answer.prompt, asked, of, &value, on);
                    self.scores.extend(scores);
                }
                self.lines(asked, &value)
            }
            // Words from a newer version of the app: as they stand.
            Err(_) => vec![answer.value.clone()],
        };
        if !lines.is_empty() {
            heading(text, &answer.prompt);
            quote(text, &lines);
            text.push_str(&format!("\n*{whose}, {}*\n", kept.at.local().date_naive()));
        }
        let versions = ledger.history(&run.id, &answer.field)?;
        let earlier = versions.iter().filter(|version| version.save != kept.save);
        let history: Vec<Json> = earlier
            .map(|version| {
                json!({
                    "value": value(&version.value),
                    "prompt": version.prompt,
                    "privacy": version.privacy,
                    "written": version.at.local(),
                })
            })
            .collect();
        Ok(Some(json!({
            "field": answer.field,
            "prompt": answer.prompt,
            "kind": answer.kind,
            "privacy": answer.privacy,
            "rev": answer.rev,
            "lesson_version": answer.lesson_version,
            "value": value(&answer.value),
            "written": kept.at.local(),
            "stands": is_answer,
            "earlier": history,
        })))
    }

    /// What both opened of a run, each side under its name.
    fn opened(
        &mut self,
        run: &Run,
        shared: &Shared,
        lesson: Option<&Lesson>,
        text: &mut String,
    ) -> Result<Vec<Json>, Refusal> {
        let mut all = Vec::new();
        let mut openings = reveal::opened(shared, &run.id, &[self.space])?;
        // Mine before the other's: by their ids, which are drawn at random, either might come first.
        openings.sort_by_cached_key(|one| {
            let is_theirs = one.author != *self.space.person();
            (one.step.clone(), one.layer.clone(), one.field.clone(), is_theirs)
        });
        for one in openings {
            let block = Id::new(&one.field)
                .ok()
                .and_then(|field| lesson.and_then(|lesson| field_now(lesson, &field)));
            if self.leaves_out(block) {
                continue;
            }
            let asked = block.map_or(one.field.as_str(), |block| &block.prompt_text);
            let name = self.name_of(&one.author);
            heading(text, &format!("{name}: {asked}"));
            let said = one.text.as_deref().map(serde_json::from_str::<Option<Value>>);
            match &said {
                None => text.push_str("*Kept to themselves.*\n"),
                Some(Ok(None)) => text.push_str("*Left blank.*\n"),
                Some(Ok(Some(value))) => quote(text, &self.lines(block, value)),
                Some(Err(_)) => quote(text, &[one.text.clone().unwrap_or_default()]),
            }
            all.push(json!({
                "by": name,
                "step": one.step,
                "field": one.field,
                "layer": one.layer,
                "rev": one.rev,
                "kept_to_themselves": one.text.is_none(),
                "value": one.text.as_deref().map(value),
            }));
        }
        Ok(all)
    }

    /// The cards that both put in one pile and that were opened.
    fn overlapped(
        &mut self,
        run: &Run,
        shared: &Shared,
        lesson: Option<&Lesson>,
        text: &mut String,
    ) -> Result<Vec<Json>, Refusal> {
        let mut all = Vec::new();
        let steps = lesson.map(|lesson| lesson.steps.as_slice()).unwrap_or_default();
        for (block, _) in steps.iter().flat_map(overlap::overlaps) {
            let Some(value) = overlap::opened(shared, &run.id, block, &[self.space])? else {
                continue;
            };
            if value.is_blank() || self.leaves_out(Some(block)) {
                continue;
            }
            heading(text, &format!("Both: {}", block.prompt_text));
            quote(text, &value.as_lines(block));
            all.push(json!({ "field": block.id, "value": value }));
        }
        Ok(all)
    }

    fn given(
        &mut self,
        run: &Run,
        shared: &Shared,
        lesson: Option<&Lesson>,
        text: &mut String,
    ) -> Result<Vec<Json>, Refusal> {
        let mut all = Vec::new();
        for kept in shared.answers(&run.id)? {
            let Some((field, lines)) = given::of(&kept) else {
                continue;
            };
            if self.leaves_out_answer(lesson.and_then(|lesson| field_now(lesson, &field)), &kept) {
                continue;
            }
            let name = kept
                .author
                .as_ref()
                .map_or_else(String::new, |author| self.name_of(author));
            heading(text, &format!("Given by {name}: {}", kept.answer.prompt));
            quote(text, &lines);
            all.push(json!({ "by": name, "field": field, "lines": lines, "written": kept.at.local() }));
        }
        Ok(all)
    }

    /// An answer in plain words; a questionnaire's in those of its questions.
    fn lines(&self, block: Option<&Block>, value: &Value) -> Vec<String> {
        match (self.instrument(block), value) {
            (Some(instrument), Value::Takes { takes }) => instrument::lines(instrument, takes),
            _ => kept::lines(block, value),
        }
    }

    /// The questionnaire a field answers.
    fn instrument(&self, block: Option<&Block>) -> Option<&'a Lesson> {
        match block.map(|block| &block.kind) {
            Some(Kind::Instrument { of }) => self.course.instrument(of),
            _ => None,
        }
    }

    fn name_of(&self, person: &PersonId) -> String {
        if person == self.space.person() {
            self.me.clone()
        } else {
            self.other.clone()
        }
    }

    pub(crate) fn leaves_out(&mut self, block: Option<&Block>) -> bool {
        // Of a field that has gone nobody can say any more whether it was sensitive.
        self.leaves_tender(block.is_none_or(|block| block.sensitive))
    }

    /// As [`Out::leaves_out`], of an answer, which knows what its field was when it was saved.
    fn leaves_out_answer(&mut self, block: Option<&Block>, kept: &Kept) -> bool {
        self.leaves_tender(block.map_or(kept.sensitive != Some(false), |block| block.sensitive))
    }

    fn leaves_tender(&mut self, sensitive: bool) -> bool {
        let leaves = sensitive && !self.sensitive;
        self.left_out += u32::from(leaves);
        leaves
    }
}
