//! One connection: what is spoken on it, and when it ends.

use std::convert::Infallible;
use std::net::IpAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, HttpBody};
use axum::http::{Request, Response};
use bytes::Bytes;
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::service::Service;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use pin_project_lite::pin_project;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use super::seats::{Running, Seat, Taken};
use super::{Answers, Options};
use crate::http::rate_limit::Peer;

/// How often an idle HTTP/2 connection is asked whether it is still there.
const KEEP_ALIVE: Duration = Duration::from_secs(20);

/// How many requests may run at once on an HTTP/2 connection.
const STREAMS: u32 = 100;

/// The largest head of a request in HTTP/2, unpacked.
const HEAD_BYTES: u32 = 64 * 1024;

/// How much of an answer is held for each reader in HTTP/2 who does not read.
const UNREAD_BYTES: usize = 64 * 1024;

/// How many streams a client may open and give up again at once, before the
/// connection is ended ("rapid reset", CVE-2023-44487).
const RESETS: usize = 20;

/// How long an answer may still take to be sent once the place is wanted.
const LAST_WORDS: Duration = Duration::from_secs(1);

/// HTTP/1.1 and HTTP/2, whichever the client's first bytes are of: without TLS
/// there is nothing else to choose by (RFC 9113, section 3.3).
pub(super) fn protocol(options: Options) -> Arc<Builder<TokioExecutor>> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(options.header_timeout);
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(KEEP_ALIVE)
        .max_concurrent_streams(STREAMS)
        .max_header_list_size(HEAD_BYTES)
        .max_send_buf_size(UNREAD_BYTES)
        .max_pending_accept_reset_streams(RESETS);
    Arc::new(builder)
}

/// A connection that was accepted.
pub(super) struct Connection {
    pub(super) stream: TcpStream,
    pub(super) peer: IpAddr,
}

impl Connection {
    /// Answer what comes until either side is done, the server stops, or the
    /// place is wanted for another.
    pub(super) async fn serve(
        self,
        protocol: Arc<Builder<TokioExecutor>>,
        site: impl Answers,
        patience: Duration,
        stopped: watch::Receiver<()>,
        place: Taken,
    ) {
        let spoken = tokio::select! {
            biased;
            spoken = speaks(&self.stream, patience, stopped.clone()) => spoken,
            () = place.seat.wanted() => false,
        };
        if spoken {
            let answering = Answering {
                site,
                seat: Arc::clone(&place.seat),
                peer: Peer(self.peer),
            };
            converse(&protocol, self.stream, answering, patience, stopped).await;
        }
        drop(place);
    }
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

async fn converse(
    protocol: &Builder<TokioExecutor>,
    stream: TcpStream,
    answering: Answering<impl Answers>,
    patience: Duration,
    mut stopped: watch::Receiver<()>,
) {
    // Answers are written whole; to wait for more would only delay them.
    if let Err(fault) = stream.set_nodelay(true) {
        tracing::debug!("a connection stays slow: {fault}");
    }
    let seat = Arc::clone(&answering.seat);
    let connection = protocol.serve_connection(TokioIo::new(stream), answering);
    tokio::pin!(connection);
    let ended = tokio::select! {
        biased;
        ended = connection.as_mut() => ended,
        _ = stopped.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
        reason = done_with(&seat, patience) => {
            // What never made a request has no answer to wait for.
            if !seat.has_asked() {
                return;
            }
            connection.as_mut().graceful_shutdown();
            tokio::select! {
                biased;
                ended = connection => ended,
                () = overdue(&seat, reason) => return,
            }
        }
    };
    if let Err(fault) = ended {
        tracing::debug!("a connection broke off: {fault}");
    }
}

/// Why a connection is to end.
enum Reason {
    /// Its place is wanted for another.
    Wanted,
    /// No request was made for as long as a client may take for its next.
    Quiet,
}

async fn done_with(seat: &Seat, patience: Duration) -> Reason {
    tokio::select! {
        () = seat.wanted() => Reason::Wanted,
        () = quiet(seat, patience) => Reason::Quiet,
    }
}

/// Wait until the place is wanted, and what is still being sent had its time.
async fn overdue(seat: &Seat, reason: Reason) {
    if matches!(reason, Reason::Quiet) {
        seat.wanted().await;
    }
    quiet(seat, LAST_WORDS).await;
}

/// Wait until no request is made and none answered for so long.
async fn quiet(seat: &Seat, time: Duration) {
    loop {
        sleep(time).await;
        if seat.is_quiet_for(time) {
            return;
        }
    }
}

/// Answers the requests of one connection.
struct Answering<Site> {
    site: Site,
    seat: Arc<Seat>,
    peer: Peer,
}

impl<Site: Answers> Service<Request<Incoming>> for Answering<Site> {
    type Response = Response<Held>;
    type Error = Infallible;
    type Future = Answered<Site::Future>;

    fn call(&self, mut request: Request<Incoming>) -> Self::Future {
        let running = self.seat.begin();
        request.extensions_mut().insert(self.peer);
        Answered {
            answer: self.site.clone().call(request),
            running: Some(running),
        }
    }
}

pin_project! {
    /// A request that is being answered.
    struct Answered<Answer> {
        #[pin]
        answer: Answer,
        running: Option<Running>,
    }
}

impl<Answer> Future for Answered<Answer>
where
    Answer: Future<Output = Result<Response<Body>, Infallible>>,
{
    type Output = Result<Response<Held>, Infallible>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let Ok(response) = ready!(this.answer.poll(context));
        let running = this.running.take();
        Poll::Ready(Ok(response.map(|body| Held {
            body,
            _running: running,
        })))
    }
}

pin_project! {
    /// The body of an answer: until it is sent, the request is running.
    struct Held {
        #[pin]
        body: Body,
        _running: Option<Running>,
    }
}

impl HttpBody for Held {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        self.project().body.poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
