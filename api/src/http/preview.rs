//! Preview tokens: from the request to what it may see.

use axum::http::{HeaderMap, HeaderName, HeaderValue};

use super::observe::RequestId;
use super::refusal::Refusal;
use crate::access::{Previewed, open_preview};
use crate::app::App;
use crate::error::{Code, Error, line};

/// The header that brings a token.
pub(super) const HEADER: HeaderName = HeaderName::from_static("masthead-preview");

/// The token that a request brings, if any: in the header, or as the parameter
/// of a GET. An empty one is as good as none.
///
/// # Errors
/// If it brings several that differ, or one that is not text.
pub(super) fn token(
    headers: &HeaderMap,
    parameter: Option<&str>,
) -> Result<Option<String>, Refusal> {
    let mut found: Option<&str> = None;
    let sent = headers.get_all(HEADER).iter().map(HeaderValue::to_str);
    for token in sent.chain(parameter.map(Ok)) {
        let token = token.map_err(|_| invalid())?;
        if token.is_empty() || found == Some(token) {
            continue;
        }
        if found.is_some() {
            return Err(invalid());
        }
        found = Some(token);
    }
    Ok(found.map(str::to_owned))
}

/// What the token previews.
///
/// # Errors
/// The answer to one that is not valid, or that can't be looked up now.
pub(super) async fn open(
    app: &App,
    token: Option<&str>,
    id: &RequestId,
) -> Result<Option<Previewed>, Refusal> {
    let Some(token) = token else {
        return Ok(None);
    };
    let opened = open_preview(&app.database, app.clock.now(), token).await;
    opened.map(Some).map_err(|error| refused(&error, id))
}

fn invalid() -> Refusal {
    Refusal::new(
        Code::InvalidPreviewToken,
        Error::InvalidPreviewToken.to_string(),
    )
}

fn refused(error: &Error, id: &RequestId) -> Refusal {
    let code = error.code();
    if code == Code::InvalidPreviewToken {
        return invalid();
    }
    tracing::error!(
        request.id = id.as_str(),
        error.code = code.as_str(),
        "{}",
        line(error)
    );
    Refusal::new(code, error.to_string()).with_request_id(id.clone())
}
