//! Lists that were meant as a block's own and are not: of the wrong sort, or with signs that are no bullets.

use std::ops::Range;

use crate::body;
use crate::markdown::{Node, What};
use crate::names;
use crate::place::lines_in;
use crate::{Code, Findings, tail};

/// What people and word processors put where a bullet belongs.
const SIGNS: &[char] = &[
    '•', '·', '‣', '◦', '●', '▪', '–', '—', '−', '☐', '☑', '□', '-', '*', '+',
];

/// Reports lines of a block without any list that begin with something like a bullet and end in a tail.
pub(crate) fn report_odd(
    source: &str,
    node: Node<'_>,
    kind: &str,
    first: &Range<usize>,
    found: &mut Findings<'_>,
) -> bool {
    let has_list = node.children().any(Node::is_list);
    if has_list || !body::wants(kind, false) {
        return false;
    }
    let mut any = false;
    for line in lines_in(source, first.end..node.span().end).filter(|line| line.start > first.end) {
        let text = &source[line.clone()];
        let inner = text.trim_start().trim_start_matches('>').trim_start();
        let Some(sign) = inner.chars().next().filter(|sign| SIGNS.contains(sign)) else {
            continue;
        };
        let tailed = tail::split(source, line.clone()).1;
        if tailed.is_none_or(|tail| !source[tail].starts_with("{#")) {
            continue;
        }
        any = true;
        let at = line.start + (text.len() - inner.len());
        let rest = &inner[sign.len_utf8()..];
        let end = at + sign.len_utf8() + (rest.len() - rest.trim_start().len());
        let bullet = if kind == "checklist" { "- [ ] " } else { "- " };
        let message = if sign == '-' || sign == '*' || sign == '+' {
            "There is no space after the sign that this line begins with, so it is no item.".to_owned()
        } else {
            format!("This line begins with `{sign}`, which makes no item of it.")
        };
        found
            .error(Code::BodyWrong, at..line.end, message)
            .help(format!("Begin it with `{bullet}`."))
            .fix(at..end, bullet);
    }
    any
}

/// A block that has none of the lists it needs has this one, numbered where it takes bullets or the other way round.
pub(crate) fn is_meant(node: Node<'_>, kind: &str) -> bool {
    let numbers = node.children().filter_map(|child| match child.what() {
        What::List(start) => Some(start.is_some()),
        _ => None,
    });
    let [takes_numbers, takes_bullets] = [true, false].map(|numbered| body::wants(kind, numbered));
    takes_numbers != takes_bullets && numbers.clone().count() == 1 && numbers.into_iter().all(|n| n != takes_numbers)
}

/// Says how the items of a kind begin.
pub(crate) fn report_kind_of_list(list: Node<'_>, kind: &str, found: &mut Findings<'_>) {
    let (message, help) = if body::wants(kind, true) {
        (
            "The items of {} are numbered.",
            "Begin them with `1. `, `2. ` and so on.",
        )
    } else {
        ("The items of {} are not numbered.", "Begin each with `- `.")
    };
    let message = message.replace("{}", &names::a(kind));
    found.error(Code::BodyWrong, list.span(), message).help(help);
}
