//! Archives that are wrong: crafted so, or broken after they were well.

use crate::corpus::{LESSON, LOCK, MANIFEST, SPOILERS};
use crate::craft::{archive, deflated, png, stored};
use crate::spoil::{Dice, spoiled};

/// Names that a course may have, that its archive may have, and that nothing may.
const NAMES: &[&str] = &[
    "course.toml",
    "course.lock",
    "help-lines.toml",
    "en/a.md",
    "EN/a.md",
    "en/b.md",
    "de/a.md",
    "en",
    "en/",
    "../a.md",
    "/a.md",
    "C:a.md",
    "en\\a.md",
    "en/./a.md",
    "a\u{202e}.md",
    "instruments/pulse.md",
    "one.png",
    "one.jpg",
    "one.webp",
    "x.exe",
    "__MACOSX/x",
    "",
    // Longer than any may be.
    "en/a-long-name-a-long-name-a-long-name-a-long-name-a-long-name-a-long-name-a-long-name-a-long-name-a-long-name-a-long-name-a-long-name-a-long-name-a-long-name-a-long-name-a-long-name-a-long-name-a-long-name-a-long-name-a-long-name-a-long-name.md",
];

/// A crafted archive, wrong in what its entries say: names, sizes, places, flags.
pub(crate) fn crafted(dice: &mut Dice) -> Vec<u8> {
    let first = if dice.one_in(20) { "other.md" } else { "course.toml" };
    let mut entries = vec![deflated(first, MANIFEST.as_bytes())];
    for _ in 0..dice.below(6) {
        let name = dice.pick(NAMES);
        let content = content(name, dice);
        let mut entry = if dice.one_in(2) {
            stored(name, &content)
        } else {
            deflated(name, &content)
        };
        match dice.below(14) {
            0 => entry.size = some_size(dice, entry.size),
            1 => entry.at = Some(some_size(dice, 0)),
            2 => entry.local_name = Some(dice.pick(NAMES).as_bytes().to_vec()),
            3 => entry.flags ^= 1 << dice.below(16),
            4 => entry.method = *dice.pick(&[0, 8, 9, 99, 12]),
            5 => entry.attributes = *dice.pick(&[0o120_777, 0o040_755, 0o010_644, 0]) << 16,
            6 => entry.crc ^= 1,
            7 => entry.packed.truncate(dice.below(entry.packed.len() + 1)),
            8 => flip(&mut entry.packed, dice),
            9 => flip(&mut entry.name, dice),
            _ => {}
        }
        entries.push(entry);
    }
    let mut bytes = archive(&entries);
    if dice.one_in(40) {
        // Both of the numbers that say how many there are.
        let at = bytes.len() - 14;
        let many = u16::try_from(dice.below(0x1_0000)).unwrap().to_le_bytes();
        bytes[at..at + 4].copy_from_slice(&[many, many].concat());
    }
    bytes
}

/// What would stand under a name, most often; else anything.
fn content(name: &str, dice: &mut Dice) -> Vec<u8> {
    let end = name.rsplit('.').next().unwrap_or(name);
    let ends = ["md", "toml", "lock", "png", "jpg", "webp"];
    match if dice.one_in(4) { dice.pick(&ends) } else { end } {
        "toml" => spoiled(MANIFEST, SPOILERS, dice).into_bytes(),
        "lock" => spoiled(LOCK, SPOILERS, dice).into_bytes(),
        "png" => png(u32::try_from(dice.below(8_000)).unwrap(), 30),
        "jpg" => {
            let mut head = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x0b\x08\0\x20\0\x20".to_vec();
            flip(&mut head, dice);
            head
        }
        "webp" => {
            let mut head = b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\x20\0\0\x20\0\0".to_vec();
            flip(&mut head, dice);
            head
        }
        _ => spoiled(LESSON, SPOILERS, dice).into_bytes(),
    }
}

fn some_size(dice: &mut Dice, near: u32) -> u32 {
    *dice.pick(&[
        0,
        1,
        near.wrapping_sub(1),
        near + 1,
        46,
        0xffff,
        0x10_0000,
        0x7fff_ffff,
        0x8000_0000,
        u32::MAX - 1,
        u32::MAX,
    ])
}

fn flip(bytes: &mut [u8], dice: &mut Dice) {
    if !bytes.is_empty() {
        let at = dice.below(bytes.len());
        bytes[at] ^= 1 << dice.below(8);
    }
}

/// An archive with a few bits, numbers and stretches wrong. Most often near a header, where every byte means something.
pub(crate) fn broken(from: &[u8], corpus: &[Vec<u8>], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = from.to_vec();
    for _ in 0..=dice.below(3) {
        let heads: Vec<usize> = (0..bytes.len().saturating_sub(4))
            .filter(|at| bytes[*at..].starts_with(b"PK"))
            .collect();
        let at = if heads.is_empty() || dice.one_in(4) {
            dice.below(bytes.len() + 1)
        } else {
            (dice.pick(&heads) + dice.below(64)).min(bytes.len())
        };
        let end = (at + dice.below(80)).min(bytes.len());
        match dice.below(7) {
            0 | 1 => flip(&mut bytes[at..end], dice),
            2 => {
                let number = some_size(dice, 0).to_le_bytes();
                let length = *dice.pick(&[2, 4]);
                let end = (at + length).min(bytes.len());
                bytes.splice(at..end, number[..end - at].iter().copied());
            }
            3 => bytes.truncate(at),
            4 => drop(bytes.drain(at..end)),
            5 => {
                let copy = bytes[at..end].to_vec();
                let to = dice.below(bytes.len() + 1);
                bytes.splice(to..to, copy);
            }
            _ => {
                // The tail of one with the head of another.
                let other = dice.pick(corpus);
                bytes.truncate(at);
                bytes.extend(&other[dice.below(other.len())..]);
            }
        }
    }
    bytes
}
