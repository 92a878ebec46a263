//! Which caches in front of this process are told to forget what changed.

use std::fmt;

use url::Url;

use super::{Config, ConfigError};

/// The caches that are told. None unless they are named.
#[derive(Clone, Debug)]
pub struct Purge {
    /// Where each Varnish takes a `BAN`.
    pub varnish: Vec<Url>,
    pub fastly: Fastly,
    pub cloudflare: Cloudflare,
}

/// A service of Fastly.
#[derive(Clone, Debug)]
pub struct Fastly {
    /// The id of the service; `None`: Fastly is not told.
    pub service: Option<String>,
    pub token: Option<Secret>,
    /// Where its API is.
    pub url: Url,
}

/// A zone of Cloudflare.
#[derive(Clone, Debug)]
pub struct Cloudflare {
    /// The id of the zone; `None`: Cloudflare is not told.
    pub zone: Option<String>,
    pub token: Option<Secret>,
    /// Where its API is.
    pub url: Url,
}

/// What nobody is to see, neither in a log nor in `check`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// To be handed to whom it is for.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Secret")
    }
}

impl Default for Purge {
    fn default() -> Self {
        Self {
            varnish: Vec::new(),
            fastly: Fastly {
                service: None,
                token: None,
                url: known("https://api.fastly.com/"),
            },
            cloudflare: Cloudflare {
                zone: None,
                token: None,
                url: known("https://api.cloudflare.com/client/v4/"),
            },
        }
    }
}

impl Purge {
    /// Whether any cache is told.
    #[must_use]
    pub fn is_on(&self) -> bool {
        !self.varnish.is_empty() || self.fastly.service.is_some() || self.cloudflare.zone.is_some()
    }
}

/// What has a name needs a token.
pub(super) fn check(config: &Config) -> Result<(), ConfigError> {
    let Purge {
        varnish: _,
        fastly,
        cloudflare,
    } = &config.purge;
    let halves = [
        (
            fastly.service.is_some(),
            fastly.token.is_some(),
            "purge.fastly.service",
            "purge.fastly.token",
        ),
        (
            cloudflare.zone.is_some(),
            cloudflare.token.is_some(),
            "purge.cloudflare.zone",
            "purge.cloudflare.token",
        ),
    ];
    for (is_named, has_token, name, token) in halves {
        if is_named && !has_token {
            return Err(ConfigError::Missing {
                name: token,
                of: name,
            });
        }
    }
    Ok(())
}

/// URLs with commas between them; none in an empty text.
pub(super) fn urls(text: &str) -> Result<Vec<Url>, String> {
    let parts = text
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty());
    parts.map(url).collect()
}

/// A URL that requests can be sent to. One that holds a password would be shown.
pub(super) fn url(text: &str) -> Result<Url, String> {
    Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
        .filter(|url| url.username().is_empty() && url.password().is_none())
        .ok_or_else(|| {
            "give a URL with http or https, without a user, such as http://127.0.0.1:6081"
                .to_owned()
        })
}

pub(super) fn show_urls(urls: &[Url]) -> String {
    let urls: Vec<&str> = urls.iter().map(Url::as_str).collect();
    urls.join(",")
}

/// A name that stands in a path of a URL; nothing in an empty text.
pub(super) fn segment(text: &str) -> Result<Option<String>, String> {
    let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    if text.chars().all(fits) {
        Ok(Some(text.to_owned()).filter(|text| !text.is_empty()))
    } else {
        Err("give an id of letters and digits".to_owned())
    }
}

/// A secret that goes into a header; nothing in an empty text.
pub(super) fn secret(text: &str) -> Result<Option<Secret>, String> {
    if text.chars().all(|letter| letter.is_ascii_graphic()) {
        Ok(Some(text.to_owned())
            .filter(|text| !text.is_empty())
            .map(Secret))
    } else {
        Err("give a token of printable ASCII, without spaces".to_owned())
    }
}

#[expect(
    clippy::expect_used,
    reason = "the addresses above are URLs; a test has them made"
)]
fn known(text: &str) -> Url {
    Url::parse(text).expect("it is a URL")
}

#[cfg(test)]
mod tests {
    use super::{Purge, secret, segment, url, urls};

    #[test]
    fn nothing_is_told_unless_it_is_named() {
        assert!(!Purge::default().is_on());
    }

    #[test]
    fn urls_stand_between_commas_and_hold_no_password() {
        let two = urls("http://10.0.0.1:6081, https://cache.example/").unwrap();
        assert_eq!(two.len(), 2);
        assert!(urls("").unwrap().is_empty());
        for wrong in [
            "10.0.0.1:6081",
            "ftp://a/",
            "http://me:pass@a/",
            "http:///",
            "a",
        ] {
            assert!(url(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_id_is_one_segment_of_a_path_and_a_token_one_value_of_a_header() {
        assert_eq!(segment(""), Ok(None));
        assert!(segment("SU1Z0isxPaozGVKXdv0eY").unwrap().is_some());
        for wrong in ["a/b", "a b", "..", "a?b"] {
            assert!(segment(wrong).is_err(), "{wrong}");
        }
        assert_eq!(secret(""), Ok(None));
        assert!(secret("a\r\nb").is_err());
    }

    #[test]
    fn a_secret_is_not_shown() {
        let token = secret("tell-nobody").unwrap();

        assert!(!format!("{token:?}").contains("tell"));
    }
}
