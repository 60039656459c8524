//! Words typed in the app are nowhere outside its profile: not in what the web view keeps, not in what the app says in a
//! terminal, not in a title, a command line or a file for a while.

use crate::harness::{App, Place, process, window};
use crate::locks::{open_with, put_a_lock_on};
use crate::people::begin_as_two;
use crate::planted::{Search, words, write_alone, write_together};
use fantoccini::key::Key;
use serde_json::json;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

const ASK: &str = include_str!("injected/ask.js");
const KEY: &str = "copper lantern harbour twig";

/// Folders of this machine that programs put things into whatever they are told.
const COMMON: [&str; 3] = ["/tmp", "/var/tmp", "/dev/shm"];

/// Everything that an app on a place could leave words in, but for the profile itself.
struct Outside {
    place: Place,
    search: Search,
    before: BTreeSet<PathBuf>,
}

impl Outside {
    fn new() -> Self {
        let place = Place::new();
        let said = place.said();
        fs::create_dir(said.parent().unwrap()).unwrap();
        let shell = format!("exec \"$0\" \"$@\" >>'{}' 2>&1", said.display());
        Self {
            place: place.through(&["sh", "-c", &shell]),
            search: Search::of(&words()),
            before: common().collect(),
        }
    }

    /// No word lies anywhere.
    fn is_clean(&self, when: &str) {
        let place = &self.place;
        let said = place.said();
        let own = [
            place.home(),
            place.temporary(),
            place.config(),
            said.parent().unwrap().to_path_buf(),
        ];
        let mut found: Vec<String> = own.iter().flat_map(|folder| self.search.under(folder)).collect();
        for path in common().filter(|path| !self.before.contains(path)) {
            found.extend(self.in_common(&path));
        }
        assert_eq!(found, Vec::<String>::new(), "{when}");
    }

    /// Others use these folders too, and take things away while we look.
    fn in_common(&self, path: &Path) -> Vec<String> {
        if let Ok(entries) = fs::read_dir(path) {
            let below = entries.flatten().flat_map(|entry| self.in_common(&entry.path()));
            return below.collect();
        }
        let bytes = if path.is_file() {
            fs::read(path).unwrap_or_default()
        } else {
            Vec::new()
        };
        let here = self.search.in_bytes(&bytes).into_iter();
        here.map(|word| format!("{word} in {}", path.display())).collect()
    }

    /// Nor does anybody who looks at the desktop or at the list of processes read one.
    fn is_clean_while_open(&self, app: &App, when: &str) {
        self.is_clean(when);
        let mut shown = window::names(app.pid()).unwrap();
        assert!(
            shown.iter().any(|name| name == "Pairwise"),
            "{when}: the title is one of {shown:?}"
        );
        for pid in process::family(app.pid()) {
            for file in ["cmdline", "environ", "comm"] {
                let bytes = fs::read(format!("/proc/{pid}/{file}")).unwrap_or_default();
                shown.push(String::from_utf8_lossy(&bytes).into_owned());
            }
            shown.extend(process::holds(pid));
        }
        for one in shown {
            assert_eq!(
                self.search.in_bytes(one.as_bytes()),
                Vec::<String>::new(),
                "{when}: {one}"
            );
        }
    }
}

/// What lies in the common folders just now, but for places of tests such as this one.
fn common() -> impl Iterator<Item = PathBuf> {
    let entries = COMMON
        .iter()
        .flat_map(|folder| fs::read_dir(folder).into_iter().flatten());
    let paths = entries.flatten().map(|entry| entry.path());
    paths.filter(|path| !path.file_name().unwrap().to_string_lossy().starts_with("pairwise-e2e-"))
}

#[test]
fn no_word_typed_in_the_app_lies_anywhere_outside_its_profile() {
    let outside = Outside::new();
    let place = &outside.place;
    let app = place.open();
    begin_as_two(&app, "Robin", "Sam");
    write_alone(&app);
    write_together(&app);
    outside.is_clean_while_open(&app, "while it runs");
    let kept = place.home().join("data");
    assert!(
        fs::read_dir(kept).unwrap().count() > 0,
        "a driven web view keeps something, and it was looked through"
    );

    (0..3).for_each(|_| app.press(&Key::Shift));
    app.see("press any key");
    outside.is_clean_while_open(&app, "hidden");

    app.press("x");
    app.click("Open Robin’s space");
    put_a_lock_on(&app, KEY);
    app.click("Lock and leave");
    app.see_to_press("Together");
    outside.is_clean_while_open(&app, "locked");

    app.kill9();
    outside.is_clean("killed");

    let app = place.open();
    app.click("Open Robin’s space");
    open_with(&app, KEY);
    app.see(", Robin.");
    complains_of_words(&app);
    outside.is_clean_while_open(&app, "opened again, with words in the wrong place");
    app.quit();
    outside.is_clean("closed");
}

/// What does not fit is refused, and whatever complains of it says so without the words.
fn complains_of_words(app: &App) {
    let asked: Vec<_> = words()
        .into_iter()
        .flat_map(|word| {
            [
                ("home", json!({ "token": word })),
                ("home", json!({ "token": { word: word } })),
                ("open_run", json!({ "token": "", "lesson": word })),
                (
                    "save_answer",
                    json!({ "token": "", "run": word, "field": word, "value": { "type": word } }),
                ),
                (word, json!({ "token": word })),
            ]
        })
        .collect();
    let answers = app.ask_with(ASK, vec![json!(asked)]).unwrap();
    let given = answers
        .as_array()
        .unwrap()
        .iter()
        .filter(|answer| answer[0] != "refused");
    assert_eq!(given.count(), 0, "{answers}");
    app.ask("console.error('bärlauchwiese'); Promise.reject(new Error('quaggastripe')); setTimeout(() => { throw new Error('zirbelkiefer'); }); return null")
        .unwrap();
    app.see(", Robin.");
}
