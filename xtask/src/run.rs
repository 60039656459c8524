//! `cargo xtask run`: the app, open.
//!
//! With a screen, cargo becomes the app and its window stays until the person closes it. Without one the app is opened
//! on a virtual screen until its page has drawn; a picture is saved, and what was started here is ended, by id.

use crate::screen::Screen;
use crate::{Chore, setup, shell};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

/// How long a page may take to draw; a cold start on a busy machine takes a few seconds.
const PATIENCE: Duration = Duration::from_secs(60);

/// Opens the app with `args`.
pub(crate) fn open(args: &[String]) -> Chore<()> {
    let has_screen = !cfg!(target_os = "linux")
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    setup::to_run(!has_screen)?;
    shell::run(shell::cargo().args(["build", "--package", "pairwise"]))?;
    let mut app = shell::program(&shell::target().join("debug/pairwise").to_string_lossy());
    app.args(args);
    if has_screen {
        return shell::run(&mut app);
    }
    println!(
        "There is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set), so the window opens on a virtual one."
    );
    let screen = Screen::start(1280, 800)?;
    screen.show(&mut app);
    let picture = shell::root().join("screenshots/run.png");
    let mut app = Ended::at_last(&mut app)?;
    wait_until_drawn(&screen, &mut app)?.save(&picture)?;
    println!("The window is open and drawn. A picture of it: {}", picture.display());
    Ok(())
}

/// Waits until two looks in a row show the same drawn page.
fn wait_until_drawn(screen: &Screen, app: &mut Ended) -> Chore<crate::frame::Frame> {
    let begun = Instant::now();
    let mut before = None;
    while begun.elapsed() < PATIENCE {
        if let Ok(Some(status)) = app.0.try_wait() {
            return Err(format!("The app ended before its window had drawn ({status})."));
        }
        let frame = screen.frame()?;
        if frame.is_drawn() && before.as_ref() == Some(&frame) {
            return Ok(frame);
        }
        before = Some(frame);
        std::thread::sleep(Duration::from_millis(150));
    }
    Err(format!(
        "The window had drawn nothing after {} seconds.",
        PATIENCE.as_secs()
    ))
}

/// A program that is ended, by id, when dropped.
struct Ended(Child);

impl Ended {
    fn at_last(command: &mut Command) -> Chore<Self> {
        let line = shell::line_of(command);
        println!("> {line}");
        command
            .spawn()
            .map(Self)
            .map_err(|error| format!("`{line}` could not be started: {error}."))
    }
}

impl Drop for Ended {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}
