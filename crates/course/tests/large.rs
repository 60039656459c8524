//! A large course is read as surely as a small one. How fast, `cargo run --release -p course --example bench-course`
//! tells.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;

use lesson::Kind;

#[path = "support/bench_course.rs"]
#[allow(unreachable_pub, reason = "the example has it too")]
mod bench_course;

#[test]
fn a_generated_course_is_clean_and_has_every_kind_of_block() {
    let dir = tempfile::tempdir().unwrap();
    bench_course::bench_course(dir.path(), 30).unwrap();
    let look = course::look(dir.path()).unwrap();
    let told: Vec<String> = look
        .files
        .iter()
        .flat_map(|file| file.diagnostics.iter().map(|d| format!("{} {}", file.file, d.message)))
        .collect();
    assert_eq!(told, [""; 0]);
    let course = look.course.unwrap();
    assert_eq!(course.lessons.len(), 30);
    let kinds: BTreeSet<&str> = course
        .lessons
        .iter()
        .flat_map(|file| {
            file.lesson
                .as_ref()
                .unwrap()
                .blocks()
                .map(|block| Kind::name(&block.kind))
                .collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(kinds.len(), 26, "{kinds:?}");
    let lock = course::record(&course);
    assert!(course::compare(&course::read_lock(&lock.to_text()).unwrap(), &course).is_empty());
}
