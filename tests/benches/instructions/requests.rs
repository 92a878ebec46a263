//! The requests whose instructions are counted.

use std::time::Duration;

use anyhow::{Context, ensure};
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::header::{ACCEPT, ACCEPT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{self, HeaderValue, Method, StatusCode};
use bytes::Bytes;
use masthead::access::{Limiter, Rates};
use masthead::app::App;
use masthead::database::{Database, Options};
use masthead::http::Site;
use masthead::schema;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::json;
use tower::ServiceExt;

/// The first argument of the process that is counted.
pub(crate) const ANSWER: &str = "answer";

/// As many are answered first: caches are filled, what is made once is made.
const WARM: u64 = 20;

const QUERY: &str = "query($number: Int!) { issue(by: {number: $number}, locales: [\"en\"]) {
    number slug startsOn endsOn
    articles(first: 100) { nodes { trend title lead slug topic { slug name } authors { slug name } } } } }";

/// A kind of request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Case {
    /// An answer of the cache.
    HotPost,
    HotGet,
    /// The client has it already.
    NotModified,
    /// The client understands brotli.
    HotBrotli,
    /// A question that nobody asked before.
    Varied,
}

impl Case {
    pub(crate) const ALL: [Self; 5] = [
        Self::HotPost,
        Self::HotGet,
        Self::NotModified,
        Self::HotBrotli,
        Self::Varied,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::HotPost => "hot-post",
            Self::HotGet => "hot-get",
            Self::NotModified => "not-modified",
            Self::HotBrotli => "hot-brotli",
            Self::Varied => "varied",
        }
    }

    /// The case of a name.
    ///
    /// # Errors
    /// If there is none.
    pub(crate) fn named(name: &str) -> anyhow::Result<Self> {
        let case = Self::ALL.into_iter().find(|case| case.name() == name);
        case.with_context(|| format!("there is no case \"{name}\""))
    }

    /// How many requests are enough for a count that stays the same: at times a
    /// process opens one connection more than at others, some eight million
    /// instructions.
    pub(crate) const fn count(self) -> u64 {
        match self {
            Self::Varied => 1000,
            _ => 20_000,
        }
    }

    const fn status(self) -> StatusCode {
        match self {
            Self::NotModified => StatusCode::NOT_MODIFIED,
            _ => StatusCode::OK,
        }
    }

    /// The request; each is a copy of it.
    fn request(self, etag: &HeaderValue) -> anyhow::Result<http::Request<Bytes>> {
        let variables = json!({ "number": 421, "unlike": UNLIKE });
        let request = Request::builder().header(ACCEPT, "application/graphql-response+json");
        let body = match self {
            Self::HotPost | Self::Varied => {
                json!({ "query": QUERY, "variables": variables }).to_string()
            }
            _ => String::new(),
        };
        let request = match self {
            Self::HotPost | Self::Varied => request
                .method(Method::POST)
                .uri("/graphql")
                .header(CONTENT_TYPE, "application/json"),
            Self::HotGet => request.uri(url(&variables)),
            Self::NotModified => request.uri(url(&variables)).header(IF_NONE_MATCH, etag),
            Self::HotBrotli => request.uri(url(&variables)).header(ACCEPT_ENCODING, "br"),
        };
        Ok(request.body(body.into())?)
    }
}

/// Stands in a body for the number of the request, where that is to differ.
const UNLIKE: &str = "unlike-000000";

/// Answer so many requests of a case out of the database of `url`.
///
/// # Errors
/// If an answer has another status than it should.
pub(crate) async fn answer(url: &str, case: Case, count: u64) -> anyhow::Result<()> {
    let mut options = Options::new(url);
    options.readers = 1;
    // All is fifty times slower while it is counted.
    options.busy_timeout = Duration::from_secs(300);
    let mut app = App::new(Database::connect(&options).await?);
    app.limiter = Limiter::new(Rates {
        limited: false,
        ..Rates::default()
    });
    let schema = schema::build();
    let site = masthead::http::site(app.clone(), schema);
    let mut etag = HeaderValue::from_static("");
    if case == Case::NotModified {
        let first = Case::HotGet.request(&etag)?.map(Body::from);
        let response = site.clone().oneshot(first).await?;
        let told = response.headers().get(ETAG).cloned();
        etag = told.context("an answer has a validator")?;
    }
    let asked = case.request(&etag)?;
    let text = std::str::from_utf8(asked.body())?;
    for number in 0..WARM + count {
        let request = match case {
            Case::Varied => {
                let number = format!("unlike-{number:06}");
                asked.clone().map(|_| text.replace(UNLIKE, &number).into())
            }
            _ => asked.clone(),
        };
        send(&site, request.map(Body::from), case.status()).await?;
    }
    app.database.close().await;
    Ok(())
}

async fn send(site: &Site, request: Request, status: StatusCode) -> anyhow::Result<()> {
    let response = site.clone().oneshot(request).await?;
    let told = response.status();
    let body = to_bytes(response.into_body(), usize::MAX).await?;
    ensure!(told == status, "{told}: {}", String::from_utf8_lossy(&body));
    ensure!(
        !body.starts_with(b"{\"errors\""),
        "{}",
        String::from_utf8_lossy(&body)
    );
    Ok(())
}

fn url(variables: &serde_json::Value) -> String {
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let variables = encoded(&variables.to_string());
    format!("/graphql?query={}&variables={variables}", encoded(QUERY))
}
