//! tauri-driver and the WebKitWebDriver behind it: one pair for each time the app is opened, so that an app that was
//! killed leaves no half-dead session behind.

use super::{Place, process};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Ends what it started, by id, when dropped.
pub(super) struct Driver {
    child: Child,
    port: u16,
}

impl Driver {
    /// None when it does not come up in time, such as when something else took its port first; the caller starts another.
    pub(super) fn start(place: &Place) -> Option<Self> {
        assert!(
            std::env::var_os("DISPLAY").is_some() && std::env::var_os("PAIRWISE_TAURI_DRIVER").is_some(),
            "these tests need a screen and a driver, which `cargo xtask test window` gives them"
        );
        let program = std::env::var_os("PAIRWISE_TAURI_DRIVER").unwrap();
        let [port, native] = free_ports();
        let mut command = Command::new(program);
        command.args(["--port", &port.to_string(), "--native-port", &native.to_string()]);
        place.dress(&mut command);
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap();
        let driver = Self { child, port };
        let begun = Instant::now();
        while [port, native]
            .iter()
            .any(|port| TcpStream::connect((Ipv4Addr::LOCALHOST, *port)).is_err())
        {
            if begun.elapsed() > Duration::from_secs(10) {
                return None;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Some(driver)
    }

    /// Starts the app, and a session that drives its window. None when the driver does not answer in time, which
    /// WebKitWebDriver has been seen to do on a machine with much else to do; the caller starts another.
    pub(super) async fn session(&self, place: &Place) -> Option<Client> {
        let options = json!({ "application": place.application(), "args": place.args() });
        // Nothing else may be asked for: WebKitWebDriver refuses a session that names a browser.
        let capabilities = serde_json::Map::from_iter([("tauri:options".to_owned(), options)]);
        let url = format!("http://127.0.0.1:{}", self.port);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let opening = builder.capabilities(capabilities).connect(&url);
        let opened = tokio::time::timeout(Duration::from_secs(60), opening).await.ok()?;
        Some(opened.expect("the app opens and lets itself be driven"))
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // All at once and by id: tauri-driver, WebKitWebDriver, and the app with its web processes if it is still open.
        let family = process::family(self.child.id().cast_signed());
        family.iter().rev().for_each(|pid| process::kill9(*pid));
        self.child.wait().ok();
    }
}

/// Two that nothing listens on. Both are held until both are known, so that they are not the same.
fn free_ports() -> [u16; 2] {
    let held = [0, 0].map(|any| TcpListener::bind((Ipv4Addr::LOCALHOST, any)).unwrap());
    held.map(|listener| listener.local_addr().unwrap().port())
}
