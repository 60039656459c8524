//! Numbered things: the stages of a loop and the turns of a talk.

use std::ops::Range;

use smol_str::SmolStr;

use crate::items::{Line, kept_id};
use crate::{Code, Findings, Id, Stage, TalkRole, TalkTurn};

/// The stages of a `cycle`.
pub(crate) fn stages(lines: Vec<Line<'_>>, half: bool, opener: &Range<usize>, found: &mut Findings<'_>) -> Vec<Stage> {
    let stages: Vec<Stage> = lines
        .into_iter()
        .map(|mut line| {
            let id = kept_id(&line, found);
            let [spark, seen, under] = ["spark", "seen", "under"].map(|flag| line.attributes.flag(flag, found));
            if under && (spark || seen) {
                found
                    .error(
                        Code::CycleStages,
                        line.span.clone(),
                        "A stage that lies beneath cannot be where the two halves meet.",
                    )
                    .help("Take `under` away, or `spark` and `seen`.");
            }
            line.attributes.finish(found);
            Stage {
                id,
                label: line.label,
                text: line.text,
                spark,
                seen,
                under,
            }
        })
        .collect();
    for (flag, count) in [
        ("spark", stages.iter().filter(|s| s.spark).count()),
        ("seen", stages.iter().filter(|s| s.seen).count()),
    ] {
        // The two halves join where one's `seen` meets the other's `spark`: one of each, no more and no less.
        if count > 1 || (count == 0 && !half && !stages.is_empty()) {
            found
                .error(Code::CycleStages, opener.clone(), format!("A loop needs one stage with `{flag}`. This one has {count}."))
                .help("`spark` marks what sets me off, `seen` what the other sees me do. `half` on the block makes it a half for one person.");
        }
    }
    stages
}

/// The turns of a `talk`.
pub(crate) fn turns(lines: Vec<Line<'_>>, found: &mut Findings<'_>) -> Vec<TalkTurn> {
    lines
        .into_iter()
        .map(|mut line| {
            let minutes = line.attributes.number("minutes", 1, 60, found);
            let [speaker, listener] = ["speaker", "listener"].map(|flag| line.attributes.flag(flag, found));
            if speaker && listener {
                found
                    .error(
                        Code::KeyTwice,
                        line.span.clone(),
                        "A turn is the speaker's or the listener's, not both.",
                    )
                    .help("Keep `speaker` or `listener`; with neither, the turn is both people's.");
            }
            let role = match (speaker, listener) {
                (true, _) => Some(TalkRole::Speaker),
                (_, true) => Some(TalkRole::Listener),
                _ => None,
            };
            // Nothing is kept under it, so it need not have one: `resolve` makes one.
            let id = line
                .id
                .as_ref()
                .map_or_else(|| Id(SmolStr::default()), |(id, _)| id.clone());
            line.attributes.finish(found);
            TalkTurn {
                id,
                label: line.label,
                text: line.text,
                minutes,
                role,
            }
        })
        .collect()
}
