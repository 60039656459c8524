//! The attribute tail `{#id key=value flag}`: finding it in a line and reading it.
//!
//! It is read from the source, not from Markdown's own idea of it, so that every part has its exact place.
//! Which keys belong where is `attributes`' business.

use std::borrow::Cow;
use std::ops::Range;

use crate::attributes::Pointer;
use crate::{Code, Findings, Id};

/// Longest tail, in bytes.
const MAX_TAIL: usize = 2_000;

/// One flag, or a key and its value.
pub(crate) struct Entry<'s> {
    word: Cow<'s, str>,
    /// Where in the word its `=` is.
    equals: Option<usize>,
    pub(crate) span: Range<usize>,
}

impl<'s> Entry<'s> {
    pub(crate) fn key(&self) -> &str {
        &self.word[..self.equals.unwrap_or(self.word.len())]
    }

    pub(crate) fn has_value(&self) -> bool {
        self.equals.is_some()
    }

    /// Its value, if it has one.
    pub(crate) fn into_pointer(self) -> Option<Pointer<'s>> {
        let from = self.equals? + 1;
        let text = match self.word {
            Cow::Borrowed(word) => Cow::Borrowed(&word[from..]),
            Cow::Owned(word) => Cow::Owned(word[from..].to_owned()),
        };
        Some(Pointer { text, span: self.span })
    }
}

/// A tail as written.
#[derive(Default)]
pub(crate) struct Tail<'s> {
    pub(crate) span: Option<Range<usize>>,
    pub(crate) id: Option<(Id, Range<usize>)>,
    /// An id was written, though not a right one: no need to ask for one as well.
    pub(crate) id_tried: bool,
    pub(crate) entries: Vec<Entry<'s>>,
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
pub(crate) fn read<'s>(
    source: &'s str,
    before: &Range<usize>,
    tail: Option<Range<usize>>,
    found: &mut Findings<'_>,
) -> Tail<'s> {
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
    let words = words(source, inner, found);
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

/// Where a tail begins in some text.
pub(crate) fn begun(text: &str) -> Option<usize> {
    let mut braces = memchr::memchr_iter(b'{', text.as_bytes());
    braces.find(|at| text[at + 1..].starts_with('#'))
}

fn report_strays(source: &str, before: &Range<usize>, has_tail: bool, found: &mut Findings<'_>) -> bool {
    let text = &source[before.clone()];
    let Some(open) = begun(text).filter(|at| !text[..*at].ends_with('\\')) else {
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
    if !text.ends_with([')', ']']) {
        return false;
    }
    let Some(open) = text.rfind("(#").or_else(|| text.rfind("[#")) else {
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

/// The words of a tail, with their places. Puts `rows = 5` together again, and says that it belongs together.
fn words(source: &str, inner: Range<usize>, found: &mut Findings<'_>) -> Vec<Range<usize>> {
    let text = &source[inner.clone()];
    let mut joined: Vec<Range<usize>> = Vec::new();
    let mut fell_apart = false;
    for word in text.split_whitespace() {
        // `split_whitespace` yields slices of `text`, so the distance between the two is the offset.
        let at = inner.start + (word.as_ptr() as usize - text.as_ptr() as usize);
        let belongs = joined.last().is_some_and(|last| {
            let last = &source[last.clone()];
            !last.starts_with('#') && (word.starts_with('=') || last.ends_with('=')) && word != "=="
        });
        match joined.last_mut() {
            Some(last) if belongs => {
                fell_apart = true;
                last.end = at + word.len();
            }
            _ => joined.push(at..at + word.len()),
        }
    }
    for word in joined.iter().filter(|_| fell_apart) {
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
fn bare<'s>(source: &'s str, span: &Range<usize>, found: &mut Findings<'_>) -> Cow<'s, str> {
    const QUOTES: &str = "\"'“”‘’„«»";
    let as_written = &source[span.clone()];
    let is_plain = |byte: u8| byte.is_ascii_graphic() && byte != b'"' && byte != b'\'';
    if as_written.bytes().all(is_plain) {
        return Cow::Borrowed(as_written.trim_end_matches([',', ';']));
    }
    let text: String = as_written.split_whitespace().collect();
    let text = text.trim_end_matches([',', ';']).to_owned();
    let Some((at, quote)) = as_written.char_indices().find(|(_, c)| QUOTES.contains(*c)) else {
        return Cow::Owned(text);
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
    Cow::Owned(clean)
}

fn read_word<'s>(source: &'s str, span: Range<usize>, tail: &mut Tail<'s>, found: &mut Findings<'_>) {
    let word = bare(source, &span, found);
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
                let near = Id::from_words(name).unwrap_or_else(|| Id("my-answer".into()));
                found
                    .error(Code::IdMalformed, span, format!("`{name}` cannot be an id: {why}."))
                    .help(format!("For example `#{near}`."));
            }
        }
        return;
    }
    let equals = word.find('=');
    if equals == Some(0) || equals.is_some_and(|at| at + 1 == word.len()) {
        found
            .error(
                Code::TailBroken,
                span,
                format!("`{word}` is only half of a key and its value."),
            )
            .help("Write `key=value` without spaces around the `=`.");
        return;
    }
    let entry = Entry { word, equals, span };
    let key = entry.key();
    if tail.entries.iter().any(|other| other.key() == key) {
        found
            .error(
                Code::KeyTwice,
                entry.span.clone(),
                format!("`{key}` stands twice in this tail."),
            )
            .help("Keep one.");
        return;
    }
    tail.entries.push(entry);
}
