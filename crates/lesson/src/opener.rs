//! A block's opener `> [!kind]`: finding it, and telling when one was meant.

use std::ops::Range;

use crate::markdown::Node;
use crate::names;
use crate::place::{line_range, lines_in};
use crate::{Code, Findings};

/// The first line of a block.
pub(crate) struct Opener<'s> {
    pub(crate) line: Range<usize>,
    /// The kind as written.
    pub(crate) kind: &'s str,
    /// Where the rest of the line begins.
    pub(crate) prompt: usize,
}

/// A quote's opener, if its first line is one.
pub(crate) fn of_quote<'s>(source: &'s str, node: Node<'_>) -> Option<Opener<'s>> {
    let start = node.span().start;
    let line = start..line_range(source, start).end;
    let (kind, prompt) = opener(source, line.clone())?;
    Some(Opener { line, kind, prompt })
}

/// Within a line: the kind, and where the rest begins.
pub(crate) fn opener(source: &str, line: Range<usize>) -> Option<(&str, usize)> {
    let text = source.get(line.clone())?;
    let rest = text.trim_start().strip_prefix('>')?.trim_start().strip_prefix("[!")?;
    let (kind, after) = rest.split_once(']')?;
    let fits = !kind.is_empty()
        && kind
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    fits.then(|| (kind, line.end - after.len()))
}

/// Reports a quote that looks as if it was meant to be a block.
pub(crate) fn report_no_opener(source: &str, node: Node<'_>, found: &mut Findings<'_>) -> bool {
    let mut first = true;
    for line in lines_in(source, node.span()) {
        let line = line.start.max(node.span().start)..line.end;
        if let Some((kind, _)) = opener(source, line.clone()) {
            found
                .error(
                    Code::OpenerBroken,
                    line,
                    format!("`[!{kind}]` has to be the first line of its box."),
                )
                .help("Put a blank line before it, so that it begins a box of its own.");
            return true;
        }
        let text = source[line.clone()].trim_start().trim_start_matches('>').trim_start();
        let meant = kind_meant(text).filter(|_| first && (!text.starts_with('!') || text.contains("{#")));
        if let Some(kind) = meant {
            found
                .error(
                    Code::OpenerBroken,
                    line,
                    format!(
                        "This looks like the opener of {}, but it is not in its form.",
                        names::a(kind)
                    ),
                )
                .help(format!("Write `> [!{kind}] Prompt {{#id}}`."));
            return true;
        }
        first = false;
    }
    false
}

/// The kind that the beginning of a line means as an opener, however its brackets came out.
pub(crate) fn kind_meant(text: &str) -> Option<&'static str> {
    let close = |c: char| "])］）】".contains(c);
    let unseen = |c: &char| matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}');
    let bare = text.trim_start_matches(may_open);
    if bare.len() == text.len() {
        return None;
    }
    let (word, rest) = bare.split_at(bare.find(close).unwrap_or_else(|| bare.find(' ').unwrap_or(bare.len())));
    if !rest.starts_with(close) && !text.starts_with(['!', '！']) && !text.starts_with("[!") {
        return None;
    }
    let word: String = word.trim().chars().filter(|c| !unseen(c)).collect();
    names::KINDS.iter().find(|kind| **kind == word.to_lowercase()).copied()
}

/// Whether a line that begins with this can have been meant as an opener.
pub(crate) fn may_open(c: char) -> bool {
    matches!(c, '[' | '(' | '［' | '（' | '【' | '!' | '！' | '\\' | ' ')
}

/// Whether a line of a box begins a block.
pub(crate) fn is_opener(source: &str, line: Range<usize>) -> bool {
    opener(source, line).is_some()
}
