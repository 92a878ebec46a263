//! Feeds, as readers of feeds and browsers ask for them.

mod addresses;
mod contract;
mod fresh;
mod ids;
mod model;
mod pages;
mod parsers;
mod schema;
mod texts;

use atom_syndication::Feed as Atom;
use rss::Channel;
use serde_json::Value;
use support::{Reply, TestApp};

/// The feed at a path below `/feeds/`, which is there.
pub(crate) async fn get(app: &TestApp, path: &str) -> Reply {
    let reply = app.client().get(&format!("/feeds/{path}"), &[]).await;
    assert_eq!(reply.status, 200, "{path}: {}", reply.text());
    reply
}

/// The same of a JSON Feed: what it holds.
pub(crate) async fn json(app: &TestApp, path: &str) -> Value {
    get(app, path).await.json()
}

/// The same of RSS.
async fn rss(app: &TestApp, path: &str) -> Channel {
    let reply = get(app, path).await;
    Channel::read_from(&*reply.body).unwrap()
}

/// The same of Atom.
async fn atom(app: &TestApp, path: &str) -> Atom {
    let reply = get(app, path).await;
    Atom::read_from(&*reply.body).unwrap()
}

/// A member of each item, as text.
pub(crate) fn each<'a>(feed: &'a Value, member: &str) -> Vec<&'a str> {
    let items = feed["items"].as_array().unwrap().iter();
    items.map(|item| item[member].as_str().unwrap()).collect()
}
