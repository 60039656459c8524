//! Byte offsets as people count: lines and columns from 1.

use std::ops::Range;

use memchr::{memchr, memrchr};

/// A point in a file, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Line.
    pub line: u32,
    /// Column, in characters.
    pub column: u32,
}

/// Where a byte offset lies. An offset inside a character counts as its start.
pub fn place(source: &str, offset: usize) -> Place {
    let start = line_range(source, offset).start;
    let offset = floor(source, offset);
    let line = source[..start].bytes().filter(|b| *b == b'\n').count() + 1;
    let column = source[start..offset].trim_start_matches('\u{feff}').chars().count() + 1;
    Place {
        line: u32::try_from(line).unwrap_or(u32::MAX),
        column: u32::try_from(column).unwrap_or(u32::MAX),
    }
}

/// The text of the line in which a byte offset lies, without its end.
pub fn line_text(source: &str, offset: usize) -> &str {
    source[line_range(source, offset)].trim_start_matches('\u{feff}')
}

/// The line in which an offset lies, without its end.
pub(crate) fn line_range(source: &str, offset: usize) -> Range<usize> {
    let offset = floor(source, offset);
    let start = memrchr(b'\n', &source.as_bytes()[..offset]).map_or(0, |at| at + 1);
    start..line_end(source, start, offset)
}

/// Where the next line begins, seen from a line's end; the end of the file after the last.
pub(crate) fn next_line(source: &str, end: usize) -> usize {
    let mark = memchr(b'\n', &source.as_bytes()[end..]);
    mark.map_or(source.len(), |at| end + at + 1)
}

/// Where a line ends, seen from somewhere in it. That may lie between the CR and the LF of one line end.
fn line_end(source: &str, start: usize, from: usize) -> usize {
    let bytes = source.as_bytes();
    let end = memchr(b'\n', &bytes[from..]).map_or(bytes.len(), |at| from + at);
    if end > start && bytes[end - 1] == b'\r' {
        end - 1
    } else {
        end
    }
}

/// The lines that a span touches.
pub(crate) fn lines_in(source: &str, span: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = span.start;
    let mut start = None;
    std::iter::from_fn(move || {
        if at >= span.end {
            return None;
        }
        let start = start.get_or_insert_with(|| line_range(source, at).start);
        let line = *start..line_end(source, *start, *start);
        at = next_line(source, line.end);
        *start = at;
        Some(line)
    })
}

/// The nearest character boundary at or before an offset.
pub(crate) fn floor(source: &str, offset: usize) -> usize {
    source.floor_char_boundary(offset.min(source.len()))
}
