//! Every rule that a lesson file can break has a file that breaks it, and the words for it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use lesson::{Code, line_text, parse, place};

const FRONT: &str = "---\nformat: 1\nid: try-out\ntitle: Try out\nversion: 1.0.0\nlang: en\naudience: either\nminutes: 5\nlicence: CC-BY-SA-4.0\nsources: [Ours]\nretired: [old]\n---\n\n";

/// What one body says, a line per finding, with its place, its words and its fix.
fn told(source: &str) -> String {
    let mut out = String::new();
    for d in parse(source).diagnostics {
        let at = place(source, d.span.start);
        out += &format!("{} {}:{} {}\n", d.code, at.line, at.column, d.message);
        out += &format!("    | {}\n", line_text(source, d.span.start));
        for label in &d.labels {
            out += &format!("    + {}: {}\n", label.text, &source[label.span.clone()]);
        }
        out += &d.help.map(|help| format!("    = {help}\n")).unwrap_or_default();
        out += &d
            .fix
            .map(|fix| format!("    ~ {:?} -> {:?}\n", &source[fix.span], fix.text))
            .unwrap_or_default();
    }
    out
}

fn body(text: &str) -> String {
    format!("{FRONT}## One {{#one}}\n\n{text}\n")
}

fn front(from: &str, to: &str) -> String {
    assert!(FRONT.contains(from));
    format!("{}## One {{#one}}\n\nText.\n", FRONT.replace(from, to))
}

/// Each case: the rule it is about, and a whole file.
fn cases() -> Vec<(Code, &'static str, String)> {
    use Code::*;
    let asked = "> [!choice] Which? {#which}\n> - a {#a}\n> - b {#b}\n\n> [!scale] How? {#how range=0-10}\n> - 0: not\n> - 10: very\n\n> [!gate] Now? {#now}\n> - yes {#yes go=next}\n\n> [!short] Say {#say reveal}\n\n";
    let after = |text: &str| body(&format!("{asked}{text}"));
    vec![
        (FrontMissing, "none", "## One {#one}\n\nText.\n".into()),
        (
            FrontUnclosed,
            "open",
            "---\nformat: 1\n\n## One {#one}\n\nText.\n".into(),
        ),
        (FrontUnreadable, "broken", front("title: Try out", "title: [Try out")),
        (FrontTrick, "anchor", front("title: Try out", "title: &a Try")),
        (FrontTrick, "tag", front("title: Try out", "title: !!str Try")),
        (FrontKeyUnknown, "near", front("licence:", "license:")),
        (FrontKeyTwice, "twice", front("lang: en", "lang: en\nlang: de")),
        (FrontKeyMissing, "gone", front("minutes: 5\n", "")),
        (FrontValue, "number", front("minutes: 5", "minutes: soon")),
        (FrontValue, "version-as-number", front("version: 1.0.0", "version: 1.0")),
        (FrontValue, "word", front("audience: either", "audience: eiter")),
        (FormatUnknown, "two", front("format: 1", "format: 2")),
        (TooLarge, "deep", body(&"> ".repeat(30))),
        (TooLarge, "blocks", body(&"> [!note] A\n\n".repeat(301))),
        (Html, "inline", body("A <b>bold</b> word.\n\n<!-- hidden -->")),
        (
            LinkRefused,
            "http",
            body("[Here](http://example.org) and [there](#nowhere)."),
        ),
        (ImageRefused, "image", body("![A picture](picture.png)")),
        (
            FellOut,
            "lazy",
            body("> [!choice] Which? {#which}\n> - a {#a}\nand so on\n> - b {#b}"),
        ),
        (FellOut, "list", body("> [!long] What? {#what}\n- a {#a}")),
        (TwoOpeners, "two", body("> [!short] One? {#q1}\n> [!short] Two? {#q2}")),
        (OpenerBroken, "late", body("> Text first.\n> [!short] One? {#q1}")),
        (OpenerBroken, "no-mark", body("> [short] One? {#q1}")),
        (AlertTitle, "title", body("> [!NOTE] A title\n> Text.")),
        (BlockNested, "in-list", body("- one\n\n  > [!short] One? {#q1}")),
        (
            BlockOutsideStep,
            "first",
            format!("{FRONT}> [!short] One? {{#q1}}\n\n## One {{#one}}\n\nText.\n"),
        ),
        (KindUnknown, "near", body("> [!choise] Which? {#which}\n> - a {#a}")),
        (
            NotBuiltYet,
            "talk",
            body("> [!talk] Five minutes each {#turns rounds=1 swap joint}\n> 1. Say {#said minutes=5}"),
        ),
        (NotBuiltYet, "key", body("> [!short] One? {#q1 rev=2}")),
        (
            NotBuiltYet,
            "instrument",
            front("lang: en", "lang: en\nkind: instrument"),
        ),
        (TailBroken, "smart-quotes", body("> [!short] One? {#q1 max=“5”}")),
        (TailBroken, "open", body("> [!short] One? {#q1 required")),
        (TailBroken, "half", body("> [!short] One? {#q1 max= 5}")),
        (KeyUnknown, "near", body("> [!short] One? {#q1 requred}")),
        (KeyUnknown, "no-hash", body("> [!short] One? {question}")),
        (KeyMisplaced, "rows", body("> [!short] One? {#q1 rows=3}")),
        (
            KeyMisplaced,
            "privacy-on-a-step",
            format!("{FRONT}## One {{#one private}}\n\nText.\n"),
        ),
        (
            KeyMisplaced,
            "required-on-a-note",
            body("> [!note] Why {#why required}\n> Text."),
        ),
        (KeyTwice, "privacy", body("> [!short] One? {#q1 private joint}")),
        (KeyTwice, "ids", body("> [!short] One? {#q1 #q2}")),
        (KeyValue, "flag", body("> [!short] One? {#q1 required=yes}")),
        (KeyValue, "number", body("> [!short] One? {#q1 max=many}")),
        (KeyValue, "min-over-max", body("> [!list] One? {#q1 min=3 max=2}")),
        (KeyValue, "every", body("> [!plan] Weeks {#weeks every=month}")),
        (TailAstray, "prose", body("A line. {#line}")),
        (TailAstray, "middle", body("> [!short] One {#q1} two?")),
        (IdMalformed, "capital", body("> [!short] One? {#My_Name}")),
        (IdMissing, "field", body("> [!short] How was it?")),
        (
            IdMissing,
            "option",
            body("> [!choice] Which? {#which}\n> - a {#a}\n> - The other one"),
        ),
        (StepIdMissing, "step", format!("{FRONT}## One small moment\n\nText.\n")),
        (IdTwice, "twice", body("> [!short] One? {#q1}\n\n> [!short] Two? {#q1}")),
        (IdRetired, "old", body("> [!short] One? {#old}")),
        (PromptMissing, "empty", body("> [!short] {#q1}")),
        (
            PromptWraps,
            "wraps",
            body("> [!short] One very\n> long question? {#q1}"),
        ),
        (BodyMissing, "no-options", body("> [!choice] Which? {#which}")),
        (BodyWrong, "bullets", body("> [!checklist] Which? {#which}\n> - a {#a}")),
        (
            BodyWrong,
            "nested",
            body("> [!choice] Which? {#which}\n> - a {#a}\n>   - deeper\n> - b {#b}"),
        ),
        (
            BodyWrong,
            "two-lists",
            body("> [!choice] Which? {#which}\n> - a {#a}\n>\n> Or\n>\n> - b {#b}"),
        ),
        (
            ScaleEnd,
            "no-mark",
            body("> [!scale] How? {#how range=0-10}\n> - not at all\n> - 11: off"),
        ),
        (
            CycleStages,
            "no-spark",
            body("> [!cycle] Loop {#loop}\n> 1. One {#s1 seen}\n> 2. Two {#s2 under}"),
        ),
        (
            CycleStages,
            "under-spark",
            body("> [!cycle] Loop {#loop}\n> 1. One {#s1 spark under}\n> 2. Two {#s2 seen}"),
        ),
        (WhenBroken, "near", body("> [!short] One? {#q1 when=togethr}")),
        (WhenUnknown, "field", after("> [!short] One? {#q1 when=wich:a}")),
        (WhenUnknown, "option", after("> [!short] One? {#q1 when=which:c}")),
        (
            WhenForward,
            "later",
            body("> [!short] One? {#q1 when=which:a}\n\n> [!choice] Which? {#which}\n> - a {#a}"),
        ),
        (WhenUntestable, "gate", after("> [!short] One? {#q1 when=now:yes}")),
        (WhenUntestable, "text", after("> [!short] One? {#q1 when=say:x}")),
        (WhenUntestable, "range", after("> [!short] One? {#q1 when=how:5-20}")),
        (WhenTells, "joint", after("> [!short] One? {#q1 joint when=which:a}")),
        (
            WhenTells,
            "step",
            format!(
                "{}## Two {{#two when=how:!0-3}}\n\n> [!compare] Look {{#look of=say}}\n",
                after("")
            ),
        ),
        (
            GateTarget,
            "gone",
            body("> [!gate] Now? {#now}\n> - yes {#yes go=onne}\n> - no {#no}"),
        ),
        (CompareOf, "private", after("> [!compare] Look {#look of=which,sya}")),
        (CompareOf, "none", body("> [!compare] Look {#look}")),
        (RecallOf, "form", body("> [!recall] Before {#before of=line}")),
        (HeadingLevel, "first", body("# Title")),
        (HeadingLevel, "underlined", body("Some text\n---\n\nMore.")),
        (StepEmpty, "no-steps", format!("{FRONT}Text.\n")),
        (StepEmpty, "empty-step", format!("{FRONT}## One {{#one}}\n")),
    ]
}

#[test]
fn every_rule_is_told_in_its_own_words() {
    let mut page = String::new();
    for (code, name, source) in cases() {
        let told = told(&source);
        assert!(
            told.contains(code.as_str()),
            "{code} ({name}) is not told, but:\n{told}"
        );
        page += &format!("== {code} {name}\n{told}\n");
    }
    insta::assert_snapshot!("rules", page);
}

#[test]
fn no_rule_of_a_lesson_file_is_without_a_case() {
    let of_a_course = Code::FileUnreadable;
    let have: BTreeSet<Code> = cases().into_iter().map(|(code, ..)| code).collect();
    let lack: Vec<&Code> = Code::ALL
        .iter()
        .filter(|code| **code < of_a_course && !have.contains(code))
        .collect();
    assert!(lack.is_empty(), "{lack:?}");
}

#[test]
fn the_page_lists_every_rule_and_no_other() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/lesson-format.md")).unwrap();
    let listed: Vec<String> = page
        .lines()
        .filter(|line| line.starts_with("| L0"))
        .map(str::to_owned)
        .collect();
    let known: Vec<String> = Code::ALL
        .iter()
        .map(|code| format!("| {code} | {} |", code.meaning()))
        .collect();
    assert_eq!(listed, known);
}

#[test]
fn an_error_keeps_a_lesson_from_opening_and_a_warning_does_not() {
    assert!(parse(&body("Text.")).opens());
    assert!(parse(&format!("{FRONT}## One\n\nText.\n")).opens());
    assert!(!parse(&body("> [!short] One?")).opens());
}

#[test]
fn json_counts_lines_and_columns_from_one() {
    let source = body("Ünsinn {#astray}");
    let parsed = parse(&source);
    let json = parsed.diagnostics[0].to_json("a.md", &source);
    assert_eq!(
        (json["file"].as_str(), json["code"].as_str()),
        (Some("a.md"), Some("L027"))
    );
    assert_eq!(
        (
            json["line"].as_u64(),
            json["column"].as_u64(),
            json["end_column"].as_u64()
        ),
        (Some(16), Some(8), Some(17))
    );
}
