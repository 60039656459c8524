//! Markdown as a tree with byte spans: the one place that knows the parser.
//!
//! Nothing is judged here but the depth; what a lesson may hold is `prose`'s business. The tree is one list, and its texts
//! are borrowed from the file: reading a lesson asks for memory once, not once for each piece.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag};

use crate::{Alert, Code, Findings, MAX_DEPTH};

/// Every piece of a text, each before what it holds.
pub(crate) struct Tree<'s> {
    pieces: Vec<Piece<'s>>,
}

impl Tree<'_> {
    /// What stands at the top level.
    pub(crate) fn nodes(&self) -> Nodes<'_> {
        Nodes { pieces: &self.pieces }
    }

    /// Every piece, at whatever level.
    pub(crate) fn all(&self) -> impl Iterator<Item = (&What<'_>, Range<usize>)> {
        self.pieces.iter().map(|piece| (&piece.what, piece.span.clone()))
    }
}

struct Piece<'s> {
    what: What<'s>,
    span: Range<usize>,
    /// How many pieces of the list it takes with all that it holds, itself included.
    size: usize,
}

/// A piece of Markdown with all that it holds.
#[derive(Clone, Copy)]
pub(crate) struct Node<'t> {
    /// Its own piece, then those within it.
    pieces: &'t [Piece<'t>],
}

impl<'t> Node<'t> {
    pub(crate) fn what(self) -> &'t What<'t> {
        &self.pieces[0].what
    }

    pub(crate) fn span(self) -> Range<usize> {
        self.pieces[0].span.clone()
    }

    pub(crate) fn children(self) -> Nodes<'t> {
        Nodes {
            pieces: &self.pieces[1..],
        }
    }

    pub(crate) fn is_paragraph(self) -> bool {
        matches!(self.what(), What::Paragraph)
    }

    pub(crate) fn is_list(self) -> bool {
        matches!(self.what(), What::List(_))
    }
}

/// Pieces beside each other, in the order of the source.
#[derive(Clone)]
pub(crate) struct Nodes<'t> {
    pieces: &'t [Piece<'t>],
}

impl<'t> Nodes<'t> {
    /// The next one, which is not taken.
    pub(crate) fn first(&self) -> Option<Node<'t>> {
        self.clone().next()
    }
}

impl<'t> Iterator for Nodes<'t> {
    type Item = Node<'t>;

    fn next(&mut self) -> Option<Node<'t>> {
        let (pieces, rest) = self.pieces.split_at(self.pieces.first()?.size);
        self.pieces = rest;
        Some(Node { pieces })
    }
}

/// What a piece is.
#[derive(Debug)]
pub(crate) enum What<'s> {
    Paragraph,
    Heading(u8),
    Quote(Option<Alert>),
    List(Option<u64>),
    /// Whether blank lines set its text apart, as in a loose list.
    Item {
        loose: bool,
    },
    Code(CowStr<'s>),
    Html,
    Table,
    Row,
    Cell,
    Footnote(CowStr<'s>),
    Rule,
    Text(CowStr<'s>),
    InlineCode(CowStr<'s>),
    Emph,
    Strong,
    Strike,
    Link {
        href: CowStr<'s>,
        title: CowStr<'s>,
    },
    Image {
        src: CowStr<'s>,
        title: CowStr<'s>,
    },
    FootnoteRef(CowStr<'s>),
    Task,
    SoftBreak,
    HardBreak,
}

impl What<'_> {
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
pub(crate) fn tree<'s>(source: &'s str, body: Range<usize>, found: &mut Findings<'_>) -> Tree<'s> {
    let mut growing = Growing {
        source,
        // A line has a text and a break; blocks and marks come with the lines they stand in.
        pieces: Vec::with_capacity(body.len() / 24 + 16),
        open: Vec::with_capacity(MAX_DEPTH + 1),
        depth: 0,
        in_text: false,
    };
    // How many levels below the deepest allowed one we are: their content is left out.
    let mut beyond = 0_usize;
    for (event, span) in Parser::new_ext(&source[body.clone()], options()).into_offset_iter() {
        let span = span.start + body.start..span.end + body.start;
        match event {
            Event::Start(_) if beyond > 0 => beyond += 1,
            Event::Start(_) if growing.depth >= MAX_DEPTH => {
                beyond = 1;
                found
                    .error(
                        Code::TooLarge,
                        span,
                        format!("This is nested more than {MAX_DEPTH} levels deep."),
                    )
                    .help("Say it in fewer levels.");
            }
            Event::Start(tag) => growing.begin(container(tag), span),
            Event::End(_) if beyond > 0 => beyond -= 1,
            Event::End(_) => growing.end(),
            _ if beyond > 0 => {}
            Event::Text(text) => growing.text(text, span),
            other => {
                if let Some(what) = leaf(other) {
                    growing.add(what, span);
                }
            }
        }
    }
    while growing.depth > 0 {
        growing.end();
    }
    Tree { pieces: growing.pieces }
}

/// A tree that is not whole yet.
struct Growing<'s> {
    source: &'s str,
    pieces: Vec<Piece<'s>>,
    /// The pieces that still take others, from the outermost in.
    open: Vec<Open>,
    /// How many of them the source has.
    depth: usize,
    /// The last piece is a text, and more of it may follow.
    in_text: bool,
}

struct Open {
    at: usize,
    /// A paragraph that the source does not have: the text of a tight list's items stands in them bare; wrapped, it reads as
    /// a loose list's does.
    made: bool,
}

impl<'s> Growing<'s> {
    fn begin(&mut self, what: What<'s>, span: Range<usize>) {
        let at = self.add(what, span);
        self.open.push(Open { at, made: false });
        self.depth += 1;
    }

    fn end(&mut self) {
        self.end_made();
        self.close();
        self.depth = self.depth.saturating_sub(1);
    }

    fn end_made(&mut self) {
        if self.open.last().is_some_and(|open| open.made) {
            self.close();
        }
    }

    fn close(&mut self) {
        self.in_text = false;
        if let Some(Open { at, .. }) = self.open.pop() {
            self.pieces[at].size = self.pieces.len() - at;
        }
    }

    /// Adds a piece and says where it is.
    fn add(&mut self, what: What<'s>, span: Range<usize>) -> usize {
        if what.is_inline() {
            self.wrap(&span);
        } else {
            self.end_made();
            if let (What::Paragraph, Some(open)) = (&what, self.open.last())
                && let What::Item { loose } = &mut self.pieces[open.at].what
            {
                *loose = true;
            }
        }
        self.in_text = false;
        self.pieces.push(Piece { what, span, size: 1 });
        self.pieces.len() - 1
    }

    /// Sees to it that what is added next, a part of a line, stands in a paragraph if it stands bare in an item or a footnote.
    fn wrap(&mut self, span: &Range<usize>) {
        let Some(open) = self.open.last() else { return };
        let parent = &mut self.pieces[open.at];
        if open.made {
            parent.span.end = parent.span.end.max(span.end);
        } else if matches!(parent.what, What::Item { .. } | What::Footnote(_)) {
            let at = self.pieces.len();
            self.open.push(Open { at, made: true });
            self.pieces.push(Piece {
                what: What::Paragraph,
                span: span.clone(),
                size: 1,
            });
        }
    }

    /// Adds text. The parser cuts it wherever a mark could have begun; what adjoins in the source is one text again.
    fn text(&mut self, text: CowStr<'s>, span: Range<usize>) {
        if self.in_text
            && self.is_source(&text, &span)
            && let Some(Piece {
                what: What::Text(before),
                span: whole,
                ..
            }) = self.pieces.last_mut()
            && whole.end == span.start
        {
            whole.end = span.end;
            *before = CowStr::Borrowed(&self.source[whole.clone()]);
            if let Some(Open { at, made: true }) = self.open.last() {
                self.pieces[*at].span.end = span.end;
            }
            return;
        }
        let in_text = self.is_source(&text, &span);
        self.add(What::Text(text), span);
        self.in_text = in_text;
    }

    /// Whether a text is the source as it stands, and not an entity or a character that was put in its place.
    fn is_source(&self, text: &CowStr<'s>, span: &Range<usize>) -> bool {
        let stands = self.source.get(span.clone());
        matches!((text, stands), (CowStr::Borrowed(text), Some(stands)) if std::ptr::eq(*text, stands))
    }
}

fn container(tag: Tag<'_>) -> What<'_> {
    match tag {
        Tag::Heading { level, .. } => What::Heading(level_number(level)),
        Tag::BlockQuote(kind) => What::Quote(kind.map(alert)),
        Tag::CodeBlock(CodeBlockKind::Fenced(info)) => What::Code(info),
        Tag::CodeBlock(CodeBlockKind::Indented) => What::Code(CowStr::Borrowed("")),
        Tag::HtmlBlock => What::Html,
        Tag::List(start) => What::List(start),
        Tag::Item => What::Item { loose: false },
        Tag::FootnoteDefinition(label) => What::Footnote(label),
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
            href: format!("mailto:{dest_url}").into(),
            title: CowStr::Borrowed(""),
        },
        Tag::Link { dest_url, title, .. } => What::Link { href: dest_url, title },
        Tag::Image { dest_url, title, .. } => What::Image { src: dest_url, title },
        // The options that would make any other tag are off.
        _ => What::Paragraph,
    }
}

fn leaf(event: Event<'_>) -> Option<What<'_>> {
    Some(match event {
        Event::Code(text) => What::InlineCode(text),
        Event::Html(_) | Event::InlineHtml(_) => What::Html,
        Event::FootnoteReference(label) => What::FootnoteRef(label),
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
