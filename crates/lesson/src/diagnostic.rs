//! What can be wrong with a file, told in plain words, with the place and, where one is certain, the fix.
//!
//! The codes stand in one list: `docs/lesson-format.md` has the same one, and a test compares the two.
//! Not here: how they look in a terminal or in the app.

use std::ops::Range;

use serde::Serialize;

use crate::place::{floor, place};

/// Whether a lesson can be used before this is mended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It must be mended first.
    Error,
    /// It can wait.
    Warning,
}

/// A second place that a diagnostic speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Range<usize>,
    /// What is there.
    pub text: String,
}

/// A change that certainly mends it: replace the span by the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What to replace; empty to insert.
    pub span: Range<usize>,
    /// By what.
    pub text: String,
}

/// One thing to mend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which rule.
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// What is wrong, in one or two sentences.
    pub message: String,
    /// Where, in bytes of the file, on character boundaries.
    pub span: Range<usize>,
    /// Other places it speaks of.
    pub labels: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
    /// A change that mends it.
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// A diagnostic about a whole file.
    pub fn of_file(code: Code, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            message: message.into(),
            span: 0..0,
            labels: vec![],
            help: None,
            fix: None,
        }
    }

    /// Adds what to do about it.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn label(&mut self, span: Range<usize>, text: impl Into<String>) -> &mut Self {
        self.labels.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    pub(crate) fn fix(&mut self, span: Range<usize>, text: impl Into<String>) -> &mut Self {
        self.fix = Some(Fix {
            span,
            text: text.into(),
        });
        self
    }

    /// As an editor reads it: one element of what `check --json` prints.
    pub fn to_json(&self, file: &str, source: &str) -> serde_json::Value {
        let (from, to) = (place(source, self.span.start), place(source, self.span.end));
        serde_json::json!({
            "file": file,
            "code": self.code.as_str(),
            "severity": self.severity,
            "message": self.message,
            "line": from.line,
            "column": from.column,
            "end_line": to.line,
            "end_column": to.column,
            "help": self.help,
            "fix": self.fix.as_ref().map(|fix| {
                let (from, to) = (place(source, fix.span.start), place(source, fix.span.end));
                serde_json::json!({
                    "text": fix.text,
                    "line": from.line,
                    "column": from.column,
                    "end_line": to.line,
                    "end_column": to.column,
                })
            }),
        })
    }
}

/// The most that is told of one file.
const MAX_FINDINGS: usize = 500;

/// What has been found so far in one file.
pub(crate) struct Findings<'s> {
    source: &'s str,
    list: Vec<Diagnostic>,
}

impl<'s> Findings<'s> {
    pub(crate) fn new(source: &'s str) -> Self {
        Self {
            source,
            list: Vec::new(),
        }
    }

    pub(crate) fn error(&mut self, code: Code, span: Range<usize>, message: impl Into<String>) -> &mut Diagnostic {
        self.add(Severity::Error, code, span, message.into())
    }

    pub(crate) fn warning(&mut self, code: Code, span: Range<usize>, message: impl Into<String>) -> &mut Diagnostic {
        self.add(Severity::Warning, code, span, message.into())
    }

    fn add(&mut self, severity: Severity, code: Code, span: Range<usize>, message: String) -> &mut Diagnostic {
        let span = self.whole(span);
        let at = self.list.len();
        self.list.push(Diagnostic {
            code,
            severity,
            message,
            span,
            labels: vec![],
            help: None,
            fix: None,
        });
        &mut self.list[at]
    }

    /// A span on character boundaries, whatever a parser said.
    fn whole(&self, span: Range<usize>) -> Range<usize> {
        let start = floor(self.source, span.start);
        start..floor(self.source, span.end).max(start)
    }

    /// All of them, in the order of the file, each once.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        let mut list = std::mem::take(&mut self.list);
        for diagnostic in &mut list {
            for label in &mut diagnostic.labels {
                label.span = self.whole(label.span.clone());
            }
            if let Some(fix) = &mut diagnostic.fix {
                fix.span = self.whole(fix.span.clone());
            }
        }
        list.sort_by_key(|d| (d.span.start, d.code, d.span.end));
        // Nobody mends a thousand things at once; errors before warnings, so that what does not open stays shut.
        if list.len() > MAX_FINDINGS {
            list.sort_by_key(|d| d.severity == Severity::Warning);
            list.truncate(MAX_FINDINGS);
            list.sort_by_key(|d| (d.span.start, d.code, d.span.end));
        }
        // One place can be read twice (a link that begins in a prompt and ends in the help text).
        list.dedup_by(|a, b| a.code == b.code && a.span == b.span && a.message == b.message);
        list
    }
}

macro_rules! codes {
    ($($name:ident $code:literal $meaning:literal;)*) => {
        /// Every rule a file can break.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $(#[doc = $meaning] $name,)* }

        impl Code {
            /// All of them, in order.
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            /// `L001` and so on. A code keeps its meaning for good.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $code,)* }
            }

            /// The rule, in one line.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$name => $meaning,)* }
            }
        }
    };
}

codes! {
    FrontMissing "L001" "the file does not begin with front matter";
    FrontUnclosed "L002" "the front matter has no closing line";
    FrontUnreadable "L003" "the front matter is not readable YAML";
    FrontTrick "L004" "the front matter uses an anchor, an alias or a tag";
    FrontKeyUnknown "L005" "the front matter has a key that is not known";
    FrontKeyTwice "L006" "the front matter has a key twice";
    FrontKeyMissing "L007" "the front matter lacks a key that every lesson needs";
    FrontValue "L008" "a value in the front matter is not of the kind its key takes";
    FormatUnknown "L009" "the lesson is written for another version of the format";
    TooLarge "L010" "the file, or something in it, is larger than a lesson may be";
    Html "L011" "HTML stands in the text";
    LinkRefused "L012" "a link leads somewhere a lesson may not lead";
    ImageRefused "L013" "a picture is not one of the course's own, or says nothing to someone who cannot see it";
    FellOut "L014" "a line fell out of its box";
    TwoOpeners "L015" "two blocks stand in one box";
    OpenerBroken "L016" "a block's opener is not in its place or not in its form";
    AlertTitle "L017" "one of the plain boxes has text on its first line";
    BlockNested "L018" "a block stands inside a list or another box";
    BlockOutsideStep "L019" "a block stands before the first step";
    KindUnknown "L020" "a kind of block that is not known";
    NotBuiltYet "L021" "part of the format that this version of Pairwise cannot do yet";
    TailBroken "L022" "an attribute tail is not in its form";
    KeyUnknown "L023" "a key or flag that is not known";
    KeyMisplaced "L024" "a key or flag that does not belong here";
    KeyTwice "L025" "a tail says the same thing twice, or two things that exclude each other";
    KeyValue "L026" "a key's value is not one it takes";
    TailAstray "L027" "an attribute tail that belongs to nothing";
    IdMalformed "L028" "an id is not in the form of an id";
    IdMissing "L029" "something that keeps answers has no id";
    StepIdMissing "L030" "a step has no id of its own";
    IdTwice "L031" "an id is used twice";
    IdRetired "L032" "an id is used that was retired";
    PromptMissing "L033" "a block has no prompt";
    PromptWraps "L034" "a block's prompt runs over its first line";
    BodyMissing "L035" "a block lacks the list it needs";
    BodyWrong "L036" "a block's body is not of the form its kind takes";
    ScaleEnd "L037" "the words for a scale's mark are not in their form";
    CycleStages "L038" "a loop's stages cannot be joined";
    WhenBroken "L039" "a condition is not in its form";
    WhenUnknown "L040" "a condition names something that is not there";
    WhenForward "L041" "a condition looks forwards";
    WhenUntestable "L042" "a condition asks something that its field cannot answer";
    WhenTells "L043" "being shown would tell a private answer";
    GateTarget "L044" "a gate leads to a step that is not there";
    CompareOf "L045" "a compare names something it cannot compare";
    RecallOf "L046" "a recall names something it cannot recall";
    HeadingLevel "L047" "a heading that is not a step and not below one";
    StepEmpty "L048" "a step, or the whole lesson, is empty";
    FileUnreadable "L049" "a file cannot be read";
    ManifestUnreadable "L050" "the course's manifest is not in its form";
    ManifestFile "L051" "the manifest lists a lesson that is not there";
    FileUnlisted "L052" "a lesson file that the manifest does not list";
    LessonTwice "L053" "two files hold a lesson of the same id";
    PartUnknown "L054" "a lesson belongs to a part that the manifest does not have";
    LessonUnknown "L055" "a lesson names a lesson or an answer that is not in the course";
    InstrumentUnknown "L056" "a lesson uses a questionnaire that is not in the course";
    InstrumentAstray "L057" "a questionnaire lies among the lessons, or a lesson among the questionnaires";
    TranslationStale "L058" "a translation was made from another version of its lesson";
    TranslationDiffers "L059" "a translation is not built like its lesson";
    LockUnreadable "L060" "the course's lock is missing, or not in its form";
    LockVersion "L061" "something changed and the version does not say so";
    LockBroken "L062" "an update would lose an answer or show it to somebody else";
    KeyMissing "L070" "a block lacks a key that its kind needs";
    ChartOf "L071" "a chart names something it cannot draw";
    GateKeeps "L072" "a gate leads to a step that keeps answers";
    FrameGap "L073" "a line of a frame has no gap, or more than one";
    InstrumentItem "L074" "an instrument's question cannot be scored";
    ScoringWrong "L075" "an instrument's scoring does not fit together";
    CodeSwallows "L076" "a block of code swallows what was meant to be read";
    Invisible "L077" "a character that nobody can see";
    LineEnds "L078" "the file's lines do not end as lines do";
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
