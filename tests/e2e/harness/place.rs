//! A profile folder and a course for the app to be opened on, and how it is to be opened.

use super::App;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

/// Kept for one test; the folder goes when it is dropped.
pub(crate) struct Place {
    folder: TempDir,
    lessons: PathBuf,
    dark: bool,
    /// A program in front of the app, such as strace with its arguments.
    through: Vec<String>,
}

impl Place {
    /// A profile nobody has begun, with the small course of `tests/course`.
    pub(crate) fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("pairwise-e2e-").tempdir().unwrap();
        fs::create_dir(folder.path().join("profile")).unwrap();
        let lessons = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/course");
        Self {
            folder,
            lessons,
            dark: false,
            through: Vec::new(),
        }
    }

    /// Goes on in a folder where somebody has written before the window opens: `profile`, `lessons` and `documents` are in it.
    pub(crate) fn in_folder(folder: TempDir) -> Self {
        let lessons = folder.path().join("lessons");
        Self {
            folder,
            lessons,
            dark: false,
            through: Vec::new(),
        }
    }

    /// With the built-in course.
    pub(crate) fn with_the_built_in_course(self) -> Self {
        self.with_lessons(&Path::new(env!("CARGO_MANIFEST_DIR")).join("lessons"))
    }

    /// With another course.
    pub(crate) fn with_lessons(mut self, lessons: &Path) -> Self {
        self.lessons = lessons.to_path_buf();
        self
    }

    /// With a copy of its course, to be changed by the test; [`Place::lessons`] says where it is.
    pub(crate) fn with_own_lessons(mut self) -> Self {
        let own = self.folder.path().join("lessons");
        copy_folder(&self.lessons, &own);
        self.lessons = own;
        self
    }

    /// With a course made of these files: each its path below the course's folder, and its text.
    pub(crate) fn with_course(mut self, files: &[(&str, &str)]) -> Self {
        let own = self.folder.path().join("lessons");
        for (path, text) in files {
            let file = own.join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        self.lessons = own;
        self
    }

    /// On a desktop with a dark theme.
    pub(crate) fn in_the_dark(mut self) -> Self {
        self.dark = true;
        self
    }

    /// Started through another program, such as `["strace", "-f", "-e", "inject=fsync:error=ENOSPC"]`.
    pub(crate) fn through(mut self, program: &[&str]) -> Self {
        self.through = program.iter().map(ToString::to_string).collect();
        self
    }

    /// Where words are kept.
    pub(crate) fn profile(&self) -> PathBuf {
        self.folder.path().join("profile")
    }

    /// The person's folder of documents.
    pub(crate) fn documents(&self) -> PathBuf {
        self.folder.path().join("documents")
    }

    /// The person's home, in which the web view would keep whatever it keeps.
    pub(crate) fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// Its settings, as the desktop keeps them.
    pub(crate) fn config(&self) -> PathBuf {
        self.folder.path().join("config")
    }

    /// A file for what the app says in a terminal, for a test that sends it there.
    pub(crate) fn said(&self) -> PathBuf {
        self.folder.path().join("terminal").join("said")
    }

    /// Where programs put what they need for a while.
    pub(crate) fn temporary(&self) -> PathBuf {
        self.folder.path().join("tmp")
    }

    /// Where the course is read from.
    pub(crate) fn lessons(&self) -> &Path {
        &self.lessons
    }

    /// Opens the app and waits until its page has something to read.
    pub(crate) fn open(&self) -> App {
        App::open(self)
    }

    /// The app without a driver: for a second instance, or for what it says in a terminal.
    pub(crate) fn command(&self) -> Command {
        let mut app = Command::new(env!("CARGO_BIN_EXE_pairwise"));
        app.args(self.args());
        self.dress(&mut app);
        app
    }

    /// What the driver is to start: the app itself, or a script that starts it through another program.
    pub(super) fn application(&self) -> PathBuf {
        let app = PathBuf::from(env!("CARGO_BIN_EXE_pairwise"));
        if self.through.is_empty() {
            return app;
        }
        let quoted: Vec<String> = self
            .through
            .iter()
            .map(|word| format!("'{}'", word.replace('\'', r"'\''")))
            .collect();
        let script = self.folder.path().join("through.sh");
        fs::write(
            &script,
            format!("#!/bin/sh\nexec {} '{}' \"$@\"\n", quoted.join(" "), app.display()),
        )
        .unwrap();
        fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
        script
    }

    pub(super) fn args(&self) -> Vec<String> {
        let (profile, lessons) = (self.profile(), self.lessons());
        vec![
            "--profile".into(),
            profile.display().to_string(),
            "--lessons".into(),
            lessons.display().to_string(),
        ]
    }

    /// The desktop's side of things: its theme, and nothing of this machine's own.
    pub(super) fn dress(&self, command: &mut Command) {
        // Copies of one's words go to a folder of documents of this test's own.
        let config = self.config();
        let documents = self.documents();
        for folder in [&config, &documents] {
            fs::create_dir_all(folder).unwrap();
        }
        let named = format!("XDG_DOCUMENTS_DIR=\"{}\"\n", documents.display());
        fs::write(config.join("user-dirs.dirs"), named).unwrap();
        command.env("XDG_CONFIG_HOME", config);
        let home = self.home();
        let (data, cache, state) = (home.join("data"), home.join("cache"), home.join("state"));
        for (name, folder) in [
            ("HOME", &home),
            ("XDG_DATA_HOME", &data),
            ("XDG_CACHE_HOME", &cache),
            ("XDG_STATE_HOME", &state),
            ("TMPDIR", &self.temporary()),
        ] {
            fs::create_dir_all(folder).unwrap();
            command.env(name, folder);
        }
        command.env("GTK_THEME", if self.dark { "Adwaita:dark" } else { "Adwaita" });
        command
            .env("NO_AT_BRIDGE", "1")
            .env("LC_ALL", "C.UTF-8")
            .env("TZ", "UTC");
        // Frames from the processor: the same on every machine, whatever its graphics. (WEBKIT_DISABLE_DMABUF_RENDERER
        // would do so too, but then WebKitWebDriver never answers when asked for a picture.)
        command.env("LIBGL_ALWAYS_SOFTWARE", "1");
    }
}

/// Whether the long form was asked for: `cargo xtask test --long`.
pub(crate) fn long() -> bool {
    std::env::var_os("PAIRWISE_LONG").is_some()
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let copy = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &copy);
        } else {
            fs::copy(&path, &copy).unwrap();
        }
    }
}
