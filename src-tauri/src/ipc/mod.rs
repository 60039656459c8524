//! The door between the shell and the UI.
pub mod commands;
pub mod dto;
