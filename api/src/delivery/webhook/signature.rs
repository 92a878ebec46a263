//! Signatures, by Standard Webhooks
//! (<https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>).

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use crate::access::{NoRandomness, random};

/// What messages to one endpoint are signed with.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Vec<u8>);

/// What every secret begins with in text.
const MARK: &str = "whsec_";

/// Random bytes of a secret; the standard asks for 24 to 64.
const BYTES: usize = 32;

impl Secret {
    /// A new one.
    ///
    /// # Errors
    /// If the machine has no randomness to give.
    pub fn make() -> Result<Self, NoRandomness> {
        Ok(Self(random::<BYTES>()?.to_vec()))
    }

    /// The one that `text` is; `None`: it has not the form of one.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        STANDARD.decode(text.strip_prefix(MARK)?).ok().map(Self)
    }

    /// As its holder gets it, and as it is kept: it has to sign.
    #[must_use]
    pub fn reveal(&self) -> String {
        format!("{MARK}{}", STANDARD.encode(&self.0))
    }

    /// The signature of a message sent at a time: HMAC-SHA-256 of its id, the
    /// time in seconds and the payload, with points between them.
    #[must_use]
    pub fn sign(&self, id: &str, at: DateTime<Utc>, payload: &str) -> String {
        // Any length of a key will do (RFC 2104, section 3).
        let Ok(mut signing) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            return String::new();
        };
        signing.update(format!("{id}.{}.", at.timestamp()).as_bytes());
        signing.update(payload.as_bytes());
        format!("v1,{}", STANDARD.encode(signing.finalize().into_bytes()))
    }
}

/// Logs and failed tests don't show it.
impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret")
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::Secret;

    #[test]
    fn a_signature_is_that_of_the_standard() {
        // The example of the standard's own test suites.
        let secret = Secret::read("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let at = DateTime::from_timestamp(1_614_265_330, 0).unwrap();

        let signature = secret.sign(
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            at,
            r#"{"test": 2432232314}"#,
        );

        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn a_secret_is_read_as_it_is_told_and_shown_nowhere() {
        let secret = Secret::make().unwrap();

        let told = secret.reveal();

        assert_eq!(Secret::read(&told), Some(secret.clone()));
        assert_ne!(Secret::make().unwrap(), secret);
        assert_eq!(told.len(), "whsec_".len() + 44);
        assert_eq!(format!("{secret:?}"), "Secret");
        for wrong in ["", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_?"] {
            let read = Secret::read(wrong);
            assert!(read.is_none_or(|secret| secret.0.is_empty()), "{wrong}");
        }
    }
}
