//! A lesson file in its one tidy form, without a word changed.
//!
//! What it does: no byte-order mark, `\n` at the end of lines and one at the end of the file; blank lines really blank; in a
//! tail the id first and single spaces; and every id that was left out, written once, made from the words it stands by. An id
//! that is there is never touched: answers are kept under it. Doing it twice is doing it once.
//!
//! Deliberately not here: the Markdown of the text. Where lines break, and how lists are marked, is the author's.

use std::collections::HashSet;
use std::ops::Range;

use crate::markdown::{self, What};
use crate::{Code, Findings, Fix, front, parse, place, tail};

/// The tidy form of a file. A file that cannot be read as a lesson is tidied as far as it can be.
pub fn fmt(source: &str) -> String {
    let source = source
        .trim_start_matches('\u{feff}')
        .replace("\r\n", "\n")
        .replace('\r', "\n");
    tidied(&with_ids(source))
}

/// Ids that were left out, written where they belong. An id can make room for the next (an item's tail shows only once its
/// block is read), so this goes on until nothing is missing any more, or nothing helps.
fn with_ids(mut source: String) -> String {
    for _ in 0..3 {
        let mut missing: Vec<Fix> = parse(&source)
            .diagnostics
            .into_iter()
            .filter(|diagnostic| matches!(diagnostic.code, Code::IdMissing | Code::StepIdMissing))
            .filter_map(|diagnostic| diagnostic.fix)
            .collect();
        if missing.is_empty() {
            break;
        }
        missing.sort_by_key(|fix| fix.span.start);
        missing.dedup_by_key(|fix| fix.span.start);
        let mut taken = ids_in(&source);
        let fixes: Vec<(usize, String)> = missing
            .iter()
            .filter_map(|fix| {
                let id = fix.text.trim_matches([' ', '{', '#', '}']);
                let free = free(id, &mut taken)?;
                Some((fix.span.start, fix.text.replacen(id, &free, 1)))
            })
            .collect();
        for (at, text) in fixes.into_iter().rev() {
            source.insert_str(at, &text);
        }
    }
    source
}

/// Everything that may be an id: more than the real ones does no harm, fewer would.
fn ids_in(source: &str) -> HashSet<String> {
    let name = |rest: &str| {
        rest.chars()
            .take_while(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '-')
            .collect()
    };
    source.split('#').skip(1).map(name).collect()
}

fn free(id: &str, taken: &mut HashSet<String>) -> Option<String> {
    if id.is_empty() {
        return None;
    }
    let numbered = (2..).map(|number| format!("{id}-{number}"));
    let free = std::iter::once(id.to_owned())
        .chain(numbered)
        .find(|name| !taken.contains(name))?;
    taken.insert(free.clone());
    Some(free)
}

fn tidied(source: &str) -> String {
    let found = &mut Findings::new(source);
    let body = front::cut(source, found).body;
    let tree = markdown::tree(source, body.clone(), found);
    // Spaces in code are the author's.
    let code: Vec<Range<usize>> = tree
        .all()
        .filter(|(what, _)| matches!(what, What::Code(_) | What::InlineCode(_) | What::Html))
        .map(|(_, span)| span)
        .collect();
    let mut out = String::with_capacity(source.len() + 1);
    out.push_str(&source[..body.start]);
    for line in place::lines_in(source, body) {
        let text = &source[line.clone()];
        if code
            .iter()
            .any(|span| span.start < line.end.max(line.start + 1) && line.start < span.end)
        {
            out.push_str(text);
        } else {
            out.push_str(&tidy_line(source, line));
        }
        out.push('\n');
    }
    let kept = out.trim_end_matches('\n').len();
    out.truncate(kept);
    out.push('\n');
    out
}

fn tidy_line(source: &str, line: Range<usize>) -> String {
    let text = &source[line.clone()];
    if text.trim_matches([' ', '\t', '>']).is_empty() {
        return text.trim_end_matches([' ', '\t']).to_owned();
    }
    let (before, Some(tail)) = tail::split(source, line.clone()) else {
        return text.to_owned();
    };
    let inner = &source[tail.start + 1..tail.end - 1];
    if inner.contains(['{', '}']) {
        return text.to_owned();
    }
    let Some(id) = inner.split_whitespace().find(|word| word.starts_with('#')) else {
        return text.to_owned();
    };
    let others = inner.split_whitespace().filter(|word| *word != id);
    let words: Vec<&str> = std::iter::once(id).chain(others).collect();
    format!("{} {{{}}}", &source[line.start..before.end], words.join(" "))
}
