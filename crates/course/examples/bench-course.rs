//! How long `check` takes over a large course: `cargo run --release -p course --example bench-course -- [LESSONS] [ROUNDS]`.
//!
//! Writes the course to a folder of its own, looks it over a few times, and prints each time in milliseconds, as one
//! line of JSON that `cargo xtask bench` can read.
#![allow(clippy::print_stdout, reason = "it prints its figures")]
#![allow(clippy::disallowed_methods, reason = "it reads its arguments and a clock")]

use std::time::Instant;

#[path = "../tests/support/bench_course.rs"]
#[allow(unreachable_pub, reason = "a test has it too")]
mod bench_course;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let lessons: usize = arguments.next().map_or(Ok(1000), |text| text.parse())?;
    let rounds: usize = arguments.next().map_or(Ok(5), |text| text.parse())?;
    let dir = tempfile::tempdir()?;
    bench_course::bench_course(dir.path(), lessons)?;
    let mut times = Vec::new();
    let (mut bytes, mut problems) = (0, 0);
    for _ in 0..rounds {
        let start = Instant::now();
        let look = course::look(dir.path())?;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
        bytes = look.files.iter().map(|file| file.source.len()).sum();
        problems = look.files.iter().map(|file| file.diagnostics.len()).sum();
    }
    let times: Vec<String> = times.iter().map(|time| format!("{time:.1}")).collect();
    println!(
        "{{\"lessons\":{lessons},\"bytes\":{bytes},\"problems\":{problems},\"check_ms\":[{}]}}",
        times.join(",")
    );
    Ok(())
}
