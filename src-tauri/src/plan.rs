//! Reading plans: dates from the rules of progress, bookmarks from whoever they belong to.

use lesson::{Id, Kind, Value};

use crate::{
    ipc::dto::{Bookmark, Plan, PlanDate, PlanMove, Refusal, RunState},
    reader::Reader,
    session::Session,
};

impl Session {
    /// Moves my bookmark on a plan, and says whether the other may see it.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` while both look, or for a part that is not there; `Storage`.
    pub fn set_bookmark(
        &mut self,
        token: &str,
        run: &str,
        field: &Id,
        part: Option<u32>,
        shown: bool,
    ) -> Result<RunState, Refusal> {
        let reader = self.reader(token, run)?;
        let id = reader.run.id.clone();
        let parts = reader
            .plan(field)
            .map(|(parts, ..)| parts.len())
            .ok_or(Refusal::NotHere)?;
        if part.is_some_and(|part| part as usize >= parts) {
            return Err(Refusal::NotHere);
        }
        let sitting = self.sitting_mut(token)?;
        let who = sitting.own().ok_or(Refusal::NotHere)?.1.person().clone();
        let seen = part.filter(|_| shown);
        // In this order a fault in between can only leave it hidden, never shown against its owner's will.
        if let (None, Some(shared)) = (seen, sitting.shared_mut()) {
            shared.show_bookmark(&id, field.as_str(), &who, None)?;
        }
        let space = sitting.own_mut().ok_or(Refusal::NotHere)?;
        space.set_bookmark(&id, field.as_str(), &vault::Bookmark { part, shown })?;
        if let (Some(_), Some(shared)) = (seen, sitting.shared_mut()) {
            shared.show_bookmark(&id, field.as_str(), &who, seen)?;
        }
        self.run_state(token, run)
    }
}

impl Session {
    /// Goes on with a plan after an absence. The page is offered the ways there are in its state.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` for a plan that is not this turn's to write, or a way that is not offered; `Storage`.
    pub fn move_plan(&mut self, token: &str, run: &str, field: &Id, how: PlanMove) -> Result<RunState, Refusal> {
        let reader = self.reader(token, run)?;
        let offered = reader
            .plans()?
            .into_iter()
            .find(|plan| plan.field == *field)
            .ok_or(Refusal::NotHere)?;
        offered.ways.iter().find(|way| way.how == how).ok_or(Refusal::NotHere)?;
        self.run_state(token, run)
    }
}

impl Reader<'_> {
    /// A plan as filled in: its parts, its start, its pace.
    fn plan(&self, field: &Id) -> Option<(&[lesson::PlanPart], Option<chrono::NaiveDate>, u32)> {
        let value = self.own.get(field).or_else(|| self.joint.get(field));
        match value {
            Some((
                Value::Plan {
                    parts, start, every, ..
                },
                ..,
            )) => Some((parts, *start, *every)),
            _ => None,
        }
    }

    /// Dates and bookmarks of each plan that has been filled in.
    pub(crate) fn plans(&self) -> Result<Vec<Plan>, Refusal> {
        let fields: Vec<Id> = self
            .blocks_where(|kind| matches!(kind, Kind::Plan { .. }))
            .map(|block| block.id.clone())
            .collect();
        let mut plans = Vec::new();
        for field in fields {
            if let Some((parts, start, every)) = self.plan(&field) {
                plans.push(self.dated(&field, parts, start, every)?);
            }
        }
        Ok(plans)
    }

    fn dated(
        &self,
        field: &Id,
        parts: &[lesson::PlanPart],
        start: Option<chrono::NaiveDate>,
        every: u32,
    ) -> Result<Plan, Refusal> {
        let dates = start
            .map(|start| progress::plan::dates(start, every, parts.len()))
            .unwrap_or_default();
        let current = start.and_then(|start| progress::plan::current(start, every, parts.len(), self.today));
        let mine = match self.sitting.own() {
            Some((_, space)) => space.bookmark(&self.run.id, field.as_str())?,
            None => None,
        };
        let still_there = |part: &u32| (*part as usize) < parts.len();
        let mut bookmarks = Vec::new();
        if let Some(shared) = self.sitting.shared().filter(|_| self.sitting.is_two()) {
            for (person, part) in shared.shown_bookmarks(&self.run.id, field.as_str())? {
                bookmarks.push(Bookmark {
                    seat: self.sitting.seat_of(&person),
                    part,
                });
            }
        }
        let (mine, shown) = mine.map_or((None, false), |mine| (mine.part.filter(still_there), mine.shown));
        if let (Some((seat, _)), Some(part)) = (self.sitting.own(), mine) {
            bookmarks.retain(|bookmark| bookmark.seat != seat);
            bookmarks.push(Bookmark { seat, part });
        }
        bookmarks.retain(|bookmark| still_there(&bookmark.part));
        let dates = dates.into_iter().map(Some).chain(std::iter::repeat(None));
        Ok(Plan {
            field: field.clone(),
            parts: parts
                .iter()
                .cloned()
                .zip(dates)
                .map(|(part, by)| PlanDate { part, by })
                .collect(),
            current: current.and_then(|part| u32::try_from(part).ok()),
            mine,
            shown,
            bookmarks,
            ways: Vec::new(),
        })
    }
}
