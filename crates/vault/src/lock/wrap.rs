//! A wrap: a person's key, closed with one thing they know or have.
//!
//! What it is closed with goes through HKDF, bound to the person and to what kind of thing it is; the ciphertext is bound
//! to the same, so that a wrap moved to another person, or relabelled, opens nothing.

use chacha20poly1305::aead::{Aead as _, Payload};
use chacha20poly1305::{KeyInit as _, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::entropy::Source;
use crate::keys::Root;
use crate::{PersonId, hex};

const FORMAT: &str = "pairwise-wrap-1";

/// How the key of a random secret is made: there is nothing to slow down.
pub(crate) const RANDOM: &str = "hkdf-sha256";

/// A person's key, closed with something they know or have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Wrap {
    /// `passphrase`, `recovery` or `keychain`.
    by: String,
    /// How the wrapping key is made from it: name, memory and passes.
    kdf: String,
    salt: String,
    nonce: String,
    /// XChaCha20-Poly1305, bound to format, person and purpose.
    sealed: String,
}

/// What a wrap is closed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    Passphrase,
    Recovery,
    Keychain,
}

impl By {
    fn word(self) -> &'static str {
        match self {
            By::Passphrase => "passphrase",
            By::Recovery => "recovery",
            By::Keychain => "keychain",
        }
    }
}

impl Wrap {
    /// Closes a key. `make` is given the salt and answers the secret, already stretched where that is needed.
    pub(crate) fn close<E: From<std::io::Error>>(
        root: &Root,
        person: &PersonId,
        by: By,
        kdf: &str,
        source: &Source,
        make: impl FnOnce(&[u8; 16]) -> Result<Zeroizing<Vec<u8>>, E>,
    ) -> Result<Wrap, E> {
        let salt = source.bytes::<16>()?;
        let nonce = source.bytes::<24>()?;
        let secret = make(&salt)?;
        let aad = bound_to(person, by);
        let payload = Payload {
            msg: root.expose(),
            aad: aad.as_bytes(),
        };
        let sealed = cipher(&secret, &salt, person, by)
            .encrypt(XNonce::from_slice(&nonce), payload)
            .expect("32 bytes are within what the cipher takes");
        Ok(Wrap {
            by: by.word().to_owned(),
            kdf: kdf.to_owned(),
            salt: hex::encode(&salt),
            nonce: hex::encode(&nonce),
            sealed: hex::encode(&sealed),
        })
    }

    pub(crate) fn is_by(&self, by: By) -> bool {
        self.by == by.word()
    }

    pub(crate) fn kdf(&self) -> &str {
        &self.kdf
    }

    pub(crate) fn salt(&self) -> Option<[u8; 16]> {
        hex::decode(&self.salt)
    }

    /// Opens it; nothing when the secret is another, or anything about the wrap is not as it was.
    pub(crate) fn open(&self, person: &PersonId, by: By, secret: &[u8]) -> Option<Root> {
        if !self.is_by(by) {
            return None;
        }
        let nonce = hex::decode::<24>(&self.nonce)?;
        let sealed = hex::decode::<48>(&self.sealed)?;
        let aad = bound_to(person, by);
        let payload = Payload {
            msg: &sealed,
            aad: aad.as_bytes(),
        };
        let cipher = cipher(secret, &self.salt()?, person, by);
        let opened = Zeroizing::new(cipher.decrypt(XNonce::from_slice(&nonce), payload).ok()?);
        let mut bytes: [u8; 32] = opened.as_slice().try_into().ok()?;
        Some(Root::take(&mut bytes))
    }
}

fn bound_to(person: &PersonId, by: By) -> String {
    format!("{FORMAT}|{person}|{}", by.word())
}

fn cipher(secret: &[u8], salt: &[u8; 16], person: &PersonId, by: By) -> XChaCha20Poly1305 {
    let hkdf = Hkdf::<Sha256>::new(Some(salt), secret);
    let mut key = Zeroizing::new([0; 32]);
    hkdf.expand(
        format!("pairwise/1/wrap/{}/{person}", by.word()).as_bytes(),
        key.as_mut(),
    )
    .expect("32 bytes are within what HKDF-SHA-256 gives");
    XChaCha20Poly1305::new((&*key).into())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use super::*;
    use crate::SystemEntropy;

    fn closed(person: &PersonId, by: By) -> Wrap {
        let source = Source::new(Box::new(SystemEntropy));
        let root = Root::take(&mut [9; 32]);
        let secret = |_: &[u8; 16]| -> std::io::Result<_> { Ok(Zeroizing::new(vec![1; 32])) };
        Wrap::close(&root, person, by, RANDOM, &source, secret).unwrap()
    }

    #[test]
    fn a_wrap_opens_for_its_person_purpose_and_secret_and_for_no_other() {
        let (ada, bo) = (PersonId::from_bytes([1; 16]), PersonId::from_bytes([2; 16]));
        let wrap = closed(&ada, By::Recovery);
        let opened = wrap.open(&ada, By::Recovery, &[1; 32]).unwrap();
        assert_eq!(opened.expose(), &[9; 32]);
        assert!(wrap.open(&ada, By::Recovery, &[2; 32]).is_none());
        assert!(wrap.open(&bo, By::Recovery, &[1; 32]).is_none());
        let relabelled = Wrap {
            by: "keychain".into(),
            ..wrap.clone()
        };
        assert!(relabelled.open(&ada, By::Keychain, &[1; 32]).is_none());
    }

    #[test]
    fn a_wrap_made_by_an_older_app_opens_and_its_form_stays_as_it_is() {
        // Locks outlive versions of the app: these values may never change.
        struct Counting;
        impl crate::Entropy for Counting {
            fn fill(&mut self, bytes: &mut [u8]) -> std::io::Result<()> {
                (0..).zip(bytes).for_each(|(number, byte)| *byte = number);
                Ok(())
            }
        }
        let ada = PersonId::from_bytes([1; 16]);
        let root = Root::take(&mut [9; 32]);
        let source = Source::new(Box::new(Counting));
        let secret = |_: &[u8; 16]| -> std::io::Result<_> { Ok(Zeroizing::new(vec![1; 32])) };
        let wrap = Wrap::close(&root, &ada, By::Recovery, RANDOM, &source, secret).unwrap();
        assert_eq!(wrap.salt, "000102030405060708090a0b0c0d0e0f");
        assert_eq!(wrap.nonce, "000102030405060708090a0b0c0d0e0f1011121314151617");
        assert_eq!(
            wrap.sealed,
            "b783bee6251e0ac042d386053f85aece18ee52b6eebcb03f30028a55679290158acb13a4fb4b53b0f51ef513c093fa98"
        );
    }

    #[test]
    fn no_digit_of_a_wrap_can_be_changed() {
        let ada = PersonId::from_bytes([1; 16]);
        let wrap = closed(&ada, By::Recovery);
        let other = |text: &str, at: usize| {
            let digit = if &text[at..=at] == "0" { "1" } else { "0" };
            format!("{}{digit}{}", &text[..at], &text[at + 1..])
        };
        for at in 0..wrap.sealed.len() {
            let sealed = other(&wrap.sealed, at);
            assert!(
                Wrap { sealed, ..wrap.clone() }
                    .open(&ada, By::Recovery, &[1; 32])
                    .is_none()
            );
        }
        for at in 0..wrap.nonce.len() {
            let nonce = other(&wrap.nonce, at);
            assert!(
                Wrap { nonce, ..wrap.clone() }
                    .open(&ada, By::Recovery, &[1; 32])
                    .is_none()
            );
        }
        for at in 0..wrap.salt.len() {
            let salt = other(&wrap.salt, at);
            assert!(
                Wrap { salt, ..wrap.clone() }
                    .open(&ada, By::Recovery, &[1; 32])
                    .is_none()
            );
        }
    }
}
