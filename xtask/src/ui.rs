//! The UI's packages and its built form, each renewed only when what it is made from has changed.
//!
//! Contents are compared, not times: a fresh clone or a switch of branches changes every time and no content.

use crate::{Chore, shell};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

/// Folders under `ui/` that are made from the rest.
const MADE: [&str; 3] = ["node_modules", "dist", "coverage"];

/// Installs the packages and builds the UI, where needed.
pub(crate) fn ready() -> Chore<()> {
    let ui = shell::root().join("ui");
    // Both stamps live in node_modules: whoever removes it removes what they say. dist/ would be shipped in the app.
    let packages = Stamp::of(
        ui.join("node_modules/.pairwise-packages"),
        &[ui.join("package-lock.json")],
    )?;
    if !packages.holds() {
        shell::run(shell::npm().args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))?;
        packages.set()?;
    }
    let sources = sources(&ui)?;
    let built = Stamp::of(ui.join("node_modules/.pairwise-built"), &sources)?;
    if !built.holds() || !ui.join("dist/index.html").is_file() {
        shell::run(shell::npm().args(["run", "--silent", "build"]))?;
        built.set()?;
    }
    Ok(())
}

struct Stamp {
    at: PathBuf,
    says: String,
}

impl Stamp {
    fn of(at: PathBuf, files: &[PathBuf]) -> Chore<Self> {
        let mut hasher = DefaultHasher::new();
        for file in files {
            let bytes = fs::read(file).map_err(|error| format!("{} could not be read: {error}.", file.display()))?;
            (file, bytes).hash(&mut hasher);
        }
        Ok(Self {
            at,
            says: format!("{:016x}", hasher.finish()),
        })
    }

    fn holds(&self) -> bool {
        fs::read_to_string(&self.at).is_ok_and(|says| says == self.says)
    }

    fn set(&self) -> Chore<()> {
        fs::write(&self.at, &self.says).map_err(|error| format!("{} could not be written: {error}.", self.at.display()))
    }
}

/// Every file the build reads, in a fixed order.
fn sources(ui: &Path) -> Chore<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![ui.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries =
            fs::read_dir(&folder).map_err(|error| format!("{} could not be read: {error}.", folder.display()))?;
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            let is_made = folder == ui && MADE.iter().any(|name| path.ends_with(name));
            if path.is_dir() && !is_made {
                folders.push(path);
            } else if path.is_file() {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stamp_holds_until_a_source_changes() {
        let ui = tempfile::tempdir().unwrap();
        fs::create_dir_all(ui.path().join("node_modules")).unwrap();
        fs::create_dir_all(ui.path().join("src")).unwrap();
        fs::write(ui.path().join("src/a.ts"), "one").unwrap();
        let stamp = || Stamp::of(ui.path().join("node_modules/stamp"), &sources(ui.path()).unwrap()).unwrap();
        assert!(!stamp().holds());
        stamp().set().unwrap();
        assert!(
            stamp().holds(),
            "the stamp itself, inside node_modules, is not a source"
        );
        fs::write(ui.path().join("src/a.ts"), "two").unwrap();
        assert!(!stamp().holds());
    }
}
