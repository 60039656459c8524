//! The items of a block's list: words, and a tail at their end.
//!
//! What the items mean to their kind is `body`'s business.

use std::ops::Range;

use crate::attributes::Attributes;
use crate::body::wants;
use crate::markdown::{Node, What};
use crate::names;
use crate::prose::{inlines, words};
use crate::{Code, Findings, Id, Inline, MAX_OPTIONS, tail};

/// One item, its tail read but not yet finished.
pub(crate) struct Line {
    pub(crate) label: Vec<Inline>,
    pub(crate) text: String,
    pub(crate) span: Range<usize>,
    pub(crate) attributes: Attributes,
    pub(crate) id: Option<(Id, Range<usize>)>,
}

/// Reads the items of a block's list.
pub(crate) fn lines(
    source: &str,
    kind: &str,
    lists: &[&Node],
    opener: &Range<usize>,
    found: &mut Findings<'_>,
) -> Vec<Line> {
    let Some(list) = lists.last() else {
        // The reader of a book may bring all the parts; every other kind that takes a list needs one.
        if (wants(kind, true) || wants(kind, false)) && kind != "plan" && kind != "scale" {
            let form = match kind {
                "cycle" => "numbered stages: `> 1. When I see or hear… {#spark spark}`",
                "checklist" => "lines to tick: `> - [ ] Ten slow breaths {#breathe}`",
                _ => "options: `> - closer {#closer}`",
            };
            found
                .error(
                    Code::BodyMissing,
                    opener.clone(),
                    format!("This `{kind}` has nothing to pick from."),
                )
                .help(format!("Below a line with just `>`, give it {form}."));
        }
        return Vec::new();
    };
    if lists.len() > 1 {
        found
            .error(
                Code::BodyWrong,
                lists[0].span.clone(),
                format!("There are two lists in this `{kind}`, and it is not clear which is meant."),
            )
            .help("Keep one list. Put what the other says into the text.");
    }
    if list.children.len() > MAX_OPTIONS {
        found.error(
            Code::TooLarge,
            list.span.clone(),
            format!(
                "A block can hold {MAX_OPTIONS} items. This one has {}.",
                list.children.len()
            ),
        );
    }
    list.children
        .iter()
        .take(MAX_OPTIONS)
        .filter_map(|item| line(source, kind, item, found))
        .collect()
}

fn line(source: &str, kind: &str, item: &Node, found: &mut Findings<'_>) -> Option<Line> {
    let mut children = item.children.as_slice();
    let mut task = None;
    if let Some(first) = children
        .first()
        .and_then(|child| child.children.first())
        .filter(|node| node.what == What::Task)
    {
        task = Some(first.span.clone());
        if children[0].children.len() == 1 && children.len() > 1 {
            children = &children[1..];
        }
    }
    let (Some(paragraph), false) = (children.first(), children.len() > 1) else {
        let message = if children.is_empty() {
            "This item is empty."
        } else {
            "An item of a block holds one piece of text and nothing else."
        };
        found
            .error(Code::BodyWrong, item.span.clone(), message)
            .help("Keep it to one line, with its tail at the end.");
        return None;
    };
    if paragraph.what != What::Paragraph {
        found
            .error(
                Code::BodyWrong,
                item.span.clone(),
                "An item of a block holds one piece of text and nothing else.",
            )
            .help("Keep it to one line, with its tail at the end.");
        return None;
    }
    match (&task, kind) {
        (None, "checklist") => {
            found
                .error(
                    Code::BodyWrong,
                    paragraph.span.clone(),
                    "A line of a checklist begins with a box to tick.",
                )
                .help("Write `- [ ]` with one space between the brackets.")
                .fix(paragraph.span.start..paragraph.span.start, "[ ] ");
        }
        (Some(span), kind) if kind != "checklist" => {
            found
                .error(
                    Code::BodyWrong,
                    span.clone(),
                    format!("A `{kind}` takes plain items, not boxes to tick."),
                )
                .help("Take `[ ]` out, or make the block a `checklist`.");
        }
        _ => {}
    }
    let start = task.map_or(paragraph.span.start, |task| task.end.max(paragraph.span.start));
    let (before, tail_span) = tail::split(source, start..paragraph.span.end.max(start));
    let label = inlines(&paragraph.children, &before, found);
    let tail = tail::read(source, &before, tail_span, found);
    let attributes = Attributes::new(tail, format!("an item of a `{kind}`"), names::item_keys(kind));
    let line = Line {
        text: words(&label).trim().to_owned(),
        label,
        span: before,
        id: attributes.id(),
        attributes,
    };
    if line.text.is_empty() {
        found
            .error(Code::BodyWrong, item.span.clone(), "This item has no words.")
            .help("Write what it says before its tail.");
    }
    Some(line)
}

/// The id of an item that answers are kept under.
pub(crate) fn kept_id(line: &Line, found: &mut Findings<'_>) -> Id {
    if let Some((id, _)) = &line.id {
        return id.clone();
    }
    let near = Id::from_words(&line.text).unwrap_or_else(|| Id("name".to_owned()));
    if !line.attributes.id_tried() {
        let diagnostic = found
            .error(
                Code::IdMissing,
                line.span.clone(),
                "This item has no id, so it could not be kept in an answer.",
            )
            .help(format!("Give it a name that will stay, for example `{{#{near}}}`."));
        match line.attributes.tail_span() {
            Some(tail) => diagnostic.fix(tail.start + 1..tail.start + 1, format!("#{near} ")),
            None => diagnostic.fix(line.span.end..line.span.end, format!(" {{#{near}}}")),
        };
    }
    near
}
