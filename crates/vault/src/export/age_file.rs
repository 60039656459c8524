//! An export under a passphrase, in the `age` format: any program that knows it opens it, ours not needed.

use std::io::Write as _;

use age::Encryptor;
use age::scrypt::Recipient;
use secrecy::SecretString;

use crate::Error;
use crate::lock::passphrase::is_blank;

/// Scrypt with 2^18: about a second, and what `age` itself chooses on the machines of today.
const WORK: u8 = 18;

/// Encrypts `plain` under a passphrase. The file key and nonces are drawn by `age` itself, from the system.
pub fn encrypt(plain: &[u8], passphrase: &SecretString) -> Result<Vec<u8>, Error> {
    with_work(plain, passphrase, WORK)
}

fn with_work(plain: &[u8], passphrase: &SecretString, work: u8) -> Result<Vec<u8>, Error> {
    if is_blank(passphrase) {
        return Err(Error::Blank);
    }
    let mut recipient = Recipient::new(passphrase.clone());
    recipient.set_work_factor(work);
    let written = (|| {
        let encryptor = Encryptor::with_recipients(std::iter::once(&recipient as &dyn age::Recipient))
            .map_err(|_| std::io::Error::other("no recipient"))?;
        let mut sealed = Vec::with_capacity(plain.len() + 1024);
        let mut writer = encryptor.wrap_output(&mut sealed)?;
        writer.write_all(plain)?;
        writer.finish()?;
        Ok(sealed)
    })();
    written.map_err(|e: std::io::Error| Error::Failed {
        doing: "encrypting an export",
        path: std::path::PathBuf::new(),
        code: e.raw_os_error(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]
    use std::io::Read as _;

    use super::*;

    #[test]
    fn what_is_encrypted_opens_to_its_passphrase_and_to_no_other() {
        let (line, other) = (SecretString::from("a line"), SecretString::from("a lime"));
        let sealed = with_work(b"marmalade", &line, 4).unwrap();
        assert!(sealed.starts_with(b"age-encryption.org/v1"));
        assert!(!sealed.windows(9).any(|part| part == b"marmalade"));
        let opened = |passphrase: &SecretString| {
            let identity = age::scrypt::Identity::new(passphrase.clone());
            let decryptor = age::Decryptor::new(&sealed[..]).unwrap();
            let mut plain = Vec::new();
            decryptor
                .decrypt(std::iter::once(&identity as &dyn age::Identity))
                .ok()?
                .read_to_end(&mut plain)
                .ok()?;
            Some(plain)
        };
        assert_eq!(opened(&line).as_deref(), Some(&b"marmalade"[..]));
        assert_eq!(opened(&other), None);
        assert_eq!(encrypt(b"x", &SecretString::from(" ")), Err(Error::Blank));
    }
}
