//! System packages: which ones, whether they are here, and how to get them.
//!
//! Debian and Ubuntu are served through apt. Elsewhere the exact command is printed and the person runs it.

use crate::{Chore, shell};
use std::collections::BTreeSet;
use std::fs;

/// Why a package is wanted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// To compile and open the app.
    Build,
    /// To open it where there is no screen.
    Screen,
    /// To drive the real window and to break its disk on purpose.
    Test,
}

struct Packages {
    part: Part,
    debian: &'static [&'static str],
    fedora: &'static [&'static str],
    arch: &'static [&'static str],
    suse: &'static [&'static str],
    /// Programs and pkg-config modules that show it is there, for systems whose package lists we do not ask.
    programs: &'static [&'static str],
    modules: &'static [&'static str],
}

const PACKAGES: [Packages; 3] = [
    Packages {
        part: Part::Build,
        debian: &[
            "build-essential",
            "pkg-config",
            "libwebkit2gtk-4.1-dev",
            "librsvg2-dev",
            "libssl-dev",
        ],
        fedora: &[
            "gcc",
            "gcc-c++",
            "make",
            "pkgconf-pkg-config",
            "webkit2gtk4.1-devel",
            "librsvg2-devel",
            "openssl-devel",
        ],
        arch: &["base-devel", "webkit2gtk-4.1", "librsvg", "openssl"],
        suse: &[
            "gcc",
            "gcc-c++",
            "make",
            "pkg-config",
            "webkit2gtk3-devel",
            "librsvg-devel",
            "libopenssl-devel",
        ],
        programs: &["cc", "make", "pkg-config"],
        modules: &["webkit2gtk-4.1", "librsvg-2.0", "openssl"],
    },
    Packages {
        part: Part::Screen,
        debian: &["xvfb"],
        fedora: &["xorg-x11-server-Xvfb"],
        arch: &["xorg-server-xvfb"],
        suse: &["xorg-x11-server-Xvfb"],
        programs: &["Xvfb"],
        modules: &[],
    },
    Packages {
        part: Part::Test,
        debian: &["webkit2gtk-driver", "strace"],
        fedora: &["/usr/bin/WebKitWebDriver", "strace"],
        arch: &["strace"],
        suse: &["/usr/bin/WebKitWebDriver", "strace"],
        programs: &["WebKitWebDriver", "strace"],
        modules: &[],
    },
];

/// Puts the system packages of these parts in place, or says exactly how.
pub(crate) fn install(parts: &[Part]) -> Chore<()> {
    let wanted: Vec<&Packages> = PACKAGES
        .iter()
        .filter(|packages| parts.contains(&packages.part))
        .collect();
    if cfg!(target_os = "linux") {
        if shell::found("dpkg-query") && shell::found("apt-get") {
            with_apt(&wanted)?
        } else {
            by_hand(&wanted)?
        }
    }
    node()
}

fn with_apt(wanted: &[&Packages]) -> Chore<()> {
    let names: Vec<&str> = wanted.iter().flat_map(|packages| packages.debian).copied().collect();
    let missing = not_installed(&names);
    if missing.is_empty() {
        return Ok(());
    }
    println!("Installing what this machine lacks: {}.", missing.join(" "));
    let is_root = shell::answer(shell::program("id").arg("-u")).as_deref() == Some("0");
    if !is_root && !shell::found("sudo") {
        return Err(format!(
            "Please run this as root, then try again:\n  apt-get install {}",
            missing.join(" ")
        ));
    }
    let apt = |args: &[&str]| {
        let mut command = shell::program(if is_root { "env" } else { "sudo" });
        if !is_root {
            command.arg("env");
        }
        command
            .args([
                "DEBIAN_FRONTEND=noninteractive",
                "apt-get",
                "-qq",
                "-o",
                "Dpkg::Use-Pty=0",
            ])
            .args(args);
        shell::run(&mut command)
    };
    apt(&["update"])?;
    let mut install = vec!["install", "--yes", "--no-install-recommends"];
    install.extend(&missing);
    apt(&install)
}

/// Those of `names` that dpkg does not hold as installed. One question for all of them, to stay quick.
fn not_installed<'a>(names: &[&'a str]) -> Vec<&'a str> {
    // dpkg-query answers for the ones it knows, and succeeds only if it knows them all: its output counts, not its status.
    let output = shell::program("dpkg-query")
        .args(["-W", "-f", "${Package} ${db:Status-Status}\n"])
        .args(names)
        .output();
    let listing = output
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default();
    let here: BTreeSet<&str> = listing
        .lines()
        .filter_map(|line| line.strip_suffix(" installed"))
        .collect();
    names.iter().copied().filter(|name| !here.contains(name)).collect()
}

fn by_hand(wanted: &[&Packages]) -> Chore<()> {
    let here = |packages: &&&Packages| {
        packages.programs.iter().all(|name| shell::found(name))
            && packages
                .modules
                .iter()
                .all(|name| shell::answer(shell::program("pkg-config").args(["--exists", name])).is_some())
    };
    let missing: Vec<&Packages> = wanted.iter().filter(|packages| !here(packages)).copied().collect();
    if missing.is_empty() {
        return Ok(());
    }
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    Err(format!(
        "Something is missing on this machine. Please run this, then try again:\n  {}",
        command_for(&release, &missing)
    ))
}

/// The line that installs `missing` on the system that `/etc/os-release` describes.
fn command_for(release: &str, missing: &[&Packages]) -> String {
    let family: Vec<&str> = release
        .lines()
        .filter_map(|line| line.strip_prefix("ID=").or_else(|| line.strip_prefix("ID_LIKE=")))
        .flat_map(|ids| ids.trim_matches('"').split(' '))
        .collect();
    let is = |name: &str| family.iter().any(|id| id.contains(name));
    let (start, pick): (&str, fn(&Packages) -> &'static [&'static str]) = if is("fedora") || is("rhel") {
        ("sudo dnf install", |packages| packages.fedora)
    } else if is("arch") {
        ("sudo pacman -S --needed", |packages| packages.arch)
    } else if is("suse") {
        ("sudo zypper install", |packages| packages.suse)
    } else {
        ("sudo apt-get install --no-install-recommends", |packages| {
            packages.debian
        })
    };
    let names: Vec<&str> = missing.iter().flat_map(|packages| pick(packages)).copied().collect();
    format!("{start} {}", names.join(" "))
}

fn node() -> Chore<()> {
    let version = shell::answer(shell::program("node").arg("--version")).unwrap_or_default();
    match is_new_enough(&version) {
        Some(true) => Ok(()),
        Some(false) => Err(format!(
            "Node {version} is too old: Pairwise needs Node 20.19 or newer (https://nodejs.org)."
        )),
        None => Err("Pairwise needs Node 20.19 or newer, with npm (https://nodejs.org).".to_owned()),
    }
}

/// Whether `v20.19.4` and the like will do; nothing when it is no version at all.
fn is_new_enough(version: &str) -> Option<bool> {
    let mut numbers = version.strip_prefix('v')?.split('.').map(str::parse::<u32>);
    Some((numbers.next()?.ok()?, numbers.next()?.ok()?) >= (20, 19))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_is_told_its_own_command() {
        let all: Vec<&Packages> = PACKAGES.iter().collect();
        let line = |release: &str| command_for(release, &all);
        assert!(line("NAME=Fedora\nID=fedora\n").starts_with("sudo dnf install gcc "));
        assert!(line("ID=manjaro\nID_LIKE=arch\n").starts_with("sudo pacman -S --needed base-devel "));
        assert!(line("ID=\"opensuse-leap\"\nID_LIKE=\"suse opensuse\"\n").starts_with("sudo zypper install "));
        assert!(line("ID=void\n").contains("libwebkit2gtk-4.1-dev"));
    }

    #[test]
    fn an_old_node_and_none_are_told_apart() {
        let answers = ["v20.19.0", "v24.1.0", "v20.18.9", "v9.0.0", ""].map(is_new_enough);
        assert_eq!(answers, [Some(true), Some(true), Some(false), Some(false), None]);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_package_nobody_has_counts_as_missing() {
        if shell::found("dpkg-query") {
            assert_eq!(
                not_installed(&["dpkg", "pairwise-no-such-package"]),
                ["pairwise-no-such-package"]
            );
        }
    }
}
