//! How this process asks other servers: those of its operator by [`Client`], those
//! that others name by [`OutsideClient`].

mod connector;
mod guard;
mod outside;

use std::time::Duration;

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::{Request, Response};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use tokio::time::timeout;

pub use guard::{Guard, GuardError, MAX_URL};
pub use outside::{Answer, EXCERPT, OutsideClient, PATIENCE};

/// Asks other servers, by HTTP/1.1 and TLS. It keeps connections for the next
/// request, trusts the certificates of Mozilla's list, and follows no redirect.
/// Cheap to clone: all clones are one.
#[derive(Clone, Debug)]
pub struct Client {
    client: legacy::Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
}

/// Why a server gave no answer.
#[derive(thiserror::Error, Debug)]
pub enum ClientError {
    #[error("there was no answer within {} ms", .0.as_millis())]
    TimedOut(Duration),
    #[error("it can't be reached")]
    Unreachable(#[source] legacy::Error),
    #[error("the answer broke off, or was longer than {MOST} bytes")]
    Unreadable(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// How long a request may take, from the first byte sent to the last received.
const TIMEOUT: Duration = Duration::from_secs(10);

/// How long a server may take to take a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// How long a connection is kept that nothing is asked by.
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);

/// The most bytes of an answer.
const MOST: usize = 64 * 1024;

impl Client {
    /// A client, without connections yet.
    ///
    /// # Errors
    /// If there is no TLS to be had.
    pub fn try_new() -> Result<Self, rustls::Error> {
        let mut connector = HttpConnector::new();
        connector.set_connect_timeout(Some(CONNECT_TIMEOUT));
        connector.set_nodelay(true);
        // The connector above refuses any scheme but `http` unless told.
        connector.enforce_http(false);
        let connector = HttpsConnectorBuilder::new()
            .with_provider_and_webpki_roots(rustls::crypto::ring::default_provider())?
            .https_or_http()
            .enable_http1()
            .wrap_connector(connector);
        let client = legacy::Client::builder(TokioExecutor::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(IDLE_TIMEOUT)
            .build(connector);
        Ok(Self { client })
    }

    /// Ask, and read the whole answer, whatever its status.
    ///
    /// # Errors
    /// If there is none in time, or it is too long.
    pub async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, ClientError> {
        let answer = timeout(TIMEOUT, self.ask(request)).await;
        answer.map_err(|_| ClientError::TimedOut(TIMEOUT))?
    }

    async fn ask(&self, request: Request<Bytes>) -> Result<Response<Bytes>, ClientError> {
        let answer = self.client.request(request.map(Full::new)).await;
        let (head, body) = answer.map_err(ClientError::Unreachable)?.into_parts();
        let body = Limited::new(body, MOST).collect().await;
        let body = body.map_err(ClientError::Unreadable)?.to_bytes();
        Ok(Response::from_parts(head, body))
    }
}
