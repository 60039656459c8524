//! Where the front matter begins and ends.
//!
//! Cut by hand, since the Markdown parser's own option also takes a rule further down for front matter.

use std::ops::Range;

use crate::front::EXAMPLE;
use crate::place::line_range;
use crate::{Code, Findings};

/// Where the two parts of a file lie.
pub(crate) struct Cut {
    /// The YAML between the two lines.
    pub(crate) yaml: Option<Range<usize>>,
    /// The Markdown.
    pub(crate) body: Range<usize>,
}

/// Finds the front matter.
pub(crate) fn cut(source: &str, found: &mut Findings<'_>) -> Cut {
    let start = if source.starts_with('\u{feff}') {
        '\u{feff}'.len_utf8()
    } else {
        0
    };
    let first = line_range(source, start);
    let text = |line: &Range<usize>| source[line.start.max(start)..line.end].trim_end();
    let after = |line: &Range<usize>| source[line.end..].find('\n').map(|at| line.end + at + 1);
    let Some(opening) = opening(source, start, &first, found) else {
        return Cut {
            yaml: None,
            body: start..source.len(),
        };
    };
    let fence = text(&opening).trim_start_matches('\u{feff}').to_owned();
    let yaml_start = after(&opening).unwrap_or(source.len());
    let mut next = after(&opening);
    while let Some(at) = next {
        let line = line_range(source, at);
        if text(&line) == "---" || text(&line) == fence || text(&line) == "..." {
            if text(&line) == "..." {
                found
                    .error(Code::FrontUnclosed, line.clone(), "The front matter ends with `...`.")
                    .help("End it with `---`.")
                    .fix(line.clone(), "---");
            }
            let body = after(&line).unwrap_or(source.len());
            return Cut {
                yaml: Some(yaml_start..at),
                body: body..source.len(),
            };
        }
        next = after(&line);
    }
    found
        .error(Code::FrontUnclosed, opening, "The front matter is not closed.")
        .help("Put a line `---` after its last key.");
    // Where it was meant to end nobody knows; the first step is a good guess.
    let body = source.find("\n## ").map_or(source.len(), |at| at + 1).max(yaml_start);
    Cut {
        yaml: Some(yaml_start..body),
        body: body..source.len(),
    }
}

/// The line that opens the front matter, if there is one that was meant to; whatever is wrong with it is reported.
fn opening(source: &str, start: usize, first: &Range<usize>, found: &mut Findings<'_>) -> Option<Range<usize>> {
    let text = source[start..first.end].trim_end();
    if text == "---" {
        return Some(first.clone());
    }
    let rest = &source[start..];
    let begins = start
        + (rest.len()
            - rest
                .trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
                .len());
    let line = line_range(source, begins);
    let meant = source[begins..].lines().next().unwrap_or_default().trim_end();
    let is_rule = |sign: char| meant.len() >= 2 && meant.chars().all(|c| c == sign);
    if ['-', '+', '—', '–', '*', '_'].into_iter().any(is_rule) && source[line.end..].contains("format:") {
        let (message, help) = if meant == "---" {
            (
                "Something stands before the front matter.",
                "Let the file begin with its line `---`.",
            )
        } else {
            (
                "The front matter does not begin as it has to.",
                "It stands between two lines of three hyphens: `---`.",
            )
        };
        let end = begins + meant.len();
        found
            .error(Code::FrontMissing, start..end, message)
            .help(help)
            .fix(start..end, "---");
        return Some(line);
    }
    let help = if text.starts_with('>') {
        "Every line begins with `>`, as in a quoted message. Take that sign and the space after it away from all of them."
    } else {
        EXAMPLE
    };
    found
        .error(Code::FrontMissing, start..first.end, "This lesson has no front matter.")
        .help(help);
    None
}
