//! Makes lessons that are well, from a seed, of every kind, key and flag; and spoils them.

mod spoil;

use std::collections::BTreeSet;

pub(crate) use spoil::{Dice, SPOILERS, spoiled};

/// A lesson, and what of the grammar it uses: `short.max`, `choice/other`, `step.light`, `front.heavy`.
pub(crate) struct Made {
    pub(crate) source: String,
    pub(crate) used: BTreeSet<String>,
}

/// A field that others can name.
struct Field {
    id: String,
    kind: &'static str,
    privacy: &'static str,
    options: Vec<String>,
    sensitive: bool,
    overlap: bool,
}

struct Maker {
    dice: Dice,
    used: BTreeSet<String>,
    out: String,
    ids: usize,
    fields: Vec<Field>,
    share: &'static str,
    instrument: bool,
    /// The step around is shown only on one's own, or always.
    step_tells: bool,
}

const WORDS: &[&str] = &[
    "tea",
    "the door",
    "*slowly*",
    "**near**",
    "rain",
    "Grüße",
    "水",
    "שלום",
    "🌙",
    "`code`",
    "a \\{brace",
    "3 \\< 4",
    "[on](#first)",
    "&amp;",
    "e\u{301}",
    "[a page](https://example.org)",
    "![a lamp](images/lamp.png)",
    "~~no~~",
    "that's",
    "\"so\"",
    "…",
];

impl Maker {
    fn words(&mut self) -> String {
        let count = 1 + self.dice.below(4);
        (0..count).map(|_| *self.dice.pick(WORDS)).collect::<Vec<_>>().join(" ")
    }

    fn id(&mut self) -> String {
        self.ids += 1;
        format!("{}{}", self.dice.pick(&["a", "way-", "x9-", "long-name-of-"]), self.ids)
    }

    fn line(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }

    fn note(&mut self, what: &str) {
        self.used.insert(what.to_owned());
    }

    /// A key, now and then.
    fn key(&mut self, tail: &mut Vec<String>, kind: &str, key: &str, value: Option<String>) -> bool {
        if !self.dice.one_in(3) {
            return false;
        }
        self.note(&format!("{kind}.{key}"));
        tail.push(value.map_or_else(|| key.to_owned(), |value| format!("{key}={value}")));
        true
    }

    fn was(&mut self, kind: &str, sign: char) -> Option<String> {
        if !self.dice.one_in(6) {
            return None;
        }
        self.note(&format!("{kind}{sign}was"));
        let (one, two) = (self.id(), self.id());
        Some(if self.dice.one_in(2) {
            format!("was={one}")
        } else {
            format!("was={one},{two}")
        })
    }

    fn lesson(&mut self) {
        self.front();
        if self.dice.one_in(2) {
            let words = self.words();
            self.line(&format!("Before it all: {words}\n"));
        }
        let steps = 1 + self.dice.below(4);
        for step in 0..steps {
            self.step(step);
        }
    }

    fn front(&mut self) {
        self.line("---");
        self.line(
            "format: 1\nid: made-up\ntitle: \"Made: up\"\nversion: \"1.2.3\"\nminutes: 12\nlicence: CC-BY-SA-4.0",
        );
        let lang = *self.dice.pick(&["en", "de", "pt-BR", "zh-Hant"]);
        let audience = *self.dice.pick(&["solo", "together", "either"]);
        self.line(&format!(
            "lang: {lang}\naudience: {audience}\nsources: [\"Ours\", 'It''s ours']"
        ));
        for (key, value) in [
            ("summary", "\"In short.\""),
            ("part", "begin"),
            ("requires", "[other-lesson]"),
            ("authors", "\n  - A\n  - B"),
            ("heavy", "Old hurts"),
            ("retired", "[gone-one, gone-two]"),
            ("translates", "made-up@1.2.0"),
        ] {
            if self.dice.one_in(4) {
                self.note(&format!("front.{key}"));
                self.line(&format!("{key}: {value}"));
            }
        }
        if self.instrument {
            self.note("front.kind");
            let method = *self.dice.pick(&["sum", "mean", "none"]);
            self.line(&format!("kind: instrument\nscoring: {{method: {method}, missing: 2}}"));
            self.note("front.scoring");
            if method != "none" && self.dice.one_in(2) {
                self.line("bands:\n  - {from: -1.5, label: low}\n  - {from: 4, label: \"high\"}\nnoise: 2.7\ncitation: Us\npermission: Ours");
                for key in ["bands", "noise", "citation", "permission"] {
                    self.note(&format!("front.{key}"));
                }
            }
        } else if self.share != "private" || self.dice.one_in(3) {
            self.note("front.share");
            let share = self.share;
            self.line(&format!("share: {share}"));
        }
        self.line("---\n");
    }

    fn step(&mut self, number: usize) {
        let id = if number == 0 { "first".to_owned() } else { self.id() };
        let mut tail = vec![format!("#{id}")];
        self.key(&mut tail, "step", "light", None);
        self.step_tells = false;
        if number > 0 && self.dice.one_in(3) {
            let (when, tells) = self.when();
            self.note("step.when");
            tail.push(format!("when={when}"));
            self.step_tells = tells;
        }
        let words = self.words();
        self.line(&format!("## Step {words} {{{}}}\n", tail.join(" ")));
        let bare = self.out.len();
        let pieces = 1 + self.dice.below(5);
        for _ in 0..pieces {
            match self.dice.below(6) {
                0 => self.prose(),
                _ => self.block(),
            }
        }
        if self.out.len() == bare {
            self.prose();
        }
    }

    fn prose(&mut self) {
        let words = self.words();
        match self.dice.below(7) {
            0 => self.line(&format!("- {words}\n- two\n  1. deeper\n")),
            1 => self.line(&format!("> [!TIP]\n> {words}\n")),
            2 => self.line(&format!("### Within {words}\n")),
            3 => self.line(&format!("| a | b |\n|---|---|\n| {words} | c |\n")),
            4 => self.line("```\n> [!short] not a block {#no}\n```\n"),
            5 => self.line("***\n"),
            _ => self.line(&format!("So: {words}\nand on.\n")),
        }
    }

    /// A condition on what stands further up, and whether it would tell what one person answered alone.
    fn when(&mut self) -> (String, bool) {
        let askable: Vec<usize> = (0..self.fields.len())
            .filter(|at| !self.fields[*at].options.is_empty() || self.fields[*at].kind == "scale")
            .collect();
        if askable.is_empty() || self.dice.one_in(3) {
            return ((*self.dice.pick(&["together", "solo"])).to_owned(), false);
        }
        let at = *self.dice.pick(&askable);
        let not = if self.dice.one_in(3) { "!" } else { "" };
        let field = &self.fields[at];
        let tells = field.privacy != "joint";
        let asked = if field.kind == "scale" {
            format!("{}:{not}2-3", field.id)
        } else {
            let (one, last) = (&field.options[0], &field.options[field.options.len() - 1]);
            if one == last || self.dice.one_in(2) {
                format!("{}:{not}{one}", field.id)
            } else {
                format!("{}:{not}{one}|{last}", field.id)
            }
        };
        if self.dice.one_in(3) {
            return (format!("solo,{asked}"), false);
        }
        (asked, tells)
    }

    fn block(&mut self) {
        let kinds: &[&'static str] = if self.instrument {
            &["scale", "rating", "choice", "note", "pause", "help"]
        } else {
            &[
                "short",
                "long",
                "choice",
                "choices",
                "scale",
                "rating",
                "list",
                "sort",
                "frame",
                "cycle",
                "checklist",
                "agreement",
                "log",
                "practice",
                "plan",
                "timer",
                "talk",
                "pause",
                "compare",
                "recall",
                "chart",
                "instrument",
                "gate",
                "ready",
                "note",
                "help",
            ]
        };
        let kind = *self.dice.pick(kinds);
        let of = match kind {
            "compare" => match self.compared() {
                None => return,
                of => of,
            },
            "chart" => match self.charted() {
                None => return,
                of => of,
            },
            _ => None,
        };
        let keeps = !matches!(
            kind,
            "compare" | "recall" | "gate" | "note" | "timer" | "pause" | "chart" | "ready" | "help"
        );
        let (privacy, said) = self.privacy(kind);
        let both =
            matches!(kind, "compare" | "talk" | "agreement" | "ready" | "gate") || (keeps && privacy != "private");
        if both && self.step_tells {
            return;
        }
        self.note(&format!("kind:{kind}"));
        let id = self.id();
        let mut tail = Vec::new();
        if keeps || self.dice.one_in(2) {
            tail.push(format!("#{id}"));
        }
        if keeps && said {
            self.note(&format!("{kind}.{privacy}"));
            tail.push(privacy.to_owned());
        }
        if self.dice.one_in(5) {
            let (when, tells) = self.when();
            if !(both && tells) {
                self.note(&format!("{kind}.when"));
                tail.push(format!("when={when}"));
            }
        }
        let mut sensitive = false;
        if keeps {
            sensitive = self.key(&mut tail, kind, "sensitive", None);
            if kind != "instrument" {
                self.key(&mut tail, kind, "required", None);
            }
            self.key(&mut tail, kind, "rev", Some("3".into()));
            tail.extend(self.was(kind, '.'));
        }
        tail.extend(of.into_iter().flatten());
        let mut field = Field {
            id,
            kind,
            privacy: if keeps { privacy } else { "" },
            options: vec![],
            sensitive,
            overlap: false,
        };
        let body = self.body(kind, privacy, &mut tail, &mut field);
        let words = self.words();
        let bare = matches!(
            kind,
            "note" | "compare" | "recall" | "timer" | "pause" | "chart" | "ready" | "help"
        ) && self.dice.one_in(3);
        let prompt = if bare {
            String::new()
        } else {
            format!(" What of {words}?")
        };
        let tail = if tail.is_empty() {
            String::new()
        } else {
            format!(" {{{}}}", tail.join(" "))
        };
        self.line(&format!("> [!{kind}]{prompt}{tail}"));
        if self.dice.one_in(3) {
            let words = self.words();
            self.line(&format!("> Help: {words}\n> and more."));
            if !body.is_empty() {
                self.line(">");
            }
        }
        for line in body {
            self.line(&if line.is_empty() {
                ">".to_owned()
            } else {
                format!("> {line}")
            });
        }
        self.line("");
        if keeps {
            self.fields.push(field);
        }
    }

    /// Who may read a field of a kind, and whether it says so itself.
    fn privacy(&mut self, kind: &str) -> (&'static str, bool) {
        let can: &[&'static str] = match kind {
            _ if self.instrument => &["private"],
            "talk" | "agreement" => &["joint"],
            "instrument" => &["private"],
            "log" => &["private", "joint"],
            _ => &["private", "reveal", "joint"],
        };
        let privacy = *self.dice.pick(can);
        let unsaid = match kind {
            "talk" | "agreement" => "joint",
            "instrument" | "log" | "practice" => "private",
            _ => self.share,
        };
        (privacy, privacy != unsaid || self.dice.one_in(3))
    }

    fn compared(&mut self) -> Option<Vec<String>> {
        let reveals: Vec<(String, bool)> = self
            .fields
            .iter()
            .filter(|field| field.privacy == "reveal")
            .map(|field| (field.id.clone(), field.overlap))
            .collect();
        if reveals.is_empty() {
            return None;
        }
        self.note("compare.of");
        let (one, one_overlaps) = self.dice.pick(&reveals).clone();
        let (other, other_overlaps) = self.dice.pick(&reveals).clone();
        Some(vec![match self.dice.below(3) {
            0 => format!("of={one}"),
            1 if !one_overlaps && !other_overlaps => format!("of={one}|{other}"),
            _ => format!("of={one},{other}"),
        }])
    }

    fn charted(&mut self) -> Option<Vec<String>> {
        let drawn: Vec<(String, &[&str])> = self
            .fields
            .iter()
            .filter(|field| !field.sensitive && !field.overlap)
            .map(|field| {
                let ways: &[&str] = match field.kind {
                    "scale" | "rating" | "instrument" => &["line", "columns"],
                    "log" => &["line", "strip", "jar", "columns"],
                    "choices" | "checklist" => &["jar", "columns"],
                    "choice" | "sort" => &["columns"],
                    "list" => &["jar"],
                    _ => &[],
                };
                (field.id.clone(), ways)
            })
            .filter(|(_, ways)| !ways.is_empty())
            .collect();
        if drawn.is_empty() {
            return None;
        }
        let (id, ways) = self.dice.pick(&drawn).clone();
        let way = *self.dice.pick(ways);
        for what in ["chart.of", "chart.as", &format!("chart.as={way}")] {
            self.note(what);
        }
        let of = *self.dice.pick(&["", ",other-lesson.field", ",other-lesson.field.part"]);
        Some(vec![format!("of={id}{of}"), format!("as={way}")])
    }

    /// An item: its words, and its tail with an id.
    fn item(&mut self, kind: &str, words: &str, field: &mut Field, flags: &[&str], was: bool) -> String {
        let id = self.id();
        let mut tail = vec![format!("#{id}")];
        for flag in flags {
            let name = flag.split('=').next().unwrap();
            self.note(&format!("{kind}/{name}"));
            tail.push((*flag).to_owned());
        }
        if was {
            tail.extend(self.was(kind, '/'));
        }
        field.options.push(id);
        format!("{words} {{{}}}", tail.join(" "))
    }

    fn items(&mut self, kind: &str, mark: &str, field: &mut Field, flag: Option<&str>) -> Vec<String> {
        let count = 1 + self.dice.below(4);
        (0..count)
            .map(|_| {
                let words = self.words();
                let flagged = self.dice.one_in(4);
                let flags: Vec<&str> = flag.filter(|_| flagged).into_iter().collect();
                format!("{mark}{}", self.item(kind, &words, field, &flags, true))
            })
            .collect()
    }

    /// The list of a block; its own keys go into the tail.
    #[allow(clippy::too_many_lines, reason = "one arm for each kind")]
    fn body(&mut self, kind: &'static str, privacy: &str, tail: &mut Vec<String>, field: &mut Field) -> Vec<String> {
        let sends = matches!(
            kind,
            "short" | "long" | "list" | "frame" | "sort" | "choice" | "choices" | "checklist" | "cycle"
        );
        let mut picks = false;
        if matches!(kind, "list" | "sort") && privacy == "reveal" {
            picks = self.key(tail, kind, "pick", None);
        }
        if sends && privacy == "private" && !self.instrument {
            self.key(tail, kind, "send", None);
        }
        match kind {
            "short" | "long" => {
                self.key(tail, kind, "max", Some("120".into()));
                if kind == "long" {
                    self.key(tail, kind, "rows", Some("7".into()));
                }
                vec![]
            }
            "choice" if self.instrument => {
                let count = 2 + self.dice.below(3);
                (0..count)
                    .map(|at| {
                        let (words, score) = (self.words(), format!("score={at}"));
                        format!("- {}", self.item(kind, &words, field, &[&score], true))
                    })
                    .collect()
            }
            "choice" | "practice" => {
                if kind == "practice" {
                    self.key(tail, kind, "days", Some("14".into()));
                }
                let items = self.items(kind, "- ", field, Some("other"));
                if kind == "practice" {
                    field.options.clear();
                }
                items
            }
            "choices" => {
                self.key(tail, kind, "min", Some("0".into()));
                self.key(tail, kind, "max", Some("1".into()));
                self.items(kind, "- ", field, Some("other"))
            }
            "checklist" => self.items(kind, "- [ ] ", field, None),
            "list" => {
                self.key(tail, kind, "min", Some("1".into()));
                self.key(tail, kind, "max", Some("9".into()));
                vec![]
            }
            "scale" | "rating" => {
                // A condition asks for two or three of it.
                self.note(&format!("{kind}.range"));
                tail.push((*self.dice.pick(&["range=0-10", "range=-3-3", "range=1-100"])).to_owned());
                let mut lines = vec!["- 1: **hardly**".to_owned(), "- 3:".to_owned()];
                if kind == "rating" {
                    lines.extend(self.items(kind, "- ", field, self.instrument.then_some("score=reverse")));
                    field.options.clear();
                }
                lines
            }
            "log" => {
                let per = *self.dice.pick(&["day", "week"]);
                self.key(tail, kind, "per", Some(per.into()));
                let lines = if self.dice.one_in(4) {
                    vec![]
                } else {
                    self.items(kind, "- ", field, None)
                };
                field.options.clear();
                lines
            }
            "sort" => self.sort(privacy, picks, tail, field),
            "frame" => {
                let lines = (0..1 + self.dice.below(3))
                    .map(|_| {
                        let (before, after) = (self.words(), self.words());
                        let gap = *self.dice.pick(&["___", "______"]);
                        format!(
                            "- {}",
                            self.item(kind, &format!("{before} {gap} {after}"), field, &[], true)
                        )
                    })
                    .collect();
                field.options.clear();
                lines
            }
            "cycle" => {
                let half = self.key(tail, kind, "half", None);
                let mut lines = vec![];
                for flags in [&["spark"][..], &["seen"], &["under"], &[]] {
                    if half && self.dice.one_in(3) {
                        continue;
                    }
                    let words = self.words();
                    lines.push(format!("1. {}", self.item(kind, &words, field, flags, false)));
                }
                if lines.is_empty() {
                    lines.push(format!("1. {}", self.item(kind, "I", field, &[], false)));
                }
                field.options.clear();
                lines
            }
            "agreement" => {
                self.key(tail, kind, "review", Some("2w".into()));
                vec![]
            }
            "plan" => {
                let every = *self.dice.pick(&["day", "week", "10d", "2w"]);
                self.key(tail, kind, "every", Some(every.into()));
                let lines = match self.dice.below(3) {
                    0 => vec![],
                    _ => self
                        .items(kind, "- ", field, None)
                        .into_iter()
                        .map(|line| line.split(" {").next().unwrap().to_owned())
                        .collect(),
                };
                self.note("plan/pages");
                field.options.clear();
                lines.into_iter().map(|line| format!("{line} {{pages=3-9}}")).collect()
            }
            "timer" => {
                self.note("timer.minutes");
                tail.push("minutes=5".into());
                vec![]
            }
            "talk" => {
                self.key(tail, kind, "rounds", Some("2".into()));
                self.key(tail, kind, "swap", None);
                self.key(tail, kind, "heard", None);
                for key in ["minutes", "speaker", "listener"] {
                    self.note(&format!("talk/{key}"));
                }
                let words = self.words();
                vec![
                    format!("1. {words} {{speaker minutes=2}}"),
                    "2. And back. {listener}".to_owned(),
                ]
            }
            "recall" => {
                self.note("recall.of");
                tail.push((*self.dice.pick(&["of=other-lesson.field", "of=other-lesson.field.part"])).to_owned());
                vec![]
            }
            "instrument" => {
                self.note("instrument.use");
                tail.push("use=weekly-pulse".into());
                vec![]
            }
            "help" => {
                let topic = *self.dice.pick(&["crisis", "abuse", "therapist"]);
                self.note("help.topic");
                tail.push(format!("topic={topic}"));
                vec![]
            }
            "gate" => {
                self.note("gate/go");
                let words = self.words();
                vec![format!("- {words} {{go=next}}"), "- away {go=the-end}".to_owned()]
            }
            _ => vec![],
        }
    }

    fn sort(&mut self, privacy: &str, picks: bool, tail: &mut Vec<String>, field: &mut Field) -> Vec<String> {
        let own = self.key(tail, "sort", "own", None);
        let mut lines = vec![];
        if self.dice.one_in(2) {
            let first = self.item("sort", "Yes", field, &[], true);
            let pile = field.options[0].clone();
            lines.push(format!("1. {first}"));
            lines.push(format!("2. {}", self.item("sort", "No", field, &[], true)));
            lines.push(String::new());
            if privacy == "reveal" && !picks && self.key(tail, "sort", "overlap", Some(pile)) {
                field.overlap = true;
                self.key(tail, "sort", "show", Some("2".into()));
            }
        }
        if !own || self.dice.one_in(2) {
            lines.extend(self.items("sort", "- ", field, None));
        } else {
            lines.retain(|line| !line.is_empty());
        }
        field.options.clear();
        lines
    }
}

/// A lesson that is well.
pub(crate) fn lesson(seed: u64) -> Made {
    let mut dice = Dice::new(seed);
    let instrument = dice.one_in(8);
    let share = *dice.pick(&["private", "private", "reveal", "joint"]);
    let mut maker = Maker {
        dice,
        used: BTreeSet::new(),
        out: String::new(),
        ids: 0,
        fields: vec![],
        share: if instrument { "private" } else { share },
        instrument,
        step_tells: false,
    };
    maker.lesson();
    maker.line("## The end {#the-end}\n\nThat is all.");
    Made {
        source: maker.out,
        used: maker.used,
    }
}
