//! Connections: how many, how long, and how they end.

mod connection;
mod seats;

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::http::Request;
use axum::response::Response;
use futures_util::FutureExt;
use hyper::body::Incoming;
use hyper_util::rt::TokioExecutor;
use hyper_util::server::conn::auto::Builder;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};
use tower::Service;

use connection::{Connection, protocol};
use seats::{Seats, Taken};

/// How connections are kept.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How many are served at the same time. When more come, those that make
    /// no request give way; while all do, more wait.
    pub max_connections: u32,
    /// How long a client may take to send the head of a request.
    pub header_timeout: Duration,
    /// How long requests may take to end after the stop.
    pub shutdown_grace: Duration,
}

/// Answers requests, and is always ready to.
pub trait Answers:
    Service<Request<Incoming>, Response = Response, Error = Infallible, Future: Send>
    + Clone
    + Send
    + Sync
    + 'static
{
}

impl<S> Answers for S where
    S: Service<Request<Incoming>, Response = Response, Error = Infallible, Future: Send>
        + Clone
        + Send
        + Sync
        + 'static
{
}

/// How long to wait when the system has no descriptors left.
const EXHAUSTED: Duration = Duration::from_millis(100);

/// Serve connections until `stop` ends; then take in those that wait already,
/// answer every request that has begun to arrive, and return.
pub async fn serve(
    listener: TcpListener,
    site: impl Answers,
    options: Options,
    stop: impl Future<Output = ()> + Send,
) {
    let (stopping, stopped) = watch::channel(());
    let seats = Seats::new(options.max_connections);
    let server = Server {
        protocol: protocol(options),
        site,
        options,
        stopped,
    };
    tokio::pin!(stop);
    // One that was accepted, and has no place yet.
    let mut next = None;
    loop {
        tokio::select! {
            biased;
            () = &mut stop => break,
            place = seats.take(), if next.is_some() => {
                if let Some(connection) = next.take() {
                    server.spawn(connection, place);
                }
            }
            accepted = accept(&listener), if next.is_none() => next = Some(accepted),
        }
    }
    tracing::info!("stopping: no new connections are taken");
    let waiting = next.into_iter().chain(waiting(listener));
    drop(stopping);
    let ended = async {
        for connection in waiting {
            server.spawn(connection, seats.take().await);
        }
        // Once all places are free again all is said.
        seats.empty().await;
    };
    if timeout(options.shutdown_grace, ended).await.is_err() {
        tracing::warn!(
            "requests still ran after {:?}, and were dropped",
            options.shutdown_grace
        );
    }
}

/// The next connection.
async fn accept(listener: &TcpListener) -> Connection {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                let peer = peer.ip();
                return Connection { stream, peer };
            }
            // The client went away before its turn.
            Err(fault) if is_of_connection(&fault) => {}
            Err(fault) => {
                tracing::error!("can't take a connection: {fault}");
                sleep(EXHAUSTED).await;
            }
        }
    }
}

/// The connections that the system has accepted for `listener`: they are ours
/// to answer. No more are accepted.
fn waiting(listener: TcpListener) -> Vec<Connection> {
    let mut connections = Vec::new();
    while let Some(accepted) = listener.accept().now_or_never() {
        match accepted {
            Ok((stream, peer)) => connections.push(Connection {
                stream,
                peer: peer.ip(),
            }),
            Err(fault) if is_of_connection(&fault) => {}
            Err(_) => break,
        }
    }
    drop(listener);
    connections
}

fn is_of_connection(fault: &io::Error) -> bool {
    matches!(
        fault.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
    )
}

struct Server<Site> {
    protocol: Arc<Builder<TokioExecutor>>,
    site: Site,
    options: Options,
    /// Its sender is dropped when the server stops.
    stopped: watch::Receiver<()>,
}

impl<Site: Answers> Server<Site> {
    fn spawn(&self, connection: Connection, place: Taken) {
        tokio::spawn(connection.serve(
            Arc::clone(&self.protocol),
            self.site.clone(),
            self.options.header_timeout,
            self.stopped.clone(),
            place,
        ));
    }
}
