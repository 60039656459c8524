//! The names the format knows, and "did you mean".
//!
//! Names that belong to later versions stand here too: they are refused as *not yet*, never as unknown.

/// Kinds of block that are built.
pub(crate) const KINDS: &[&str] = &[
    "short",
    "long",
    "choice",
    "choices",
    "list",
    "scale",
    "checklist",
    "cycle",
    "plan",
    "compare",
    "recall",
    "gate",
    "note",
];

/// Kinds that the format has and this version has not.
pub(crate) const LATER_KINDS: &[&str] = &[
    "rating",
    "sort",
    "frame",
    "agreement",
    "log",
    "practice",
    "timer",
    "talk",
    "pause",
    "chart",
    "instrument",
    "ready",
    "help",
];

/// GitHub's plain boxes.
pub(crate) const ALERTS: &[&str] = &["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

/// Keys and flags that the format has and this version has not.
pub(crate) const LATER_KEYS: &[&str] = &[
    "rev", "was", "pick", "send", "overlap", "show", "own", "review", "per", "days", "minutes", "rounds", "swap",
    "heard", "as", "topic", "use", "score",
];

/// Keys and flags that are built, somewhere.
pub(crate) const KEYS: &[&str] = &[
    "private",
    "reveal",
    "joint",
    "required",
    "when",
    "sensitive",
    "light",
    "max",
    "rows",
    "min",
    "range",
    "of",
    "half",
    "every",
    "other",
    "spark",
    "seen",
    "under",
    "pages",
    "go",
];

/// Kinds that keep an answer.
pub(crate) fn keeps_answers(kind: &str) -> bool {
    !matches!(kind, "compare" | "recall" | "gate" | "note")
}

/// What a block of a kind takes.
pub(crate) fn block_keys(kind: &str) -> Vec<&'static str> {
    let own: &[&str] = match kind {
        "short" => &["max"],
        "long" => &["max", "rows"],
        "choices" | "list" => &["min", "max"],
        "scale" => &["range"],
        "cycle" => &["half"],
        "plan" => &["every"],
        "compare" | "recall" => &["of"],
        _ => &[],
    };
    let everywhere: &[&str] = if keeps_answers(kind) {
        &["when", "private", "reveal", "joint", "required", "sensitive"]
    } else {
        &["when"]
    };
    own.iter().chain(everywhere).copied().collect()
}

/// What an item in a block of a kind takes.
pub(crate) fn item_keys(kind: &str) -> &'static [&'static str] {
    match kind {
        "choice" | "choices" => &["other"],
        "cycle" => &["spark", "seen", "under"],
        "plan" => &["pages"],
        "gate" => &["go"],
        _ => &[],
    }
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
