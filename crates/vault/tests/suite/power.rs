//! Power cuts: from one recorded run, what the disk may hold at any moment, with everything that was not yet flushed
//! dropped, applied or torn. Whatever was said to be saved by then is in every image, and every image opens.
//!
//! What a flush makes durable is taken narrowly: a file's bytes by a flush of that file, a name by a flush of its folder.
//! Bytes that were not flushed may be there or not, each write for itself (so later ones may be there without earlier
//! ones), and each may be cut off at any 512 bytes. Names that were not flushed come in the order of their folder, as far
//! as they come.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use vault::lock::Secret;
use vault::{Ledger as _, SecretString, Space};

use crate::chance::Chance;
use crate::damage::copy_all;
use crate::traced::{field, run, words};
use crate::world::{every_byte, long, new_run, noon, open, says};

/// One file, whatever it is called.
type Inode = usize;

#[derive(Debug)]
enum Event {
    Write { file: Inode, at: usize, bytes: Vec<u8> },
    Cut { file: Inode, length: usize },
    Flush { file: Inode },
    FlushFolder { folder: PathBuf },
    Create { path: PathBuf, file: Inode },
    Folder { path: PathBuf },
    Rename { from: PathBuf, to: PathBuf },
    Unlink { path: PathBuf },
    Said { number: usize },
}

/// A run: what was there before it, and everything it did.
struct Trace {
    dir: PathBuf,
    before: BTreeMap<PathBuf, (Inode, Vec<u8>)>,
    events: Vec<Event>,
}

/// `\x41\x42` as bytes.
fn unhex(text: &str) -> Vec<u8> {
    text.split("\\x")
        .skip(1)
        .map(|digits| u8::from_str_radix(&digits[..2], 16).unwrap())
        .collect()
}

fn path_of(text: &str) -> PathBuf {
    PathBuf::from(String::from_utf8(unhex(text)).unwrap())
}

/// The path strace writes beside a file's number; none for a file that has no name any more.
fn of_number(argument: &str) -> Option<PathBuf> {
    let (_, rest) = argument.split_once('<')?;
    let (path, deleted) = rest.rsplit_once('>')?;
    (deleted.trim().is_empty() && !path.contains("(deleted)")).then(|| path_of(path))
}

/// The strings between quotes.
fn quoted(call: &str) -> Vec<&str> {
    call.split('"').skip(1).step_by(2).collect()
}

struct Reader {
    dir: PathBuf,
    names: BTreeMap<PathBuf, Inode>,
    next: Inode,
    events: Vec<Event>,
}

impl Reader {
    fn line(&mut self, line: &str) {
        let Some((call, result)) = line.rsplit_once(" = ") else {
            return;
        };
        let Some((name, arguments)) = call.trim_end().split_once('(') else {
            return;
        };
        let name = name.split_whitespace().last().unwrap_or_default();
        if result.trim_start().starts_with('-') {
            return;
        }
        let file = of_number(arguments.split(',').next().unwrap_or_default().trim_end_matches(')'));
        let ours = file.as_ref().filter(|path| path.starts_with(&self.dir));
        let inode = ours.and_then(|path| self.names.get(path)).copied();
        let numbers: Vec<&str> = arguments.trim_end_matches(')').rsplit(", ").collect();
        match (name, inode) {
            ("write", _) if arguments.starts_with("1<") => {
                let text = String::from_utf8(unhex(quoted(arguments)[0])).unwrap();
                let said = text.split("said ").nth(1).and_then(|word| word.trim().parse().ok());
                self.events.extend(said.map(|number| Event::Said { number }));
            }
            ("openat" | "open", _) => self.opened(arguments),
            ("pwrite64", Some(file)) => {
                let (at, bytes) = (numbers[0].parse().unwrap(), unhex(quoted(arguments)[0]));
                self.events.push(Event::Write { file, at, bytes });
            }
            ("write", Some(_)) => {
                // Small files, written in one go after they were opened empty.
                let file = inode.unwrap();
                let bytes = unhex(quoted(arguments)[0]);
                self.events.push(Event::Write { file, at: 0, bytes });
            }
            ("ftruncate", Some(file)) => {
                let length = numbers[0].parse().unwrap();
                self.events.push(Event::Cut { file, length });
            }
            ("fsync" | "fdatasync", Some(file)) => self.events.push(Event::Flush { file }),
            ("fsync" | "fdatasync", None) => {
                let folder = ours.cloned();
                self.events.extend(folder.map(|folder| Event::FlushFolder { folder }));
            }
            ("mkdir" | "mkdirat", _) => {
                let path = path_of(quoted(arguments)[0]);
                if path.starts_with(&self.dir) {
                    self.events.push(Event::Folder { path });
                }
            }
            ("rename" | "renameat" | "renameat2", _) => {
                let paths = quoted(arguments);
                let (from, to) = (path_of(paths[0]), path_of(paths[1]));
                if let Some(file) = self.names.remove(&from) {
                    self.names.insert(to.clone(), file);
                    self.events.push(Event::Rename { from, to });
                }
            }
            ("unlink" | "unlinkat", _) => {
                let path = path_of(quoted(arguments)[0]);
                if self.names.remove(&path).is_some() {
                    self.events.push(Event::Unlink { path });
                }
            }
            _ => {}
        }
    }

    fn opened(&mut self, arguments: &str) {
        let path = path_of(quoted(arguments)[0]);
        if !path.starts_with(&self.dir) {
            return;
        }
        match self.names.get(&path) {
            None if arguments.contains("O_CREAT") => {
                let file = self.next;
                self.next += 1;
                self.names.insert(path.clone(), file);
                self.events.push(Event::Create { path, file });
            }
            Some(file) if arguments.contains("O_TRUNC") => {
                let (file, length) = (*file, 0);
                self.events.push(Event::Cut { file, length });
            }
            _ => {}
        }
    }
}

fn record(what: &str, prepare: impl FnOnce(&mut Space)) -> (Trace, TempDir) {
    let folder = TempDir::new().unwrap();
    let mut profile = open(folder.path()).unwrap();
    let ada = profile.add_person("Ada", "teal").unwrap();
    let mut space = profile.open_space(&ada).unwrap();
    prepare(&mut space);
    space.close().unwrap();
    drop(profile);
    let mut before = BTreeMap::new();
    for (number, (path, bytes)) in every_byte(folder.path()).into_iter().enumerate() {
        before.insert(path, (number, bytes));
    }
    let trace = tempfile::NamedTempFile::new().unwrap();
    let calls = "trace=?open,openat,pwrite64,write,fsync,fdatasync,ftruncate,?rename,?renameat,?renameat2,?unlink,?unlinkat,?mkdir,?mkdirat";
    let path = trace.path().to_str().unwrap();
    run(
        what,
        folder.path(),
        &["-f", "-qq", "-y", "-xx", "-s", "1000000", "-e", calls, "-o", path],
    );
    let mut reader = Reader {
        dir: folder.path().to_path_buf(),
        names: before.iter().map(|(path, (file, _))| (path.clone(), *file)).collect(),
        next: before.len(),
        events: Vec::new(),
    };
    fs::read_to_string(trace.path())
        .unwrap()
        .lines()
        .for_each(|line| reader.line(line));
    let events = reader.events;
    let dir = folder.path().to_path_buf();
    (Trace { dir, before, events }, folder)
}

impl Event {
    /// The folder whose names it changes.
    fn folder(&self) -> Option<&Path> {
        match self {
            Event::Create { path, .. }
            | Event::Folder { path }
            | Event::Rename { to: path, .. }
            | Event::Unlink { path } => path.parent(),
            _ => None,
        }
    }
}

fn names_of_folders(files: &BTreeMap<PathBuf, (Inode, Vec<u8>)>) -> BTreeSet<&Path> {
    files.keys().flat_map(|path| path.ancestors().skip(1)).collect()
}

fn write(file: &mut Vec<u8>, at: usize, bytes: &[u8]) {
    if file.len() < at + bytes.len() {
        file.resize(at + bytes.len(), 0);
    }
    file[at..at + bytes.len()].copy_from_slice(bytes);
}

impl Trace {
    /// The names and bytes a disk may hold when the power goes before event `cut`, and the last number said by then.
    fn image(&self, cut: usize, chance: &mut Chance) -> (BTreeMap<PathBuf, Vec<u8>>, usize) {
        let done = &self.events[..cut];
        let mut bytes: BTreeMap<Inode, Vec<u8>> = self.before.values().cloned().collect();
        let mut flushed: BTreeMap<Inode, usize> = BTreeMap::new();
        let mut named: BTreeMap<&Path, usize> = BTreeMap::new();
        let mut said = 0;
        for (number, event) in done.iter().enumerate() {
            match event {
                Event::Flush { file } => {
                    flushed.insert(*file, number);
                }
                Event::FlushFolder { folder } => {
                    named.insert(folder, number);
                }
                Event::Said { number } => said = *number,
                _ => {}
            }
        }
        for (number, event) in done.iter().enumerate() {
            let (Event::Write { file, .. } | Event::Cut { file, .. }) = event else {
                continue;
            };
            let safe = flushed.get(file).is_some_and(|flushed| number < *flushed);
            let how = if safe { 0 } else { chance.below(4) };
            let content = bytes.entry(*file).or_default();
            match (event, how) {
                (_, 1 | 2) => {}
                (Event::Write { at, bytes, .. }, 0) => write(content, *at, bytes),
                (Event::Write { at, bytes, .. }, _) => {
                    let sectors = chance.below(bytes.len() / 512 + 1);
                    write(content, *at, &bytes[..(sectors * 512).min(bytes.len())]);
                }
                (Event::Cut { length, .. }, _) => content.resize(*length, 0),
                _ => {}
            }
        }
        let mut names: BTreeMap<PathBuf, Inode> = self
            .before
            .iter()
            .map(|(path, (file, _))| (path.clone(), *file))
            .collect();
        let mut folders: BTreeSet<&Path> = names_of_folders(&self.before);
        // Of each folder's names that were not flushed, the first few came.
        let mut come: BTreeMap<&Path, usize> = BTreeMap::new();
        for (number, event) in done.iter().enumerate() {
            let Some(folder) = event.folder() else { continue };
            if named.get(folder).is_none_or(|flushed| number > *flushed) {
                let left = come.entry(folder).or_insert_with(|| chance.below(12));
                if *left == 0 {
                    continue;
                }
                *left -= 1;
            }
            match event {
                Event::Create { path, file } => {
                    names.insert(path.clone(), *file);
                }
                Event::Folder { path } => {
                    folders.insert(path);
                }
                Event::Rename { from, to } => {
                    if let Some(file) = names.remove(from) {
                        names.insert(to.clone(), file);
                    }
                }
                Event::Unlink { path } => {
                    names.remove(path);
                }
                _ => {}
            }
        }
        names.retain(|path, _| {
            path.ancestors()
                .skip(1)
                .take_while(|above| *above != self.dir)
                .all(|above| folders.contains(above))
        });
        let files = names
            .into_iter()
            .map(|(path, file)| (path, bytes.get(&file).cloned().unwrap_or_default()));
        (files.collect(), said)
    }
}

fn laid_out(files: &BTreeMap<PathBuf, Vec<u8>>, dir: &Path) -> TempDir {
    let image = TempDir::new().unwrap();
    for (path, bytes) in files {
        // The index of the log is in memory only, and is made anew.
        if path.to_string_lossy().ends_with("-shm") {
            continue;
        }
        let to = image.path().join(path.strip_prefix(dir).unwrap());
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, bytes).unwrap();
    }
    image
}

fn holds_what_was_said(files: &BTreeMap<PathBuf, Vec<u8>>, dir: &Path, said: usize, cut: usize) {
    let image = laid_out(files, dir);
    let profile = open(image.path()).unwrap();
    let ada = profile.people()[0].id.clone();
    let mut space = profile
        .open_space(&ada)
        .unwrap_or_else(|error| panic!("cut at {cut}: {error}"));
    let run = space.begin_run(&new_run(1), noon()).unwrap();
    let last = space.last_save(&run).unwrap() as usize;
    assert!(
        last == said || last == said + 1,
        "cut at {cut}: {said} said, {last} kept"
    );
    for number in (last + 1).saturating_sub(9).max(1)..=last {
        let kept = space.answer(&run, &field(number)).unwrap().unwrap();
        assert!(
            kept.answer == says(&run, &field(number), &words(number)),
            "cut at {cut}: {number}"
        );
    }
    space.close().unwrap();
    profile.open_space(&ada).unwrap();
}

#[test]
fn a_power_cut_at_any_moment_loses_no_word_that_was_said_to_be_saved() {
    let (trace, folder) = record("saves", |_| ());
    let count = |what: fn(&Event) -> bool| trace.events.iter().filter(|event| what(event)).count();
    assert_eq!(count(|event| matches!(event, Event::Said { .. })), 180);
    assert!(count(|event| matches!(event, Event::Write { .. })) > 1000);
    assert!(count(|event| matches!(event, Event::Flush { .. })) > 9);
    let images = if long() { 1000 } else { 60 };
    let mut chance = Chance(2026);
    for _ in 0..images {
        let cut = chance.below(trace.events.len() + 1);
        let (files, said) = trace.image(cut, &mut chance);
        holds_what_was_said(&files, folder.path(), said, cut);
    }
}

#[test]
fn a_power_cut_in_the_middle_of_a_first_lock_leaves_an_open_space_or_a_locked_one() {
    let (trace, folder) = record("locks", |space| {
        let run = space.begin_run(&new_run(1), noon()).unwrap();
        space.save(&says(&run, "first", "kept"), "s", noon()).unwrap();
    });
    let images = if long() { 1000 } else { 120 };
    let mut chance = Chance(2027);
    let mut locked = 0;
    for _ in 0..images {
        let cut = chance.below(trace.events.len() + 1);
        let (files, _) = trace.image(cut, &mut chance);
        let image = laid_out(&files, folder.path());
        let profile = open(image.path()).unwrap_or_else(|error| panic!("cut at {cut}: {error}"));
        let ada = profile.people()[0].id.clone();
        let space = match profile.is_locked(&ada) {
            true => profile.unlock(&ada, Secret::Passphrase(&SecretString::from("new"))),
            false => profile.open_space(&ada),
        };
        let space = space.unwrap_or_else(|error| panic!("cut at {cut}: {error}"));
        let run = space.runs().unwrap()[0].id.clone();
        assert!(
            space.answer(&run, "first").unwrap().unwrap().answer == says(&run, "first", "kept"),
            "cut at {cut}"
        );
        locked += usize::from(profile.is_locked(&ada));
    }
    assert!(locked > 0 && locked < images, "{locked} of {images}");
}

#[test]
fn the_images_are_those_of_a_disk() {
    let (trace, folder) = record("saves", |_| ());
    // Everything applied, it is what the run left.
    let everything = trace.events.len();
    let whole = TempDir::new().unwrap();
    copy_all(folder.path(), whole.path());
    let (files, said) = trace.image(everything, &mut Chance(1));
    assert_eq!(said, 180);
    for (path, bytes) in every_byte(folder.path()) {
        if path.extension().is_some_and(|end| end == "db") {
            assert!(files[&path] == bytes, "{}", path.display());
        }
    }
}
