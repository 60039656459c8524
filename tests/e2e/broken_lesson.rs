//! A lesson file with a mistake in it: said in plain words where the course is and in the terminal, and in no one's way.

use crate::harness::{App, Place};
use crate::lesson_page::{begin_at, see_saved, see_title};
use crate::{axe, people::begin_alone};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::{env, fs};

const FILE: &str = "en/our-loop.md";
const SOUND: &str = "> [!scale] How stirred up am I as I picture it?";
const MISTAKEN: &str = "> [!scal] How stirred up am I as I picture it?";
/// A kind of block that there is not, and where in its line that is to be read.
const CODE: &str = "L020";
const COLUMN: usize = 5;

#[test]
fn a_mistake_is_shown_by_file_line_and_plain_words_while_the_other_lessons_open_and_goes_when_it_is_mended() {
    let place = Place::new().with_own_lessons();
    let app = place.open();
    begin_alone(&app, "Robin");
    app.click("Course");
    app.click("Begin: Our loop");
    begin_at(&app, "Starting with your side", "One ordinary moment");
    app.fill("What would a camera have seen?", "a lamp, and nobody");
    see_saved(&app);
    app.click("Back to the course");
    app.see_to_press("Carry on: Our loop");

    let line = replace(place.lessons(), SOUND, MISTAKEN);
    see_the_course_anew(&app);
    app.see("Lessons that need mending");
    app.see(&format!("{FILE} Our loop"));
    app.see("It stays closed until this is mended");
    app.see(&format!("To mend Line {line}, column {COLUMN} {CODE}"));
    app.see("`scal` is not a kind of block.");
    app.see("scale");
    app.see(MISTAKEN);
    app.see("nothing you wrote is lost");
    axe::finds_nothing(&app, "the course with a lesson to mend");

    let terminal = check(place.lessons());
    let said = String::from_utf8_lossy(&terminal.stdout);
    let at = format!("{}/{FILE}:{line}:{COLUMN}", place.lessons().display());
    assert_eq!(terminal.status.code(), Some(1), "{said}");
    assert!(said.contains(&at), "the same file, line and column {at} in:\n{said}");
    assert!(said.contains(CODE), "the same code in:\n{said}");

    assert!(!app.offers("Carry on: Our loop") && !app.offers("Begin: Our loop"));
    app.click("Begin: Reading one book");
    see_title(&app, "Reading for yourself");
    app.click("Back to the course");

    replace(place.lessons(), MISTAKEN, SOUND);
    see_the_course_anew(&app);
    app.click("Carry on: Our loop");
    see_title(&app, "One ordinary moment");
    assert_eq!(app.value("What would a camera have seen?"), "a lamp, and nobody");
    assert_eq!(check(place.lessons()).status.code(), Some(0));
    app.click("Back to the course");
    app.see("Take them in this order");
    app.see_not("Lessons that need mending");
}

#[test]
fn a_course_in_which_every_lesson_is_broken_says_so_and_keeps_the_door_open() {
    let place = Place::new().with_own_lessons();
    for entry in fs::read_dir(place.lessons().join("en")).unwrap() {
        fs::write(entry.unwrap().path(), b"\xff\xfe not a lesson").unwrap();
    }
    let app = place.open();
    begin_alone(&app, "Robin");
    app.see("No lesson is ready to open.");
    axe::finds_nothing(&app, "home without a lesson");
    app.click("Open the course");
    app.see(FILE);
    app.see("It stays closed until this is mended");
    axe::finds_nothing(&app, "the course without a lesson");
    assert_eq!(check(place.lessons()).status.code(), Some(1));
}

/// Another page and back: no restart.
fn see_the_course_anew(app: &App) {
    app.click("Home");
    app.see(", Robin.");
    app.click("Course");
}

/// Puts one text in place of another in the lesson, and says in which line.
fn replace(lessons: &Path, from: &str, to: &str) -> usize {
    let file = lessons.join(FILE);
    let text = fs::read_to_string(&file).unwrap();
    let line = text.lines().position(|line| line.starts_with(from)).unwrap() + 1;
    fs::write(&file, text.replace(from, to)).unwrap();
    line
}

/// What the authors' command line says of a course.
fn check(lessons: &Path) -> Output {
    Command::new(pairwise_lesson())
        .arg("check")
        .arg(lessons)
        .output()
        .unwrap()
}

/// Beside the app. Built here, since a test target builds no other package's programs; the choice of packages is that of
/// every other step, so that nothing is built twice.
fn pairwise_lesson() -> PathBuf {
    let cargo = env::var_os("CARGO").unwrap();
    let built = Command::new(cargo)
        .args(["build", "--quiet", "--workspace", "--bin", "pairwise-lesson"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status();
    assert!(built.unwrap().success(), "pairwise-lesson builds");
    Path::new(env!("CARGO_BIN_EXE_pairwise")).with_file_name("pairwise-lesson")
}
