//! `Authorization`: from the header to whoever asks.

use std::borrow::Cow;

use axum::http::header::{AUTHORIZATION, ORIGIN};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::observe::RequestId;
use super::refusal::Refusal;
use crate::access::{Caller, authenticate};
use crate::app::App;
use crate::cache::keep_out;
use crate::error::{Code, Error, line, shown};

/// Who makes a request with these headers: `Authorization: Bearer KEY`
/// (RFC 6750, section 2.1), `Basic` with the key as the password (RFC 7617),
/// or nobody in particular.
///
/// # Errors
/// The answer to a key that is not valid, that can't be looked up now, or that
/// pages of this `Origin` may not use.
pub(super) async fn caller(
    app: &App,
    headers: &HeaderMap,
    id: &RequestId,
) -> Result<Caller, Refusal> {
    // What was used is of the day of this moment, also if the next begins now.
    let now = app.clock.now();
    let caller = match sent(headers) {
        Ok(None) => return Ok(Caller::Anonymous),
        Ok(Some(key)) => Box::pin(authenticate(&app.database, now, &key)).await,
        Err(error) => Err(error),
    };
    let caller = caller.map_err(|error| refused(&error, id))?;
    if let Some(key) = caller.key() {
        app.usage.note(key.id, key.used, now);
    }
    check_origin(&caller, headers)?;
    Ok(caller)
}

/// Whether a caller may read what is published.
///
/// # Errors
/// The answer to one without a key, where the operator wants one of everybody.
pub(super) fn check_reader(app: &App, caller: &Caller) -> Result<(), Refusal> {
    if app.anonymous_reading || caller.key().is_some() {
        return Ok(());
    }
    let message =
        "this server answers those alone who have a key: send one as \"authorization: Bearer KEY\"";
    Err(Refusal::new(Code::Unauthenticated, message))
}

/// Whether the page that makes a request may use the caller's key. Browsers tell
/// the origin of a page wherever the page is of another one than this server;
/// what is no browser tells none, and could tell any.
fn check_origin(caller: &Caller, headers: &HeaderMap) -> Result<(), Refusal> {
    let (Some(contract), Some(origin)) = (caller.contract(), headers.get(ORIGIN)) else {
        return Ok(());
    };
    if contract.allows(origin.as_bytes()) {
        return Ok(());
    }
    let origin = shown(&String::from_utf8_lossy(origin.as_bytes()));
    let message = format!("pages of \"{origin}\" may not use this key");
    Err(Refusal::new(Code::OriginNotAllowed, message))
}

/// The key that was sent, if any. What is sent in another way than as one
/// bearer or one password is a key that is not valid: nobody who brings one is
/// answered as though there were none.
fn sent(headers: &HeaderMap) -> Result<Option<Cow<'_, str>>, Error> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let Some(value) = values.next() else {
        return Ok(None);
    };
    let key = value.to_str().ok().and_then(|text| {
        let (scheme, credentials) = text.split_once(' ')?;
        let credentials = credentials.trim();
        if scheme.eq_ignore_ascii_case("bearer") {
            Some(Cow::Borrowed(credentials))
        } else if scheme.eq_ignore_ascii_case("basic") {
            password(credentials).map(Cow::Owned)
        } else {
            None
        }
    });
    match (key.filter(|key| !key.is_empty()), values.next()) {
        (Some(key), None) => Ok(Some(key)),
        _ => Err(Error::InvalidKey),
    }
}

/// The password of these credentials, or the name where the password is empty:
/// programs that read feeds know keys in no other way.
fn password(credentials: &str) -> Option<String> {
    let decoded = String::from_utf8(STANDARD.decode(credentials).ok()?).ok()?;
    let (name, password) = decoded.split_once(':')?;
    Some(if password.is_empty() { name } else { password }.to_owned())
}

fn refused(error: &Error, id: &RequestId) -> Refusal {
    let code = error.code();
    let refusal = Refusal::new(code, error.to_string());
    if code == Code::InvalidKey {
        return refusal;
    }
    tracing::error!(
        request.id = id.as_str(),
        error.code = code.as_str(),
        "{}",
        line(error)
    );
    refusal.with_request_id(id.clone())
}

/// What an answer with this code asks for (RFC 6750, section 3): `None` for one
/// that is not about keys.
pub(super) fn challenge(code: Code) -> Option<HeaderValue> {
    Some(HeaderValue::from_static(match code {
        Code::Unauthenticated | Code::InvalidPreviewToken => "Bearer realm=\"masthead\"",
        Code::InvalidKey => "Bearer realm=\"masthead\", error=\"invalid_token\"",
        Code::Forbidden | Code::OutOfScope => {
            "Bearer realm=\"masthead\", error=\"insufficient_scope\""
        }
        _ => return None,
    }))
}

/// The answer to whoever holds a key or a preview token: for nobody else, and for no cache.
pub(super) fn kept_private(mut response: Response) -> Response {
    keep_out(response.headers_mut(), "private, no-store");
    response
}
