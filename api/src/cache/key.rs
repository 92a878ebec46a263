//! What an answer is found by.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};
use xxhash_rust::xxh3::Xxh3;

/// A question as it is meant: equal for requests that must have equal answers
/// as long as the change log does not move. SHA-256, so that nobody can make
/// one question answer another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key([u8; 32]);

/// A request as it was sent: equal for requests of equal bytes. Hashed with a
/// secret of this process: who does not know it can't make two that meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fingerprint(u128);

impl Key {
    /// The key of a question that has these parts.
    #[must_use]
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            // No two lists of parts are the same for where one part ends.
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Self(hasher.finalize().into())
    }
}

impl Fingerprint {
    /// The fingerprint of a request of these parts.
    #[must_use]
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut hasher = Xxh3::with_secret(*SECRET);
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Self(hasher.digest128())
    }
}

static SECRET: LazyLock<[u8; 192]> = LazyLock::new(|| {
    let mut secret = [0; 192];
    if getrandom::fill(&mut secret).is_err() {
        // Without a source of chance there are no keys either.
        tracing::error!("the system has no source of chance");
    }
    secret
});
