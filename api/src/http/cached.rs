//! Answers out of the response cache, and into it.

use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use tokio::time::timeout;

use super::Served;
use super::answer::{self, Answer};
use super::charge::Charge;
use super::negotiation::Format;
use super::observe::{self, RequestId, X_REQUEST_ID};
use super::refusal::Refusal;
use super::sent::Sent;
use super::{cors, delivered};
use crate::access::Caller;
use crate::app::App;
use crate::cache::{Content, Entry, Key, keep_out};
use crate::change_log::Position;
use crate::compression::Encoding;
use crate::delivery::Document;
use crate::error::Code;
use crate::graphql::context::Asker;
use crate::graphql::notes::Noted;
use crate::schema::{self, Executed, Prepared};

/// How the answer came about (RFC 9211).
pub(super) const CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");

const HIT: HeaderValue = HeaderValue::from_static("masthead; hit");
const STALE: HeaderValue = HeaderValue::from_static("masthead; hit; detail=stale");
const STORED: HeaderValue = HeaderValue::from_static("masthead; fwd=miss; stored");
const MISS: HeaderValue = HeaderValue::from_static("masthead; fwd=miss");
const BYPASS: HeaderValue = HeaderValue::from_static("masthead; fwd=bypass");

/// What came of an execution.
#[derive(Clone, Debug)]
pub(super) enum Outcome {
    /// It is in the cache now.
    Stored(Arc<Entry>),
    /// It is for whoever asked, or for those who asked the same meanwhile.
    Answered(Arc<Answer>),
    /// The same for what is no answer of GraphQL's.
    Delivered(Arc<Document>),
    Refused(Refusal),
}

/// Answer a request that reads what is public: from the cache, else by one
/// execution for all who ask the same now.
pub(super) async fn answer(
    served: &Served,
    prepared: Prepared,
    asker: Asker,
    format: Format,
    sent: &Sent<'_>,
    charge: &Charge,
    id: &RequestId,
) -> Response {
    let app = &served.app;
    let contract = asker.caller.contract().map(Arc::as_ref);
    let reader = (asker.accept_language.as_deref(), contract);
    let Ok(locales) = schema::locales_in_force(app, &served.schema, reader).await else {
        // The execution meets the same fault, and tells it.
        let outcome = execute(served, prepared, asker, format, charge, id).await;
        return outcome.into_response();
    };
    let media_type = answer::media_type(format).as_bytes();
    let scope = scope(&asker.caller);
    let key = Key::of(&[
        &prepared.question(),
        locales.as_bytes(),
        media_type,
        scope.as_bytes(),
    ]);
    let shares = asker.caller.key().is_none();
    let make = || execute(served, prepared, asker, format, charge, id);
    kept_or_made(served, sent, key, (shares, charge), make).await
}

/// What a contract leaves of what is public, as a text that is equal for equal
/// answers; empty where it leaves all.
pub(super) fn scope(caller: &Caller) -> String {
    let scope = caller.scope();
    scope.map_or(String::new(), |scope| {
        format!("{} {}", scope.key, scope.version)
    })
}

/// The answer that is kept for `key`, else the one that `make` makes: once for
/// all who ask for it now, unless this client does not share.
pub(super) async fn kept_or_made<Made: Future<Output = Outcome>>(
    served: &Served,
    sent: &Sent<'_>,
    key: Key,
    (shares, charge): (bool, &Charge),
    make: impl FnOnce() -> Made,
) -> Response {
    let app = &served.app;
    let position = app.database.head().position();
    let encoding = sent.remember(app, key, position);
    if let Some(entry) = app.responses.get(key, position) {
        return sent.respond(&entry, encoding, HIT).await;
    }
    let mut make = Some(make);
    let outcome = loop {
        if !app.database.answers() {
            // Nobody waits for a connection to be told what is known.
            let message = "the database does not answer at the moment";
            break Outcome::Refused(Refusal::new(Code::DatabaseUnavailable, message));
        }
        let execution = async {
            let Some(make) = make.take() else {
                return Outcome::Refused(Refusal::new(Code::Internal, "internal error"));
            };
            stored(app, make().await, key, position)
        };
        if !shares {
            break execution.await;
        }
        let outcome = served.flights.join((key, position), execution).await;
        // Who was refused for what another client asked before asks again.
        if !outcome.is_for_rate() || charge.is_settled() {
            break outcome;
        }
    };
    match outcome {
        Outcome::Stored(entry) => sent.respond(&entry, encoding, STORED).await,
        failed if failed.is_unavailable() => match app.responses.stale(key) {
            Some(entry) if entry.made_at().elapsed() < app.policy.stale_if_error => {
                // Newer ones were purged: this must not take their place.
                let mut response = sent.respond(&entry, encoding, STALE).await;
                keep_out(response.headers_mut(), "no-store");
                response
            }
            _ => failed.into_response(),
        },
        outcome => outcome.into_response(),
    }
}

/// Keep an answer that is the same for all, if it is of `position` alone.
fn stored(app: &App, outcome: Outcome, key: Key, position: Position) -> Outcome {
    let content = match &outcome {
        Outcome::Answered(answer) if answer.is_whole() && answer.noted.is_shared() => {
            content(app, answer)
        }
        Outcome::Delivered(document) if document.is_found() => delivered::content(app, document),
        _ => return outcome,
    };
    // Something was published meanwhile: of what it is, nobody can say.
    if app.database.head().position() != position {
        return outcome;
    }
    let entry = Arc::new(Entry::new(content, position));
    app.responses.put(key, Arc::clone(&entry));
    Outcome::Stored(entry)
}

fn content(app: &App, answer: &Answer) -> Content {
    Content {
        body: answer.body.clone(),
        media_type: HeaderValue::from_static(answer.media_type),
        cache_control: app.policy.cache_control(&answer.noted, app.clock.now()),
        vary: vary(&answer.noted),
        others: others(app, &answer.noted),
    }
}

/// The headers of what is kept that are the same in every coding.
pub(super) fn others(app: &App, noted: &Noted) -> HeaderMap {
    let mut others = HeaderMap::with_capacity(16);
    others.insert(CACHE_STATUS, HIT);
    others.insert(X_REQUEST_ID, HeaderValue::from_static(""));
    others.extend(app.policy.for_cdns(&noted.tags));
    cors::write(&app.origins, &mut others);
    observe::secure(&mut others);
    others
}

fn vary(noted: &Noted) -> HeaderValue {
    HeaderValue::from_static(if noted.of_language {
        "accept, accept-encoding, accept-language, authorization, masthead-preview"
    } else {
        "accept, accept-encoding, authorization, masthead-preview"
    })
}

/// Execute, within the limit of time.
pub(super) async fn execute(
    served: &Served,
    prepared: Prepared,
    asker: Asker,
    format: Format,
    charge: &Charge,
    id: &RequestId,
) -> Outcome {
    let Served { app, schema, .. } = served;
    let limit = app.limits.timeout;
    match schema::check(app, &prepared).await {
        Ok(cost) => {
            if let Err(refusal) = charge.take(app, cost) {
                return Outcome::Refused(refusal);
            }
        }
        Err(refused) => {
            if let Err(refusal) = charge.take_for_refused(app, prepared.text()) {
                return Outcome::Refused(refusal);
            }
            return Outcome::Answered(Arc::new(answer::of(*refused, format, id)));
        }
    }
    let changes = prepared.changes;
    let execution = schema::execute_prepared(app, schema, prepared, asker);
    match timeout(limit, execution).await {
        Ok(Executed { response, noted }) => {
            let mut answer = answer::of(charge.tell(app, response), format, id);
            answer.noted = noted;
            Outcome::Answered(Arc::new(answer))
        }
        Err(_) => {
            let message = if changes {
                format!("the answer took longer than {limit:?}; it may be done: read it again")
            } else {
                format!("the answer took longer than {limit:?}; ask for less")
            };
            Outcome::Refused(Refusal::new(Code::Timeout, message))
        }
    }
}

impl Outcome {
    /// Whether asking again later may help.
    fn is_unavailable(&self) -> bool {
        match self {
            Self::Stored(_) | Self::Delivered(_) => false,
            Self::Answered(answer) => answer.is_unavailable(),
            Self::Refused(refusal) => !refusal.is_for_rate(),
        }
    }

    /// Whether a client was refused for what it asked before.
    fn is_for_rate(&self) -> bool {
        matches!(self, Self::Refused(refusal) if refusal.is_for_rate())
    }
}

impl IntoResponse for Outcome {
    fn into_response(self) -> Response {
        let (mut response, status) = match self {
            Self::Stored(entry) => {
                let form = entry.form(Encoding::Identity);
                let mut response = Response::new(Body::from(form.body.clone()));
                *response.headers_mut() = form.headers.clone();
                (response, MISS)
            }
            Self::Answered(answer) => {
                let status = if answer.noted.is_shared() {
                    MISS
                } else {
                    BYPASS
                };
                (Answer::clone(&answer).into_response(), status)
            }
            Self::Delivered(document) => (delivered::response(&document), MISS),
            Self::Refused(refusal) => (refusal.into_response(), MISS),
        };
        response.headers_mut().insert(CACHE_STATUS, status);
        response
    }
}
