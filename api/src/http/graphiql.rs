//! GraphiQL, with all that it needs in the binary.

use std::io::Read;
use std::sync::{LazyLock, OnceLock};

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use flate2::read::GzDecoder;
use serde_json::json;
use xxhash_rust::xxh3::xxh3_64;

use super::fixed::Fixed;
use super::page;
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

/// The address of a file has its hash.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// A file of GraphiQL, as gzip.
struct Asset {
    name: &'static str,
    media_type: &'static str,
    packed: &'static [u8],
    /// It as it is, when it is first asked for; `None` if it is damaged.
    unpacked: OnceLock<Option<Fixed>>,
}

static ASSETS: [Asset; 2] = [
    Asset {
        name: "graphiql.js",
        media_type: "text/javascript; charset=utf-8",
        packed: include_bytes!("../../assets/graphiql/graphiql.js.gz"),
        unpacked: OnceLock::new(),
    },
    Asset {
        name: "graphiql.css",
        media_type: "text/css; charset=utf-8",
        packed: include_bytes!("../../assets/graphiql/graphiql.css.gz"),
        unpacked: OnceLock::new(),
    },
];

static PAGE: LazyLock<Fixed> = LazyLock::new(|| {
    let tabs: Vec<_> = QUERIES
        .map(|query| json!({ "query": query.trim_end() }))
        .into();
    // Inside a script element only `<` could end it.
    let data = json!({ "endpoint": "graphql", "tabs": tabs })
        .to_string()
        .replace('<', "\\u003c");
    let [script, styles] = ASSETS.each_ref().map(Asset::address);
    let text = include_str!("../../assets/graphiql/page.html")
        .replace("{script}", &script)
        .replace("{styles}", &styles)
        .replace("{data}", &data);
    page::page(text, POLICY)
});

/// The page; `/graphql` opened by a browser.
pub(super) async fn page(headers: &HeaderMap) -> Response {
    PAGE.respond(headers).await
}

/// A file that the page needs.
pub(super) async fn asset(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name) else {
        let message = format!("GraphiQL has no file \"{name}\"");
        return Refusal::new(Code::NotFound, message)
            .outside_graphql()
            .into_response();
    };
    match asset.unpacked() {
        Some(fixed) => fixed.respond(&headers).await,
        None => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

impl Asset {
    fn address(&self) -> String {
        format!("graphiql/{}?v={:016x}", self.name, xxh3_64(self.packed))
    }

    fn unpacked(&self) -> Option<&Fixed> {
        let unpack = || {
            let mut bytes = Vec::new();
            GzDecoder::new(self.packed).read_to_end(&mut bytes).ok()?;
            let others = HeaderMap::new();
            Some(Fixed::with(bytes, self.media_type, FOR_EVER, others))
        };
        self.unpacked.get_or_init(unpack).as_ref()
    }
}
