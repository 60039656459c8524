//! The open app, and what a person can do in it.

use super::driver::Driver;
use super::{Place, process, window};
use fantoccini::actions::{InputSource, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::elements::{Element, ElementRef};
use fantoccini::key::Key;
use fantoccini::{Client, error::CmdError};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};
use tokio::runtime::{Builder, Runtime};

/// How long a person waits before they think it is broken. Generous: the machine may be busy with other work.
const PATIENCE: Duration = Duration::from_secs(30);
const GLANCE: Duration = Duration::from_millis(25);

const PAGE: &str = include_str!("page.js");
const TEXT: &str = include_str!("text.js");
const EVERYTHING: &str = include_str!("everything.js");

/// The app, open. Ended without ado when dropped.
pub(crate) struct App {
    runtime: Runtime,
    client: Client,
    // After the client: ends last.
    _driver: Driver,
    pid: i32,
}

/// Calls back once the page has drawn two more frames.
const TWO_FRAMES: &str = "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()));";

/// Beginning and ending.
impl App {
    pub(super) fn open(place: &Place) -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        let (driver, client) = (0..3)
            .find_map(|_| {
                let driver = Driver::start(place)?;
                let client = runtime.block_on(driver.session(place));
                client.map(|client| (driver, client))
            })
            .expect("a driver that answers, the third time at the latest");
        let pid = process::app_with_profile(&place.profile()).expect("the app runs");
        let app = Self {
            runtime,
            client,
            _driver: driver,
            pid,
        };
        app.until("something to read", |app| {
            Ok(app.ask("return document.body.innerText.trim() !== ''")? == json!(true))
        });
        app
    }

    /// The app's own process.
    pub(crate) fn pid(&self) -> i32 {
        self.pid
    }

    /// The port of this machine over which the window is driven: the driver's, and no part of the app as anybody starts it.
    pub(crate) fn driven_over(&self) -> u16 {
        let server = process::variable(self.pid, "WEBKIT_INSPECTOR_SERVER");
        let server = server.expect("a driven app is told where it is driven from");
        server.rsplit_once(':').unwrap().1.parse().unwrap()
    }

    /// Closes the window as a person does, and waits until the app is gone.
    pub(crate) fn quit(self) {
        assert!(window::ask_to_close(self.pid).unwrap(), "the app has a window to close");
        let begun = Instant::now();
        while process::runs(self.pid) {
            assert!(begun.elapsed() < PATIENCE, "the app ends when its window is closed");
            std::thread::sleep(GLANCE);
        }
    }

    /// Ends it as a power cut would.
    pub(crate) fn kill9(self) {
        process::kill9(self.pid);
        while process::runs(self.pid) {
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Closes it and opens it again.
    pub(crate) fn restart(self, place: &Place) -> Self {
        self.quit();
        place.open()
    }
}

/// Doing. Words are matched whatever their capitals: exactly first, else as a beginning, else as a part.
/// `"Group > Words"` looks only inside the group of that name.
impl App {
    /// Presses a button or a link.
    pub(crate) fn click(&self, words: &str) {
        self.act("press", words, 0, "something to press", |element| {
            self.wait_for(element.click())
        });
    }

    /// Presses the `nth` (from 0) of several that bear the same words.
    pub(crate) fn click_nth(&self, words: &str, nth: usize) {
        self.act("press", words, nth, "something to press", |element| {
            self.wait_for(element.click())
        });
    }

    /// Writes into a field in place of what stands there.
    pub(crate) fn fill(&self, label: &str, text: &str) {
        self.fill_nth(label, 0, text);
    }

    /// Writes into the `nth` (from 0) of several fields with the same label.
    pub(crate) fn fill_nth(&self, label: &str, nth: usize, text: &str) {
        self.act("write", label, nth, "a field to write in", |element| {
            self.wait_for(element.clear())?;
            self.wait_for(element.send_keys(text))
        });
    }

    /// Writes on, after what stands in the field.
    pub(crate) fn write_on(&self, label: &str, text: &str) {
        self.act("write", label, 0, "a field to write in", |element| {
            self.wait_for(element.send_keys(text))
        });
    }

    /// Picks a radio button or ticks a box.
    pub(crate) fn pick(&self, label: &str) {
        self.act("tick", label, 0, "something to pick", |element| {
            self.wait_for(element.click())
        });
    }

    /// Picks the `nth` (from 0) of several with the same label.
    pub(crate) fn pick_nth(&self, label: &str, nth: usize) {
        self.act("tick", label, nth, "something to pick", |element| {
            self.wait_for(element.click())
        });
    }

    /// Chooses from a list that drops down.
    pub(crate) fn choose(&self, label: &str, option: &str) {
        self.act("choose", label, 0, "a list to choose from", |element| {
            self.wait_for(element.select_by_label(option))
        });
    }

    /// Moves a slider so many steps up (or down), with the arrow keys.
    pub(crate) fn slide(&self, label: &str, steps: i32) {
        let key: char = if steps < 0 { Key::Left.into() } else { Key::Right.into() };
        let keys: String = std::iter::repeat_n(key, steps.unsigned_abs() as usize).collect();
        self.act("slide", label, 0, "a slider", |element| {
            self.wait_for(element.send_keys(&keys))
        });
    }

    /// Presses keys wherever the keyboard is: `press("hello" )`, `press(&Key::Tab)`, `press(&(Key::Alt + "x"))`.
    /// Keys such as Alt and Shift are held until the end.
    pub(crate) fn press(&self, keys: &str) {
        let held = |key: &char| ('\u{e008}'..='\u{e00a}').contains(key) || *key == '\u{e03d}';
        let mut actions = KeyActions::new("keyboard".to_owned());
        for value in keys.chars() {
            actions = actions.then(KeyAction::Down { value });
            if !held(&value) {
                actions = actions.then(KeyAction::Up { value });
            }
        }
        for value in keys.chars().filter(held) {
            actions = actions.then(KeyAction::Up { value });
        }
        self.wait_for(self.client.perform_actions(actions))
            .unwrap_or_else(|error| self.fail(&format!("pressing keys: {error}")));
    }

    /// Types into a field and presses a button in one breath, faster than any hand: the whole of it is one command to
    /// the window, so that no more than a few milliseconds lie between the last key and the press.
    pub(crate) fn type_then_click(&self, label: &str, text: &str, button: &str) {
        let field = self.find("write", label, 0, "a field to write in");
        self.wait_for(field.click())
            .unwrap_or_else(|error| self.fail(&format!("pressing {label:?}: {error}")));
        // The press put the keyboard somewhere among the words: go on after the last.
        self.press(&(Key::Control + &char::from(Key::End).to_string()));
        let button = self.find("press", button, 0, "something to press");
        let mut keys = KeyActions::new("keyboard".to_owned());
        let mut mouse = MouseActions::new("mouse".to_owned());
        let rest = Duration::ZERO;
        mouse = mouse.then(PointerAction::MoveToElement {
            element: button,
            duration: Some(rest),
            x: 0.0,
            y: 0.0,
        });
        keys = keys.then(KeyAction::Pause { duration: rest });
        for value in text.chars() {
            keys = keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
            mouse = mouse
                .then(PointerAction::Pause { duration: rest })
                .then(PointerAction::Pause { duration: rest });
        }
        mouse = mouse
            .then(PointerAction::Down {
                button: MOUSE_BUTTON_LEFT,
            })
            .then(PointerAction::Up {
                button: MOUSE_BUTTON_LEFT,
            });
        let both = fantoccini::actions::Actions::from(keys).and(mouse);
        self.wait_for(self.client.perform_actions(both))
            .unwrap_or_else(|error| self.fail(&format!("typing: {error}")));
    }

    /// Makes the window so large that the page inside is `width` by `height`.
    pub(crate) fn size(&self, width: u32, height: u32) {
        self.wait_for(self.client.set_window_size(width, height))
            .unwrap_or_else(|error| self.fail(&format!("sizing: {error}")));
        self.until(&format!("a page of {width} × {height}"), |app| {
            Ok(app.ask("return [innerWidth, innerHeight]")? == json!([width, height]))
        });
    }
}

/// Seeing.
impl App {
    /// Waits until these words can be read, as text, in a field or in a drawing.
    pub(crate) fn see(&self, words: &str) {
        self.until(&format!("to read {words:?}"), |app| {
            Ok(app.text()?.contains(&plain(words)))
        });
    }

    /// Waits until these words can no longer be read.
    pub(crate) fn see_not(&self, words: &str) {
        self.until(&format!("{words:?} not to be read any more"), |app| {
            Ok(!app.text()?.contains(&plain(words)))
        });
    }

    /// Whether these words can be read at this moment.
    pub(crate) fn reads(&self, words: &str) -> bool {
        self.text()
            .unwrap_or_else(|error| self.fail(&format!("reading: {error}")))
            .contains(&plain(words))
    }

    /// Holds that these words are nowhere in the page: not hidden, not in an attribute, not in a field.
    pub(crate) fn nowhere(&self, words: &str) {
        let page = self
            .ask(EVERYTHING)
            .unwrap_or_else(|error| self.fail(&format!("reading: {error}")));
        if page
            .as_str()
            .unwrap_or_default()
            .to_lowercase()
            .contains(&words.to_lowercase())
        {
            self.fail(&format!("the page holds {words:?}, which it must not"));
        }
    }

    /// What stands in a field.
    pub(crate) fn value(&self, label: &str) -> String {
        let field = self.find("write", label, 0, "a field");
        self.wait_for(field.prop("value")).ok().flatten().unwrap_or_default()
    }

    /// Whether a radio button or box is picked.
    pub(crate) fn picked(&self, label: &str) -> bool {
        // The label may stand for it: ask the box it belongs to.
        let place = self.find("tick", label, 0, "something to pick");
        let box_of = "const el = arguments[0].control || arguments[0]; return el.checked ?? el.getAttribute('aria-checked') === 'true'";
        let place = json!({ "element-6066-11e4-a52e-4f735466cecf": place.element_id().as_ref() });
        self.wait_for(self.client.execute(box_of, vec![place]))
            .is_ok_and(|answer| answer == json!(true))
    }

    /// Waits until something with these words can be pressed. Its words may be those a screen reader says.
    pub(crate) fn see_to_press(&self, words: &str) {
        self.find("press", words, 0, "something to press");
    }

    /// Whether something with these words can be pressed at this moment.
    pub(crate) fn offers(&self, words: &str) -> bool {
        self.look("press", words, 0).is_ok_and(|found| found.is_some())
    }

    /// Answers a script: for what only a program asks, such as axe-core.
    pub(crate) fn ask(&self, script: &str) -> Result<Value, CmdError> {
        self.wait_for(self.client.execute(script, Vec::new()))
    }

    /// Answers a script that is handed something: what any script of the page could do, had one got in.
    pub(crate) fn ask_with(&self, script: &str, arguments: Vec<Value>) -> Result<Value, CmdError> {
        self.wait_for(self.client.execute(script, arguments))
    }

    /// Saves a picture of the page as `screenshots/NAME.png`.
    pub(crate) fn picture(&self, name: &str) {
        self.settle();
        // What breathes without end is held at its beginning: no two of its frames are alike.
        let hold = "document.getAnimations().filter((a) => a.playState === 'running').forEach((a) => { a.pause(); a.currentTime = 0; })";
        self.ask(hold).unwrap();
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("screenshots");
        fs::create_dir_all(&folder).unwrap();
        // A window that was just resized may not have drawn all of itself: two frames have to look alike.
        let mut before = Vec::new();
        let mut png = Vec::new();
        self.until("two frames that look alike", |app| {
            app.wait_for(app.client.execute_async(TWO_FRAMES, Vec::new()))?;
            before = std::mem::replace(&mut png, app.wait_for(app.client.screenshot())?);
            Ok(before == png)
        });
        fs::write(folder.join(format!("{name}.png")), png).unwrap();
    }

    /// Waits until fonts are there and nothing moves any more, but for what breathes without end.
    pub(crate) fn settle(&self) {
        self.until("the page to come to rest", |app| {
            app.ask("return document.fonts.status === 'loaded' && document.getAnimations().every((a) => a.playState !== 'running' || a.effect.getTiming().iterations === Infinity)")
                .map(|rest| rest == json!(true))
        });
    }
}

/// Finding, waiting and failing.
impl App {
    /// No command to the window may take for ever: a window that hangs must fail the test, not hang it.
    fn wait_for<T>(&self, command: impl Future<Output = Result<T, CmdError>>) -> Result<T, CmdError> {
        let in_time = async { tokio::time::timeout(2 * PATIENCE, command).await };
        self.runtime
            .block_on(in_time)
            .unwrap_or_else(|_| Err(CmdError::WaitTimeout))
    }

    fn text(&self) -> Result<String, CmdError> {
        Ok(self.ask(TEXT)?.as_str().unwrap_or_default().to_owned())
    }

    fn look(&self, kind: &str, words: &str, nth: usize) -> Result<Option<Element>, CmdError> {
        let found = self.wait_for(self.client.execute(PAGE, vec![json!(kind), json!(words), json!(nth)]))?;
        let id = found
            .as_object()
            .and_then(|object| object.values().next()?.as_str().map(str::to_owned));
        Ok(id.map(|id| Element::from_element_id(self.client.clone(), ElementRef::from(id))))
    }

    fn find(&self, kind: &str, words: &str, nth: usize, what: &str) -> Element {
        let mut found = None;
        self.until(&format!("{what} called {words:?}"), |app| {
            found = app.look(kind, words, nth)?;
            Ok(found.is_some())
        });
        found.unwrap_or_else(|| self.fail(words))
    }

    /// Finds and acts; again, while the page redraws under the hand.
    fn act(&self, kind: &str, words: &str, nth: usize, what: &str, action: impl Fn(Element) -> Result<(), CmdError>) {
        self.until(&format!("{what} called {words:?}"), |app| {
            match app.look(kind, words, nth)? {
                Some(element) => action(element).map(|()| true),
                None => Ok(false),
            }
        });
    }

    /// Looks again and again until `condition` holds. An error of the moment (a page that redraws) is looked past.
    /// Waits until a condition holds that no other verb has words for.
    pub(crate) fn until(&self, what: &str, mut condition: impl FnMut(&Self) -> Result<bool, CmdError>) {
        let begun = Instant::now();
        loop {
            let held = condition(self);
            if matches!(held, Ok(true)) {
                return;
            }
            if begun.elapsed() > PATIENCE || !process::runs(self.pid) {
                let trouble = held.err().map(|error| format!(" ({error})")).unwrap_or_default();
                self.fail(&format!("waited in vain for {what}{trouble}"));
            }
            std::thread::sleep(GLANCE);
        }
    }

    fn fail(&self, what: &str) -> ! {
        if !process::runs(self.pid) {
            panic!("{what}: the app has ended");
        }
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("window");
        fs::create_dir_all(&folder).unwrap();
        let name = std::thread::current().name().unwrap_or("test").replace("::", "-");
        if let Ok(png) = self.wait_for(self.client.screenshot()) {
            fs::write(folder.join(format!("{name}.png")), png).unwrap();
        }
        if let Ok(source) = self.wait_for(self.client.source()) {
            fs::write(folder.join(format!("{name}.html")), source).unwrap();
        }
        let text = self.text().unwrap_or_default();
        panic!(
            "{what}\nto be read instead: {text}\npicture and source: {}/{name}.*",
            folder.display()
        );
    }
}

fn plain(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
