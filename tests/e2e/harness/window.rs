//! The app's window as the desktop sees it: closed the way a person closes it.

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{AtomEnum, ClientMessageEvent, ConnectionExt, EventMask, MapState, Window};
use x11rb::rust_connection::RustConnection;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Asks the window of `pid` to close, as the cross in its corner does. Whether one was there to ask.
pub(crate) fn ask_to_close(pid: i32) -> Outcome<bool> {
    let (x, screen) = x11rb::connect(None)?;
    let root = x.setup().roots[screen].root;
    let delete = atom(&x, b"WM_DELETE_WINDOW")?;
    let protocols = atom(&x, b"WM_PROTOCOLS")?;
    for window in below(&x, root)? {
        // GTK keeps hidden windows with the same marks: only the one that shows is the person's.
        let shows = x
            .get_window_attributes(window)?
            .reply()
            .is_ok_and(|now| now.map_state == MapState::VIEWABLE);
        let is_its = shows && owner(&x, window)? == Some(pid.cast_unsigned());
        if is_its && understands(&x, window, protocols, delete)? {
            let message = ClientMessageEvent::new(32, window, protocols, [delete, x11rb::CURRENT_TIME, 0, 0, 0]);
            x.send_event(false, window, EventMask::NO_EVENT, message)?;
            // A reply comes after all before it: then the window has been asked.
            x.get_input_focus()?.reply()?;
            return Ok(true);
        }
    }
    Ok(false)
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
