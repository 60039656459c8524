//! At rest no process of the app, nor of its web view, holds a socket on any network.

use crate::harness::{App, Place, process, window};
use crate::lesson_page::see_saved;
use crate::locks::{open_with, put_a_lock_on};
use crate::people::begin_as_two;
use crate::together::{begin_here, go_to, take};
use crate::world::{World, text};
use fantoccini::key::Key;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const KEY: &str = "copper lantern harbour twig";
const TAB: u32 = 0xff09;
const RETURN: u32 = 0xff0d;

/// The internet sockets of a whole family, by process.
fn sockets(family: &[i32]) -> Vec<String> {
    let of = |pid: &i32| {
        let name = process::name(*pid);
        process::internet_sockets(*pid)
            .into_iter()
            .map(move |row| format!("{name}: {row}"))
    };
    family.iter().flat_map(of).collect()
}

/// The web view's processes are among them.
fn is_whole(family: &[i32]) -> bool {
    let names: Vec<_> = family.iter().map(|pid| process::name(*pid)).collect();
    ["WebKitWeb", "WebKitNetwork"]
        .iter()
        .all(|start| names.iter().any(|name| name.starts_with(start)))
}

/// A driven window is spoken to over one port of this machine, which the driver opened for it; nothing but that.
fn only_the_drivers(app: &App, when: &str) {
    let family = process::family(app.pid());
    assert!(is_whole(&family), "{when}: the web view's processes are there");
    let port = app.driven_over();
    let (drivers, others): (Vec<_>, Vec<_>) = sockets(&family)
        .into_iter()
        .partition(|row| row.contains(&format!("0100007F:{port:04X} ")));
    assert!(others.is_empty(), "{when}: {others:#?}");
    assert!(
        !drivers.is_empty(),
        "{when}: the driver’s own is seen, so others would be"
    );
}

#[test]
fn at_rest_no_process_of_the_app_holds_a_socket_on_a_network() {
    let place = Place::new();
    let app = place.open();
    only_the_drivers(&app, "at the first window");
    begin_as_two(&app, "Robin", "Sam");
    only_the_drivers(&app, "at the front door");
    app.click("Open Robin’s space");
    app.see(", Robin.");
    only_the_drivers(&app, "in one's own space");
    put_a_lock_on(&app, KEY);
    app.click("Lock and leave");
    app.see_to_press("Together");
    only_the_drivers(&app, "locked");
    app.click("Together");
    app.see("Robin’s space is locked");
    open_with(&app, KEY);
    app.see("side by side");
    begin_here(&app, "Our loop");
    only_the_drivers(&app, "together");
    go_to(&app, "One ordinary moment");
    take(&app, "Sam");
    app.fill("What would a camera have seen", "two cups going cold");
    see_saved(&app);
    only_the_drivers(&app, "after typing and saving");
    (0..3).for_each(|_| app.press(&Key::Shift));
    app.see("press any key");
    only_the_drivers(&app, "hidden");
}

/// The app as anybody starts it. Ended by its id when dropped.
struct Plain(Child);

impl Plain {
    fn start(mut command: Command) -> Self {
        let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        Self(quiet.spawn().unwrap())
    }

    fn pid(&self) -> i32 {
        self.0.id().cast_signed()
    }

    fn until(&self, what: &str, mut condition: impl FnMut(i32) -> bool) {
        let begun = Instant::now();
        while !condition(self.pid()) {
            assert!(begun.elapsed() < Duration::from_secs(60), "waited in vain for {what}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

impl Drop for Plain {
    fn drop(&mut self) {
        process::family(self.pid()).into_iter().rev().for_each(process::kill9);
        self.0.wait().ok();
    }
}

#[test]
fn an_app_that_nothing_drives_holds_no_socket_on_a_network_at_all() {
    let mut world = World::alone();
    world.writes("scene", text("two cups going cold"));
    let place = Place::in_folder(world.into_folder());
    let app = Plain::start(place.command());
    let profile = place.profile().display().to_string();
    let holds = |pid, end: &str| {
        let held = process::holds(pid);
        held.iter()
            .any(|file| file.starts_with(&profile) && file.ends_with(end))
    };
    // Its page has asked what there is, which takes hold of the profile.
    app.until("the front door", |pid| {
        is_whole(&process::family(pid)) && holds(pid, "/lock")
    });
    assert_eq!(
        sockets(&process::family(app.pid())),
        Vec::<String>::new(),
        "at the front door"
    );
    app.until("one’s own space", |pid| {
        holds(pid, ".db") || (window::press(pid, &[TAB, RETURN]).unwrap() && holds(pid, ".db"))
    });
    assert_eq!(
        sockets(&process::family(app.pid())),
        Vec::<String>::new(),
        "in one’s own space"
    );
}
