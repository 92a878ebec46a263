//! What the holder of a key sends: `mh_PREFIX_SECRET`.

use std::fmt::{self, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// A key in full. It is shown once, when it is made, and kept nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret {
    prefix: String,
    text: String,
}

/// What is kept of a key: enough to know it again, not to make it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// What it is found by.
    pub prefix: String,
    /// SHA-256 of the key in full, in hexadecimal.
    pub hash: String,
}

/// The machine has no randomness to give.
#[derive(thiserror::Error, Debug)]
#[error("there are no random numbers to be had")]
pub struct NoRandomness(#[source] getrandom::Error);

/// What every key begins with, so that scanners for leaked secrets know one.
const MARK: &str = "mh_";
/// Random bytes of a prefix, and of what follows it: 256 bits.
const PREFIX_BYTES: usize = 6;
const SECRET_BYTES: usize = 32;
/// More than any key has; longer ones are not even hashed.
const MAX_LENGTH: usize = 100;

/// Bytes that nobody can guess.
///
/// # Errors
/// If the machine has no randomness to give.
pub fn random<const BYTES: usize>() -> Result<[u8; BYTES], NoRandomness> {
    let mut bytes = [0; BYTES];
    getrandom::fill(&mut bytes).map_err(NoRandomness)?;
    Ok(bytes)
}

impl Secret {
    /// A new one.
    ///
    /// # Errors
    /// If the machine has no randomness to give.
    pub fn make() -> Result<Self, NoRandomness> {
        let prefix = hexadecimal(&random::<PREFIX_BYTES>()?);
        let secret = random::<SECRET_BYTES>()?;
        let text = format!("{MARK}{prefix}_{}", URL_SAFE_NO_PAD.encode(secret));
        Ok(Self { prefix, text })
    }

    /// The key that was sent; `None` if it has not the form of one.
    #[must_use]
    pub fn read(sent: &str) -> Option<Self> {
        if sent.len() > MAX_LENGTH {
            return None;
        }
        let (prefix, _) = sent.strip_prefix(MARK)?.split_once('_')?;
        Some(Self {
            prefix: prefix.to_owned(),
            text: sent.to_owned(),
        })
    }

    /// What it is found by; no secret.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The key in full, for its holder alone.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.text
    }

    /// What is kept of it.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint {
            prefix: self.prefix.clone(),
            hash: hexadecimal(&Sha256::digest(&self.text)),
        }
    }

    /// Whether `hash` was kept of this one. However far they agree, it takes
    /// the same time.
    #[must_use]
    pub fn has_hash(&self, hash: &str) -> bool {
        let own = self.fingerprint().hash;
        own.as_bytes().ct_eq(hash.as_bytes()).into()
    }
}

/// Logs and failed tests show it by its prefix.
impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Secret({MARK}{}_…)", self.prefix)
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        // A string takes whatever is written.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::Secret;

    #[test]
    fn a_key_is_known_by_its_hash_and_no_other_is() {
        let one = Secret::make().unwrap();
        let other = Secret::make().unwrap();

        let sent = Secret::read(one.reveal()).unwrap();

        assert_eq!(sent, one);
        assert!(sent.has_hash(&one.fingerprint().hash));
        assert!(!other.has_hash(&one.fingerprint().hash));
        assert!(!one.has_hash(""));
    }

    #[test]
    fn a_key_has_256_random_bits_behind_its_prefix() {
        let key = Secret::make().unwrap();

        let parts: Vec<&str> = key.reveal().splitn(3, '_').collect();

        assert_eq!(parts[0], "mh");
        assert_eq!((parts[1], parts[1].len()), (key.prefix(), 12));
        assert_eq!(parts[2].len(), 43);
    }

    #[test]
    fn what_has_not_the_form_of_a_key_is_none() {
        let long = format!("mh_1_{}", "x".repeat(200));
        for sent in ["", "mh_", "mh_abc", "xx_abc_def", "MH_abc_def", &long] {
            assert_eq!(Secret::read(sent), None, "{sent}");
        }
    }

    #[test]
    fn a_key_that_is_logged_shows_its_prefix_alone() {
        let key = Secret::read("mh_abc_verysecret").unwrap();

        assert_eq!(format!("{key:?}"), "Secret(mh_abc_…)");
    }
}
