//! Characters that nobody can see and that change what a file means, and line ends that nothing reads any more.

use crate::place::line_range;
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
    // Every such character begins with a control byte, C2, E2 or EF: most files have none, and are passed over quickly.
    let suspicious = |at: usize| match bytes[at] {
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        b'\t' | b'\n' => false,
        0xC2 => matches!(bytes.get(at + 1), Some(0x80..=0x9F | 0xAD)),
        0xE2 => matches!(bytes.get(at + 1), Some(0x80 | 0x81)),
        0xEF => at > 0 && bytes.get(at + 1) == Some(&0xBB),
        byte => byte < 0x20 || byte == 0x7F,
    };
    for at in (0..bytes.len()).filter(|at| suspicious(*at)) {
        let Some(c) = source[at..].chars().next() else { break };
        let Some(what) = name(c) else { continue };
        // In prose a soft hyphen or a mark between words is harmless; where names are read it is not.
        let line = &source[line_range(source, at)];
        if is_harmless_in_prose(c) && !line.contains("[!") && !line.contains("{#") && !line.contains("---") {
            continue;
        }
        found
            .error(
                Code::Invisible,
                at..at + c.len_utf8(),
                format!("There is {what} here, which nobody can see."),
            )
            .help("Take it out: delete the characters around it too, and type them again.")
            .fix(at..at + c.len_utf8(), "");
    }
    true
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
        c if c.is_control() => format!("a control character (U+{:04X})", u32::from(c)),
        _ => return None,
    };
    Some(what)
}
