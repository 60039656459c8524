//! An instrument's own keys in the front matter: how its answers are scored, and by whose leave.
//!
//! The scores themselves are `progress`'s business.

use crate::front_values::Fields;
use crate::names::did_you_mean;
use crate::{Band, Code, Findings, Method, Scoring};

const SCORING: &str = "scoring: {method: sum, missing: 0}";
const BAND: &str = "{from: 0, label: \"quiet\"}";
/// The keys that only an instrument has.
const KEYS: &[&str] = &["scoring", "bands", "noise", "citation", "permission"];

/// Reports an instrument's keys in a file that is none.
pub(crate) fn report_astray(fields: &mut Fields<'_>, found: &mut Findings<'_>) {
    for key in KEYS {
        if let Some(span) = fields.place(key) {
            fields.drop(key);
            found
                .error(Code::KeyMisplaced, span, format!("`{key}` belongs to an instrument."))
                .help("Add `kind: instrument` if this file is a questionnaire, or take the key out.");
        }
    }
}

/// Reads how an instrument is scored.
pub(crate) fn read(fields: &mut Fields<'_>, found: &mut Findings<'_>) -> Scoring {
    if let Some(span) = fields.place("share") {
        fields.drop("share");
        found
            .error(Code::KeyMisplaced, span, "`share` does not belong in an instrument.")
            .help("Scores are only ever one person's own. Take it out.");
    }
    let places = ["bands", "noise", "citation"].map(|key| fields.place(key));
    let (method, missing) = method(fields, found);
    let bands = bands(fields, found);
    let noise = fields.decimal("noise", false, found);
    let citation = fields.text("citation", false, "\"Who made it, and where it was tested\"", found);
    let permission = fields.text("permission", false, "\"Who gave leave, and when\"", found);
    let [bands_at, noise_at, citation_at] = places;
    for (key, at) in [("bands", &bands_at), ("noise", &noise_at)] {
        let Some(at) = at else { continue };
        if citation_at.is_none() {
            found
                .error(
                    Code::ScoringWrong,
                    at.clone(),
                    format!("`{key}` says what a score means, and nothing says where that was found."),
                )
                .help(format!("Add `citation:` with its source, or take `{key}` out."));
        }
        if method == Method::None {
            found
                .error(
                    Code::ScoringWrong,
                    at.clone(),
                    format!("There is no total that `{key}` could be about: `method` is `none`."),
                )
                .help(format!("Take `{key}` out, or score with `sum` or `mean`."));
        }
    }
    if let (Some(at), None) = (citation_at, &permission) {
        found
            .error(
                Code::ScoringWrong,
                at,
                "This instrument comes from somewhere else, and nothing says that it may be used here.",
            )
            .help("Add `permission:`: who allows it, in which words, since when.");
    }
    let noise = noise.filter(|noise| {
        let fits = noise.value > 0.0;
        if !fits {
            found
                .error(Code::ScoringWrong, noise.span.clone(), "`noise` is more than nothing.")
                .help("It is the change in points that the source calls larger than chance.");
        }
        fits
    });
    Scoring {
        method,
        missing,
        bands,
        noise: noise.map(|noise| noise.value),
        citation,
        permission,
    }
}

fn method(fields: &mut Fields<'_>, found: &mut Findings<'_>) -> (Method, Option<u32>) {
    let methods = [("sum", Method::Sum), ("mean", Method::Mean), ("none", Method::None)];
    let Some(mut scoring) = fields.map("scoring", true, SCORING, found) else {
        return (Method::None, None);
    };
    let method = scoring.word("method", true, &methods, found).unwrap_or(Method::None);
    let missing = scoring.number("missing", 0..=100, false, found).map(|(most, _)| most);
    finish(scoring, &["method", "missing"], SCORING, found);
    (method, missing)
}

fn bands(fields: &mut Fields<'_>, found: &mut Findings<'_>) -> Vec<Band> {
    let mut bands: Vec<Band> = Vec::new();
    for mut band in fields.maps("bands", BAND, found) {
        let from = band.decimal("from", true, found);
        let label = band.text("label", true, "\"quiet\"", found);
        finish(band, &["from", "label"], BAND, found);
        let (Some(from), Some(label)) = (from, label) else {
            continue;
        };
        if bands.last().is_some_and(|last| last.from >= from.value) {
            found
                .error(
                    Code::ScoringWrong,
                    from.span,
                    "The bands do not rise: each begins above the one before it.",
                )
                .help("Put them in order, the lowest first.");
            continue;
        }
        bands.push(Band {
            from: from.value,
            label,
        });
    }
    bands
}

fn finish(fields: Fields, known: &[&str], example: &str, found: &mut Findings<'_>) {
    for (key, span) in fields.finish() {
        let (code, message) = if known.contains(&&*key) {
            (Code::FrontKeyTwice, format!("`{key}` stands twice here."))
        } else {
            (
                Code::FrontKeyUnknown,
                format!("`{key}` is not a key that is known here."),
            )
        };
        let help = did_you_mean(&key, known.iter().copied()).unwrap_or_else(|| format!("For example `{example}`."));
        found.error(code, span, message).help(help);
    }
}
