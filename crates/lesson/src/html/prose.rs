//! Text as HTML, in the form that CommonMark's own examples have.
//!
//! Deliberately not here: smart quotes and the look of a page. What a lesson may not hold has been reported already; what is
//! drawn all the same is safe to open: no HTML of the author's, no address but the kinds a lesson may have (unless asked for).

use std::fmt::Write;

use pulldown_cmark_escape::{escape_href, escape_html, escape_html_body_text};

use crate::{Alert, Inline, Prose};

/// How text is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trust {
    /// Only what a lesson may hold: other links are plain words, other pictures their description.
    Lesson,
    /// Every link and picture, as Markdown has them: for comparing with other renderers.
    Bare,
}

/// Blocks of text, one after the other.
pub(crate) fn blocks(out: &mut String, all: &[Prose], trust: Trust) {
    for one in all {
        block(out, one, trust);
    }
}

fn block(out: &mut String, prose: &Prose, trust: Trust) {
    match prose {
        Prose::Paragraph { children } => element(out, "p", children, trust),
        Prose::Heading { level, children } => element(out, &format!("h{}", (*level).clamp(1, 6)), children, trust),
        Prose::List { start, tight, items } => list(out, *start, *tight, items, trust),
        Prose::Quote { alert, children } => {
            match alert {
                Some(alert) => _ = writeln!(out, "<blockquote class=\"alert {}\">", word_of(*alert)),
                None => out.push_str("<blockquote>\n"),
            }
            blocks(out, children, trust);
            out.push_str("</blockquote>\n");
        }
        Prose::Code { info, text } => {
            match info.split_whitespace().next() {
                Some(language) => _ = write!(out, "<pre><code class=\"language-{}\">", escaped(language)),
                None => out.push_str("<pre><code>"),
            }
            _ = escape_html_body_text(&mut *out, text);
            out.push_str("</code></pre>\n");
        }
        Prose::Table { head, rows } => table(out, head, rows, trust),
        Prose::Footnote { label, children } => {
            _ = writeln!(out, "<aside class=\"footnote\"><span>{}</span>", escaped(label));
            blocks(out, children, trust);
            out.push_str("</aside>\n");
        }
        Prose::Rule => out.push_str("<hr />\n"),
    }
}

fn element(out: &mut String, name: &str, children: &[Inline], trust: Trust) {
    _ = write!(out, "<{name}>");
    inlines(out, children, trust);
    _ = writeln!(out, "</{name}>");
}

fn list(out: &mut String, start: Option<u32>, tight: bool, items: &[Vec<Prose>], trust: Trust) {
    match start {
        None => out.push_str("<ul>\n"),
        Some(1) => out.push_str("<ol>\n"),
        Some(first) => _ = writeln!(out, "<ol start=\"{first}\">"),
    }
    for item in items {
        out.push_str("<li>");
        if tight {
            tight_item(out, item, trust);
        } else {
            if !item.is_empty() {
                out.push('\n');
            }
            blocks(out, item, trust);
        }
        out.push_str("</li>\n");
    }
    out.push_str(if start.is_some() { "</ol>\n" } else { "</ul>\n" });
}

/// The text of a tight list's items stands in them without a paragraph of its own.
fn tight_item(out: &mut String, item: &[Prose], trust: Trust) {
    for (at, one) in item.iter().enumerate() {
        if let Prose::Paragraph { children } = one {
            inlines(out, children, trust);
            if at + 1 < item.len() {
                out.push('\n');
            }
        } else {
            if at == 0 {
                out.push('\n');
            }
            block(out, one, trust);
        }
    }
}

fn table(out: &mut String, head: &[Vec<Inline>], rows: &[Vec<Vec<Inline>>], trust: Trust) {
    out.push_str("<table>\n<thead>\n");
    let row = |out: &mut String, cells: &[Vec<Inline>], name: &str| {
        out.push_str("<tr>");
        for cell in cells {
            _ = write!(out, "<{name}>");
            inlines(out, cell, trust);
            _ = write!(out, "</{name}>");
        }
        out.push_str("</tr>\n");
    };
    row(out, head, "th");
    out.push_str("</thead>\n<tbody>\n");
    for cells in rows {
        row(out, cells, "td");
    }
    out.push_str("</tbody>\n</table>\n");
}

/// A run of text within a line.
pub(crate) fn inlines(out: &mut String, all: &[Inline], trust: Trust) {
    for one in all {
        inline(out, one, trust);
    }
}

fn inline(out: &mut String, inline: &Inline, trust: Trust) {
    let mut wrapped = |name: &str, children: &[Inline]| {
        _ = write!(out, "<{name}>");
        inlines(out, children, trust);
        _ = write!(out, "</{name}>");
    };
    match inline {
        Inline::Text { text } => _ = escape_html(&mut *out, text),
        Inline::Emph { children } => wrapped("em", children),
        Inline::Strong { children } => wrapped("strong", children),
        Inline::Strike { children } => wrapped("del", children),
        Inline::Code { text } => {
            out.push_str("<code>");
            _ = escape_html_body_text(&mut *out, text);
            out.push_str("</code>");
        }
        Inline::Link { href, title, children } => {
            if trust == Trust::Lesson && !crate::prose::may_lead(href) {
                inlines(out, children, trust);
                return;
            }
            out.push_str("<a href=\"");
            _ = escape_href(&mut *out, href);
            out.push('"');
            titled(out, title.as_deref());
            out.push('>');
            inlines(out, children, trust);
            out.push_str("</a>");
        }
        Inline::Image { src, alt, title } => {
            if trust == Trust::Lesson && !crate::is_in_pack(src) {
                _ = escape_html(&mut *out, alt);
                return;
            }
            out.push_str("<img src=\"");
            _ = escape_href(&mut *out, src);
            out.push_str("\" alt=\"");
            _ = escape_html(&mut *out, alt);
            out.push('"');
            titled(out, title.as_deref());
            out.push_str(" />");
        }
        Inline::FootnoteRef { label } => _ = write!(out, "<sup>{}</sup>", escaped(label)),
        Inline::SoftBreak => out.push('\n'),
        Inline::HardBreak => out.push_str("<br />\n"),
    }
}

fn titled(out: &mut String, title: Option<&str>) {
    if let Some(title) = title {
        _ = write!(out, " title=\"{}\"", escaped(title));
    }
}

/// Text that stands for itself in HTML, also between quotation marks.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    _ = escape_html(&mut out, text);
    out
}

fn word_of(alert: Alert) -> &'static str {
    match alert {
        Alert::Note => "note",
        Alert::Tip => "tip",
        Alert::Important => "important",
        Alert::Warning => "warning",
        Alert::Caution => "caution",
    }
}
