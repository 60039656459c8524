//! Counting tests from what their runners print, for the one line at the end.

/// Tests that held and tests that did not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) passed: u32,
    pub(crate) failed: u32,
}

impl Outcome {
    /// Adds what one line of a runner's output says, if it is a summary of cargo's or vitest's.
    pub(crate) fn read(&mut self, line: &str) {
        let line = line.trim();
        let cargo = line
            .strip_prefix("test result: ")
            .and_then(|rest| Some(rest.split_once(". ")?.1.split("; ")));
        if let Some(parts) = cargo {
            parts.for_each(|part| self.add(part));
        } else if let Some(rest) = line.strip_prefix("Tests ") {
            rest.split(" | ").for_each(|part| self.add(part));
        }
    }

    /// Takes another's counts in.
    pub(crate) fn join(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }

    /// `12 passed`, `1 failed (13)` and the like.
    fn add(&mut self, part: &str) {
        let mut words = part.split_whitespace();
        let Some(count) = words.next().and_then(|count| count.parse::<u32>().ok()) else {
            return;
        };
        match words.next() {
            Some("passed") => self.passed += count,
            Some("failed") => self.failed += count,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Outcome {
        let mut outcome = Outcome::default();
        text.lines().for_each(|line| outcome.read(line));
        outcome
    }

    #[test]
    fn cargo_and_vitest_are_both_counted() {
        let text = "running 3 tests
test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.50s
test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.50s
 Test Files  2 passed (2)
      Tests  1 failed | 7 passed (8)";
        assert_eq!(read(text), Outcome { passed: 21, failed: 2 });
    }

    #[test]
    fn other_lines_count_for_nothing() {
        assert_eq!(read("12 passed\nTests are good\n"), Outcome::default());
    }
}
