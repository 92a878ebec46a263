//! Answers out of the response cache, and into it.

use std::sync::Arc;

use axum::body::Body;
use axum::http::header::{
    ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE,
    IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED,
};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, FixedOffset};
use tokio::task::spawn_blocking;
use tokio::time::timeout;

use super::Served;
use super::answer::{self, Answer};
use super::charge::{COST, Charge};
use super::negotiation::Format;
use super::observe::{self, RequestId, X_REQUEST_ID};
use super::preview;
use super::refusal::Refusal;
use super::{cors, delivered};
use crate::app::App;
use crate::cache::{Content, Entry, Fingerprint, Form, Key, Known, keep_out};
use crate::change_log::Position;
use crate::compression::{Encoding, KEPT, negotiate};
use crate::delivery::Document;
use crate::error::Code;
use crate::graphql::context::Asker;
use crate::graphql::notes::Noted;
use crate::schema::{self, Executed, Prepared};

/// How the answer came about (RFC 9211).
const CACHE_STATUS: HeaderName = HeaderName::from_static("cache-status");

const HIT: HeaderValue = HeaderValue::from_static("masthead; hit");
const STALE: HeaderValue = HeaderValue::from_static("masthead; hit; detail=stale");
const STORED: HeaderValue = HeaderValue::from_static("masthead; fwd=miss; stored");
const MISS: HeaderValue = HeaderValue::from_static("masthead; fwd=miss");
const BYPASS: HeaderValue = HeaderValue::from_static("masthead; fwd=bypass");

/// The longest body that is coded on the thread that answers: it takes about
/// a millisecond.
const AT_ONCE: usize = 32 * 1024;

/// A request as it was sent.
pub(super) struct Sent<'a> {
    parts: &'a Parts,
    /// None for one that brings a key or a token, or asks for its cost: what it
    /// is answered may depend on that.
    fingerprint: Option<Fingerprint>,
}

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

impl<'a> Sent<'a> {
    pub(super) fn new(parts: &'a Parts, body: &[u8]) -> Self {
        let headers = &parts.headers;
        let fingerprint = Self::is_plain(headers).then(|| {
            let value = |name| {
                headers
                    .get(name)
                    .map_or(b"".as_slice(), HeaderValue::as_bytes)
            };
            // A HEAD is a GET whose body is left out at the end.
            let method = match &parts.method {
                &Method::HEAD => &Method::GET,
                method => method,
            };
            Fingerprint::of(&[
                method.as_str().as_bytes(),
                parts.uri.path().as_bytes(),
                parts.uri.query().unwrap_or_default().as_bytes(),
                body,
                value(ACCEPT),
                value(ACCEPT_ENCODING),
                value(ACCEPT_LANGUAGE),
                value(CONTENT_TYPE),
                value(CONTENT_ENCODING),
            ])
        });
        Self { parts, fingerprint }
    }

    /// The same request, whose bytes are not remembered: what they ask for
    /// changes with the time.
    pub(super) fn forgotten(self) -> Self {
        Self {
            fingerprint: None,
            ..self
        }
    }

    /// Whether the answer is one for all: a request with these headers brings
    /// neither a key nor a token, and does not ask what it costs.
    pub(super) fn is_plain(headers: &HeaderMap) -> bool {
        let has = |name| headers.contains_key(name);
        !has(AUTHORIZATION) && !has(preview::HEADER) && !has(COST)
    }

    pub(super) const fn parts(&self) -> &Parts {
        self.parts
    }

    pub(super) fn headers(&self) -> &HeaderMap {
        &self.parts.headers
    }

    /// Whether the method can't ask for more than reading: GET, HEAD, QUERY.
    pub(super) fn is_safe(&self) -> bool {
        self.parts.method != Method::POST
    }

    /// The answer, if these bytes were sent before, and it is still valid and at
    /// hand in the coding that is asked for.
    pub(super) fn recall(&self, app: &App) -> Option<Response> {
        let position = app.database.head().position();
        let (entry, encoding) = app.responses.recall(self.fingerprint?, position)?;
        is_at_hand(&entry, encoding).then(|| self.hit(&entry, encoding))
    }

    /// Remember that these bytes ask for `key`.
    fn remember(&self, app: &App, key: Key, position: Position) -> Encoding {
        let encoding = negotiate(&self.parts.headers, &KEPT);
        if let Some(fingerprint) = self.fingerprint {
            let known = Known {
                key,
                encoding,
                position,
            };
            app.responses.remember(fingerprint, known);
        }
        encoding
    }

    async fn respond(
        &self,
        entry: &Arc<Entry>,
        encoding: Encoding,
        status: HeaderValue,
    ) -> Response {
        if !is_at_hand(entry, encoding) {
            let entry = Arc::clone(entry);
            let coding = spawn_blocking(move || entry.code(encoding));
            // If it fails, it is done again below.
            drop(coding.await);
        }
        let mut response = self.hit(entry, encoding);
        response.headers_mut().insert(CACHE_STATUS, status);
        response
    }

    /// The answer as it is kept: it says to be a hit.
    fn hit(&self, entry: &Entry, encoding: Encoding) -> Response {
        let form = entry.form(encoding);
        if self.is_safe() && is_known(&self.parts.headers, form) {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::NOT_MODIFIED;
            *response.headers_mut() = form.not_modified.clone();
            response
        } else {
            let mut response = Response::new(Body::from(form.body.clone()));
            *response.headers_mut() = form.headers.clone();
            response
        }
    }
}

/// Whether this coding takes no time.
fn is_at_hand(entry: &Entry, encoding: Encoding) -> bool {
    entry.length() <= AT_ONCE || entry.has(encoding)
}

/// Whether the client has this form already: by its validator, or, of a client
/// that sends none, by when it last changed (RFC 9110, section 13.2.2).
pub(super) fn is_known(headers: &HeaderMap, form: &Form) -> bool {
    let mut values = headers.get_all(IF_NONE_MATCH).iter().peekable();
    if values.peek().is_some() {
        return values.any(|value| matches(value, form.etag()));
    }
    let since = headers.get(IF_MODIFIED_SINCE).and_then(time);
    since.is_some_and(|since| {
        let changed = form.headers.get(LAST_MODIFIED).and_then(time);
        changed.is_some_and(|changed| changed <= since)
    })
}

/// The time that a header tells (RFC 9110, section 5.6.7).
fn time(value: &HeaderValue) -> Option<DateTime<FixedOffset>> {
    DateTime::parse_from_rfc2822(value.to_str().ok()?).ok()
}

/// Whether `If-None-Match` names this validator, weak or strong (RFC 9110,
/// section 13.1.2).
fn matches(value: &HeaderValue, etag: &[u8]) -> bool {
    let value = value.as_bytes();
    if value == etag || value == b"*" {
        return true;
    }
    value
        .split(|byte| *byte == b',')
        .map(<[u8]>::trim_ascii)
        .any(|one| one.strip_prefix(b"W/").unwrap_or(one) == etag)
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
    let language = asker.accept_language.as_deref();
    let Ok(locales) = schema::locales_in_force(app, &served.schema, language).await else {
        // The execution meets the same fault, and tells it.
        let outcome = execute(served, prepared, asker, format, charge, id).await;
        return outcome.into_response();
    };
    let media_type = answer::media_type(format).as_bytes();
    let key = Key::of(&[&prepared.question(), locales.as_bytes(), media_type]);
    let shares = asker.caller.key().is_none();
    let make = || execute(served, prepared, asker, format, charge, id);
    kept_or_made(served, sent, key, (shares, charge), make).await
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
        Outcome::Delivered(document) if document.is_found() => {
            delivered::content(app, document)
        }
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
