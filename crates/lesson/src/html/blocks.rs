//! Each kind of block on paper: what is asked, room to answer by hand, or the answer.

use std::fmt::Write;

use super::prose::{Trust, blocks, escaped, inlines};
use super::{Sheet, condition};
use crate::{
    Block, Choice, Gap, GateOption, HelpTopic, Inline, Kind, Lesson, PlanPart, Privacy, Row, ScaleEnd, TalkRole,
    TalkTurn,
};

/// Lines drawn for a list that names no number.
const LINES: u32 = 5;

pub(super) fn block(out: &mut String, lesson: &Lesson, block: &Block, sheet: &Sheet) {
    let name = block.kind.name();
    let element = if matches!(block.kind, Kind::Note) {
        "aside"
    } else {
        "div"
    };
    _ = writeln!(out, "<{element} class=\"block kind-{name}\">");
    if !block.prompt.is_empty() {
        out.push_str("<p class=\"prompt\">");
        inlines(out, &block.prompt, Trust::Lesson);
        out.push_str("</p>\n");
    }
    if let Some(privacy) = block.privacy {
        _ = writeln!(out, "<p class=\"who\">{}</p>", who(privacy));
    }
    if let Some(when) = &block.when {
        _ = writeln!(out, "<p class=\"when\">{}</p>", escaped(&condition(lesson, when)));
    }
    blocks(out, &block.help, Trust::Lesson);
    let answer = sheet.answers.get(&block.id).filter(|value| !value.is_blank());
    match answer {
        Some(value) => {
            for line in value.as_lines(block) {
                _ = writeln!(out, "<p class=\"answer\">{}</p>", escaped(&line));
            }
        }
        None => room(out, lesson, &block.kind, sheet.blank),
    }
    _ = writeln!(out, "</{element}>");
}

fn who(privacy: Privacy) -> &'static str {
    match privacy {
        Privacy::Private => "only me",
        Privacy::Reveal => "opens together",
        Privacy::Joint => "ours",
    }
}

/// What stands where the answer goes.
fn room(out: &mut String, lesson: &Lesson, kind: &Kind, blank: bool) {
    match kind {
        Kind::Short { .. } => lines(out, u32::from(blank)),
        Kind::Long { rows, .. } => lines(out, if blank { *rows } else { 0 }),
        Kind::List { max, .. } => lines(out, if blank { max.unwrap_or(LINES).min(10) } else { 0 }),
        Kind::Choice { options } => marks(out, options, "round", blank),
        Kind::Choices { options, .. } | Kind::Checklist { items: options } => marks(out, options, "box", blank),
        Kind::Scale { from, to, ends } => scale(out, *from, *to, ends),
        Kind::Rating { from, to, ends, rows } => rating(out, (*from, *to), ends, rows),
        Kind::Sort { piles, cards, own, .. } => sort(out, piles, cards, *own, blank),
        Kind::Frame { gaps } => frame(out, gaps),
        Kind::Cycle { stages, .. } => {
            out.push_str("<ol>\n");
            for stage in stages {
                item(out, &stage.label, None, if blank { 2 } else { 0 });
            }
            out.push_str("</ol>\n");
        }
        Kind::Plan { parts, .. } => plan(out, parts),
        Kind::Gate { options } => gate(out, lesson, options),
        Kind::Agreement { review } => {
            lines(out, if blank { 4 } else { 0 });
            hint(out, "It holds once both have said yes. Either may end it.");
            if let Some(days) = review {
                hint(out, &format!("Look at it again after {days} days."));
            }
        }
        Kind::Log { tags, .. } => {
            marks(out, tags, "box", false);
            lines(out, if blank { 7 } else { 0 });
        }
        Kind::Practice { options, days } => {
            marks(out, options, "round", blank);
            hint(out, &format!("For {days} days, or not at all."));
        }
        Kind::Timer { minutes } => hint(out, &format!("{minutes} minutes by any clock. Stop when you like.")),
        Kind::Talk {
            turns,
            rounds,
            swap,
            heard,
        } => talk(out, turns, *rounds, *swap, *heard),
        Kind::Instrument { .. } => hint(out, "These questions stand on a page of their own."),
        Kind::Chart { .. } => hint(out, "The app draws this from what was marked over time."),
        Kind::Ready => {
            hint(
                out,
                "Each decides apart: the whole of it, a light version, or each on their own. The smaller wish counts.",
            );
        }
        Kind::Help { topic } => hint(out, help(*topic)),
        Kind::Compare { .. } | Kind::Recall { .. } | Kind::Pause | Kind::Note => {}
    }
}

fn hint(out: &mut String, words: &str) {
    _ = writeln!(out, "<p class=\"hint\">{}</p>", escaped(words));
}

fn lines(out: &mut String, count: u32) {
    for _ in 0..count {
        out.push_str("<span class=\"line\"></span>\n");
    }
}

fn item(out: &mut String, label: &[Inline], class: Option<&str>, room: u32) {
    match class {
        Some(class) => _ = write!(out, "<li class=\"{class}\">"),
        None => out.push_str("<li>"),
    }
    inlines(out, label, Trust::Lesson);
    if room > 0 {
        out.push('\n');
        lines(out, room);
    }
    out.push_str("</li>\n");
}

fn marks(out: &mut String, options: &[Choice], class: &str, blank: bool) {
    out.push_str("<ul class=\"marks\">\n");
    for option in options {
        item(out, &option.label, Some(class), u32::from(blank && option.other));
    }
    out.push_str("</ul>\n");
}

fn scale(out: &mut String, from: i32, to: i32, ends: &[ScaleEnd]) {
    out.push_str("<div class=\"scale\">");
    for mark in from..=to {
        _ = write!(out, "<span>{mark}</span>");
    }
    out.push_str("</div>\n");
    named_ends(out, ends);
}

fn named_ends(out: &mut String, ends: &[ScaleEnd]) {
    if ends.is_empty() {
        return;
    }
    out.push_str("<div class=\"ends\">");
    for end in ends {
        _ = write!(out, "<span>{}: {}</span>", end.at, escaped(&end.text));
    }
    out.push_str("</div>\n");
}

fn rating(out: &mut String, range: (i32, i32), ends: &[ScaleEnd], rows: &[Row]) {
    for row in rows {
        out.push_str("<p>");
        inlines(out, &row.label, Trust::Lesson);
        out.push_str("</p>\n");
        scale(out, range.0, range.1, &[]);
    }
    named_ends(out, ends);
}

fn sort(out: &mut String, piles: &[Choice], cards: &[Choice], own: bool, blank: bool) {
    out.push_str("<ul class=\"cards\">\n");
    for card in cards {
        item(out, &card.label, None, 0);
    }
    out.push_str("</ul>\n");
    if own {
        hint(out, "Add cards of your own.");
    }
    if piles.is_empty() {
        hint(out, "Put them in your own order.");
        lines(out, if blank { LINES } else { 0 });
    }
    for pile in piles {
        out.push_str("<p class=\"prompt\">");
        inlines(out, &pile.label, Trust::Lesson);
        out.push_str("</p>\n");
        lines(out, if blank { 3 } else { 0 });
    }
}

fn frame(out: &mut String, gaps: &[Gap]) {
    out.push_str("<p>");
    for gap in gaps {
        inlines(out, &gap.before, Trust::Lesson);
        out.push_str(" <span class=\"gap\">&#160;</span> ");
        inlines(out, &gap.after, Trust::Lesson);
        out.push_str("<br />\n");
    }
    out.push_str("</p>\n");
}

fn plan(out: &mut String, parts: &[PlanPart]) {
    out.push_str("<table>\n<thead><tr><th>Part</th><th>Pages</th><th>Read by</th></tr></thead>\n<tbody>\n");
    for part in parts {
        let pages = match (part.from, part.to) {
            (Some(from), Some(to)) => format!("{from}–{to}"),
            (Some(page), None) | (None, Some(page)) => page.to_string(),
            (None, None) => String::new(),
        };
        _ = writeln!(
            out,
            "<tr><td>{}</td><td>{pages}</td><td></td></tr>",
            escaped(&part.title)
        );
    }
    out.push_str("</tbody>\n</table>\n");
}

fn gate(out: &mut String, lesson: &Lesson, options: &[GateOption]) {
    out.push_str("<ul class=\"marks\">\n");
    for option in options {
        out.push_str("<li class=\"round\">");
        inlines(out, &option.label, Trust::Lesson);
        let target = option
            .go
            .as_ref()
            .and_then(|go| lesson.steps.iter().find(|step| step.id == *go));
        match target {
            Some(step) => _ = write!(out, " → {}", escaped(&step.title_text)),
            None => out.push_str(" → go on"),
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ul>\n");
    hint(out, "Answer it in your head. Nothing is written down.");
}

fn talk(out: &mut String, turns: &[TalkTurn], rounds: u32, swap: bool, heard: bool) {
    out.push_str("<ol>\n");
    for turn in turns {
        out.push_str("<li>");
        inlines(out, &turn.label, Trust::Lesson);
        let who = turn.role.map(|role| match role {
            TalkRole::Speaker => "speaker".to_owned(),
            TalkRole::Listener => "listener".to_owned(),
        });
        let minutes = turn.minutes.map(|minutes| format!("{minutes} min"));
        let about: Vec<String> = who.into_iter().chain(minutes).collect();
        if !about.is_empty() {
            _ = write!(out, " ({})", about.join(", "));
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n");
    if heard {
        hint(out, "After each turn the speaker says: yes, mostly, or not yet.");
    }
    match (rounds, swap) {
        (1, true) => hint(out, "Then change places, and do it once more."),
        (rounds, true) => hint(out, &format!("{rounds} rounds; change places after each.")),
        (rounds, false) if rounds > 1 => hint(out, &format!("{rounds} rounds.")),
        _ => {}
    }
}

fn help(topic: HelpTopic) -> &'static str {
    match topic {
        HelpTopic::Crisis => "Someone to talk to right now: see Support in the app, or your country's crisis line.",
        HelpTopic::Abuse => "If you are afraid of your partner: see Support in the app, or your country's helpline.",
        HelpTopic::Therapist => "Finding someone trained: see Support in the app, or a directory in your country.",
    }
}
