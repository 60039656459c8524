//! Nothing gets out of the page and nothing comes in, by whatever way script tries: counted by a listener on this
//! machine, and by every address that any process of the app names to the system.

use super::{LESSON, Written, sit_down, written};
use crate::harness::App;
use serde_json::{Value, json};
use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const WAYS: &str = include_str!("ways.js");

/// Ways that end in the page going elsewhere. Each is one line, so that a page that does go leaves the next unharmed.
const GOING: [&str; 9] = [
    "location.href = THERE",
    "location.assign('http://localhost/')",
    "location.replace('file:///etc/hostname')",
    "location.href = 'data:text/html,elsewhere'",
    "location.href = URL.createObjectURL(new Blob(['elsewhere'], { type: 'text/html' }))",
    "location.href = 'asset://localhost/etc/hostname'",
    "document.head.append(Object.assign(document.createElement('meta'), { httpEquiv: 'refresh', content: '0; url=' + THERE }))",
    "window.open(THERE); window.open(THERE, '_self'); window.open(THERE, 'other', 'popup')",
    "const form = Object.assign(document.createElement('form'), { method: 'post', action: THERE }); document.body.append(form); form.submit()",
];

/// Ways that a page may only take when somebody presses something: put at the end of the page, to be pressed.
const TO_PRESS: &str = "
    const there = THERE;
    const put = (words, tag, more) => document.body.append(Object.assign(document.createElement(tag), { textContent: words }, more));
    put('Way out: a link', 'a', { href: there });
    put('Way out: a link to a new window', 'a', { href: there, target: '_blank' });
    put('Way out: a link with an opener', 'a', { href: there, target: '_blank', rel: 'opener' });
    put('Way out: a download', 'a', { href: there, download: 'words.txt' });
    put('Way out: our own words as a download', 'a', { href: URL.createObjectURL(new Blob(['words'])), download: 'words.txt' });
    put('Way out: a link that tells', 'a', { href: '#here', ping: there });
    put('Way out: a file', 'a', { href: 'file:///etc/hostname' });
    put('Way out: a window', 'button', { onclick: () => window.open(there) });
    put('Way out: a mail', 'a', { href: 'mailto:someone@example.org?body=words' });
    const form = Object.assign(document.createElement('form'), { method: 'post', action: there, target: '_blank' });
    document.body.append(form);
    form.append(Object.assign(document.createElement('button'), { textContent: 'Way out: a form' }));";

/// Notes whoever comes, over TCP and UDP at one port, and gives each a script to take home.
struct Ear {
    port: u16,
    came: Arc<Mutex<Vec<String>>>,
}

/// What we send ourselves, to know that it hears.
const OURS: &str = "the test itself";

impl Ear {
    fn open() -> Self {
        let tcp = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = tcp.local_addr().unwrap().port();
        let udp = UdpSocket::bind((Ipv4Addr::LOCALHOST, port)).unwrap();
        let came = Arc::new(Mutex::new(Vec::new()));
        let notes = Arc::clone(&came);
        std::thread::spawn(move || {
            for stream in tcp.incoming().flatten() {
                let said = answer(stream);
                notes.lock().unwrap().push(said);
            }
        });
        let notes = Arc::clone(&came);
        std::thread::spawn(move || {
            let mut said = [0; 2000];
            while let Ok(length) = udp.recv(&mut said) {
                notes.lock().unwrap().push(first_line(&said[..length]));
            }
        });
        Self { port, came }
    }

    /// Who came, but for ourselves. By the time we were heard twice, so was everybody before us.
    fn others(&self) -> Vec<String> {
        let there = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let mut tcp = TcpStream::connect(there).unwrap();
        tcp.write_all(OURS.as_bytes()).unwrap();
        tcp.shutdown(Shutdown::Write).unwrap();
        let udp = UdpSocket::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        udp.send_to(OURS.as_bytes(), there).unwrap();
        loop {
            let came = self.came.lock().unwrap().clone();
            let (ours, others): (Vec<_>, Vec<_>) = came.into_iter().partition(|one| one == OURS);
            if ours.len() == 2 {
                return others;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

/// The first line of what somebody said, after they were answered.
fn answer(mut stream: TcpStream) -> String {
    stream.set_read_timeout(Some(Duration::from_millis(200))).ok();
    let mut said = [0; 2000];
    let length = stream.read(&mut said).unwrap_or_default();
    let body = "window.cameIn = 'from there'";
    let head =
        "HTTP/1.1 200 OK\r\nContent-Type: text/javascript\r\nAccess-Control-Allow-Origin: *\r\nConnection: close";
    write!(stream, "{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()).ok();
    first_line(&said[..length])
}

fn first_line(said: &[u8]) -> String {
    let text = String::from_utf8_lossy(said);
    text.lines().next().unwrap_or("somebody who said nothing").to_owned()
}

/// A place whose app is watched: every address on a network that one of its processes names is in the file.
fn watched(written: Written) -> (Written, PathBuf) {
    let trace = written.place.profile().with_file_name("trace");
    let calls = "trace=connect,sendto,sendmsg,sendmmsg";
    let out = trace.to_str().unwrap().to_owned();
    let place = written
        .place
        .through(&["strace", "-f", "-q", "--seccomp-bpf", "-e", calls, "-o", &out]);
    (Written { place, ..written }, trace)
}

/// Still our page, the very same, and not one that was loaded anew.
fn still_here(app: &App, after: &str) {
    let now = app
        .ask("return [location.protocol, location.host, window.sameAsBefore ?? false]")
        .unwrap();
    assert_eq!(now, json!(["tauri:", "localhost", true]), "after {after}");
}

#[test]
fn script_in_the_page_reaches_nothing_and_nothing_reaches_it() {
    let (written, trace) = watched(written());
    let ear = Ear::open();
    let lies = written.place.profile().with_file_name("lies.js");
    fs::write(&lies, "window.cameIn = 'from the disk'").unwrap();
    let there = format!("'http://127.0.0.1:{}/'", ear.port);
    let app = written.place.open();
    sit_down(&app);
    app.ask("window.sameAsBefore = true").unwrap();

    let mut ways = Vec::new();
    for kind in ["code", "network", "files"] {
        let tried = app
            .ask_with(WAYS, vec![json!(kind), json!(ear.port), json!(lies)])
            .unwrap();
        ways.extend(serde_json::from_value::<Vec<(String, String)>>(tried).unwrap());
        still_here(&app, kind);
    }
    for (way, ended) in &ways {
        println!("{way}: {ended}");
    }
    let open: Vec<_> = ways.iter().filter(|(_, ended)| ended.starts_with("OPEN")).collect();
    assert!(open.is_empty(), "{open:?}");

    the_policy_says_so(&app, ear.port);

    for way in GOING {
        app.ask(&way.replace("THERE", &there)).unwrap();
        still_here(&app, way);
    }
    app.ask(&TO_PRESS.replace("THERE", &there)).unwrap();
    let pressed = TO_PRESS.matches("'Way out: ").count();
    for at in 0..pressed {
        app.click_nth("Way out: ", at);
        still_here(&app, &format!("pressing way {at}"));
    }
    assert_eq!(app.ask("return window.cameIn ?? null").unwrap(), Value::Null);
    assert_eq!(
        named(&written.place.home(), "words"),
        Vec::<PathBuf>::new(),
        "nothing was put down"
    );

    // The page is still there to be used.
    app.click("Not today");
    app.see("side by side");
    app.click(&format!("Carry on: {LESSON}"));
    app.see_to_press("Next");
    let drivers = app.driven_over();
    app.quit();
    println!(
        "{} ways, {} that lead elsewhere, {pressed} to press",
        ways.len(),
        GOING.len()
    );
    assert_eq!(ear.others(), Vec::<String>::new(), "nobody came");
    named_no_address(&trace, drivers);
}

/// The wall in front of the web view's network, which leads nowhere, held by itself: the policy refused these.
fn the_policy_says_so(app: &App, port: u16) {
    for refusal in [
        "script-src eval",
        "script-src-attr inline",
        "script-src-elem inline",
        "script-src-elem THERE/script",
        "worker-src blob",
        "connect-src THERE/fetch",
        "connect-src THERE/xhr",
        "connect-src THERE/beacon",
        "connect-src THERE/events",
        "connect-src http://ipc.localhost/fetch",
        "connect-src file",
        "img-src THERE/image?words",
        "img-src THERE/css",
        "media-src THERE/video",
        "font-src THERE/font",
        "style-src-elem THERE/style.css",
        "style-src-elem inline",
        "object-src THERE",
        "frame-src THERE",
        "base-uri THERE/",
    ] {
        let refusal = refusal.replace("THERE", &format!("http://127.0.0.1:{port}"));
        app.until(&format!("the refusal of {refusal}"), |app| {
            let broken = app.ask("return window.broken")?;
            Ok(broken.as_array().is_some_and(|all| all.contains(&json!(refusal))))
        });
    }
}

/// Files below a folder whose names begin so.
fn named(folder: &Path, start: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(named(&path, start));
        } else if path
            .file_name()
            .unwrap()
            .to_str()
            .is_some_and(|name| name.starts_with(start))
        {
            found.push(path);
        }
    }
    found
}

/// No process of the app named an address on any network, this machine's own included, but the one that leads nowhere.
fn named_no_address(trace: &Path, drivers: u16) {
    let trace = fs::read_to_string(trace).unwrap();
    assert!(trace.contains("AF_UNIX"), "what the app's processes do was watched");
    let is_meant = |line: &str| [0, drivers].iter().any(|port| line.contains(&format!("htons({port})")));
    let (meant, named): (Vec<_>, Vec<_>) = trace
        .lines()
        .filter(|line| line.contains("AF_INET"))
        .partition(|line| is_meant(line));
    assert!(named.is_empty(), "{}", named.join("\n"));
    assert!(
        !meant.is_empty(),
        "the driver’s own address was seen, so others would be"
    );
}
