//! The door between the shell and the UI: what crosses it ([`dto`]), and every command ([`commands`]).

pub mod commands;
pub mod dto;

use tauri::Runtime;

/// Every command with its types: the handler of the app, and the source of `ui/src/lib/bindings.ts`.
pub fn contract<R: Runtime>() -> tauri_specta::Builder<R> {
    tauri_specta::Builder::new()
        .disable_serde_phases()
        .commands(tauri_specta::collect_commands![
            commands::door::startup,
            commands::door::make_profile,
            commands::door::add_person,
            commands::door::open_door,
            commands::door::open_together,
            commands::door::missing_is_said,
            commands::door::take_turn,
            commands::door::end_turn,
            commands::door::leave,
            commands::window::hide_now,
            commands::course::home,
            commands::course::course,
            commands::course::choose_path,
            commands::run::open_run,
            commands::run::begin_again,
            commands::run::run_state,
            commands::run::save_answer,
            commands::run::history,
            commands::run::use_version,
            commands::run::forget_versions,
            commands::removal::remove_answer,
            commands::removal::put_answer_back,
            commands::removal::renew_backups,
            commands::together::carries,
            commands::together::carry_over,
            commands::together::say_yes,
            commands::together::say_no,
            commands::removal::about_leaving,
            commands::removal::remove_space,
            commands::removal::stop_sharing,
            commands::removal::remove_everything,
            commands::together::share_again,
            commands::run::pass_step,
            commands::run::go_to_step,
            commands::course::set_bookmark,
            commands::together::seal,
            commands::together::unseal,
            commands::together::set_aside,
            commands::together::say_open,
            commands::together::send_line,
            commands::together::accept_agreement,
            commands::together::end_agreement,
            commands::together::pick_ready,
            commands::course::choose_pace,
            commands::course::move_plan,
            commands::keep::export_words,
            commands::keep::save_export,
            commands::lock::lock_space,
            commands::lock::change_passphrase,
            commands::lock::take_lock_off,
            commands::lock::recovery_words,
            commands::lock::unlock,
            commands::lock::unlock_with_words,
            commands::lock::unlock_beside,
            commands::lock::suggest_passphrase,
            commands::window::still_here,
            commands::course::help_lines,
            commands::window::heard_close,
            commands::window::ready_to_close,
        ])
}
