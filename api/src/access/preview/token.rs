//! What the holder of a preview token sends: `mhp_` and, in base64 for URLs, a
//! version, what it is for, until when, and a signature of these.

use anyhow::anyhow;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::Previewed;
use crate::error::Error;

/// What a token is for, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) what: Previewed,
    /// In whole seconds.
    pub(super) expires_at: DateTime<Utc>,
}

/// What tokens are signed with.
pub(super) struct Secret([u8; SECRET_BYTES]);

/// HMAC-SHA-256 (RFC 2104).
pub(super) type Signature = [u8; SIGNATURE_BYTES];

/// What every token begins with, so that scanners for leaked secrets know one.
const MARK: &str = "mhp_";
/// The first byte of all that this program signs.
const VERSION: u8 = 1;
const ISSUE: u8 = 1;
const ARTICLE: u8 = 2;

/// A block of SHA-256: as long as a key can be without being hashed.
const SECRET_BYTES: usize = 64;
const SIGNATURE_BYTES: usize = 32;
/// Version, kind, key, end.
const CLAIM_BYTES: usize = 1 + 1 + 8 + 8;
/// As long as every token is: three bytes make four letters.
const LENGTH: usize = MARK.len() + ((CLAIM_BYTES + SIGNATURE_BYTES) * 4).div_ceil(3);

impl Token {
    /// The token that is sent. `name` is what else tells the thing from others
    /// that once had its key.
    pub(super) fn signed(&self, secret: &Secret, name: &str) -> String {
        let mut bytes = self.claim().to_vec();
        bytes.extend(secret.sign(self, name).finalize().into_bytes());
        format!("{MARK}{}", URL_SAFE_NO_PAD.encode(bytes))
    }

    /// What a token that was sent claims, and its signature; `None` if it has
    /// not the form of one.
    pub(super) fn read(sent: &str) -> Option<(Self, Signature)> {
        if sent.len() != LENGTH {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(sent.strip_prefix(MARK)?).ok()?;
        let (claim, signature) = bytes.split_first_chunk::<CLAIM_BYTES>()?;
        let (head, rest) = claim.split_first_chunk::<2>()?;
        let (id, end) = rest.split_first_chunk::<8>()?;
        let id = i64::from_be_bytes(*id);
        let token = Self {
            what: match head {
                [VERSION, ISSUE] => Previewed::Issue(id),
                [VERSION, ARTICLE] => Previewed::Article(id),
                _ => return None,
            },
            expires_at: DateTime::from_timestamp(i64::from_be_bytes(end.try_into().ok()?), 0)?,
        };
        Some((token, signature.try_into().ok()?))
    }

    fn claim(&self) -> [u8; CLAIM_BYTES] {
        let (kind, id) = match self.what {
            Previewed::Issue(id) => (ISSUE, id),
            Previewed::Article(id) => (ARTICLE, id),
        };
        let mut claim = [0; CLAIM_BYTES];
        claim[0] = VERSION;
        claim[1] = kind;
        claim[2..10].copy_from_slice(&id.to_be_bytes());
        claim[10..].copy_from_slice(&self.expires_at.timestamp().to_be_bytes());
        claim
    }
}

impl Secret {
    /// A new one.
    ///
    /// # Errors
    /// If the machine has no randomness to give.
    pub(super) fn make() -> Result<Self, Error> {
        let mut bytes = [0; SECRET_BYTES];
        getrandom::fill(&mut bytes).map_err(|fault| Error::Internal(fault.into()))?;
        Ok(Self(bytes))
    }

    /// As it is kept.
    pub(super) fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// The one that is kept as `text`.
    ///
    /// # Errors
    /// If that is none.
    pub(super) fn read(text: &str) -> Result<Self, Error> {
        let bytes = URL_SAFE_NO_PAD.decode(text).unwrap_or_default();
        let bytes = bytes.try_into().map_err(|_| {
            let fault = anyhow!("the secret of preview tokens has not {SECRET_BYTES} bytes");
            Error::Internal(fault)
        })?;
        Ok(Self(bytes))
    }

    /// Whether `signature` was made of this token. However far it is right, it
    /// takes the same time.
    pub(super) fn has_signed(&self, token: &Token, name: &str, signature: &Signature) -> bool {
        self.sign(token, name).verify_slice(signature).is_ok()
    }

    fn sign(&self, token: &Token, name: &str) -> Hmac<Sha256> {
        let mut signing = Hmac::<Sha256>::new(&self.0.into());
        signing.update(&token.claim());
        signing.update(name.as_bytes());
        signing
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::{LENGTH, Previewed, Secret, Token};

    fn token(what: Previewed) -> Token {
        let expires_at = DateTime::from_timestamp(1_615_377_600, 0).unwrap();
        Token { what, expires_at }
    }

    #[test]
    fn a_token_says_what_it_is_for_to_whoever_has_the_secret() {
        let secret = Secret::make().unwrap();
        for what in [
            Previewed::Issue(1),
            Previewed::Article(1),
            Previewed::Article(i64::MAX),
        ] {
            let token = token(what);

            let sent = token.signed(&secret, "ice");

            let (read, signature) = Token::read(&sent).unwrap();
            assert_eq!(read, token);
            assert!(secret.has_signed(&read, "ice", &signature));
            assert!(!secret.has_signed(&read, "wells", &signature));
            let other = Secret::make().unwrap();
            assert!(!other.has_signed(&read, "ice", &signature));
            assert_eq!(sent.len(), LENGTH);
        }
    }

    #[test]
    fn no_letter_of_a_token_can_be_another() {
        let secret = Secret::make().unwrap();
        let sent = token(Previewed::Issue(7)).signed(&secret, "7");
        for place in 0..sent.len() {
            for letter in ['A', 'B', 'z', '0', '-', '_', '='] {
                let mut forged: Vec<char> = sent.chars().collect();
                forged[place] = letter;
                let forged: String = forged.into_iter().collect();
                if forged == sent {
                    continue;
                }

                let good = Token::read(&forged)
                    .is_some_and(|(token, signature)| secret.has_signed(&token, "7", &signature));

                assert!(!good, "{forged}");
            }
        }
    }

    #[test]
    fn what_is_cut_or_longer_is_no_token() {
        let secret = Secret::make().unwrap();
        let sent = token(Previewed::Article(7)).signed(&secret, "ice");

        for place in 0..sent.len() {
            assert_eq!(Token::read(&sent[..place]), None);
            assert_eq!(Token::read(&sent[place + 1..]), None);
        }
        assert_eq!(Token::read(&format!("{sent}A")), None);
    }

    #[test]
    fn a_secret_is_read_as_it_was_kept() {
        let secret = Secret::make().unwrap();

        let read = Secret::read(&secret.to_text()).unwrap();

        assert_eq!(read.0, secret.0);
        assert!(Secret::read("short").is_err());
    }
}
