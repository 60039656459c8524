//! Markdown as a tree with byte spans: the one place that knows the parser.
//!
//! Nothing is judged here but the depth; what a lesson may hold is `prose`'s business.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use crate::{Alert, Code, Findings, MAX_DEPTH};

/// A piece of Markdown.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) what: What,
    pub(crate) span: Range<usize>,
    pub(crate) children: Vec<Node>,
}

/// What a piece is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum What {
    Root,
    Paragraph,
    Heading(u8),
    Quote(Option<Alert>),
    List(Option<u64>),
    /// Whether blank lines set its text apart, as in a loose list.
    Item {
        loose: bool,
    },
    Code(String),
    Html,
    Table,
    Row,
    Cell,
    Footnote(String),
    Rule,
    Text(String),
    InlineCode(String),
    Emph,
    Strong,
    Strike,
    Link {
        href: String,
        title: Option<String>,
    },
    Image {
        src: String,
        title: Option<String>,
    },
    FootnoteRef(String),
    Task,
    SoftBreak,
    HardBreak,
}

impl What {
    fn is_inline(&self) -> bool {
        use What::*;
        matches!(
            self,
            Text(_)
                | InlineCode(_)
                | Emph
                | Strong
                | Strike
                | Link { .. }
                | Image { .. }
                | FootnoteRef(_)
                | Task
                | SoftBreak
                | HardBreak
        )
    }
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_GFM
        | Options::ENABLE_HEADING_ATTRIBUTES
}

/// The tree of a part of the source. Spans are of the whole source.
pub(crate) fn tree(source: &str, body: Range<usize>, found: &mut Findings<'_>) -> Vec<Node> {
    let mut open = vec![Node {
        what: What::Root,
        span: body.clone(),
        children: Vec::new(),
    }];
    // How many levels below the deepest allowed one we are: their content is left out.
    let mut beyond = 0_usize;
    for (event, span) in Parser::new_ext(&source[body.clone()], options()).into_offset_iter() {
        let span = span.start + body.start..span.end + body.start;
        match event {
            Event::Start(_) if beyond > 0 => beyond += 1,
            Event::Start(_) if open.len() > MAX_DEPTH => {
                beyond = 1;
                found
                    .error(
                        Code::TooLarge,
                        span,
                        format!("This is nested more than {MAX_DEPTH} levels deep."),
                    )
                    .help("Say it in fewer levels.");
            }
            Event::Start(tag) => open.push(Node {
                what: container(tag),
                span,
                children: Vec::new(),
            }),
            Event::End(_) if beyond > 0 => beyond -= 1,
            Event::End(end) => close(&mut open, end),
            _ if beyond > 0 => {}
            other => {
                if let (Some(what), Some(parent)) = (leaf(other), open.last_mut()) {
                    parent.children.push(Node {
                        what,
                        span,
                        children: Vec::new(),
                    });
                }
            }
        }
    }
    while open.len() > 1 {
        close(&mut open, TagEnd::Paragraph);
    }
    open.pop().map(|root| root.children).unwrap_or_default()
}

fn close(open: &mut Vec<Node>, _: TagEnd) {
    if open.len() < 2 {
        return;
    }
    let Some(mut node) = open.pop() else { return };
    if let What::Item { loose } = &mut node.what {
        *loose = node.children.iter().any(|child| child.what == What::Paragraph);
    }
    if matches!(node.what, What::Item { .. } | What::Footnote(_)) {
        node.children = with_paragraphs(node.children);
    }
    if let Some(parent) = open.last_mut() {
        parent.children.push(node);
    }
}

/// The text of a tight list's items stands in them bare; wrapped, it reads as a loose list's does.
fn with_paragraphs(children: Vec<Node>) -> Vec<Node> {
    let mut wrapped: Vec<Node> = Vec::new();
    let mut in_run = false;
    for child in children {
        if !child.what.is_inline() {
            in_run = false;
            wrapped.push(child);
            continue;
        }
        match wrapped.last_mut() {
            Some(paragraph) if in_run => {
                paragraph.span.end = child.span.end.max(paragraph.span.end);
                paragraph.children.push(child);
            }
            _ => {
                in_run = true;
                wrapped.push(Node {
                    what: What::Paragraph,
                    span: child.span.clone(),
                    children: vec![child],
                });
            }
        }
    }
    wrapped
}

fn container(tag: Tag<'_>) -> What {
    match tag {
        Tag::Heading { level, .. } => What::Heading(level_number(level)),
        Tag::BlockQuote(kind) => What::Quote(kind.map(alert)),
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) => What::Code(info.to_string()),
        Tag::CodeBlock(CodeBlockKind::Indented) => What::Code(String::new()),
        Tag::HtmlBlock => What::Html,
        Tag::List(start) => What::List(start),
        Tag::Item => What::Item { loose: false },
        Tag::FootnoteDefinition(label) => What::Footnote(label.to_string()),
        Tag::Table(_) => What::Table,
        Tag::TableHead | Tag::TableRow => What::Row,
        Tag::TableCell => What::Cell,
        Tag::Emphasis => What::Emph,
        Tag::Strong => What::Strong,
        Tag::Strikethrough => What::Strike,
        // The parser leaves it to the renderer to make an address of a bare e-mail.
        Tag::Link {
            link_type: LinkType::Email,
            dest_url,
            ..
        } => What::Link {
            href: format!("mailto:{dest_url}"),
            title: None,
        },
        Tag::Link { dest_url, title, .. } => What::Link {
            href: dest_url.to_string(),
            title: said(&title),
        },
        Tag::Image { dest_url, title, .. } => What::Image {
            src: dest_url.to_string(),
            title: said(&title),
        },
        // The options that would make any other tag are off.
        _ => What::Paragraph,
    }
}

fn said(title: &str) -> Option<String> {
    (!title.is_empty()).then(|| title.to_owned())
}

fn leaf(event: Event<'_>) -> Option<What> {
    Some(match event {
        Event::Text(text) => What::Text(text.to_string()),
        Event::Code(text) => What::InlineCode(text.to_string()),
        Event::Html(_) | Event::InlineHtml(_) => What::Html,
        Event::FootnoteReference(label) => What::FootnoteRef(label.to_string()),
        Event::SoftBreak => What::SoftBreak,
        Event::HardBreak => What::HardBreak,
        Event::Rule => What::Rule,
        Event::TaskListMarker(_) => What::Task,
        _ => return None,
    })
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn alert(kind: BlockQuoteKind) -> Alert {
    match kind {
        BlockQuoteKind::Note => Alert::Note,
        BlockQuoteKind::Tip => Alert::Tip,
        BlockQuoteKind::Important => Alert::Important,
        BlockQuoteKind::Warning => Alert::Warning,
        BlockQuoteKind::Caution => Alert::Caution,
    }
}
