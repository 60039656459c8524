//! A subcommand's arguments: options it knows, and what is named.

use crate::USAGE;

/// Arguments, sorted.
pub(crate) struct Arguments {
    flags: Vec<String>,
    values: Vec<(String, String)>,
    /// Files and folders, in order.
    pub(crate) targets: Vec<String>,
}

impl Arguments {
    /// Sorts arguments by what a subcommand knows: flags, and options that take a value.
    pub(crate) fn read(arguments: &[String], flags: &[&str], options: &[&str]) -> Result<Self, String> {
        let mut sorted = Arguments {
            flags: Vec::new(),
            values: Vec::new(),
            targets: Vec::new(),
        };
        let mut arguments = arguments.iter();
        while let Some(argument) = arguments.next() {
            if flags.contains(&argument.as_str()) {
                sorted.flags.push(argument.clone());
            } else if options.contains(&argument.as_str()) {
                let value = arguments
                    .next()
                    .ok_or_else(|| format!("`{argument}` needs a value.\n\n{USAGE}"))?;
                sorted.values.push((argument.clone(), value.clone()));
            } else if argument.starts_with("--") {
                let known = flags.iter().chain(options).copied();
                let near = lesson::did_you_mean(argument, known).map_or_else(String::new, |near| format!(" {near}"));
                return Err(format!("There is no option `{argument}` here.{near}\n\n{USAGE}"));
            } else {
                sorted.targets.push(argument.clone());
            }
        }
        Ok(sorted)
    }

    /// Whether a flag is there.
    pub(crate) fn has(&self, flag: &str) -> bool {
        self.flags.iter().any(|known| known == flag)
    }

    /// An option's value; the last one, if there are several.
    pub(crate) fn value(&self, option: &str) -> Option<&str> {
        let found = self.values.iter().rev().find(|(known, _)| known == option);
        found.map(|(_, value)| value.as_str())
    }

    /// The one thing that is named.
    pub(crate) fn one(&self, what: &str) -> Result<&str, String> {
        match self.targets.as_slice() {
            [one] => Ok(one),
            _ => Err(format!("Name one {what}.\n\n{USAGE}")),
        }
    }
}
