//! Reading plans: dates from the rules of progress, bookmarks from whoever they belong to.

use lesson::{Block, Id, Kind, Privacy, Value};
use progress::plan::{self, CatchUp, Pace, Plain, Shelf};

use crate::{
    ipc::dto::{Bookmark, Plan, PlanDate, PlanMove, PlanWay, Refusal, RunState},
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
        self.mend_files(token)?;
        let reader = self.reader(token, run)?;
        let block = reader.lesson.block(field).ok_or(Refusal::NotHere)?;
        let moved = reader.moved(block, how)?.ok_or(Refusal::NotHere)?;
        let (value, ..) = reader.filled(field).ok_or(Refusal::NotHere)?;
        let value = match value.clone() {
            Value::Plan {
                title, author, parts, ..
            } => Value::Plan {
                title,
                author,
                parts,
                start: Some(moved.start),
                every: moved.every,
            },
            _ => return Err(Refusal::NotHere),
        };
        let mine = reader.sitting.own().map(|(_, space)| space);
        let mine = mine
            .map(|space| space.bookmark(&reader.run.id, field.as_str()))
            .transpose()?
            .flatten();
        self.save_answer(token, run, field, &value)?;
        match (how, mine) {
            (PlanMove::Restart, Some(mark)) => self.set_bookmark(token, run, field, Some(0), mark.shown),
            _ => self.run_state(token, run),
        }
    }
}

impl Reader<'_> {
    fn filled(&self, field: &Id) -> Option<&(Value, Privacy, u64)> {
        self.own.get(field).or_else(|| self.joint.get(field))
    }

    /// How a plan would go on after an absence; none while it keeps its pace, or if it is not this turn's to change, or
    /// nobody whose bookmark this turn may see has one.
    fn moved(&self, block: &Block, how: PlanMove) -> Result<Option<Plain>, Refusal> {
        let Some((parts, Some(start), every)) = self.plan(&block.id).filter(|_| self.may_write(block)) else {
            return Ok(None);
        };
        let marks = self.bookmarks(&block.id, parts.len())?;
        let Some(read) = marks.iter().map(|mark| mark.part as usize).min() else {
            return Ok(None);
        };
        let plain = Plain {
            start,
            every,
            parts: parts.len(),
        };
        let due: Vec<_> = plain.dates().into_iter().map(Some).collect();
        let shelf = Shelf {
            due: &due,
            read,
            pace: &Pace::new(start, every),
        };
        let Some(offers) = plan::offers(&shelf, self.today) else {
            return Ok(None);
        };
        let how = match (how, offers.same_end) {
            (PlanMove::Resume, _) => CatchUp::Resume,
            (PlanMove::Restart, _) => CatchUp::Restart,
            (PlanMove::Shorten, Some(end)) => CatchUp::Spread { end },
            (PlanMove::Shorten, None) => return Ok(None),
        };
        Ok(plain.refit(read, self.today, how))
    }

    fn ways(&self, block: &Block) -> Result<Vec<PlanWay>, Refusal> {
        let mut ways = Vec::new();
        for how in [PlanMove::Resume, PlanMove::Shorten, PlanMove::Restart] {
            let ends = self.moved(block, how)?.and_then(|moved| moved.dates().last().copied());
            ways.extend(ends.map(|ends| PlanWay { how, ends }));
        }
        Ok(ways)
    }

    /// The bookmarks this turn may see that lie in the plan.
    fn bookmarks(&self, field: &Id, parts: usize) -> Result<Vec<Bookmark>, Refusal> {
        let mut bookmarks = Vec::new();
        if let Some(shared) = self.sitting.shared().filter(|_| self.sitting.is_two()) {
            for (person, part) in shared.shown_bookmarks(&self.run.id, field.as_str())? {
                let seat = self.sitting.seat_of(&person);
                bookmarks.push(Bookmark { seat, part });
            }
        }
        if let Some((seat, space)) = self.sitting.own()
            && let Some(part) = space.bookmark(&self.run.id, field.as_str())?.and_then(|mine| mine.part)
        {
            bookmarks.retain(|bookmark| bookmark.seat != seat);
            bookmarks.push(Bookmark { seat, part });
        }
        bookmarks.retain(|bookmark| (bookmark.part as usize) < parts);
        Ok(bookmarks)
    }

    /// A plan as filled in: its parts, its start, its pace.
    fn plan(&self, field: &Id) -> Option<(&[lesson::PlanPart], Option<chrono::NaiveDate>, u32)> {
        match self.filled(field) {
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
        let mut plans = Vec::new();
        for block in self.blocks_where(|kind| matches!(kind, Kind::Plan { .. })) {
            if let Some((parts, start, every)) = self.plan(&block.id) {
                plans.push(self.dated(block, parts, start, every)?);
            }
        }
        Ok(plans)
    }

    fn dated(
        &self,
        block: &Block,
        parts: &[lesson::PlanPart],
        start: Option<chrono::NaiveDate>,
        every: u32,
    ) -> Result<Plan, Refusal> {
        let dates = start
            .map(|start| plan::dates(start, every, parts.len()))
            .unwrap_or_default();
        let current = start.and_then(|start| plan::current(start, every, parts.len(), self.today));
        let mine = match self.sitting.own() {
            Some((_, space)) => space.bookmark(&self.run.id, block.id.as_str())?,
            None => None,
        };
        let still_there = |part: &u32| (*part as usize) < parts.len();
        let dates = dates.into_iter().map(Some).chain(std::iter::repeat(None));
        let parts_by = parts.iter().cloned().zip(dates).map(|(part, by)| PlanDate { part, by });
        Ok(Plan {
            field: block.id.clone(),
            parts: parts_by.collect(),
            current: current.and_then(|part| u32::try_from(part).ok()),
            mine: mine.and_then(|mine| mine.part).filter(still_there),
            shown: mine.is_some_and(|mine| mine.shown),
            bookmarks: self.bookmarks(&block.id, parts.len())?,
            ways: self.ways(block)?,
        })
    }
}
