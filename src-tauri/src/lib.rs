//! The shell of Pairwise: the only code that knows Tauri.
//!
//! It opens one window, hands each command to the [`Session`], and joins what `lesson`, `vault` and `progress` know
//! without knowing of each other. See `docs/ARCHITECTURE.md`.

mod agreement;
pub mod answers;
mod args;
mod backups;
mod both;
mod bring_back;
mod carry;
mod charts;
mod clock;
mod due;
mod export;
mod export_text;
mod find;
mod found_before;
mod gates;
mod given;
mod held;
mod home;
mod idle;
mod instrument;
pub mod ipc;

mod keepsake;
mod kept;
mod leaving;
mod locks;
mod map;
mod overlap;
pub mod pack;
mod past;
mod path;
mod plan;
mod practice;
mod reader;
mod ready;
mod recall;
mod removal;
mod run;
mod save_copy;
mod scores;
mod screen;
mod sealing;
mod session;
mod settings;
mod sitting;
mod support;
mod text;
mod trouble;
mod unshared;
mod versions;
mod walls;
mod window;

use std::{
    ffi::OsString,
    path::PathBuf,
    process::ExitCode,
    sync::{Arc, Mutex},
};

use tauri::{App, Manager, RunEvent, path::BaseDirectory};

pub use backups::Task;
pub use idle::Idle;
pub use session::{Places, Session};
pub use window::Surface;

/// What every command reaches: the session, and the window it may put away or close.
pub struct Shell {
    /// What the app holds while it runs.
    pub session: Mutex<Session>,
    /// The window.
    pub surface: Box<dyn Surface>,
}

/// Runs the app until its window closes. `arguments` are those after the program's name.
#[allow(
    clippy::print_stderr,
    reason = "what goes wrong before there is a window is said in the terminal"
)]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    walls::put_up(window::is_driven());
    let arguments = match args::read(arguments) {
        Ok(arguments) => arguments,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::from(2);
        }
    };
    let app = tauri::Builder::default()
        .invoke_handler(ipc::contract().invoke_handler())
        .register_asynchronous_uri_scheme_protocol(pack::SCHEME, pack::serve)
        .setup(move |app| Ok(set_up(app, arguments)?))
        .build(tauri::generate_context!());
    match app {
        Ok(app) => {
            app.run(|app, event| {
                // A window that closed over a page that hung is an end like any other.
                if let RunEvent::Exit = event {
                    app.state::<Shell>().session().end();
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("Pairwise could not open its window: {error}. Nothing that was written has been touched.");
            ExitCode::FAILURE
        }
    }
}

fn set_up(app: &mut App, arguments: args::Arguments) -> tauri::Result<()> {
    let usual = |folder: PathBuf| (folder, true);
    let (profile, make_profile) = match arguments.profile {
        Some(folder) => (folder, false),
        None => usual(app.path().app_local_data_dir()?.join("profile")),
    };
    // The built-in course is nobody's to edit.
    let edited = arguments.lessons.clone();
    let lessons = match arguments.lessons {
        Some(folder) => folder,
        None => app.path().resolve("lessons", BaseDirectory::Resource)?,
    };
    let documents = app.path().document_dir().ok().filter(|folder| folder.is_dir());
    let documents = documents.or_else(|| app.path().home_dir().ok());
    let places = Places {
        documents: documents.unwrap_or_else(|| profile.clone()),
        profile,
        make_profile,
        lessons,
        now: clock::now,
    };
    let closing = Arc::new(window::Closing::default());
    let session = Session::new(places);
    let look = session.look();
    app.manage(Shell {
        session: Mutex::new(session),
        surface: Box::new(window::Real {
            app: app.handle().clone(),
            closing: Arc::clone(&closing),
        }),
    });
    window::open(app.handle(), closing, look)?;
    window::look_after_spaces(app.handle().clone());
    if let Some(lessons) = edited {
        window::watch_lessons(app.handle(), &lessons);
    }
    Ok(())
}
