//! What partners put on their pages, and the page where they make it.

use std::sync::LazyLock;

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::Response;

use super::fixed::{AN_HOUR, Fixed};
use super::page::page;

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// The page shows what its own server answers, and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; \
    style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// `/embed.js`
pub(super) async fn script(headers: HeaderMap) -> Response {
    static SCRIPT: LazyLock<Fixed> = LazyLock::new(|| {
        // Also for pages that load nothing of others unless these allow it.
        let mut others = HeaderMap::new();
        others.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
        let text = include_str!("../../assets/embed/embed.js");
        Fixed::with(text, JAVASCRIPT, AN_HOUR, others)
    });
    SCRIPT.respond(&headers).await
}

/// `/embed`
pub(super) async fn builder(headers: HeaderMap) -> Response {
    static BUILDER: LazyLock<Fixed> =
        LazyLock::new(|| page(include_str!("../../assets/embed/page.html"), POLICY));
    BUILDER.respond(&headers).await
}

/// What that page does.
pub(super) async fn builder_script(headers: HeaderMap) -> Response {
    static SCRIPT: LazyLock<Fixed> =
        LazyLock::new(|| Fixed::new(include_str!("../../assets/embed/page.js"), JAVASCRIPT));
    SCRIPT.respond(&headers).await
}

const JAVASCRIPT: &str = "text/javascript; charset=utf-8";
