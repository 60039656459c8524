//! From the tree to the text that people read; whatever a lesson may not hold is reported on the way.

use std::ops::Range;

use crate::markdown::{Node, Nodes, What};
use crate::names;
use crate::place::line_range;
use crate::{Code, Findings, Inline, Prose};

/// Blocks of text.
pub(crate) fn prose<'s>(source: &'s str, nodes: Nodes<'_>, found: &mut Findings<'s>) -> Vec<Prose> {
    let mut list = Vec::with_capacity(nodes.clone().count());
    list.extend(nodes.filter_map(|node| one(source, node, found)));
    list
}

/// One block of text; `None` if there is nothing in it to read.
pub(crate) fn one<'s>(source: &'s str, node: Node<'_>, found: &mut Findings<'s>) -> Option<Prose> {
    Some(match node.what() {
        What::Paragraph => {
            let children = inlines(node.children(), &node.span(), found);
            if children.is_empty() {
                return None;
            }
            report_tail(source, node.span(), found);
            Prose::Paragraph { children }
        }
        What::Heading(level) => {
            report_tail(source, node.span(), found);
            Prose::Heading {
                level: *level,
                children: inlines(node.children(), &node.span(), found),
            }
        }
        What::List(start) => {
            let tight = !node
                .children()
                .any(|item| matches!(item.what(), What::Item { loose: true }));
            Prose::List {
                start: start.map(|start| u32::try_from(start).unwrap_or(u32::MAX)),
                tight,
                items: node
                    .children()
                    .map(|item| prose(source, item.children(), found))
                    .collect(),
            }
        }
        What::Quote(alert) => {
            // What is wrong with a block in the wrong place was said once; its tails need no words of their own.
            let mut unheard = Findings::new(source);
            let nested = report_nested_block(source, node, found);
            let heard = if nested { &mut unheard } else { found };
            Prose::Quote {
                alert: *alert,
                children: prose(source, node.children(), heard),
            }
        }
        What::Code(info) => Prose::Code {
            info: info.to_string(),
            text: plain(node.children()),
        },
        What::Table => {
            let mut rows = node.children().map(|row| {
                row.children()
                    .map(|cell| inlines(cell.children(), &cell.span(), found))
                    .collect()
            });
            Prose::Table {
                head: rows.next().unwrap_or_default(),
                rows: rows.collect(),
            }
        }
        What::Footnote(label) => Prose::Footnote {
            label: label.to_string(),
            children: prose(source, node.children(), found),
        },
        What::Rule => Prose::Rule,
        What::Html => {
            report_html(node, found);
            return None;
        }
        _ => return None,
    })
}

/// The inline text that lies within a span; text that reaches beyond it is cut.
pub(crate) fn inlines(nodes: Nodes<'_>, within: &Range<usize>, found: &mut Findings<'_>) -> Vec<Inline> {
    let mut list = untrimmed(nodes, within, found);
    trim(&mut list);
    list
}

fn untrimmed(nodes: Nodes<'_>, within: &Range<usize>, found: &mut Findings<'_>) -> Vec<Inline> {
    let within_it = |node: &Node<'_>| node.span().end > within.start && node.span().start < within.end;
    let mut list = Vec::with_capacity(nodes.clone().filter(within_it).count());
    for node in nodes.filter(within_it) {
        if let Some(inline) = one_inline(node, within, found) {
            push(&mut list, inline);
        }
    }
    list
}

fn one_inline(node: Node<'_>, within: &Range<usize>, found: &mut Findings<'_>) -> Option<Inline> {
    let children = |found: &mut Findings<'_>| {
        let list = untrimmed(node.children(), within, found);
        Some(list).filter(|list| !list.is_empty())
    };
    Some(match node.what() {
        What::Text(text) => Inline::Text {
            text: cut(text, &node.span(), within)?.to_owned(),
        },
        What::InlineCode(text) => Inline::Code { text: text.to_string() },
        What::Emph => Inline::Emph {
            children: children(found)?,
        },
        What::Strong => Inline::Strong {
            children: children(found)?,
        },
        What::Strike => Inline::Strike {
            children: children(found)?,
        },
        What::Link { href, title } => {
            if !may_lead(href) {
                found
                    .error(
                        Code::LinkRefused,
                        node.span(),
                        format!("A lesson may not link to `{href}`."),
                    )
                    .help(
                        "Links can lead to `https://…`, `mailto:…`, `tel:…`, or to a step of this lesson: `#step-id`.",
                    );
            }
            Inline::Link {
                href: href.to_string(),
                title: said(title),
                children: children(found).unwrap_or_default(),
            }
        }
        What::Image { src, title } => {
            let alt = words(&children(found).unwrap_or_default());
            report_image(src, &alt, node, found);
            Inline::Image {
                src: src.to_string(),
                alt,
                title: said(title),
            }
        }
        What::Html => {
            report_html(node, found);
            return None;
        }
        What::FootnoteRef(label) => Inline::FootnoteRef {
            label: label.to_string(),
        },
        What::SoftBreak => Inline::SoftBreak,
        What::HardBreak => Inline::HardBreak,
        _ => return None,
    })
}

fn said(title: &str) -> Option<String> {
    (!title.is_empty()).then(|| title.to_owned())
}

/// The part of a text that lies within a span. A text that is not its own source (an entity) is never cut.
fn cut<'t>(text: &'t str, span: &Range<usize>, within: &Range<usize>) -> Option<&'t str> {
    if span.len() != text.len() {
        return (span.start >= within.start && span.end <= within.end).then_some(text);
    }
    let from = within.start.saturating_sub(span.start);
    let to = within.end.min(span.end) - span.start;
    text.get(from..to).filter(|part| !part.is_empty())
}

/// Adds a piece; adjoining text becomes one.
fn push(list: &mut Vec<Inline>, inline: Inline) {
    match (list.last_mut(), inline) {
        (Some(Inline::Text { text }), Inline::Text { text: more }) => text.push_str(&more),
        (_, inline) => list.push(inline),
    }
}

fn trim(list: &mut Vec<Inline>) {
    while matches!(list.last(), Some(Inline::SoftBreak | Inline::HardBreak)) {
        list.pop();
    }
    while matches!(list.first(), Some(Inline::SoftBreak | Inline::HardBreak)) {
        list.remove(0);
    }
    if let Some(Inline::Text { text }) = list.first_mut()
        && text.starts_with(' ')
    {
        *text = text.trim_start_matches(' ').to_owned();
    }
    if let Some(Inline::Text { text }) = list.last_mut() {
        text.truncate(text.trim_end_matches(' ').len());
    }
    list.retain(|inline| !matches!(inline, Inline::Text { text } if text.is_empty()));
}

/// The words of some inline text, without marks.
pub(crate) fn words(inlines: &[Inline]) -> String {
    if let [Inline::Text { text }] = inlines {
        return text.clone();
    }
    let mut words = String::new();
    push_words(inlines, &mut words);
    words
}

fn push_words(inlines: &[Inline], words: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text { text } | Inline::Code { text } => words.push_str(text),
            Inline::Emph { children }
            | Inline::Strong { children }
            | Inline::Strike { children }
            | Inline::Link { children, .. } => push_words(children, words),
            Inline::Image { alt, .. } => words.push_str(alt),
            Inline::SoftBreak | Inline::HardBreak => words.push(' '),
            Inline::FootnoteRef { .. } => {}
        }
    }
}

/// The same, without the white space around them.
pub(crate) fn trimmed_words(inlines: &[Inline]) -> String {
    let words = words(inlines);
    if words.trim().len() == words.len() {
        words
    } else {
        words.trim().to_owned()
    }
}

fn plain(nodes: Nodes<'_>) -> String {
    nodes
        .filter_map(|node| match node.what() {
            What::Text(text) => Some(&**text),
            _ => None,
        })
        .collect()
}

pub(crate) fn may_lead(href: &str) -> bool {
    let outside = ["https://", "mailto:", "tel:"].iter().any(|scheme| {
        let begins = href.get(..scheme.len());
        begins.is_some_and(|begins| begins.eq_ignore_ascii_case(scheme)) && href.len() > scheme.len()
    });
    outside || href.strip_prefix('#').is_some_and(|step| crate::Id::new(step).is_ok())
}

/// Whether an image lies in the pack: a path downwards from the course's folder to a PNG, JPEG or WebP. Whether it is there,
/// and is what its name says, the course knows.
pub fn is_in_pack(src: &str) -> bool {
    let file = src.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let is_picture = file.is_some_and(|ending| ["png", "jpg", "jpeg", "webp"].contains(&ending.as_str()));
    let plain = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains([':', '\\', '?', '#', '%']);
    is_picture && src.split('/').all(plain)
}

fn report_image(src: &str, alt: &str, node: Node<'_>, found: &mut Findings<'_>) {
    if !is_in_pack(src) {
        found
            .error(
                Code::ImageRefused,
                node.span(),
                format!("A lesson may not show `{src}`: a picture lies in the course's own folder."),
            )
            .help("Put a PNG, JPEG or WebP beside the lessons and name it like this: `![What it shows](images/lamp.png)`.");
    } else if alt.trim().is_empty() {
        found
            .error(
                Code::ImageRefused,
                node.span(),
                "This picture says nothing to someone who cannot see it.",
            )
            .help("Write what it shows between the brackets: `![A lamp on a table](images/lamp.png)`.");
    }
}

fn report_html(node: Node<'_>, found: &mut Findings<'_>) {
    found
        .error(
            Code::Html,
            node.span(),
            "There is HTML here. Lessons are plain Markdown, so that they can never run anything.",
        )
        .help("Take it out. If you meant a `<` sign, write `\\<`.");
}

fn report_nested_block(source: &str, node: Node<'_>, found: &mut Findings<'_>) -> bool {
    if let Some(kind) = crate::opener::of_quote(source, node).map(|opener| opener.kind)
        && !names::ALERTS.contains(&kind)
    {
        found
            .error(
                Code::BlockNested,
                node.span(),
                format!("This `[!{kind}]` block stands inside a list or another box."),
            )
            .help("Move it out: a block begins at the start of a line, with a blank line before and after.");
        return true;
    }
    false
}

/// Reports a tail at the end of text that takes none.
pub(crate) fn report_tail(source: &str, span: Range<usize>, found: &mut Findings<'_>) {
    if crate::tail::begun(&source[span.clone()]).is_none() {
        return;
    }
    for line in crate::place::lines_in(source, span.clone()) {
        let line = line.start.max(span.start)..line.end.min(span.end).max(line.start.max(span.start));
        // A second opener in a box was reported as such.
        if crate::opener::is_opener(source, line_range(source, line.start)) {
            continue;
        }
        let (_, tail) = crate::tail::split(source, line);
        if let Some(tail) = tail.filter(|tail| source[tail.clone()].starts_with("{#")) {
            found
                .error(Code::TailAstray, tail, "This tail belongs to nothing.")
                .help(
                    "Tails stand on step headings (`##`), on the first line of a block and on the items of its list.",
                );
        }
    }
}
