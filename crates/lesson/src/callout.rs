//! A callout `> [!kind] Prompt {#id …}`: its opener, its prompt, its help text, and what it is to be kept under.
//!
//! What stands in its lists is `body`'s business.

use std::ops::Range;

use smol_str::SmolStr;

use crate::attributes::{Attributes, On, Pointer};
use crate::items::Source;
use crate::markdown::{Node, What};
use crate::names::{self, did_you_mean};
use crate::opener::{Opener, is_opener};
use crate::place::lines_in;
use crate::prose::{self, inlines, report_tail, trimmed_words};
use crate::{Block, Code, Findings, Id, Inline, Privacy, Prose, tail};
use crate::{body, bullets};

/// What the front matter says that blocks go by.
#[derive(Clone, Copy)]
pub(crate) struct Setting {
    /// What fields are when they do not say.
    pub(crate) share: Privacy,
    /// The file is an instrument.
    pub(crate) instrument: bool,
}

/// What of a block is not settled yet.
pub(crate) struct DraftBlock<'s> {
    /// Its opener's line.
    pub(crate) span: Range<usize>,
    /// Its own id, if it was given one.
    pub(crate) id: Option<(Id, Range<usize>)>,
    /// The ids within it.
    pub(crate) item_ids: Vec<(Id, Range<usize>)>,
    /// The ids that it and what is in it had before.
    pub(crate) former_ids: Vec<(Id, Range<usize>)>,
    pub(crate) when: Option<Pointer<'s>>,
    pub(crate) of: Option<Pointer<'s>>,
    /// A gate's targets, in the order of its options.
    pub(crate) go: Vec<Option<Pointer<'s>>>,
}

/// Reads a block. `None` if its kind cannot be built; the text then stands as a plain box.
///
/// `fell`: what follows the box fell out of it, and that was said.
pub(crate) fn read<'s>(
    source: &'s str,
    node: Node<'_>,
    opener: Opener<'s>,
    setting: Setting,
    fell: bool,
    found: &mut Findings<'s>,
) -> Option<(Block, DraftBlock<'s>)> {
    let Opener { line, kind, prompt } = opener;
    report_second_opener(source, node, &line, found);
    if !names::KINDS.contains(&kind) {
        report_kind(source, kind, &line, found);
        return None;
    }
    let (before, tail_span) = tail::split(source, prompt..line.end);
    let late = if tail_span.is_none() {
        late_tail(source, node, &line)
    } else {
        None
    };
    if let Some(late) = &late {
        found
            .error(
                Code::PromptWraps,
                late.clone(),
                "This tail belongs to the block's first line.",
            )
            .help(
                "Write the whole prompt and the tail on one line, however long it gets. Further lines are help text.",
            );
    }
    let prompt = inlines_of(node, &before, found);
    let tail = tail::read(source, &before, tail_span.or_else(|| late.clone()), found);
    let mut attributes = Attributes::new(tail, On::Block(kind), names::block_keys(kind));
    let odd = bullets::report_odd(source, node, kind, &line, found);
    let (help, lists) = contents(source, node, &line, late.is_some() || odd, kind, found);
    let at = Source {
        text: source,
        kind,
        opener: line.clone(),
        instrument: setting.instrument,
        lost: fell || odd,
    };
    let flags = ["pick", "send", "overlap"].map(|key| attributes.has(key));
    let body = body::read(&at, &lists, &mut attributes, found);
    let prompt_text = trimmed_words(&prompt);
    report_missing(kind, &prompt_text, &attributes, &before, found);
    let privacy = privacy(kind, setting, &mut attributes, found);
    report_misused(privacy, flags, found);
    let own_former = attributes.former_ids(found);
    let when = attributes.pointer("when", "when=together", found);
    let of = attributes.pointer("of", example_of(kind), found);
    let block = Block {
        id: attributes.id().map_or_else(|| Id(SmolStr::default()), |(id, _)| id),
        kind: body.kind,
        prompt,
        prompt_text,
        help,
        privacy,
        required: attributes.flag("required", found),
        sensitive: attributes.flag("sensitive", found),
        pick: attributes.flag("pick", found),
        send: attributes.flag("send", found),
        rev: attributes.number("rev", 1, 1000, found).unwrap_or(0),
        was: own_former.iter().map(|(id, _)| id.clone()).collect(),
        when: None,
    };
    let draft = DraftBlock {
        id: attributes.id(),
        item_ids: body.ids,
        when,
        of,
        go: body.go,
        former_ids: own_former.into_iter().chain(body.was).collect(),
        span: line,
    };
    attributes.finish(found);
    if setting.instrument {
        report_unscorable(&draft, kind, found);
    }
    Some((block, draft))
}

fn example_of(kind: &str) -> &'static str {
    match kind {
        "recall" => "of=our-loop.name",
        "chart" => "of=closeness",
        _ => "of=worry,guess",
    }
}

/// Who may read the answer, if the block keeps one: as it says, or else as its kind or its file is.
fn privacy(kind: &str, setting: Setting, attributes: &mut Attributes<'_>, found: &mut Findings<'_>) -> Option<Privacy> {
    if !names::keeps_answers(kind) {
        return None;
    }
    if setting.instrument {
        for word in ["reveal", "joint"] {
            if let Some(span) = attributes.has(word) {
                found
                    .error(
                        Code::KeyMisplaced,
                        span,
                        format!("`{word}` does not belong in an instrument."),
                    )
                    .help("Scores are only ever one person's own. Take the word out.");
            }
        }
    }
    let unsaid = match kind {
        "talk" | "agreement" => Privacy::Joint,
        // What one does over days is one's own, whatever the file shares.
        "instrument" | "log" | "practice" => Privacy::Private,
        _ => setting.share,
    };
    let said = attributes.privacy(unsaid, found);
    Some(if setting.instrument { Privacy::Private } else { said })
}

/// Flags that stand only with some privacy, or not beside each other.
fn report_misused(
    privacy: Option<Privacy>,
    [pick, send, overlap]: [Option<Range<usize>>; 3],
    found: &mut Findings<'_>,
) {
    if let (Some(span), Some(_)) = (&pick, &overlap) {
        found
            .error(
                Code::KeyMisplaced,
                span.clone(),
                "`pick` and `overlap` cannot stand together: an overlap alone decides what is opened.",
            )
            .help("Keep one of the two.");
    }
    let rules = [
        (
            pick,
            Privacy::Reveal,
            "`pick` leaves to the seal what is opened, so it needs `reveal`.",
            "Add `reveal`, or take `pick` out.",
        ),
        (
            overlap,
            Privacy::Reveal,
            "`overlap` opens cards that both chose, so it needs `reveal`.",
            "Add `reveal`, or take `overlap` out.",
        ),
        (
            send,
            Privacy::Private,
            "`send` gives one line of a private answer away, so it needs `private`.",
            "Write `private`, or take `send` out.",
        ),
    ];
    for (span, needs, message, help) in rules {
        if let Some(span) = span.filter(|_| privacy != Some(needs)) {
            found.error(Code::KeyMisplaced, span, message).help(help);
        }
    }
}

/// An instrument asks only what can be scored.
fn report_unscorable(draft: &DraftBlock<'_>, kind: &str, found: &mut Findings<'_>) {
    let scored = matches!(kind, "scale" | "rating" | "choice");
    if !scored && !matches!(kind, "note" | "pause" | "help") {
        found
            .error(
                Code::InstrumentItem,
                draft.span.clone(),
                format!(
                    "An instrument cannot have {}: there is nothing in it to score.",
                    names::a(kind)
                ),
            )
            .help(
                "It asks with `scale`, `rating` and `choice`. Beside them can stand text, `note`, `pause` and `help`.",
            );
    }
}

fn report_kind(source: &str, kind: &str, line: &Range<usize>, found: &mut Findings<'_>) {
    let at = line.start + source[line.clone()].find(kind).unwrap_or(0);
    let span = at..at + kind.len();
    let known = names::KINDS.iter().chain(names::ALERTS).copied();
    let near = names::nearest(kind, known.clone());
    let help = did_you_mean(kind, known).unwrap_or_else(|| format!("The kinds are: {}.", names::KINDS.join(", ")));
    let diagnostic = found.error(
        Code::KindUnknown,
        span.clone(),
        format!("`{kind}` is not a kind of block."),
    );
    diagnostic.help(help);
    if let Some(near) = near {
        diagnostic.fix(span, near);
    }
}

fn report_second_opener(source: &str, node: Node<'_>, first: &Range<usize>, found: &mut Findings<'_>) {
    let rest = first.end..node.span().end;
    let text = source.get(rest.clone()).unwrap_or_default();
    if !memchr::memchr_iter(b'[', text.as_bytes()).any(|at| text[at..].starts_with("[!")) {
        return;
    }
    for line in lines_in(source, rest) {
        if line.start > first.end && is_opener(source, line.clone()) {
            found
                .error(
                    Code::TwoOpeners,
                    line.clone(),
                    "A second block begins here, but the box of the first has not ended.",
                )
                .label(first.clone(), "the first block")
                .help("Put a blank line between two blocks, without a `>`.")
                .fix(line.start..line.start, "\n");
        }
    }
}

/// A tail at the end of a later line of the opener's paragraph: the prompt was wrapped.
fn late_tail(source: &str, node: Node<'_>, first: &Range<usize>) -> Option<Range<usize>> {
    let paragraph = node.children().first().filter(|child| child.is_paragraph())?;
    lines_in(source, first.end..paragraph.span().end)
        .filter(|line| line.start > first.end && !is_opener(source, line.clone()))
        .find_map(|line| tail::split(source, line).1)
        .filter(|span| source[span.clone()].starts_with("{#"))
}

fn inlines_of(node: Node<'_>, within: &Range<usize>, found: &mut Findings<'_>) -> Vec<Inline> {
    match node.children().first() {
        Some(first) if first.is_paragraph() => inlines(first.children(), within, found),
        _ => Vec::new(),
    }
}

/// The help text, and the lists that the kind may want.
fn contents<'s, 'n>(
    source: &'s str,
    node: Node<'n>,
    first: &Range<usize>,
    wrapped: bool,
    kind: &str,
    found: &mut Findings<'s>,
) -> (Vec<Prose>, Vec<Node<'n>>) {
    let (mut help, mut lists) = (Vec::new(), Vec::new());
    for child in node.children() {
        let begins_in_opener = child.span().start < first.end;
        if begins_in_opener && child.is_paragraph() {
            if child.span().end > first.end {
                let rest = first.end..child.span().end;
                let children = inlines(child.children(), &rest, found);
                if !children.is_empty() {
                    help.push(Prose::Paragraph { children });
                }
                if !wrapped {
                    report_tail(source, rest, found);
                }
            }
        } else if matches!(child.what(), What::List(start) if body::wants(kind, start.is_some())) {
            lists.push(child);
        } else if child.is_list() && bullets::is_meant(node, kind) {
            bullets::report_kind_of_list(child, kind, found);
            lists.push(child);
        } else {
            help.extend(prose::one(source, child, found));
        }
    }
    (help, lists)
}

fn report_missing(
    kind: &str,
    prompt: &str,
    attributes: &Attributes<'_>,
    before: &Range<usize>,
    found: &mut Findings<'_>,
) {
    if prompt.is_empty() && !names::speaks_for_itself(kind) {
        found
            .error(
                Code::PromptMissing,
                before.clone(),
                format!("This `{kind}` asks nothing."),
            )
            .help("Write what it asks after `]`, on the same line. It is kept beside each answer.");
    }
    if names::keeps_answers(kind) && !attributes.id_tried() {
        let id = Id::from_words(prompt).map_or_else(|| "name".to_owned(), |id| id.to_string());
        let diagnostic = found
            .error(
                Code::IdMissing,
                before.clone(),
                format!("This `{kind}` has no id, so answers to it could not be kept."),
            )
            .help(format!("Give it a name that will stay, for example `{{#{id}}}`."));
        match attributes.tail_span() {
            Some(tail) => diagnostic.fix(tail.start + 1..tail.start + 1, format!("#{id} ")),
            None => diagnostic.fix(before.end..before.end, format!(" {{#{id}}}")),
        };
    }
}
