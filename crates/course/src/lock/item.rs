//! The options, rows, cards, gaps and stages of one block against what was released of it.

use lesson::Privacy;

use super::lesson::Change;
use super::version::Size;
use super::{LockedField, LockedItem};

/// A privacy as it is written in a file.
pub(crate) fn privacy(privacy: Privacy) -> &'static str {
    match privacy {
        Privacy::Private => "private",
        Privacy::Reveal => "reveal",
        Privacy::Joint => "joint",
    }
}

/// Two states of one block's items.
pub(crate) struct Items<'c, 's> {
    pub(crate) change: &'c mut Change<'s>,
    pub(crate) old: &'c LockedField,
    pub(crate) now: &'c LockedField,
}

impl Items<'_, '_> {
    pub(crate) fn compare(&mut self) {
        for old in &self.old.items {
            self.one(old);
        }
        for now in &self.now.items {
            let known = |item: &&LockedItem| {
                item.role == now.role && (item.id == now.id || now.was.contains(&item.id) || item.was.contains(&now.id))
            };
            if !self.old.items.iter().any(|item| known(&item)) {
                self.change.grows(Size::Minor, &format!("`{}` is new", now.id));
            }
        }
    }

    fn one(&mut self, old: &LockedItem) {
        let of_role = || self.now.items.iter().filter(|now| now.role == old.role);
        let same = of_role().find(|now| now.id == old.id);
        let renamed: Vec<&LockedItem> = of_role()
            .filter(|now| now.id != old.id && now.was.contains(&old.id))
            .collect();
        match (same, renamed.as_slice()) {
            (Some(now), []) => self.kept(old, now),
            (None, [now]) => {
                self.change
                    .grows(Size::Minor, &format!("`{}` is called `{}` now", old.id, now.id));
                self.kept(old, now);
            }
            (None, []) => self.gone(old),
            _ => {
                let message = format!(
                    "More than one {} of `{}` says that it is `{}`, so nobody can tell which one was chosen.",
                    old.role.name(),
                    self.now.id,
                    old.id
                );
                let help = format!("Leave `was={}` in one place only.", old.id);
                self.change.refuse(Some(&self.now.id), message, help);
            }
        }
    }

    fn gone(&mut self, old: &LockedItem) {
        let retired = self.change.retired;
        if std::iter::once(&old.id).chain(&old.was).all(|id| retired.contains(id)) {
            self.change.grows(Size::Minor, &format!("`{}` is retired", old.id));
            return;
        }
        let (role, field) = (old.role.name(), &self.now.id);
        self.change.refuse(
            Some(field),
            format!("`{field}` had the {role} `{}`, and now it is gone. People may have answered with it.", old.id),
            format!(
                "If it has another name now, write `was={0}` on it. If it is no longer offered, add `{0}` to `retired` in the front matter: answers are kept, and the name is never used again.",
                old.id
            ),
        );
    }

    fn kept(&mut self, old: &LockedItem, now: &LockedItem) {
        self.change.names_stay(&old.id, &old.was, &now.id, &now.was);
        let rev = format!(
            "Put it back; or, if the question is a new one, add `rev={}` to `{}`: then earlier answers stay as they were.",
            self.old.rev + 1,
            self.now.id
        );
        if old.under && !now.under {
            let message = format!(
                "`{}` no longer lies `under`. What was written there would be opened first, with the rest.",
                now.id
            );
            self.change.refuse(Some(&now.id), message, rev);
        } else if old.other && !now.other {
            let message = format!(
                "`{}` no longer takes own words. Those already written would be lost.",
                now.id
            );
            self.change.refuse(Some(&now.id), message, rev);
        } else if old.score != now.score {
            let message = format!(
                "`{}` counts otherwise now. Earlier answers would be scored anew.",
                now.id
            );
            self.change.refuse(Some(&now.id), message, rev);
        } else if (old.under, old.other) != (now.under, now.other) {
            self.change
                .grows(Size::Minor, &format!("`{}` is built otherwise", now.id));
        }
        if old.text != now.text {
            self.change.grows(Size::Patch, &format!("the words of `{}`", now.id));
        }
    }
}
