//! A course on disk: one bad file never takes the others with it.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use course::{LoadError, help_lines, load};
use lesson::Code;

const MANIFEST: &str = "format = 1\nid = \"try-out\"\ntitle = \"Try out\"\nversion = \"1.0.0\"\nlanguages = [\"en\"]\nlicence = \"CC-BY-SA-4.0\"\nlessons = [\"b\", \"a\"]\n\n[[parts]]\nid = \"see\"\ntitle = \"See\"\n";

fn lesson(id: &str, more: &str, body: &str) -> String {
    format!(
        "---\nformat: 1\nid: {id}\ntitle: A title\nversion: 1.0.0\nlang: en\naudience: either\nminutes: 5\nlicence: CC0-1.0\nsources: [Ours]\n{more}---\n\n## One {{#one}}\n\n{body}\n"
    )
}

/// A folder with a manifest, two lessons, and whatever else.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = dir.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    };
    write("course.toml", MANIFEST.as_bytes());
    write(
        "en/a.md",
        lesson("a", "part: see\n", "> [!cycle] Loop {#loop half}\n> 1. One {#s1}").as_bytes(),
    );
    write(
        "en/b.md",
        lesson("b", "", "> [!recall] Before {#before of=a.loop.s1}").as_bytes(),
    );
    files.iter().for_each(|(name, bytes)| write(name, bytes));
    dir
}

/// Every problem as `file code`.
fn problems(dir: &Path) -> Vec<String> {
    let course = load(dir, "en").unwrap();
    let manifest = course
        .manifest_problems
        .iter()
        .map(|problem| format!("course.toml {}", problem.code));
    let lessons = course
        .files()
        .flat_map(|file| file.diagnostics.iter().map(|d| format!("{} {}", file.file, d.code)));
    manifest.chain(lessons).collect()
}

#[test]
fn a_good_course_opens_in_the_manifests_order() {
    let dir = folder(&[]);
    let course = load(dir.path(), "en").unwrap();
    assert!(course.is_clean(), "{:?}", problems(dir.path()));
    let files: Vec<&str> = course.lessons.iter().map(|file| file.file.as_str()).collect();
    assert_eq!(files, ["en/b.md", "en/a.md"]);
    assert_eq!(load(dir.path(), "de").unwrap().lessons.len(), 2, "falls back whole");
}

#[test]
fn one_broken_file_leaves_the_others_open() {
    for broken in [&b"# nothing\n"[..], &b"\xff\xfe not text"[..], &[b'x'; 300 * 1024][..]] {
        let dir = folder(&[("en/a.md", broken)]);
        let course = load(dir.path(), "en").unwrap();
        let a = course.lessons.iter().find(|file| file.file == "en/a.md").unwrap();
        assert!(!a.opens && a.listed && !a.diagnostics.is_empty());
        assert!(course.manifest_problems.is_empty());
    }
    let dir = folder(&[
        ("en/a.md", &lesson("a", "", "> [!shrt] x {#x}").into_bytes()),
        ("en/b.md", &lesson("b", "", "Text.").into_bytes()),
    ]);
    let course = load(dir.path(), "en").unwrap();
    assert!(
        course.lesson(&lesson::Id::new("b").unwrap()).is_some()
            && course.lesson(&lesson::Id::new("a").unwrap()).is_none()
    );
}

#[test]
fn what_only_the_whole_course_can_tell_is_told() {
    let told = |name: &str, text: String| problems(folder(&[(name, text.as_bytes())]).path());
    assert_eq!(told("en/b.md", lesson("b", "part: sea\n", "Text.")), ["en/b.md L054"]);
    assert_eq!(
        told("en/b.md", lesson("b", "requires: [c]\n", "Text.")),
        ["en/b.md L055"]
    );
    assert_eq!(
        told("en/b.md", lesson("b", "", "> [!recall] Before {#before of=a.loop.s2}")),
        ["en/b.md L055"]
    );
    assert_eq!(
        told("en/b.md", lesson("b", "", "> [!recall] Before {#before of=a.lop}")),
        ["en/b.md L055"]
    );
    assert_eq!(told("en/c.md", lesson("c", "", "Text.")), ["en/c.md L052"]);
    assert_eq!(told("en/c.md", lesson("a", "", "Text.")), ["en/c.md L053"]);
    assert_eq!(
        told("course.toml", MANIFEST.replace("\"a\"", "\"a\", \"z\"")),
        ["course.toml L051"]
    );
    assert_eq!(
        told(
            "en/b.md",
            lesson("b", "", "> [!cycle] Loop {#own half}\n> 1. One {#s1}")
        ),
        [""; 0]
    );
}

#[test]
fn a_manifest_out_of_form_says_where() {
    let dir = folder(&[("course.toml", MANIFEST.replace("licence", "license").as_bytes())]);
    let Err(LoadError::Manifest { problems, text, .. }) = load(dir.path(), "en") else {
        panic!("it loaded")
    };
    assert_eq!(
        (problems[0].code, &text[problems[0].span.clone()]),
        (Code::ManifestUnreadable, "license")
    );
    assert!(matches!(
        load(Path::new("/nowhere/at/all"), "en"),
        Err(LoadError::Unreadable { .. })
    ));
}

#[test]
fn a_language_never_leads_out_of_the_folder() {
    let dir = folder(&[("course.toml", MANIFEST.replace("[\"en\"]", "[\"../en\"]").as_bytes())]);
    let course = load(dir.path(), "en").unwrap();
    assert!(course.lessons.is_empty() && !course.manifest_problems.is_empty());
}

#[test]
fn help_lines_are_read_and_a_line_without_a_way_to_reach_it_is_refused() {
    let good = "checked = 2026-10-15\n\n[[country]]\ncode = \"other\"\nname = \"Elsewhere\"\nemergency = \"local\"\n\n[[country.line]]\ntopic = \"crisis\"\nname = \"Find a helpline\"\nsite = \"findahelpline.com\"\n";
    let lines = help_lines(folder(&[("help-lines.toml", good.as_bytes())]).path()).unwrap();
    assert_eq!(
        (lines.checked.to_string().as_str(), lines.countries[0].lines.len()),
        ("2026-10-15", 1)
    );
    for bad in [
        good.replace("site =", "sight ="),
        good.replace("site = \"findahelpline.com\"\n", ""),
        good.replace("2026-10-15", "\"soon\""),
    ] {
        assert!(help_lines(folder(&[("help-lines.toml", bad.as_bytes())]).path()).is_err());
    }
}

#[test]
fn a_path_leads_through_lessons_that_are_there_and_says_whom_it_suits() {
    let with = |path: &str| folder(&[("course.toml", format!("{MANIFEST}\n[[paths]]\n{path}").as_bytes())]);
    let good = with(
        "id = \"argue\"\ntitle = \"We keep having the same argument\"\nlessons = [\"a\", \"b\"]\nwho = \"together\"\n",
    );
    let course = load(good.path(), "en").unwrap();
    assert!(course.is_clean(), "{:?}", course.manifest_problems);
    let path = &course.manifest.paths[0];
    assert_eq!((path.lessons.len(), path.who), (2, lesson::Audience::Together));
    let unknown = with("id = \"argue\"\ntitle = \"We argue\"\nlessons = [\"a\", \"bb\"]\n");
    let course = load(unknown.path(), "en").unwrap();
    let problem = &course.manifest_problems[0];
    assert_eq!(
        (problem.code, problem.help.as_deref()),
        (Code::ManifestFile, Some("Did you mean `b`?"))
    );
    assert_eq!(&course.manifest_source[problem.span.clone()], "\"bb\"");
    assert_eq!(
        problems(with("id = \"argue\"\ntitle = \"We argue\"\nlessons = []\n").path()),
        ["course.toml L050"]
    );
    let nobody = with("id = \"argue\"\ntitle = \"We argue\"\nlessons = [\"a\"]\nwho = \"us\"\n");
    assert!(load(nobody.path(), "en").is_err());
}

#[test]
fn what_was_retired_does_not_come_back() {
    let retired = MANIFEST.replace("lessons =", "retired = [\"a\"]\nlessons =");
    assert_eq!(
        problems(folder(&[("course.toml", retired.as_bytes())]).path()),
        ["course.toml L050"]
    );
}

#[test]
fn what_is_nearly_right_is_offered() {
    let help = |name: &str, text: String| {
        let course = load(folder(&[(name, text.as_bytes())]).path(), "en").unwrap();
        let problems: Vec<_> = course.files().flat_map(|file| file.diagnostics.clone()).collect();
        (problems[0].help.clone().unwrap_or_default(), problems[0].span.clone())
    };
    let b = |of: &str| lesson("b", "", &format!("> [!recall] Before {{#before of={of}}}"));
    for (of, meant) in [("a.lop", "loop"), ("a.loop.s", "s1")] {
        let (help, span) = help("en/b.md", b(of));
        assert_eq!(help, format!("Did you mean `{meant}`?"));
        assert_eq!(&b(of)[span], of);
    }
    let (part, _) = help("en/b.md", lesson("b", "part: sea\n", "Text."));
    assert_eq!(part, "Did you mean `see`?");
    let misspelt = MANIFEST.replace("licence", "license");
    let Err(LoadError::Manifest { problems, .. }) = load(folder(&[("course.toml", misspelt.as_bytes())]).path(), "en")
    else {
        panic!("it loaded")
    };
    assert_eq!(problems[0].help.as_deref(), Some("Did you mean `licence`?"));
}

/// A German `a.md`, and what is told of it.
fn german(more: &str, body: &str) -> (course::Course, Vec<String>) {
    let text = lesson("a", more, body)
        .replace("lang: en", "lang: de")
        .replace("A title", "Ein Titel");
    let manifest = MANIFEST.replace("[\"en\"]", "[\"en\", \"de\"]");
    let dir = folder(&[("course.toml", manifest.as_bytes()), ("de/a.md", text.as_bytes())]);
    (load(dir.path(), "de").unwrap(), told_of(dir.path()))
}

fn told_of(dir: &Path) -> Vec<String> {
    let files = course::look(dir).unwrap().files;
    files
        .iter()
        .flat_map(|file| {
            file.diagnostics
                .iter()
                .map(|d| format!("{} {} {}", file.file, d.code, &file.source[d.span.clone()]))
        })
        .collect()
}

#[test]
fn a_translation_stands_in_and_what_has_none_falls_back_whole() {
    let (course, told) = german(
        "part: see\ntranslates: a@1.0.0\n",
        "> [!cycle] Kreis {#loop half}\n> 1. Eins {#s1}",
    );
    assert_eq!(told, [""; 0]);
    let files: Vec<&str> = course.lessons.iter().map(|file| file.file.as_str()).collect();
    assert_eq!((files, course.language.as_str()), (vec!["en/b.md", "de/a.md"], "de"));
}

#[test]
fn a_translation_of_another_version_is_told_and_still_used() {
    let (course, told) = german(
        "part: see\ntranslates: a@0.9.0\n",
        "> [!cycle] Kreis {#loop half}\n> 1. Eins {#s1}",
    );
    assert_eq!(told, ["de/a.md L058 translates: a@0.9.0"]);
    assert_eq!(course.lessons[1].file, "de/a.md");
}

#[test]
fn a_translation_that_is_built_otherwise_is_put_aside_whole() {
    let meta = "part: see\ntranslates: a@1.0.0\n";
    for (body, place) in [
        (
            "> [!cycle] Kreis {#loop}\n> 1. Eins {#s1 spark}\n> 2. Zwei {#s2 seen}",
            "#loop",
        ),
        ("> [!cycle] Kreis {#loop half}\n> 1. Eins {#eins}", "#loop"),
        ("> [!cycle] Kreis {#kreis half}\n> 1. Eins {#s1}", "#kreis"),
        ("> [!cycle] Kreis {#loop half joint}\n> 1. Eins {#s1}", "#loop"),
        ("> [!cycle] Kreis {#loop half sensitive}\n> 1. Eins {#s1}", "#loop"),
        ("> [!long] Kreis {#loop}", "#loop"),
        ("Nur Worte.", "#one"),
        (
            "> [!cycle] Kreis {#loop half}\n> 1. Eins {#s1}\n\n> [!long] Mehr {#more}",
            "#more",
        ),
        (
            "> [!cycle] Kreis {#loop half}\n> 1. Eins {#s1}\n\n## Zwei {#two}\n\nMehr.",
            "#two",
        ),
    ] {
        let (course, told) = german(meta, body);
        assert_eq!(told, [format!("de/a.md L059 {place}")], "{body}");
        let files: Vec<&str> = course.lessons.iter().map(|file| file.file.as_str()).collect();
        assert_eq!((files, course.set_aside.len()), (vec!["en/b.md", "en/a.md"], 1));
    }
}

#[test]
fn a_translation_says_what_it_translates() {
    let body = "> [!cycle] Kreis {#loop half}\n> 1. Eins {#s1}";
    assert_eq!(german("part: see\n", body).1, ["de/a.md L059 id: a"]);
    assert_eq!(
        german("part: see\ntranslates: b@1.0.0\n", body).1,
        ["de/a.md L059 translates: b@1.0.0"]
    );
    let manifest = MANIFEST.replace("[\"en\"]", "[\"en\", \"de\"]");
    let stray = lesson("z", "translates: z@1.0.0\n", "Text.").replace("lang: en", "lang: de");
    let dir = folder(&[("course.toml", manifest.as_bytes()), ("de/z.md", stray.as_bytes())]);
    assert_eq!(told_of(dir.path()), ["de/z.md L059 id: z"]);
    let english = lesson("a", "part: see\ntranslates: a@1.0.0\n", body);
    let dir = folder(&[("course.toml", manifest.as_bytes()), ("de/a.md", english.as_bytes())]);
    assert_eq!(told_of(dir.path()), ["de/a.md L059 lang: en"]);
}

const PULSE: &str = "kind: instrument\nscoring: {method: none}\n";

/// A course with a questionnaire that `b` uses, and whatever else.
fn with_pulse(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let manifest = MANIFEST.replace("lessons =", "instruments = [\"pulse\"]\nlessons =");
    let pulse = lesson(
        "pulse",
        PULSE,
        "> [!rating] This week {#week range=0-10}\n> - 0: no\n> - 10: yes\n> - Close? {#close}",
    );
    let b = lesson("b", "", "> [!instrument] The pulse {#pulse use=pulse}");
    let mut all = vec![
        ("course.toml", manifest.as_bytes()),
        ("instruments/pulse.md", pulse.as_bytes()),
        ("en/b.md", b.as_bytes()),
    ];
    all.extend(files);
    folder(&all)
}

#[test]
fn a_questionnaire_lies_in_its_own_folder_and_lessons_use_it() {
    let dir = with_pulse(&[]);
    let course = load(dir.path(), "en").unwrap();
    assert!(course.is_clean(), "{:?}", problems(dir.path()));
    let pulse = lesson::Id::new("pulse").unwrap();
    assert!(course.instrument(&pulse).is_some() && course.lesson(&pulse).is_none());
    assert_eq!(course.instruments[0].file, "instruments/pulse.md");
    let unknown = lesson("b", "", "> [!instrument] The pulse {#pulse use=puls}");
    let dir = with_pulse(&[("en/b.md", unknown.as_bytes())]);
    let course = load(dir.path(), "en").unwrap();
    let problem = &course.lessons[0].diagnostics[0];
    assert_eq!(
        (problem.code, problem.help.as_deref()),
        (Code::InstrumentUnknown, Some("Did you mean `pulse`?"))
    );
    assert_eq!(&unknown[problem.span.clone()], "use=puls");
}

#[test]
fn a_questionnaire_that_is_not_where_it_belongs_is_told() {
    let manifest = MANIFEST.replace("lessons =", "instruments = [\"plse\"]\nlessons =");
    let dir = with_pulse(&[("course.toml", manifest.as_bytes())]);
    assert_eq!(problems(dir.path()), ["course.toml L051", "instruments/pulse.md L052"]);
    let dir = with_pulse(&[("instruments/pulse.md", lesson("pulse", "", "Text.").as_bytes())]);
    assert_eq!(problems(dir.path()), ["instruments/pulse.md L057"]);
    let astray = lesson(
        "a",
        PULSE,
        "> [!rating] Week {#week range=0-10}\n> - 0: no\n> - 10: yes\n> - Close? {#close}",
    );
    let dir = folder(&[
        ("en/a.md", astray.as_bytes()),
        ("en/b.md", lesson("b", "", "Text.").as_bytes()),
    ]);
    assert_eq!(problems(dir.path()), ["en/a.md L057"]);
}

#[test]
fn a_questionnaire_is_translated_in_its_languages_folder() {
    let manifest = MANIFEST
        .replace("lessons =", "instruments = [\"pulse\"]\nlessons =")
        .replace("[\"en\"]", "[\"en\", \"de\"]");
    let body = "> [!rating] Diese Woche {#week range=0-10}\n> - 0: nein\n> - 10: ja\n> - Nah? {#close}";
    let german = lesson("pulse", &format!("{PULSE}translates: pulse@1.0.0\n"), body).replace("lang: en", "lang: de");
    let dir = with_pulse(&[
        ("course.toml", manifest.as_bytes()),
        ("de/instruments/pulse.md", german.as_bytes()),
    ]);
    assert_eq!(told_of(dir.path()), [""; 0]);
    let course = load(dir.path(), "de").unwrap();
    assert_eq!(course.instruments[0].file, "de/instruments/pulse.md");
    assert_eq!(
        load(dir.path(), "en").unwrap().instruments[0].file,
        "instruments/pulse.md"
    );
}

#[test]
fn a_chart_draws_what_another_lesson_has_and_can_be_drawn() {
    let heat = "> [!scale] Heat {#heat range=0-10}\n> - 0: cool\n> - 10: hot\n\n> [!long] Words {#words}\n\n> [!list] Lines {#secret sensitive}";
    let told = |of: &str, draw: &str| {
        let b = lesson("b", "", &format!("> [!chart] Back {{#back of={of} as={draw}}}"));
        let a = lesson("a", "", heat);
        let files = [("en/a.md", a.as_bytes()), ("en/b.md", b.as_bytes())];
        problems(folder(&files).path())
    };
    assert_eq!(told("a.heat", "line"), [""; 0]);
    assert_eq!(told("a.heat", "jar"), ["en/b.md L071"]);
    assert_eq!(told("a.words", "line"), ["en/b.md L071"]);
    assert_eq!(told("a.secret", "jar"), ["en/b.md L071"]);
    assert_eq!(told("a.heet", "line"), ["en/b.md L055"]);
    assert_eq!(told("z.heat,a.heat", "line"), ["en/b.md L055"]);
}

#[test]
fn the_manifest_of_the_reference_is_read_as_it_stands() {
    let page = include_str!("../../../docs/lesson-format.md");
    let (_, course) = page.split_once("\n## A course\n").unwrap();
    let manifest = course.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let course = load(folder(&[("course.toml", manifest.as_bytes())]).path(), "en").unwrap();
    let codes: Vec<Code> = course.manifest_problems.iter().map(|problem| problem.code).collect();
    assert!(
        codes.iter().all(|code| *code == Code::ManifestFile),
        "only its lessons are not here: {codes:?}"
    );
    assert_eq!(course.manifest.paths[0].lessons.len(), 2);
}

#[path = "support/craft.rs"]
#[allow(dead_code, reason = "only its picture is needed here")]
mod craft;

#[test]
fn a_lessons_pictures_lie_in_the_course_and_are_what_they_say() {
    let good = craft::png(40, 30);
    let told_of = |src: &str, body: &str| {
        let text = lesson("b", "", &body.replace("SRC", src));
        let dir = folder(&[
            ("en/b.md", text.as_bytes()),
            ("images/lamp.png", &good),
            ("images/lamp.jpg", &good),
            ("images/wide.png", &craft::png(5000, 30)),
            ("images/huge.png", &[&good[..], &vec![0; course::MAX_IMAGE]].concat()),
            ("images/head.png", &good[..20]),
        ]);
        let course = load(dir.path(), "en").unwrap();
        let found = course.lessons[0].diagnostics.iter();
        found
            .map(|d| format!("{} {}", d.code, &text[d.span.clone()]))
            .collect::<Vec<_>>()
    };
    let told = |src: &str| told_of(src, "![A lamp](SRC)");
    assert_eq!(told("images/lamp.png"), [""; 0]);
    for body in [
        "- One\n  - **![A lamp](SRC)**",
        "> A quotation\n>\n> ![A lamp](SRC)",
        "| a |\n|---|\n| ![A lamp](SRC) |",
        "> [!note] Look\n> ![A lamp](SRC)",
        "> [!choice] Which? {#which}\n> - ![A lamp](SRC) {#lamp}\n> - Other {#other}",
    ] {
        assert_eq!(told_of("no.png", body), ["L013 no.png"], "{body}");
    }
    for src in [
        "images/lmp.png",
        "images/lamp.jpg",
        "images/wide.png",
        "images/huge.png",
        "images/head.png",
    ] {
        assert_eq!(told(src), [format!("L013 {src}")]);
    }
    assert_eq!(told("../lamp.png").len(), 1, "and nothing is looked for outside of it");
}
