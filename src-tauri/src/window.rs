//! The one window, and its walls: no page but our own, no second window, no download, nothing kept by the webview.

use std::sync::atomic::{AtomicU8, Ordering};

use tauri::{
    AppHandle, Emitter, Manager, Runtime, Url, WebviewUrl, WebviewWindowBuilder, WindowEvent,
    webview::NewWindowResponse,
};

/// The window's label, named in the capability.
const LABEL: &str = "main";

/// What the page is told when a person asks for the window to be closed.
const CLOSE_REQUESTED: &str = "close-requested";

/// What the shell asks of the window on a person's behalf. Commands use this instead of a Tauri window, so that
/// they can be tested without one.
pub trait Surface: Send + Sync {
    /// Puts the window away, as quick exit does.
    fn put_away(&self);
    /// Closes the window and ends the app.
    fn close(&self);
}

/// The real window.
pub(crate) struct Real<R: Runtime>(pub(crate) AppHandle<R>);

impl<R: Runtime> Surface for Real<R> {
    fn put_away(&self) {
        if let Some(window) = self.0.get_webview_window(LABEL) {
            // Without a window manager there is nowhere to put it; the page is blank by now all the same.
            let _ = window.minimize();
        }
    }

    fn close(&self) {
        self.0.exit(0);
    }
}

/// Opens the window.
///
/// # Errors
/// Whatever kept the system from showing one.
pub(crate) fn open<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::default())
        .title("Pairwise")
        .inner_size(1280.0, 800.0)
        .min_inner_size(640.0, 480.0)
        .center()
        .incognito(!is_driven())
        .devtools(cfg!(debug_assertions))
        .content_protected(cfg!(any(windows, target_os = "macos")))
        .on_navigation(is_our_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .build()?;
    let closing = Closing::default();
    let page = window.clone();
    window.on_window_event(move |event| {
        if let WindowEvent::CloseRequested { api, .. } = event
            && closing.ask()
        {
            api.prevent_close();
            // The page saves what it holds and answers `ready_to_close`.
            let _ = page.emit_to(LABEL, CLOSE_REQUESTED, ());
        }
    });
    Ok(())
}

/// The first request to close goes to the page; a second one closes whatever the page does, so that a page that
/// hangs can't keep the window open.
#[derive(Default)]
struct Closing(AtomicU8);

impl Closing {
    fn ask(&self) -> bool {
        self.0.fetch_add(1, Ordering::SeqCst) == 0
    }
}

/// Only our own page: `tauri://localhost`, or on Windows `http://tauri.localhost`.
fn is_our_page(url: &Url) -> bool {
    matches!(
        (url.scheme(), url.host_str()),
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost"))
    )
}

/// Whether a WebDriver drives this debug build. WebKitWebDriver cannot start a session in an incognito webview.
#[expect(
    clippy::disallowed_methods,
    reason = "the driver says so in the environment, and only there"
)]
fn is_driven() -> bool {
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
        assert!(goes("http://tauri.localhost/"));
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
    fn the_page_is_asked_once_before_the_window_closes() {
        let closing = Closing::default();
        assert!(closing.ask());
        assert!(!closing.ask());
    }
}
