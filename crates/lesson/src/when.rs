//! The form of a condition: `together`, `solo`, `field:a|b`, `field:!a`, `scale:1-3`; a comma is *and*.
//!
//! Whether the field is there and can be asked that is `resolve`'s business.

/// One test, as written.
#[derive(Debug, PartialEq)]
pub(crate) enum Asked<'t> {
    Together,
    Solo,
    Field {
        field: &'t str,
        not: bool,
        any: Vec<&'t str>,
    },
    /// Not a test at all.
    Broken(&'t str),
}

/// Takes a condition apart.
pub(crate) fn take_apart(text: &str) -> Vec<Asked<'_>> {
    text.split(',').map(one).collect()
}

fn one(test: &str) -> Asked<'_> {
    match test {
        "together" => return Asked::Together,
        "solo" => return Asked::Solo,
        _ => {}
    }
    let Some((field, asked)) = test.split_once(':') else {
        return Asked::Broken(test);
    };
    let (not, asked) = asked.strip_prefix('!').map_or((false, asked), |rest| (true, rest));
    let any: Vec<&str> = asked.split('|').collect();
    if field.is_empty() || any.iter().any(|one| one.is_empty() || one.contains(['!', ':'])) {
        return Asked::Broken(test);
    }
    Asked::Field { field, not, any }
}
