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
    let scored = |keys: &str, text: &str| {
        let front = FRONT.replace("lang: en\n", &format!("lang: en\nkind: instrument\n{keys}"));
        format!("{front}## One {{#one}}\n\n{text}\n")
    };
    let sum = "scoring: {method: sum, missing: 0}\n";
    let asks = "> [!scale] How? {#how range=0-6}\n> - 0: not\n> - 6: very";
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
        (
            ImageRefused,
            "from-elsewhere",
            body("![A lamp](https://elsewhere.org/lamp.png)"),
        ),
        (ImageRefused, "out-of-the-folder", body("![A lamp](../lamp.png)")),
        (ImageRefused, "no-picture", body("![A lamp](lamp.svg)")),
        (ImageRefused, "says-nothing", body("![](images/lamp.png)")),
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
        (
            BodyMissing,
            "no-turns",
            body("> [!talk] In turns {#turns}\n> Words only."),
        ),
        (KeyMissing, "timer", body("> [!timer] Breathe out slowly")),
        (KeyMissing, "help", body("> [!help] Someone to call")),
        (KeyMissing, "instrument", body("> [!instrument] This week {#week}")),
        (KeyMissing, "chart", after("> [!chart] How it went {#went of=how}")),
        (KeyValue, "topic", body("> [!help] Someone to call {topic=crysis}")),
        (
            KeyValue,
            "pile",
            body(
                "> [!sort] Closeness {#near reveal overlap=yess}\n> 1. Yes {#yes}\n> 2. No {#no}\n>\n> - a long hug {#hug}",
            ),
        ),
        (
            KeyMisplaced,
            "talk-private",
            body("> [!talk] In turns {#turns private}\n> 1. Say {#said minutes=5}"),
        ),
        (
            KeyMisplaced,
            "log-reveal",
            body("> [!log] My days {#days reveal per=day}"),
        ),
        (
            KeyMisplaced,
            "instrument-required",
            body("> [!instrument] This week {#week use=weekly-pulse required}"),
        ),
        (
            KeyMisplaced,
            "pick-private",
            body("> [!list] Strengths {#strong private pick}"),
        ),
        (
            KeyMisplaced,
            "pick-on-a-short",
            body("> [!short] One? {#q1 reveal pick}"),
        ),
        (
            KeyMisplaced,
            "send-reveal",
            body("> [!list] Thanks {#thanks reveal send}"),
        ),
        (
            KeyMisplaced,
            "overlap-private",
            body(
                "> [!sort] Closeness {#near private overlap=yes}\n> 1. Yes {#yes}\n> 2. No {#no}\n>\n> - a long hug {#hug}",
            ),
        ),
        (
            KeyMisplaced,
            "overlap-and-pick",
            body(
                "> [!sort] Closeness {#near reveal pick overlap=yes}\n> 1. Yes {#yes}\n> 2. No {#no}\n>\n> - a long hug {#hug}",
            ),
        ),
        (
            KeyMisplaced,
            "show-alone",
            body("> [!sort] Closeness {#near reveal show=2}\n> 1. Yes {#yes}\n> 2. No {#no}\n>\n> - a long hug {#hug}"),
        ),
        (
            KeyMisplaced,
            "score-in-a-lesson",
            body("> [!choice] Which? {#which}\n> - a {#a score=1}"),
        ),
        (
            KeyMisplaced,
            "bands-in-a-lesson",
            front("lang: en", "lang: en\nnoise: 4"),
        ),
        (
            KeyMisplaced,
            "share-in-an-instrument",
            scored(&format!("{sum}share: reveal\n"), asks),
        ),
        (
            KeyMisplaced,
            "reveal-in-an-instrument",
            scored(sum, "> [!scale] How? {#how reveal range=0-6}\n> - 0: not\n> - 6: very"),
        ),
        (IdMalformed, "was", body("> [!short] One? {#q1 was=Old}")),
        (IdTwice, "was-in-use", body("> [!short] One? {#q1 was=one}")),
        (
            IdTwice,
            "was-twice",
            body("> [!short] One? {#q1 was=q0}\n\n> [!short] Two? {#q2 was=q9,q0}"),
        ),
        (
            BodyMissing,
            "no-cards",
            body("> [!sort] Put in order {#order}\n> Words only."),
        ),
        (
            BodyMissing,
            "no-rows",
            body("> [!rating] How often? {#often range=0-4}\n> - 0: never\n> - 4: daily"),
        ),
        (
            BodyWrong,
            "bulleted-turns",
            body("> [!talk] In turns {#turns}\n> - Say {#said}"),
        ),
        (
            BodyWrong,
            "numbered-options",
            body("> [!choice] Which? {#which}\n> 1. a {#a}\n> 2. b {#b}"),
        ),
        (
            BodyWrong,
            "one-pile",
            body("> [!sort] Which? {#which}\n> 1. Yes {#yes}\n>\n> - a long hug {#hug}"),
        ),
        (
            FrameGap,
            "none-and-two",
            body(
                "> [!frame] Say it {#say}\n> - When it happens {#event}\n> - I feel ___ and ___ {#feel}\n> - I *need ___* {#need}",
            ),
        ),
        (
            ChartOf,
            "each",
            after(
                "> [!long] Tender {#tender sensitive}\n\n> [!chart] Look back {as=line of=how,which,hwo,tender,say,a.b.c.d}",
            ),
        ),
        (
            ChartOf,
            "sensitive",
            body(
                "> [!scale] How? {#how sensitive range=0-4}\n> - 0: not\n\n> [!chart] Look back {as=line of=how,later}\n\n> [!scale] Later? {#later}",
            ),
        ),
        (ChartOf, "nothing", body("> [!chart] Look back {as=line}")),
        (
            GateKeeps,
            "field",
            body(
                "> [!gate] Now? {#now}\n> - yes {#yes go=next}\n> - no {#no go=two}\n\n## Two {#two}\n\n> [!short] One? {#q1}",
            ),
        ),
        (
            WhenTells,
            "talk-and-ready",
            after("> [!ready] Today? {when=which:a}\n\n> [!talk] In turns {#turns when=how:1-3}\n> 1. Say {#said}"),
        ),
        (
            WhenTells,
            "gate",
            after(
                "> [!gate] Stay? {#stay when=which:a}\n> - Here {#here go=next}\n> - Away {#away go=two}\n\n## Two {#two}\n\nWords.",
            ),
        ),
        (InstrumentItem, "kind", scored(sum, "> [!short] One? {#q1}")),
        (
            InstrumentItem,
            "no-score",
            scored(
                sum,
                "> [!choice] How often? {#often}\n> - never {#never score=0}\n> - daily {#daily}",
            ),
        ),
        (
            ScoringWrong,
            "bands-without-a-source",
            scored(&format!("{sum}bands: [{{from: 0, label: low}}]\n"), asks),
        ),
        (
            ScoringWrong,
            "bands-that-fall",
            scored(
                &format!(
                    "{sum}citation: Us\npermission: Ours\nbands:\n  - {{from: 5, label: low}}\n  - {{from: 2.5, label: high}}\n"
                ),
                asks,
            ),
        ),
        (
            ScoringWrong,
            "no-leave",
            scored(&format!("{sum}citation: Them\n"), asks),
        ),
        (
            ScoringWrong,
            "noise-without-a-total",
            scored(
                "scoring: {method: none}\ncitation: Us\npermission: Ours\nnoise: 4\n",
                asks,
            ),
        ),
        (
            ScoringWrong,
            "no-noise",
            scored(&format!("{sum}citation: Us\npermission: Ours\nnoise: -4\n"), asks),
        ),
        (FrontKeyMissing, "scoring", scored("", asks)),
        (FrontKeyUnknown, "in-scoring", scored("scoring: {methd: sum}\n", asks)),
        (FrontValue, "scoring-as-a-word", scored("scoring: sum\n", asks)),
        (
            FrontValue,
            "noise-as-text",
            scored(&format!("{sum}noise: some\n"), asks),
        ),
        (CodeSwallows, "open-fence", body("```\nText.\n\n> [!short] One? {#q1}")),
        (CodeSwallows, "indented", body("    > [!short] One? {#q1}")),
        (Invisible, "override", body("> [!short] One? {#q1 \u{202e}required}")),
        (Invisible, "control", body("A bell: \u{7}.")),
        (LineEnds, "old-mac", body("Text.").replace('\n', "\r")),
        (HeadingLevel, "first", body("# Title")),
        (HeadingLevel, "no-space", format!("{FRONT}##One {{#one}}\n\nText.\n")),
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
    // L049 to L069 are about a course; L021 is the course's too, now that every kind of block is built.
    let of_a_course = |code: &Code| ("L049".."L070").contains(&code.as_str()) || *code == Code::NotBuiltYet;
    let have: BTreeSet<Code> = cases().into_iter().map(|(code, ..)| code).collect();
    let lack: Vec<&Code> = Code::ALL
        .iter()
        .filter(|code| !of_a_course(code) && !have.contains(code))
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
