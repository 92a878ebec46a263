//! Places for connections. Who does nothing gives way to who comes.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep};

/// All places, and who has them.
#[derive(Debug)]
pub(super) struct Seats {
    count: u32,
    places: Arc<Semaphore>,
    taken: Mutex<HashMap<u64, Arc<Seat>>>,
    next: AtomicU64,
    started: Instant,
}

/// What is known of a connection that has a place.
#[derive(Debug)]
pub(super) struct Seat {
    started: Instant,
    /// Requests that are being answered.
    running: AtomicUsize,
    /// Whether it ever made a request.
    has_asked: AtomicBool,
    /// Since when it makes none; milliseconds after the start.
    quiet_since: AtomicU64,
    leave: Notify,
}

/// A place that is had; free again when this is dropped.
#[derive(Debug)]
pub(super) struct Taken {
    pub(super) seat: Arc<Seat>,
    number: u64,
    seats: Arc<Seats>,
    /// None if there are no places at all any more.
    _place: Option<OwnedSemaphorePermit>,
}

/// A request that is being answered.
#[derive(Debug)]
pub(super) struct Running(Arc<Seat>);

/// How often another connection is asked to leave while somebody waits.
const PATIENCE: Duration = Duration::from_millis(10);

/// A connection that was quiet for less may only be about to ask.
const QUIET: Duration = Duration::from_millis(100);

impl Seats {
    pub(super) fn new(count: u32) -> Arc<Self> {
        Arc::new(Self {
            count,
            places: Arc::new(Semaphore::new(count as usize)),
            taken: Mutex::default(),
            next: AtomicU64::new(0),
            started: Instant::now(),
        })
    }

    /// A place. While there is none, the quietest are asked to leave.
    pub(super) async fn take(self: &Arc<Self>) -> Taken {
        loop {
            tokio::select! {
                biased;
                place = Arc::clone(&self.places).acquire_owned() => {
                    // The semaphore is never closed.
                    return self.seat(place.ok());
                }
                () = self.send_away() => {}
            }
        }
    }

    /// Wait until nobody has a place.
    pub(super) async fn empty(&self) {
        drop(self.places.acquire_many(self.count).await);
    }

    fn seat(self: &Arc<Self>, place: Option<OwnedSemaphorePermit>) -> Taken {
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let seat = Arc::new(Seat {
            started: self.started,
            running: AtomicUsize::new(0),
            has_asked: AtomicBool::new(false),
            quiet_since: AtomicU64::new(0),
            leave: Notify::new(),
        });
        seat.note_quiet();
        self.taken().insert(number, Arc::clone(&seat));
        Taken {
            seat,
            number,
            seats: Arc::clone(self),
            _place: place,
        }
    }

    /// Ask one connection to leave, and give it time: of those that make no
    /// request the one that never made any, else the longest quiet.
    async fn send_away(&self) {
        let quietest = {
            let taken = self.taken();
            let quiet = taken.values().filter(|seat| seat.is_quiet_for(QUIET));
            quiet.min_by_key(|seat| seat.order()).cloned()
        };
        if let Some(seat) = quietest {
            // Not to be asked twice in a row.
            seat.note_quiet();
            seat.leave.notify_one();
        }
        sleep(PATIENCE).await;
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<u64, Arc<Seat>>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Seat {
    /// A request begins.
    pub(super) fn begin(self: &Arc<Self>) -> Running {
        self.running.fetch_add(1, Ordering::Relaxed);
        self.has_asked.store(true, Ordering::Relaxed);
        Running(Arc::clone(self))
    }

    /// Wait until the place is wanted for another.
    pub(super) async fn wanted(&self) {
        self.leave.notified().await;
    }

    /// Whether it ever made a request.
    pub(super) fn has_asked(&self) -> bool {
        self.has_asked.load(Ordering::Relaxed)
    }

    /// Whether no request was made, and none answered, for so long.
    pub(super) fn is_quiet_for(&self, time: Duration) -> bool {
        self.running.load(Ordering::Relaxed) == 0 && self.started.elapsed() >= self.since() + time
    }

    /// After how long it may have been quiet for so long, at the earliest.
    pub(super) fn rest_of(&self, time: Duration) -> Duration {
        let rest = (self.since() + time).saturating_sub(self.started.elapsed());
        // While a request runs, that is not known.
        if rest.is_zero() { time } else { rest }
    }

    fn since(&self) -> Duration {
        Duration::from_millis(self.quiet_since.load(Ordering::Relaxed))
    }

    /// Who comes first gives way first.
    fn order(&self) -> (bool, u64) {
        (self.has_asked(), self.quiet_since.load(Ordering::Relaxed))
    }

    fn note_quiet(&self) {
        let since = u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.quiet_since.store(since, Ordering::Relaxed);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.0.note_quiet();
        self.0.running.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.seats.taken().remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::Ordering;
    use std::time::Duration;

    use futures_util::FutureExt as _;
    use tokio::time::Instant;

    use super::{Seats, Taken};

    /// Places of a server that started a minute ago.
    fn seats(count: u32) -> Arc<Seats> {
        let mut seats = Seats::new(count);
        let started = Instant::now() - Duration::from_secs(60);
        Arc::get_mut(&mut seats).unwrap().started = started;
        seats
    }

    fn quiet_since(place: &Taken, seconds: u64) {
        place
            .seat
            .quiet_since
            .store(seconds * 1000, Ordering::Relaxed);
    }

    fn is_wanted(place: &Taken) -> bool {
        place.seat.wanted().now_or_never().is_some()
    }

    #[tokio::test]
    async fn whoever_never_asked_gives_way_first_then_the_longest_quiet() {
        let seats = seats(3);
        let first = seats.take().await;
        let never = seats.take().await;
        let second = seats.take().await;
        drop((first.seat.begin(), second.seat.begin()));
        quiet_since(&first, 1);
        quiet_since(&second, 2);
        quiet_since(&never, 3);

        assert!(seats.take().now_or_never().is_none());
        assert!(is_wanted(&never) && !is_wanted(&first) && !is_wanted(&second));
        assert!(seats.take().now_or_never().is_none());
        assert!(is_wanted(&first) && !is_wanted(&second));

        drop(never);
        assert!(seats.take().now_or_never().is_some());
    }

    #[tokio::test]
    async fn whoever_is_being_answered_keeps_the_place() {
        let seats = seats(1);
        let busy = seats.take().await;
        let running = busy.seat.begin();
        quiet_since(&busy, 0);

        assert!(seats.take().now_or_never().is_none());
        assert!(!is_wanted(&busy));

        drop(running);
        quiet_since(&busy, 0);
        assert!(seats.take().now_or_never().is_none());
        assert!(is_wanted(&busy));
    }
}
