//! `course.lock`: an edit says what it is, and none loses an answer or shows it to somebody else.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use course::{Course, Lock, compare, load, read_lock, record};
use lesson::{Block, Choice, Code, Id, Item, Kind, Lesson, Privacy};

const MANIFEST: &str = "format = 1\nid = \"try-out\"\ntitle = \"Try out\"\nversion = \"1.0.0\"\nlanguages = [\"en\"]\nlicence = \"CC0-1.0\"\nlessons = [\"a\", \"b\"]\n";
const BODY: &str = "\
> [!long] What happened? {#what private}

> [!choice] How was it? {#how reveal}
> - Good {#good}
> - Bad {#bad}

> [!scale] How hot? {#heat private range=0-10 sensitive}

> [!cycle] The loop {#loop reveal}
> 1. It begins {#begins spark}
> 2. I do {#move seen}
> 3. I feel {#feel under}
";

fn lesson(id: &str, version: &str, body: &str) -> String {
    format!(
        "---\nformat: 1\nid: {id}\ntitle: A title\nversion: {version}\nlang: en\naudience: either\nminutes: 5\nlicence: CC0-1.0\nsources: [Ours]\n---\n\n## One {{#one}}\n\n{body}\n"
    )
}

/// A course of two lessons, of which `a` is as given.
fn course(a: &str) -> Course {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("en")).unwrap();
    std::fs::write(dir.path().join("course.toml"), MANIFEST).unwrap();
    std::fs::write(dir.path().join("en/a.md"), a).unwrap();
    std::fs::write(dir.path().join("en/b.md"), lesson("b", "1.0.0", "Text.")).unwrap();
    let course = load(dir.path(), "en").unwrap();
    assert!(course.lessons.iter().all(|file| file.opens), "{:?}", course.lessons);
    course
}

/// The lock of the course as it was released: it went through its file.
fn released() -> Lock {
    let lock = record(&course(&lesson("a", "1.0.0", BODY)));
    let read = read_lock(&lock.to_text()).unwrap();
    assert_eq!(read, lock, "a lock is what its file says");
    read
}

/// What the lock has against an edit: each code with the place it points at.
fn told(lock: &Lock, course: &Course) -> Vec<String> {
    let unexplained = compare(lock, course);
    let manifest = unexplained.manifest.iter().map(|d| format!("course.toml {}", d.code));
    let files = unexplained.files.iter().flat_map(|(file, found)| {
        let source = &course.lessons.iter().find(|known| known.file == *file).unwrap().source;
        found
            .iter()
            .map(move |d| format!("{} {}", d.code, &source[d.span.clone()]))
    });
    manifest.chain(files).collect()
}

/// An edit of the text.
fn edited(version: &str, from: &str, to: &str) -> Vec<String> {
    assert!(BODY.contains(from));
    told(&released(), &course(&lesson("a", version, &BODY.replace(from, to))))
}

/// An edit of the lesson itself.
fn changed(version: &str, edit: impl FnOnce(&mut Lesson)) -> Vec<String> {
    changed_since(&released(), version, edit)
}

fn changed_since(lock: &Lock, version: &str, edit: impl FnOnce(&mut Lesson)) -> Vec<String> {
    told(lock, &course_changed(version, edit))
}

fn course_changed(version: &str, edit: impl FnOnce(&mut Lesson)) -> Course {
    let mut course = course(&lesson("a", version, BODY));
    edit(course.lessons[0].lesson.as_mut().unwrap());
    course
}

fn id(text: &str) -> Id {
    Id::new(text).unwrap()
}

fn block<'l>(lesson: &'l mut Lesson, id: &str) -> &'l mut Block {
    let items = lesson.steps.iter_mut().flat_map(|step| &mut step.body);
    let mut blocks = items.filter_map(|item| match item {
        Item::Block { block } => Some(block),
        Item::Prose { .. } => None,
    });
    blocks.find(|block| block.id.as_str() == id).unwrap()
}

fn options(lesson: &mut Lesson) -> &mut Vec<Choice> {
    match &mut block(lesson, "how").kind {
        Kind::Choice { options } => options,
        _ => panic!("it is a choice"),
    }
}

fn remove(lesson: &mut Lesson, id: &str) {
    for step in &mut lesson.steps {
        step.body
            .retain(|item| !matches!(item, Item::Block { block } if block.id.as_str() == id));
    }
}

const NOTHING: [&str; 0] = [];

#[test]
fn an_unchanged_course_is_explained() {
    assert_eq!(changed("1.0.0", |_| ()), NOTHING);
    assert_eq!(changed("1.1.0", |_| ()), NOTHING, "a version may rise without a reason");
}

#[test]
fn other_words_ask_for_a_patch() {
    assert_eq!(
        edited("1.0.0", "What happened?", "What took place?"),
        ["L061 version: 1.0.0"]
    );
    assert_eq!(edited("1.0.1", "What happened?", "What took place?"), NOTHING);
    assert_eq!(edited("1.0.0", "- Good", "- Fine"), ["L061 version: 1.0.0"]);
    assert_eq!(edited("1.0.1", "- Good", "- Fine"), NOTHING);
    let prose = |version| told(&released(), &course(&lesson("a", version, &format!("More.\n\n{BODY}"))));
    assert_eq!(prose("1.0.0"), ["L061 version: 1.0.0"]);
    assert_eq!(prose("1.0.1"), NOTHING);
    assert_eq!(
        edited("0.9.0", "What happened?", "What?"),
        ["L061 version: 0.9.0"],
        "it went back"
    );
}

#[test]
fn a_version_that_is_too_low_comes_with_its_fix() {
    let now = course(&lesson("a", "1.0.0", &BODY.replace("What happened?", "What?")));
    let found = compare(&released(), &now);
    let fix = found.files["en/a.md"][0].fix.clone().unwrap();
    let mut source = now.lessons[0].source.clone();
    source.replace_range(fix.span, &fix.text);
    assert_eq!(told(&released(), &course(&source)), NOTHING);
}

#[test]
fn a_field_added_asks_for_a_minor_version() {
    let more = format!("{BODY}\n> [!short] One more? {{#more}}\n");
    for (version, told_of) in [("1.0.0", 1), ("1.0.1", 1), ("1.1.0", 0), ("2.0.0", 0)] {
        let found = told(&released(), &course(&lesson("a", version, &more)));
        assert_eq!(found.len(), told_of, "{version}: {found:?}");
    }
    let option = BODY.replace("> - Bad {#bad}", "> - Bad {#bad}\n> - Unsure {#unsure}");
    assert_eq!(
        told(&released(), &course(&lesson("a", "1.0.1", &option))),
        ["L061 version: 1.0.1"]
    );
    assert_eq!(told(&released(), &course(&lesson("a", "1.1.0", &option))), NOTHING);
}

#[test]
fn a_field_renamed_says_what_it_was() {
    let without = edited("1.1.0", "#what ", "#story ");
    assert_eq!(without, ["L062 id: a"]);
    let with = |lesson: &mut Lesson| {
        let field = block(lesson, "what");
        field.id = id("story");
        field.was = vec![id("what")];
    };
    assert_eq!(changed("1.1.0", with), NOTHING);
    assert_eq!(changed("1.0.1", with), ["L061 version: 1.0.1"]);
    // Released under its second name, it must go on saying its first.
    let second = record(&course_changed("1.1.0", with));
    let third = |was: &'static [&str]| {
        changed_since(&second, "1.2.0", move |lesson| {
            let field = block(lesson, "what");
            field.id = id("tale");
            field.was = was.iter().map(|text| id(text)).collect();
        })
    };
    assert_eq!(third(&["story", "what"]), NOTHING);
    assert_eq!(third(&["story"]).len(), 1);
    assert_eq!(
        changed_since(&second, "1.2.0", |lesson| with_id(lesson, "story")).len(),
        1
    );
}

fn with_id(lesson: &mut Lesson, to: &str) {
    block(lesson, "what").id = id(to);
}

#[test]
fn an_old_name_is_nobody_elses() {
    let both = changed("1.1.0", |lesson| block(lesson, "how").was = vec![id("what")]);
    assert_eq!(both.len(), 1, "{both:?}");
    let renamed = record(&course_changed("1.1.0", |lesson| {
        block(lesson, "what").was = vec![id("before")];
    }));
    let taken = changed_since(&renamed, "1.2.0", |lesson| {
        block(lesson, "what").was = vec![id("before")];
        block(lesson, "heat").id = id("before");
        lesson.meta.retired = vec![id("heat")];
    });
    assert_eq!(taken.len(), 1, "{taken:?}");
}

#[test]
fn a_changed_meaning_says_rev_and_then_may_change_all_but_its_kind() {
    let wider = edited("1.1.0", "range=0-10", "range=1-5");
    assert_eq!(wider, ["L062 #heat"], "marks would be read as others than they were");
    let with_rev = |lesson: &mut Lesson| {
        let field = block(lesson, "heat");
        field.rev = 1;
        field.privacy = Some(Privacy::Joint);
        field.kind = Kind::Scale {
            from: 1,
            to: 5,
            ends: vec![],
        };
    };
    assert_eq!(changed("1.1.0", with_rev), NOTHING);
    assert_eq!(changed("1.0.1", with_rev), ["L061 version: 1.0.1"]);
    let second = record(&course_changed("1.1.0", with_rev));
    let back = changed_since(&second, "1.2.0", |lesson| with_rev_of(lesson, 0));
    assert_eq!(back, ["L062 #heat"], "a rev only rises");
}

fn with_rev_of(lesson: &mut Lesson, rev: u32) {
    block(lesson, "heat").rev = rev;
}

#[test]
fn a_changed_kind_is_refused_but_a_line_may_become_a_page() {
    assert_eq!(
        edited("1.1.0", "[!long] What happened?", "[!short] What happened?"),
        NOTHING
    );
    assert_eq!(
        edited("1.1.0", "[!long] What happened?", "[!list] What happened?"),
        ["L062 #what"]
    );
    let even_so = changed("1.1.0", |lesson| {
        let field = block(lesson, "what");
        field.kind = Kind::List { min: None, max: None };
        field.rev = 1;
    });
    assert_eq!(even_so, ["L062 #what"], "an answer of one kind does not fit another");
}

#[test]
fn an_option_removed_is_retired_or_renamed() {
    let gone = |lesson: &mut Lesson| {
        options(lesson).remove(1);
    };
    assert_eq!(changed("1.1.0", gone), ["L062 #how"]);
    let retired = |lesson: &mut Lesson| {
        gone(lesson);
        lesson.meta.retired = vec![id("bad")];
    };
    assert_eq!(changed("1.1.0", retired), NOTHING);
    assert_eq!(changed("1.0.1", retired), ["L061 version: 1.0.1"]);
    let renamed = changed("1.1.0", |lesson| {
        options(lesson)[1].id = id("not-good");
        options(lesson)[1].was = vec![id("bad")];
    });
    assert_eq!(renamed, NOTHING);
    let twice = changed("1.1.0", |lesson| {
        let mut option = options(lesson)[1].clone();
        option.id = id("not-good");
        option.was = vec![id("bad")];
        options(lesson).push(option);
    });
    assert_eq!(twice, ["L062 #how"]);
    let then = record(&course_changed("1.1.0", retired));
    assert_eq!(
        changed_since(&then, "1.2.0", gone).len(),
        1,
        "what is retired stays retired"
    );
    assert_eq!(changed_since(&then, "1.2.0", |_| ()).len(), 1, "and does not come back");
}

#[test]
fn a_field_removed_is_retired() {
    let gone = |lesson: &mut Lesson| remove(lesson, "heat");
    assert_eq!(changed("1.1.0", gone), ["L062 id: a"]);
    let retired = changed("1.1.0", |lesson| {
        gone(lesson);
        lesson.meta.retired = vec![id("heat")];
    });
    assert_eq!(retired, NOTHING);
}

#[test]
fn nothing_already_written_is_shown_to_somebody_else() {
    for (from, to, place) in [
        ("#what private", "#what reveal", "L062 #what"),
        ("#what private", "#what joint", "L062 #what"),
        ("#how reveal", "#how joint", "L062 #how"),
        ("#how reveal", "#how private", "L062 #how"),
        (" sensitive", "", "L062 #heat"),
        (" under}", "}", "L062 #feel"),
    ] {
        assert_eq!(edited("2.0.0", from, to), [place], "{from} → {to}");
    }
    assert_eq!(edited("1.1.0", "#what private", "#what private sensitive"), NOTHING);
    let rev = changed("1.1.0", |lesson| {
        block(lesson, "what").privacy = Some(Privacy::Joint);
        block(lesson, "what").rev = 1;
    });
    assert_eq!(rev, NOTHING, "with rev the earlier answers stay where they are");
}

#[test]
fn the_default_for_a_file_widens_no_field_unseen() {
    let shared = lesson("a", "2.0.0", &BODY.replace(" private", "")).replace("minutes: 5", "minutes: 5\nshare: joint");
    assert_eq!(told(&released(), &course(&shared)), ["L062 #what", "L062 #heat"]);
}

#[test]
fn what_a_seal_keeps_back_stays_back() {
    let picked = course_changed("1.0.0", |lesson| {
        let field = block(lesson, "how");
        field.pick = true;
        field.kind = Kind::List { min: None, max: None };
    });
    let lock = record(&picked);
    let opened = changed_since(&lock, "1.1.0", |lesson| {
        block(lesson, "how").kind = Kind::List { min: None, max: None };
    });
    assert_eq!(opened, ["L062 #how"]);
    let sort = |show: Option<u32>| {
        move |lesson: &mut Lesson| {
            block(lesson, "how").kind = Kind::Sort {
                piles: vec![],
                cards: vec![],
                own: false,
                overlap: show.map(|show| lesson::Overlap { pile: id("yes"), show }),
            };
        }
    };
    let lock = record(&course_changed("1.0.0", sort(Some(2))));
    assert_eq!(changed_since(&lock, "1.1.0", sort(Some(1))), NOTHING);
    assert_eq!(changed_since(&lock, "1.1.0", sort(Some(3))), ["L062 #how"]);
    assert_eq!(
        changed_since(&lock, "1.1.0", sort(None)),
        ["L062 #how"],
        "everything would open"
    );
}

#[test]
fn a_lesson_removed_is_retired_in_the_manifest() {
    let mut course = course(&lesson("a", "1.0.0", BODY));
    let b = course.lessons.pop().unwrap();
    assert_eq!(told(&released(), &course), ["course.toml L062"]);
    course.manifest.retired = vec![id("b")];
    assert_eq!(told(&released(), &course), NOTHING);
    let lock = record(&course);
    course.manifest.retired.clear();
    assert_eq!(
        told(&lock, &course),
        ["course.toml L062"],
        "what is retired stays retired"
    );
    // A lesson that is there and broken is not gone.
    course.lessons.push(course::LessonFile { opens: false, ..b });
    assert_eq!(told(&released(), &course), NOTHING);
}

#[test]
fn the_lock_of_another_course_is_not_this_courses() {
    let mut course = course(&lesson("a", "1.0.0", BODY));
    course.manifest.id = id("other");
    assert_eq!(told(&released(), &course), ["course.toml L062"]);
}

#[test]
fn a_published_questionnaire_keeps_its_words_its_order_and_its_scores() {
    let instrument = |lesson: &mut Lesson| {
        lesson.meta.instrument = Some(lesson::Scoring {
            method: lesson::Method::Sum,
            missing: None,
            bands: vec![],
            noise: None,
            citation: None,
            permission: None,
        });
    };
    let lock = record(&course_changed("1.0.0", instrument));
    let after = |edit: fn(&mut Lesson)| {
        changed_since(&lock, "2.0.0", |lesson| {
            instrument(lesson);
            edit(lesson);
        })
    };
    assert_eq!(after(|_| ()), NOTHING);
    assert_eq!(after(|lesson| block(lesson, "what").prompt.clear()), ["L062 #what"]);
    assert_eq!(after(|lesson| options(lesson).reverse()), ["L062 #how"]);
    assert_eq!(after(|lesson| options(lesson)[0].score = Some(3)), ["L062 #good"]);
}

#[test]
fn a_lock_is_the_same_text_for_the_same_course_and_reads_as_lines() {
    let text = released().to_text();
    assert_eq!(text, released().to_text());
    assert!(text.lines().filter(|line| line.contains("\"bad\"")).count() == 1);
    assert!(
        read_lock("format = 2\ncourse = \"x\"\n")
            .unwrap_err()
            .contains("format")
    );
    assert!(read_lock("nonsense").is_err());
    assert_eq!(
        compare(&released(), &course(&lesson("a", "1.0.0", BODY)))
            .manifest
            .len(),
        0
    );
    assert_eq!(Code::LockBroken.as_str(), "L062");
}
