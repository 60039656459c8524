//! How the screen looks on this computer: theme, text size, and where the window was.
//!
//! It belongs to the computer and says nothing of anybody's words, so it stands outside their files, in `screen.json`
//! beside them: it has to be known before any space opens. A file that can't be read, or says what this version does not
//! know, is passed over: the screen then looks as at first.
//! Deliberately not here: what is a person's own (`settings`).

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use crate::{
    ipc::dto::{Look, Refusal, Theme},
    save_copy::not_written,
    session::Session,
};

/// The sizes there are, in percent.
const TEXT_SIZES: [u32; 5] = [90, 100, 115, 130, 150];
/// No honest file is longer, in bytes.
const LONGEST: u64 = 4096;

/// What the file holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Screen {
    theme: Theme,
    text_size: u32,
}

impl Default for Screen {
    fn default() -> Screen {
        Screen {
            theme: Theme::default(),
            text_size: 100,
        }
    }
}

impl Screen {
    /// What the file in this folder says; as at first where there is none to be read.
    pub(crate) fn read(folder: &Path) -> Screen {
        let path = path(folder);
        let short = fs::metadata(&path).is_ok_and(|about| about.is_file() && about.len() <= LONGEST);
        let text = short.then(|| fs::read_to_string(&path).ok()).flatten();
        let read = text.and_then(|text| serde_json::from_str::<Screen>(&text).ok());
        read.filter(|screen| TEXT_SIZES.contains(&screen.text_size))
            .unwrap_or_default()
    }

    /// Light or dark, and the size of everything.
    pub(crate) fn look(&self) -> Look {
        Look {
            theme: self.theme,
            text_size: self.text_size,
        }
    }

    /// The old file or the new one, and never half of one.
    fn write(&self, folder: &Path) -> io::Result<()> {
        let text = serde_json::to_string_pretty(self).map_err(io::Error::other)?;
        let mut file = tempfile::Builder::new().prefix(".screen-").tempfile_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist(path(folder)).map_err(|error| error.error)?;
        Ok(())
    }
}

fn path(folder: &Path) -> PathBuf {
    folder.join("screen.json")
}

impl Session {
    /// How the screen looks on this computer.
    pub fn look(&self) -> Look {
        self.screen.look()
    }

    /// Makes the screen look otherwise, from now on and at the next start.
    ///
    /// # Errors
    /// `Misfit` for a size there is not; `NotHere` while this window does not hold the profile; `Storage` when it could
    /// not be kept: nothing is changed then.
    pub fn set_look(&mut self, look: Look) -> Result<(), Refusal> {
        if !TEXT_SIZES.contains(&look.text_size) {
            return Err(Refusal::Misfit);
        }
        let screen = Screen {
            theme: look.theme,
            text_size: look.text_size,
        };
        self.keep_screen(screen)
    }

    /// With everything else that goes: the file too. One that stays says nothing of anybody.
    pub(crate) fn forget_screen(&mut self, folder: &Path) {
        self.screen = Screen::default();
        let _ = fs::remove_file(path(folder));
    }

    fn keep_screen(&mut self, screen: Screen) -> Result<(), Refusal> {
        let folder = self.profile_mut()?.dir().to_path_buf();
        if screen != self.screen {
            screen.write(&folder).map_err(|error| not_written(&folder, &error))?;
            self.screen = screen;
        }
        Ok(())
    }
}
