//! The door between the shell and the page: committed bindings, and real calls on Tauri's mock runtime.

use std::{fs, path::Path, sync::Mutex};

use pairwise::{Shell, Surface, ipc};
use serde_json::{Value, json};
use tauri::{
    WebviewWindow, WebviewWindowBuilder,
    ipc::{CallbackFn, InvokeBody},
    test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder, mock_context, noop_assets},
    webview::InvokeRequest,
};

use crate::world::World;

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the one switch of this test is an environment variable"
)]
fn the_committed_bindings_are_what_the_commands_say() {
    let made = tempfile::NamedTempFile::with_suffix(".ts").unwrap();
    let typescript = specta_typescript::Typescript::default().header("// Made from the commands in src-tauri/src/ipc. `UPDATE_BINDINGS=1 cargo test --test promises bindings` makes it anew.\n");
    ipc::contract::<tauri::Wry>().export(typescript, made.path()).unwrap();
    let made = fs::read_to_string(made.path()).unwrap();
    let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/lib/bindings.ts");
    if std::env::var_os("UPDATE_BINDINGS").is_some() {
        fs::write(&committed, &made).unwrap();
    }
    assert!(
        fs::read_to_string(&committed).unwrap() == made,
        "ui/src/lib/bindings.ts is not what the commands say"
    );
}

struct NoWindow;

impl Surface for NoWindow {
    fn put_away(&self) {}
    fn heard_close(&self) {}
    fn zoom(&self, _percent: u32) {}
    fn close(&self) {}
}

fn page(world: &World) -> (tauri::App<MockRuntime>, WebviewWindow<MockRuntime>) {
    let session = world.another_session();
    let app = mock_builder()
        .invoke_handler(ipc::contract().invoke_handler())
        .manage(Shell {
            session: Mutex::new(session),
            surface: Box::new(NoWindow),
        })
        .build(mock_context(noop_assets()))
        .unwrap();
    let window = WebviewWindowBuilder::new(&app, "main", Default::default())
        .build()
        .unwrap();
    (app, window)
}

fn call(window: &WebviewWindow<MockRuntime>, command: &str, arguments: Value) -> Result<Value, Value> {
    let request = InvokeRequest {
        cmd: command.into(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: "tauri://localhost".parse().unwrap(),
        body: InvokeBody::Json(arguments),
        headers: Default::default(),
        invoke_key: INVOKE_KEY.to_string(),
    };
    get_ipc_response(window, request).map(|body| body.deserialize().unwrap())
}

#[test]
fn a_word_crosses_the_door_and_comes_back() {
    let world = World::new();
    let (_app, window) = page(&world);
    assert_eq!(call(&window, "startup", json!({})).unwrap()["type"], "welcome");
    call(&window, "add_person", json!({ "name": "Robin", "colour": "teal" })).unwrap();
    let turn = call(&window, "open_door", json!({ "seat": "a" })).unwrap();
    let token = turn["token"].as_str().unwrap();
    let open = call(&window, "open_run", json!({ "token": token, "lesson": "duet" })).unwrap();
    let run = open["run"].as_str().unwrap();
    let words = json!({ "type": "text", "text": "the first words" });
    let save = json!({ "token": token, "run": run, "field": "scene", "value": words });
    assert_eq!(call(&window, "save_answer", save).unwrap()["save"], 1);
    let state = call(&window, "run_state", json!({ "token": token, "run": run })).unwrap();
    assert_eq!(state["answers"][0]["value"], words);
    let refused = call(&window, "run_state", json!({ "token": "elsewhere", "run": run })).unwrap_err();
    assert_eq!(refused["type"], "turn-over");
}

#[test]
fn a_name_that_is_no_id_is_refused_at_the_door() {
    let world = World::new();
    let (_app, window) = page(&world);
    call(&window, "startup", json!({})).unwrap();
    assert!(call(&window, "open_run", json!({ "token": "", "lesson": "../etc/passwd" })).is_err());
}
