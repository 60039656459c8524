//! The command line: `pairwise --profile DIR --lessons DIR`.

use std::{ffi::OsString, path::PathBuf};

/// What the app was started with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Arguments {
    /// Keep everything in this folder instead of the usual one. It has to exist: a folder that is missing may be
    /// a drive that is not plugged in, and a new, empty profile in its place would look like a loss.
    pub(crate) profile: Option<PathBuf>,
    /// Read the course from this folder instead of the built-in one.
    pub(crate) lessons: Option<PathBuf>,
}

/// Reads the arguments that follow the program's name.
///
/// # Errors
/// A sentence for the terminal about the first argument that was not understood.
pub(crate) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Arguments, String> {
    let mut read = Arguments::default();
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        let slot = match argument.to_str() {
            Some("--profile") => &mut read.profile,
            Some("--lessons") => &mut read.lessons,
            _ => {
                return Err(format!(
                    "Pairwise does not know {}. It takes --profile FOLDER and --lessons FOLDER, and nothing else.",
                    argument.to_string_lossy()
                ));
            }
        };
        match arguments.next() {
            Some(folder) => *slot = Some(PathBuf::from(folder)),
            None => return Err(format!("{} needs a folder after it.", argument.to_string_lossy())),
        }
    }
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_words(words: &[&str]) -> Result<Arguments, String> {
        read(words.iter().map(OsString::from))
    }

    #[test]
    fn both_folders_can_be_named_in_any_order() {
        let expected = Arguments {
            profile: Some("p".into()),
            lessons: Some("l".into()),
        };
        assert_eq!(read_words(&["--lessons", "l", "--profile", "p"]), Ok(expected));
        assert_eq!(read_words(&[]), Ok(Arguments::default()));
    }

    #[test]
    fn what_is_not_understood_is_said_and_not_ignored() {
        assert!(read_words(&["--profil", "p"]).is_err_and(|message| message.contains("--profil")));
        assert!(read_words(&["--profile"]).is_err_and(|message| message.contains("needs a folder")));
    }
}
