//! Asking again and again over some connections, for some time.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use bytes::Bytes;
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::client::Connection;

/// How long the last requests may take once the time is over.
const PATIENCE: Duration = Duration::from_secs(30);

/// How many requests have been answered so far, in all loads.
pub(crate) static ANSWERED: AtomicU64 = AtomicU64::new(0);

/// Stands in a request for a number that no request before had.
pub(crate) const UNLIKE: &str = "unlike-000000000000";

/// A request, and the answer that it must have.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    request: Bytes,
    /// Where the digits of [`UNLIKE`] are.
    digits: Option<usize>,
    status: u16,
    pub(crate) answer: Bytes,
}

impl Exchange {
    /// A request whose answer has a status and a body.
    pub(crate) fn new(request: Bytes, status: u16, answer: Bytes) -> Self {
        let unlike = UNLIKE.as_bytes();
        let place = request.windows(unlike.len()).position(|at| at == unlike);
        Self {
            digits: place.map(|place| place + "unlike-".len()),
            request,
            status,
            answer,
        }
    }

    /// Write the request to be sent next over what `buffer` held.
    pub(crate) fn write(&self, buffer: &mut Vec<u8>) {
        buffer.clear();
        buffer.extend_from_slice(&self.request);
        if let Some(place) = self.digits {
            let mut number = new_number();
            for digit in buffer[place..place + 12].iter_mut().rev() {
                *digit = b'0' + (number % 10) as u8;
                number /= 10;
            }
        }
    }
}

/// A number that no request before had.
pub(crate) fn new_number() -> u64 {
    static NUMBER: AtomicU64 = AtomicU64::new(1);
    NUMBER.fetch_add(1, Ordering::Relaxed)
}

/// How it went.
#[derive(Debug, Default)]
pub(crate) struct Load {
    /// How long each request took.
    pub(crate) times: Vec<Duration>,
    pub(crate) took: Duration,
}

impl Load {
    /// Ask over so many connections, for so long: each sends its next request
    /// when it has its answer.
    ///
    /// # Errors
    /// If an answer is not the one that is expected, byte by byte.
    pub(crate) async fn run(
        address: SocketAddr,
        exchanges: &Arc<Vec<Exchange>>,
        connections: usize,
        time: Duration,
    ) -> anyhow::Result<Self> {
        let mut opened = Vec::new();
        for _ in 0..connections {
            opened.push(Connection::open(address).await?);
        }
        let began = Instant::now();
        let mut asking = JoinSet::new();
        for (number, connection) in opened.into_iter().enumerate() {
            // Each begins elsewhere.
            let first = number * exchanges.len() / connections;
            let exchanges = Arc::clone(exchanges);
            asking.spawn(ask(connection, exchanges, first, began + time));
        }
        let times = timeout(time + PATIENCE, asking.join_all())
            .await
            .context("the answers don't come")?;
        let took = began.elapsed();
        let times: Result<Vec<_>, _> = times.into_iter().collect();
        Ok(Self {
            times: times?.concat(),
            took,
        })
    }

    /// Add what was measured at another time.
    pub(crate) fn add(&mut self, mut other: Self) {
        self.times.append(&mut other.times);
        self.took += other.took;
    }

    pub(crate) fn per_second(&self) -> f64 {
        self.times.len() as f64 / self.took.as_secs_f64()
    }

    /// The time within which this share of the requests was answered.
    pub(crate) fn within(&mut self, percent: usize) -> Duration {
        self.times.sort_unstable();
        let place = self.times.len() * percent / 100;
        let last = self.times.len().saturating_sub(1);
        self.times.get(place.min(last)).copied().unwrap_or_default()
    }
}

async fn ask(
    mut connection: Connection,
    exchanges: Arc<Vec<Exchange>>,
    first: usize,
    end: Instant,
) -> anyhow::Result<Vec<Duration>> {
    let mut times = Vec::new();
    let mut request = Vec::new();
    for exchange in exchanges.iter().cycle().skip(first) {
        exchange.write(&mut request);
        let began = Instant::now();
        if began >= end {
            break;
        }
        connection
            .exchange(&request, exchange.status, &exchange.answer)
            .await?;
        times.push(began.elapsed());
        ANSWERED.fetch_add(1, Ordering::Relaxed);
    }
    Ok(times)
}
