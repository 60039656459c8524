//! What points at another block or step: a gate's `go`, a compare's, recall's or chart's `of`.

use std::ops::Range;

use crate::attributes::Pointer;
use crate::names::did_you_mean;
use crate::resolve::Names;
use crate::{Code, CompareOf, Draw, Findings, Id, Privacy, RecallOf};

pub(crate) fn target(go: &Pointer<'_>, names: &Names, found: &mut Findings<'_>) -> Option<Id> {
    if go.text == "next" {
        return None;
    }
    let step = names.steps.iter().find(|step| step.as_str() == go.text).cloned();
    match &step {
        None => {
            let help = did_you_mean(&go.text, names.steps.iter().map(Id::as_str))
                .unwrap_or_else(|| "`go=` takes `next` or the id of a step.".to_owned());
            found
                .error(
                    Code::GateTarget,
                    go.span.clone(),
                    format!("There is no step `{}`.", go.text),
                )
                .help(help);
        }
        Some(id) if names.keeping.contains(id) => {
            found
                .error(
                    Code::GateKeeps,
                    go.span.clone(),
                    format!("The step `{id}` keeps answers, and an answer there would tell that somebody was led to it."),
                )
                .help("Lead to a step with nothing to answer, or on with `go=next`. A gate leaves no trace, nor does the step it leads to.");
        }
        Some(_) => {}
    }
    step
}

pub(crate) fn compare(
    of: Option<&Pointer<'_>>,
    opener: &Range<usize>,
    at: usize,
    names: &Names,
    found: &mut Findings<'_>,
) -> Vec<CompareOf> {
    let Some(of) = of else {
        found
            .error(
                Code::CompareOf,
                opener.clone(),
                "This compare does not say what it compares.",
            )
            .help("Add `of=` and the id of a `reveal` field.");
        return Vec::new();
    };
    of.text
        .split(',')
        .filter_map(|pair| {
            let (one, other) = pair
                .split_once('|')
                .map_or((pair, None), |(one, other)| (one, Some(other)));
            let field = compared(one, of, at, names, found);
            let against = other.map(|other| compared(other, of, at, names, found));
            let overlaps = |id: &Id| names.blocks.get(id).is_some_and(|known| known.overlap);
            if let Some(id) = [&field, against.as_ref().unwrap_or(&None)]
                .into_iter()
                .flatten()
                .find(|id| other.is_some() && overlaps(id))
            {
                found
                    .error(
                        Code::CompareOf,
                        of.span.clone(),
                        format!("`{id}` cannot stand beside another field: of its cards only a few that both chose are ever opened."),
                    )
                    .help(format!("Name it alone: `of={id}`."));
            }
            match (field, against) {
                (Some(field), None) => Some(CompareOf { field, against: None }),
                (Some(field), Some(Some(against))) => Some(CompareOf {
                    field,
                    against: Some(against),
                }),
                _ => None,
            }
        })
        .collect()
}

fn compared(name: &str, of: &Pointer<'_>, at: usize, names: &Names, found: &mut Findings<'_>) -> Option<Id> {
    let known = Id::new(name)
        .ok()
        .and_then(|id| names.blocks.get(&id).map(|known| (id, known)));
    let (message, help) = match known {
        None => {
            let reveals = names
                .blocks
                .iter()
                .filter(|(_, known)| known.privacy == Some(Privacy::Reveal))
                .map(|(id, _)| id.as_str());
            let help =
                did_you_mean(name, reveals).unwrap_or_else(|| "Name a `reveal` field of this lesson.".to_owned());
            (format!("There is no field `{name}` in this lesson."), help)
        }
        Some((_, known)) if known.privacy != Some(Privacy::Reveal) => (
            format!("`{name}` cannot be compared: it is not a `reveal` field."),
            format!("Put `reveal` on `{name}`, or leave it out of `of=`."),
        ),
        Some((_, known)) if known.at >= at => (
            format!("`{name}` comes only after this compare."),
            "Move the compare below it.".to_owned(),
        ),
        Some((id, _)) => return Some(id),
    };
    found.error(Code::CompareOf, of.span.clone(), message).help(help);
    None
}

pub(crate) fn chart(
    of: Option<&Pointer<'_>>,
    draw: Draw,
    opener: &Range<usize>,
    at: usize,
    names: &Names,
    found: &mut Findings<'_>,
) -> Vec<RecallOf> {
    let Some(of) = of else {
        found
            .error(Code::ChartOf, opener.clone(), "This chart does not say what it draws.")
            .help("Add `of=` and the id of a field: `of=closeness`, or `of=lesson.field` for one of another lesson.");
        return Vec::new();
    };
    of.text
        .split(',')
        .filter_map(|name| charted(name, of, draw, at, names, found))
        .collect()
}

/// One thing that a chart draws: a `field` of this lesson, or `lesson.field`, or `lesson.field.part`.
fn charted(
    name: &str,
    of: &Pointer<'_>,
    draw: Draw,
    at: usize,
    names: &Names,
    found: &mut Findings<'_>,
) -> Option<RecallOf> {
    let mut parts: Vec<Id> = name.split('.').filter_map(|part| Id::new(part).ok()).collect();
    if parts.len() != name.split('.').count() || parts.len() > 3 {
        found
            .error(
                Code::ChartOf,
                of.span.clone(),
                format!("`{name}` does not name an answer."),
            )
            .help("Write `of=field`, or `of=lesson.field` for one of another lesson; commas between several.");
        return None;
    }
    if parts.len() == 1 {
        parts.insert(0, names.lesson.clone());
    }
    let mut parts = parts.into_iter();
    let read = RecallOf {
        lesson: parts.next()?,
        field: parts.next()?,
        part: parts.next(),
    };
    if read.lesson != names.lesson {
        // Whether it is there is for `course` to say, which knows the other lessons.
        return Some(read);
    }
    let field = &read.field;
    let (message, help) = match names.blocks.get(field) {
        None => (
            format!("There is no field `{field}` in this lesson."),
            did_you_mean(field.as_str(), names.blocks.keys().map(Id::as_str))
                .unwrap_or_else(|| "Name a field further up, or `lesson.field` for one of another lesson.".to_owned()),
        ),
        Some(known) if known.at >= at => (
            format!("`{field}` comes only after this chart."),
            "Move the chart below it.".to_owned(),
        ),
        Some(known) if known.sensitive => (
            format!("`{field}` is `sensitive`, and what is sensitive is in no chart."),
            "Leave it out of `of=`.".to_owned(),
        ),
        Some(known) if known.overlap || known.draws.is_empty() => (
            format!("`{field}` cannot be drawn."),
            "A chart draws marks, picks, lists and logs. To meet words again, use `recall`.".to_owned(),
        ),
        Some(known) if !known.draws.contains(&draw) => {
            let ways: Vec<String> = known.draws.iter().map(|draw| format!("`as={}`", draw.name())).collect();
            (
                format!("`{field}` cannot be drawn as `{}`.", draw.name()),
                format!("It can be drawn {}.", ways.join(" or ")),
            )
        }
        Some(_) => return Some(read),
    };
    found.error(Code::ChartOf, of.span.clone(), message).help(help);
    None
}

pub(crate) fn recall(of: Option<&Pointer<'_>>, opener: &Range<usize>, found: &mut Findings<'_>) -> Option<RecallOf> {
    const FORM: &str = "Write `of=lesson.field`, or `of=lesson.field.part` for one stage of a loop.";
    let Some(of) = of else {
        found
            .error(
                Code::RecallOf,
                opener.clone(),
                "This recall does not say what it recalls.",
            )
            .help(FORM);
        return None;
    };
    let parts: Option<Vec<Id>> = of.text.split('.').map(|part| Id::new(part).ok()).collect();
    match parts.as_deref() {
        Some([lesson, field]) => Some(RecallOf {
            lesson: lesson.clone(),
            field: field.clone(),
            part: None,
        }),
        Some([lesson, field, part]) => Some(RecallOf {
            lesson: lesson.clone(),
            field: field.clone(),
            part: Some(part.clone()),
        }),
        _ => {
            found
                .error(
                    Code::RecallOf,
                    of.span.clone(),
                    format!("`{}` does not name an answer.", of.text),
                )
                .help(FORM);
            None
        }
    }
}
