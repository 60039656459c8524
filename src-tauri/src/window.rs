//! The one window, and its walls: no page but our own, no second window, no download, nothing kept by the webview.

use std::{
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Duration,
};

use chrono::{DateTime, FixedOffset, TimeDelta};

use tauri::{
    AppHandle, Emitter, Manager, Runtime, Url, WebviewUrl, WebviewWindowBuilder, WindowEvent,
    webview::NewWindowResponse,
};

use crate::{Idle, Shell, Task, clock, ipc::dto::Look};

/// The window's label, named in the capability.
const LABEL: &str = "main";

/// What the page is told when a person asks for the window to be closed.
const CLOSE_REQUESTED: &str = "close-requested";

/// What the page is told when nobody has been at a locked space for a while: blank at once, save, leave.
const LOCK_REQUESTED: &str = "lock-requested";

/// All that the web view's own network reaches: a port that nobody can listen on. A web view connects ahead to wherever a
/// link or a page that may not be opened points, and no content security policy has a say in that.
const NOWHERE: &str = "http://127.0.0.1:0";

/// What the page is told when the lesson files were read again, because somebody edits them.
const LESSONS_CHANGED: &str = "lessons-changed";

/// How often it is looked whether somebody has gone, and whether a backup is due.
const LOOK: Duration = Duration::from_secs(5);

/// What the shell asks of the window on a person's behalf. Commands use this instead of a Tauri window, so that
/// they can be tested without one.
pub trait Surface: Send + Sync {
    /// Puts the window away, as quick exit does.
    fn put_away(&self);
    /// The page has heard that the window is asked to close, and sees to its words.
    fn heard_close(&self);
    /// Shows everything in this size, in percent.
    fn zoom(&self, percent: u32);
    /// Closes the window and ends the app.
    fn close(&self);
}

/// The real window.
pub(crate) struct Real<R: Runtime> {
    pub(crate) app: AppHandle<R>,
    pub(crate) closing: Arc<Closing>,
}

impl<R: Runtime> Surface for Real<R> {
    fn put_away(&self) {
        if let Some(window) = self.app.get_webview_window(LABEL) {
            // Without a window manager there is nowhere to put it; the page is blank by now all the same.
            let _ = window.minimize();
        }
    }

    fn heard_close(&self) {
        self.closing.heard();
    }

    fn zoom(&self, percent: u32) {
        if let Some(window) = self.app.get_webview_window(LABEL) {
            // The size is kept all the same, and taken up at the next start.
            let _ = window.set_zoom(f64::from(percent) / 100.0);
        }
    }

    fn close(&self) {
        self.app.exit(0);
    }
}

/// Opens the window.
///
/// # Errors
/// Whatever kept the system from showing one.
pub(crate) fn open<R: Runtime>(app: &AppHandle<R>, closing: Arc<Closing>, look: Look) -> tauri::Result<()> {
    let mut window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("Pairwise")
        .inner_size(1280.0, 800.0)
        .min_inner_size(640.0, 480.0)
        .center()
        .incognito(!is_driven())
        .devtools(cfg!(debug_assertions))
        .content_protected(cfg!(any(windows, target_os = "macos")))
        .on_navigation(is_our_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false);
    // On Windows the shell itself is spoken to by way of a name on the network.
    if cfg!(target_os = "linux") {
        window = window.proxy_url(NOWHERE.parse().map_err(tauri::Error::InvalidUrl)?);
    }
    let window = window.build()?;
    // Every other size is chosen by a person; a window that stays at the usual one is not touched.
    if look.text_size != 100 {
        window.set_zoom(f64::from(look.text_size) / 100.0)?;
    }
    #[cfg(target_os = "linux")]
    window.with_webview(|webview| let_spelling_work(&webview.inner()))?;
    let page = window.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event
            && closing.ask(clock::now())
        {
            api.prevent_close();
            // The page saves what it holds and answers `ready_to_close`.
            let _ = page.emit_to(LABEL, CLOSE_REQUESTED, ());
        }
    });
    Ok(())
}

/// Elsewhere the web view checks spelling by itself; here it has to be told in which languages. A box is still checked
/// only where the page says so.
#[cfg(target_os = "linux")]
fn let_spelling_work(webview: &webkit2gtk::WebView) {
    use webkit2gtk::{WebContextExt as _, WebViewExt as _};
    let names = webkit2gtk::glib::language_names();
    // The desktop's languages, as `en_GB` or `en`; not their other spellings, such as `en_GB.UTF-8`, nor the language of none.
    let plain = |name: &&str| *name != "C" && *name != "POSIX" && !name.contains(['.', '@']);
    let mut languages: Vec<&str> = names.iter().map(|name| name.as_str()).filter(plain).collect();
    if languages.is_empty() {
        languages.push("en_US");
    }
    if let Some(context) = webview.context() {
        context.set_spell_checking_languages(&languages);
        context.set_spell_checking_enabled(true);
    }
}

/// Looks every few seconds, for as long as the app runs, whether a locked space has been left alone, and whether a backup
/// is due of what is open. It is made here, where nobody waits for it: the session is free meanwhile.
pub(crate) fn look_after_spaces<R: Runtime>(app: AppHandle<R>) {
    thread::spawn(move || {
        loop {
            thread::sleep(LOOK);
            let shell = app.state::<Shell>();
            let idle = shell.session().look_for_idle();
            // Told after the end too: a page that came late blanks itself all the same.
            if idle != Idle::No {
                let _ = app.emit_to(LABEL, LOCK_REQUESTED, ());
            }
            let due = shell.session().backups_due();
            due.into_iter().for_each(Task::make);
        }
    });
}

/// Reads the lessons again whenever one of their files was saved, and tells the page, for as long as the app runs. Where
/// the system cannot say so, the course page still reads them each time it is opened.
pub(crate) fn watch_lessons<R: Runtime>(app: &AppHandle<R>, lessons: &Path) {
    let shown = app.clone();
    let watch = course::watch(lessons, move || {
        let changed = shown.state::<Shell>().session().lessons_changed();
        if changed {
            let _ = shown.emit_to(LABEL, LESSONS_CHANGED, ());
        }
    });
    if let Ok(watch) = watch {
        app.manage(Mutex::new(watch));
    }
}

/// How long a page may stay silent before a further request closes the window all the same.
const PATIENCE: TimeDelta = TimeDelta::seconds(3);

/// A request to close goes to the page, which saves what it holds, or asks. Only a page that does not even say that
/// it has heard, because it hangs or never drew, is closed over: by a further request, and not by the second half of
/// a double click.
#[derive(Default)]
pub(crate) struct Closing {
    unheard: Mutex<Option<DateTime<FixedOffset>>>,
}

impl Closing {
    /// Whether the page is to be asked (again) before the window closes.
    fn ask(&self, now: DateTime<FixedOffset>) -> bool {
        let mut unheard = self.unheard.lock().unwrap_or_else(PoisonError::into_inner);
        let first = *unheard.get_or_insert(now);
        (now - first).abs() < PATIENCE
    }

    fn heard(&self) {
        *self.unheard.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Only our own page: `tauri://localhost`, or on Windows `http://tauri.localhost`.
fn is_our_page(url: &Url) -> bool {
    match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) => true,
        ("http" | "https", Some("tauri.localhost")) => cfg!(windows),
        _ => false,
    }
}

/// Whether a WebDriver drives this debug build. WebKitWebDriver cannot start a session in an incognito webview.
#[expect(
    clippy::disallowed_methods,
    reason = "the driver says so in the environment, and only there"
)]
pub(crate) fn is_driven() -> bool {
    cfg!(debug_assertions) && std::env::var_os("TAURI_WEBVIEW_AUTOMATION").is_some_and(|value| value == "true")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    #[test]
    fn the_window_goes_nowhere_but_to_our_own_page() {
        let goes = |url: &str| is_our_page(&url.parse().unwrap());
        assert!(goes("tauri://localhost/index.html"));
        assert_eq!(goes("http://tauri.localhost/"), cfg!(windows));
        for elsewhere in [
            "https://example.org/",
            "http://localhost/",
            "file:///etc/passwd",
            "data:text/html,hello",
            "about:blank",
            "tauri://elsewhere/",
            "http://tauri.localhost.example.org/",
        ] {
            assert!(!goes(elsewhere), "{elsewhere}");
        }
    }

    #[test]
    fn a_page_that_answers_is_asked_every_time_and_one_that_hangs_cannot_hold_the_window() {
        let closing = Closing::default();
        let at = |seconds| clock::now() + TimeDelta::seconds(seconds);
        assert!(closing.ask(at(0)));
        assert!(closing.ask(at(1)), "a double click");
        closing.heard();
        assert!(closing.ask(at(3600)), "an hour later");
        assert!(!closing.ask(at(3610)), "it never answered");
    }
}
