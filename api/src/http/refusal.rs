//! Requests that are answered with an error only.

use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::caller::challenge;
use super::negotiation::{GRAPHQL_RESPONSE, JSON};
use super::observe::RequestId;
use crate::error::Code;

/// An answer that has an error and no data.
#[derive(Clone, Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    code: Code,
    message: String,
    media_type: &'static str,
    allow: Option<&'static str>,
    request_id: Option<RequestId>,
    /// Further headers.
    headers: Option<Box<HeaderMap>>,
}

impl Refusal {
    /// With the status that `code` usually has.
    pub(super) fn new(code: Code, message: impl Into<String>) -> Self {
        Self {
            status: status(code),
            code,
            message: message.into(),
            media_type: GRAPHQL_RESPONSE,
            allow: None,
            request_id: None,
            headers: None,
        }
    }

    /// The request reads well, but it is no GraphQL request.
    pub(super) fn not_graphql(message: impl Into<String>) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            ..Self::new(Code::BadRequest, message)
        }
    }

    /// The method is none of those that `allow` lists.
    pub(super) fn method(message: impl Into<String>, allow: &'static str) -> Self {
        Self {
            allow: Some(allow),
            ..Self::new(Code::MethodNotAllowed, message)
        }
    }

    /// The log has more about it under this id.
    pub(super) fn with_request_id(self, request_id: RequestId) -> Self {
        Self {
            request_id: Some(request_id),
            ..self
        }
    }

    /// With these headers too.
    pub(super) fn with_headers(self, headers: HeaderMap) -> Self {
        Self {
            headers: Some(Box::new(headers)),
            ..self
        }
    }

    /// As clients read it that know plain JSON alone, and no status but 200.
    pub(super) fn with_success(self) -> Self {
        Self {
            status: StatusCode::OK,
            media_type: JSON,
            ..self
        }
    }

    /// Whether the client was refused for what it asked before.
    pub(super) fn is_for_rate(&self) -> bool {
        matches!(self.code, Code::RateLimited | Code::QuotaExceeded)
    }

    /// It was not a GraphQL request.
    pub(super) fn outside_graphql(self) -> Self {
        Self {
            media_type: JSON,
            ..self
        }
    }
}

/// When to ask again where the database does not answer, or took too long.
pub(super) const RETRY_AFTER_SECONDS: &str = "5";

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let body = Body {
            errors: [Fault {
                message: &self.message,
                extensions: Extensions {
                    code: self.code.as_str(),
                    request_id: self.request_id.as_ref().map(RequestId::as_str),
                },
            }],
        };
        let mut response = (self.status, body.to_bytes()).into_response();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(challenge) = challenge(self.code) {
            headers.insert(WWW_AUTHENTICATE, challenge);
        }
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(RETRY_AFTER, HeaderValue::from_static(RETRY_AFTER_SECONDS));
        }
        if let Some(allow) = self.allow {
            headers.insert(ALLOW, HeaderValue::from_static(allow));
        }
        if let Some(further) = self.headers {
            headers.extend(*further);
        }
        response
    }
}

#[derive(Serialize)]
struct Body<'a> {
    errors: [Fault<'a>; 1],
}

impl Body<'_> {
    fn to_bytes(&self) -> Vec<u8> {
        // Strings alone can always be written.
        serde_json::to_vec(self).unwrap_or_default()
    }
}

#[derive(Serialize)]
struct Fault<'a> {
    message: &'a str,
    extensions: Extensions<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Extensions<'a> {
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
}

/// The status of an answer that has an error of this code and no data.
#[must_use]
pub const fn status(code: Code) -> StatusCode {
    match code {
        Code::BadRequest | Code::GraphqlParseFailed => StatusCode::BAD_REQUEST,
        Code::Unauthenticated | Code::InvalidKey | Code::InvalidPreviewToken => {
            StatusCode::UNAUTHORIZED
        }
        Code::Forbidden
        | Code::OutOfScope
        | Code::OriginNotAllowed
        | Code::TrustedDocumentsOnly => StatusCode::FORBIDDEN,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        Code::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
        Code::RequestTimeout => StatusCode::REQUEST_TIMEOUT,
        Code::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Code::UriTooLong => StatusCode::URI_TOO_LONG,
        Code::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Code::PersistedQueryNotFound
        | Code::PersistedQueryMismatch
        | Code::GraphqlValidationFailed
        | Code::OperationNotFound
        | Code::TooManyTokens
        | Code::QueryTooDeep
        | Code::QueryTooComplex
        | Code::TooManyAliases
        | Code::TooManyRootFields
        | Code::TooManyDirectives
        | Code::IntrospectionDisabled
        | Code::FilterTooLarge
        | Code::InvalidId
        | Code::InvalidCursor
        | Code::InvalidPage
        | Code::InvalidValue
        | Code::UnknownLocale => StatusCode::UNPROCESSABLE_ENTITY,
        Code::RateLimited | Code::QuotaExceeded => StatusCode::TOO_MANY_REQUESTS,
        // The limit is this server's own, so no gateway's 504.
        Code::Timeout | Code::DatabaseUnavailable => StatusCode::SERVICE_UNAVAILABLE,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Any path that is none of ours.
pub(super) async fn not_found(uri: Uri) -> Refusal {
    let message = format!("nothing is served under {}", uri.path());
    Refusal::new(Code::NotFound, message).outside_graphql()
}

/// Any path that can only be read.
pub(super) async fn other_method() -> Refusal {
    Refusal::method("this path can only be read: use GET", "GET, HEAD").outside_graphql()
}
