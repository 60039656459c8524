//! From a passphrase to 32 bytes, slowly on purpose; and four words for whoever wants some.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use bip39::Language;
use secrecy::{ExposeSecret as _, SecretString};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::{Zeroize as _, Zeroizing};

use crate::entropy::Source;

/// What one try at a passphrase costs: memory and passes of Argon2id.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    kib: u32,
    passes: u32,
}

impl Cost {
    /// 128 MiB, three passes: about a third of a second.
    pub const USUAL: Cost = Cost::of(128 * 1024, 3);
    /// 64 MiB, three passes: on a machine where the usual memory is not to be had. Nothing lower is ever chosen.
    pub const FLOOR: Cost = Cost::of(64 * 1024, 3);

    /// Keeps tests short, and no lock.
    #[doc(hidden)]
    pub const FOR_TESTS: Cost = Cost::of(64, 1);

    const fn of(kib: u32, passes: u32) -> Cost {
        Cost { kib, passes }
    }

    /// As a wrap keeps it.
    pub(crate) fn word(self) -> String {
        format!("argon2id m={} t={} p=1", self.kib, self.passes)
    }

    /// Back from a wrap. A cost that no lock of ours has would only eat memory or time, so it is none.
    pub(crate) fn read(word: &str) -> Option<Cost> {
        let rest = word.strip_prefix("argon2id m=")?.strip_suffix(" p=1")?;
        let (kib, passes) = rest.split_once(" t=")?;
        let cost = Cost::of(kib.parse().ok()?, passes.parse().ok()?);
        let sound = (8..=1024 * 1024).contains(&cost.kib) && (1..=16).contains(&cost.passes);
        (sound && cost.word() == word).then_some(cost)
    }
}

/// The memory for it is not to be had.
pub(crate) struct NoMemory;

/// Argon2id over the passphrase, however it was typed: NFKC makes the same letters the same bytes on every keyboard.
pub(crate) fn stretch(secret: &SecretString, salt: &[u8; 16], cost: Cost) -> Result<Zeroizing<[u8; 32]>, NoMemory> {
    let typed = normal(secret);
    let params = Params::new(cost.kib, cost.passes, 1, Some(32)).map_err(|_| NoMemory)?;
    let mut memory: Vec<Block> = Vec::new();
    memory.try_reserve_exact(params.block_count()).map_err(|_| NoMemory)?;
    memory.resize(params.block_count(), Block::default());
    let mut key = Zeroizing::new([0; 32]);
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let done = argon.hash_password_into_with_memory(typed.as_bytes(), salt, key.as_mut(), &mut memory);
    memory.iter_mut().for_each(|block| block.zeroize());
    done.map(|()| key).map_err(|_| NoMemory)
}

/// Whether there is nothing in it.
pub(crate) fn is_blank(secret: &SecretString) -> bool {
    secret.expose_secret().trim().is_empty()
}

fn normal(secret: &SecretString) -> Zeroizing<String> {
    let typed = secret.expose_secret();
    // Room for the longest it can become, so that no half of it is left behind in memory by growing.
    let mut normal = Zeroizing::new(String::with_capacity(typed.len() * 18));
    normal.extend(typed.nfkc());
    normal
}

/// Four words from the list of 2,048: 44 bits, each word drawn alone.
pub(crate) fn four_words(source: &Source) -> std::io::Result<SecretString> {
    let drawn = Zeroizing::new(source.bytes::<8>()?);
    let list = Language::English.word_list();
    let words: Vec<&str> = drawn
        .chunks_exact(2)
        .map(|two| list[usize::from(u16::from_le_bytes([two[0], two[1]]) & 2047)])
        .collect();
    Ok(SecretString::from(words.join(" ")))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    fn stretched(text: &str) -> [u8; 32] {
        let Ok(key) = stretch(&SecretString::from(text), &[7; 16], Cost::FOR_TESTS) else {
            panic!("64 KiB are to be had");
        };
        *key
    }

    #[test]
    fn the_same_letters_are_the_same_passphrase_however_they_were_typed() {
        // Composed and decomposed, ligature and letters, full width and plain.
        for (one, other) in [("caf\u{e9}", "cafe\u{301}"), ("\u{fb01}sh", "fish"), ("\u{ff41}", "a")] {
            assert_eq!(stretched(one), stretched(other));
        }
        assert_ne!(stretched("cafe"), stretched("caf\u{e9}"));
        assert_ne!(stretched("Fish"), stretched("fish"));
    }

    #[test]
    fn the_way_from_a_passphrase_to_its_key_stays_as_it_is() {
        // Locks outlive versions of the app: this value may never change.
        assert_eq!(
            crate::hex::encode(&stretched("four words keep anyone out")),
            "e494716137c9e366ee542149a1522a00206b7ff6599c351c8984042f0b3b6401"
        );
    }

    #[test]
    fn a_cost_is_read_back_as_it_was_written_and_no_other_is_read() {
        for cost in [Cost::USUAL, Cost::FLOOR, Cost::FOR_TESTS] {
            assert_eq!(Cost::read(&cost.word()), Some(cost));
        }
        assert_eq!(Cost::USUAL.word(), "argon2id m=131072 t=3 p=1");
        for odd in [
            "argon2id m=4194304 t=3 p=1",
            "argon2id m=64 t=0 p=1",
            "argon2id m=64 t=99 p=1",
            "argon2id m=+64 t=1 p=1",
            "argon2d m=64 t=1 p=1",
            "",
        ] {
            assert_eq!(Cost::read(odd), None, "{odd}");
        }
    }
}
