//! Help lines: one dated file beside the course, shown before any door and never stored with anything.

use crate::{
    ipc::dto::{Country, HelpLine, HelpLines, Refusal, Trouble, TroubleKind},
    session::Session,
};

impl Session {
    /// Help lines by country, and how old their check is.
    ///
    /// # Errors
    /// `Storage` when the file is missing or can't be read.
    pub fn help_lines(&self) -> Result<HelpLines, Refusal> {
        let lines = course::help_lines(&self.places.lessons).map_err(|_| Refusal::Storage {
            trouble: Trouble {
                what: TroubleKind::NoCourse,
                path: Some(self.places.lessons.display().to_string()),
            },
        })?;
        let days = (self.places.now)()
            .date_naive()
            .signed_duration_since(lines.checked)
            .num_days();
        Ok(HelpLines {
            checked: lines.checked,
            days_ago: u32::try_from(days).unwrap_or(0),
            countries: lines
                .countries
                .into_iter()
                .map(|country| Country {
                    code: country.code,
                    name: country.name,
                    emergency: country.emergency,
                    lines: country.lines.into_iter().map(line).collect(),
                })
                .collect(),
        })
    }
}

fn line(line: course::HelpLine) -> HelpLine {
    HelpLine {
        topic: line.topic,
        name: line.name,
        number: line.number,
        site: line.site,
    }
}
