//! Characters that nobody can see and that change what a file means, and line ends that nothing reads any more.

use crate::place::{line_range, next_line};
use crate::{Code, Findings};

/// Reports them. `false` if the file has no lines that could be read.
pub(crate) fn report(source: &str, found: &mut Findings<'_>) -> bool {
    let bytes = source.as_bytes();
    if !bytes.contains(&b'\n') && bytes.contains(&b'\r') {
        found
            .error(
                Code::LineEnds,
                0..0,
                "The lines of this file end as they did on very old computers, so all of it reads as one line.",
            )
            .help("Save it again with the line ends that your editor calls LF (Unix) or CRLF (Windows).");
        return false;
    }
    let mut start = 0;
    while let Some(at) = suspicious(&bytes[start..]) {
        let line = line_range(source, start + at);
        let end = next_line(source, line.end);
        report_in(&source[line.start..end], line.start, found);
        start = end;
    }
    true
}

/// Where the first byte is that a character begins with which could be meant; most lines have none.
fn suspicious(bytes: &[u8]) -> Option<usize> {
    // A block at a time, without leaving it early: so the compiler can look at many bytes at once.
    const BLOCK: usize = 128;
    let has_any = |block: &[u8]| block.iter().fold(0, |any, byte| any | u8::from(is_suspicious(*byte))) > 0;
    let block = bytes.chunks(BLOCK).position(has_any)? * BLOCK;
    let within = bytes[block..].iter().position(|byte| is_suspicious(*byte))?;
    Some(block + within)
}

fn is_suspicious(byte: u8) -> bool {
    let is_control = (byte < 0x20) & (byte != b'\t') & (byte != b'\n');
    is_control | (byte == 0x7F) | (byte == 0xC2) | (byte == 0xE2) | (byte == 0xEF)
}

fn report_in(line: &str, start: usize, found: &mut Findings<'_>) {
    // In prose a soft hyphen or a mark between words is harmless; where names are read it is not.
    let holds_names = line.contains("[!") || line.contains("{#") || line.contains("---");
    for (at, c) in line.char_indices() {
        let ends_the_line = c == '\r' && line[at..] == *"\r\n";
        let begins_the_file = c == '\u{feff}' && start + at == 0;
        if ends_the_line || begins_the_file || (is_harmless_in_prose(c) && !holds_names) {
            continue;
        }
        let Some(what) = name(c) else { continue };
        let span = start + at..start + at + c.len_utf8();
        found
            .error(
                Code::Invisible,
                span.clone(),
                format!("There is {what} here, which nobody can see."),
            )
            .help("Take it out: delete the characters around it too, and type them again.")
            .fix(span, "");
    }
}

fn is_harmless_in_prose(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}' | '\u{feff}'
    )
}

fn name(c: char) -> Option<String> {
    let what = match c {
        '\u{ad}' => "a soft hyphen".to_owned(),
        '\u{200b}' | '\u{2060}' => "a space of no width".to_owned(),
        '\u{feff}' => "a byte-order mark in the middle of the file".to_owned(),
        '\u{200e}' | '\u{200f}' => "a mark of writing direction".to_owned(),
        '\u{202a}'..='\u{202e}' => "a sign that turns the writing direction".to_owned(),
        '\r' => "a stray end of line".to_owned(),
        c if c.is_control() && c != '\t' && c != '\n' => format!("a control character (U+{:04X})", u32::from(c)),
        _ => return None,
    };
    Some(what)
}
