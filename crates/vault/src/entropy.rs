//! The one seam through which randomness enters: keys, nonces and ids are drawn from what the shell hands in.
//!
//! Deliberately not here: any generator of our own.

use std::io;
use std::sync::{Arc, Mutex, PoisonError};

/// A source of random bytes that nobody can guess.
pub trait Entropy: Send {
    /// Fills `bytes`, or says why it could not. Half-filled bytes are never used.
    fn fill(&mut self, bytes: &mut [u8]) -> io::Result<()>;
}

/// The operating system's own source.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemEntropy;

impl Entropy for SystemEntropy {
    fn fill(&mut self, bytes: &mut [u8]) -> io::Result<()> {
        getrandom::fill(bytes).map_err(io::Error::from)
    }
}

/// One source for a profile and every space opened from it.
#[derive(Clone)]
pub struct Source(Arc<Mutex<Box<dyn Entropy>>>);

impl Source {
    pub(crate) fn new(entropy: Box<dyn Entropy>) -> Source {
        Source(Arc::new(Mutex::new(entropy)))
    }

    pub(crate) fn bytes<const N: usize>(&self) -> io::Result<[u8; N]> {
        let mut bytes = [0; N];
        // A panic elsewhere does not make the source less random.
        let mut source = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        source.fill(&mut bytes)?;
        Ok(bytes)
    }
}
