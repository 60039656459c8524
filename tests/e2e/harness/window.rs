//! The app's window as the desktop sees it: closed the way a person closes it.

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, InputFocus, KEY_PRESS_EVENT, KEY_RELEASE_EVENT, MapState,
    Window,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Asks the window of `pid` to close, as the cross in its corner does. Whether one was there to ask.
pub(crate) fn ask_to_close(pid: i32) -> Outcome<bool> {
    let (x, screen) = x11rb::connect(None)?;
    let root = x.setup().roots[screen].root;
    let delete = atom(&x, b"WM_DELETE_WINDOW")?;
    let protocols = atom(&x, b"WM_PROTOCOLS")?;
    let Some(window) = shown(&x, root, pid)? else {
        return Ok(false);
    };
    let message = ClientMessageEvent::new(32, window, protocols, [delete, x11rb::CURRENT_TIME, 0, 0, 0]);
    x.send_event(false, window, EventMask::NO_EVENT, message)?;
    // A reply comes after all before it: then the window has been asked.
    x.get_input_focus()?.reply()?;
    Ok(true)
}

/// Presses keys in the window of `pid`, as a keyboard does: for an app that nothing drives. Whether it is there yet.
pub(crate) fn press(pid: i32, keys: &[u32]) -> Outcome<bool> {
    let (x, screen) = x11rb::connect(None)?;
    let root = x.setup().roots[screen].root;
    let Some(window) = shown(&x, root, pid)? else {
        return Ok(false);
    };
    // Without a window manager nobody else gives it the keyboard.
    x.set_input_focus(InputFocus::PARENT, window, x11rb::CURRENT_TIME)?;
    let first = x.setup().min_keycode;
    let map = x
        .get_keyboard_mapping(first, x.setup().max_keycode - first + 1)?
        .reply()?;
    let rows = map.keysyms.chunks(map.keysyms_per_keycode.into());
    for key in keys {
        let code = (first..).zip(rows.clone()).find(|(_, row)| row.contains(key));
        let (code, _) = code.ok_or("the keyboard has that key")?;
        for event in [KEY_PRESS_EVENT, KEY_RELEASE_EVENT] {
            x.xtest_fake_input(event, code, 0, root, 0, 0, 0)?;
        }
    }
    x.get_input_focus()?.reply()?;
    Ok(true)
}

/// Everything by which the windows of `pid` are named to the desktop, hidden ones too: titles, icon names, classes.
pub(crate) fn names(pid: i32) -> Outcome<Vec<String>> {
    let (x, screen) = x11rb::connect(None)?;
    let mut names = Vec::new();
    for window in below(&x, x.setup().roots[screen].root)? {
        if owner(&x, window)? != Some(pid.cast_unsigned()) {
            continue;
        }
        for property in x.list_properties(window)?.reply()?.atoms {
            let text = x
                .get_property(false, window, property, AtomEnum::ANY, 0, 1 << 16)?
                .reply()?;
            if text.format == 8 {
                names.push(String::from_utf8_lossy(&text.value).into_owned());
            }
        }
    }
    Ok(names)
}

/// GTK keeps hidden windows with the same marks: only the one that shows is the person's.
fn shown(x: &RustConnection, root: Window, pid: i32) -> Outcome<Option<Window>> {
    let delete = atom(x, b"WM_DELETE_WINDOW")?;
    let protocols = atom(x, b"WM_PROTOCOLS")?;
    for window in below(x, root)? {
        let shows = x
            .get_window_attributes(window)?
            .reply()
            .is_ok_and(|now| now.map_state == MapState::VIEWABLE);
        let is_its = shows && owner(x, window)? == Some(pid.cast_unsigned());
        if is_its && understands(x, window, protocols, delete)? {
            return Ok(Some(window));
        }
    }
    Ok(None)
}

fn atom(x: &RustConnection, name: &[u8]) -> Outcome<u32> {
    Ok(x.intern_atom(false, name)?.reply()?.atom)
}

/// Every window under `top`; without a window manager the app's own is a child of the root.
fn below(x: &RustConnection, top: Window) -> Outcome<Vec<Window>> {
    let mut found = x.query_tree(top)?.reply()?.children;
    let mut next = 0;
    while next < found.len() {
        // A window may go away while we look.
        if let Ok(tree) = x.query_tree(found[next])?.reply() {
            found.extend(tree.children);
        }
        next += 1;
    }
    Ok(found)
}

fn owner(x: &RustConnection, window: Window) -> Outcome<Option<u32>> {
    let name = atom(x, b"_NET_WM_PID")?;
    let property = x.get_property(false, window, name, AtomEnum::CARDINAL, 0, 1)?.reply();
    Ok(property.ok().and_then(|property| property.value32()?.next()))
}

fn understands(x: &RustConnection, window: Window, protocols: u32, wanted: u32) -> Outcome<bool> {
    let property = x.get_property(false, window, protocols, AtomEnum::ATOM, 0, 32)?.reply();
    Ok(property
        .ok()
        .and_then(|property| Some(property.value32()?.any(|atom| atom == wanted)))
        .unwrap_or(false))
}
