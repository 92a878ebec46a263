//! `Authorization`: from the header to whoever asks.

use axum::http::header::AUTHORIZATION;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;

use super::observe::RequestId;
use super::refusal::Refusal;
use crate::access::{Caller, authenticate};
use crate::app::App;
use crate::cache::keep_out;
use crate::error::{Code, Error, line};

/// Who makes a request with these headers: `Authorization: Bearer KEY`
/// (RFC 6750, section 2.1), or nobody in particular.
///
/// # Errors
/// The answer to a key that is not valid, or that can't be looked up now.
pub(super) async fn caller(
    app: &App,
    headers: &HeaderMap,
    id: &RequestId,
) -> Result<Caller, Refusal> {
    let caller = match sent(headers) {
        Ok(None) => return Ok(Caller::Anonymous),
        Ok(Some(key)) => Box::pin(authenticate(&app.database, app.clock.now(), key)).await,
        Err(error) => Err(error),
    };
    let caller = caller.map_err(|error| refused(&error, id))?;
    if let Some(key) = caller.key() {
        app.last_uses.note(key.id, app.clock.now());
    }
    Ok(caller)
}

/// The key that was sent, if any. What is sent in another way than as one
/// bearer is a key that is not valid: nobody who brings one is answered as
/// though there were none.
fn sent(headers: &HeaderMap) -> Result<Option<&str>, Error> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let Some(value) = values.next() else {
        return Ok(None);
    };
    let key = value.to_str().ok().and_then(|text| {
        let (scheme, key) = text.split_once(' ')?;
        let key = key.trim();
        (scheme.eq_ignore_ascii_case("bearer") && !key.is_empty()).then_some(key)
    });
    match (key, values.next()) {
        (Some(key), None) => Ok(Some(key)),
        _ => Err(Error::InvalidKey),
    }
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
        Code::Forbidden => "Bearer realm=\"masthead\", error=\"insufficient_scope\"",
        _ => return None,
    }))
}

/// The answer to whoever holds a key or a preview token: for nobody else, and for no cache.
pub(super) fn kept_private(mut response: Response) -> Response {
    keep_out(response.headers_mut(), "private, no-store");
    response
}
