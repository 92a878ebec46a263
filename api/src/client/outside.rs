//! Asking servers that others name: partners who want to be told.

use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::{HeaderMap, Request, StatusCode};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::time::{Instant, timeout, timeout_at};

use super::connector::Connector;
use super::guard::Guard;
use super::{ClientError, IDLE_TIMEOUT};

/// Asks servers that others name, by HTTP/1.1 and TLS, where a [`Guard`] permits
/// it. It follows no redirect, and reads of an answer what [`Answer`] holds.
/// Cheap to clone: all clones are one.
#[derive(Clone, Debug)]
pub struct OutsideClient {
    client: legacy::Client<HttpsConnector<Connector>, Full<Bytes>>,
    patience: Duration,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// The first [`EXCERPT`] bytes of the body, or fewer. More is never read.
    pub excerpt: Bytes,
}

/// How long a request may take, from the first byte sent to the last received.
pub const PATIENCE: Duration = Duration::from_secs(15);

/// Bytes of an answer's body that are read, at most.
pub const EXCERPT: usize = 1024;

impl OutsideClient {
    /// A client, without connections yet.
    ///
    /// # Errors
    /// If there is no TLS to be had.
    pub fn try_new(guard: Guard) -> Result<Self, rustls::Error> {
        let connector = HttpsConnectorBuilder::new()
            .with_provider_and_webpki_roots(rustls::crypto::ring::default_provider())?
            .https_or_http()
            .enable_http1()
            .wrap_connector(Connector::new(guard));
        let client = legacy::Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_TIMEOUT)
            .build(connector);
        Ok(Self {
            client,
            patience: PATIENCE,
        })
    }

    /// The same client, which waits for so long.
    #[must_use]
    pub fn waiting(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Ask. The head of the answer is what counts: a body that breaks off or
    /// goes on and on is cut.
    ///
    /// # Errors
    /// If there is no head in time, or no connection.
    pub async fn send(&self, request: Request<Bytes>) -> Result<Answer, ClientError> {
        let end = Instant::now() + self.patience;
        let asked = self.client.request(request.map(Full::new));
        let answer = timeout_at(end, asked).await;
        let answer = answer.map_err(|_| ClientError::TimedOut(self.patience))?;
        let (head, body) = answer.map_err(ClientError::Unreachable)?.into_parts();
        let left = end.saturating_duration_since(Instant::now());
        Ok(Answer {
            status: head.status,
            headers: head.headers,
            excerpt: beginning(body, left).await,
        })
    }
}

/// What comes of `body` within a time, up to [`EXCERPT`].
async fn beginning(mut body: Incoming, patience: Duration) -> Bytes {
    let mut read = Vec::new();
    let reading = async {
        while read.len() < EXCERPT
            && let Some(Ok(frame)) = body.frame().await
        {
            if let Some(data) = frame.data_ref() {
                let room = EXCERPT - read.len();
                read.extend_from_slice(&data[..data.len().min(room)]);
            }
        }
    };
    // What has come until then is all.
    drop(timeout(patience, reading).await);
    Bytes::from(read)
}
