//! What a lesson file becomes: the tree that the app draws and the rules read.
//!
//! It is plain data. Everything a file could get wrong has been reported by the time one of these exists,
//! so nothing downstream checks again. Serialised, it is all that the UI ever sees of a lesson.

use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

/// The name of a lesson, step, field, option or stage: `[a-z][a-z0-9-]*`. Answers are kept under it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(transparent)]
pub struct Id(#[cfg_attr(feature = "specta", specta(type = String))] pub(crate) SmolStr);

impl Id {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Display for Id {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// One lesson, read and checked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Lesson {
    /// The front matter.
    pub meta: Meta,
    /// Prose before the first step.
    pub intro: Vec<Prose>,
    /// The steps, in the file's order. One is one screen.
    pub steps: Vec<Step>,
}

/// The front matter of a lesson.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Meta {
    /// Names the lesson in its pack.
    pub id: Id,
    /// As people read it.
    pub title: String,
    /// Semantic version of the text.
    pub version: String,
    /// BCP 47 language tag.
    pub lang: String,
    /// Who it is written for.
    pub audience: Audience,
    /// How long a sitting takes, in minutes.
    pub minutes: u32,
    /// SPDX name of the text's licence.
    pub licence: String,
    /// Where the lesson's claims come from.
    pub sources: Vec<String>,
    /// One or two sentences for the course page.
    pub summary: Option<String>,
    /// Which part of the course it belongs to.
    pub part: Option<Id>,
    /// Lessons that come well before this one. Suggests an order; never locks.
    pub requires: Vec<Id>,
    /// What fields are when they do not say.
    pub share: Privacy,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Tender topics it touches, said before the first step.
    pub heavy: Option<String>,
    /// Ids that were used once and must not come back.
    pub retired: Vec<Id>,
    /// `id@version` of the lesson this is a translation of.
    pub translates: Option<String>,
    /// How its answers are scored, if the file is an instrument (`kind: instrument`) and not a lesson.
    pub instrument: Option<Scoring>,
}

/// How an instrument is scored. Scores are only ever one person's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Scoring {
    /// What becomes of the items' scores.
    pub method: Method,
    /// Most items that may be left blank; `None` when any may be.
    pub missing: Option<u32>,
    /// What a score is called from its lowest on, rising; empty when no band has a source.
    pub bands: Vec<Band>,
    /// The change that is larger than the instrument's own noise, in points; `None` when no source states one.
    pub noise: Option<f64>,
    /// Where the instrument comes from.
    pub citation: Option<String>,
    /// Why it may be used here.
    pub permission: Option<String>,
}

/// What becomes of the scores of an instrument's items.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// They are added up.
    Sum,
    /// Their mean counts.
    Mean,
    /// Each stands for itself; there is no total.
    None,
}

/// A stretch of scores with a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Band {
    /// Lowest score in it.
    pub from: f64,
    /// Its name.
    pub label: String,
}

/// Who a lesson is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// One person alone.
    Solo,
    /// Two people in one sitting.
    Together,
    /// Either way; `when=solo` and `when=together` give each reader their own words.
    Either,
}

/// Who may read an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Privacy {
    /// Only the person who wrote it.
    Private,
    /// Written apart, sealed or kept, opened together.
    Reveal,
    /// One shared answer.
    Joint,
}

/// One screen of a lesson: what stands under a `##` heading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Step {
    /// Names the step.
    pub id: Id,
    /// The heading.
    pub title: Vec<Inline>,
    /// The heading as plain text.
    pub title_text: String,
    /// Shown only if this holds.
    pub when: Option<When>,
    /// A light sitting keeps this step.
    pub light: bool,
    /// Prose and blocks, in order.
    pub body: Vec<Item>,
}

/// One thing in a step's body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Item {
    /// Text to read.
    Prose {
        /// The text.
        prose: Prose,
    },
    /// Something to do.
    Block {
        /// The block.
        block: Block,
    },
}

/// Text to read: what CommonMark calls a block.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "type", rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the variants and fields are CommonMark's own")]
pub enum Prose {
    Paragraph {
        children: Vec<Inline>,
    },
    Heading {
        level: u8,
        children: Vec<Inline>,
    },
    /// `start` is the first number of an ordered list; a bulleted list has none.
    List {
        start: Option<u32>,
        tight: bool,
        items: Vec<Vec<Prose>>,
    },
    /// A quotation; with `alert`, GitHub's boxed note, tip and so on.
    Quote {
        alert: Option<Alert>,
        children: Vec<Prose>,
    },
    Code {
        info: String,
        text: String,
    },
    Table {
        head: Vec<Vec<Inline>>,
        rows: Vec<Vec<Vec<Inline>>>,
    },
    Footnote {
        label: String,
        children: Vec<Prose>,
    },
    Rule,
}

/// GitHub's five plain boxes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "GitHub's own names")]
pub enum Alert {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

/// A run of text within a line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "type", rename_all = "kebab-case")]
#[allow(missing_docs, reason = "the variants and fields are CommonMark's own")]
pub enum Inline {
    Text {
        text: String,
    },
    Emph {
        children: Vec<Inline>,
    },
    Strong {
        children: Vec<Inline>,
    },
    Strike {
        children: Vec<Inline>,
    },
    Code {
        text: String,
    },
    Link {
        href: String,
        title: Option<String>,
        children: Vec<Inline>,
    },
    /// `src` is as written; only a file of the pack is ever shown.
    Image {
        src: String,
        alt: String,
        title: Option<String>,
    },
    FootnoteRef {
        label: String,
    },
    /// The end of a source line: a space to the reader.
    SoftBreak,
    HardBreak,
}

/// Something to do: a callout `> [!kind] prompt {#id …}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Block {
    /// Names the block in its file. A block that keeps nothing and was given no id has a made one.
    pub id: Id,
    /// What the person does.
    pub kind: Kind,
    /// The line after `[!kind]`.
    pub prompt: Vec<Inline>,
    /// The prompt as plain text: kept beside each answer, so that an export shows what was asked.
    pub prompt_text: String,
    /// Further text in the block, above what is to be done.
    pub help: Vec<Prose>,
    /// Who may read the answer; `None` for a block that keeps none.
    pub privacy: Option<Privacy>,
    /// The step asks for it before it counts as done; it can still be skipped.
    pub required: bool,
    /// Never in search, previews or charts.
    pub sensitive: bool,
    /// Of a sealed `list` or `sort`, only what its writer chose is sealed and opened.
    pub pick: bool,
    /// One line of a private answer can be given to the other, after a confirmation.
    pub send: bool,
    /// How often the meaning of what is asked has changed. Answers of another rev are *earlier wording*.
    pub rev: u32,
    /// Ids this field had before it was renamed.
    pub was: Vec<Id>,
    /// Shown only if this holds.
    pub when: Option<When>,
}

/// What a block asks of a person, with what that kind needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Kind {
    /// Writes a line.
    Short {
        /// Most characters.
        max: Option<u32>,
    },
    /// Writes as much as they like.
    Long {
        /// Lines shown at first.
        rows: u32,
        /// Most characters.
        max: Option<u32>,
    },
    /// Picks one.
    Choice {
        /// What can be picked.
        options: Vec<Choice>,
    },
    /// Picks several.
    Choices {
        /// What can be picked.
        options: Vec<Choice>,
        /// Fewest.
        min: Option<u32>,
        /// Most.
        max: Option<u32>,
    },
    /// Places a mark; nothing is preselected, and blank is not zero.
    Scale {
        /// Lowest mark.
        from: i32,
        /// Highest mark.
        to: i32,
        /// Words for some of the marks.
        ends: Vec<ScaleEnd>,
    },
    /// Adds short lines.
    List {
        /// Fewest.
        min: Option<u32>,
        /// Most.
        max: Option<u32>,
    },
    /// Places a mark on the same scale for each of several rows.
    Rating {
        /// Lowest mark.
        from: i32,
        /// Highest mark.
        to: i32,
        /// Words for some of the marks.
        ends: Vec<ScaleEnd>,
        /// What is rated.
        rows: Vec<Row>,
    },
    /// Puts cards in piles or, where there are none, in order.
    Sort {
        /// The piles; empty when the cards are put in order.
        piles: Vec<Choice>,
        /// The cards the lesson brings.
        cards: Vec<Choice>,
        /// The person may add cards.
        own: bool,
        /// Opens a few of the cards that both put in one pile, and nothing else.
        overlap: Option<Overlap>,
    },
    /// Completes a sentence.
    Frame {
        /// In the order of the sentence.
        gaps: Vec<Gap>,
    },
    /// Both word it, both accept it, either may end it.
    Agreement {
        /// Days after which to look at it again.
        review: Option<u32>,
    },
    /// Adds dated entries over days.
    Log {
        /// How entries are counted.
        per: Per,
        /// What an entry can be about.
        tags: Vec<Choice>,
    },
    /// Takes one small thing into the week.
    Practice {
        /// What can be taken.
        options: Vec<Choice>,
        /// For how many days.
        days: u32,
    },
    /// A quiet countdown that can pause. Nothing is kept.
    Timer {
        /// How long, in minutes.
        minutes: u32,
    },
    /// Speaks and listens in turns.
    Talk {
        /// The turns of one round.
        turns: Vec<TalkTurn>,
        /// How many rounds.
        rounds: u32,
        /// Speaker and listener change places after each round.
        swap: bool,
        /// After a turn the speaker is asked: did they get it?
        heard: bool,
    },
    /// Breathes, looks around, goes on or stops. The block's help is its text.
    Pause,
    /// Looks back at what was marked, counted or written.
    Chart {
        /// Which fields, in order.
        of: Vec<RecallOf>,
        /// How it is drawn.
        draw: Draw,
    },
    /// Answers a scored questionnaire.
    Instrument {
        /// Its id in the pack.
        of: Id,
    },
    /// Each picks whole, light or apart on their own turn; the smallest is offered to both.
    Ready,
    /// Sees help lines for their country.
    Help {
        /// Which lines.
        topic: HelpTopic,
    },
    /// Ticks.
    Checklist {
        /// What can be ticked.
        items: Vec<Choice>,
    },
    /// Fills their half of the loop.
    Cycle {
        /// In the order of the loop.
        stages: Vec<Stage>,
        /// For one person: there is no other half to join.
        half: bool,
    },
    /// Reads a book to a pace.
    Plan {
        /// Parts the lesson proposes; the reader may change them.
        parts: Vec<PlanPart>,
        /// Days from one part to the next that the lesson proposes.
        every: u32,
    },
    /// Reads both sides once both opened.
    Compare {
        /// Which fields, in order.
        of: Vec<CompareOf>,
    },
    /// Meets an earlier answer again. The block's help is the fallback.
    Recall {
        /// Which answer.
        of: RecallOf,
    },
    /// Answers in memory and is routed. Nothing is stored anywhere.
    Gate {
        /// Where each answer leads.
        options: Vec<GateOption>,
    },
    /// Opens the evidence: figure, source, caveat. The block's help is its text.
    Note,
}

/// An option, or a line to tick.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Choice {
    /// What is kept when it is picked.
    pub id: Id,
    /// As people read it.
    pub label: Vec<Inline>,
    /// The label as plain text.
    pub text: String,
    /// Lets the person write their own words beside it.
    pub other: bool,
    /// Ids it had before it was renamed.
    pub was: Vec<Id>,
    /// What it counts for, in an instrument.
    pub score: Option<i32>,
}

/// One row of a rating.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Row {
    /// What its mark is kept under.
    pub id: Id,
    /// As people read it.
    pub label: Vec<Inline>,
    /// The label as plain text.
    pub text: String,
    /// Ids it had before it was renamed.
    pub was: Vec<Id>,
    /// In an instrument, its marks count from the other end: `score=reverse`.
    pub reverse: bool,
}

/// What of two people's piles is opened: at most `show` of the cards that both put in `pile`, drawn at random, once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Overlap {
    /// The pile.
    pub pile: Id,
    /// How many cards at most.
    pub show: u32,
}

/// One gap of a sentence to complete: `When ___ at home` has words before and after.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Gap {
    /// What its words are kept under.
    pub id: Id,
    /// The sentence up to the gap.
    pub before: Vec<Inline>,
    /// The sentence after the gap, up to the next one.
    pub after: Vec<Inline>,
    /// The whole line as plain text, with `___` for the gap.
    pub text: String,
    /// Ids it had before it was renamed.
    pub was: Vec<Id>,
}

/// How the entries of a log are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    /// Day by day.
    Day,
    /// Week by week.
    Week,
}

/// One turn of a talk.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct TalkTurn {
    /// Names it.
    pub id: Id,
    /// As people read it.
    pub label: Vec<Inline>,
    /// The label as plain text.
    pub text: String,
    /// How long it may take, in minutes; none for as long as it takes.
    pub minutes: Option<u32>,
    /// Whose turn it is; none where the lesson does not say, and it is both people's.
    pub role: Option<TalkRole>,
}

/// What a person does in a turn of a talk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum TalkRole {
    /// Says something of themselves.
    Speaker,
    /// Listens, and says back what they heard.
    Listener,
}

/// How a chart is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Draw {
    /// Marks over time.
    Line,
    /// Days or weeks in a row, each with its count.
    Strip,
    /// What was gathered, one piece for each.
    Jar,
    /// Answers beside each other.
    Columns,
}

/// Which help lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum HelpTopic {
    /// Someone to talk to right now.
    Crisis,
    /// Fear, control or violence.
    Abuse,
    /// Finding someone trained.
    Therapist,
}

/// Words for one mark of a scale.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct ScaleEnd {
    /// The mark.
    pub at: i32,
    /// Its words.
    pub label: Vec<Inline>,
    /// The words as plain text.
    pub text: String,
}

/// One stage of a person's half of the loop.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Stage {
    /// What is kept under.
    pub id: Id,
    /// As people read it.
    pub label: Vec<Inline>,
    /// The label as plain text.
    pub text: String,
    /// What sets me off: the other's `seen` meets it.
    pub spark: bool,
    /// What the other sees me do, and so meets as their spark.
    pub seen: bool,
    /// What lies beneath: opened second, and only if both choose again.
    pub under: bool,
}

/// One part of a book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct PlanPart {
    /// Its title.
    pub title: String,
    /// First page.
    pub from: Option<u32>,
    /// Last page.
    pub to: Option<u32>,
}

/// One thing to set side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct CompareOf {
    /// Each person's own answer to this field …
    pub field: Id,
    /// … or, with this, one person's `field` beside the other's `against`.
    pub against: Option<Id>,
}

/// Which earlier answer to meet again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct RecallOf {
    /// In which lesson of the same pack.
    pub lesson: Id,
    /// Which field.
    pub field: Id,
    /// Which part of it (a cycle's stage).
    pub part: Option<Id>,
}

/// One answer to a gate.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct GateOption {
    /// Names it in the file; never stored.
    pub id: Id,
    /// As people read it.
    pub label: Vec<Inline>,
    /// The label as plain text.
    pub text: String,
    /// The step it leads to; `None` goes on to the next.
    pub go: Option<Id>,
}

/// When a step or block is shown: every test must hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct When {
    /// All of these.
    pub all: Vec<Test>,
}

/// One test of a `when=`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(tag = "type", rename_all = "kebab-case")]
pub enum Test {
    /// The run is with the other person.
    Together,
    /// The run is on one's own.
    Solo,
    /// One of these options is (or, negated, none of them is) picked in an earlier field.
    Picked {
        /// Which field.
        field: Id,
        /// Which options.
        any: Vec<Id>,
        /// `!`: none of them.
        not: bool,
    },
    /// An earlier scale's mark lies between, ends included.
    Between {
        /// Which field.
        field: Id,
        /// Lowest.
        from: i32,
        /// Highest.
        to: i32,
        /// `!`: outside.
        not: bool,
    },
}
