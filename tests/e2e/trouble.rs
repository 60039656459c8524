//! When the place where words are kept is not as it should be: what happened, what is safe, what to do; and nothing lost.

use crate::harness::{App, Place};
use crate::lesson_page::see_saved;
use crate::people::{begin_alone, begin_as_two};
use fantoccini::key::Key;
use serde_json::json;
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const LESSON: &str = "Our loop";
const STEP: &str = "One ordinary moment";
const FIELD: &str = "What would a camera have seen";

/// In one's own space, from home to the field that these tests write in.
fn to_the_field(app: &App) {
    app.click("Course");
    app.until("the lesson on the course page", |app| {
        Ok(app.offers(&format!("Begin: {LESSON}")) || app.offers(&format!("Carry on: {LESSON}")))
    });
    app.click(LESSON);
    app.until("the lesson", |app| Ok(app.offers(STEP)));
    app.click(STEP);
    app.until("the field", |app| {
        Ok(app.ask("return document.querySelectorAll('textarea').length > 0")? == json!(true))
    });
}

/// A place where Robin has begun and has written something.
fn written() -> Place {
    let place = Place::new();
    let app = place.open();
    begin_alone(&app, "Robin");
    to_the_field(&app);
    app.fill(FIELD, "two cups going cold");
    see_saved(&app);
    app.quit();
    place
}

/// Robin's words are there.
fn nothing_is_lost(app: &App) {
    app.click("Open Robin’s space");
    to_the_field(app);
    assert_eq!(app.value(FIELD), "two cups going cold");
}

/// The screen has the three parts that every trouble is told in.
fn told(app: &App, parts: [&str; 3]) {
    for heading in ["What happened", "What is safe", "What to do"] {
        app.see(heading);
    }
    for words in parts {
        app.see(words);
    }
}

/// Each file of a folder with what is in it, by name.
fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

/// A place whose app is held to the marks of files and folders, as anyone's is who does not own the machine.
fn held_to_the_marks(place: Place) -> Place {
    let folder = place.profile();
    fs::set_permissions(&folder, Permissions::from_mode(0o000)).unwrap();
    let above_marks = fs::read_dir(&folder).is_ok();
    fs::set_permissions(&folder, Permissions::from_mode(0o700)).unwrap();
    if above_marks {
        place.through(&["setpriv", "--bounding-set", "-dac_override,-dac_read_search"])
    } else {
        place
    }
}

#[test]
fn a_missing_profile_folder_is_said_and_not_made() {
    let place = written();
    let elsewhere = place.profile().with_extension("moved");
    fs::rename(place.profile(), &elsewhere).unwrap();
    let app = place.open();
    told(
        &app,
        [
            "The folder where words are kept is not there.",
            "Nothing was changed.",
            "Plug in the drive, or put the folder back",
        ],
    );
    app.see(&place.profile().display().to_string());
    app.picture("e2e-trouble-missing");
    app.click("Try again");
    // The answer to this press, and not the words that stood there before it.
    app.see("Looked again");
    app.see("The folder where words are kept is not there.");
    assert!(!place.profile().exists(), "no folder was made that nobody asked for");
    fs::rename(&elsewhere, place.profile()).unwrap();
    app.click("Try again");
    nothing_is_lost(&app);
}

#[test]
fn a_new_empty_folder_is_made_only_when_asked_for() {
    let place = Place::new();
    fs::remove_dir(place.profile()).unwrap();
    let app = place.open();
    app.click("Make a new, empty one here");
    begin_alone(&app, "Robin");
    assert!(place.profile().is_dir());
    let app = app.restart(&place);
    app.see("Welcome, Robin.");
}

#[test]
fn a_folder_that_may_not_be_read_is_said_and_left_alone() {
    let place = held_to_the_marks(written());
    let before = contents(&place.profile());
    fs::set_permissions(place.profile(), Permissions::from_mode(0o000)).unwrap();
    let app = place.open();
    told(
        &app,
        [
            "may not be read by this account",
            "Nothing was changed. The words in it are as they were.",
            "let your account read and write it, and try again",
        ],
    );
    app.picture("e2e-trouble-unreadable");
    fs::set_permissions(place.profile(), Permissions::from_mode(0o700)).unwrap();
    assert_eq!(contents(&place.profile()), before);
    app.click("Try again");
    nothing_is_lost(&app);
}

#[test]
fn a_folder_that_may_not_be_written_is_said_and_left_alone() {
    let place = held_to_the_marks(written());
    let marks = |folder: u32, file: u32| {
        for (path, _) in contents(&place.profile()) {
            fs::set_permissions(path, Permissions::from_mode(file)).unwrap();
        }
        fs::set_permissions(place.profile(), Permissions::from_mode(folder)).unwrap();
    };
    marks(0o500, 0o400);
    let before = contents(&place.profile());
    let app = place.open();
    told(
        &app,
        [
            "may be read, but not written",
            "Everything written so far is there.",
            "let your account write to it, and try again",
        ],
    );
    assert_eq!(contents(&place.profile()), before);
    marks(0o700, 0o600);
    app.click("Try again");
    nothing_is_lost(&app);
}

#[test]
fn a_file_where_the_folder_should_be_is_said_and_left_alone() {
    let place = Place::new();
    fs::remove_dir(place.profile()).unwrap();
    fs::write(place.profile(), "somebody’s list").unwrap();
    let app = place.open();
    told(
        &app,
        ["may not be read by this account", "Nothing was changed.", "try again"],
    );
    assert_eq!(fs::read_to_string(place.profile()).unwrap(), "somebody’s list");
}

#[test]
fn a_second_window_says_that_the_first_has_the_words_and_the_first_goes_on() {
    let place = Place::new();
    let first = place.open();
    begin_alone(&first, "Robin");
    to_the_field(&first);
    first.fill(FIELD, "two cups ");
    see_saved(&first);
    // The same folder by another way, so that the two windows can be told apart.
    let again = Place::new();
    fs::remove_dir(again.profile()).unwrap();
    symlink(place.profile(), again.profile()).unwrap();
    let second = again.open();
    second.see("Pairwise is open already.");
    told(
        &second,
        [
            "already open in another window",
            "Everything is safe there.",
            "Go to the other window and carry on.",
        ],
    );
    second.picture("e2e-trouble-in-use");
    first.write_on(FIELD, "going cold");
    see_saved(&first);
    second.click("Try again");
    second.see("Looked again");
    second.see("Pairwise is open already.");
    first.quit();
    second.click("Try again");
    nothing_is_lost(&second);
}

/// Turns over 64 bytes in the middle of a file.
fn garble(path: &Path, at: usize) -> Vec<u8> {
    let mut bytes = fs::read(path).unwrap();
    for byte in bytes.iter_mut().skip(at).take(64) {
        *byte ^= 0x5a;
    }
    fs::write(path, &bytes).unwrap();
    bytes
}

#[test]
fn a_garbled_database_is_said_to_be_damaged_and_not_a_byte_of_it_is_changed() {
    let place = written();
    let own = contents(&place.profile())
        .into_iter()
        .find(|(path, _)| path.extension().is_some_and(|extension| extension == "db"));
    let (own, whole) = own.unwrap();
    for at in [0, whole.len() / 2, whole.len() - 64] {
        fs::write(&own, &whole).unwrap();
        garble(&own, at);
        let before = contents(&place.profile());
        let app = place.open();
        app.click("Open Robin’s space");
        told(
            &app,
            [
                "A file where words are kept is damaged.",
                "It was not touched.",
                "make a copy of the whole folder before anything else",
            ],
        );
        app.see(own.file_name().unwrap().to_str().unwrap());
        app.picture("e2e-trouble-damaged");
        app.click("All right");
        app.see_to_press("Open Robin’s space");
        app.quit();
        assert_eq!(contents(&place.profile()), before, "garbled at {at}");
    }
    fs::write(&own, &whole).unwrap();
    nothing_is_lost(&place.open());
}

#[test]
fn a_garbled_shared_file_leaves_each_person_their_own_space() {
    let place = Place::new();
    let app = place.open();
    begin_as_two(&app, "Robin", "Sam");
    app.quit();
    let shared = contents(&place.profile())
        .into_iter()
        .map(|(path, _)| path)
        .find(|path| path.file_name().unwrap().to_str().unwrap().starts_with("shared"))
        .unwrap();
    let garbled = garble(&shared, 6000);
    let app = place.open();
    app.click("Together");
    told(
        &app,
        [
            "A file where words are kept is damaged.",
            "It was not touched.",
            "Close Pairwise",
        ],
    );
    app.click("All right");
    app.click("Open Sam’s space");
    app.see("the other files are as they were");
    app.click("All right");
    to_the_field(&app);
    app.fill(FIELD, "still mine to write");
    see_saved(&app);
    app.quit();
    assert_eq!(fs::read(&shared).unwrap(), garbled);
}

/// Every write of the app to its files is answered "no space left on device" until this is dropped.
struct FullDisk(Child);

impl FullDisk {
    fn of(app: &App) -> Self {
        let mut strace = Command::new("strace");
        strace.args(["-f", "-q", "-o", "/dev/null", "-p", &app.pid().to_string()]);
        strace.args(["-e", "trace=pwrite64", "-e", "inject=pwrite64:error=ENOSPC"]);
        let child = strace.stdin(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let full = Self(child);
        full.until(app, "strace to hold every thread", true);
        full
    }

    fn until(&self, app: &App, what: &str, held: bool) {
        let begun = Instant::now();
        let tasks = PathBuf::from(format!("/proc/{}/task", app.pid()));
        let traced = |task: fs::DirEntry| {
            let status = fs::read_to_string(task.path().join("status")).unwrap_or_default();
            !status.lines().any(|line| line == "TracerPid:\t0")
        };
        while !fs::read_dir(&tasks).unwrap().all(|task| traced(task.unwrap()) == held) {
            assert!(begun.elapsed() < Duration::from_secs(10), "waited in vain for {what}");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// There is room again.
    fn empty_the_bin(mut self, app: &App) {
        // Ended this way it lets go of the app, which goes on.
        Command::new("kill").arg(self.0.id().to_string()).status().unwrap();
        self.0.wait().unwrap();
        self.until(app, "strace to let go", false);
    }
}

impl Drop for FullDisk {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

#[test]
fn on_a_full_disk_words_stay_on_the_page_and_are_kept_once_there_is_room() {
    let place = written();
    let app = place.open();
    app.click("Open Robin’s space");
    to_the_field(&app);
    let full = FullDisk::of(&app);
    app.write_on(FIELD, " and a third");
    app.see("Not saved");
    app.see("The disk is full");
    app.see("They are safe on this page as long as it stays open.");
    app.see("Make some room");
    app.picture("e2e-trouble-disk-full");
    assert_eq!(app.value(FIELD), "two cups going cold and a third");
    app.click("Copy my words");
    app.see("Copied");

    // Nobody gets past it unasked.
    app.click("Course");
    app.click("Close my space");
    app.see("Some words are not saved yet");
    app.picture("e2e-trouble-unsaved");
    app.click("Stay");
    to_the_field(&app);
    assert_eq!(app.value(FIELD), "two cups going cold and a third");

    full.empty_the_bin(&app);
    app.see_not("Not saved");
    see_saved(&app);
    // What was copied is the words themselves.
    app.fill(FIELD, "Copied: ");
    app.press(&(Key::Control + "v"));
    app.until("the copied words", |app| {
        Ok(app.value(FIELD) == "Copied: two cups going cold and a third")
    });
    see_saved(&app);
    app.kill9();
    let app = place.open();
    app.click("Open Robin’s space");
    to_the_field(&app);
    assert_eq!(app.value(FIELD), "Copied: two cups going cold and a third");
}

#[test]
fn on_a_full_disk_trying_again_keeps_the_words_at_once() {
    let place = written();
    let app = place.open();
    app.click("Open Robin’s space");
    to_the_field(&app);
    let full = FullDisk::of(&app);
    app.write_on(FIELD, " and a third");
    app.see("Not saved");
    full.empty_the_bin(&app);
    app.click("Try again");
    app.see_not("Not saved");
    app.kill9();
    let app = place.open();
    app.click("Open Robin’s space");
    to_the_field(&app);
    assert_eq!(app.value(FIELD), "two cups going cold and a third");
}
