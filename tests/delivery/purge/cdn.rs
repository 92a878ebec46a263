//! A cache in front, of which the tests know what it was told.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use url::Url;

/// One request that it got.
#[derive(Clone, Debug)]
pub(in crate::delivery) struct Told {
    pub(in crate::delivery) method: Method,
    pub(in crate::delivery) path: String,
    pub(in crate::delivery) headers: HeaderMap,
    pub(in crate::delivery) body: String,
}

/// A server that notes every request, and answers 200 unless told otherwise.
pub(in crate::delivery) struct Cdn {
    pub(in crate::delivery) url: Url,
    state: Arc<Seen>,
    server: JoinHandle<()>,
}

#[derive(Default)]
struct Seen {
    told: Mutex<Vec<Told>>,
    refusals: Mutex<VecDeque<StatusCode>>,
    more: Notify,
}

impl Cdn {
    /// One on a free port.
    pub(in crate::delivery) async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::<Seen>::default();
        let router = Router::new().fallback(note).with_state(Arc::clone(&state));
        let server = tokio::spawn(async move {
            axum::serve(listener, router).await.unwrap();
        });
        Self {
            url: url.parse().unwrap(),
            state,
            server,
        }
    }

    /// Answer the next requests like this.
    pub(in crate::delivery) fn refuse(&self, statuses: impl IntoIterator<Item = StatusCode>) {
        self.state.refusals.lock().unwrap().extend(statuses);
    }

    /// The first `count` requests, once it has got as many.
    pub(in crate::delivery) async fn told(&self, count: usize) -> Vec<Told> {
        let told = async {
            loop {
                let more = self.state.more.notified();
                let told = self.state.told.lock().unwrap().clone();
                if told.len() >= count {
                    break told[..count].to_vec();
                }
                more.await;
            }
        };
        timeout(Duration::from_secs(30), told).await.unwrap()
    }
}

impl Drop for Cdn {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Told {
    pub(in crate::delivery) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value
            .unwrap_or_else(|| panic!("no {name}: {self:?}"))
            .to_str()
            .unwrap()
    }
}

async fn note(
    State(seen): State<Arc<Seen>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    seen.told.lock().unwrap().push(Told {
        method,
        path: uri.path().to_owned(),
        headers,
        body: String::from_utf8(body.to_vec()).unwrap(),
    });
    seen.more.notify_one();
    let refusal = seen.refusals.lock().unwrap().pop_front();
    refusal.unwrap_or(StatusCode::OK)
}
