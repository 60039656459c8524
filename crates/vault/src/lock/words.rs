//! Twelve recovery words: 128 bits that open a lock when the passphrase is forgotten.

use bip39::{Language, Mnemonic};
use secrecy::{ExposeSecret as _, SecretString};
use zeroize::{Zeroize as _, Zeroizing};

use crate::entropy::Source;

/// Twelve words, to be shown once and written down. Dropping them wipes them.
pub struct RecoveryWords(SecretString);

impl std::fmt::Debug for RecoveryWords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RecoveryWords").finish_non_exhaustive()
    }
}

impl RecoveryWords {
    pub(crate) fn draw(source: &Source) -> std::io::Result<RecoveryWords> {
        let mut bits = Zeroizing::new(source.bytes::<16>()?);
        let words = Mnemonic::from_entropy_in(Language::English, &*bits).expect("16 bytes are twelve words");
        bits.zeroize();
        let mut text = String::with_capacity(12 * 9);
        for word in words.words() {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        Ok(RecoveryWords(SecretString::from(text)))
    }

    /// The words, to show to their owner.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    pub(crate) fn secret(&self) -> &SecretString {
        &self.0
    }
}

/// The bits behind words somebody typed, in any case and spacing. None when they are not twelve of the list, or their
/// last one does not fit the others.
pub(crate) fn bits(typed: &SecretString) -> Option<Zeroizing<[u8; 16]>> {
    let mut plain = Zeroizing::new(String::with_capacity(typed.expose_secret().len() * 3));
    for word in typed
        .expose_secret()
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
    {
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.extend(word.chars().flat_map(char::to_lowercase));
    }
    let words = Mnemonic::parse_in_normalized(Language::English, &plain).ok()?;
    let (mut bytes, length) = words.to_entropy_array();
    let bits = (length == 16).then(|| {
        let mut bits = Zeroizing::new([0; 16]);
        bits.copy_from_slice(&bytes[..16]);
        bits
    });
    bytes.zeroize();
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<[u8; 16]> {
        bits(&SecretString::from(text)).map(|bits| *bits)
    }

    #[test]
    fn words_are_read_in_any_case_and_spacing_and_checked() {
        let zeros = format!("{}about", "abandon ".repeat(11));
        assert_eq!(read(&zeros), Some([0; 16]));
        assert_eq!(read(&zeros.to_uppercase().replace(' ', ",\n ")), Some([0; 16]));
        let unfit = "abandon ".repeat(12);
        let fifteen = format!("{}address", "abandon ".repeat(14));
        for odd in [unfit.as_str(), fifteen.as_str(), "abandon about", "", "marmalade"] {
            assert_eq!(read(odd), None, "{odd}");
        }
    }
}
