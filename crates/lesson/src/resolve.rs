//! Everything that points at something else: ids, `when`, `of`, `go`, links to steps.
//!
//! The pointers themselves are read in `conditions` and `pointers`. Here a draft becomes a [`Lesson`]. The order matters: ids first, since all the rest names them.
//! Not here: what lies in other lessons of the course (`course`).

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use crate::callout::DraftBlock;
use crate::conditions::{condition, report_telling};
use crate::names::did_you_mean;
use crate::pointers::{chart, compare, recall, target};
use crate::steps::{Draft, DraftStep};
use crate::{Block, Code, Draw, Findings, Id, Item, Kind, Lesson, Meta, Privacy, Step, draws};

/// What is known of a block that others may name.
pub(crate) struct Known {
    /// Counts the blocks of the file.
    pub(crate) at: usize,
    pub(crate) privacy: Option<Privacy>,
    pub(crate) asks: Asks,
    pub(crate) sensitive: bool,
    /// Its cards are opened by an overlap, never as they lie.
    pub(crate) overlap: bool,
    /// How a chart can draw it.
    pub(crate) draws: &'static [Draw],
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
    pub(crate) taken: HashMap<Id, Range<usize>>,
    pub(crate) blocks: BTreeMap<Id, Known>,
    pub(crate) steps: Vec<Id>,
    /// The steps that hold a field.
    pub(crate) keeping: Vec<Id>,
    /// The lesson's own id.
    pub(crate) lesson: Id,
}

/// Settles a draft.
pub(crate) fn settle(mut draft: Draft<'_>, meta: Meta, found: &mut Findings<'_>) -> Lesson {
    let mut names = Names {
        taken: HashMap::new(),
        blocks: BTreeMap::new(),
        steps: Vec::new(),
        keeping: Vec::new(),
        lesson: meta.id.clone(),
    };
    take_ids(&draft, &meta, &mut names, found);
    make_ids(&mut draft, &mut names);
    report_former(&draft, &names, found);
    know_blocks(&draft, &mut names);
    report_empty(&draft, found);
    // A hundred links that lead nowhere are told as well as all of them would be.
    let mut nowhere = 0;
    for link in &draft.links {
        if nowhere < 100 && !names.steps.iter().any(|step| step.as_str() == link.text) {
            nowhere += 1;
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
    let steps = draft.steps.into_iter().zip(&names.steps).map(|(step, id)| {
        let at = step.blocks.clone();
        settle_step(step, id.clone(), &draft.blocks[at.clone()], at.start, &names, found)
    });
    let steps = steps.collect();
    Lesson {
        meta,
        intro: draft.intro,
        steps,
    }
}

fn blocks(body: &[Item]) -> impl Iterator<Item = &Block> {
    body.iter().filter_map(|item| match item {
        Item::Block { block } => Some(block),
        Item::Prose { .. } => None,
    })
}

fn blocks_mut(body: &mut [Item]) -> impl Iterator<Item = &mut Block> {
    body.iter_mut().filter_map(|item| match item {
        Item::Block { block } => Some(block),
        Item::Prose { .. } => None,
    })
}

fn take_ids(draft: &Draft<'_>, meta: &Meta, names: &mut Names, found: &mut Findings<'_>) {
    let given = draft.steps.iter().flat_map(|step| {
        let within = &draft.blocks[step.blocks.clone()];
        let within = within.iter().flat_map(|block| block.id.iter().chain(&block.item_ids));
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
        match names.taken.entry(id.clone()) {
            Entry::Occupied(first) => {
                found
                    .error(
                        Code::IdTwice,
                        span.clone(),
                        format!("The id `{id}` is used twice in this lesson."),
                    )
                    .label(first.get().clone(), "first used here")
                    .help("Give one of them another name.");
            }
            Entry::Vacant(place) => {
                place.insert(span.clone());
            }
        }
    }
}

/// Names whatever was given no id, so that a draft can be shown and every block can be told apart.
fn make_ids(draft: &mut Draft<'_>, names: &mut Names) {
    for (number, step) in draft.steps.iter_mut().enumerate() {
        let id = match &step.id {
            Some((id, _)) => id.clone(),
            None => {
                let wanted = Id::from_words(&step.title_text);
                let wanted = wanted.unwrap_or_else(|| Id(format!("step-{}", number + 1).into()));
                free(wanted, names)
            }
        };
        names.steps.push(id);
        for block in blocks_mut(&mut step.body) {
            if block.id.as_str().is_empty() {
                block.id = numbered(
                    if block.privacy.is_some() {
                        // Only in a broken draft: a field without an id is an error.
                        "field"
                    } else {
                        block.kind.name()
                    },
                    names,
                );
            }
            let (stem, unnamed): (_, Vec<&mut Id>) = match &mut block.kind {
                Kind::Gate { options } => ("answer", options.iter_mut().map(|option| &mut option.id).collect()),
                Kind::Talk { turns, .. } => ("turn", turns.iter_mut().map(|turn| &mut turn.id).collect()),
                _ => continue,
            };
            for id in unnamed.into_iter().filter(|id| id.as_str().is_empty()) {
                *id = numbered(stem, names);
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
        let id = Id(format!("{stem}-{number}").into());
        if !names.taken.contains_key(&id) {
            names.taken.insert(id.clone(), 0..0);
            return id;
        }
        number += 1;
    }
}

fn know_blocks(draft: &Draft<'_>, names: &mut Names) {
    let all = draft.steps.iter().flat_map(|step| blocks(&step.body));
    for (at, block) in all.enumerate() {
        let asks = match &block.kind {
            Kind::Choice { options } | Kind::Choices { options, .. } | Kind::Checklist { items: options } => {
                Asks::Options(options.iter().map(|option| option.id.clone()).collect())
            }
            Kind::Scale { from, to, .. } => Asks::Marks(*from, *to),
            Kind::Gate { .. } => Asks::Gate,
            _ => Asks::Other,
        };
        let known = Known {
            at,
            privacy: block.privacy,
            asks,
            sensitive: block.sensitive,
            overlap: matches!(block.kind, Kind::Sort { overlap: Some(_), .. }),
            draws: draws(&block.kind),
        };
        names.blocks.entry(block.id.clone()).or_insert(known);
    }
    let keeping = draft.steps.iter().zip(&names.steps);
    names.keeping = keeping
        .filter(|(step, _)| blocks(&step.body).any(|block| block.privacy.is_some()))
        .map(|(_, id)| id.clone())
        .collect();
}

/// An id that something had before is nobody's now, and one thing's only.
fn report_former(draft: &Draft<'_>, names: &Names, found: &mut Findings<'_>) {
    let mut claimed: BTreeMap<&Id, Range<usize>> = BTreeMap::new();
    for (id, span) in draft.blocks.iter().flat_map(|block| &block.former_ids) {
        let first = match (names.taken.get(id), claimed.get(id)) {
            (Some(user), _) => Some((
                user,
                "it stands here",
                "is in use, so nothing can have been renamed from it",
            )),
            (None, Some(first)) => Some((first, "claimed first here", "cannot be the old name of two things")),
            (None, None) => None,
        };
        match first {
            Some((other, label, message)) => {
                let other = other.clone();
                found
                    .error(Code::IdTwice, span.clone(), format!("`{id}` {message}."))
                    .label(other, label)
                    .help(
                        "`was=` names the id that this had before, so that what was answered under it is found again.",
                    );
            }
            None => {
                claimed.insert(id, span.clone());
            }
        }
    }
}

fn report_empty(draft: &Draft<'_>, found: &mut Findings<'_>) {
    if draft.steps.is_empty() {
        found
            .error(Code::StepEmpty, 0..0, "This lesson has no steps.")
            .help("A step begins with a heading: `## Title {#id}`.");
    }
    for step in draft.steps.iter().filter(|step| !step.written) {
        found
            .warning(Code::StepEmpty, step.span.clone(), "There is nothing in this step.")
            .help("Write something below its heading, or take it out.");
    }
}

/// Settles a step whose first block is the one numbered `at`.
fn settle_step(
    mut step: DraftStep<'_>,
    id: Id,
    unsettled: &[DraftBlock<'_>],
    at: usize,
    names: &Names,
    found: &mut Findings<'_>,
) -> Step {
    let settled = step.when.as_ref().map(|when| condition(when, at, names, found));
    for (at, (block, draft)) in (at..).zip(blocks_mut(&mut step.body).zip(unsettled)) {
        let own = draft.when.as_ref().map(|when| condition(when, at, names, found));
        for (pointer, when) in [(&step.when, &settled), (&draft.when, &own)] {
            if let (Some(pointer), Some(when)) = (pointer, when) {
                report_telling(block, &draft.span, pointer, when, names, found);
            }
        }
        settle_block(block, draft, at, names, found);
        block.when = own;
    }
    Step {
        id,
        title: step.title,
        title_text: step.title_text,
        when: settled,
        light: step.light,
        body: step.body,
    }
}

fn settle_block(block: &mut Block, draft: &DraftBlock<'_>, at: usize, names: &Names, found: &mut Findings<'_>) {
    match &mut block.kind {
        Kind::Compare { of } => *of = compare(draft.of.as_ref(), &draft.span, at, names, found),
        Kind::Chart { of, draw } => *of = chart(draft.of.as_ref(), *draw, &draft.span, at, names, found),
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
}
