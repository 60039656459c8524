//! Processes as Linux shows them under `/proc`: found by what they were started with, ended by id.

use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::path::Path;

/// The app that keeps its words in `profile`, if it runs.
pub(crate) fn app_with_profile(profile: &Path) -> Option<i32> {
    all().find(|&pid| {
        let line = fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
        let mut args = line.split(|byte| *byte == 0);
        // A wrapper (strace and the like) carries the same arguments further back; the app is the one that starts with itself.
        let is_app = args.next().is_some_and(|first| first.ends_with(b"/pairwise"));
        is_app
            && args.any(|arg| arg == b"--profile")
            && line
                .split(|byte| *byte == 0)
                .any(|arg| arg == profile.as_os_str().as_encoded_bytes())
            && runs(pid)
    })
}

/// Whether it lives: one that ended and was not yet collected does not. Its first thread may be gone while others still
/// end, and as long as one of them does, its files and their locks are held.
pub(crate) fn runs(pid: i32) -> bool {
    let threads = fs::read_dir(format!("/proc/{pid}/task")).into_iter().flatten();
    let mut states = threads.filter_map(|thread| Some(stat_in(&thread.ok()?.path())?.0));
    states.any(|state| state != 'Z' && state != 'X')
}

/// It and everything it started, down to the last.
pub(crate) fn family(pid: i32) -> Vec<i32> {
    let mut family = vec![pid];
    let all: Vec<(i32, i32)> = all().filter_map(|pid| Some((pid, stat(pid)?.1))).collect();
    let mut next = 0;
    while next < family.len() {
        let parent = family[next];
        family.extend(all.iter().filter(|(_, of)| *of == parent).map(|(pid, _)| *pid));
        next += 1;
    }
    family
}

/// The first fifteen letters of its program's name.
pub(crate) fn name(pid: i32) -> String {
    let name = fs::read_to_string(format!("/proc/{pid}/comm")).unwrap_or_default();
    name.trim().to_owned()
}

/// A variable of its environment.
pub(crate) fn variable(pid: i32, name: &str) -> Option<String> {
    let all = fs::read(format!("/proc/{pid}/environ")).ok()?;
    let start = format!("{name}=");
    let found = all
        .split(|byte| *byte == 0)
        .find_map(|one| one.strip_prefix(start.as_bytes()));
    found.map(|value| String::from_utf8_lossy(value).into_owned())
}

/// Everything it holds open, as Linux names it: a path, or such as `socket:[1234]`.
pub(crate) fn holds(pid: i32) -> Vec<String> {
    let held = fs::read_dir(format!("/proc/{pid}/fd")).into_iter().flatten().flatten();
    held.filter_map(|one| Some(fs::read_link(one.path()).ok()?.display().to_string()))
        .collect()
}

/// The internet sockets it holds (AF_INET and AF_INET6, whatever the protocol), each with its line in the system's table:
/// its own address comes second, the other's third, in hexadecimal.
pub(crate) fn internet_sockets(pid: i32) -> Vec<String> {
    const TABLES: [&str; 10] = [
        "tcp", "tcp6", "udp", "udp6", "udplite", "udplite6", "raw", "raw6", "icmp", "icmp6",
    ];
    let held: Vec<String> = holds(pid)
        .iter()
        .filter_map(|one| Some(one.strip_prefix("socket:[")?.trim_end_matches(']').to_owned()))
        .collect();
    let mut found = Vec::new();
    for table in TABLES {
        let rows = fs::read_to_string(format!("/proc/{pid}/net/{table}")).unwrap_or_default();
        for row in rows.lines().skip(1) {
            let inode = row.split_whitespace().nth(9);
            if inode.is_some_and(|inode| held.iter().any(|one| one == inode)) {
                found.push(format!("{table} {row}"));
            }
        }
    }
    found
}

/// Ends it at once, as a power cut would: it gets no chance to save.
pub(crate) fn kill9(pid: i32) {
    if let Some(pid) = Pid::from_raw(pid) {
        kill_process(pid, Signal::KILL).ok();
    }
}

fn all() -> impl Iterator<Item = i32> {
    let entries = fs::read_dir("/proc").into_iter().flatten();
    entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
}

/// Its state letter and its parent.
fn stat(pid: i32) -> Option<(char, i32)> {
    stat_in(Path::new(&format!("/proc/{pid}")))
}

/// The same of a process or a thread, by its folder.
fn stat_in(folder: &Path) -> Option<(char, i32)> {
    let stat = fs::read_to_string(folder.join("stat")).ok()?;
    // The name in front may hold spaces and brackets; what counts begins after the last bracket.
    let mut fields = stat.rsplit_once(") ")?.1.split(' ');
    Some((fields.next()?.chars().next()?, fields.next()?.parse().ok()?))
}
