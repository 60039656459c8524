//! The text that an open page has of its lesson, while the lesson's file may be edited.
//!
//! What a page sends was written under the text it shows. So a run that is open stays on that text, whatever the file
//! says by now, until the page has nothing unsaved and asks for the new one. A file that cannot be used any more leaves
//! the run on the text it had, and the page is told what is to be mended.

use lesson::{Id, Kind, Lesson};
use vault::RunId;

use crate::{
    home,
    ipc::dto::{FileProblems, OpenRun, Refusal},
    reader::Reader,
    session::Session,
    sitting::Sitting,
};

/// What a page shows of a lesson.
#[derive(Clone)]
pub(crate) struct Text {
    lesson: Lesson,
    instruments: Vec<Lesson>,
}

/// The text of a run that is open, and the one that it took the place of.
pub(crate) struct Texts {
    now: Text,
    before: Option<Text>,
}

impl Sitting {
    /// The lesson as the page of this run has it; none for a run that was not opened in this sitting.
    pub(crate) fn lesson_shown(&self, run: &RunId) -> Option<&Lesson> {
        Some(&self.texts.get(run)?.now.lesson)
    }

    /// A questionnaire as the page of this run has it.
    pub(crate) fn instrument_shown(&self, run: &RunId, of: &Id) -> Option<&Lesson> {
        let shown = &self.texts.get(run)?.now.instruments;
        shown.iter().find(|instrument| instrument.meta.id == *of)
    }
}

impl Session {
    /// The lesson files may have changed: reads them again. Whether there is anything new to show; a course that cannot
    /// be read leaves the one that was.
    pub fn lessons_changed(&mut self) -> bool {
        self.course.is_some() && self.read_course().is_ok()
    }

    /// A run that is open, with the text of its lesson as the file has it now; with `before`, back on the text that this
    /// took the place of: something was written under it meanwhile.
    ///
    /// # Errors
    /// As [`Session::run_state`].
    pub fn read_again(&mut self, token: &str, run: &str, before: bool) -> Result<OpenRun, Refusal> {
        self.mend_files(token)?;
        self.write_held();
        let reader = self.reader(token, run)?;
        let (id, text) = (reader.run.id.clone(), reader.text_now());
        if let Some(texts) = self.sitting_mut(token)?.texts.get_mut(&id) {
            if !before {
                texts.before = Some(std::mem::replace(&mut texts.now, text));
            } else if let Some(text) = texts.before.take() {
                texts.now = text;
            }
        }
        let reader = self.reader(token, run)?;
        Ok(OpenRun {
            problems: reader.problems(),
            ..reader.open_run()?
        })
    }

    /// The page has this text now.
    pub(crate) fn shows(&mut self, token: &str, run: &RunId, open: &OpenRun) -> Result<(), Refusal> {
        let now = Text {
            lesson: open.lesson.clone(),
            instruments: open.instruments.clone(),
        };
        let texts = Texts { now, before: None };
        self.sitting_mut(token)?.texts.insert(run.clone(), texts);
        Ok(())
    }
}

impl Reader<'_> {
    /// The run for a page that opens it.
    pub(crate) fn open_run(&self) -> Result<OpenRun, Refusal> {
        Ok(OpenRun {
            run: self.run.id.to_string(),
            lesson: self.lesson.clone(),
            instruments: self.instruments(),
            pictures: self.pictures(),
            problems: Vec::new(),
            state: self.state()?,
        })
    }

    /// The text as the files have it now; whatever of it cannot be used stays as it is shown.
    fn text_now(&self) -> Text {
        let pinned = self.sitting.pinned(&self.run.id).ok().flatten();
        let newest = || self.course.lesson(&self.lesson.meta.id);
        let lesson = pinned.as_ref().or_else(newest).unwrap_or(&self.lesson).clone();
        let mut instruments: Vec<Lesson> = Vec::new();
        for block in lesson.blocks() {
            let Kind::Instrument { of } = &block.kind else { continue };
            let shown = || self.sitting.instrument_shown(&self.run.id, of);
            if let Some(instrument) = self.course.instrument(of).or_else(shown)
                && instruments.iter().all(|known| known.meta.id != *of)
            {
                instruments.push(instrument.clone());
            }
        }
        Text { lesson, instruments }
    }

    /// What keeps the files of this lesson from being used as they are now.
    fn problems(&self) -> Vec<FileProblems> {
        let used = self.lesson.blocks().filter_map(|block| match &block.kind {
            Kind::Instrument { of } => Some(of),
            _ => None,
        });
        let all: std::collections::BTreeSet<&Id> = used.chain([&self.lesson.meta.id]).collect();
        let shut = all.into_iter().filter_map(|id| self.course.unopened(id));
        shut.map(home::file_problems).collect()
    }
}
