//! Bodies of requests, within a bound.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use axum::body::HttpBody;
use axum::http::header::{CONTENT_ENCODING, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderName, Method};
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use tokio::time::timeout;

use super::refusal::Refusal;
use crate::error::Code;

/// How much of a body that is too large is still read, so that the client is
/// done sending and reads why it was refused.
const DISCARDED: usize = 16 * 1024 * 1024;

/// The header that says what a body of QUERY may be (RFC 10008, section 3).
pub(super) const ACCEPT_QUERY: HeaderName = HeaderName::from_static("accept-query");

/// All that it may be.
pub(super) const QUERY_TYPE: &str = "application/json";

/// Check that the body says to be JSON in UTF-8.
pub(super) fn check_type(parts: &Parts) -> Result<(), Refusal> {
    let headers = &parts.headers;
    let refuse = |what: &str| {
        let message = format!("send the request as application/json in UTF-8: {what}");
        Err(Refusal::new(Code::UnsupportedMediaType, message))
    };
    if headers
        .get(CONTENT_ENCODING)
        .is_some_and(|encoding| !encoding.as_bytes().eq_ignore_ascii_case(b"identity"))
    {
        return refuse("a compressed body is not read");
    }
    let Some(value) = headers.get(CONTENT_TYPE) else {
        if parts.method != Method::POST {
            // Without it a QUERY is not well formed (RFC 10008, section 2).
            let message = "a QUERY needs a content-type: application/json";
            return Err(Refusal::new(Code::BadRequest, message));
        }
        return refuse("it has no content-type");
    };
    let mut parts = value.to_str().unwrap_or_default().split(';').map(str::trim);
    if !parts
        .next()
        .is_some_and(|media_type| media_type.eq_ignore_ascii_case("application/json"))
    {
        return refuse("its content-type is another");
    }
    let charset = parts
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))
        .map(|(_, value)| value.trim().trim_matches('"'));
    match charset {
        Some(charset) if !charset.eq_ignore_ascii_case("utf-8") => refuse("its charset is another"),
        _ => Ok(()),
    }
}

/// The whole body, if it is no larger than `limit` and arrives in time.
///
/// # Errors
/// The answer if it is not.
pub(super) async fn whole<B>(body: B, limit: usize, patience: Duration) -> Result<Bytes, Refusal>
where
    B: HttpBody<Data = Bytes>,
{
    let mut reading = pin!(read(body, limit));
    // A connection hands a body over once it is asked for it: most are here at
    // the second look, and need no timer.
    let mut has_looked = false;
    let early = poll_fn(|context| match reading.as_mut().poll(context) {
        Poll::Ready(read) => Poll::Ready(Some(read)),
        Poll::Pending if has_looked => Poll::Ready(None),
        Poll::Pending => {
            has_looked = true;
            context.waker().wake_by_ref();
            Poll::Pending
        }
    });
    if let Some(read) = early.await {
        return read;
    }
    timeout(patience, reading)
        .await
        .map_err(|_| Refusal::new(Code::RequestTimeout, "the body did not arrive in time"))?
}

async fn read<B>(body: B, limit: usize) -> Result<Bytes, Refusal>
where
    B: HttpBody<Data = Bytes>,
{
    let mut body = pin!(body);
    let mut first = Bytes::new();
    let mut whole = BytesMut::new();
    let mut size = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Refusal::new(Code::BadRequest, "the body broke off"))?;
        let Ok(data) = frame.into_data() else {
            continue;
        };
        size += data.len();
        if size > limit {
            (first, whole) = (Bytes::new(), BytesMut::new());
            if size > limit.saturating_add(DISCARDED) {
                break;
            }
        } else if first.is_empty() {
            // The usual body is of one piece, and not copied.
            first = data;
        } else {
            if whole.is_empty() {
                whole.extend_from_slice(&first);
            }
            whole.extend_from_slice(&data);
        }
    }
    if size > limit {
        let message = format!("a body holds at most {limit} bytes");
        return Err(Refusal::new(Code::BodyTooLarge, message));
    }
    Ok(if whole.is_empty() {
        first
    } else {
        whole.freeze()
    })
}
