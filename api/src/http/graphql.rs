//! `/graphql`: GraphQL over HTTP, edition of September 2026.

use std::sync::Arc;

use async_graphql::Request;
use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{ACCEPT_LANGUAGE, ALLOW, VARY};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use tokio::time::timeout;

use super::caller::{caller, kept_private};
use super::negotiation::{self, Format};
use super::observe::RequestId;
use super::refusal::Refusal;
use super::request::Parameters;
use super::{Served, answer, body, graphiql, preview, request};
use crate::access::{Caller, Role};
use crate::app::App;
use crate::error::Code;
use crate::graphql::context::Asker;
use crate::schema;

/// A query in the URL; or GraphiQL, for a browser that brings none.
pub(super) async fn get(
    State(served): State<Arc<Served>>,
    Extension(id): Extension<RequestId>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let read = || {
        let parameters = parameters(&uri, served.app.limits.body_bytes)?;
        if !parameters.has_query() && negotiation::prefers_html(&headers) {
            return Ok(None);
        }
        let format = format(&headers)?;
        let token = preview::token(&headers, parameters.preview())?;
        let request = parameters.into_request()?;
        if changes(&served.app, &request) {
            return Err(Refusal::method(
                "a GET can only query: send mutations by POST",
                "POST",
            ));
        }
        Ok(Some((request, token, format)))
    };
    let response = match read() {
        Ok(None) => graphiql::page(),
        Ok(Some((request, token, format))) => match caller(&served.app, &headers, &id).await {
            Ok(caller) => execute(&served, request, (caller, token), format, &headers, &id).await,
            Err(refusal) => refusal.into_response(),
        },
        Err(refusal) => refusal.into_response(),
    };
    varied(response)
}

/// A request in a JSON body.
pub(super) async fn post(
    State(served): State<Arc<Served>>,
    Extension(id): Extension<RequestId>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let read = async {
        let format = format(&headers)?;
        body::check_type(&headers)?;
        let token = preview::token(&headers, None)?;
        // Nobody sends a large body before the key is known to be good.
        let caller = caller(&served.app, &headers, &id).await?;
        let limits = &served.app.limits;
        let largest = if caller.key().is_some_and(|key| key.role >= Role::Translator) {
            Ord::max(limits.write_body_bytes, limits.body_bytes)
        } else {
            limits.body_bytes
        };
        let body = timeout(limits.timeout, body::read(body, largest))
            .await
            .map_err(|_| Refusal::new(Code::RequestTimeout, "the body did not arrive in time"))??;
        Ok((request::from_json(&body)?, (caller, token), format))
    };
    let response = match read.await {
        Ok((request, sent, format)) => execute(&served, request, sent, format, &headers, &id).await,
        Err(refusal) => Refusal::into_response(refusal),
    };
    varied(response)
}

/// What may be asked of this path.
pub(super) async fn options() -> Response {
    (
        StatusCode::NO_CONTENT,
        [(ALLOW, "GET, HEAD, POST, OPTIONS")],
    )
        .into_response()
}

/// Neither GET nor POST.
pub(super) async fn other_method() -> Refusal {
    Refusal::method("use GET or POST", "GET, HEAD, POST, OPTIONS")
}

async fn execute(
    served: &Served,
    request: Request,
    (caller, token): (Caller, Option<String>),
    format: Format,
    headers: &HeaderMap,
    id: &RequestId,
) -> Response {
    let Served { app, schema } = served;
    let writes = changes(app, &request);
    // A token reads: what writes goes by the key alone.
    let token = token.filter(|_| !writes);
    let preview = match preview::open(app, token.as_deref(), id).await {
        Ok(preview) => preview,
        Err(refusal) => return refusal.into_response(),
    };
    let language = headers
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let is_private = caller.key().is_some() || preview.is_some();
    let asker = Asker {
        caller,
        preview,
        accept_language: language.map(str::to_owned),
    };
    let limit = app.limits.timeout;
    let response = match timeout(limit, schema::execute(app, schema, request, asker)).await {
        Ok(result) => answer::answer(result, format, id),
        Err(_) => {
            let message = if writes {
                format!("the answer took longer than {limit:?}; it may be done: read it again")
            } else {
                format!("the answer took longer than {limit:?}; ask for less")
            };
            Refusal::new(Code::Timeout, message).into_response()
        }
    };
    if is_private {
        kept_private(response)
    } else {
        response
    }
}

/// Whether a request asks for more than reading. One that can't be read is
/// refused soon enough.
fn changes(app: &App, request: &Request) -> bool {
    let document = app.documents.get(&request.query, &app.limits);
    document.is_ok_and(|document| document.changes(request.operation_name.as_deref()))
}

fn format(headers: &HeaderMap) -> Result<Format, Refusal> {
    negotiation::format(headers).ok_or_else(|| {
        Refusal::new(
            Code::NotAcceptable,
            "answers are application/graphql-response+json or application/json, in UTF-8; \"accept\" has neither",
        )
    })
}

fn parameters(uri: &Uri, limit: usize) -> Result<Parameters<'_>, Refusal> {
    let text = uri.query().unwrap_or_default();
    if text.len() > limit {
        let message = format!("a query string holds at most {limit} bytes; send this by POST");
        return Err(Refusal::new(Code::UriTooLong, message));
    }
    Parameters::read(text)
}

/// What the answer depends on, for caches.
fn varied(mut response: Response) -> Response {
    response.headers_mut().insert(
        VARY,
        HeaderValue::from_static("accept, accept-language, authorization, masthead-preview"),
    );
    response
}
