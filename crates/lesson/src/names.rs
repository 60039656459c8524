//! The names the format knows, where each may stand, and "did you mean".

/// Kinds of block.
pub(crate) const KINDS: &[&str] = &[
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
];

/// GitHub's plain boxes.
pub(crate) const ALERTS: &[&str] = &["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

/// Keys and flags, wherever they stand.
pub(crate) const KEYS: &[&str] = &[
    "private",
    "reveal",
    "joint",
    "required",
    "when",
    "pick",
    "send",
    "rev",
    "was",
    "sensitive",
    "light",
    "max",
    "rows",
    "min",
    "range",
    "own",
    "overlap",
    "show",
    "half",
    "review",
    "per",
    "days",
    "every",
    "minutes",
    "rounds",
    "swap",
    "heard",
    "of",
    "as",
    "use",
    "topic",
    "other",
    "spark",
    "seen",
    "under",
    "pages",
    "go",
    "score",
];

/// Kinds that keep an answer.
pub(crate) fn keeps_answers(kind: &str) -> bool {
    !matches!(
        kind,
        "compare" | "recall" | "gate" | "note" | "timer" | "pause" | "chart" | "ready" | "help"
    )
}

/// Kinds that may do without a prompt: what they show says what they are.
pub(crate) fn speaks_for_itself(kind: &str) -> bool {
    matches!(
        kind,
        "note" | "compare" | "recall" | "timer" | "pause" | "chart" | "ready" | "help"
    )
}

/// What may stand in a tail, in a few lists, one after another.
pub(crate) type Keys = [&'static [&'static str]; 3];

/// What a block of a kind takes.
pub(crate) fn block_keys(kind: &str) -> Keys {
    let own: &[&str] = match kind {
        "short" => &["max", "send"],
        "long" => &["max", "rows", "send"],
        "choice" | "checklist" | "frame" => &["send"],
        "choices" => &["min", "max", "send"],
        "list" => &["min", "max", "pick", "send"],
        "scale" | "rating" => &["range"],
        "sort" => &["own", "overlap", "show", "pick", "send"],
        "cycle" => &["half", "send"],
        "agreement" => &["review"],
        "log" => &["per"],
        "practice" => &["days"],
        "plan" => &["every"],
        "timer" => &["minutes"],
        "talk" => &["rounds", "swap", "heard"],
        "compare" | "recall" => &["of"],
        "chart" => &["of", "as"],
        "instrument" => &["use"],
        "help" => &["topic"],
        _ => &[],
    };
    if !keeps_answers(kind) {
        return [own, &["when"], &[]];
    }
    // A talk and an agreement are only ever both people's, a questionnaire only ever one person's and never asked for.
    let privacy: &[&str] = match kind {
        "talk" | "agreement" => &["when", "joint"],
        "instrument" => &["when", "private"],
        "log" => &["when", "private", "joint"],
        _ => &["when", "private", "reveal", "joint"],
    };
    let kept: &[&str] = match kind {
        "instrument" => &["sensitive", "rev", "was"],
        _ => &["sensitive", "rev", "was", "required"],
    };
    [own, privacy, kept]
}

/// What an item in a block of a kind takes; only an instrument's items have scores.
pub(crate) fn item_keys(kind: &str, instrument: bool) -> &'static [&'static str] {
    match kind {
        "choice" if instrument => &["other", "was", "score"],
        "rating" if instrument => &["was", "score"],
        "choice" | "choices" | "practice" => &["other", "was"],
        "checklist" | "rating" | "frame" | "log" | "sort" => &["was"],
        "cycle" => &["spark", "seen", "under"],
        "plan" => &["pages"],
        "talk" => &["minutes", "speaker", "listener"],
        "gate" => &["go"],
        _ => &[],
    }
}

/// A kind with its article: "a `short`", "an `agreement`".
pub(crate) fn a(kind: &str) -> String {
    let article = if kind.starts_with(['a', 'e', 'i', 'o', 'u']) {
        "an"
    } else {
        "a"
    };
    format!("{article} `{kind}`")
}

/// Why a key that is known cannot stand on a kind, where there is more to say than that it cannot.
pub(crate) fn why_not(kind: &str, key: &str) -> Option<&'static str> {
    Some(match (kind, key) {
        ("talk" | "agreement", "private" | "reveal") => {
            "It belongs to both of you: it is always `joint`. Take the word out."
        }
        ("instrument", "reveal" | "joint") => "Scores are only ever one person's own. Take the word out.",
        ("instrument", "required") => "A questionnaire is always optional. Take the word out.",
        ("log", "reveal") => "A log goes on for days, so it cannot be sealed. It can be `private` or `joint`.",
        (_, "score") => {
            "Only the questions of an instrument are scored: a file with `kind: instrument` in its front matter."
        }
        (_, "pick") => "Only a `list` or a `sort` can leave to the seal which of its items are opened.",
        _ => return None,
    })
}

/// The known name that a wrong one is most like, if any is like it.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wrong = wrong.to_lowercase();
    known
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(&wrong, &name.to_lowercase()), name))
        .filter(|(distance, name)| *distance <= (name.len().max(wrong.len()) / 3).max(1))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// "Did you mean …?", or nothing.
pub fn did_you_mean<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(wrong, known).map(|name| format!("Did you mean `{name}`?"))
}
