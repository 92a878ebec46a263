//! `/graphql`: GraphQL over HTTP, edition of September 2026.
//!
//! A request whose bytes are known is answered from the response cache at once.
//! Any other is read, checked and asked there by what it means; only then is
//! it executed.

use std::sync::Arc;

use async_graphql::Request as Question;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, ALLOW, VARY};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures_util::FutureExt;
use tokio::time::timeout;

use super::caller::{caller, kept_private};
use super::charge::Charge;
use super::coding::coded;
use super::fixed::varied_by_accept;
use super::negotiation::{self, Format};
use super::observe::RequestId;
use super::refusal::Refusal;
use super::request::Parameters;
use super::{Served, answer, body, cached, graphiql, preview, request};
use crate::access::{Caller, Role};
use crate::error::Code;
use crate::graphql::context::Asker;
use crate::schema;

/// A query in the URL; or GraphiQL, for a browser that brings none.
pub(super) async fn get(State(served): State<Arc<Served>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let sent = cached::Sent::new(&parts, b"");
    if let Some(response) = sent.recall(&served.app).await {
        return response;
    }
    let read = || -> Result<_, Refusal> {
        let parameters = parameters(&parts, served.app.limits.body_bytes)?;
        if !parameters.has_query() && negotiation::prefers_html(&parts.headers) {
            return Ok(None);
        }
        let format = format(&parts.headers)?;
        let token = preview::token(&parts.headers, parameters.preview())?;
        let question = parameters.into_request()?;
        Ok(Some((question, token, format)))
    };
    let response = match read() {
        Ok(None) => return varied_by_accept(graphiql::page(&parts.headers).await),
        Ok(Some((question, token, format))) => {
            match caller(&served.app, &parts.headers, &RequestId::of(&parts.headers)).await {
                Ok(caller) => {
                    let asked = Asked {
                        question,
                        caller,
                        token,
                        format,
                    };
                    return answered(&served, asked, &sent).await;
                }
                Err(refusal) => refusal.into_response(),
            }
        }
        Err(refusal) => refusal.into_response(),
    };
    varied(response)
}

/// A request in a JSON body.
pub(super) async fn post(State(served): State<Arc<Served>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let read = async {
        let format = format(&parts.headers)?;
        body::check_type(&parts.headers)?;
        let token = preview::token(&parts.headers, None)?;
        // Nobody sends a large body before the key is known to be good.
        let caller = caller(&served.app, &parts.headers, &RequestId::of(&parts.headers)).await?;
        let limits = &served.app.limits;
        let largest = if caller.key().is_some_and(|key| key.role >= Role::Translator) {
            Ord::max(limits.write_body_bytes, limits.body_bytes)
        } else {
            limits.body_bytes
        };
        let body = whole(body, largest, &served).await?;
        Ok((body, caller, token, format))
    };
    let (body, caller, token, format) = match read.await {
        Ok(read) => read,
        Err(refusal) => return varied(Refusal::into_response(refusal)),
    };
    let sent = cached::Sent::new(&parts, &body);
    if let Some(response) = sent.recall(&served.app).await {
        return response;
    }
    match request::from_json(&body) {
        Ok(question) => {
            let asked = Asked {
                question,
                caller,
                token,
                format,
            };
            answered(&served, asked, &sent).await
        }
        Err(refusal) => varied(refusal.into_response()),
    }
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

/// What was read of a request.
struct Asked {
    question: Question,
    caller: Caller,
    /// A preview token.
    token: Option<String>,
    format: Format,
}

async fn answered(served: &Served, asked: Asked, sent: &cached::Sent<'_>) -> Response {
    let Asked {
        question,
        caller,
        token,
        format,
    } = asked;
    let app = &served.app;
    let id = RequestId::of(sent.headers());
    let charge = Charge::new(app, sent.parts(), &caller);
    if let Err(refusal) = charge.take_for_text(app, &question.query) {
        return varied(refusal.into_response());
    }
    let prepared = match schema::prepare(app, question) {
        Ok(prepared) => prepared,
        Err(refused) => return varied(answer::of(*refused, format, &id).into_response()),
    };
    if prepared.changes && sent.parts().method != Method::POST {
        let message = "a GET can only query: send mutations by POST";
        return varied(Refusal::method(message, "POST").into_response());
    }
    // A token reads: what writes goes by the key alone.
    let token = token.filter(|_| !prepared.changes);
    let preview = match preview::open(app, token.as_deref(), &id).await {
        Ok(preview) => preview,
        Err(refusal) => return varied(refusal.into_response()),
    };
    let is_private = caller.key().is_some() || preview.is_some();
    let language = sent
        .headers()
        .get(ACCEPT_LANGUAGE)
        .and_then(|value| value.to_str().ok());
    let asker = Asker {
        caller,
        preview,
        accept_language: language.map(str::to_owned),
    };
    let mut response = if prepared.changes || preview.is_some() || charge.is_asked() {
        let outcome = cached::execute(served, prepared, asker, format, &charge, &id).await;
        varied(outcome.into_response())
    } else {
        cached::answer(served, prepared, asker, format, sent, &charge, &id).await
    };
    charge.write(app, response.headers_mut());
    let response = coded(response, sent.headers()).await;
    if is_private {
        kept_private(response)
    } else {
        response
    }
}

/// The whole body. Most are here already, and need no timer.
async fn whole(body: Body, largest: usize, served: &Served) -> Result<Bytes, Refusal> {
    let mut reading = Box::pin(body::read(body, largest));
    if let Some(read) = (&mut reading).now_or_never() {
        return read;
    }
    timeout(served.app.limits.timeout, reading)
        .await
        .map_err(|_| Refusal::new(Code::RequestTimeout, "the body did not arrive in time"))?
}

fn format(headers: &HeaderMap) -> Result<Format, Refusal> {
    negotiation::format(headers).ok_or_else(|| {
        Refusal::new(
            Code::NotAcceptable,
            "answers are application/graphql-response+json or application/json, in UTF-8; \"accept\" has neither",
        )
    })
}

fn parameters(parts: &Parts, limit: usize) -> Result<Parameters<'_>, Refusal> {
    let text = parts.uri.query().unwrap_or_default();
    if text.len() > limit {
        let message = format!("a query string holds at most {limit} bytes; send this by POST");
        return Err(Refusal::new(Code::UriTooLong, message));
    }
    Parameters::read(text)
}

/// What an answer that is not in the cache depends on, for other caches.
fn varied(mut response: Response) -> Response {
    response.headers_mut().insert(
        VARY,
        HeaderValue::from_static(
            "accept, accept-encoding, accept-language, authorization, masthead-preview",
        ),
    );
    response
}
