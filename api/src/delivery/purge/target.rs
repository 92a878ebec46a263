//! The caches that are told, and how each is told.

use std::fmt;

use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderValue, Method, Request, Uri};
use bytes::Bytes;
use serde_json::json;
use url::Url;

use crate::cache::tag::{Tag, joined};
use crate::config::{Purge, Secret};

/// A cache that is told what to forget.
#[derive(Clone, Debug)]
pub enum Target {
    /// By `BAN`, as `examples/varnish/default.vcl` takes it.
    Varnish { url: Url },
    /// By its API: "Purge multiple surrogate key tags".
    Fastly {
        service: String,
        token: Secret,
        url: Url,
    },
    /// By its API: "Purge cached content", by tags.
    Cloudflare {
        zone: String,
        token: Secret,
        url: Url,
    },
}

/// What the names of all targets begin with, where their positions are saved.
pub(super) const PREFIX: &str = "purge ";

/// For people, and the name by which its position is saved.
impl fmt::Display for Target {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Varnish { url } => write!(formatter, "Varnish at {url}"),
            Self::Fastly { service, .. } => write!(formatter, "Fastly's service {service}"),
            Self::Cloudflare { zone, .. } => write!(formatter, "Cloudflare's zone {zone}"),
        }
    }
}

impl Target {
    /// The caches that the configuration names.
    #[must_use]
    pub fn all(purge: &Purge) -> Vec<Self> {
        let Purge {
            varnish,
            fastly,
            cloudflare,
        } = purge;
        let varnish = varnish.iter().map(|url| Self::Varnish { url: url.clone() });
        let fastly_named = fastly.service.clone().zip(fastly.token.clone());
        let fastly = fastly_named.map(|(service, token)| Self::Fastly {
            service,
            token,
            url: fastly.url.clone(),
        });
        let cloudflare_named = cloudflare.zone.clone().zip(cloudflare.token.clone());
        let cloudflare = cloudflare_named.map(|(zone, token)| Self::Cloudflare {
            zone,
            token,
            url: cloudflare.url.clone(),
        });
        varnish.chain(fastly).chain(cloudflare).collect()
    }

    /// The name by which it is saved how far it was told.
    #[must_use]
    pub fn reader(&self) -> String {
        format!("{PREFIX}{self}")
    }

    /// How many tags it takes at a time.
    pub(super) const fn most(&self) -> usize {
        match self {
            // Varnish takes lines of 8 KiB at most unless told (`http_req_hdr_len`).
            Self::Varnish { .. } => 100,
            // "Up to 256 surrogate keys can be purged in one batch request."
            Self::Fastly { .. } => 256,
            // The least that any plan takes in one call.
            Self::Cloudflare { .. } => 30,
        }
    }

    /// The request that has it forget whatever holds one of these tags.
    pub(super) fn request(&self, tags: &[Tag]) -> Result<Request<Bytes>, axum::http::Error> {
        match self {
            Self::Varnish { url } => Request::builder()
                .method(Method::from_bytes(b"BAN")?)
                .uri(url.as_str())
                .header("surrogate-key-pattern", pattern(tags))
                .header("xkey-purge", joined(tags, " "))
                .body(Bytes::new()),
            Self::Fastly {
                service,
                token,
                url,
            } => Request::post(below(url, &format!("service/{service}/purge"))?)
                .header("fastly-key", hidden(token.reveal().to_owned())?)
                .header("surrogate-key", joined(tags, " "))
                .body(Bytes::new()),
            Self::Cloudflare { zone, token, url } => {
                let tags: Vec<String> = tags.iter().map(ToString::to_string).collect();
                let body = json!({ "tags": tags }).to_string();
                Request::post(below(url, &format!("zones/{zone}/purge_cache"))?)
                    .header(AUTHORIZATION, hidden(format!("Bearer {}", token.reveal()))?)
                    .header(CONTENT_TYPE, "application/json")
                    .body(Bytes::from(body))
            }
        }
    }
}

/// Matches a list of tags, with spaces between them, that has one of these. Tags
/// hold nothing that means anything in a pattern.
fn pattern(tags: &[Tag]) -> String {
    format!(r"(^|\s)({})(\s|$)", joined(tags, "|"))
}

/// A place below an address, whether or not that ends in a slash.
fn below(url: &Url, place: &str) -> Result<Uri, axum::http::Error> {
    let text = format!("{}/{place}", url.as_str().trim_end_matches('/'));
    Ok(text.parse::<Uri>()?)
}

/// A value that no log shows.
fn hidden(text: String) -> Result<HeaderValue, axum::http::Error> {
    let mut value = HeaderValue::try_from(text)?;
    value.set_sensitive(true);
    Ok(value)
}
