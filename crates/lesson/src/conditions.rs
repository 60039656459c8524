//! Conditions held against the lesson: is the field there, asked before, and can it be asked that;
//! and would being shown tell what one person wrote alone.

use std::ops::Range;

use crate::attributes::Pointer;
use crate::names::{self, did_you_mean};
use crate::resolve::{Asks, Names};
use crate::when::{Asked, take_apart};
use crate::{Block, Code, Findings, Id, Kind, Privacy, Test, When};

/// Reads a condition that stands before the block numbered `at`.
pub(crate) fn condition(when: &Pointer<'_>, at: usize, names: &Names, found: &mut Findings<'_>) -> When {
    let all = take_apart(&when.text)
        .into_iter()
        .filter_map(|asked| test(asked, when, at, names, found))
        .collect();
    When { all }
}

fn test(asked: Asked<'_>, when: &Pointer<'_>, at: usize, names: &Names, found: &mut Findings<'_>) -> Option<Test> {
    let (field, not, any) = match asked {
        Asked::Together => return Some(Test::Together),
        Asked::Solo => return Some(Test::Solo),
        Asked::Broken(text) => {
            let hint = if text.contains('=') {
                Some(format!(
                    "Within a condition stands a colon: `{}`.",
                    text.replace('=', ":")
                ))
            } else if matches!(text, "or" | "and") {
                Some(
                    "A bar means *or* among the options of one field, `way:left|right`; a comma means *and*."
                        .to_owned(),
                )
            } else if text.ends_with(':') {
                Some("There is a space after the colon. Write it without: `when=field:option`.".to_owned())
            } else {
                did_you_mean(text, ["together", "solo"])
            };
            let help = hint.unwrap_or_else(|| {
                "It can be `together`, `solo`, `field:option`, `field:!option`, `field:one|other` or `scale:1-3`; a comma means *and*.".to_owned()
            });
            found
                .error(
                    Code::WhenBroken,
                    when.span.clone(),
                    format!("`{text}` is not a condition."),
                )
                .help(help);
            return None;
        }
        Asked::Field { field, not, any } => (field, not, any),
    };
    let known = Id::new(field)
        .ok()
        .and_then(|id| names.blocks.get(&id).map(|known| (id, known)));
    let Some((id, known)) = known else {
        let help = did_you_mean(field, names.blocks.keys().map(Id::as_str))
            .unwrap_or_else(|| "A condition names a field further up in this lesson.".to_owned());
        found
            .error(
                Code::WhenUnknown,
                when.span.clone(),
                format!("There is no field `{field}` in this lesson."),
            )
            .help(help);
        return None;
    };
    if known.at >= at {
        found
            .error(
                Code::WhenForward,
                when.span.clone(),
                format!("`{field}` is asked only further down, so nobody has answered it yet."),
            )
            .help("A condition looks backwards. Move the question up, or the text down.");
        return None;
    }
    match &known.asks {
        Asks::Options(options) => picked(id, not, &any, options, when, found),
        Asks::Marks(from, to) => between(id, not, &any, (*from, *to), when, found),
        Asks::Gate => {
            found
                .error(
                    Code::WhenUntestable,
                    when.span.clone(),
                    format!("`{field}` is a gate. Its answer is kept nowhere, so nothing can depend on it."),
                )
                .help("Lead on with `go=` instead.");
            None
        }
        Asks::Other => {
            found
                .error(
                    Code::WhenUntestable,
                    when.span.clone(),
                    format!("`{field}` has nothing to pick, so a condition cannot ask it."),
                )
                .help("A condition can ask a `choice`, `choices`, `checklist` or `scale`.");
            None
        }
    }
}

fn picked(
    field: Id,
    not: bool,
    any: &[&str],
    options: &[Id],
    when: &Pointer<'_>,
    found: &mut Findings<'_>,
) -> Option<Test> {
    let mut picks = Vec::new();
    for name in any {
        let Some(option) = options.iter().find(|option| option.as_str() == *name) else {
            let help = did_you_mean(name, options.iter().map(Id::as_str)).unwrap_or_else(|| {
                format!(
                    "Its options are: {}.",
                    options.iter().map(Id::as_str).collect::<Vec<_>>().join(", ")
                )
            });
            found
                .error(
                    Code::WhenUnknown,
                    when.span.clone(),
                    format!("`{field}` has no option `{name}`."),
                )
                .help(help);
            return None;
        };
        picks.push(option.clone());
    }
    Some(Test::Picked { field, any: picks, not })
}

fn between(
    field: Id,
    not: bool,
    any: &[&str],
    marks: (i32, i32),
    when: &Pointer<'_>,
    found: &mut Findings<'_>,
) -> Option<Test> {
    let asked = match any {
        [one] => crate::marks::range(one).filter(|(from, to)| from <= to && *from >= marks.0 && *to <= marks.1),
        _ => None,
    };
    match asked {
        Some((from, to)) => Some(Test::Between { field, from, to, not }),
        None => {
            found
                .error(
                    Code::WhenUntestable,
                    when.span.clone(),
                    format!("`{}` is not a stretch of the scale `{field}`.", any.join("|")),
                )
                .help(format!(
                    "The scale runs from {} to {}. Write for example `{field}:{}-{}`.",
                    marks.0,
                    marks.1,
                    marks.0,
                    marks.0 + 1
                ));
            None
        }
    }
}

const WIDE: &str = "Make this block `private`, or let the condition ask a `joint` field.";

/// A block that both meet must not appear or stay away because of what one of them wrote alone.
pub(crate) fn report_telling(
    block: &Block,
    opener: &Range<usize>,
    pointer: &Pointer<'_>,
    when: &When,
    names: &Names,
    found: &mut Findings<'_>,
) {
    // In a run on one's own there is nobody to tell.
    if when.all.contains(&Test::Solo) {
        return;
    }
    let (what, help) = match (&block.privacy, &block.kind) {
        // A gate counts among them: leaving at it lowers what `ready` offers to both.
        (
            _,
            kind
            @ (Kind::Talk { .. } | Kind::Agreement { .. } | Kind::Compare { .. } | Kind::Ready | Kind::Gate { .. }),
        ) => (
            names::a(kind.name()).replacen('a', "A", 1),
            "Take the condition away, or let it ask a `joint` field.",
        ),
        (Some(Privacy::Joint), _) => ("A `joint` field".to_owned(), WIDE),
        (Some(Privacy::Reveal), _) => ("A `reveal` field".to_owned(), WIDE),
        _ => return,
    };
    for test in &when.all {
        let (Test::Picked { field, .. } | Test::Between { field, .. }) = test else {
            continue;
        };
        let unopened = names
            .blocks
            .get(field)
            .is_some_and(|known| known.privacy != Some(Privacy::Joint));
        if unopened {
            found
                .error(
                    Code::WhenTells,
                    opener.clone(),
                    format!("{what} cannot depend on `{field}`, which one person answers alone: being shown would tell the other."),
                )
                .label(pointer.span.clone(), "the condition")
                .help(help);
        }
    }
}
