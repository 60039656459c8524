//! shell
pub mod ipc;
pub fn contract() -> tauri_specta::Builder<tauri::Wry> {
    tauri_specta::Builder::<tauri::Wry>::new().disable_serde_phases().commands(tauri_specta::collect_commands![
        ipc::commands::startup, ipc::commands::make_profile, ipc::commands::add_person, ipc::commands::open_door, ipc::commands::open_together,
        ipc::commands::take_turn, ipc::commands::end_turn, ipc::commands::leave, ipc::commands::hide_now, ipc::commands::home, ipc::commands::course,
        ipc::commands::open_run, ipc::commands::begin_again, ipc::commands::run_state, ipc::commands::save_answer, ipc::commands::history,
        ipc::commands::pass_step, ipc::commands::go_to_step, ipc::commands::set_bookmark, ipc::commands::seal, ipc::commands::unseal,
        ipc::commands::set_aside, ipc::commands::say_open, ipc::commands::help_lines, ipc::commands::ready_to_close])
}
#[test] fn b(){ contract().export(specta_typescript::Typescript::default(), "ui/src/lib/bindings.ts").unwrap() }
