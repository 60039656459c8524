//! An answer in plain words, as an export, a search or a compare has it.

use std::collections::BTreeMap;

use crate::{Block, Choice, Id, Kind, Placed, Value};

impl Value {
    /// The answer in plain words, a line each, in the order of the lesson.
    pub fn as_lines(&self, block: &Block) -> Vec<String> {
        if self.is_blank() {
            return Vec::new();
        }
        match (self, &block.kind) {
            (Value::Text { text }, _) => text.lines().map(str::to_owned).collect(),
            (
                Value::Picks { picks, other },
                Kind::Choice { options } | Kind::Choices { options, .. } | Kind::Checklist { items: options },
            ) => pick_lines(options, picks, other.as_deref()),
            (Value::Picks { picks, other }, _) => pick_lines(&[], picks, other.as_deref()),
            (Value::Mark { at: Some(at) }, Kind::Scale { to, ends, .. }) => {
                let words = ends
                    .iter()
                    .find(|end| end.at == *at)
                    .map(|end| format!(": {}", end.text));
                vec![format!("{at} ({to} is the highest){}", words.unwrap_or_default())]
            }
            (Value::Mark { at }, _) => at.iter().map(i32::to_string).collect(),
            (Value::Lines { lines, .. }, _) => lines.iter().filter(|line| !line.trim().is_empty()).cloned().collect(),
            (Value::Stages { stages: written }, Kind::Cycle { stages, .. }) => {
                let said = |id: &Id| written.get(id).filter(|text| !text.trim().is_empty());
                let mut lines: Vec<String> = stages
                    .iter()
                    .filter_map(|stage| Some(format!("{}: {}", bare(&stage.text), said(&stage.id)?)))
                    .collect();
                let gone = written.keys().filter(|id| stages.iter().all(|stage| stage.id != **id));
                lines.extend(gone.filter_map(|id| Some(format!("{}: {}", spoken(id), said(id)?))));
                lines
            }
            (Value::Marks { marks }, Kind::Rating { to, rows, .. }) => {
                let mut lines: Vec<String> = rows
                    .iter()
                    .filter_map(|row| Some(format!("{}: {} ({to} is the highest)", row.text, marks.get(&row.id)?)))
                    .collect();
                let gone = marks.iter().filter(|(id, _)| rows.iter().all(|row| row.id != **id));
                lines.extend(gone.map(|(id, mark)| format!("{}: {mark}", spoken(id))));
                lines
            }
            (Value::Marks { marks }, _) => marks
                .iter()
                .map(|(id, mark)| format!("{}: {mark}", spoken(id)))
                .collect(),
            (Value::Sorted { cards: placed, own, .. }, Kind::Sort { piles, cards, .. }) => {
                sorted_lines(piles, cards, placed, own)
            }
            (Value::Sorted { cards, own, .. }, _) => sorted_lines(&[], &[], cards, own),
            (Value::Gaps { gaps: written }, Kind::Frame { gaps }) => {
                let mut lines = vec![sentence(gaps, written)];
                let gone = written.iter().filter(|(id, _)| gaps.iter().all(|gap| gap.id != **id));
                lines.extend(gone.map(|(id, text)| format!("{}: {text}", spoken(id))));
                lines
            }
            (Value::Stages { stages: written } | Value::Gaps { gaps: written }, _) => {
                written.values().cloned().collect()
            }
            (Value::Agreement { text, since, ended, .. }, _) => {
                let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
                lines.extend(since.map(|day| format!("Agreed on {day}")));
                lines.extend(ended.map(|day| format!("Ended on {day}")));
                lines
            }
            (Value::Entries { entries }, kind) => entries.iter().map(|entry| entry_line(entry, kind)).collect(),
            (Value::Practice { pick, other, start }, Kind::Practice { options, .. }) => {
                let mut lines = pick_lines(options, pick.as_slice(), other.as_deref());
                lines.extend(start.map(|day| format!("From {day}")));
                lines
            }
            (Value::Practice { pick, other, .. }, _) => pick_lines(&[], pick.as_slice(), other.as_deref()),
            (Value::Talk { rounds, next }, _) => {
                let mut lines = vec![match rounds {
                    1 => "Talked through 1 round".to_owned(),
                    more => format!("Talked through {more} rounds"),
                }];
                lines.extend(next.lines().map(str::to_owned));
                lines
            }
            (Value::Takes { takes }, _) => takes
                .iter()
                .map(|take| {
                    let marks = take.marks.iter().map(|(item, mark)| format!("{} {mark}", spoken(item)));
                    format!("{}: {}", take.on, marks.collect::<Vec<_>>().join(", "))
                })
                .collect(),
            (
                Value::Plan {
                    title,
                    author,
                    parts,
                    start,
                    every,
                },
                _,
            ) => {
                let mut lines = vec![if author.is_empty() {
                    title.clone()
                } else {
                    format!("{title}, {author}")
                }];
                lines.extend(start.map(|day| format!("From {day}, a part every {every} days")));
                lines.extend(parts.iter().map(part_line));
                lines.retain(|line| !line.is_empty());
                lines
            }
        }
    }
}

/// What the lesson no longer has a name for, in the words of its id.
fn spoken(id: &Id) -> String {
    id.as_str().replace('-', " ")
}

fn pick_lines(options: &[Choice], picks: &[Id], other: Option<&str>) -> Vec<String> {
    let own = other.map(str::trim).filter(|own| !own.is_empty());
    let mut lines: Vec<String> = options
        .iter()
        .filter(|option| picks.contains(&option.id))
        .map(|option| match own {
            Some(own) if option.other => format!("{}: {own}", bare(&option.text)),
            _ => option.text.clone(),
        })
        .collect();
    let gone = picks
        .iter()
        .filter(|pick| options.iter().all(|option| option.id != **pick));
    lines.extend(gone.map(spoken));
    let said = options.iter().any(|option| option.other && picks.contains(&option.id));
    lines.extend(own.filter(|_| !said).map(str::to_owned));
    lines
}

/// Pile by pile, in the lesson's order; the cards of a pile in the person's.
fn sorted_lines(piles: &[Choice], cards: &[Choice], placed: &[Placed], own: &BTreeMap<Id, String>) -> Vec<String> {
    let words = |id: &Id| {
        let card = cards.iter().find(|card| card.id == *id);
        card.map(|card| card.text.clone())
            .or_else(|| own.get(id).cloned())
            .unwrap_or_else(|| spoken(id))
    };
    let mut lines: Vec<String> = piles
        .iter()
        .filter_map(|pile| {
            let here = placed.iter().filter(|card| card.pile.as_ref() == Some(&pile.id));
            let here: Vec<String> = here.map(|card| words(&card.card)).collect();
            (!here.is_empty()).then(|| format!("{}: {}", bare(&pile.text), here.join("; ")))
        })
        .collect();
    let known = |card: &&Placed| piles.iter().any(|pile| card.pile.as_ref() == Some(&pile.id));
    let loose = placed.iter().filter(|card| !known(card));
    lines.extend(loose.enumerate().map(|(at, card)| match &card.pile {
        Some(pile) => format!("{}: {}", spoken(pile), words(&card.card)),
        None => format!("{}. {}", at + 1, words(&card.card)),
    }));
    // Cards that were written and not yet placed.
    let unplaced = own
        .iter()
        .filter(|(id, text)| !text.trim().is_empty() && placed.iter().all(|card| card.card != **id));
    lines.extend(unplaced.map(|(_, text)| text.clone()));
    lines
}

/// The whole sentence, with what was written in its gaps and dots in those left blank.
fn sentence(gaps: &[crate::Gap], written: &BTreeMap<Id, String>) -> String {
    let said = |gap: &crate::Gap| {
        let words = written.get(&gap.id).map(|words| words.trim());
        gap.text
            .replacen("___", words.filter(|words| !words.is_empty()).unwrap_or("…"), 1)
    };
    gaps.iter().map(said).collect::<Vec<_>>().join(" ")
}

fn entry_line(entry: &crate::Entry, kind: &Kind) -> String {
    let tags = match kind {
        Kind::Log { tags, .. } => pick_lines(tags, &entry.tags, None),
        _ => entry.tags.iter().map(Id::to_string).collect(),
    };
    let words = tags
        .into_iter()
        .chain((!entry.note.is_empty()).then(|| entry.note.clone()));
    format!("{}: {}", entry.on, words.collect::<Vec<_>>().join("; "))
}

fn part_line(part: &crate::PlanPart) -> String {
    match (part.from, part.to) {
        (Some(from), Some(to)) => format!("{}, pages {from} to {to}", part.title),
        (Some(page), None) | (None, Some(page)) => format!("{}, page {page}", part.title),
        (None, None) => part.title.clone(),
    }
}

/// A label without the dots, underscores or colon that ask for words after it, to stand before those words.
fn bare(label: &str) -> &str {
    label.trim_end_matches(|c: char| c.is_whitespace() || "….:_–—-".contains(c))
}
