//! Connections: how many, how long, and how they end.

use std::convert::Infallible;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::Request;
use axum::response::Response;
use futures_util::FutureExt;
use hyper::body::Incoming;
use hyper::service::Service;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tokio::time::{sleep, timeout};

use super::rate_limit::Peer;

/// How connections are kept.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How many are served at the same time; more wait.
    pub max_connections: u32,
    /// How long a client may take to send the head of a request.
    pub header_timeout: Duration,
    /// How long requests may take to end after the stop.
    pub shutdown_grace: Duration,
}

/// A connection, and the address at its other end.
type Accepted = (TcpStream, IpAddr);

/// How long to wait when the system has no descriptors left.
const EXHAUSTED: Duration = Duration::from_millis(100);

/// How often an idle HTTP/2 connection is asked whether it is still there.
const KEEP_ALIVE: Duration = Duration::from_secs(20);

/// Serve connections until `stop` ends; then take in those that wait already,
/// answer every request that has begun to arrive, and return.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    options: Options,
    stop: impl Future<Output = ()> + Send,
) {
    let (stopping, stopped) = watch::channel(());
    let places = Arc::new(Semaphore::new(options.max_connections as usize));
    let server = Server {
        protocol: protocol(options),
        router,
        options,
        stopped,
    };
    tokio::pin!(stop);
    loop {
        tokio::select! {
            biased;
            () = &mut stop => break,
            (place, accepted) = next(&places, &listener) => server.spawn(place, accepted),
        }
    }
    tracing::info!("stopping: no new connections are taken");
    let waiting = waiting(listener);
    drop(stopping);
    let ended = async {
        for accepted in waiting {
            server.spawn(place(&places).await, accepted);
        }
        // Once all places are free again all is said.
        drop(places.acquire_many(options.max_connections).await);
    };
    if timeout(options.shutdown_grace, ended).await.is_err() {
        tracing::warn!(
            "requests still ran after {:?}, and were dropped",
            options.shutdown_grace
        );
    }
}

/// A place among those that are served; there is one always, in time.
async fn place(places: &Arc<Semaphore>) -> Option<OwnedSemaphorePermit> {
    // The semaphore is never closed.
    Arc::clone(places).acquire_owned().await.ok()
}

/// A place, then the next connection for it.
async fn next(
    places: &Arc<Semaphore>,
    listener: &TcpListener,
) -> (Option<OwnedSemaphorePermit>, Accepted) {
    let place = place(places).await;
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return (place, (stream, peer.ip())),
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
fn waiting(listener: TcpListener) -> Vec<Accepted> {
    let mut connections = Vec::new();
    while let Some(accepted) = listener.accept().now_or_never() {
        match accepted {
            Ok((stream, peer)) => connections.push((stream, peer.ip())),
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

struct Server {
    protocol: Arc<Builder<TokioExecutor>>,
    router: Router,
    options: Options,
    /// Its sender is dropped when the server stops.
    stopped: watch::Receiver<()>,
}

impl Server {
    fn spawn(&self, place: Option<OwnedSemaphorePermit>, (stream, peer): Accepted) {
        let protocol = Arc::clone(&self.protocol);
        let answering = Answering {
            router: TowerToHyperService::new(self.router.clone()),
            peer: Peer(peer),
        };
        let patience = self.options.header_timeout;
        let stopped = self.stopped.clone();
        tokio::spawn(async move {
            if speaks(&stream, patience, stopped.clone()).await {
                converse(&protocol, stream, answering, stopped).await;
            }
            drop(place);
        });
    }
}

/// Answers the requests of one connection.
struct Answering {
    router: TowerToHyperService<Router>,
    peer: Peer,
}

impl Service<Request<Incoming>> for Answering {
    type Response = Response;
    type Error = Infallible;
    type Future = <TowerToHyperService<Router> as Service<Request<Incoming>>>::Future;

    fn call(&self, mut request: Request<Incoming>) -> Self::Future {
        request.extensions_mut().insert(self.peer);
        self.router.call(request)
    }
}

fn protocol(options: Options) -> Arc<Builder<TokioExecutor>> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(options.header_timeout);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(KEEP_ALIVE);
    Arc::new(builder)
}

/// Whether the client sends anything before its time is up or the server
/// stops. The protocol is chosen by its first bytes, and a connection that
/// waits for them would be dropped by a stop even if they had just come.
async fn speaks(stream: &TcpStream, patience: Duration, mut stopped: watch::Receiver<()>) -> bool {
    let mut byte = [0; 1];
    tokio::select! {
        biased;
        peeked = timeout(patience, stream.peek(&mut byte)) => matches!(peeked, Ok(Ok(1))),
        _ = stopped.changed() => false,
    }
}

/// Answer what comes until either side is done.
async fn converse(
    protocol: &Builder<TokioExecutor>,
    stream: TcpStream,
    answering: Answering,
    mut stopped: watch::Receiver<()>,
) {
    // Answers are written whole; to wait for more would only delay them.
    if let Err(fault) = stream.set_nodelay(true) {
        tracing::debug!("a connection stays slow: {fault}");
    }
    let connection = protocol.serve_connection(TokioIo::new(stream), answering);
    tokio::pin!(connection);
    let ended = tokio::select! {
        biased;
        ended = connection.as_mut() => ended,
        _ = stopped.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(fault) = ended {
        tracing::debug!("a connection broke off: {fault}");
    }
}
