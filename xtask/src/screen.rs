//! A virtual screen (Xvfb): for the window tests always, so that they meet the same screen everywhere, and for `run`
//! where there is none.

use crate::Chore;
use crate::frame::Frame;
use crate::shell;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// Ends its Xvfb, by id, when dropped.
pub(crate) struct Screen {
    xvfb: Child,
    display: String,
    memory: PathBuf,
}

impl Screen {
    /// Starts one, `width` by `height`, on a display number that is free.
    pub(crate) fn start(width: u32, height: u32) -> Chore<Self> {
        let memory = std::env::temp_dir().join(format!("pairwise-screen-{}", std::process::id()));
        fs::create_dir_all(&memory).map_err(|error| format!("{} could not be made: {error}.", memory.display()))?;
        let mut xvfb = shell::program("Xvfb")
            .args([
                "-displayfd",
                "1",
                "-screen",
                "0",
                &format!("{width}x{height}x24"),
                "-nolisten",
                "tcp",
                // Else it begins anew whenever the last window goes, and an app started at that moment finds no screen.
                "-noreset",
                "-fbdir",
            ])
            .arg(&memory)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| format!("Xvfb, the virtual screen, could not be started: {error}."))?;
        // Xvfb writes its number only once it takes connections: nothing else needs waiting for.
        let mut number = String::new();
        if let Some(stdout) = xvfb.stdout.take() {
            BufReader::new(stdout).read_line(&mut number).ok();
        }
        let screen = Self {
            xvfb,
            display: format!(":{}", number.trim()),
            memory,
        };
        if number.trim().is_empty() {
            Err("Xvfb, the virtual screen, did not start.".to_owned())
        } else {
            Ok(screen)
        }
    }

    /// Makes a program open its windows here.
    pub(crate) fn show(&self, command: &mut Command) {
        command
            .env("DISPLAY", &self.display)
            .env("GDK_BACKEND", "x11")
            .env_remove("WAYLAND_DISPLAY");
    }

    /// What is on it now.
    pub(crate) fn frame(&self) -> Chore<Frame> {
        let bytes = fs::read(self.memory.join("Xvfb_screen0"))
            .map_err(|error| format!("The virtual screen could not be read: {error}."))?;
        Frame::from_xwd(&bytes).ok_or_else(|| "The virtual screen has a form we do not know.".to_owned())
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.xvfb.kill().ok();
        self.xvfb.wait().ok();
        fs::remove_dir_all(&self.memory).ok();
    }
}
