//! The items of a block's list: words, and a tail at their end.
//!
//! What the items mean to their kind is `body`'s business.

use std::ops::Range;

use crate::attributes::{Attributes, On};
use crate::markdown::{Node, What};
use crate::names;
use crate::prose::{inlines, trimmed_words};
use crate::{Code, Findings, Id, Inline, MAX_OPTIONS, tail};

/// One item, its tail read but not yet finished.
pub(crate) struct Line<'s> {
    pub(crate) label: Vec<Inline>,
    pub(crate) text: String,
    pub(crate) span: Range<usize>,
    pub(crate) attributes: Attributes<'s>,
    pub(crate) id: Option<(Id, Range<usize>)>,
}

impl Line<'_> {
    /// The ids it had before, noted in `was` with their places.
    pub(crate) fn former(&mut self, was: &mut Vec<(Id, Range<usize>)>, found: &mut Findings<'_>) -> Vec<Id> {
        let former = self.attributes.former_ids(found);
        let ids = former.iter().map(|(id, _)| id.clone()).collect();
        was.extend(former);
        ids
    }
}

/// The list that items are read from.
pub(crate) struct Source<'a> {
    pub(crate) text: &'a str,
    /// The block's kind.
    pub(crate) kind: &'a str,
    /// The block's first line.
    pub(crate) opener: Range<usize>,
    /// The file is an instrument, whose items have scores.
    pub(crate) instrument: bool,
    /// Its list is lost, and that was said.
    pub(crate) lost: bool,
}

/// Reads the items of a block's list. `form` is how to write one, if the block cannot do without.
pub(crate) fn lines<'s>(
    at: &Source<'s>,
    lists: &[Node<'_>],
    form: Option<&str>,
    found: &mut Findings<'_>,
) -> Vec<Line<'s>> {
    let kind = at.kind;
    let Some(list) = lists.last() else {
        if let Some(form) = form.filter(|_| !at.lost) {
            found
                .error(
                    Code::BodyMissing,
                    at.opener.clone(),
                    format!("This `{kind}` lacks its list."),
                )
                .help(format!("Below a line with just `>`, give it {form}."));
        }
        return Vec::new();
    };
    if lists.len() > 1 {
        found
            .error(
                Code::BodyWrong,
                lists[0].span(),
                format!("There are two lists in this `{kind}`, and it is not clear which is meant."),
            )
            .help(
                "A list begins anew where the sign changes (`-` and `*`) or where text stands between. Keep one list.",
            );
    }
    let count = list.children().count();
    if count > MAX_OPTIONS {
        found.error(
            Code::TooLarge,
            list.span(),
            format!("A block can hold {MAX_OPTIONS} items. This one has {count}."),
        );
    }
    let mut lines = Vec::with_capacity(count.min(MAX_OPTIONS));
    lines.extend(
        list.children()
            .take(MAX_OPTIONS)
            .filter_map(|item| line(at, item, found)),
    );
    lines
}

fn line<'s>(at: &Source<'s>, item: Node<'_>, found: &mut Findings<'_>) -> Option<Line<'s>> {
    let (source, kind) = (at.text, at.kind);
    let mut children = item.children();
    let mut first = children.next();
    let task = first
        .and_then(|child| child.children().first())
        .filter(|node| matches!(node.what(), What::Task))
        .map(Node::span);
    if let (Some(alone), Some(_)) = (first, &task)
        && alone.children().count() == 1
        && let Some(next) = children.next()
    {
        first = Some(next);
    }
    let (Some(paragraph), None) = (first, children.next()) else {
        let message = if first.is_none() {
            "This item is empty."
        } else {
            "An item of a block holds one piece of text and nothing else."
        };
        found
            .error(Code::BodyWrong, item.span(), message)
            .help("Keep it to one line, with its tail at the end.");
        return None;
    };
    if !paragraph.is_paragraph() {
        found
            .error(
                Code::BodyWrong,
                item.span(),
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
                    paragraph.span(),
                    "A line of a checklist begins with a box to tick.",
                )
                .help("Write `- [ ]` with one space between the brackets.")
                .fix(
                    paragraph.span().start..paragraph.span().start + empty_box(&source[paragraph.span()]),
                    "[ ] ",
                );
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
    let start = task.map_or(paragraph.span().start, |task| task.end.max(paragraph.span().start));
    let (before, tail_span) = tail::split(source, start..paragraph.span().end.max(start));
    let label = inlines(paragraph.children(), &before, found);
    let tail = tail::read(source, &before, tail_span, found);
    let keys = names::item_keys(kind, at.instrument);
    let attributes = Attributes::new(tail, On::Item(kind), [keys, &[], &[]]);
    let line = Line {
        text: trimmed_words(&label),
        label,
        span: before,
        id: attributes.id(),
        attributes,
    };
    if line.text.is_empty() {
        found
            .error(Code::BodyWrong, item.span(), "This item has no words.")
            .help("Write what it says before its tail.");
    }
    Some(line)
}

/// How much of a line's beginning is a box that came out wrong: `[]`, `[x ]`, `☐`.
fn empty_box(text: &str) -> usize {
    let inner = text.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let length = match inner {
        Some((within, _)) if within.trim().is_empty() || within.trim().eq_ignore_ascii_case("x") => within.len() + 2,
        _ => text
            .chars()
            .next()
            .filter(|c| "☐□☑".contains(*c))
            .map_or(0, char::len_utf8),
    };
    if length == 0 {
        return 0;
    }
    let rest = &text[length..];
    length + (rest.len() - rest.trim_start().len())
}

/// The id of an item that answers are kept under.
pub(crate) fn kept_id(line: &Line<'_>, found: &mut Findings<'_>) -> Id {
    if let Some((id, _)) = &line.id {
        return id.clone();
    }
    let near = Id::from_words(&line.text).unwrap_or_else(|| Id("name".into()));
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
