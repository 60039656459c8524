//! The process's walls, as Linux shows them from outside.

use crate::harness::{Place, process};
use crate::people::begin_alone;

#[test]
fn no_process_of_the_app_leaves_a_core_dump() {
    let place = Place::new();
    let app = place.open();
    begin_alone(&app, "Robin");
    let family = process::family(app.pid());
    assert!(family.len() > 1, "the web view runs in processes of its own");
    for pid in family {
        let limits = std::fs::read_to_string(format!("/proc/{pid}/limits")).unwrap();
        let core = limits.lines().find(|line| line.starts_with("Max core file size"));
        let words: Vec<&str> = core.unwrap().split_whitespace().collect();
        assert_eq!(words[4..6], ["0", "0"], "process {pid}");
    }
}
