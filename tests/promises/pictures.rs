//! The pictures of a lesson cross to the page, by the hash of their bytes; nothing else that lies in a folder does.

use course::ContentHash;
use pairwise::{
    ipc::dto::{Colour, Seat},
    pack,
};
use tauri::http::{Method, Request, Response, StatusCode};

use crate::world::{DUET, World, id};

/// The whole head of a picture of 2 × 1 pixels, as far as it is read; the words after it make each another picture.
fn png(words: &str) -> Vec<u8> {
    let head = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x02\0\0\0\x01\x08\0\0\0\0";
    [head, words.as_bytes()].concat()
}

/// A course whose one lesson shows `images/lamp.png`, with other things in its folder.
fn world() -> World {
    let shows = DUET.replace("Some words to begin with.", "![A lamp on a table](images/lamp.png)");
    let world = World::with(&[("duet", &shows)]);
    std::fs::create_dir(world.path("lessons/images")).unwrap();
    lay(&world, "lessons/images/lamp.png", &png("a lamp"));
    lay(&world, "lessons/images/elsewhere.png", &png("shown by no lesson"));
    lay(
        &world,
        "lessons/images/drawing.svg",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    );
    lay(&world, "secret.png", &png("outside of the course"));
    world.with_one()
}

fn lay(world: &World, file: &str, bytes: &[u8]) {
    std::fs::write(world.path(file), bytes).unwrap();
}

fn hash_of(bytes: &[u8]) -> String {
    ContentHash::of(bytes).as_str().to_owned()
}

fn ask(world: &World, address: &str) -> Response<Vec<u8>> {
    let request = Request::builder().uri(address).body(Vec::new()).unwrap();
    pack::answer(&world.session, &request)
}

fn ask_for(world: &World, hash: &str) -> Response<Vec<u8>> {
    ask(world, &format!("pack://localhost/{hash}"))
}

fn is_nothing(answer: &Response<Vec<u8>>) -> bool {
    answer.status() == StatusCode::NOT_FOUND && answer.body().is_empty()
}

#[test]
fn a_picture_of_the_lesson_is_given_by_its_hash_as_what_it_is_and_as_nothing_else() {
    let mut world = world();
    let lamp = png("a lamp");
    assert_eq!(
        world.open().pictures,
        [("images/lamp.png".to_owned(), hash_of(&lamp))].into()
    );
    let answer = ask_for(&world, &hash_of(&lamp));
    assert_eq!((answer.status(), answer.body()), (StatusCode::OK, &lamp));
    let said = |name: &str| answer.headers()[name].to_str().unwrap();
    assert_eq!(said("content-type"), "image/png");
    assert_eq!(said("x-content-type-options"), "nosniff");
    assert_eq!(said("content-security-policy"), "default-src 'none'; sandbox");
    assert_eq!(said("cache-control"), "no-store", "what was looked at is kept nowhere");
}

#[test]
fn nothing_is_given_but_the_pictures_of_the_course_that_is_open() {
    let world = world();
    for file in [
        "lessons/images/elsewhere.png",
        "lessons/images/drawing.svg",
        "lessons/course.toml",
        "lessons/en/duet.md",
        "secret.png",
        "profile/keys.json",
    ] {
        let bytes = std::fs::read(world.path(file)).unwrap();
        assert!(is_nothing(&ask_for(&world, &hash_of(&bytes))), "{file}");
    }
    let before_start = world.another_session();
    let request = Request::builder().uri(format!("pack://localhost/{}", hash_of(&png("a lamp"))));
    let answer = pack::answer(&before_start, &request.body(Vec::new()).unwrap());
    assert!(is_nothing(&answer), "no course is open yet");
}

#[test]
fn no_name_and_no_way_up_leads_to_a_file() {
    let world = world();
    let lamp = hash_of(&png("a lamp"));
    assert_eq!(ask_for(&world, &lamp).status(), StatusCode::OK);
    for path in [
        String::new(),
        "images/lamp.png".to_owned(),
        "../secret.png".to_owned(),
        "..%2Fsecret.png".to_owned(),
        "%2e%2e/profile/keys.json".to_owned(),
        "/etc/passwd".to_owned(),
        lamp.to_uppercase(),
        lamp[..63].to_owned(),
        format!("{lamp}0"),
        format!("{lamp}/"),
        format!("/{lamp}"),
        format!("images/{lamp}"),
        format!("../{lamp}"),
        format!("{lamp}?"),
        format!("{lamp}?size=2"),
    ] {
        assert!(is_nothing(&ask_for(&world, &path)), "{path:?}");
    }
    assert!(is_nothing(&ask(&world, &format!("pack://elsewhere/{lamp}"))));
    let mut request = Request::builder().uri(format!("pack://localhost/{lamp}"));
    request = request.method(Method::POST);
    assert!(is_nothing(&pack::answer(
        &world.session,
        &request.body(Vec::new()).unwrap()
    )));
}

#[test]
fn a_picture_that_was_changed_is_not_given_under_the_hash_it_had() {
    let mut world = world();
    let (lamp, other) = (png("a lamp"), png("another lamp"));
    lay(&world, "lessons/images/lamp.png", &other);
    assert!(is_nothing(&ask_for(&world, &hash_of(&lamp))), "the bytes are others");
    assert!(
        is_nothing(&ask_for(&world, &hash_of(&other))),
        "nobody has looked at it"
    );
    world.session.course_page(&world.token.clone()).unwrap();
    assert_eq!(world.open().pictures["images/lamp.png"], hash_of(&other));
    assert_eq!(ask_for(&world, &hash_of(&other)).body(), &other);
    assert!(is_nothing(&ask_for(&world, &hash_of(&lamp))));
}

#[test]
fn a_drawing_that_could_hold_a_script_is_refused_with_the_lesson_that_shows_it() {
    let shows = DUET.replace("Some words to begin with.", "![A lamp](images/drawing.svg)");
    let mut world = World::with(&[("plain", &DUET.replace("id: duet", "id: plain")), ("duet", &shows)]);
    std::fs::create_dir(world.path("lessons/images")).unwrap();
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    lay(&world, "lessons/images/drawing.svg", svg);
    lay(&world, "lessons/images/dressed.png", svg);
    world.session.startup();
    world.session.add_person("Robin", Colour::Teal).unwrap();
    world.enter(Seat::A);
    assert!(is_nothing(&ask_for(&world, &hash_of(svg))));
    let token = world.token.clone();
    assert!(world.session.open_run(&token, &id("duet")).is_err());
    // Under another name it is still no picture.
    world.write("lessons/en/duet.md", &shows.replace("drawing.svg", "dressed.png"));
    world.session.course_page(&token).unwrap();
    assert!(world.session.open_run(&token, &id("duet")).is_err());
    assert!(is_nothing(&ask_for(&world, &hash_of(svg))));
}
