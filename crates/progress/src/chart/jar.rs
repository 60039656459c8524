//! What was gathered, one piece for each.

use chrono::NaiveDate;

/// Something that was written down: a line of a list, an entry of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gathered {
    /// The field it stands in.
    pub field: String,
    /// Its day, where one is known.
    pub on: Option<NaiveDate>,
    /// Its words.
    pub words: String,
}

/// The jar and its table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jar {
    /// How many pieces lie in it. There is no number to reach: a jar is never *not full*.
    pub pieces: usize,
    /// How many of each field, in the order in which the fields were asked for; those with none too.
    pub fields: Vec<(String, usize)>,
    /// The pieces, in the order they came.
    pub rows: Vec<Gathered>,
}

/// The jar of these fields. A line left blank is no piece.
pub fn jar(fields: &[String], gathered: &[Gathered]) -> Jar {
    let rows: Vec<Gathered> = gathered
        .iter()
        .filter(|one| fields.contains(&one.field) && !one.words.trim().is_empty())
        .cloned()
        .collect();
    let count = |field: &String| rows.iter().filter(|one| one.field == *field).count();
    Jar {
        pieces: rows.len(),
        fields: fields.iter().map(|field| (field.clone(), count(field))).collect(),
        rows,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(field: &str, words: &str) -> Gathered {
        Gathered {
            field: field.into(),
            on: None,
            words: words.into(),
        }
    }

    #[test]
    fn each_line_is_a_piece_and_a_blank_one_is_none() {
        let gathered = [
            one("good", "tea"),
            one("good", "  "),
            one("good", "tea"),
            one("other", "x"),
        ];
        let jar = jar(&["good".into(), "kind".into()], &gathered);
        assert_eq!(jar.pieces, 2, "the same good thing twice is two");
        assert_eq!(jar.fields, [("good".to_owned(), 2), ("kind".to_owned(), 0)]);
        assert_eq!(jar.rows.len(), 2);
    }
}
