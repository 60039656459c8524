//! Everything the page may ask of the shell, with arguments that fit: read from the capability and from the committed
//! bindings, so that a new command is tried by itself.

use serde_json::{Map, Value, json};

const CONFIG: &str = include_str!("../../tauri.conf.json");
const BINDINGS: &str = include_str!("../../ui/src/lib/bindings.ts");

/// A command of the contract: its name, and each argument with its type as the bindings have it.
pub(crate) struct Command {
    pub(crate) name: String,
    arguments: Vec<(String, String)>,
}

/// What an injected script may know of what is written here.
pub(crate) struct Known<'a> {
    pub(crate) run: &'a str,
    pub(crate) lesson: &'a str,
    pub(crate) step: &'a str,
    pub(crate) field: &'a str,
    pub(crate) seat: &'a str,
}

/// Every permission of the one capability.
fn permissions() -> Vec<String> {
    let config: Value = serde_json::from_str(CONFIG).unwrap();
    let permissions = config.pointer("/app/security/capabilities/0/permissions");
    let permissions = permissions.and_then(Value::as_array).unwrap();
    permissions.iter().map(|one| one.as_str().unwrap().to_owned()).collect()
}

/// Every command of ours that the capability allows.
pub(crate) fn commands() -> Vec<Command> {
    let ours = permissions()
        .iter()
        .filter_map(|one| one.strip_prefix("allow-").map(|name| name.replace('-', "_")))
        .map(|name| Command {
            arguments: arguments(&name),
            name,
        })
        .collect::<Vec<_>>();
    assert!(ours.len() > 50, "the capability lists the contract");
    ours
}

/// The arguments of a command: `name: (token: string, seat: Seat) => …__TAURI_INVOKE("name", …`.
fn arguments(name: &str) -> Vec<(String, String)> {
    let line = BINDINGS
        .lines()
        .find(|line| line.contains("__TAURI_INVOKE") && line.contains(&format!("(\"{name}\"")))
        .unwrap_or_else(|| panic!("{name} is in the bindings"));
    let inside = line.split_once(": (").and_then(|(_, rest)| rest.split_once(") =>"));
    pairs(inside.unwrap().0, ", ")
}

/// `a: A, b: B` as pairs.
fn pairs(text: &str, between: &str) -> Vec<(String, String)> {
    text.split(between)
        .filter_map(|part| part.split_once(':'))
        .map(|(name, kind)| (name.trim().to_owned(), kind.trim().to_owned()))
        .collect()
}

impl Command {
    /// Whether it says whose turn it is. Those that do not are a person sitting down, or hold nothing of anybody's.
    pub(crate) fn carries_a_token(&self) -> bool {
        self.arguments.iter().any(|(name, _)| name == "token")
    }

    /// Everything it takes but the token.
    pub(crate) fn arguments(&self, known: &Known<'_>) -> Map<String, Value> {
        let others = self.arguments.iter().filter(|(name, _)| name != "token");
        others
            .map(|(name, kind)| (name.clone(), fitting(name, kind, known)))
            .collect()
    }
}

/// A value that fits an argument: one that means something where the name is known, else the first its type has.
fn fitting(name: &str, kind: &str, known: &Known<'_>) -> Value {
    let kind = kind.strip_suffix(" | null").unwrap_or(kind);
    match (name, kind) {
        (_, many) if many.ends_with("[]") => json!([fitting(name, &many[..many.len() - 2], known)]),
        ("run", _) => json!(known.run),
        ("lesson", _) => json!(known.lesson),
        ("step" | "to", _) => json!(known.step),
        (_, "Id") => json!(known.field),
        (_, "Seat") => json!(known.seat),
        ("name", _) => json!("Robin"),
        // The beginning of a word that Sam alone wrote.
        ("query", _) => json!("zephyr"),
        (_, "string") => json!("neither a passphrase nor twelve words"),
        (_, "number") => json!(1),
        // Whatever is asked about it, no: the window has to stay.
        (_, "boolean") => json!(false),
        (_, "Value") => json!({ "type": "text", "text": "written by nobody" }),
        _ => first_of(kind, known),
    }
}

/// The first value a type of the bindings has: a word, or a record with its tag.
fn first_of(kind: &str, known: &Known<'_>) -> Value {
    let start = format!("export type {kind} =");
    let (_, text) = BINDINGS
        .split_once(&start)
        .unwrap_or_else(|| panic!("no value is known for an argument of the type {kind}"));
    // What documents it is no part of it.
    let mut plain = String::new();
    for part in text.split("/**") {
        plain.push_str(part.split_once("*/").map_or(part, |(_, after)| after));
    }
    let plain = plain.trim_start();
    if let Some(word) = plain.strip_prefix('"') {
        return json!(word.split('"').next().unwrap());
    }
    let record = plain.strip_prefix('{').and_then(|rest| rest.split_once('}'));
    let (record, _) = record.unwrap_or_else(|| panic!("{kind} is neither words nor records"));
    let fields = pairs(&record.replace(';', ","), ",").into_iter();
    let value = |name: &str, kind: &str| match kind.strip_prefix('"') {
        Some(word) => json!(word.trim_end_matches('"')),
        None => fitting(name, kind, known),
    };
    fields.map(|(name, kind)| (name.clone(), value(&name, &kind))).collect()
}
