//! The attribute tail `{#id key=value flag}`: finding it in a line and reading it.
//!
//! It is read from the source, not from Markdown's own idea of it, so that every part has its exact place.
//! Which keys belong where is `attributes`' business.

use std::ops::Range;

use crate::{Code, Findings, Id};

/// Longest tail, in bytes.
const MAX_TAIL: usize = 2_000;

/// One key or flag.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) value: Option<String>,
    pub(crate) span: Range<usize>,
}

/// A tail as written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tail {
    pub(crate) span: Option<Range<usize>>,
    pub(crate) id: Option<(Id, Range<usize>)>,
    /// An id was written, though not a right one: no need to ask for one as well.
    pub(crate) id_tried: bool,
    pub(crate) entries: Vec<Entry>,
}

/// Cuts a tail off the end of a line or paragraph: what stands before it, and the tail with its braces.
pub(crate) fn split(source: &str, line: Range<usize>) -> (Range<usize>, Option<Range<usize>>) {
    let text = source[line.clone()].trim_end();
    let end = line.start + text.len();
    if !text.ends_with('}') || text.ends_with("\\}") {
        return (line.start..end, None);
    }
    match text.rfind('{') {
        Some(open) if !text[..open].ends_with('\\') && !text[open..].contains('\n') => {
            let open = line.start + open;
            (
                line.start..line.start + source[line.start..open].trim_end().len(),
                Some(open..end),
            )
        }
        _ => (line.start..end, None),
    }
}

/// Reads a tail that [`split`] found; reports one that was begun and not ended, or ended too early.
pub(crate) fn read(source: &str, before: &Range<usize>, tail: Option<Range<usize>>, found: &mut Findings<'_>) -> Tail {
    // An id that stands astray was reported: no need to ask for one as well.
    let id_tried = report_strays(source, before, tail.is_some(), found);
    let Some(span) = tail else {
        return Tail {
            id_tried: id_tried || report_brackets(source, before, found),
            ..Tail::default()
        };
    };
    let inner = span.start + 1..span.end - 1;
    let mut tail = Tail {
        span: Some(span.clone()),
        id_tried,
        ..Tail::default()
    };
    if span.len() > MAX_TAIL {
        found
            .error(
                Code::TooLarge,
                span,
                format!("This tail is longer than {MAX_TAIL} bytes, the most it may be."),
            )
            .help("Take out what it does not need. Text for people stands before it.");
        tail.id_tried = true;
        return tail;
    }
    let words = joined(source, words(source, inner), found);
    report_commas(source, &words, &span, found);
    for word in words {
        read_word(source, word, &mut tail, found);
    }
    if tail.id.is_none() && tail.entries.is_empty() && !tail.id_tried && source[inner_of(&span)].trim().is_empty() {
        found
            .error(Code::TailBroken, span, "This tail is empty.")
            .help("Write `{#id}` with a name for it, or take the braces out.");
    }
    tail
}

fn inner_of(tail: &Range<usize>) -> Range<usize> {
    tail.start + 1..tail.end - 1
}

fn report_strays(source: &str, before: &Range<usize>, has_tail: bool, found: &mut Findings<'_>) -> bool {
    let text = &source[before.clone()];
    let Some(open) = text.find("{#").filter(|at| !text[..*at].ends_with('\\')) else {
        return false;
    };
    let span = before.start + open..before.end;
    match text[open..].find('}') {
        Some(_) if has_tail => {
            found
                .error(Code::TailAstray, span, "There are two tails on this line.")
                .help("Put everything into one tail at the end: `{#id key=value flag}`.");
        }
        Some(_) => {
            found
                .error(
                    Code::TailAstray,
                    span,
                    "This tail is not at the end of its line, so it belongs to nothing.",
                )
                .help("Move it to the end of the line.");
        }
        None => {
            found
                .error(Code::TailBroken, span, "This tail is not closed.")
                .help("End it with `}` on the same line.");
        }
    }
    true
}

/// Reports a tail in other brackets than curly ones, at the end of a line.
fn report_brackets(source: &str, before: &Range<usize>, found: &mut Findings<'_>) -> bool {
    let text = &source[before.clone()];
    let open = text.rfind("(#").or_else(|| text.rfind("[#"));
    let Some(open) = open.filter(|_| text.ends_with([')', ']'])) else {
        return false;
    };
    let inner = &text[open + 1..text.len() - 1];
    if inner.contains(['(', ')', '[', ']']) {
        return false;
    }
    let span = before.start + open..before.end;
    found
        .error(Code::TailBroken, span.clone(), "A tail stands in curly braces.")
        .help("Write `{#id key=value flag}`.")
        .fix(span, format!("{{{inner}}}"));
    true
}

/// Puts `rows = 5` together again, and says that it belongs together.
fn joined(source: &str, words: Vec<Range<usize>>, found: &mut Findings<'_>) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for word in words {
        let belongs = joined.last().is_some_and(|last| {
            let (last, word) = (&source[last.clone()], &source[word.clone()]);
            !last.starts_with('#') && (word.starts_with('=') || last.ends_with('=')) && word != "=="
        });
        match joined.last_mut() {
            Some(last) if belongs => last.end = word.end,
            _ => joined.push(word),
        }
    }
    for word in &joined {
        let text = &source[word.clone()];
        if text.contains(char::is_whitespace) && !text.ends_with('=') {
            let close: String = text.split_whitespace().collect();
            found
                .error(
                    Code::TailBroken,
                    word.clone(),
                    "There are spaces around the `=`, so key and value fall apart.",
                )
                .help(format!("Write `{close}`."))
                .fix(word.clone(), close);
        }
    }
    joined
}

/// Words have spaces between them; a comma belongs only within a value.
fn report_commas(source: &str, words: &[Range<usize>], tail: &Range<usize>, found: &mut Findings<'_>) {
    if words.iter().any(|word| source[word.clone()].ends_with([',', ';'])) {
        let clean: Vec<&str> = words
            .iter()
            .map(|word| source[word.clone()].trim_end_matches([',', ';']))
            .collect();
        let clean = format!("{{{}}}", clean.join(" "));
        found
            .error(
                Code::TailBroken,
                tail.clone(),
                "There are commas between the parts of this tail.",
            )
            .help(format!("Write `{clean}`, with spaces only."))
            .fix(tail.clone(), clean);
    }
}

/// A word without what was reported about it: spaces around its `=`, a comma after it, quotation marks.
fn bare(source: &str, span: &Range<usize>, found: &mut Findings<'_>) -> String {
    const QUOTES: &str = "\"'“”‘’„«»";
    let text: String = source[span.clone()].split_whitespace().collect();
    let text = text.trim_end_matches([',', ';']).to_owned();
    let Some((at, quote)) = source[span.clone()].char_indices().find(|(_, c)| QUOTES.contains(*c)) else {
        return text;
    };
    let clean: String = text.chars().filter(|c| !QUOTES.contains(*c)).collect();
    let at = span.start + at;
    found
        .error(
            Code::TailBroken,
            at..at + quote.len_utf8(),
            format!("There is a quotation mark ({quote}) in this tail. Values in a tail take none."),
        )
        .help("Take the quotation marks out. A value holds no spaces.")
        .fix(span.clone(), clean.clone());
    clean
}

/// The words of a tail, with their places.
fn words(source: &str, inner: Range<usize>) -> Vec<Range<usize>> {
    let text = &source[inner.clone()];
    text.split_whitespace()
        .map(|word| {
            // `split_whitespace` yields slices of `text`, so the distance between the two is the offset.
            let at = inner.start + (word.as_ptr() as usize - text.as_ptr() as usize);
            at..at + word.len()
        })
        .collect()
}

fn read_word(source: &str, span: Range<usize>, tail: &mut Tail, found: &mut Findings<'_>) {
    let word = bare(source, &span, found);
    let word = word.as_str();
    if word.is_empty() {
        return;
    }
    if let Some(name) = word.strip_prefix('#') {
        if tail.id_tried {
            found
                .error(Code::KeyTwice, span, "There are two ids in this tail.")
                .help("Keep one.");
            return;
        }
        tail.id_tried = true;
        match Id::new(name) {
            Ok(id) => tail.id = Some((id, span)),
            Err(why) => {
                let near = Id::from_words(name).unwrap_or_else(|| Id("my-answer".to_owned()));
                found
                    .error(Code::IdMalformed, span, format!("`{name}` cannot be an id: {why}."))
                    .help(format!("For example `#{near}`."));
            }
        }
        return;
    }
    let (key, value) = match word.split_once('=') {
        Some((key, value)) => (key, Some(value)),
        None => (word, None),
    };
    if key.is_empty() || value == Some("") {
        found
            .error(
                Code::TailBroken,
                span,
                format!("`{word}` is only half of a key and its value."),
            )
            .help("Write `key=value` without spaces around the `=`.");
        return;
    }
    if tail.entries.iter().any(|entry| entry.key == key) {
        found
            .error(Code::KeyTwice, span, format!("`{key}` stands twice in this tail."))
            .help("Keep one.");
        return;
    }
    tail.entries.push(Entry {
        key: key.to_owned(),
        value: value.map(str::to_owned),
        span,
    });
}
