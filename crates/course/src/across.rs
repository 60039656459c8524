//! What only the whole course can tell: lessons that name each other, and the manifest's lists.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use lesson::{Block, Code, Diagnostic, Draw, Id, Kind, Lesson, RecallOf, Severity, did_you_mean, draws};

use crate::manifest::{MAX_TOLD, Manifest, find};
use crate::whole::{Course, LessonFile};

/// Checks a course across its files and puts them in the manifest's order.
pub(crate) fn check(course: &mut Course) {
    order(&mut course.lessons, &course.manifest.lessons);
    order(&mut course.instruments, &course.manifest.instruments);
    manifest(course);
    let index = Index::of(&course.lessons, &course.instruments);
    // Lessons and questionnaires share their ids: answers to both are kept under them.
    let mut twice = Twice::default();
    let lessons = course.lessons.iter().map(|file| (file, false));
    let instruments = course.instruments.iter().map(|file| (file, true));
    let found: Vec<Vec<Diagnostic>> = lessons
        .chain(instruments)
        .map(|(file, instrument)| {
            let mut found = one(file, instrument, &course.manifest, &index);
            found.extend(twice.meet(file));
            found
        })
        .collect();
    let files = course.lessons.iter_mut().chain(&mut course.instruments);
    for (file, found) in files.zip(found) {
        file.add(found);
    }
}

/// What one file says of others.
fn one(file: &LessonFile, instrument: bool, manifest: &Manifest, index: &Index<'_>) -> Vec<Diagnostic> {
    let Some(lesson) = &file.lesson else { return Vec::new() };
    let mut found = Found { file, list: Vec::new() };
    found.place(lesson, instrument);
    found.part(lesson, manifest);
    found.requires(lesson, index);
    for block in lesson.blocks() {
        if found.list.len() >= MAX_TOLD {
            break;
        }
        found.block(block, lesson, index);
    }
    if !file.listed {
        let (id, key) = (&lesson.meta.id, if instrument { "instruments" } else { "lessons" });
        let mut unlisted = Diagnostic::of_file(
            Code::FileUnlisted,
            Severity::Warning,
            format!(
                "The manifest does not list this {}, so no order is suggested for it.",
                if instrument { "questionnaire" } else { "lesson" }
            ),
        );
        unlisted.help(format!("Add `\"{id}\"` to `{key}` in course.toml."));
        found.list.push(unlisted);
    }
    found.list
}

/// The lessons of a course, by what others call them.
pub(crate) struct Index<'c> {
    lessons: BTreeMap<&'c str, &'c Lesson>,
    instruments: BTreeSet<&'c str>,
    /// How many names may still be looked for among those of the whole course.
    guesses: Cell<usize>,
}

/// Most names of other lessons that are guessed at, in a whole course. Each is held against every name there is; whoever
/// has so many wrong has one cause for all of them.
const MAX_GUESSES: usize = 500;

impl<'c> Index<'c> {
    /// A questionnaire that cannot be read is there all the same: its own file says what is wrong with it.
    fn of(lessons: &'c [LessonFile], instruments: &'c [LessonFile]) -> Self {
        let mut index = Index {
            lessons: BTreeMap::new(),
            instruments: instruments.iter().filter_map(LessonFile::id).collect(),
            guesses: Cell::new(MAX_GUESSES),
        };
        for lesson in lessons.iter().filter_map(|file| file.lesson.as_ref()) {
            index.lessons.entry(lesson.meta.id.as_str()).or_insert(lesson);
        }
        index
    }

    /// The lesson that may have been meant.
    fn near_lesson(&self, wrong: &Id) -> Option<String> {
        self.near(wrong, self.lessons.keys().copied())
    }

    /// The questionnaire that may have been meant.
    fn near_instrument(&self, wrong: &Id) -> Option<String> {
        self.near(wrong, self.instruments.iter().copied())
    }

    fn near(&self, wrong: &Id, names: impl Iterator<Item = &'c str>) -> Option<String> {
        self.guesses.set(self.guesses.get().checked_sub(1)?);
        did_you_mean(wrong.as_str(), names)
    }
}

/// What was found in one file.
struct Found<'f> {
    file: &'f LessonFile,
    list: Vec<Diagnostic>,
}

impl Found<'_> {
    fn error(&mut self, code: Code, span: Range<usize>, message: String, help: Option<String>) {
        let mut diagnostic = Diagnostic::of_file(code, Severity::Error, message);
        diagnostic.span = span;
        diagnostic.help = help;
        self.list.push(diagnostic);
    }

    fn place(&mut self, lesson: &Lesson, instrument: bool) {
        if !self.file.opens || lesson.meta.instrument.is_some() == instrument {
            return;
        }
        let (message, help) = if instrument {
            (
                "This is a lesson, and it lies among the questionnaires.",
                "Move it to the folder of its language; or write `kind: instrument` in its front matter.",
            )
        } else {
            (
                "This is a questionnaire, and it lies among the lessons.",
                "Move it to the folder `instruments`.",
            )
        };
        let span = find(&self.file.source, "kind:");
        self.error(Code::InstrumentAstray, span, message.to_owned(), Some(help.to_owned()));
    }

    fn part(&mut self, lesson: &Lesson, manifest: &Manifest) {
        let Some(part) = &lesson.meta.part else { return };
        let parts = || manifest.parts.iter().map(|part| part.id.as_str());
        if !parts().any(|known| known == part.as_str()) {
            self.error(
                Code::PartUnknown,
                find(&self.file.source, "part:"),
                format!("course.toml has no part `{part}`."),
                did_you_mean(part.as_str(), parts()),
            );
        }
    }

    fn requires(&mut self, lesson: &Lesson, index: &Index<'_>) {
        for id in lesson.meta.requires.iter().take(MAX_TOLD) {
            if !index.lessons.contains_key(id.as_str()) {
                self.error(
                    Code::LessonUnknown,
                    find(&self.file.source, "requires:"),
                    format!("This lesson asks for `{id}` before it, which is not in this course."),
                    index.near_lesson(id),
                );
            }
        }
    }

    fn block(&mut self, block: &Block, lesson: &Lesson, index: &Index<'_>) {
        match &block.kind {
            Kind::Recall { of } => {
                self.earlier(block, of, "recalls an answer from", words, index);
            }
            // What it draws of its own lesson was looked at when the file was read.
            Kind::Chart { of, draw } => {
                for of in of.iter().filter(|of| of.lesson != lesson.meta.id) {
                    if let Some(field) = self.earlier(block, of, "draws answers from", marks, index) {
                        self.drawn(block, of, field, *draw);
                    }
                }
            }
            Kind::Instrument { of } if !of.as_str().is_empty() && !index.instruments.contains(of.as_str()) => {
                self.error(
                    Code::InstrumentUnknown,
                    mention(&self.file.source, block, &format!("use={of}")),
                    format!("This uses the questionnaire `{of}`, which is not in this course."),
                    index
                        .near_instrument(of)
                        .or_else(|| Some(format!("Questionnaires lie in the folder `instruments`, as `{of}.md`."))),
                );
            }
            _ => {}
        }
    }

    /// The field that is named, if it is there. `parts` says which parts of its answers have names.
    fn earlier<'c>(
        &mut self,
        block: &Block,
        of: &RecallOf,
        does: &str,
        parts: fn(&Kind) -> Vec<&str>,
        index: &Index<'c>,
    ) -> Option<&'c Block> {
        // An empty name was reported when the file was read.
        if of.lesson.as_str().is_empty() {
            return None;
        }
        let lesson = index.lessons.get(of.lesson.as_str());
        let field = lesson
            .and_then(|lesson| lesson.block(&of.field))
            .filter(|block| block.privacy.is_some());
        let (message, help) = match (lesson, field, &of.part) {
            (None, _, _) => (
                format!("This {does} `{}`, which is not in this course.", of.lesson),
                index.near_lesson(&of.lesson),
            ),
            (Some(lesson), None, _) => (
                format!("The lesson `{}` has no field `{}`.", of.lesson, of.field),
                did_you_mean(of.field.as_str(), lesson.fields().map(|field| field.id.as_str())),
            ),
            (_, Some(field), Some(part)) if !parts(&field.kind).contains(&part.as_str()) => (
                format!("`{}` in `{}` has no part `{part}`.", of.field, of.lesson),
                did_you_mean(part.as_str(), parts(&field.kind)),
            ),
            (_, field, _) => return field,
        };
        let span = mention(&self.file.source, block, &written(of));
        self.error(Code::LessonUnknown, span, message, help);
        None
    }

    /// A chart of another lesson's field: the same rules as within one lesson.
    fn drawn(&mut self, block: &Block, of: &RecallOf, field: &Block, draw: Draw) {
        let ways = draws(&field.kind);
        let opens_little = matches!(field.kind, Kind::Sort { overlap: Some(_), .. });
        let (message, help) = if field.sensitive {
            (
                format!(
                    "`{}` in `{}` is `sensitive`, and what is sensitive is in no chart.",
                    of.field, of.lesson
                ),
                "Leave it out of `of=`.".to_owned(),
            )
        } else if ways.is_empty() || opens_little {
            (
                format!("`{}` in `{}` cannot be drawn.", of.field, of.lesson),
                "A chart draws marks, picks, lists and logs. To meet words again, use `recall`.".to_owned(),
            )
        } else if !ways.contains(&draw) {
            let ways: Vec<String> = ways.iter().map(|way| format!("`as={}`", way.name())).collect();
            (
                format!(
                    "`{}` in `{}` cannot be drawn as `{}`.",
                    of.field,
                    of.lesson,
                    draw.name()
                ),
                format!("It can be drawn {}.", ways.join(" or ")),
            )
        } else {
            return;
        };
        let span = mention(&self.file.source, block, &written(of));
        self.error(Code::ChartOf, span, message, Some(help));
    }
}

/// Which words of an answer can be met by themselves.
fn words(kind: &Kind) -> Vec<&str> {
    match kind {
        Kind::Cycle { stages, .. } => stages.iter().map(|stage| stage.id.as_str()).collect(),
        Kind::Frame { gaps } => gaps.iter().map(|gap| gap.id.as_str()).collect(),
        _ => Vec::new(),
    }
}

/// Which marks of an answer can be drawn by themselves.
fn marks(kind: &Kind) -> Vec<&str> {
    match kind {
        Kind::Rating { rows, .. } => rows.iter().map(|row| row.id.as_str()).collect(),
        _ => Vec::new(),
    }
}

fn written(of: &RecallOf) -> String {
    match &of.part {
        Some(part) => format!("{}.{}.{part}", of.lesson, of.field),
        None => format!("{}.{}", of.lesson, of.field),
    }
}

/// Where a block's tail says something; the whole file's start if the block cannot be found.
fn mention(source: &str, block: &Block, text: &str) -> Range<usize> {
    let from = tail(source, &block.id).start;
    source[from..]
        .find(text)
        .map_or(from..from, |at| from + at..from + at + text.len())
}

/// Where an id is given: `#id` in its tail.
pub(crate) fn tail(source: &str, id: &Id) -> Range<usize> {
    let given = format!("#{id}");
    source
        .match_indices(&given)
        .map(|(at, _)| at..at + given.len())
        .find(|at| {
            let next = source.as_bytes().get(at.end);
            source[..at.start].ends_with(['{', ' ']) && next.is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'-')
        })
        .unwrap_or(0..0)
}

/// Puts files in the manifest's order, the rest by name behind them.
fn order(files: &mut [LessonFile], listed: &[Id]) {
    let places: BTreeMap<&str, usize> = listed.iter().enumerate().map(|(at, id)| (id.as_str(), at)).collect();
    let place = |file: &LessonFile| file.id().and_then(|id| places.get(id)).copied();
    for file in files.iter_mut() {
        file.listed = place(file).is_some();
    }
    files.sort_by_cached_key(|file| place(file).unwrap_or(usize::MAX));
}

/// The manifest's lists against what is there.
fn manifest(course: &mut Course) {
    // Without a language no lesson was looked for, and that is told.
    if course.manifest.languages.is_empty() {
        return;
    }
    let there = |files: &[LessonFile]| -> BTreeSet<String> {
        files.iter().filter_map(LessonFile::id).map(str::to_owned).collect()
    };
    let (lessons, instruments) = (there(&course.lessons), there(&course.instruments));
    let mut problems = Vec::new();
    let mut told = 0;
    let mut tell = |key: &str, id: &Id, message: String, known: &BTreeSet<String>| {
        told += 1;
        if told > MAX_TOLD {
            return;
        }
        let mut diagnostic = Diagnostic::of_file(Code::ManifestFile, Severity::Error, message);
        diagnostic.span = quoted(&course.manifest_source, key, id);
        diagnostic.help = did_you_mean(id.as_str(), known.iter().map(String::as_str));
        problems.push(diagnostic);
    };
    for id in course
        .manifest
        .lessons
        .iter()
        .filter(|id| !lessons.contains(id.as_str()))
    {
        tell(
            "lessons",
            id,
            format!(
                "The manifest lists `{id}`, but there is no lesson of that id in the folder `{}`.",
                course.language
            ),
            &lessons,
        );
    }
    let listed = course.manifest.instruments.iter();
    for id in listed.filter(|id| !instruments.contains(id.as_str())) {
        tell(
            "instruments",
            id,
            format!("The manifest lists `{id}`, but there is no questionnaire of that id in the folder `instruments`."),
            &instruments,
        );
    }
    for path in &course.manifest.paths {
        for id in path.lessons.iter().filter(|id| !lessons.contains(id.as_str())) {
            tell(
                "[[paths]]",
                id,
                format!(
                    "The path `{}` leads through `{id}`, which is not in this course.",
                    path.id
                ),
                &lessons,
            );
        }
    }
    course.manifest_problems.extend(problems);
}

/// Where the manifest names an id, from a key on.
fn quoted(source: &str, key: &str, id: &Id) -> Range<usize> {
    let from = find(source, key);
    let name = format!("\"{id}\"");
    source[from.start..]
        .find(&name)
        .map_or(from.clone(), |at| from.start + at..from.start + at + name.len())
}

/// Files of one id: the first that opens has it.
#[derive(Default)]
struct Twice<'f>(BTreeMap<&'f str, &'f str>);

impl<'f> Twice<'f> {
    fn meet(&mut self, file: &'f LessonFile) -> Option<Diagnostic> {
        let lesson = file.lesson.as_ref().filter(|_| file.opens)?;
        let id = lesson.meta.id.as_str();
        let Some(other) = self.0.get(id) else {
            self.0.insert(id, &file.file);
            return None;
        };
        let mut diagnostic = Diagnostic::of_file(
            Code::LessonTwice,
            Severity::Error,
            format!("`{other}` holds a lesson with the id `{id}` already. Give this one another."),
        );
        diagnostic.span = find(&file.source, "id:");
        Some(diagnostic)
    }
}
