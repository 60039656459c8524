//! The invariants of docs/ARCHITECTURE.md that are about what is absent: what no crate may depend on, call or ask for.
//!
//! Those of the UI's sources are in `ui/src/testing/rules.test.ts`, where its files can be parsed; the committed
//! bindings are compared in `tests/promises/contract.rs`.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A package of this workspace: its folder's name ("" for the app itself) and its manifest.
fn packages() -> BTreeMap<String, toml::Table> {
    let mut folders = vec![
        (String::new(), root().to_path_buf()),
        ("xtask".to_owned(), root().join("xtask")),
    ];
    for entry in fs::read_dir(root().join("crates")).unwrap() {
        let folder = entry.unwrap().path();
        folders.push((folder.file_name().unwrap().to_str().unwrap().to_owned(), folder));
    }
    folders
        .into_iter()
        .map(|(name, folder)| (name, read(&folder.join("Cargo.toml")).parse().unwrap()))
        .collect()
}

/// Every name a manifest depends on: to build, to run or to test, on any system.
fn dependencies(manifest: &toml::Table) -> BTreeSet<String> {
    let tables = |of: &toml::Table| -> Vec<String> {
        let kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
        let found = kinds.iter().filter_map(|kind| of.get(*kind)?.as_table().cloned());
        found
            .flat_map(|table| table.keys().cloned().collect::<Vec<_>>())
            .collect()
    };
    let targets = manifest
        .get("target")
        .and_then(|targets| targets.as_table().cloned())
        .unwrap_or_default();
    let elsewhere = targets.values().filter_map(toml::Value::as_table).flat_map(tables);
    tables(manifest).into_iter().chain(elsewhere).collect()
}

/// The packages that depend on something whose name begins so.
fn who_depends_on(start: &str) -> Vec<String> {
    let holds = |manifest: &toml::Table| dependencies(manifest).iter().any(|name| name.starts_with(start));
    packages()
        .into_iter()
        .filter(|(_, manifest)| holds(manifest))
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn only_the_shell_knows_tauri() {
    assert_eq!(who_depends_on("tauri"), [""]);
}

#[test]
fn only_the_vault_speaks_sql() {
    assert_eq!(who_depends_on("rusqlite"), ["vault"]);
}

#[test]
fn only_the_lesson_crate_reads_markdown() {
    assert_eq!(who_depends_on("pulldown-cmark"), ["lesson"]);
}

#[test]
fn there_is_one_way_through_the_house() {
    let ours = packages();
    let knows = |name: &str| -> Vec<String> {
        dependencies(&ours[name])
            .into_iter()
            .filter(|dependency| ours.contains_key(dependency))
            .collect()
    };
    assert_eq!(knows("lesson"), [""; 0], "lesson knows nobody");
    assert_eq!(knows("progress"), [""; 0], "progress knows nobody");
    assert_eq!(knows("vault"), [""; 0], "vault knows nobody");
    assert_eq!(knows("course"), ["lesson"]);
}

#[test]
fn every_package_obeys_the_workspace_lints() {
    for (name, manifest) in packages() {
        let inherits = manifest
            .get("lints")
            .and_then(|lints| lints.get("workspace")?.as_bool());
        assert_eq!(inherits, Some(true), "the package {name:?}");
    }
}

/// What reads a clock, the surroundings or chance. The vault's own seam for chance is the one exception.
const HANDED_IN: [&str; 17] = [
    "Utc::now",
    "Local::now",
    "SystemTime::now",
    "Instant::now",
    "env::var",
    "env::args",
    "env::current_dir",
    "env::home_dir",
    "env::temp_dir",
    "getrandom",
    "rand::",
    "OsRng",
    "RandomState",
    "random()",
    "randomblob",
    "CURRENT_TIMESTAMP",
    "'now'",
];

/// Which of `words` a source uses, outside its tests and comments.
fn uses<'a>(source: &str, words: &[&'a str]) -> Vec<&'a str> {
    let shipped = without_tests(source);
    let code: Vec<&str> = shipped
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect();
    let code = code.join("\n");
    words.iter().filter(|word| code.contains(**word)).copied().collect()
}

/// A source without its test modules. What follows one is still read: it ships.
fn without_tests(source: &str) -> String {
    let mut parts = source.split("#[cfg(test)]\nmod ");
    let mut shipped = parts.next().unwrap().to_owned();
    for part in parts {
        // `mod tests;` ends with its line, `mod tests { … }` with the bracket in the first column.
        let is_a_line = part.lines().next().unwrap_or_default().ends_with(';');
        let end = if is_a_line { "\n" } else { "\n}" };
        shipped.push_str(part.split_once(end).map_or("", |(_, after)| after));
    }
    shipped
}

#[test]
fn below_the_shell_time_surroundings_and_chance_are_handed_in() {
    let sources = files(&root().join("crates"), &["rs", "sql"]);
    assert!(sources.len() > 20, "the sources were found");
    for path in sources {
        let name = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
        // Command lines and tests are handed nothing: they are where the handing begins.
        if !name.contains("/src/") || name.contains("/src/bin/") {
            continue;
        }
        let expected: &[&str] = if name == "crates/vault/src/entropy.rs" {
            &["getrandom"]
        } else {
            &[]
        };
        assert_eq!(uses(&read(&path), &HANDED_IN), expected, "in {name}");
    }
}

#[test]
fn below_the_shell_chrono_has_no_clock() {
    for (name, manifest) in packages()
        .iter()
        .filter(|(name, _)| !["", "xtask"].contains(&name.as_str()))
    {
        let chrono = manifest["dependencies"]
            .get("chrono")
            .map(ToString::to_string)
            .unwrap_or_default();
        assert!(!chrono.contains("clock"), "{name} asks chrono for its clock");
    }
    let shared: toml::Table = read(&root().join("Cargo.toml")).parse().unwrap();
    let chrono = &shared["workspace"]["dependencies"]["chrono"];
    assert_eq!(
        chrono["default-features"].as_bool(),
        Some(false),
        "chrono's defaults bring its clock to every crate"
    );
}

#[test]
fn the_shell_has_one_clock() {
    let clocks = ["Utc::now", "Local::now", "SystemTime::now"];
    let sources = files(&root().join("src-tauri/src"), &["rs"]).into_iter();
    let readers: Vec<PathBuf> = sources.filter(|path| !uses(&read(path), &clocks).is_empty()).collect();
    assert_eq!(readers, [root().join("src-tauri/src/clock.rs")]);
}

/// A command of the shell, and what it takes.
struct Asked {
    name: String,
    takes: String,
}

/// Every `pub fn` under a `#[tauri::command]`, as written.
fn commands_in(source: &str) -> Vec<Asked> {
    let below = source.split("#[tauri::command").skip(1);
    below
        .map(|text| {
            let (name, rest) = text.split_once("pub fn ").unwrap().1.split_once('(').unwrap();
            // Where the arguments end: the bracket that closes the first. `State<'_, Shell>` holds none.
            let takes = rest.split_once(')').unwrap().0;
            Asked {
                name: name.to_owned(),
                takes: takes.split_whitespace().collect::<Vec<_>>().join(" "),
            }
        })
        .collect()
}

fn commands() -> Vec<Asked> {
    let rooms = files(&root().join("src-tauri/src/ipc/commands"), &["rs"]);
    rooms.iter().flat_map(|room| commands_in(&read(room))).collect()
}

#[test]
fn every_command_stands_in_the_capability_and_nothing_else_does() {
    let written: BTreeSet<String> = commands().into_iter().map(|asked| asked.name).collect();
    assert!(written.len() > 10, "the commands were found");
    let config: serde_json::Value = serde_json::from_str(&read(&root().join("tauri.conf.json"))).unwrap();
    let capabilities = config["app"]["security"]["capabilities"].as_array().unwrap();
    assert_eq!(capabilities.len(), 1, "one window, one capability");
    let permissions: Vec<&str> = capabilities[0]["permissions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one.as_str().unwrap())
        .collect();
    let (tauris_own, ours): (Vec<&str>, Vec<&str>) =
        permissions.iter().partition(|permission| permission.contains(':'));
    let allowed: BTreeSet<String> = ours
        .iter()
        .map(|one| one.strip_prefix("allow-").unwrap().replace('-', "_"))
        .collect();
    assert_eq!(allowed, written);
    // The page may hear the shell. It may not open windows, read files or ask for anything else of Tauri's.
    let unexpected: Vec<&&str> = tauris_own
        .iter()
        .filter(|one| !one.starts_with("core:event:allow-"))
        .collect();
    assert!(unexpected.is_empty(), "{unexpected:?}");
}

#[test]
fn tauri_is_told_of_every_command_so_that_each_needs_its_permission() {
    let build = read(&root().join("src-tauri/build.rs"));
    let list = build
        .split_once("COMMANDS: &[&str] = &[")
        .unwrap()
        .1
        .split_once(']')
        .unwrap()
        .0;
    let told: BTreeSet<String> = list
        .split(',')
        .map(|one| one.trim().trim_matches('"').to_owned())
        .filter(|one| !one.is_empty())
        .collect();
    let written: BTreeSet<String> = commands().into_iter().map(|asked| asked.name).collect();
    assert_eq!(told, written);
}

/// The only commands that may be told of a seat: each is a person sitting down, none acts for someone who has not.
const DOORS: [&str; 6] = [
    "add_person",
    "open_door",
    "take_turn",
    "unlock",
    "unlock_with_words",
    "unlock_beside",
];

/// The commands that take a person to act as.
fn act_for_a_person(commands: &[Asked]) -> Vec<&str> {
    let names = |takes: &str| {
        ["seat", "person", "owner", "author", "side"]
            .iter()
            .any(|word| takes.to_lowercase().contains(word))
    };
    commands
        .iter()
        .filter(|asked| names(&asked.takes) && !DOORS.contains(&asked.name.as_str()))
        .map(|asked| asked.name.as_str())
        .collect()
}

#[test]
fn no_command_takes_a_person_to_act_as() {
    assert_eq!(act_for_a_person(&commands()), [""; 0]);
}

#[test]
fn the_page_is_told_no_key_and_no_id_of_a_person() {
    let crossing = read(&root().join("ui/src/lib/bindings.ts")).to_lowercase();
    // What it is told stands in the types; a passphrase is told to the shell, and stands among the arguments.
    let (_, told) = crossing.split_once("/* types */").unwrap();
    for word in [
        "personid",
        "person_id",
        "passphrase",
        "secret",
        "devicekey",
        "device_key",
        "kek",
        "dek",
    ] {
        let is_name = |part: &str| part.trim_end().ends_with(word);
        assert!(!told.split([':', '?']).any(is_name), "bindings.ts has a {word}");
    }
    let person = told
        .split_once("export type person = {")
        .unwrap()
        .1
        .split_once('}')
        .unwrap()
        .0;
    let fields: Vec<&str> = person
        .lines()
        .filter_map(|line| Some(line.trim().split_once(": ")?.0))
        .filter(|name| !name.contains('*'))
        .collect();
    assert_eq!(
        fields,
        ["seat", "name", "colour", "locked"],
        "for display, and nothing more"
    );
}

/// Each way of looking, shown something it must see: a scan that finds nothing anywhere would keep every promise.
#[test]
fn the_scans_can_see() {
    assert_eq!(uses("fn now() { Utc::now() }", &HANDED_IN), ["Utc::now"]);
    assert_eq!(
        uses(
            "// Utc::now\n#[cfg(test)]\nmod tests {\n    Utc::now()\n}\n",
            &HANDED_IN
        ),
        [""; 0]
    );
    assert_eq!(
        uses("#[cfg(test)]\nmod tests {\n}\nfn now() { Utc::now() }", &HANDED_IN),
        ["Utc::now"]
    );
    assert_eq!(
        uses("#[cfg(test)]\nmod tests;\nfn now() { Utc::now() }", &HANDED_IN),
        ["Utc::now"]
    );
    assert_eq!(
        uses("#[cfg(test)]\nuse x;\nfn now() { Utc::now() }", &HANDED_IN),
        ["Utc::now"]
    );
    let source = "#[tauri::command(async)]\npub fn erase(shell: State<'_, Shell>,\n    seat: Seat) -> Answered<()> {}";
    assert_eq!(act_for_a_person(&commands_in(source)), ["erase"]);
    let manifest = "[target.'cfg(unix)'.dev-dependencies]\nrusqlite = \"0\""
        .parse()
        .unwrap();
    assert!(dependencies(&manifest).contains("rusqlite"));
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn files(folder: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, endings));
        } else if path
            .extension()
            .is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted))
        {
            found.push(path);
        }
    }
    found
}

/// The content security policy of a configuration.
fn policy(file: &str) -> String {
    let config: serde_json::Value = serde_json::from_str(&read(&root().join(file))).unwrap();
    config["app"]["security"]["csp"].as_str().unwrap().to_owned()
}

#[test]
fn only_where_the_shell_has_a_name_on_the_network_may_the_page_speak_to_one() {
    let plain = policy("tauri.conf.json");
    assert!(!plain.contains("http"), "{plain}");
    let windows = plain
        .replace("connect-src ipc:", "connect-src ipc: http://ipc.localhost")
        .replace("img-src 'self' pack:", "img-src 'self' pack: http://pack.localhost");
    assert_eq!(policy("tauri.windows.conf.json"), windows);
}
