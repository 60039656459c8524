//! Small files and folders of the profile, made so that a crash leaves the old or the new and never half of one.
//!
//! Flow: write beside, flush, rename over, flush the folder. Private from the first byte: 0600 and 0700.
//! Deliberately not here: databases (`db`), which keep their own order.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use crate::Error;
use crate::db::beside;

/// Makes a folder for this account alone, and those above it that are not there, each with a durable name.
pub(crate) fn make_folder(path: &Path) -> Result<(), Error> {
    let missing: Vec<&Path> = path.ancestors().take_while(|folder| !folder.exists()).collect();
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(path).map_err(|e| match e.kind() {
        // A file stands where the folder should be.
        io::ErrorKind::AlreadyExists => Error::Unreadable {
            path: path.to_path_buf(),
        },
        _ => Error::writing(path, &e),
    })?;
    for made in missing {
        match made.parent().map(sync_folder) {
            // A parent folder that may not even be listed (a shared `/home`, say) is not ours to flush.
            None | Some(Ok(()) | Err(Error::ReadOnly { .. } | Error::Failed { .. })) => {}
            Some(other) => other?,
        }
    }
    Ok(())
}

/// Makes an empty file for this account alone; SQLite would make it readable for others.
pub(crate) fn create_private(path: &Path) -> Result<(), Error> {
    private(OpenOptions::new().write(true).create_new(true))
        .open(path)
        .map(drop)
        .map_err(|e| Error::writing(path, &e))?;
    #[cfg(test)]
    order::note("made", path);
    Ok(())
}

/// Puts `bytes` at `path`: all of them or, after a crash, what was there before.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let making = beside(path, ".new");
    let written = private(OpenOptions::new().write(true).create(true).truncate(true))
        .open(&making)
        .and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        });
    if let Err(e) = written {
        let _ = fs::remove_file(&making);
        return Err(Error::writing(path, &e));
    }
    #[cfg(test)]
    order::note("written", &making);
    rename(&making, path)
}

/// Copies a file nobody writes to, durably, for this account alone.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<(), Error> {
    let mut source = File::open(from).map_err(|e| Error::reading(from, &e))?;
    private(OpenOptions::new().write(true).create(true).truncate(true))
        .open(to)
        .and_then(|mut file| {
            io::copy(&mut source, &mut file)?;
            file.sync_all()
        })
        .map_err(|e| Error::writing(to, &e))?;
    #[cfg(test)]
    order::note("copied", to);
    sync_names(to)
}

/// Gives a whole file its name.
pub(crate) fn rename(from: &Path, to: &Path) -> Result<(), Error> {
    fs::rename(from, to).map_err(|e| Error::writing(to, &e))?;
    #[cfg(test)]
    order::note("named", to);
    sync_names(to)
}

/// Makes the name of a file durable, and with it every other name in its folder.
pub(crate) fn sync_names(path: &Path) -> Result<(), Error> {
    match path.parent() {
        Some(folder) => sync_folder(folder),
        None => Ok(()),
    }
}

/// Writes over the beginning of an open file, in one call.
#[cfg(unix)]
pub(crate) fn overwrite(file: &File, bytes: &[u8]) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, 0)
}

#[cfg(not(unix))]
pub(crate) fn overwrite(mut file: &File, bytes: &[u8]) -> io::Result<()> {
    use std::io::Seek as _;
    file.rewind()?;
    file.write_all(bytes)
}

/// Removes a file that may or may not be there.
pub(crate) fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(e) => Err(Error::writing(path, &e)),
        Ok(()) => {
            #[cfg(test)]
            order::note("removed", path);
            Ok(())
        }
    }
}

/// Removes a folder that may or may not be there, with everything in it. A link in it is removed, not followed.
pub(crate) fn remove_folder(path: &Path) -> Result<(), Error> {
    let entries = match fs::read_dir(path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(()),
        other => other.map_err(|e| Error::writing(path, &e))?,
    };
    for entry in entries {
        let entry = entry.map_err(|e| Error::writing(path, &e))?;
        match entry.file_type().map_err(|e| Error::writing(path, &e))?.is_dir() {
            true => remove_folder(&entry.path())?,
            false => remove(&entry.path())?,
        }
    }
    fs::remove_dir(path).map_err(|e| Error::writing(path, &e))?;
    sync_names(path)
}

/// Flushes a file that someone else wrote.
pub(crate) fn sync(path: &Path) -> Result<(), Error> {
    OpenOptions::new()
        .write(true)
        .open(path)
        .and_then(|file| file.sync_all())
        .map_err(|e| Error::writing(path, &e))
}

/// Whether a file is there and may be read.
pub(crate) fn may_read(path: &Path) -> Result<(), Error> {
    File::open(path).map(drop).map_err(|e| Error::reading(path, &e))
}

/// Whether a file is there and may be read and written, without touching it.
pub(crate) fn may_write(path: &Path) -> Result<(), Error> {
    may_read(path)?;
    OpenOptions::new()
        .append(true)
        .open(path)
        .map(drop)
        .map_err(|e| Error::writing(path, &e))
}

/// A small text file, whole. Bytes that are not text mean damage.
pub(crate) fn read_text(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(|e| match e.kind() {
        io::ErrorKind::InvalidData => Error::Damaged {
            path: path.to_path_buf(),
        },
        _ => Error::reading(path, &e),
    })
}

/// Makes the names in a folder durable. Windows has no such flush and needs none.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> Result<(), Error> {
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|e| Error::writing(folder, &e))?;
    #[cfg(test)]
    order::note("flushed", folder);
    Ok(())
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> Result<(), Error> {
    Ok(())
}

/// Whatever is made with these options is for this account alone.
pub(crate) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options
}

/// What this thread did to names, in order. No test can cut the power, but one can read the order in which names are made
/// durable.
#[cfg(test)]
pub(crate) mod order {
    use std::cell::{Cell, RefCell};
    use std::path::{Path, PathBuf};

    thread_local! {
        static DONE: RefCell<Vec<(&'static str, PathBuf)>> = const { RefCell::new(Vec::new()) };
        static LEFT: Cell<usize> = const { Cell::new(usize::MAX) };
    }

    pub(crate) fn note(what: &'static str, path: &Path) {
        DONE.with_borrow_mut(|done| done.push((what, path.to_path_buf())));
        match LEFT.get() {
            usize::MAX => {}
            // Past the hook that would print it: this is no failure.
            0 => std::panic::resume_unwind(Box::new("the process ends here, as a test wished")),
            left => LEFT.set(left - 1),
        }
    }

    /// Ends (as a panic) after this many more steps: no line that would tidy up is reached, as in a process that is
    /// killed. Without a number, goes on.
    pub(crate) fn end_after(steps: Option<usize>) {
        LEFT.set(steps.unwrap_or(usize::MAX));
    }

    /// Everything since the last time this was asked.
    pub(crate) fn take() -> Vec<(&'static str, PathBuf)> {
        DONE.take()
    }
}
