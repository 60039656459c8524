//! `check --watch`: looks again whenever something changes, until it is stopped.

use std::path::Path;
use std::sync::mpsc;

use crate::Outcome;

/// Checks now, and again after every change below the targets.
pub(crate) fn again(targets: &[String], once: &dyn Fn() -> Outcome) -> Outcome {
    if targets.iter().any(|target| target == "-") {
        return Err("`--watch` cannot watch standard input. Name files or folders.".to_owned());
    }
    let (tell, changed) = mpsc::channel();
    let mut watches = Vec::new();
    for target in targets {
        let tell = tell.clone();
        let watch = course::watch(Path::new(target), move || {
            // Nobody listens any more only when all is over.
            let _ = tell.send(());
        });
        watches.push(watch.map_err(|error| error.to_string())?);
    }
    loop {
        // A target can be away for a moment, while an editor puts a new file in its place.
        if let Err(message) = once() {
            println!("{message}");
        }
        println!("\nWatching. Press Ctrl+C to stop.\n");
        if changed.recv().is_err() {
            return Ok(true);
        }
        while changed.try_recv().is_ok() {}
    }
}
