//! One attempt at a delivery.

use axum::http::header::{CONTENT_TYPE, RETRY_AFTER, USER_AGENT};
use axum::http::{HeaderValue, Request, StatusCode};
use bytes::Bytes;
use chrono::{DateTime, Duration, Utc};
use tokio::time::Instant;

use super::backoff::retry_after;
use super::endpoint::Endpoint;
use super::store::{Due, Ended};
use crate::client::{Answer, ClientError, OutsideClient};
use crate::error::line;

/// What a receiver made of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It took it.
    Taken,
    /// It did not, and may later: not before so long, if it said so.
    NotNow(Option<Duration>),
    /// It is gone for good.
    Gone,
}

/// Who asks, for the receiver's log.
const AGENT: &str = concat!("Masthead/", env!("CARGO_PKG_VERSION"), " (webhooks)");

/// Characters of a fault, at most.
const MAX_FAULT: usize = 300;

/// Send a message to an endpoint.
pub(super) async fn send(
    client: &OutsideClient,
    endpoint: &Endpoint,
    due: &Due,
    now: DateTime<Utc>,
) -> (Verdict, Ended) {
    let began = Instant::now();
    let sent = match request(endpoint, due, now) {
        Ok(request) => client.send(request).await.map_err(|fault| told(&fault)),
        Err(_) => Err("the request can't be written".to_owned()),
    };
    let verdict = match &sent {
        Ok(answer) => verdict(answer, now),
        Err(_) => Verdict::NotNow(None),
    };
    let ended = Ended {
        began_at: now,
        duration: began.elapsed(),
        status: sent
            .as_ref()
            .map(|answer| answer.status.as_u16())
            .map_err(Clone::clone),
        response: sent.map_or_else(|_| String::new(), |answer| shown(&answer.excerpt)),
    };
    (verdict, ended)
}

fn request(
    endpoint: &Endpoint,
    due: &Due,
    now: DateTime<Utc>,
) -> Result<Request<Bytes>, axum::http::Error> {
    let mut signatures = endpoint.secret.sign(&due.public_id, now, &due.payload);
    if let Some(former) = endpoint.former.as_ref().filter(|former| now < former.until) {
        signatures.push(' ');
        signatures.push_str(&former.secret.sign(&due.public_id, now, &due.payload));
    }
    Request::post(&endpoint.url)
        .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
        .header(USER_AGENT, HeaderValue::from_static(AGENT))
        .header("webhook-id", &due.public_id)
        .header("webhook-timestamp", now.timestamp())
        .header("webhook-signature", signatures)
        .body(Bytes::from(due.payload.clone()))
}

/// By the status alone: a redirect is not followed, and takes nothing.
fn verdict(answer: &Answer, now: DateTime<Utc>) -> Verdict {
    if answer.status.is_success() {
        return Verdict::Taken;
    }
    if answer.status == StatusCode::GONE {
        return Verdict::Gone;
    }
    let value = answer.headers.get(RETRY_AFTER);
    let value = value.and_then(|value| value.to_str().ok());
    Verdict::NotNow(value.and_then(|value| retry_after(value, now)))
}

/// Why there was no answer, for admins.
fn told(fault: &ClientError) -> String {
    line(fault).chars().take(MAX_FAULT).collect()
}

/// The beginning of an answer, as a database and a list can hold it.
fn shown(excerpt: &[u8]) -> String {
    let text = String::from_utf8_lossy(excerpt);
    let does_show = |letter: char| !letter.is_control() || letter == '\n' || letter == '\t';
    let letters = text.chars().map(|letter| match does_show(letter) {
        true => letter,
        false => char::REPLACEMENT_CHARACTER,
    });
    letters.collect()
}
