//! A course, as its lock remembers it.

use lesson::{Block, Choice, Id, Kind, Lesson, Per, Privacy};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::whole::Course;

/// What a released course asked of people.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// The format's version: 1.
    pub format: u32,
    /// Which course.
    pub course: Id,
    /// Ids of lessons that were taken out for good.
    #[serde(default)]
    pub retired: Vec<Id>,
    /// Lessons, then questionnaires, by id.
    #[serde(default)]
    pub lessons: Vec<LockedLesson>,
}

/// One lesson or questionnaire, as it was released.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedLesson {
    /// Its id.
    pub id: Id,
    /// Its version.
    pub version: String,
    /// A mark of everything it says: any other text has another.
    pub text: String,
    /// For a questionnaire, a mark of how it is scored.
    #[serde(default)]
    pub scoring: Option<String>,
    /// Ids that were taken out for good.
    #[serde(default)]
    pub retired: Vec<Id>,
    /// What it asks, in the file's order.
    #[serde(default)]
    pub fields: Vec<LockedField>,
}

/// One block that keeps an answer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedField {
    /// Its id.
    pub id: Id,
    /// Its kind, as written in a file.
    pub kind: String,
    /// Who may read the answer.
    pub privacy: Privacy,
    /// How often its meaning has changed.
    #[serde(default)]
    pub rev: u32,
    /// Ids it had before.
    #[serde(default)]
    pub was: Vec<Id>,
    /// Never in search, previews or charts.
    #[serde(default)]
    pub sensitive: bool,
    /// Of what is sealed, only what its writer chose.
    #[serde(default)]
    pub pick: bool,
    /// What an answer is read by: a scale's range, how a log is counted, what an overlap opens.
    #[serde(default)]
    pub shape: String,
    /// A mark of its prompt and help.
    pub text: String,
    /// Options, rows, cards, piles, gaps, stages or tags.
    #[serde(default)]
    pub items: Vec<LockedItem>,
}

/// One thing within a block that an answer names.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedItem {
    /// Its id.
    pub id: Id,
    /// What it is.
    pub role: Role,
    /// Ids it had before.
    #[serde(default)]
    pub was: Vec<Id>,
    /// Opened second, and only if both choose again.
    #[serde(default)]
    pub under: bool,
    /// Own words can stand beside it.
    #[serde(default)]
    pub other: bool,
    /// What it counts for, in a questionnaire.
    #[serde(default)]
    pub score: Option<i32>,
    /// A mark of its words.
    pub text: String,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the format's own names")]
pub enum Role {
    Option,
    Row,
    Card,
    Pile,
    Gap,
    Stage,
    Tag,
}

impl Role {
    /// As an author reads it.
    pub fn name(self) -> &'static str {
        match self {
            Role::Option => "option",
            Role::Row => "row",
            Role::Card => "card",
            Role::Pile => "pile",
            Role::Gap => "gap",
            Role::Stage => "stage",
            Role::Tag => "tag",
        }
    }
}

/// A course as it is now. Lessons that do not open are left out: there is nothing to be sure of in them.
pub fn record(course: &Course) -> Lock {
    let files = course.lessons.iter().chain(&course.instruments);
    let mut lessons: Vec<LockedLesson> = files
        .filter(|file| file.opens)
        .filter_map(|file| file.lesson.as_ref())
        .map(record_lesson)
        .collect();
    lessons.sort_by(|a, b| a.id.cmp(&b.id));
    Lock {
        format: 1,
        course: course.manifest.id.clone(),
        retired: sorted(&course.manifest.retired),
        lessons,
    }
}

/// One lesson as it is now.
pub(crate) fn record_lesson(lesson: &Lesson) -> LockedLesson {
    let mut words = lesson.clone();
    words.meta.version.clear();
    LockedLesson {
        id: lesson.meta.id.clone(),
        version: lesson.meta.version.clone(),
        text: mark(&words),
        scoring: lesson.meta.instrument.as_ref().map(|scoring| {
            let points: Vec<f64> = scoring.bands.iter().map(|band| band.from).collect();
            mark(&(scoring.method, scoring.missing, points, scoring.noise))
        }),
        retired: sorted(&lesson.meta.retired),
        fields: lesson.fields().map(field).collect(),
    }
}

fn field(block: &Block) -> LockedField {
    LockedField {
        id: block.id.clone(),
        kind: block.kind.name().to_owned(),
        privacy: block.privacy.unwrap_or(Privacy::Private),
        rev: block.rev,
        was: block.was.clone(),
        sensitive: block.sensitive,
        pick: block.pick,
        shape: shape(&block.kind),
        text: mark(&(&block.prompt, &block.help)),
        items: items(&block.kind),
    }
}

fn shape(kind: &Kind) -> String {
    match kind {
        Kind::Scale { from, to, .. } | Kind::Rating { from, to, .. } => format!("{from}-{to}"),
        Kind::Log { per: Per::Day, .. } => "day".to_owned(),
        Kind::Log { per: Per::Week, .. } => "week".to_owned(),
        Kind::Sort {
            overlap: Some(overlap), ..
        } => format!("{} {}", overlap.pile, overlap.show),
        Kind::Instrument { of } => of.to_string(),
        _ => String::new(),
    }
}

fn items(kind: &Kind) -> Vec<LockedItem> {
    let item = |id: &Id, role, was: &[Id], text: String| LockedItem {
        id: id.clone(),
        role,
        was: was.to_vec(),
        under: false,
        other: false,
        score: None,
        text,
    };
    let choices = |list: &[Choice], role| -> Vec<LockedItem> {
        let one = |choice: &Choice| LockedItem {
            other: choice.other,
            score: choice.score,
            ..item(&choice.id, role, &choice.was, mark(&choice.label))
        };
        list.iter().map(one).collect()
    };
    match kind {
        Kind::Choice { options } | Kind::Choices { options, .. } | Kind::Practice { options, .. } => {
            choices(options, Role::Option)
        }
        Kind::Checklist { items } => choices(items, Role::Option),
        Kind::Log { tags, .. } => choices(tags, Role::Tag),
        Kind::Sort { piles, cards, .. } => [choices(piles, Role::Pile), choices(cards, Role::Card)].concat(),
        Kind::Rating { rows, .. } => rows
            .iter()
            .map(|row| LockedItem {
                score: row.reverse.then_some(-1),
                ..item(&row.id, Role::Row, &row.was, mark(&row.label))
            })
            .collect(),
        Kind::Frame { gaps } => gaps
            .iter()
            .map(|gap| item(&gap.id, Role::Gap, &gap.was, mark(&(&gap.before, &gap.after))))
            .collect(),
        Kind::Cycle { stages, .. } => stages
            .iter()
            .map(|stage| LockedItem {
                under: stage.under,
                ..item(&stage.id, Role::Stage, &[], mark(&stage.label))
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn sorted(ids: &[Id]) -> Vec<Id> {
    let mut ids = ids.to_vec();
    ids.sort();
    ids.dedup();
    ids
}

/// A mark of something said: twelve bytes of the SHA-256 of its canonical form, in hexadecimal.
fn mark(of: &impl Serialize) -> String {
    let mut text = String::new();
    canonical(&serde_json::to_value(of).unwrap_or(Json::Null), &mut text);
    let hash = Sha256::digest(text.as_bytes());
    hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

/// JSON with its keys in order and without what says nothing: when the model gains a key that older lessons leave
/// empty, their marks stay as they are.
fn canonical(json: &Json, text: &mut String) {
    match json {
        Json::Object(map) => {
            let mut entries: Vec<(&String, &Json)> = map.iter().filter(|(_, value)| says(value)).collect();
            entries.sort_by_key(|(key, _)| *key);
            text.push('{');
            for (key, value) in entries {
                text.push_str(&format!("{}:", Json::from(key.as_str())));
                canonical(value, text);
                text.push(',');
            }
            text.push('}');
        }
        Json::Array(list) => {
            text.push('[');
            for value in list {
                canonical(value, text);
                text.push(',');
            }
            text.push(']');
        }
        other => text.push_str(&other.to_string()),
    }
}

fn says(json: &Json) -> bool {
    match json {
        Json::Null | Json::Bool(false) => false,
        Json::Array(list) => !list.is_empty(),
        Json::String(text) => !text.is_empty(),
        _ => true,
    }
}
