//! Everything that points at something else: ids, `when`, `of`, `go`, links to steps.
//!
//! Here a draft becomes a [`Lesson`]. The order matters: ids first, since all the rest names them.
//! Not here: what lies in other lessons of the course (`course`).

use std::collections::BTreeMap;
use std::ops::Range;

use crate::attributes::Pointer;
use crate::callout::DraftBlock;
use crate::conditions::{condition, report_telling};
use crate::names::did_you_mean;
use crate::steps::{Draft, DraftItem, DraftStep};
use crate::{Code, CompareOf, Findings, Id, Item, Kind, Lesson, Meta, Privacy, RecallOf, Step};

/// What is known of a block that others may name.
pub(crate) struct Known {
    /// Counts the blocks of the file.
    pub(crate) at: usize,
    pub(crate) privacy: Option<Privacy>,
    pub(crate) asks: Asks,
}

/// What a condition can ask of a block.
pub(crate) enum Asks {
    Options(Vec<Id>),
    Marks(i32, i32),
    Gate,
    Other,
}

/// Every name in the lesson.
pub(crate) struct Names {
    pub(crate) taken: BTreeMap<Id, Range<usize>>,
    pub(crate) blocks: BTreeMap<Id, Known>,
    pub(crate) steps: Vec<Id>,
}

/// Settles a draft.
pub(crate) fn settle(mut draft: Draft, meta: Meta, found: &mut Findings<'_>) -> Lesson {
    let mut names = Names {
        taken: BTreeMap::new(),
        blocks: BTreeMap::new(),
        steps: Vec::new(),
    };
    take_ids(&draft, &meta, &mut names, found);
    make_ids(&mut draft, &mut names);
    know_blocks(&draft, &mut names);
    report_empty(&draft, found);
    for link in &draft.links {
        if !names.steps.iter().any(|step| step.as_str() == link.text) {
            let help = did_you_mean(&link.text, names.steps.iter().map(Id::as_str))
                .unwrap_or_else(|| "A link within a lesson leads to a step: `#step-id`.".to_owned());
            found
                .error(
                    Code::LinkRefused,
                    link.span.clone(),
                    format!("There is no step `{}`.", link.text),
                )
                .help(help);
        }
    }
    let mut at = 0;
    let mut steps = Vec::new();
    for (step, id) in draft.steps.into_iter().zip(names.steps.clone()) {
        steps.push(settle_step(step, id, &mut at, &names, found));
    }
    Lesson {
        meta,
        intro: draft.intro,
        steps,
    }
}

fn blocks(step: &DraftStep) -> impl Iterator<Item = &DraftBlock> {
    step.items.iter().filter_map(|item| {
        if let DraftItem::Block(block) = item {
            Some(&**block)
        } else {
            None
        }
    })
}

fn take_ids(draft: &Draft, meta: &Meta, names: &mut Names, found: &mut Findings<'_>) {
    let given = draft.steps.iter().flat_map(|step| {
        let within = blocks(step).flat_map(|block| block.id.iter().chain(&block.item_ids));
        step.id.iter().chain(within)
    });
    for (id, span) in given {
        if meta.retired.contains(id) {
            found
                .error(
                    Code::IdRetired,
                    span.clone(),
                    format!("`{id}` is in the front matter's `retired` list: it meant something else once."),
                )
                .help("Choose another id, so that old answers are not taken for new ones.");
        }
        if let Some(first) = names.taken.get(id) {
            let first = first.clone();
            found
                .error(
                    Code::IdTwice,
                    span.clone(),
                    format!("The id `{id}` is used twice in this lesson."),
                )
                .label(first, "first used here")
                .help("Give one of them another name.");
        } else {
            names.taken.insert(id.clone(), span.clone());
        }
    }
}

/// Names whatever was given no id, so that a draft can be shown and every block can be told apart.
fn make_ids(draft: &mut Draft, names: &mut Names) {
    for (number, step) in draft.steps.iter_mut().enumerate() {
        let wanted = Id::from_words(&step.title_text).unwrap_or_else(|| Id(format!("step-{}", number + 1)));
        let id = step
            .id
            .as_ref()
            .map(|(id, _)| id.clone())
            .unwrap_or_else(|| free(wanted, names));
        names.steps.push(id);
        for item in &mut step.items {
            let DraftItem::Block(draft) = item else { continue };
            if draft.block.id.as_str().is_empty() {
                draft.block.id = numbered(kind_name(&draft.block.kind), names);
            }
            if let Kind::Gate { options } = &mut draft.block.kind {
                for option in options.iter_mut().filter(|option| option.id.as_str().is_empty()) {
                    option.id = numbered("answer", names);
                }
            }
        }
    }
}

fn free(wanted: Id, names: &mut Names) -> Id {
    if names.taken.contains_key(&wanted) {
        return numbered(wanted.as_str(), names);
    }
    names.taken.insert(wanted.clone(), 0..0);
    wanted
}

fn numbered(stem: &str, names: &mut Names) -> Id {
    let mut number = 1;
    loop {
        let id = Id(format!("{stem}-{number}"));
        if !names.taken.contains_key(&id) {
            names.taken.insert(id.clone(), 0..0);
            return id;
        }
        number += 1;
    }
}

fn kind_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Compare { .. } => "compare",
        Kind::Recall { .. } => "recall",
        Kind::Gate { .. } => "gate",
        Kind::Note => "note",
        // Only in a broken draft: a field without an id is an error.
        _ => "field",
    }
}

fn know_blocks(draft: &Draft, names: &mut Names) {
    for (at, block) in draft.steps.iter().flat_map(blocks).enumerate() {
        let asks = match &block.block.kind {
            Kind::Choice { options } | Kind::Choices { options, .. } | Kind::Checklist { items: options } => {
                Asks::Options(options.iter().map(|option| option.id.clone()).collect())
            }
            Kind::Scale { from, to, .. } => Asks::Marks(*from, *to),
            Kind::Gate { .. } => Asks::Gate,
            _ => Asks::Other,
        };
        let known = Known {
            at,
            privacy: block.block.privacy,
            asks,
        };
        names.blocks.entry(block.block.id.clone()).or_insert(known);
    }
}

fn report_empty(draft: &Draft, found: &mut Findings<'_>) {
    if draft.steps.is_empty() {
        found
            .error(Code::StepEmpty, 0..0, "This lesson has no steps.")
            .help("A step begins with a heading: `## Title {#id}`.");
    }
    for step in draft.steps.iter().filter(|step| step.items.is_empty()) {
        found
            .warning(Code::StepEmpty, step.span.clone(), "There is nothing in this step.")
            .help("Write something below its heading, or take it out.");
    }
}

fn settle_step(step: DraftStep, id: Id, at: &mut usize, names: &Names, found: &mut Findings<'_>) -> Step {
    let settled = step.when.as_ref().map(|when| condition(when, *at, names, found));
    let mut body = Vec::new();
    for item in step.items {
        match item {
            DraftItem::Prose(prose) => body.push(Item::Prose { prose }),
            DraftItem::Block(draft) => {
                let own = draft.when.as_ref().map(|when| condition(when, *at, names, found));
                for (pointer, when) in [(&step.when, &settled), (&draft.when, &own)] {
                    if let (Some(pointer), Some(when)) = (pointer, when) {
                        report_telling(&draft, pointer, when, names, found);
                    }
                }
                let mut block = settle_block(*draft, *at, names, found);
                block.when = own;
                body.push(Item::Block { block });
                *at += 1;
            }
        }
    }
    Step {
        id,
        title: step.title,
        title_text: step.title_text,
        when: settled,
        light: step.light,
        body,
    }
}

fn settle_block(draft: DraftBlock, at: usize, names: &Names, found: &mut Findings<'_>) -> crate::Block {
    let mut block = draft.block;
    match &mut block.kind {
        Kind::Compare { of } => *of = compare(draft.of.as_ref(), &draft.span, at, names, found),
        Kind::Recall { of } => {
            if let Some(read) = recall(draft.of.as_ref(), &draft.span, found) {
                *of = read;
            }
        }
        Kind::Gate { options } => {
            for (option, go) in options.iter_mut().zip(&draft.go) {
                option.go = go.as_ref().and_then(|go| target(go, names, found));
            }
        }
        _ => {}
    }
    block
}

fn target(go: &Pointer, names: &Names, found: &mut Findings<'_>) -> Option<Id> {
    if go.text == "next" {
        return None;
    }
    let step = names.steps.iter().find(|step| step.as_str() == go.text).cloned();
    if step.is_none() {
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
    step
}

fn compare(
    of: Option<&Pointer>,
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

fn compared(name: &str, of: &Pointer, at: usize, names: &Names, found: &mut Findings<'_>) -> Option<Id> {
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

fn recall(of: Option<&Pointer>, opener: &Range<usize>, found: &mut Findings<'_>) -> Option<RecallOf> {
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
