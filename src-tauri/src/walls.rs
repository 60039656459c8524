//! What the process lets nobody have of its memory: no core dump, and no look into it by other programs of this account.
//!
//! First of all that the app does, before a word or a key is in memory. What cannot be had (another system, a limit that
//! may not be changed) is gone without: it is a further wall, not the one that keeps words private.
//! Deliberately not here: the window's walls (`window`), and swap, hibernation and administrators, which nothing here
//! holds off (docs/privacy.md).

/// Puts the walls up. With `traceable`, a debugger of this account may still look in: only for a debug build whose tests
/// hold its system calls.
pub(crate) fn put_up(traceable: bool) {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let none = Rlimit {
            current: Some(0),
            maximum: Some(0),
        };
        // Inherited by every process of the web view.
        let _ = setrlimit(Resource::Core, none);
    }
    #[cfg(target_os = "linux")]
    if !traceable {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
    #[cfg(not(target_os = "linux"))]
    let _ = traceable;
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use rustix::process::{DumpableBehavior, dumpable_behavior};
    use std::fs;

    #[test]
    fn the_process_leaves_no_core_and_lets_nobody_look_in() {
        super::put_up(false);
        assert_eq!(dumpable_behavior().unwrap(), DumpableBehavior::NotDumpable);
        let limits = fs::read_to_string("/proc/self/limits").unwrap();
        let core = limits.lines().find(|line| line.starts_with("Max core file size"));
        let words: Vec<&str> = core.unwrap().split_whitespace().collect();
        assert_eq!(words[4..6], ["0", "0"]);
    }
}
