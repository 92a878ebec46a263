//! Connections to addresses that a guard permits. It is the resolved address
//! that is judged, and connected to: a name that leads elsewhere the next time it
//! is resolved gains nothing.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use hyper::Uri;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpStream, lookup_host};
use tokio::time::timeout;
use tower::Service;

use super::guard::Guard;

/// Makes connections that its guard permits.
#[derive(Clone, Debug)]
pub(super) struct Connector(Arc<Guard>);

/// Why there is no connection.
#[derive(thiserror::Error, Debug)]
pub(super) enum ConnectError {
    #[error("the URL names no server")]
    NoHost,
    #[error("without TLS it is not asked")]
    NotHttps,
    #[error("its name leads nowhere")]
    Unresolved(#[source] std::io::Error),
    #[error("its name leads to no address")]
    NoAddress,
    #[error("{0} is not a public address")]
    NotPublic(IpAddr),
    #[error("it does not take a connection within {} s", TIMEOUT.as_secs())]
    TimedOut,
    #[error("it takes no connection")]
    Refused(#[source] std::io::Error),
}

/// How long a server may take to take a connection, by whichever address.
const TIMEOUT: Duration = Duration::from_secs(5);

impl Connector {
    pub(super) fn new(guard: Guard) -> Self {
        Self(Arc::new(guard))
    }
}

impl Service<Uri> for Connector {
    type Response = TokioIo<TcpStream>;
    type Error = ConnectError;
    type Future = BoxFuture<'static, Result<Self::Response, ConnectError>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), ConnectError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        let guard = Arc::clone(&self.0);
        let connected = async move {
            let addresses = permitted(&guard, &uri).await?;
            connect(&addresses).await.map(TokioIo::new)
        };
        let in_time = timeout(TIMEOUT, connected);
        in_time
            .map(|outcome| outcome.unwrap_or(Err(ConnectError::TimedOut)))
            .boxed()
    }
}

/// The addresses behind `uri` that may be connected to; at least one.
async fn permitted(guard: &Guard, uri: &Uri) -> Result<Vec<SocketAddr>, ConnectError> {
    let is_https = uri.scheme_str() == Some("https");
    if !is_https && !guard.allows_http {
        return Err(ConnectError::NotHttps);
    }
    let host = uri.host().ok_or(ConnectError::NoHost)?;
    let host = host.trim_start_matches('[').trim_end_matches(']');
    let port = uri.port_u16().unwrap_or(if is_https { 443 } else { 80 });
    let found = lookup_host((host, port)).await;
    let found: Vec<SocketAddr> = found.map_err(ConnectError::Unresolved)?.collect();
    let first = found.first().ok_or(ConnectError::NoAddress)?.ip();
    let permitted = found.into_iter().filter(|at| guard.permits(at.ip()));
    let permitted: Vec<SocketAddr> = permitted.collect();
    if permitted.is_empty() {
        return Err(ConnectError::NotPublic(first));
    }
    Ok(permitted)
}

/// The first connection that is taken.
async fn connect(addresses: &[SocketAddr]) -> Result<TcpStream, ConnectError> {
    let mut refused = ConnectError::NoAddress;
    for address in addresses {
        match TcpStream::connect(address).await {
            Ok(stream) => {
                stream.set_nodelay(true).map_err(ConnectError::Refused)?;
                return Ok(stream);
            }
            Err(fault) => refused = ConnectError::Refused(fault),
        }
    }
    Err(refused)
}
