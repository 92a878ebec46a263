//! Rate limits and quotas as HTTP tells of them: the address of a client, and
//! the fields of draft-ietf-httpapi-ratelimit-headers.

use std::net::IpAddr;

use axum::http::header::RETRY_AFTER;
use axum::http::request::Parts;
use axum::http::{Extensions, HeaderMap, HeaderName, HeaderValue};

use super::refusal::Refusal;
use crate::access::{Caller, Client, KeyCaller, Left, QuotaLeft, TooMany, TrustedProxies};
use crate::app::App;
use crate::error::Code;

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const LIMIT: HeaderName = HeaderName::from_static("ratelimit");
const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");
const FORWARDED: HeaderName = HeaderName::from_static("forwarded");

/// The other end of a connection.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub(super) IpAddr);

/// What was taken of a client's allowance, and what is left.
#[derive(Clone, Copy, Debug)]
pub(super) struct Taken {
    client: Client,
    left: Left,
}

/// Whose allowance a request is taken from: the key's, else the address's.
/// `None` without either, as for a request that came over no connection.
pub(super) fn client(app: &App, parts: &Parts, caller: &Caller) -> Option<Client> {
    if let Some(key) = caller.key() {
        return Some(Client::Key(key.id));
    }
    let peer = peer(&parts.extensions)?;
    Some(Client::at(address(&app.proxies, peer, &parts.headers)))
}

/// Take `units` from what the client has left.
///
/// # Errors
/// The answer to a client that has too little left.
pub(super) fn take(
    app: &App,
    client: Option<Client>,
    units: usize,
) -> Result<Option<Taken>, Refusal> {
    let Some(client) = client else {
        return Ok(None);
    };
    match app.limiter.take(client, units, app.clock.now()) {
        Ok(left) => Ok(left.map(|left| Taken { client, left })),
        Err(too_many) => Err(refused(client, too_many)),
    }
}

impl Taken {
    /// Say what is left.
    pub(super) fn write(self, headers: &mut HeaderMap) {
        let Self { client, left } = self;
        let name = client.policy();
        let policy = format!("\"{name}\";q={};w=60;qu=\"cost\"", left.quota);
        let limit = format!("\"{name}\";r={};t={}", left.units, left.full_in);
        append(headers, policy, limit);
    }
}

/// What a key may ask for in a day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    key: i64,
    /// Units of cost; `None`: as many as it likes, which are counted.
    quota: Option<u64>,
}

impl Budget {
    /// That of a key.
    pub(super) fn of(key: &KeyCaller) -> Self {
        Self {
            key: key.id,
            quota: key
                .contract
                .as_ref()
                .and_then(|contract| contract.daily_quota),
        }
    }

    /// Take `units` of what is left of the day.
    ///
    /// # Errors
    /// The answer where there are not as many.
    pub(super) fn take(self, app: &App, units: usize) -> Result<(), Refusal> {
        let taken = app.usage.take(self.key, self.quota, units, app.clock.now());
        taken.map_err(|left| used_up(left, units))
    }

    /// Give back what was taken for a request that is not answered.
    pub(super) fn give_back(self, app: &App, units: usize) {
        app.usage.give_back(self.key, units, app.clock.now());
    }

    /// Say what is left, if there is a quota.
    pub(super) fn write(self, app: &App, headers: &mut HeaderMap) {
        let left = app.usage.left(self.key, self.quota, app.clock.now());
        if let Some(left) = left {
            tell(left, headers);
        }
    }
}

fn tell(left: QuotaLeft, headers: &mut HeaderMap) {
    let policy = format!("\"quota\";q={};w=86400;qu=\"cost\"", left.quota);
    let limit = format!("\"quota\";r={};t={}", left.units, left.next_in);
    append(headers, policy, limit);
}

fn used_up(left: QuotaLeft, units: usize) -> Refusal {
    let QuotaLeft {
        quota,
        units: rest,
        next_in,
    } = left;
    let message = format!(
        "this costs {units} units, and {rest} of the {quota} are left that the key has a day; the next day begins in {next_in} seconds"
    );
    let mut headers = HeaderMap::new();
    tell(left, &mut headers);
    headers.insert(RETRY_AFTER, HeaderValue::from(next_in));
    Refusal::new(Code::QuotaExceeded, message).with_headers(headers)
}

fn append(headers: &mut HeaderMap, policy: String, limit: String) {
    for (name, text) in [(POLICY, policy), (LIMIT, limit)] {
        // Digits and names are fit for a header.
        if let Ok(value) = HeaderValue::try_from(text) {
            headers.append(name, value);
        }
    }
}

fn refused(client: Client, too_many: TooMany) -> Refusal {
    let TooMany { left, retry_in } = too_many;
    let message = format!(
        "this {} may ask for {} units of cost a minute; ask again in {retry_in} seconds",
        client.policy(),
        left.quota
    );
    let mut headers = HeaderMap::new();
    Taken { client, left }.write(&mut headers);
    headers.insert(RETRY_AFTER, HeaderValue::from(retry_in));
    Refusal::new(Code::RateLimited, message).with_headers(headers)
}

fn peer(extensions: &Extensions) -> Option<IpAddr> {
    extensions.get::<Peer>().map(|peer| peer.0)
}

/// The client behind trusted proxies: by `Forwarded` (RFC 7239) if there is
/// one, else by `X-Forwarded-For`.
fn address(proxies: &TrustedProxies, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
    if !proxies.trusts(peer) {
        return peer;
    }
    let lines = |name| {
        let lines = headers.get_all(name).iter();
        lines.filter_map(|line| line.to_str().ok())
    };
    if headers.contains_key(FORWARDED) {
        let elements = lines(FORWARDED).flat_map(|line| line.split(','));
        return proxies.client(peer, elements.map(of_element));
    }
    let elements = lines(X_FORWARDED_FOR).flat_map(|line| line.split(','));
    proxies.client(peer, elements)
}

/// `for=192.0.2.60;proto=http`: whom the proxy was asked by.
fn of_element(element: &str) -> &str {
    let pairs = element.split(';').filter_map(|pair| pair.split_once('='));
    let mut named = pairs.filter(|(name, _)| name.trim().eq_ignore_ascii_case("for"));
    named.next().map_or("", |(_, value)| value)
}
