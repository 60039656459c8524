//! Words of mine in runs with the other, as part of an export, when what both share can't be read: the file can't be
//! opened, or an older one took its place and doesn't know the run. My words for myself lie in my own file all the same.
//!
//! Deliberately not here: what was joint or opened. That is in the shared file alone.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};
use vault::{Kept, Run, RunId};

use crate::{
    export::Out,
    export_text::{Parts, plain},
    ipc::dto::{Document, Refusal},
};

impl Out<'_> {
    /// The answers of my own file whose runs are told nowhere else: each run as a document, and for programs.
    pub(crate) fn unshared(
        &mut self,
        answers: &[Kept],
        mut told: BTreeSet<RunId>,
    ) -> Result<(Vec<Document>, Vec<Json>), Refusal> {
        let (mut documents, mut all) = (Vec::new(), Vec::new());
        for first in answers {
            if !told.insert(first.answer.run.clone()) {
                continue;
            }
            let run = run_of(first);
            let lesson = self.lesson(&run, None)?;
            let title = lesson.as_ref().map_or(run.lesson.as_str(), |lesson| &lesson.meta.title);
            let mut text =
                format!("# {title}\n\nTogether. What you share of it could not be read: these are your own words.\n");
            let head = text.len();
            let mut parts = Parts::default();
            let mine = self.answers(self.space, &run, lesson.as_ref(), true, false, &mut parts)?;
            parts.onto(&mut text, true);
            all.push(json!({
                "pack": run.pack, "lesson": run.lesson, "title": title, "lesson_version": run.lesson_version,
                "without_shared": true, "mine": mine,
            }));
            if text.len() > head {
                documents.push(Document {
                    name: format!("{}-my-words-{}", plain(&run.lesson), documents.len() + 1),
                    markdown: text,
                });
            }
        }
        Ok((documents, all))
    }
}

/// What an answer knows of its run.
fn run_of(kept: &Kept) -> Run {
    let answer = &kept.answer;
    Run {
        id: answer.run.clone(),
        pack: answer.pack.clone(),
        lesson: answer.lesson.clone(),
        lesson_version: answer.lesson_version.clone(),
        number: 1,
        begun: kept.at,
        finished: None,
        place: None,
    }
}
