//! The door between the shell and the UI: what crosses it ([`dto`]), and every command ([`commands`]).

pub mod commands;
pub mod dto;

use tauri::Runtime;

/// Every command with its types: the handler of the app, and the source of `ui/src/lib/bindings.ts`.
pub fn contract<R: Runtime>() -> tauri_specta::Builder<R> {
    tauri_specta::Builder::new()
        .disable_serde_phases()
        .commands(tauri_specta::collect_commands![
            commands::startup,
            commands::make_profile,
            commands::add_person,
            commands::open_door,
            commands::open_together,
            commands::take_turn,
            commands::end_turn,
            commands::leave,
            commands::hide_now,
            commands::home,
            commands::course,
            commands::choose_path,
            commands::open_run,
            commands::begin_again,
            commands::read_again,
            commands::run_state,
            commands::save_answer,
            commands::history,
            commands::use_version,
            commands::forget_versions,
            commands::remove_answer,
            commands::put_answer_back,
            commands::renew_backups,
            commands::carries,
            commands::carry_over,
            commands::say_yes,
            commands::say_no,
            commands::about_leaving,
            commands::remove_space,
            commands::stop_sharing,
            commands::remove_everything,
            commands::share_again,
            commands::pass_step,
            commands::go_to_step,
            commands::set_bookmark,
            commands::seal,
            commands::unseal,
            commands::set_aside,
            commands::say_open,
            commands::send_line,
            commands::accept_agreement,
            commands::end_agreement,
            commands::pick_ready,
            commands::choose_pace,
            commands::move_plan,
            commands::export_words,
            commands::save_export,
            commands::lock_space,
            commands::change_passphrase,
            commands::take_lock_off,
            commands::recovery_words,
            commands::unlock,
            commands::unlock_with_words,
            commands::unlock_beside,
            commands::suggest_passphrase,
            commands::still_here,
            commands::help_lines,
            commands::heard_close,
            commands::ready_to_close,
        ])
}
