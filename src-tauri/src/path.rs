//! A way through the course by what is going on for a person: which there are, and which one they chose.
//!
//! What somebody chose says why they are here. So it is kept in their own file, and a sitting for two neither asks nor
//! shows it.

use course::Situation;
use lesson::Id;

use crate::{
    ipc::dto::{Course, Path, Refusal},
    session::Session,
    sitting::Sitting,
};

/// A course's choice, among the settings in a person's own file; blank for none.
fn setting(pack: &Id) -> String {
    format!("path/{pack}")
}

impl Session {
    /// In my own space: takes a way through the course, or none in particular.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` in a sitting for two, or for a way that is not there; `Storage`.
    pub fn choose_path(&mut self, token: &str, path: Option<&Id>) -> Result<Course, Refusal> {
        self.mend_files(token)?;
        let key = setting(&self.course()?.manifest.id);
        let there = self.paths(self.sitting(token)?)?;
        if path.is_some_and(|path| there.iter().all(|known| known.id != *path)) {
            return Err(Refusal::NotHere);
        }
        let sitting = self.sitting_mut(token)?;
        if sitting.is_two() {
            return Err(Refusal::NotHere);
        }
        let space = sitting.own_mut().ok_or(Refusal::NotHere)?;
        space.set_setting(&key, path.map_or("", Id::as_str))?;
        self.course_page(token)
    }

    /// The ways there are for whoever is here, without the lessons that do not open.
    pub(crate) fn paths(&self, sitting: &Sitting) -> Result<Vec<Path>, Refusal> {
        let course = self.course()?;
        let offered = course.manifest.paths.iter().filter(|_| !sitting.is_two());
        let paths = offered.map(|path| Path {
            id: path.id.clone(),
            title: path.title.clone(),
            who: path.who,
            lessons: path
                .lessons
                .iter()
                .filter(|lesson| course.lesson(lesson).is_some())
                .cloned()
                .collect(),
        });
        Ok(paths.filter(|path| !path.lessons.is_empty()).collect())
    }

    /// The way this person chose, if it is still there.
    pub(crate) fn path_chosen(&self, sitting: &Sitting) -> Result<Option<Id>, Refusal> {
        Ok(self.situation(sitting)?.map(|path| path.id.clone()))
    }

    /// The lessons of the way this person chose, in its order; none without one.
    pub(crate) fn path_taken(&self, sitting: &Sitting) -> Result<Vec<String>, Refusal> {
        let lessons = self.situation(sitting)?.map(|path| path.lessons.as_slice());
        Ok(lessons.unwrap_or_default().iter().map(Id::to_string).collect())
    }

    fn situation(&self, sitting: &Sitting) -> Result<Option<&Situation>, Refusal> {
        let manifest = &self.course()?.manifest;
        let (false, Some((_, space))) = (sitting.is_two(), sitting.own()) else {
            return Ok(None);
        };
        let chosen = space.setting(&setting(&manifest.id))?;
        Ok(chosen.and_then(|chosen| manifest.paths.iter().find(|path| path.id.as_str() == chosen)))
    }
}
