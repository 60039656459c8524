//! "Remember me here": a space that has a passphrase opens on this computer without it.
//!
//! The system's keychain keeps 32 random bytes; the wrap they open lies with the others in `keys.json`. Neither alone is a
//! key, and losing either loses nothing: the passphrase opens as before.

use secrecy::SecretBox;
use thiserror::Error;

/// A place of the system's that keeps small secrets for this account.
///
/// The names the vault gives are random ids of people and say nothing about them.
pub trait Keychain {
    /// Keeps a secret under a name, in place of what is there.
    fn keep(&mut self, name: &str, secret: &[u8]) -> Result<(), KeychainError>;
    /// The secret under a name; none when there is none.
    fn find(&mut self, name: &str) -> Result<Option<SecretBox<Vec<u8>>>, KeychainError>;
    /// Lets go of what is under a name. Nothing there is no error.
    fn forget(&mut self, name: &str) -> Result<(), KeychainError>;
}

/// There is no keychain, or it is shut, or it did not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("This computer's keychain could not be used. Your passphrase opens your space as before.")]
pub struct KeychainError;

/// The system's own: Keychain on macOS, Credential Manager on Windows, the Secret Service on Linux, where one runs.
#[cfg(feature = "os-keychain")]
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemKeychain;

#[cfg(feature = "os-keychain")]
impl SystemKeychain {
    const SERVICE: &str = "pairwise";

    fn entry(name: &str) -> Result<keyring::Entry, KeychainError> {
        keyring::Entry::new(Self::SERVICE, name).map_err(|_| KeychainError)
    }
}

#[cfg(feature = "os-keychain")]
impl Keychain for SystemKeychain {
    fn keep(&mut self, name: &str, secret: &[u8]) -> Result<(), KeychainError> {
        Self::entry(name)?.set_secret(secret).map_err(|_| KeychainError)
    }

    fn find(&mut self, name: &str) -> Result<Option<SecretBox<Vec<u8>>>, KeychainError> {
        match Self::entry(name)?.get_secret() {
            Ok(secret) => Ok(Some(SecretBox::new(Box::new(secret)))),
            Err(keyring::Error::NoEntry) => Ok(None),
            Err(_) => Err(KeychainError),
        }
    }

    fn forget(&mut self, name: &str) -> Result<(), KeychainError> {
        match Self::entry(name)?.delete_credential() {
            Ok(()) | Err(keyring::Error::NoEntry) => Ok(()),
            Err(_) => Err(KeychainError),
        }
    }
}
