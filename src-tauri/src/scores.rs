//! Scores as a table for a spreadsheet (CSV, RFC 4180): one mark on each line, of my own answers and the joint ones.
//!
//! A spreadsheet reads a cell that begins with `=` and the like as a formula. What somebody wrote into a lesson or an answer
//! must not become one: such a text gets an apostrophe before it.

use chrono::NaiveDate;
use lesson::{Block, Id, Kind, Lesson, Value};

/// One mark.
pub(crate) struct Score {
    on: NaiveDate,
    lesson: String,
    question: String,
    part: String,
    mark: i32,
    /// The ends of the scale, where the lesson still has it.
    ends: Option<(i32, i32)>,
}

/// The marks in an answer, in the order of the lesson; none where it holds none. `on` is the day it was written, and `of` the
/// questionnaire it answers.
pub(crate) fn of_answer(
    lesson: &str,
    question: &str,
    block: Option<&Block>,
    of: Option<&Lesson>,
    value: &Value,
    on: NaiveDate,
) -> Vec<Score> {
    let score = |on, part: String, mark, ends| Score {
        on,
        lesson: lesson.to_owned(),
        question: question.to_owned(),
        part,
        mark,
        ends,
    };
    match (value, block.map(|block| &block.kind)) {
        (Value::Mark { at: Some(mark) }, Some(Kind::Scale { from, to, .. })) => {
            vec![score(on, String::new(), *mark, Some((*from, *to)))]
        }
        (Value::Mark { at: Some(mark) }, _) => vec![score(on, String::new(), *mark, None)],
        (Value::Marks { marks }, Some(Kind::Rating { from, to, rows, .. })) => {
            let known = rows.iter().filter_map(|row| Some((row, marks.get(&row.id)?)));
            let mut all: Vec<Score> = known
                .map(|(row, mark)| score(on, row.text.clone(), *mark, Some((*from, *to))))
                .collect();
            let gone = marks.iter().filter(|(id, _)| rows.iter().all(|row| row.id != **id));
            all.extend(gone.map(|(id, mark)| score(on, spoken(id), *mark, None)));
            all
        }
        (Value::Marks { marks }, _) => marks
            .iter()
            .map(|(id, mark)| score(on, spoken(id), *mark, None))
            .collect(),
        (Value::Takes { takes }, _) => {
            let questions = of.map(Lesson::questions).unwrap_or_default();
            let mut all = Vec::new();
            for take in takes {
                let known = questions.iter().filter_map(|one| Some((one, take.marks.get(&one.id)?)));
                all.extend(known.map(|(one, mark)| score(take.on, one.text.clone(), *mark, Some((one.from, one.to)))));
                let gone = |id: &Id| questions.iter().all(|one| one.id != *id);
                let gone = take.marks.iter().filter(|(id, _)| gone(id));
                all.extend(gone.map(|(id, mark)| score(take.on, spoken(id), *mark, None)));
            }
            all
        }
        _ => Vec::new(),
    }
}

/// The table, with a line of headings. It begins with the mark by which spreadsheets know UTF-8.
pub(crate) fn table(scores: &[Score]) -> String {
    let mut table = String::from("\u{feff}day,lesson,question,part,mark,lowest,highest\r\n");
    for one in scores {
        let (from, to) = one
            .ends
            .map_or_else(Default::default, |(from, to)| (from.to_string(), to.to_string()));
        let texts = [&one.lesson, &one.question, &one.part].map(|text| cell(text));
        table.push_str(&format!("{},{},{},{from},{to}\r\n", one.on, texts.join(","), one.mark));
    }
    table
}

/// A text as one cell, which no spreadsheet takes for a formula.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let apostrophe = if formula { "'" } else { "" };
    format!("\"{apostrophe}{}\"", text.replace('"', "\"\""))
}

fn spoken(id: &Id) -> String {
    id.as_str().replace('-', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_a_formula_and_none_leaves_its_cell() {
        for (text, safe) in [
            ("plain", "\"plain\""),
            ("=1+1", "\"'=1+1\""),
            ("+1", "\"'+1\""),
            ("-1", "\"'-1\""),
            ("@sum", "\"'@sum\""),
            ("\t=1", "\"'\t=1\""),
            ("\r=1", "\"'\r=1\""),
            ("a, \"b\"\nc", "\"a, \"\"b\"\"\nc\""),
        ] {
            assert_eq!(cell(text), safe);
        }
    }
}
