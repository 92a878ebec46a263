//! The page that says what this is, and the schemas.

use std::sync::{Arc, LazyLock};

use axum::extract::State;
use axum::http::header::{CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_FRAME_OPTIONS};
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;
use bytes::Bytes;

use super::Served;
use super::fixed::{AN_HOUR, Fixed};

const OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");

/// The page needs its own styles and nothing else.
const HOME_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// `/`
pub(super) async fn home(headers: HeaderMap) -> Response {
    static HOME: LazyLock<Fixed> =
        LazyLock::new(|| page(include_str!("../../assets/home.html"), HOME_POLICY));
    HOME.respond(&headers).await
}

/// The schema, in the schema definition language.
pub(super) async fn schema(State(served): State<Arc<Served>>, headers: HeaderMap) -> Response {
    let schema = served.sdl.get_or_init(|| {
        let sdl = crate::schema::sdl(&served.schema);
        Fixed::new(sdl, "text/plain; charset=utf-8")
    });
    schema.respond(&headers).await
}

/// The JSON Schema of `blocks`, version 1. What changes or removes anything of
/// it is another version, with a path of its own.
pub(super) async fn blocks_schema(headers: HeaderMap) -> Response {
    static BLOCKS: LazyLock<Fixed> = LazyLock::new(|| {
        let schema = include_str!("../../assets/rich_text/blocks.schema.json");
        Fixed::new(schema, "application/schema+json")
    });
    BLOCKS.respond(&headers).await
}

/// The JSON Schema of webhook messages, version 1.
pub(super) async fn webhook_schema(headers: HeaderMap) -> Response {
    static MESSAGE: LazyLock<Fixed> = LazyLock::new(|| {
        let schema = include_str!("../../assets/webhook/message.schema.json");
        Fixed::new(schema, "application/schema+json")
    });
    MESSAGE.respond(&headers).await
}

/// A page that may load only what `policy` lets it, that stands in no frame,
/// and tells no other page where it was.
pub(super) fn page(text: impl Into<Bytes>, policy: &'static str) -> Fixed {
    let mut headers = HeaderMap::new();
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, policy),
        (REFERRER_POLICY, "no-referrer"),
        (X_FRAME_OPTIONS, "DENY"),
        (OPENER_POLICY, "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    Fixed::with(text, "text/html; charset=utf-8", AN_HOUR, headers)
}
