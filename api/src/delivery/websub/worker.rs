//! Telling a hub which feeds changed, for ever.

use std::collections::BTreeSet;
use std::sync::Arc;

use axum::http::Request;
use axum::http::header::CONTENT_TYPE;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use sea_orm::DbErr;
use url::{Url, form_urlencoded};

use super::topics::topics_of;
use crate::change_log::{self, Reader};
use crate::client::{Client, ClientError};
use crate::clock::Clock;
use crate::config::WebSub;
use crate::content::publication::SettingsCache;
use crate::database::Database;
use crate::delivery::pause::Pause;
use crate::error::{Error, line};

/// Entries that are dealt with at a time, at most.
const STEP: u64 = 500;

/// Feeds that are named in one request, at most.
const AT_ONCE: usize = 50;

/// What the names of all hubs begin with, where their positions are saved.
const PREFIX: &str = "websub ";

/// Why a hub was not told.
#[derive(thiserror::Error, Debug)]
enum HubError {
    #[error("the database does not answer")]
    Database(#[from] DbErr),
    #[error("the publication can't be read")]
    Publication(#[from] Error),
    #[error("the request can't be written")]
    Request(#[from] axum::http::Error),
    #[error("it was not told")]
    Client(#[from] ClientError),
    #[error("it answered {0}")]
    Refused(u16),
}

/// Note that the hubs are to be told what changes from now on, where they are
/// new. Forget how far hubs were told that are named no more.
///
/// # Errors
/// If the database can't.
pub async fn settle(database: &Database, websub: &WebSub, now: DateTime<Utc>) -> Result<(), DbErr> {
    let kept: Vec<String> = websub.hubs.iter().map(reader).collect();
    change_log::forget_others(database, PREFIX, &kept).await?;
    for name in &kept {
        Reader::from_now(database, name, now).await?;
    }
    Ok(())
}

fn reader(hub: &Url) -> String {
    format!("{PREFIX}{hub}")
}

/// Tell `hub` which feeds changed, as soon as this process knows of it, for ever.
/// One that is new is told what changes from now on. `base` is what addresses of
/// this server begin with.
pub async fn keep_announcing(
    database: Database,
    clock: Arc<Clock>,
    client: Client,
    (websub, hub): (Arc<WebSub>, Url),
    base: Arc<str>,
) {
    let worker = Worker {
        database,
        clock,
        client,
        websub,
        hub,
        base,
        settings: SettingsCache::default(),
    };
    let mut pause = Pause::default();
    loop {
        match worker.announce(&mut pause).await {
            Ok(never) => match never {},
            Err(fault) => worker.wait(&mut pause, &fault).await,
        }
    }
}

/// What tells a hub that feeds changed.
fn form(topics: &[&String]) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("hub.mode", "publish");
    for topic in topics {
        form.append_pair("hub.url", topic);
    }
    form.finish()
}

struct Worker {
    database: Database,
    clock: Arc<Clock>,
    client: Client,
    websub: Arc<WebSub>,
    hub: Url,
    base: Arc<str>,
    settings: SettingsCache,
}

impl Worker {
    /// Go on from the saved position, until a fault.
    async fn announce(&self, pause: &mut Pause) -> Result<std::convert::Infallible, HubError> {
        let name = reader(&self.hub);
        let mut reader = Reader::from_now(&self.database, &name, self.clock.now()).await?;
        loop {
            let entries = reader.wait(STEP).await?;
            let Some(last) = entries.last() else {
                continue;
            };
            let settings = self.settings.get(&self.database).await?;
            let of = (&*self.websub, &*settings);
            let topics = topics_of(&self.database, of, &self.base, &entries).await?;
            self.tell(&topics).await?;
            reader.save(last.position, self.clock.now()).await?;
            *pause = Pause::default();
        }
    }

    async fn tell(&self, topics: &BTreeSet<String>) -> Result<(), HubError> {
        let topics: Vec<&String> = topics.iter().collect();
        for topics in topics.chunks(AT_ONCE) {
            let request = Request::post(self.hub.as_str())
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(Bytes::from(form(topics)))?;
            let status = self.client.send(request).await?.status();
            if !status.is_success() {
                return Err(HubError::Refused(status.as_u16()));
            }
        }
        tracing::debug!(
            feeds = topics.len(),
            "the hub at {} was told which feeds changed",
            self.hub
        );
        Ok(())
    }

    async fn wait(&self, pause: &mut Pause, fault: &HubError) {
        let what = "does not know yet which feeds changed";
        pause
            .after(&format!("the hub at {} {what}: {}", self.hub, line(fault)))
            .await;
    }
}
