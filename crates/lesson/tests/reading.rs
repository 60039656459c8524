//! What a good file becomes, and that no file at all breaks the reader.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;

use lesson::*;
use proptest::prelude::*;

const LESSON: &str = "---\nformat: 1\nid: our-loop\ntitle: \"Our loop\"\nversion: 1.0.0\nlang: en\naudience: either\nminutes: 40\nlicence: CC-BY-SA-4.0\nsources: [Ours]\nshare: reveal\n---\n\nHello, *you*.\n\n## Right time? {#ready}\n\n> [!gate] Only you see this. {#safe}\n> Is it a *good* moment?\n> - Yes {#ok go=next}\n> - No {#later go=help}\n\n## A moment {#moment light}\n\n> [!note]\n> Figure and source.\n\n> [!choice] In that moment I **mostly** … {#stance}\n> - moved closer: asked,\n>   pushed {#pursue}\n> - moved away {#withdraw}\n> - something else {#else other}\n\n> [!cycle] Draw one round {#loop required}\n> A feeling may be:\n>\n> - afraid\n> - alone\n>\n> 1. The spark {#spark spark}\n> 2. What I did {#move seen}\n> 3. What I felt {#felt under}\n\n> [!scale] How close? {#close range=-3-3}\n> - -3: far\n> - 3: near\n\n> [!checklist] Next time {#next joint}\n> - [ ] Ten slow breaths {#breathe}\n\n> [!plan] Weeks {#weeks every=2w joint}\n> - Opening pages {#w1 pages=1-30}\n> - The rest\n\n## Both {#both when=together}\n\n> [!compare] Side by side {#join of=stance,loop}\n\n## Closer {#closer when=stance:pursue|else,close:-3--1}\n\n> [!long] What could you ask for? {#ask private sensitive}\n\n## Help {#help}\n\n> [!TIP]\n> Talk to someone.\n";

fn read(source: &str) -> Lesson {
    let parsed = parse(source);
    assert_eq!(parsed.diagnostics, vec![]);
    parsed.lesson.unwrap()
}

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

fn block<'l>(lesson: &'l Lesson, name: &str) -> &'l Block {
    lesson.block(&id(name)).unwrap()
}

#[test]
fn a_good_file_becomes_the_lesson_it_says() {
    insta::assert_snapshot!("our-loop", serde_json::to_string_pretty(&read(LESSON)).unwrap());
}

const EVERY_KIND: &str = include_str!("samples/every-kind.md");
const PULSE: &str = include_str!("samples/weekly-pulse.md");

/// Two short lessons that show the grammar at a glance.
const SAMPLES: [&str; 2] = [
    include_str!("samples/negative-cycle.md"),
    include_str!("samples/read-together.md"),
];

#[test]
fn every_kind_key_and_flag_becomes_what_it_says() {
    insta::assert_snapshot!(
        "every-kind",
        serde_json::to_string_pretty(&read(EVERY_KIND).steps).unwrap()
    );
}

#[test]
fn an_instrument_has_scores_and_nothing_else_has() {
    let pulse = read(PULSE);
    insta::assert_snapshot!("weekly-pulse", serde_json::to_string_pretty(&pulse).unwrap());
    assert!(pulse.fields().all(|field| field.privacy == Some(Privacy::Private)));
    assert_eq!(read(EVERY_KIND).meta.instrument, None);
}

#[test]
fn the_sample_lessons_open() {
    for sample in SAMPLES {
        read(sample);
    }
}

#[test]
fn a_lesson_goes_to_json_and_back_unchanged() {
    for source in [LESSON, EVERY_KIND, PULSE].into_iter().chain(SAMPLES) {
        let lesson = read(source);
        let json = serde_json::to_string(&lesson).unwrap();
        assert_eq!(serde_json::from_str::<Lesson>(&json).unwrap(), lesson);
    }
}

#[test]
fn windows_line_ends_a_bom_and_tabs_in_tails_change_nothing() {
    let plain = read(LESSON);
    assert_eq!(read(&LESSON.replace('\n', "\r\n")), plain);
    assert_eq!(read(&format!("\u{feff}{LESSON}")), plain);
    assert_eq!(read(&LESSON.replace("{#loop required}", "{#loop\trequired}")), plain);
}

#[test]
fn an_id_is_only_ever_an_id() {
    for wrong in ["", "A", "1a", "a b", "a.b", "../a", "ä"] {
        assert!(Id::new(wrong).is_err(), "{wrong}");
        assert!(
            serde_json::from_value::<Id>(serde_json::json!(wrong)).is_err(),
            "{wrong}"
        );
    }
    assert!(Id::new(&"a".repeat(65)).is_err());
}

#[test]
fn a_rule_further_down_is_not_front_matter() {
    let parsed = parse(&LESSON.replace("Hello, *you*.", "Hello.\n\n---\n\nid: other\n\n---"));
    assert_eq!(parsed.diagnostics, vec![]);
    assert_eq!(parsed.lesson.unwrap().meta.id, id("our-loop"));
}

fn stages(words: &[(&str, &str)]) -> Value {
    Value::Stages {
        stages: words
            .iter()
            .map(|(stage, text)| (id(stage), (*text).to_owned()))
            .collect(),
    }
}

#[test]
fn what_lies_underneath_is_in_no_surface() {
    let lesson = read(LESSON);
    let block = block(&lesson, "loop");
    let whole = stages(&[
        ("spark", "the door"),
        ("move", "I left"),
        ("felt", "alone"),
        ("gone", "a stage of before"),
    ]);
    assert_eq!(layers(block), [Layer::Surface, Layer::Under]);
    assert_eq!(
        whole.layer_of(block, Layer::Surface),
        stages(&[("spark", "the door"), ("move", "I left")])
    );
    let both = layers(block).into_iter().map(|layer| whole.layer_of(block, layer));
    assert_eq!(Value::join(both), Some(whole));
}

#[test]
fn an_answer_fits_only_its_own_block() {
    let lesson = read(LESSON);
    let picks = |names: &[&str], other: Option<&str>| Value::Picks {
        picks: names.iter().map(|name| id(name)).collect(),
        other: other.map(str::to_owned),
    };
    let stance = block(&lesson, "stance");
    assert_eq!(fits(stance, &picks(&["pursue"], None)), Ok(()));
    assert_eq!(fits(stance, &picks(&["pursue", "else"], None)), Err(Misfit::TooMany));
    assert_eq!(
        fits(stance, &picks(&["spark"], None)),
        Err(Misfit::Unknown(id("spark")))
    );
    assert_eq!(
        fits(block(&lesson, "next"), &picks(&[], Some("mine"))),
        Err(Misfit::NoOther)
    );
    assert_eq!(fits(stance, &Value::Mark { at: Some(1) }), Err(Misfit::OtherKind));
    assert_eq!(
        fits(block(&lesson, "safe"), &picks(&["ok"], None)),
        Err(Misfit::KeepsNothing)
    );
    assert_eq!(fits(block(&lesson, "close"), &Value::Mark { at: Some(-3) }), Ok(()));
    assert_eq!(
        fits(block(&lesson, "close"), &Value::Mark { at: Some(4) }),
        Err(Misfit::OutOfRange)
    );
}

#[test]
fn an_answer_reads_in_plain_words() {
    let lesson = read(LESSON);
    let other = Value::Picks {
        picks: vec![id("else")],
        other: Some("sang".into()),
    };
    assert_eq!(other.as_lines(block(&lesson, "stance")), ["something else: sang"]);
    assert_eq!(
        stages(&[("spark", "the door"), ("felt", " ")]).as_lines(block(&lesson, "loop")),
        ["The spark: the door"]
    );
    assert!(Value::Mark { at: None }.is_blank() && !Value::Mark { at: Some(0) }.is_blank());
    assert_eq!(stages(&[("spark", "the door")]).part(&id("spark")), Some("the door"));
}

#[test]
fn a_seal_is_made_over_the_same_text_each_time() {
    let one = Value::Stages {
        stages: BTreeMap::from([(id("b"), "2".into()), (id("a"), "\"1\"\n".into())]),
    };
    assert_eq!(one.canonical(), r#"{"stages":{"a":"\"1\"\n","b":"2"},"type":"stages"}"#);
}

/// Reads it, and holds every place in what it says to be one.
fn survives(source: &str) -> Result<(), TestCaseError> {
    let parsed = parse(source);
    for diagnostic in &parsed.diagnostics {
        let spans = diagnostic
            .labels
            .iter()
            .map(|label| &label.span)
            .chain(diagnostic.fix.as_ref().map(|fix| &fix.span));
        for span in spans.chain([&diagnostic.span]) {
            prop_assert!(source.get(span.clone()).is_some(), "{:?} in {source:?}", diagnostic);
        }
        let json = diagnostic.to_json("a.md", source);
        prop_assert!(json["line"].as_u64() >= Some(1) && json["column"].as_u64() >= Some(1));
        line_text(source, diagnostic.span.start);
    }
    if let (true, Some(lesson)) = (parsed.opens(), &parsed.lesson) {
        let json = serde_json::to_string(lesson).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Lesson>(&json).unwrap(), lesson);
    }
    Ok(())
}

/// Bits that lessons are made of, and bits that break them.
fn piece() -> impl Strategy<Value = String> {
    let known: &[&str] = &[
        "> ",
        "[!choice]",
        "[!cycle] x",
        "[!NOTE]",
        "[!note]",
        "{#",
        "}",
        "{#a}",
        " when=",
        "stance:pursue",
        "\n",
        "\r\n",
        "\n\n",
        "- ",
        "1. ",
        "- [ ] ",
        "## ",
        "---\n",
        "é",
        "“",
        "\u{feff}",
        "\t",
        "<b>",
        "[a](b)",
        "![",
        "`",
        "*",
        "|",
        "\\",
        "&amp;",
        "[^1]",
        "[^1]: x",
        "\0",
        "of=loop",
        "range=--1",
        "pages=9-1",
        "max=99999999999",
        "title: &a b",
        "x: *a",
        "!!str",
        "- 0: ",
        "{#x}{#y}",
        "```",
        "    ",
        "~~",
    ];
    prop_oneof![4 => proptest::sample::select(known).prop_map(str::to_owned), 1 => ".{0,6}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_breaks_the_reader(source in "(?s).{0,200}") {
        survives(&source)?;
    }

    #[test]
    fn no_pile_of_pieces_breaks_the_reader(pieces in proptest::collection::vec(piece(), 0..60), front in any::<bool>()) {
        let front = if front { &LESSON[..LESSON.find("\nHello").unwrap()] } else { "" };
        survives(&format!("{front}{}", pieces.concat()))?;
    }

    #[test]
    fn no_broken_lesson_breaks_the_reader(edits in proptest::collection::vec((any::<prop::sample::Index>(), 0..8_usize, piece()), 1..6)) {
        let mut source = LESSON.to_owned();
        for (at, cut, piece) in edits {
            let start = source.floor_char_boundary(at.index(source.len() + 1));
            let end = source.floor_char_boundary((start + cut).min(source.len())).max(start);
            source.replace_range(start..end, &piece);
        }
        survives(&source)?;
    }
}
