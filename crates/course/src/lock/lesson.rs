//! One lesson against what was released of it.

use std::ops::Range;

use lesson::{Code, Diagnostic, Fix, Id, Lesson, Privacy, Severity};

use super::item::{Items, privacy};
use super::record::record_lesson;
use super::version::{Size, next, numbers, risen};
use super::{LockedField, LockedLesson};
use crate::across::tail;
use crate::manifest::find;

/// What is not explained in a lesson.
pub(crate) fn compare_lesson(old: &LockedLesson, lesson: &Lesson, source: &str) -> Vec<Diagnostic> {
    let new = record_lesson(lesson);
    let mut change = Change {
        source,
        retired: &new.retired,
        published: old.scoring.is_some(),
        size: Size::None,
        reason: String::new(),
        found: Vec::new(),
    };
    change.retired_stay(old);
    change.fields(old, &new);
    if old.scoring != new.scoring {
        change.grows(Size::Minor, "how it is scored");
    }
    if old.text != new.text {
        change.grows(Size::Patch, "its words");
    }
    change.version(old, &new);
    change.found
}

/// What changed in one lesson, as far as it was looked at.
pub(crate) struct Change<'s> {
    source: &'s str,
    pub(crate) retired: &'s [Id],
    /// It is a questionnaire: in other words it is another one.
    published: bool,
    size: Size,
    /// The first thing that made it so large.
    reason: String,
    found: Vec<Diagnostic>,
}

impl Change<'_> {
    /// Something changed, and may.
    pub(crate) fn grows(&mut self, size: Size, what: &str) {
        if size > self.size {
            self.size = size;
            what.clone_into(&mut self.reason);
        }
    }

    /// Something changed, and may not.
    pub(crate) fn refuse(&mut self, at: Option<&Id>, message: String, help: String) {
        // Gone from the file, so there is no place for it but the file's own name.
        let span = at.map_or(find(self.source, "id:"), |id| tail(self.source, id));
        self.tell(Code::LockBroken, span, message, help);
    }

    fn tell(&mut self, code: Code, span: Range<usize>, message: String, help: String) -> &mut Diagnostic {
        let mut diagnostic = Diagnostic::of_file(code, Severity::Error, message);
        diagnostic.span = span;
        diagnostic.help(help);
        let at = self.found.len();
        self.found.push(diagnostic);
        &mut self.found[at]
    }

    fn retired_stay(&mut self, old: &LockedLesson) {
        for id in old.retired.iter().filter(|id| !self.retired.contains(id)) {
            let span = find(self.source, "retired:");
            self.tell(
                Code::LockBroken,
                span,
                format!("`{id}` was retired, and it is not under `retired` any more."),
                format!("Put `{id}` back under `retired`, so that nothing else is ever kept under that name."),
            );
        }
    }

    fn fields(&mut self, old: &LockedLesson, new: &LockedLesson) {
        for field in &old.fields {
            let same = new.fields.iter().find(|now| now.id == field.id);
            let renamed: Vec<&LockedField> = new
                .fields
                .iter()
                .filter(|now| now.id != field.id && now.was.contains(&field.id))
                .collect();
            match (same, renamed.as_slice()) {
                (Some(now), []) => self.field(field, now),
                (None, [now]) => {
                    self.grows(Size::Minor, &format!("`{}` is called `{}` now", field.id, now.id));
                    self.field(field, now);
                }
                (None, []) => self.field_gone(field),
                (_, several) => {
                    let names: Vec<String> = several.iter().map(|now| format!("`{}`", now.id)).collect();
                    self.refuse(
                        several.first().map(|now| &now.id),
                        format!(
                            "{} {} that it was `{}`{}, so nobody can tell whose the earlier answers are.",
                            names.join(" and "),
                            if several.len() == 1 { "says" } else { "say" },
                            field.id,
                            if same.is_some() {
                                ", and that is still there"
                            } else {
                                ""
                            }
                        ),
                        format!("Leave `was={}` in one place only.", field.id),
                    );
                }
            }
        }
        let known = |id: &Id| old.fields.iter().any(|field| field.id == *id || field.was.contains(id));
        for now in &new.fields {
            if !known(&now.id) && !now.was.iter().any(known) {
                self.grows(Size::Minor, &format!("`{}` is new", now.id));
            }
            let once = old
                .fields
                .iter()
                .find(|field| field.id != now.id && field.was.contains(&now.id));
            if let Some(field) = once.filter(|field| !now.was.contains(&field.id)) {
                self.refuse(
                    Some(&now.id),
                    format!(
                        "`{}` was once the name of `{}`. Answers written then would show up here.",
                        now.id, field.id
                    ),
                    "Give it another id.".to_owned(),
                );
            }
        }
    }

    fn field_gone(&mut self, field: &LockedField) {
        let names: Vec<&Id> = std::iter::once(&field.id).chain(&field.was).collect();
        let absent: Vec<String> = names
            .iter()
            .filter(|id| !self.retired.contains(id))
            .map(|id| id.to_string())
            .collect();
        if absent.is_empty() {
            self.grows(Size::Minor, &format!("`{}` is retired", field.id));
            return;
        }
        self.refuse(
            None,
            format!(
                "`{}` was released, and now it is gone. People may have answered it.",
                field.id
            ),
            format!(
                "If it has another name now, write `was={}` there. If it is no longer asked, add `{}` to `retired` in the front matter: answers are kept, and the name is never used again.",
                field.id,
                absent.join(", ")
            ),
        );
    }

    fn field(&mut self, old: &LockedField, now: &LockedField) {
        let at = Some(&now.id);
        if old.kind != now.kind && !writes([&old.kind, &now.kind]) {
            self.refuse(
                at,
                format!("`{}` was a `{}` and is a `{}` now. Earlier answers do not fit it.", now.id, old.kind, now.kind),
                format!(
                    "Give the new one a new id, and add `{}` to `retired` in the front matter. The earlier answers stay where they are.",
                    old.id
                ),
            );
            return;
        }
        self.names_stay(&old.id, &old.was, &now.id, &now.was);
        if now.rev < old.rev {
            self.refuse(
                at,
                format!("`{}` was at `rev={}` and is at `rev={}` now.", now.id, old.rev, now.rev),
                format!("A `rev` only rises. Write `rev={}`, or more.", old.rev),
            );
            return;
        }
        if now.rev > old.rev {
            self.grows(Size::Minor, &format!("`{}` means something else now", now.id));
            return;
        }
        self.exposure(old, now);
        if old.shape != now.shape && old.kind != "sort" {
            self.refuse(
                at,
                format!(
                    "`{}` went from `{}` to `{}`. An earlier answer would be read as another than it was.",
                    now.id, old.shape, now.shape
                ),
                format!(
                    "If that is meant, add `rev={}`: earlier answers are kept, and shown as earlier wording.",
                    old.rev + 1
                ),
            );
        }
        if old.text != now.text {
            self.grows(Size::Patch, &format!("the words of `{}`", now.id));
        }
        if self.published && reads_otherwise(old, now) {
            self.refuse(
                at,
                format!(
                    "`{}` belongs to a questionnaire, and its wording or order changed. Scores before and after cannot be compared.",
                    now.id
                ),
                format!("Put it back; or add `rev={}`: earlier answers are kept, and never scored with later ones.", old.rev + 1),
            );
        }
        Items { change: self, old, now }.compare();
    }

    /// Names that answers were once kept under stay known.
    pub(crate) fn names_stay(&mut self, old: &Id, was: &[Id], now: &Id, known: &[Id]) {
        let lost: Vec<String> = std::iter::once(old)
            .chain(was)
            .filter(|id| *id != now && !known.contains(id))
            .map(Id::to_string)
            .collect();
        if !lost.is_empty() {
            self.refuse(
                Some(now),
                format!(
                    "`{now}` no longer says that it was once `{}`. Answers kept under that name would be lost.",
                    lost.join("`, `")
                ),
                format!("Put `was={}` back, with whatever else it was.", lost.join(",")),
            );
        }
    }

    /// No answer is shown to anyone it was not written for.
    fn exposure(&mut self, old: &LockedField, now: &LockedField) {
        let rev = format!(
            "Put it back; or, if the question is a new one, add `rev={}`: then answers already written stay as private as they were.",
            old.rev + 1
        );
        let at = Some(&now.id);
        if old.privacy != now.privacy {
            let wider = now.privacy != Privacy::Private && old.privacy != Privacy::Joint;
            let message = format!(
                "`{}` was `{}` and is `{}` now. {}",
                now.id,
                privacy(old.privacy),
                privacy(now.privacy),
                if wider {
                    "Somebody may have written there what was not meant to be read."
                } else {
                    "Answers already written would no longer be found."
                }
            );
            self.refuse(at, message, rev);
            return;
        }
        if old.sensitive && !now.sensitive {
            let message = format!(
                "`{}` is no longer `sensitive`. Answers already written would show up in searches and previews.",
                now.id
            );
            self.refuse(at, message, rev);
        } else if old.pick && !now.pick {
            let message = format!(
                "`{}` no longer says `pick`. Lines that somebody kept back would be opened with the rest.",
                now.id
            );
            self.refuse(at, message, rev);
        } else if old.kind == "sort" && opens_more(&old.shape, &now.shape) {
            let message = format!("`{}` would open more of what was sorted than it said it would.", now.id);
            self.refuse(at, message, rev);
        } else if (old.sensitive, old.pick, &old.shape) != (now.sensitive, now.pick, &now.shape) {
            self.grows(Size::Minor, &format!("`{}` opens less", now.id));
        }
    }

    fn version(&mut self, old: &LockedLesson, new: &LockedLesson) {
        let (Some(from), Some(to)) = (numbers(&old.version), numbers(&new.version)) else {
            return;
        };
        let at = find(self.source, "version:");
        let Some(said) = risen(from, to) else {
            let message = format!("Version {} was released, and this says {}.", old.version, new.version);
            self.tell(Code::LockVersion, at, message, "A version only rises.".to_owned());
            return;
        };
        if said >= self.size {
            return;
        }
        let least = next(from, self.size);
        let message = format!(
            "{} changed since version {}, and the version says {}.",
            self.reason_said(),
            old.version,
            if said == Size::None {
                "nothing of it"
            } else {
                "that only words did"
            }
        );
        let help = match self.size {
            Size::Minor => format!("Write `version: \"{least}\"`."),
            _ => format!(
                "If it still asks the same, write `version: \"{least}\"`. If a question means something else now, add `rev=` to it."
            ),
        };
        let fix = Fix {
            span: at.clone(),
            text: format!("version: \"{least}\""),
        };
        self.tell(Code::LockVersion, at, message, help).fix = Some(fix);
    }

    fn reason_said(&self) -> String {
        match self.reason.as_str() {
            "its words" => "The words of this lesson".to_owned(),
            "how it is scored" => "How this is scored".to_owned(),
            reason => format!("This lesson ({reason})"),
        }
    }
}

/// Whether a questionnaire's item is read otherwise than before, in its words or its order.
fn reads_otherwise(old: &LockedField, now: &LockedField) -> bool {
    let said = |field: &LockedField| -> Vec<String> { field.items.iter().map(|item| item.text.clone()).collect() };
    old.text != now.text || said(old) != said(now)
}

/// A line and a page of text keep the same answer.
fn writes(kinds: [&str; 2]) -> bool {
    kinds.iter().all(|kind| matches!(*kind, "short" | "long"))
}

/// Whether an overlap opens more than before: all, another pile, or more cards.
fn opens_more(old: &str, now: &str) -> bool {
    let Some((pile, show)) = old.split_once(' ') else {
        return false;
    };
    match now.split_once(' ') {
        None => true,
        Some((other, more)) => other != pile || more.parse::<u32>().ok() > show.parse::<u32>().ok(),
    }
}
