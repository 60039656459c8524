//! The `pack:` protocol: the pictures of the course that is open, each by the hash of its bytes, and nothing else.
//!
//! A request is a hash, never a name: no path, no query, no folder can be asked for. What is not a picture of the
//! course gets the same empty answer, whatever it was.

use std::collections::BTreeMap;

use tauri::{
    Manager, Runtime, UriSchemeContext, UriSchemeResponder,
    http::{Method, Request, Response, StatusCode, header},
};

use crate::{Shell, reader::Reader, session::Session};

/// `pack://localhost/HASH`, or on Windows `http://pack.localhost/HASH`. The content security policy allows both.
pub const SCHEME: &str = "pack";

/// Answers on a thread of its own: neither the disk nor a session that is busy may hold up the window.
pub(crate) fn serve<R: Runtime>(
    context: UriSchemeContext<'_, R>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let app = context.app_handle().clone();
    tauri::async_runtime::spawn_blocking(move || {
        let shell = app.state::<Shell>();
        let answer = answer(&shell.session(), &request);
        responder.respond(answer);
    });
}

/// The picture that is asked for, or 404.
pub fn answer(session: &Session, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let found = hash(request).and_then(|hash| session.picture(hash));
    let (status, mime, bytes) = match found {
        Some((kind, bytes)) => (StatusCode::OK, Some(kind.mime()), bytes),
        None => (StatusCode::NOT_FOUND, None, Vec::new()),
    };
    let mut answer = Response::new(bytes);
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    let mut say = |name, value| headers.insert(name, header::HeaderValue::from_static(value));
    // What it is was settled when the course was read; nobody guesses.
    say(header::CONTENT_TYPE, mime.unwrap_or("application/octet-stream"));
    say(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    // Not even by accident a page, and in nobody's cache: which pictures were looked at is nobody's business.
    say(header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox");
    say(header::CACHE_CONTROL, "no-store");
    answer
}

/// What a request asks for, if it is a plain one.
fn hash(request: &Request<Vec<u8>>) -> Option<&str> {
    let uri = request.uri();
    let plain = request.method() == Method::GET && uri.query().is_none() && uri.host() == Some("localhost");
    uri.path().strip_prefix('/').filter(|_| plain)
}

impl Session {
    /// A picture of the course that is open: what it is, and its bytes as they were when the course was read.
    pub fn picture(&self, hash: &str) -> Option<(course::Image, Vec<u8>)> {
        let files = course::Folder(self.places.lessons.clone());
        self.course.as_ref()?.picture(&files, hash)
    }
}

impl Reader<'_> {
    /// The pictures of the course as it is now: the hash of each, by the name that its lessons have for it.
    pub(crate) fn pictures(&self) -> BTreeMap<String, String> {
        let pictures = self.course.pictures();
        pictures
            .map(|picture| (picture.name.clone(), picture.hash.as_str().to_owned()))
            .collect()
    }
}
