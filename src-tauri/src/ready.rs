//! How ready each of two people is: said on one's own turn, kept in memory, never told; the smallest is offered.
//!
//! Whoever picked *whole* would know what the other picked from any smaller offer. So on about one day in four the offer
//! is at most *light* whatever was picked. Which days those are follows from the lesson, the date and one secret in
//! each person's own file: neither can work it out alone, and asking again tells nothing new.

use chrono::NaiveDate;
use hmac::{Hmac, Mac};
use lesson::{Id, Kind};
use progress::shown::{light, ready};
use sha2::Sha256;
use vault::{Entropy, Space, SystemEntropy};

use crate::{
    ipc::dto::{Pace, ReadyState, Refusal, RunState, Seat, Who},
    reader::Reader,
    session::Session,
    sitting::Spaces,
};

/// Each person's half of what decides the light days, among the settings in their own file.
const HALF: &str = "light-days";

impl Session {
    /// On my own turn in a sitting for two: how ready I am. A gate takes it too: *apart* for an answer that would leave
    /// the path, *whole* for any other. Nothing of it is stored. Once something is offered, it can still become less,
    /// and never more.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` off one's own turn, for any other block, or for more than before once something is
    /// offered; `Storage`.
    pub fn pick_ready(&mut self, token: &str, run: &str, block: &Id, pace: Pace) -> Result<RunState, Refusal> {
        let reader = self.reader(token, run)?;
        let asked = reader.lesson.block(block).ok_or(Refusal::NotHere)?;
        let is_gate = matches!(asked.kind, Kind::Gate { .. });
        if !(is_gate || matches!(asked.kind, Kind::Ready)) || !reader.shows(asked) {
            return Err(Refusal::NotHere);
        }
        let id = reader.run.id.clone();
        let Who::Side { seat } = reader.sitting.who else {
            return Err(Refusal::NotHere);
        };
        let mut all = reader.ready()?.into_iter();
        let settled = all.any(|ready| ready.offered.is_some() && (is_gate || ready.block == *block));
        let sitting = self.sitting_mut(token)?;
        let said = (id, block.clone(), seat);
        // A larger one would show what the other picked; a smaller one shows nothing, and a no is always possible.
        if settled && sitting.ready.get(&said).is_some_and(|before| pace < *before) {
            return Err(Refusal::NotHere);
        }
        let Spaces::Two { a, b, .. } = &mut sitting.spaces else {
            return Err(Refusal::NotHere);
        };
        for space in [a, b] {
            draw_half(space)?;
        }
        sitting.ready.insert(said, pace);
        self.run_state(token, run)
    }

    /// While both look, or on one's own: takes the light way through the lesson, or all of it. Only for this sitting.
    ///
    /// # Errors
    /// `TurnOver`; `NotHere` on one person's turn, or for a lesson that has no light form; `Storage`.
    pub fn choose_pace(&mut self, token: &str, run: &str, light: bool) -> Result<RunState, Refusal> {
        let reader = self.reader(token, run)?;
        if matches!(reader.sitting.who, Who::Side { .. }) {
            return Err(Refusal::NotHere);
        }
        if light && !light::has_light_form(&reader.light_steps(&reader.steps()?)) {
            return Err(Refusal::NotHere);
        }
        let id = reader.run.id.clone();
        let sitting = self.sitting_mut(token)?;
        if light {
            sitting.light.insert(id);
        } else {
            sitting.light.remove(&id);
        }
        self.run_state(token, run)
    }
}

impl Reader<'_> {
    /// Who has picked, and what is offered. At a gate, only whether I have.
    pub(crate) fn ready(&self) -> Result<Vec<ReadyState>, Refusal> {
        let Spaces::Two { a, b, .. } = &self.sitting.spaces else {
            return Ok(Vec::new());
        };
        let light_form = light::has_light_form(&self.light_steps(&self.steps()?));
        // A gate further up counts: leaving it is saying *apart*.
        let mut left: Vec<Seat> = Vec::new();
        let mut all = Vec::new();
        for block in self.blocks_where(|kind| matches!(kind, Kind::Ready | Kind::Gate { .. })) {
            let pick = |seat: Seat| {
                let picked = (self.run.id.clone(), block.id.clone(), seat);
                self.sitting.ready.get(&picked).copied()
            };
            let mut picked: Vec<Seat> = [Seat::A, Seat::B]
                .into_iter()
                .filter(|seat| pick(*seat).is_some())
                .collect();
            let mut offered = None;
            if matches!(block.kind, Kind::Gate { .. }) {
                left.extend(picked.iter().filter(|seat| pick(**seat) == Some(Pace::Apart)));
                // Whether somebody met a gate may follow from what they wrote alone: it is theirs to know.
                let own = self.sitting.own().map(|(seat, _)| seat);
                picked.retain(|seat| Some(*seat) == own);
            } else {
                let today = light_today(a, b, &self.run.pack, &self.run.lesson, self.today)?;
                let counts = |seat: Seat| {
                    let said = pick(seat)?;
                    Some(if left.contains(&seat) { Pace::Apart } else { said }.into())
                };
                offered = ready::offer(counts(Seat::A), counts(Seat::B), today, light_form).map(Pace::from);
            }
            all.push(ReadyState {
                block: block.id.clone(),
                picked,
                offered,
            });
        }
        Ok(all)
    }
}

impl From<Pace> for ready::Pick {
    fn from(pace: Pace) -> ready::Pick {
        match pace {
            Pace::Whole => ready::Pick::Whole,
            Pace::Light => ready::Pick::Light,
            Pace::Apart => ready::Pick::Apart,
        }
    }
}

impl From<ready::Pick> for Pace {
    fn from(pick: ready::Pick) -> Pace {
        match pick {
            ready::Pick::Whole => Pace::Whole,
            ready::Pick::Light => Pace::Light,
            ready::Pick::Apart => Pace::Apart,
        }
    }
}

/// Draws a person's half if they have none.
fn draw_half(space: &mut Space) -> Result<(), Refusal> {
    if space.setting(HALF)?.is_none() {
        let mut bytes = [0; 32];
        SystemEntropy
            .fill(&mut bytes)
            .map_err(|_| crate::session::no_chance())?;
        let half: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        space.set_setting(HALF, &half)?;
    }
    Ok(())
}

/// Whether the app suggests *light* for this lesson today, whatever is picked.
fn light_today(a: &Space, b: &Space, pack: &str, lesson: &str, day: NaiveDate) -> Result<bool, Refusal> {
    let (a, b) = (a.setting(HALF)?, b.setting(HALF)?);
    // Both halves are drawn with the first pick; before it nothing is offered.
    let (Some(a), Some(b)) = (a, b) else { return Ok(false) };
    Ok(falls_on(
        format!("{a}{b}").as_bytes(),
        &ready::day_message(pack, lesson, day),
    ))
}

fn falls_on(secret: &[u8], message: &[u8]) -> bool {
    Hmac::<Sha256>::new_from_slice(secret).is_ok_and(|mut mac| {
        mac.update(message);
        ready::suggests_light(&mac.finalize().into_bytes().into())
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn about_one_day_in_four_is_light_and_another_secret_has_other_days() {
        let first: NaiveDate = "2026-01-01".parse().unwrap();
        let of = |secret: &[u8]| -> Vec<bool> {
            let days = first.iter_days().take(2000);
            days.map(|day| falls_on(secret, &ready::day_message("pack", "duet", day)))
                .collect()
        };
        let light = of(b"one").into_iter().filter(|light| *light).count();
        assert!((420..=580).contains(&light), "{light} of 2000");
        assert_eq!(of(b"one"), of(b"one"), "a day stays what it is");
        assert_ne!(of(b"one"), of(b"two"));
    }
}
