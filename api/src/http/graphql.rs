//! `/graphql`: GraphQL over HTTP, edition of September 2026.
//!
//! A request whose bytes are known does not come here: `site.rs` answers it. Any
//! other is read, checked, and looked for in the response cache by what it
//! means; only then is it executed.

use std::borrow::Cow;
use std::sync::Arc;

use async_graphql::Request as Question;
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, ALLOW, VARY};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};

use super::body::{ACCEPT_QUERY, QUERY_TYPE, whole};
use super::caller::{caller, check_reader, kept_private};
use super::charge::Charge;
use super::coding::coded;
use super::fixed::varied_by_accept;
use super::negotiation::{self, Format};
use super::observe::RequestId;
use super::refusal::Refusal;
use super::request::{Parameters, QueryString};
use super::sent::Sent;
use super::{Served, answer, body, cached, document, graphiql, preview};
use crate::access::{Caller, Role};
use crate::app::App;
use crate::error::Code;
use crate::graphql::context::Asker;
use crate::schema::{self, Prepared};

/// Where it is.
pub(super) const PATH: &str = "/graphql";

/// Every method of this path.
const METHODS: &str = "GET, HEAD, QUERY, POST, OPTIONS";

/// A query in the URL; or GraphiQL, for a browser that brings none.
pub(super) async fn get(State(served): State<Arc<Served>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let sent = Sent::new(&parts, b"");
    let read = async {
        let parameters = parameters(&parts, served.app.limits.body_bytes)?;
        if !parameters.has_request() && negotiation::prefers_html(&parts.headers) {
            return Ok(None);
        }
        let format = format(&parts.headers)?;
        let token = preview::token(&parts.headers, parameters.preview())?;
        let parameters = parameters.into_parameters()?;
        let caller = caller(&served.app, &parts.headers, &RequestId::of(&parts.headers)).await?;
        Ok(Some(Asked {
            parameters,
            caller,
            token,
            format,
        }))
    };
    match read.await {
        Ok(None) => varied_by_accept(graphiql::page(&parts.headers).await),
        Ok(Some(asked)) => Box::pin(answered(&served, asked, &sent)).await,
        Err(refusal) => described(Refusal::into_response(refusal)),
    }
}

/// A request in a JSON body.
pub(super) async fn post(State(served): State<Arc<Served>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let read = async {
        let format = format(&parts.headers)?;
        body::check_type(&parts)?;
        let token = preview::token(&parts.headers, None)?;
        // Nobody sends a large body before the key is known to be good.
        let caller = caller(&served.app, &parts.headers, &RequestId::of(&parts.headers)).await?;
        let limits = &served.app.limits;
        let largest = if caller.key().is_some_and(|key| key.role >= Role::Translator) {
            Ord::max(limits.write_body_bytes, limits.body_bytes)
        } else {
            limits.body_bytes
        };
        let body = whole(body, largest, limits.timeout).await?;
        Ok((body, caller, token, format))
    };
    let (body, caller, token, format) = match read.await {
        Ok(read) => read,
        Err(refusal) => return described(Refusal::into_response(refusal)),
    };
    let sent = Sent::new(&parts, &body);
    match Parameters::from_json(&body) {
        Ok(parameters) => {
            let asked = Asked {
                parameters,
                caller,
                token,
                format,
            };
            Box::pin(answered(&served, asked, &sent)).await
        }
        Err(refusal) => described(refusal.into_response()),
    }
}

/// What may be asked of this path.
pub(super) async fn options() -> Response {
    described((StatusCode::NO_CONTENT, [(ALLOW, METHODS)]).into_response())
}

/// A query in a JSON body, by QUERY (RFC 10008): safe, so that whatever is
/// between may repeat it and keep its answer. Routes have no name for it. No
/// other method is served.
pub(super) async fn other_method(state: State<Arc<Served>>, request: Request) -> Response {
    if request.method() == Method::QUERY {
        post(state, request).await
    } else {
        described(Refusal::method("use GET, QUERY or POST", METHODS).into_response())
    }
}

/// What was read of a request.
struct Asked<'a> {
    parameters: Parameters<'a>,
    caller: Caller,
    /// A preview token.
    token: Option<String>,
    format: Format,
}

/// The answer to what is not known by its bytes. Callers box it: it is large,
/// and most requests end before it.
async fn answered(served: &Served, asked: Asked<'_>, sent: &Sent<'_>) -> Response {
    let app = &served.app;
    let id = RequestId::of(sent.headers());
    let Asked {
        parameters,
        caller,
        token,
        format,
    } = asked;
    // A preview token is for those who have no key.
    if token.is_none()
        && let Err(refusal) = check_reader(app, &caller)
    {
        return described(refusal.into_response());
    }
    let charge = Charge::new(app, sent.parts(), &caller);
    let prepared = match prepared(app, parameters, (&caller, &charge), format, sent) {
        Ok(prepared) => prepared,
        Err(refused) => return described(*refused),
    };
    if caller.key().is_some()
        && let Ok(cost) = schema::check(app, &prepared).await
        && let Err(refusal) = charge.take_of_quota(app, cost)
    {
        return described(kept_private(refusal.into_response()));
    }
    // A token reads: what writes goes by the key alone.
    let token = token.filter(|_| !prepared.changes);
    let preview = match preview::open(app, token.as_deref(), &id).await {
        Ok(preview) => preview,
        Err(refusal) => return described(refusal.into_response()),
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
    let mut response = if prepared.changes || asker.preview.is_some() || charge.is_asked() {
        let outcome = cached::execute(served, prepared, asker, format, &charge, &id).await;
        described(outcome.into_response())
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

/// The document that a request names, ready to be executed.
///
/// # Errors
/// The answer where there is none, it is refused, or the method may not ask it.
fn prepared(
    app: &App,
    parameters: Parameters<'_>,
    (caller, charge): (&Caller, &Charge),
    format: Format,
    sent: &Sent<'_>,
) -> Result<Prepared, Box<Response>> {
    let headers = sent.headers();
    let document = document::resolve(app, parameters.document, caller, headers)
        .map_err(|refusal| Box::new(refusal.into_response()))?;
    charge
        .take_for_text(app, document.text())
        .map_err(|refusal| Box::new(refusal.into_response()))?;
    let mut question = Question::new(document.text()).variables(parameters.variables);
    question.operation_name = parameters.operation_name.map(Cow::into_owned);
    let prepared = schema::prepare(app, question).map_err(|refused| {
        let answer = answer::of(*refused, format, &RequestId::of(headers));
        Box::new(answer.into_response())
    })?;
    app.persisted.learn(&document);
    if prepared.changes && sent.is_safe() {
        let message = "GET and QUERY only read: send mutations by POST";
        return Err(Box::new(Refusal::method(message, "POST").into_response()));
    }
    Ok(prepared)
}

fn format(headers: &HeaderMap) -> Result<Format, Refusal> {
    negotiation::format(headers).ok_or_else(|| {
        Refusal::new(
            Code::NotAcceptable,
            "answers are application/graphql-response+json or application/json, in UTF-8; \"accept\" has neither",
        )
    })
}

fn parameters(parts: &Parts, limit: usize) -> Result<QueryString<'_>, Refusal> {
    let text = parts.uri.query().unwrap_or_default();
    if text.len() > limit {
        let message = format!("a query string holds at most {limit} bytes; send this by POST");
        return Err(Refusal::new(Code::UriTooLong, message));
    }
    QueryString::read(text)
}

/// The headers of an answer that is not in the cache: what it depends on, for
/// other caches, and what QUERY takes (RFC 10008, section 3).
pub(super) fn described(mut response: Response) -> Response {
    let headers = response.headers_mut();
    headers.insert(
        VARY,
        HeaderValue::from_static(
            "accept, accept-encoding, accept-language, authorization, masthead-preview",
        ),
    );
    headers.insert(ACCEPT_QUERY, HeaderValue::from_static(QUERY_TYPE));
    response
}
