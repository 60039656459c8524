//! Noticing that a course's files changed, while somebody writes them.

use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

/// How long nothing more may happen before a change is told: an editor saves one file in several steps.
const QUIET: Duration = Duration::from_millis(150);

/// A folder or file being watched, until this is dropped.
#[derive(Debug)]
pub struct Watch {
    // In this order: without the watcher no more events come, and the thread ends.
    watcher: Option<RecommendedWatcher>,
    thread: Option<JoinHandle<()>>,
}

/// Why a folder cannot be watched.
#[derive(Debug, thiserror::Error)]
#[error("changes below {path} cannot be watched: {source}")]
pub struct WatchError {
    path: std::path::PathBuf,
    source: notify::Error,
}

/// Calls back, on a thread of its own, after lessons, manifests or pictures below a path changed.
///
/// Several changes in quick succession are told once. What changed is not told: a course is read again as a whole,
/// which takes a moment only, and a lesson can change what is wrong in another.
pub fn watch(path: &Path, mut on_change: impl FnMut() + Send + 'static) -> Result<Watch, WatchError> {
    let failed = |source| WatchError {
        path: path.to_owned(),
        source,
    };
    let (tell, events) = channel();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
        // When events were lost, something may have changed.
        if event.as_ref().map_or(true, matters) {
            let _ = tell.send(());
        }
    })
    .map_err(failed)?;
    // An editor may put a new file in the place of the old one, and only the folder is told of that.
    let folder = match path.parent() {
        Some(parent) if path.is_file() && parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) if path.is_file() => parent,
        _ => path,
    };
    let mode = if path.is_file() {
        RecursiveMode::NonRecursive
    } else {
        RecursiveMode::Recursive
    };
    watcher.watch(folder, mode).map_err(failed)?;
    let thread = std::thread::spawn(move || tell_on(&events, &mut on_change));
    Ok(Watch {
        watcher: Some(watcher),
        thread: Some(thread),
    })
}

fn tell_on(events: &Receiver<()>, on_change: &mut impl FnMut()) {
    while events.recv().is_ok() {
        loop {
            match events.recv_timeout(QUIET) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout) => break,
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
        on_change();
    }
}

/// Whether an event can have changed a course. Reading one is an event too.
fn matters(event: &Event) -> bool {
    let of_a_course = |path: &std::path::PathBuf| {
        let end = path.extension().and_then(|end| end.to_str()).map(str::to_lowercase);
        match end.as_deref() {
            // A folder that came or went.
            None => true,
            Some(end) => matches!(end, "md" | "toml" | "lock" | "png" | "jpg" | "jpeg" | "webp"),
        }
    };
    !matches!(event.kind, EventKind::Access(_)) && (event.need_rescan() || event.paths.iter().any(of_a_course))
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.watcher = None;
        if let Some(thread) = self.thread.take()
            // Dropped by the call back itself, the thread would wait for itself.
            && thread.thread().id() != std::thread::current().id()
        {
            // It ends with an error only if the call back panicked, and that was told then.
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use notify::event::{AccessKind, CreateKind, ModifyKind};

    #[test]
    fn reading_a_course_and_an_editors_own_files_are_no_changes_to_it() {
        let event = |kind, path: &str| Event::new(kind).add_path(path.into());
        let changed = EventKind::Modify(ModifyKind::Any);
        assert!(matters(&event(changed, "/course/en/a.md")));
        assert!(matters(&event(EventKind::Create(CreateKind::Folder), "/course/de")));
        assert!(!matters(&event(EventKind::Access(AccessKind::Any), "/course/en/a.md")));
        assert!(!matters(&event(changed, "/course/en/.a.md.swp")));
    }

    #[test]
    fn a_change_is_told_and_dropping_the_watch_ends_it() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a.md"), "One").unwrap();
        let (tell, told) = channel();
        let watch = watch(dir.path(), move || tell.send(()).unwrap()).unwrap();
        std::fs::write(dir.path().join("a.md"), "Two").unwrap();
        told.recv_timeout(Duration::from_secs(30)).unwrap();
        drop(watch);
        // The sender went with the thread.
        while let Ok(()) = told.try_recv() {}
        assert_eq!(told.try_recv(), Err(std::sync::mpsc::TryRecvError::Disconnected));
    }
}
