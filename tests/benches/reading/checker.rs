//! Who reads through the cache what was just written, and accepts nothing
//! older.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::ensure;
use bytes::Bytes;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::client::{Connection, post};
use crate::corpus::ARTICLES_PER_ISSUE;
use crate::writer::{Kind, Thing, Writer};

/// What was read, and how much of it came out of the cache.
#[derive(Debug, Default)]
pub(crate) struct Checked {
    pub(crate) reads: u64,
    pub(crate) hits: u64,
}

/// Reads after each write.
pub(crate) struct Checker {
    connection: Connection,
    pub(crate) checked: Checked,
}

impl Checker {
    /// Connect.
    ///
    /// # Errors
    /// If nobody listens.
    pub(crate) async fn open(address: SocketAddr) -> anyhow::Result<Self> {
        Ok(Self {
            connection: Connection::open(address).await?,
            checked: Checked::default(),
        })
    }

    /// Read what was corrected, and whatever else shows it, each twice: the
    /// second time it comes out of the cache, if not the first.
    ///
    /// # Errors
    /// If an answer shows what was there before an acknowledged write.
    pub(crate) async fn check(
        &mut self,
        written: &Thing,
        writer: &mut Writer,
    ) -> anyhow::Result<()> {
        let other = writer.article();
        for request in requests(written).into_iter().chain(requests(&other)) {
            for _ in 0..2 {
                let reply = self.connection.send(&request).await?;
                self.checked.reads += 1;
                self.checked.hits += u64::from(reply.header("cache-status").contains("hit"));
                fresh(&reply.data()?, writer)?;
            }
        }
        Ok(())
    }
}

/// Connections that ask the same as the checker all the time, so that answers
/// are made, and kept, while something is written. What they are told is not
/// looked at. They end when told to, or dropped.
///
/// # Errors
/// If nobody listens.
pub(crate) async fn disturb(
    address: SocketAddr,
    connections: usize,
    writer: &mut Writer,
    end: &Arc<AtomicBool>,
) -> anyhow::Result<JoinSet<anyhow::Result<()>>> {
    let things: Vec<Thing> = (0..20).map(|_| writer.article()).collect();
    let requests: Arc<Vec<Bytes>> = Arc::new(things.iter().flat_map(requests).collect());
    let mut asking = JoinSet::new();
    for first in 0..connections {
        let mut connection = Connection::open(address).await?;
        let (requests, end) = (Arc::clone(&requests), Arc::clone(end));
        asking.spawn(async move {
            for request in requests.iter().cycle().skip(first) {
                if end.load(Ordering::Relaxed) {
                    break;
                }
                let reply = connection.send(request).await?;
                ensure!(reply.status == 200, "status {}", reply.status);
            }
            Ok(())
        });
    }
    Ok(asking)
}

/// What shows a thing: it by itself; an article also among those of its issue.
fn requests(thing: &Thing) -> Vec<Bytes> {
    let by_itself = format!("by: {{slug: {:?}}}, locales: [\"en\"]", thing.slug);
    let of_article = "slug title topic { slug name } authors { slug name }";
    let mut queries = vec![match thing.kind {
        Kind::Article => format!("{{ article({by_itself}) {{ {of_article} }} }}"),
        Kind::Topic => {
            "{ topics(locales: [\"en\"], first: 100) { nodes { slug name } } }".to_owned()
        }
        Kind::Author => format!("{{ author({by_itself}) {{ slug name }} }}"),
    }];
    if thing.kind == Kind::Article {
        let number = issue_of(&thing.slug);
        queries.push(format!(
            "{{ issue(by: {{number: {number}}}, locales: [\"en\"]) {{
                articles(first: 100) {{ nodes {{ {of_article} }} }} }} }}"
        ));
    }
    let requests = queries
        .iter()
        .map(|query| post("/graphql", &json!({ "query": query }).to_string()));
    requests.collect()
}

/// The issue of an article `article-KEY-en`.
fn issue_of(slug: &str) -> u32 {
    let key = slug.split('-').nth(1).and_then(|key| key.parse().ok());
    key.map_or(1, |key: u32| (key - 1) / ARTICLES_PER_ISSUE + 1)
}

/// Whether all that has a slug is called what it was last called.
fn fresh(answer: &Value, writer: &Writer) -> anyhow::Result<()> {
    match answer {
        Value::Object(fields) => {
            if let Some(slug) = answer["slug"].as_str()
                && let Some(called) = writer.called(slug)
            {
                let shown = answer.get("title").or(answer.get("name"));
                let shown = shown.and_then(Value::as_str).unwrap_or_default();
                ensure!(
                    shown == called,
                    "stale after write {}: {slug} is called {shown:?}, not {called:?}",
                    writer.written()
                );
            }
            fields.values().try_for_each(|field| fresh(field, writer))
        }
        Value::Array(items) => items.iter().try_for_each(|item| fresh(item, writer)),
        _ => Ok(()),
    }
}
