//! HTTP: every route and layer.

mod answer;
mod body;
mod cached;
mod caller;
mod charge;
mod coding;
mod conditional;
mod cors;
mod delivered;
mod document;
mod embed;
mod fixed;
mod graphiql;
mod graphql;
mod health;
mod negotiation;
mod observe;
mod page;
mod preview;
mod rate_limit;
mod refusal;
mod request;
mod sent;
pub mod server;
pub mod signal;
mod site;

use std::sync::{Arc, OnceLock};

use axum::Router;
use axum::routing::get;

use crate::app::App;
use crate::cache::{Flights, Key};
use crate::change_log::Position;
use crate::delivery;
use crate::schema::Schema;

use cached::Outcome;
use fixed::Fixed;
pub use refusal::status;
pub use site::Site;

/// All of it, for this app.
#[must_use]
pub fn site(app: App, schema: Schema) -> Site {
    let handlers = get(graphql::get)
        .post(graphql::post)
        .options(graphql::options)
        .fallback(graphql::other_method);
    let served = Arc::new(Served {
        app,
        schema,
        flights: Flights::default(),
        sdl: OnceLock::new(),
        robots: OnceLock::new(),
    });
    let routes = Router::new()
        .route("/", get(page::home))
        .route(graphql::PATH, handlers)
        .route("/graphiql/{asset}", get(graphiql::asset))
        .route("/schema.graphql", get(page::schema))
        .route("/schemas/blocks-1.json", get(page::blocks_schema))
        .route("/embed", get(embed::builder))
        .route("/embed.js", get(embed::script))
        .route("/embed/page.js", get(embed::builder_script))
        .route(delivery::feed::STYLE, get(delivered::feed_style))
        .route("/feeds/{*address}", get(delivered::feed))
        .route(delivery::oembed::PATH, get(delivered::oembed))
        .route("/sitemap.xml", get(delivered::sitemap))
        .route("/sitemaps/{file}", get(delivered::sitemap))
        .route("/robots.txt", get(delivered::robots))
        .route("/schemas/webhook-1.json", get(page::webhook_schema))
        .route("/livez", get(health::live))
        .route("/readyz", get(health::ready))
        .fallback(refusal::not_found)
        .method_not_allowed_fallback(refusal::other_method)
        .with_state(Arc::clone(&served));
    Site::new(served, routes)
}

/// What all handlers share.
struct Served {
    app: App,
    schema: Schema,
    /// Questions that are being answered.
    flights: Flights<(Key, Position), Outcome>,
    /// The schema as a text, made when it is first asked for.
    sdl: OnceLock<Fixed>,
    /// `robots.txt`, which names this server.
    robots: OnceLock<Fixed>,
}
