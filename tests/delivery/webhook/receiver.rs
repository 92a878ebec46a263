//! A server that is told, of which the tests know what it was told. It can be
//! killed and come back at the same address.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode};
use futures_util::stream;
use serde_json::Value;
use support::bound;
use tokio::net::TcpSocket;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// One message that it got.
#[derive(Clone, Debug)]
pub(super) struct Told {
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

/// How it answers.
#[derive(Clone, Debug)]
pub(super) enum Reply {
    Status(u16),
    /// With a header.
    With(u16, &'static str, String),
    /// With a body.
    Says(u16, &'static str),
    /// Never.
    Hangs,
    /// With a body of 100 MB.
    Floods,
}

/// A server that notes every message, and answers 200 unless told otherwise.
pub(super) struct Receiver {
    address: SocketAddr,
    /// Keeps the port from others while the server is killed.
    #[expect(dead_code, reason = "held")]
    port: TcpSocket,
    state: Arc<Seen>,
    server: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Seen {
    told: Mutex<Vec<Told>>,
    replies: Mutex<VecDeque<Reply>>,
    /// What it never takes a message about.
    refused: Mutex<Option<String>>,
    more: Notify,
}

impl Receiver {
    /// One on a free port.
    pub(super) async fn start() -> Self {
        let port = bound(([127, 0, 0, 1], 0).into());
        let mut receiver = Self {
            address: port.local_addr().unwrap(),
            port,
            state: Arc::default(),
            server: None,
        };
        receiver.restart().await;
        receiver
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}/hooks", self.address)
    }

    /// Take no connection any more; those that are open break off.
    pub(super) async fn kill(&mut self) {
        if let Some(server) = self.server.take() {
            server.abort();
            drop(server.await);
        }
    }

    /// Be there again.
    pub(super) async fn restart(&mut self) {
        self.kill().await;
        let listener = bound(self.address).listen(128).unwrap();
        let state = Arc::clone(&self.state);
        let router = Router::new().fallback(note).with_state(state);
        self.server = Some(tokio::spawn(async move {
            axum::serve(listener, router).await.unwrap();
        }));
    }

    /// Answer the next messages like this.
    pub(super) fn replies(&self, replies: impl IntoIterator<Item = Reply>) {
        self.state.replies.lock().unwrap().extend(replies);
    }

    /// Answer 500 to every message that has this text in it.
    pub(super) fn refuses(&self, text: &str) {
        *self.state.refused.lock().unwrap() = Some(text.to_owned());
    }

    /// All that it was told.
    pub(super) fn told(&self) -> Vec<Told> {
        self.state.told.lock().unwrap().clone()
    }

    /// The same, once it is at least `count` messages.
    pub(super) async fn told_at_least(&self, count: usize) -> Vec<Told> {
        let told = async {
            loop {
                let more = self.state.more.notified();
                let told = self.told();
                if told.len() >= count {
                    break told;
                }
                more.await;
            }
        };
        timeout(Duration::from_secs(60), told).await.unwrap()
    }

    /// The types of what it was told.
    pub(super) fn types(&self) -> Vec<String> {
        self.told().iter().map(Told::kind).collect()
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        if let Some(server) = &self.server {
            server.abort();
        }
    }
}

impl Told {
    pub(super) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value
            .unwrap_or_else(|| panic!("no {name}: {self:?}"))
            .to_str()
            .unwrap()
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    pub(super) fn kind(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }

    pub(super) fn position(&self) -> i64 {
        self.json()["data"]["position"].as_i64().unwrap()
    }
}

async fn note(State(seen): State<Arc<Seen>>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    let body = String::from_utf8(body.to_vec()).unwrap();
    let refused = seen.refused.lock().unwrap().clone();
    let is_refused = refused.is_some_and(|text| body.contains(&text));
    seen.told.lock().unwrap().push(Told { headers, body });
    seen.more.notify_one();
    if is_refused {
        return answer(500, Body::empty());
    }
    let reply = seen.replies.lock().unwrap().pop_front();
    match reply.unwrap_or(Reply::Status(200)) {
        Reply::Status(status) => answer(status, Body::empty()),
        Reply::With(status, name, value) => {
            let mut response = answer(status, Body::empty());
            response.headers_mut().insert(name, value.parse().unwrap());
            response
        }
        Reply::Says(status, text) => answer(status, Body::from(text)),
        Reply::Hangs => std::future::pending().await,
        Reply::Floods => {
            let piece = Bytes::from(vec![b'x'; 1 << 20]);
            let pieces = (0..100).map(move |_| Ok::<_, std::io::Error>(piece.clone()));
            answer(200, Body::from_stream(stream::iter(pieces)))
        }
    }
}

fn answer(status: u16, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    response
}
