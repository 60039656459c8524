//! What can be chosen: how the screen looks, which belongs to the computer; and what is a person's own.

use serde::{Deserialize, Serialize};
use specta::Type;

/// Light, dark, or as the computer has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// As the computer has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

/// How the screen looks, for whoever is at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
pub struct Look {
    /// Light or dark.
    pub theme: Theme,
    /// The size of everything, in percent: 90, 100, 115, 130 or 150.
    pub text_size: u32,
}

/// What a person chose in their own space, and what there is to know about the app.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
pub struct Settings {
    /// After how many minutes with nobody there a locked space closes: 2, 5, 10, 15 or 30.
    pub idle_minutes: u32,
    /// Whether my private fields are spell-checked.
    pub spelling: bool,
    /// The folder everything is in.
    pub folder: String,
    /// The version of the app.
    pub version: String,
}
