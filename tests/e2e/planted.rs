//! Words typed anywhere in the app can't be read in the files it keeps.

use crate::harness::{App, Place};
use crate::lesson_page::see_saved;
use crate::people::begin_as_two;
use crate::together::{begin_here, begin_together, go_to, pass, take};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const LOOP: &str = "Our loop";
const BOOK: &str = "Reading one book, side by side";

/// Words that are in no lesson, no library and no other test, some with letters that are written in several ways.
const ALONE: [&str; 10] = [
    "bärlauchwiese",
    "quaggastripe",
    "zirbelkiefer",
    "mottledtarn",
    "kümmelkranz",
    "vetchlingbay",
    "ouzelfeather",
    "drabblewick",
    "naïvebittern",
    "skerrylight",
];
const ROBINS: [&str; 4] = ["fescueroot", "plöverstep", "cuttlebone", "haarfrostmere"];
const SAMS: [&str; 5] = [
    "wigeonpool",
    "løvetannseed",
    "madderstain",
    "gorseyellow",
    "tansybutton",
];
/// Only ever looked for.
const SOUGHT: &str = "tarnishwortle";
const JOINT: [&str; 4] = ["thrippleway", "übersprung", "knotgrassland", "pochardlake"];

/// Every way in which a word may lie in a file, unhidden.
fn forms(word: &str) -> Vec<(String, Vec<u8>)> {
    let escaped: String = word
        .encode_utf16()
        .map(|unit| match u8::try_from(unit) {
            Ok(byte) if byte.is_ascii() => char::from(byte).to_string(),
            _ => format!("\\u{unit:04x}"),
        })
        .collect();
    let wide = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut forms = vec![
        ("plain".to_owned(), word.as_bytes().to_vec()),
        ("in UTF-16".to_owned(), wide),
        ("in JSON".to_owned(), escaped.into_bytes()),
    ];
    forms.extend((0..3).map(|before| {
        let form = base64_inside(word.as_bytes(), before);
        (format!("in Base64, {before} bytes in"), form)
    }));
    forms
}

fn base64(bytes: &[u8]) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut letters = Vec::new();
    for three in bytes.chunks(3) {
        let at = |n: usize| u32::from(three.get(n).copied().unwrap_or(0));
        let bits = at(0) << 16 | at(1) << 8 | at(2);
        let written = |n: usize| LETTERS[(bits >> (18 - 6 * n) & 63) as usize];
        letters.extend((0..=three.len()).map(written));
    }
    letters
}

/// The letters that a word is sure to leave in Base64, when so many bytes stand before it in its group of three.
fn base64_inside(word: &[u8], before: usize) -> Vec<u8> {
    let letters = base64(&[&[0; 2][..before], word].concat());
    letters[(before * 8).div_ceil(6)..(before + word.len()) * 8 / 6].to_vec()
}

/// What is looked for: every word in every form.
pub(crate) struct Search {
    sought: Vec<(String, String, Vec<u8>)>,
    /// The first two bytes of some form: one look at each byte, and a closer one only there.
    begins: Vec<bool>,
}

impl Search {
    pub(crate) fn of(words: &[&str]) -> Self {
        let of = |word: &&str| {
            let word = (*word).to_owned();
            forms(&word)
                .into_iter()
                .map(move |(form, looks)| (word.clone(), form, looks))
        };
        let sought: Vec<_> = words.iter().flat_map(of).collect();
        let mut begins = vec![false; 1 << 16];
        for (.., looks) in &sought {
            begins[usize::from(looks[0]) << 8 | usize::from(looks[1])] = true;
        }
        Self { sought, begins }
    }

    /// Which words lie in these bytes, and in what form.
    pub(crate) fn in_bytes(&self, bytes: &[u8]) -> Vec<String> {
        let mut found = Vec::new();
        for at in 1..bytes.len() {
            if !self.begins[usize::from(bytes[at - 1]) << 8 | usize::from(bytes[at])] {
                continue;
            }
            let here = self
                .sought
                .iter()
                .filter(|(.., looks)| bytes[at - 1..].starts_with(looks));
            found.extend(here.map(|(word, form, _)| format!("{word} {form}")));
        }
        found
    }

    /// Which lie anywhere under a folder. The names of files count too.
    pub(crate) fn under(&self, folder: &Path) -> Vec<String> {
        let mut found = Vec::new();
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                found.extend(self.under(&path));
                continue;
            }
            let mut bytes = path.file_name().unwrap().as_encoded_bytes().to_vec();
            // A socket has no bytes of its own.
            if path.is_file() {
                bytes.extend(fs::read(&path).unwrap());
            }
            let here = self.in_bytes(&bytes).into_iter();
            found.extend(here.map(|word| format!("{word} in {}", path.display())));
        }
        found
    }
}

fn found(folder: &Path, words: &[&str]) -> Vec<String> {
    Search::of(words).under(folder)
}

/// Every word that [`write_alone`] and [`write_together`] type.
pub(crate) fn words() -> Vec<&'static str> {
    let words = [&ALONE[..], &ROBINS, &SAMS, &JOINT, &[SOUGHT]].concat();
    assert_eq!(words.iter().collect::<BTreeSet<_>>().len(), 24);
    words
}

#[test]
fn the_search_finds_what_is_planted_in_every_form() {
    let place = Place::new();
    let folder = place.profile().join("deep").join("er");
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("planted.db");
    for word in [ALONE, ALONE]
        .concat()
        .iter()
        .chain(&ROBINS)
        .chain(&SAMS)
        .chain(&JOINT)
        .chain(&[SOUGHT])
    {
        let wide: Vec<u8> = word.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let json = serde_json::to_string(word).unwrap();
        let ascii = json.replace(|letter: char| !letter.is_ascii(), "");
        assert!(ascii.len() > 6, "{word} is mostly plain letters");
        let mut plants = vec![word.as_bytes().to_vec(), wide, json.into_bytes()];
        plants.extend(["", "x", "xy"].map(|before| base64(format!("{before}{word} and more").as_bytes())));
        for plant in plants {
            fs::write(&file, [&[7; 5000], &plant[..], &[9; 300]].concat()).unwrap();
            assert!(!found(&place.profile(), &[word]).is_empty(), "{word} was not found");
        }
        fs::write(&file, [7; 5000]).unwrap();
        assert_eq!(found(&place.profile(), &[word]), Vec::<String>::new());
    }
    fs::write(folder.join("ouzelfeather"), "").unwrap();
    assert!(!found(&place.profile(), &ALONE).is_empty(), "in a name");
}

/// Writes in every kind of field, in a space of one's own.
pub(crate) fn write_alone(app: &App) {
    app.click("Open Robin’s space");
    app.click("Course");
    app.click(&format!("Begin: {LOOP}"));
    app.until("the lesson", |app| Ok(app.offers("My first move")));
    app.click("One ordinary moment");
    app.fill("What would a camera have seen", ALONE[0]);
    app.click("My first move");
    app.pick("did something else");
    app.fill("In my own words", ALONE[1]);
    app.pick("Something else");
    app.fill_nth("In my own words", 1, ALONE[2]);
    app.click("Underneath");
    app.fill("Where did I notice it in my body", ALONE[3]);
    app.click("My half of the loop");
    app.fill("When I see or hear", ALONE[4]);
    see_saved(app);
    app.click("Back to the course");
    app.click(&format!("Begin: {BOOK}"));
    app.until("the lesson", |app| Ok(app.offers("A pace that is kind")));
    app.click("Choose a book");
    app.fill("Line 1", ALONE[5]);
    app.fill("Something to hope for", ALONE[6]);
    app.click("A pace that is kind");
    app.fill("Title of the book", ALONE[7]);
    app.fill("Author", ALONE[8]);
    app.fill("Part 2: title", ALONE[9]);
    see_saved(app);
    app.click("Back to the course");
    app.click("Find");
    app.fill("Words to look for", SOUGHT);
    app.see("Nothing found");
    app.click("Close my space");
}

/// Writes, seals and opens together, and writes what belongs to both.
pub(crate) fn write_together(app: &App) {
    let stages = [
        "When I see or hear",
        "I tend to",
        "Underneath, I feel",
        "I am hoping for",
    ];
    begin_together(app, LOOP);
    go_to(app, "My half of the loop");
    for (name, words) in [("Robin", &ROBINS[..]), ("Sam", &SAMS[..4])] {
        take(app, name);
        for (stage, word) in stages.iter().zip(words) {
            app.fill(stage, word);
        }
        app.click("Seal my half");
        app.click("Yes, seal it");
        app.see("sealed.");
        pass(app);
    }
    app.click("Robin: open");
    app.click("Sam: open");
    app.click("Show both sides");
    app.see(SAMS[1]);
    go_to(app, "Give it a name");
    app.fill("We call it", JOINT[0]);
    see_saved(app);
    go_to(app, "One ordinary moment");
    take(app, "Sam");
    app.fill("What would a camera have seen", SAMS[4]);
    see_saved(app);
    pass(app);
    app.click("Back to the course");
    begin_here(app, BOOK);
    go_to(app, "Choose a book");
    app.fill("Line 1", JOINT[1]);
    app.fill("Something to hope for", JOINT[2]);
    go_to(app, "A pace that is kind");
    app.fill("Title of the book", JOINT[3]);
    see_saved(app);
}

/// Every word is nowhere in the folder, though the app has kept them all there.
fn nothing_lies_open(place: &Place, when: &str) {
    assert_eq!(found(&place.profile(), &words()), Vec::<String>::new(), "{when}");
}

#[test]
fn no_word_typed_in_the_app_can_be_read_in_the_profile_folder() {
    let place = Place::new();
    let app = place.open();
    begin_as_two(&app, "Robin", "Sam");
    write_alone(&app);
    write_together(&app);
    nothing_lies_open(&place, "while the app is open");
    app.kill9();
    nothing_lies_open(&place, "after it was killed");

    let app = place.open();
    nothing_lies_open(&place, "opened again");
    app.click("Together");
    app.click(&format!("Carry on: {BOOK}"));
    app.see(JOINT[3]);
    app.quit();
    nothing_lies_open(&place, "after it was closed");
    let size: u64 = fs::read_dir(place.profile())
        .unwrap()
        .map(|entry| entry.unwrap().metadata().unwrap().len())
        .sum();
    assert!(size > 10_000, "the folder holds what was written: {size} bytes");
}
