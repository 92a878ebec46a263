//! Feeds, sitemaps and oEmbed: what is delivered at addresses of its own, out of
//! the same cache as the answers of `/graphql`, and into it.

use std::sync::{Arc, LazyLock};

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, LAST_MODIFIED, LOCATION};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use tokio::time::timeout;

use super::Served;
use super::cached::{self, Outcome};
use super::caller::{caller, check_reader, kept_private};
use super::charge::Charge;
use super::coding::coded;
use super::fixed::Fixed;
use super::negotiation;
use super::observe::RequestId;
use super::refusal::Refusal;
use super::sent::Sent;
use crate::access::Contract;
use crate::app::App;
use crate::cache::policy::{CDN_CACHE_CONTROL, SURROGATE_CONTROL};
use crate::cache::{Content, Key};
use crate::delivery::{Document, feed, oembed, sitemap};
use crate::error::{Code, Error, line};
use crate::schema;

/// What an answer depends on beside its address: who asks is told no more, but
/// no cache shall give the answer to a key to others.
const VARY: HeaderValue = HeaderValue::from_static("accept, accept-encoding, authorization");

/// Whether answers to this path are kept: others are not worth a look.
pub(super) fn is_kept(path: &str) -> bool {
    path.starts_with("/feeds/") || path.starts_with("/sitemap") || path == oembed::PATH
}

/// What is asked for: by what it is found in the cache, what it costs to make,
/// and whether an equal request asks for the same as long as nothing changes.
struct Asked {
    name: String,
    cost: usize,
    is_lasting: bool,
    /// Whether it needs no key, also where reading does.
    is_open: bool,
}

/// A feed.
pub(super) async fn feed(State(served): State<Arc<Served>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let uri = &parts.uri;
    let address = match feed::Address::parse(uri.path(), uri.query()) {
        Ok(address) => address,
        Err(refused) => return response(&refused),
    };
    let is_page = negotiation::prefers_html(&parts.headers);
    let asked = Asked {
        name: format!("{} {is_page}", address.path()),
        cost: address.cost(),
        is_lasting: true,
        is_open: false,
    };
    let settings = schema::settings(&served.schema);
    let make = async |contract: Option<Arc<Contract>>| {
        let asked = (&address, contract.as_ref());
        let document = feed::document(&served.app, settings, asked).await?;
        Ok(match is_page {
            true => document.for_browsers(),
            false => document,
        })
    };
    deliver(&served, &parts, asked, make).await
}

/// A sitemap, or the index of all.
pub(super) async fn sitemap(State(served): State<Arc<Served>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let address = match sitemap::Address::parse(parts.uri.path(), served.app.clock.now()) {
        Ok(address) => address,
        Err(refused) => return response(&refused),
    };
    let asked = Asked {
        name: address.name(),
        cost: sitemap::COST,
        is_lasting: !address.is_timely(),
        // Search engines have no keys, and ask for what the website shows.
        is_open: true,
    };
    let settings = schema::settings(&served.schema);
    let make = |_| sitemap::document(&served.app, settings, address);
    deliver(&served, &parts, asked, make).await
}

/// What others show of a page of the website.
pub(super) async fn oembed(State(served): State<Arc<Served>>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    let wanted = match oembed::Request::parse(parts.uri.query()) {
        Ok(wanted) => wanted,
        Err(refused) => return response(&refused),
    };
    let asked = Asked {
        name: wanted.name(),
        cost: oembed::COST,
        is_lasting: true,
        is_open: false,
    };
    let settings = schema::settings(&served.schema);
    let make = async |contract: Option<Arc<Contract>>| {
        let asked = (&wanted, contract.as_ref());
        oembed::document(&served.app, settings, asked).await
    };
    deliver(&served, &parts, asked, make).await
}

/// What programs that walk through sites are asked to leave alone, and where the
/// sitemaps are.
pub(super) async fn robots(State(served): State<Arc<Served>>, headers: HeaderMap) -> Response {
    let robots = served.robots.get_or_init(|| {
        let text = sitemap::robots(&served.app.public_url);
        Fixed::new(text, "text/plain; charset=utf-8")
    });
    robots.respond(&headers).await
}

/// What shows a feed in a browser.
pub(super) async fn feed_style(headers: HeaderMap) -> Response {
    static STYLE: LazyLock<Fixed> = LazyLock::new(|| {
        let style = include_str!("../../assets/feed.css");
        Fixed::new(style, "text/css; charset=utf-8")
    });
    STYLE.respond(&headers).await
}

async fn deliver<Made: Future<Output = Result<Document, Arc<Error>>>>(
    served: &Served,
    parts: &Parts,
    asked: Asked,
    make: impl FnOnce(Option<Arc<Contract>>) -> Made,
) -> Response {
    let app = &served.app;
    let sent = match Sent::new(parts, b"") {
        sent if asked.is_lasting => sent,
        sent => sent.forgotten(),
    };
    let id = RequestId::of(&parts.headers);
    let caller = match caller(app, &parts.headers, &id).await {
        Ok(caller) => caller,
        Err(refusal) => return refusal.outside_graphql().into_response(),
    };
    if !asked.is_open
        && let Err(refusal) = check_reader(app, &caller)
    {
        return refusal.outside_graphql().into_response();
    }
    let charge = Charge::new(app, parts, &caller);
    let is_private = caller.key().is_some();
    if let Err(refusal) = charge.take_of_quota(app, asked.cost) {
        return kept_private(refusal.outside_graphql().into_response());
    }
    let scope = cached::scope(&caller);
    let key = Key::of(&[asked.name.as_bytes(), scope.as_bytes()]);
    let make = || async {
        if let Err(refusal) = charge.take(app, asked.cost) {
            return Outcome::Refused(refusal.outside_graphql());
        }
        outcome(app, make(caller.contract().cloned()), &id).await
    };
    let kept = cached::kept_or_made(served, &sent, key, (!is_private, &charge), make);
    let mut response = Box::pin(kept).await;
    charge.write(app, response.headers_mut());
    let response = coded(response, &parts.headers).await;
    if is_private {
        kept_private(response)
    } else {
        response
    }
}

async fn outcome(
    app: &App,
    make: impl Future<Output = Result<Document, Arc<Error>>>,
    id: &RequestId,
) -> Outcome {
    let limit = app.limits.timeout;
    match timeout(limit, make).await {
        Ok(Ok(document)) => Outcome::Delivered(Arc::new(document)),
        Ok(Err(fault)) => Outcome::Refused(refused(&fault, id)),
        Err(_) => {
            let message = format!("the answer took longer than {limit:?}; ask for less");
            Outcome::Refused(Refusal::new(Code::Timeout, message).outside_graphql())
        }
    }
}

fn refused(fault: &Error, id: &RequestId) -> Refusal {
    let code = fault.code();
    tracing::error!(
        request.id = id.as_str(),
        error.code = code.as_str(),
        "{}",
        line(fault)
    );
    Refusal::new(code, fault.to_string())
        .with_request_id(id.clone())
        .outside_graphql()
}

/// What is kept of a document.
pub(super) fn content(app: &App, document: &Document) -> Content {
    Content {
        body: document.body.clone(),
        media_type: HeaderValue::from_static(document.media_type),
        cache_control: app.policy.cache_control(&document.noted, app.clock.now()),
        vary: VARY,
        others: others(app, document),
    }
}

fn others(app: &App, document: &Document) -> HeaderMap {
    let mut others = cached::others(app, &document.noted);
    if document.is_timely {
        // No purge tells that time has passed.
        others.remove(CDN_CACHE_CONTROL);
        others.remove(SURROGATE_CONTROL);
    }
    if let Some(time) = document.changed_at {
        let text = time.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
        // Names of days and digits are fit for a header.
        if let Ok(value) = HeaderValue::try_from(text) {
            others.insert(LAST_MODIFIED, value);
        }
    }
    others
}

/// A document that nobody keeps: what is not there yet may come, and a slug that
/// leads elsewhere may come back.
pub(super) fn response(document: &Document) -> Response {
    let mut response = Response::new(Body::from(document.body.clone()));
    *response.status_mut() = document.status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(document.media_type));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::VARY, VARY);
    if let Some(location) = &document.location
        && let Ok(value) = HeaderValue::try_from(location)
    {
        headers.insert(LOCATION, value);
    }
    response
}
