//! GraphiQL, with all that it needs in the binary.

use std::io::Read;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use flate2::read::GzDecoder;
use serde_json::json;
use xxhash_rust::xxh3::xxh3_64;

use super::page::html;
use super::refusal::Refusal;
use crate::error::Code;

/// The queries of the first tabs. They work on the sample publication.
const QUERIES: [&str; 8] = [
    include_str!("../../assets/graphiql/queries/1-latest-issue.graphql"),
    include_str!("../../assets/graphiql/queries/2-issue-of-a-week.graphql"),
    include_str!("../../assets/graphiql/queries/3-article.graphql"),
    include_str!("../../assets/graphiql/queries/4-topic.graphql"),
    include_str!("../../assets/graphiql/queries/5-what-got-worse.graphql"),
    include_str!("../../assets/graphiql/queries/6-search.graphql"),
    include_str!("../../assets/graphiql/queries/7-trends.graphql"),
    include_str!("../../assets/graphiql/queries/8-archive.graphql"),
];

/// Nothing from elsewhere. The editor sets styles in the text of its lines.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
    img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'";

/// A file of GraphiQL, as gzip.
struct Asset {
    name: &'static str,
    media_type: &'static str,
    packed: &'static [u8],
}

static ASSETS: [Asset; 2] = [
    Asset {
        name: "graphiql.js",
        media_type: "text/javascript; charset=utf-8",
        packed: include_bytes!("../../assets/graphiql/graphiql.js.gz"),
    },
    Asset {
        name: "graphiql.css",
        media_type: "text/css; charset=utf-8",
        packed: include_bytes!("../../assets/graphiql/graphiql.css.gz"),
    },
];

static PAGE: LazyLock<String> = LazyLock::new(|| {
    let tabs: Vec<_> = QUERIES
        .map(|query| json!({ "query": query.trim_end() }))
        .into();
    // Inside a script element only `<` could end it.
    let data = json!({ "endpoint": "graphql", "tabs": tabs })
        .to_string()
        .replace('<', "\\u003c");
    let [script, styles] = ASSETS.each_ref().map(Asset::address);
    include_str!("../../assets/graphiql/page.html")
        .replace("{script}", &script)
        .replace("{styles}", &styles)
        .replace("{data}", &data)
});

/// The page; `/graphql` opened by a browser.
pub(super) fn page() -> Response {
    html(PAGE.clone(), POLICY)
}

/// A file that the page needs.
pub(super) async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name) else {
        let message = format!("GraphiQL has no file \"{name}\"");
        return Refusal::new(Code::NotFound, message)
            .outside_graphql()
            .into_response();
    };
    let fixed = [
        (CONTENT_TYPE, asset.media_type),
        // Its address has its hash.
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (VARY, "accept-encoding"),
    ];
    if takes_gzip(&headers) {
        return (fixed, [(CONTENT_ENCODING, "gzip")], asset.packed).into_response();
    }
    match asset.unpacked() {
        Ok(bytes) => (fixed, bytes).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

impl Asset {
    fn address(&self) -> String {
        format!("graphiql/{}?v={:016x}", self.name, xxh3_64(self.packed))
    }

    fn unpacked(&self) -> std::io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        GzDecoder::new(self.packed).read_to_end(&mut bytes)?;
        Ok(bytes)
    }
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT_ENCODING);
    let text = accepted.and_then(|value| value.to_str().ok());
    text.unwrap_or_default().split(',').any(|element| {
        let (coding, weight) = element.split_once(';').unwrap_or((element, ""));
        let refused = matches!(
            weight.replace(' ', "").as_str(),
            "q=0" | "q=0.0" | "q=0.00" | "q=0.000"
        );
        coding.trim().eq_ignore_ascii_case("gzip") && !refused
    })
}
