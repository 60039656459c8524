//! What a seal is: a hash that fixes a text and everything about it, and tells nothing of it.
//!
//! Each part is preceded by its length, so that no two different answers have the same bytes; 32 random bytes of nonce
//! keep a short answer from being guessed.

use sha2::{Digest, Sha256};

use crate::{PersonId, RunId};

/// Another version of the encoding would be another domain.
const DOMAIN: &[u8] = b"pairwise/seal/1";

/// What a commitment is about.
pub(crate) struct Sealed<'a> {
    pub(crate) lesson: &'a str,
    pub(crate) field: &'a str,
    pub(crate) layer: &'a str,
    pub(crate) rev: u32,
    pub(crate) run: &'a RunId,
    pub(crate) author: &'a PersonId,
    pub(crate) text: &'a str,
}

impl Sealed<'_> {
    /// SHA-256(domain ‖ nonce ‖ each part with its length).
    pub(crate) fn commitment(&self, nonce: &[u8; 32]) -> [u8; 32] {
        let rev = self.rev.to_be_bytes();
        let parts: [&[u8]; 7] = [
            self.lesson.as_bytes(),
            self.field.as_bytes(),
            self.layer.as_bytes(),
            &rev,
            self.run.as_str().as_bytes(),
            self.author.as_str().as_bytes(),
            self.text.as_bytes(),
        ];
        let mut hash = Sha256::new().chain_update(DOMAIN).chain_update(nonce);
        for part in parts {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
        hash.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;

    fn sealed<'a>(field: &'a str, layer: &'a str, text: &'a str, run: &'a RunId, author: &'a PersonId) -> Sealed<'a> {
        Sealed {
            lesson: "our-loop",
            field,
            layer,
            rev: 1,
            run,
            author,
            text,
        }
    }

    #[test]
    fn moving_a_letter_across_a_border_is_another_commitment() {
        let run = RunId::from_bytes([1; 16]);
        let author = PersonId::from_bytes([2; 16]);
        let nonce = [3; 32];
        let one = sealed("ab", "c", "d", &run, &author).commitment(&nonce);
        assert_ne!(one, sealed("a", "bc", "d", &run, &author).commitment(&nonce));
        assert_ne!(one, sealed("ab", "cd", "", &run, &author).commitment(&nonce));
        assert_ne!(one, sealed("ab", "c", "d", &run, &author).commitment(&[4; 32]));
    }

    #[test]
    fn the_encoding_stays_as_it_is() {
        // Seals outlive versions of the app: this value may never change.
        let run = RunId::from_bytes([1; 16]);
        let author = PersonId::from_bytes([2; 16]);
        let hash = sealed("ours", "surface", "\"hello\"", &run, &author).commitment(&[3; 32]);
        assert_eq!(
            crate::hex::encode(&hash),
            "793a62fefa8aaeb5228cdced66457ea5eccf9294dcd22c1424fa251b1c31b979"
        );
    }
}
