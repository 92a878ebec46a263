//! `masthead serve`

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::Context;
use tokio::net::TcpListener;

use super::arguments::Serve;
use super::workers::Workers;
use super::{connect, documents, migrate, terminal};
use crate::access::{Limiter, Usage};
use crate::app::App;
use crate::cache::ResponseCache;
use crate::change_log;
use crate::client::{Client, OutsideClient};
use crate::clock::Clock;
use crate::config::{Config, WebSub};
use crate::content::{demo, schedule};
use crate::database::Database;
use crate::delivery::purge::{self, Target};
use crate::delivery::{webhook, websub};
use crate::graphql::documents::Documents;
use crate::http::{self, server, signal};
use crate::schema;

pub(super) async fn run(config: Config, options: Serve) -> anyhow::Result<()> {
    // From here on a signal ends the server in good order.
    let stop = signal::stop().context("can't listen for signals")?;
    let persisted = documents::open(&config.documents, &config.limits)?;
    let database = connect(&config).await?;
    let brought = migrate::bring_up_to_date(&database).await?;
    for name in brought.applied {
        tracing::info!(migration = name, "applied the migration {name}");
    }
    if brought.rebuilt > 0 {
        let translations = brought.rebuilt;
        tracing::info!(
            translations,
            "made the forms of {translations} translations anew"
        );
    }
    let clock = Arc::new(Clock::System);
    if options.demo {
        terminal::say(if demo::load(&database, &clock).await? {
            "The sample publication is loaded"
        } else {
            "The database has a publication already; the sample is left out"
        })?;
    }
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("can't listen on {}", config.listen))?;
    let address = listener.local_addr()?;
    let schema = schema::build();
    let usage = Usage::default();
    let app = App {
        database: database.clone(),
        clock: Arc::clone(&clock),
        limits: config.limits,
        documents: Documents::default(),
        persisted: persisted.clone(),
        responses: ResponseCache::new(config.cache_bytes),
        policy: config.caching,
        limiter: Limiter::new(config.rate_limit),
        anonymous_reading: config.anonymous_reading,
        proxies: config.trusted_proxies.clone(),
        origins: Arc::new(config.cors_origins.clone()),
        public_url: public_url(&config, address),
        usage: usage.clone(),
        guard: Arc::new(config.guard.clone()),
        websub: Arc::new(config.websub.clone()),
    };
    tokio::spawn(documents::warn(persisted, config.limits));
    let mut workers = workers(&database, &clock, &usage);
    let client = Client::try_new().context("there is no TLS to ask other servers by")?;
    purges(&mut workers, (&database, &clock, &client), &config).await?;
    webhooks(&mut workers, (&database, &clock), &config)?;
    let told = (&app.websub, &app.public_url);
    hubs(&mut workers, (&database, &clock, &client), told).await?;
    let serving = server::Options {
        max_connections: config.max_connections,
        header_timeout: config.header_timeout,
        shutdown_grace: config.shutdown_grace,
    };
    terminal::say(format_args!(
        "Masthead answers on http://{address}/graphql; open it in a browser for GraphiQL"
    ))?;
    server::serve(listener, http::site(app, schema), serving, stop).await;
    workers.stop().await;
    usage.try_write(&database, clock.now()).await;
    database.close().await;
    Ok(())
}

/// What addresses of this server begin with: what is set, else the port that it
/// listens on, which is right on the same machine alone.
fn public_url(config: &Config, address: SocketAddr) -> Arc<str> {
    match &config.public_url {
        Some(url) => url.as_str().trim_end_matches('/').into(),
        None => format!("http://localhost:{}", address.port()).into(),
    }
}

/// Whatever runs beside the server.
fn workers(database: &Database, clock: &Arc<Clock>, usage: &Usage) -> Workers {
    let mut workers = Workers::new();
    let followed = database.clone();
    workers.start("follow the change log", move || {
        change_log::follow(followed.clone())
    });
    let (compacted, time) = (database.clone(), Arc::clone(clock));
    workers.start("compact the change log", move || {
        change_log::keep_compact(compacted.clone(), Arc::clone(&time))
    });
    let (scheduled, time) = (database.clone(), Arc::clone(clock));
    workers.start("do what is scheduled", move || {
        schedule::keep_schedules(scheduled.clone(), Arc::clone(&time))
    });
    let (written, time, usage) = (database.clone(), Arc::clone(clock), usage.clone());
    workers.start("write what keys were used for", move || {
        usage
            .clone()
            .keep_writing(written.clone(), Arc::clone(&time))
    });
    workers
}

/// What tells partners what changed.
fn webhooks(
    workers: &mut Workers,
    (database, clock): (&Database, &Arc<Clock>),
    config: &Config,
) -> anyhow::Result<()> {
    let client = OutsideClient::try_new(config.guard.clone());
    let client = client.context("there is no TLS to ask other servers by")?;
    let (delivered, time) = (database.clone(), Arc::clone(clock));
    workers.start("deliver webhooks", move || {
        webhook::keep_delivering(delivered.clone(), Arc::clone(&time), client.clone())
    });
    let (pruned, time) = (database.clone(), Arc::clone(clock));
    workers.start("remove old webhook deliveries", move || {
        webhook::keep_pruned(pruned.clone(), Arc::clone(&time))
    });
    Ok(())
}

/// A worker for each hub that is told which feeds changed.
async fn hubs(
    workers: &mut Workers,
    (database, clock, client): (&Database, &Arc<Clock>, &Client),
    (websub, base): (&Arc<WebSub>, &Arc<str>),
) -> anyhow::Result<()> {
    websub::settle(database, websub, clock.now()).await?;
    for hub in websub.hubs.clone() {
        let (database, clock, client) = (database.clone(), Arc::clone(clock), client.clone());
        let (websub, base) = (Arc::clone(websub), Arc::clone(base));
        workers.start("tell a hub", move || {
            websub::keep_announcing(
                database.clone(),
                Arc::clone(&clock),
                client.clone(),
                (Arc::clone(&websub), hub.clone()),
                Arc::clone(&base),
            )
        });
    }
    Ok(())
}

/// A worker for each cache in front that is told what changed.
async fn purges(
    workers: &mut Workers,
    (database, clock, client): (&Database, &Arc<Clock>, &Client),
    config: &Config,
) -> anyhow::Result<()> {
    let targets = Target::all(&config.purge);
    // Before the first answer: what changes after it is not to be missed.
    purge::settle(database, &targets, clock.now()).await?;
    for target in targets {
        let (database, clock, client) = (database.clone(), Arc::clone(clock), client.clone());
        workers.start("purge a cache", move || {
            purge::keep_purging(
                database.clone(),
                Arc::clone(&clock),
                client.clone(),
                target.clone(),
            )
        });
    }
    Ok(())
}
