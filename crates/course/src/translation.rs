//! A translation and its original: the same ids and tails, other words.
//!
//! A translation that cannot be used, or that is built otherwise, is put aside whole, and the original stands in: two
//! people who read in different languages must be asked the same things under the same names.

use std::collections::BTreeMap;

use lesson::{Block, Code, Diagnostic, Lesson, Severity, Step};
use serde_json::Value as Json;

use crate::across::tail;
use crate::manifest::find;
use crate::whole::{Course, LessonFile};

/// Keys of a serialised lesson that hold words: these may differ, and nothing else.
const WORDS: &[&str] = &[
    "prompt",
    "prompt_text",
    "help",
    "label",
    "text",
    "before",
    "after",
    "title",
    "title_text",
];

/// The course with the translations standing in for their originals.
pub(crate) fn stand_in(mut course: Course, lang: &str, translations: Translations) -> Course {
    course.manifest_problems.extend(translations.problems);
    lang.clone_into(&mut course.language);
    let aside = &mut course.set_aside;
    replace(&mut course.lessons, translations.lessons, lang, aside);
    replace(&mut course.instruments, translations.instruments, lang, aside);
    course
}

/// What lies in another language's folder.
pub(crate) struct Translations {
    pub(crate) lessons: Vec<LessonFile>,
    pub(crate) instruments: Vec<LessonFile>,
    /// What keeps the folder from being read.
    pub(crate) problems: Vec<Diagnostic>,
}

fn replace(originals: &mut [LessonFile], translations: Vec<LessonFile>, lang: &str, aside: &mut Vec<LessonFile>) {
    let places: BTreeMap<String, usize> = originals
        .iter()
        .enumerate()
        .filter_map(|(at, file)| Some((file.id()?.to_owned(), at)))
        .collect();
    let mut filled = vec![false; originals.len()];
    for mut file in translations {
        let Some(at) = file.id().and_then(|id| places.get(id)).copied() else {
            file.add(vec![nothing(&file)]);
            aside.push(file);
            continue;
        };
        let found = compare(&file, &originals[at], lang, filled[at]);
        file.add(found);
        if file.opens {
            file.listed = originals[at].listed;
            originals[at] = file;
            filled[at] = true;
        } else {
            aside.push(file);
        }
    }
}

fn nothing(file: &LessonFile) -> Diagnostic {
    let id = file.id().unwrap_or_default();
    let mut diagnostic = Diagnostic::of_file(
        Code::TranslationDiffers,
        Severity::Error,
        format!("The course's first language has no lesson `{id}`, so this is a translation of nothing."),
    );
    diagnostic.span = find(&file.source, "id:");
    diagnostic.help("A translation keeps the `id` of its lesson.");
    diagnostic
}

/// What is wrong with a translation, beside its original.
fn compare(file: &LessonFile, original: &LessonFile, lang: &str, twice: bool) -> Vec<Diagnostic> {
    let (Some(here), Some(there)) = (&file.lesson, &original.lesson) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    if twice {
        let message = format!("There is another translation of `{}` in this folder.", here.meta.id);
        found.push(told(Code::LessonTwice, Severity::Error, file, "id:", message));
        return found;
    }
    if !(here.meta.lang == lang || here.meta.lang.starts_with(&format!("{lang}-"))) {
        let message = format!(
            "This says `lang: {}`, and it lies in the folder `{lang}`.",
            here.meta.lang
        );
        found.push(told(Code::TranslationDiffers, Severity::Error, file, "lang:", message));
    }
    found.extend(origin(file, here, there, &original.file));
    // Of a broken file too little may be left to compare.
    if file.opens && original.opens {
        found.extend(structure(file, here, there, &original.file));
    }
    found
}

/// Whether it names what it translates, and that as it is now.
fn origin(file: &LessonFile, here: &Lesson, there: &Lesson, original: &str) -> Option<Diagnostic> {
    let now = format!("{}@{}", there.meta.id, there.meta.version);
    let Some(of) = &here.meta.translates else {
        let message = "This translation does not say what it translates.".to_owned();
        let mut diagnostic = told(Code::TranslationDiffers, Severity::Error, file, "id:", message);
        diagnostic.help(format!(
            "Add `translates: {now}` to its front matter, if it is a translation of that."
        ));
        return Some(diagnostic);
    };
    if *of == now {
        return None;
    }
    let (id, version) = of.split_once('@').unwrap_or((of, ""));
    if id != there.meta.id.as_str() {
        let message = format!(
            "This says that it translates `{id}`, and its own id is `{}`.",
            here.meta.id
        );
        return Some(told(
            Code::TranslationDiffers,
            Severity::Error,
            file,
            "translates:",
            message,
        ));
    }
    let message = format!(
        "This translates version {version} of `{id}`; {original} is at version {} now.",
        there.meta.version
    );
    let mut diagnostic = told(Code::TranslationStale, Severity::Warning, file, "translates:", message);
    diagnostic.help(format!(
        "Look at what changed there, bring this up to it, then write `translates: {now}`."
    ));
    Some(diagnostic)
}

/// The first thing in which they are built otherwise. The first, since one step too many shifts all that follow.
fn structure(file: &LessonFile, here: &Lesson, there: &Lesson, original: &str) -> Option<Diagnostic> {
    let ours = [
        (
            "audience",
            Json::from(format!("{:?}", here.meta.audience)),
            Json::from(format!("{:?}", there.meta.audience)),
        ),
        ("retired", ids(&here.meta.retired), ids(&there.meta.retired)),
        ("bands", bones(&here.meta.instrument), bones(&there.meta.instrument)),
    ];
    if let Some((key, ..)) = ours.iter().find(|(_, here, there)| here != there) {
        let message = format!("`{key}` is not what it is in {original}.");
        return Some(told(
            Code::TranslationDiffers,
            Severity::Error,
            file,
            &format!("{key}:"),
            message,
        ));
    }
    let (these, those) = (parts(here), parts(there));
    for (this, that) in these.iter().zip(&those) {
        if this.name() != that.name() {
            let message = format!(
                "In {original}, {} stands in the place of {} here.",
                that.name(),
                this.name()
            );
            return Some(at_part(
                file,
                this,
                message,
                "A translation keeps every step and every block, in their order and with their ids.",
            ));
        }
        if let Some(key) = differing(this, that) {
            let message = format!(
                "{} is not built as it is in {original}: {key} differs.",
                capital(&this.name())
            );
            return Some(at_part(
                file,
                this,
                message,
                "A translation keeps everything but the words. Copy the line from the original and translate what is said.",
            ));
        }
    }
    let message = match (these.get(those.len()), those.get(these.len())) {
        (Some(more), _) => format!("{} is not in {original}.", capital(&more.name())),
        (_, Some(less)) => format!("{} of {original} is missing here.", capital(&less.name())),
        _ => return None,
    };
    let at = these.get(those.len()).or(these.last())?;
    Some(at_part(
        file,
        at,
        message,
        "A translation keeps every step and every block, in their order and with their ids.",
    ))
}

/// A step or a block.
enum Part<'l> {
    Step(&'l Step),
    Block(&'l Block),
}

impl Part<'_> {
    fn name(&self) -> String {
        match self {
            Part::Step(step) => format!("the step `{}`", step.id),
            Part::Block(block) => format!("the {} `{}`", block.kind.name(), block.id),
        }
    }
}

fn parts(lesson: &Lesson) -> Vec<Part<'_>> {
    let steps = lesson.steps.iter();
    steps
        .flat_map(|step| std::iter::once(Part::Step(step)).chain(step.blocks().map(Part::Block)))
        .collect()
}

/// What differs between two things of one name, as an author would call it.
fn differing(this: &Part<'_>, that: &Part<'_>) -> Option<String> {
    let (this, that) = match (this, that) {
        (Part::Step(this), Part::Step(that)) => {
            let differs = if this.when != that.when {
                "`when`"
            } else if this.light != that.light {
                "`light`"
            } else {
                return None;
            };
            return Some(differs.to_owned());
        }
        (Part::Block(this), Part::Block(that)) => (bones(this), bones(that)),
        _ => return Some("what it is".to_owned()),
    };
    let (Json::Object(this), Json::Object(that)) = (this, that) else {
        return None;
    };
    let key = this.iter().find(|(key, value)| that.get(*key) != Some(value))?.0;
    Some(match key.as_str() {
        "kind" => "its list, or a number in its tail,".to_owned(),
        "privacy" => "who may read the answer".to_owned(),
        key => format!("`{key}`"),
    })
}

/// Something serialised, without its words.
fn bones(of: &impl serde::Serialize) -> Json {
    fn strip(json: &mut Json) {
        match json {
            Json::Object(map) => {
                map.retain(|key, _| !WORDS.contains(&key.as_str()));
                map.values_mut().for_each(strip);
            }
            Json::Array(list) => list.iter_mut().for_each(strip),
            _ => {}
        }
    }
    let mut json = serde_json::to_value(of).unwrap_or(Json::Null);
    strip(&mut json);
    json
}

fn ids(list: &[lesson::Id]) -> Json {
    let mut list: Vec<&str> = list.iter().map(lesson::Id::as_str).collect();
    list.sort_unstable();
    Json::from(list)
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn told(code: Code, severity: Severity, file: &LessonFile, key: &str, message: String) -> Diagnostic {
    let mut diagnostic = Diagnostic::of_file(code, severity, message);
    diagnostic.span = find(&file.source, key);
    diagnostic
}

fn at_part(file: &LessonFile, part: &Part<'_>, message: String, help: &str) -> Diagnostic {
    let id = match part {
        Part::Step(step) => &step.id,
        Part::Block(block) => &block.id,
    };
    let mut diagnostic = Diagnostic::of_file(Code::TranslationDiffers, Severity::Error, message);
    diagnostic.span = tail(&file.source, id);
    diagnostic.help(help);
    diagnostic
}
