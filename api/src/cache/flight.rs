//! One execution for many equal questions at once.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::OnceCell;

/// Questions that are being answered. If whoever executes is gone before the
/// end, the next of those who wait executes.
#[derive(Debug)]
pub struct Flights<Key, Outcome>(Mutex<HashMap<Key, Flight<Outcome>>>);

type Flight<Outcome> = Arc<OnceCell<Outcome>>;

impl<Key, Outcome> Default for Flights<Key, Outcome> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<Key: Copy + Eq + Hash, Outcome: Clone> Flights<Key, Outcome> {
    /// The outcome of `execute`, or of the execution for the same key that
    /// goes on already. Nothing is remembered once it has ended.
    pub async fn join(&self, key: Key, execute: impl Future<Output = Outcome>) -> Outcome {
        let flight = Arc::clone(self.open().entry(key).or_default());
        let boarded = Boarded {
            flights: self,
            key,
            flight,
        };
        boarded.flight.get_or_init(|| execute).await.clone()
    }

    fn open(&self) -> MutexGuard<'_, HashMap<Key, Flight<Outcome>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Someone who waits for a flight. The first who has its outcome takes it off
/// the list; so does the last who gives up.
struct Boarded<'a, Key: Copy + Eq + Hash, Outcome: Clone> {
    flights: &'a Flights<Key, Outcome>,
    key: Key,
    flight: Flight<Outcome>,
}

impl<Key: Copy + Eq + Hash, Outcome: Clone> Drop for Boarded<'_, Key, Outcome> {
    fn drop(&mut self) {
        let mut open = self.flights.open();
        let is_listed = open
            .get(&self.key)
            .is_some_and(|listed| Arc::ptr_eq(listed, &self.flight));
        // One is the list's, one is this.
        let is_last = Arc::strong_count(&self.flight) <= 2;
        if is_listed && (is_last || self.flight.initialized()) {
            open.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use futures_util::future::{join_all, pending};
    use futures_util::{FutureExt as _, join};
    use tokio::sync::Notify;

    use super::Flights;

    #[tokio::test]
    async fn equal_questions_at_once_are_executed_once() {
        let flights = Flights::default();
        let executed = AtomicU32::new(0);
        let go = Notify::new();
        let ask = |key: u8| {
            flights.join(key, async {
                go.notified().await;
                executed.fetch_add(1, Ordering::SeqCst)
            })
        };

        let all = join_all((0..10).map(|_| ask(1)));
        let (outcomes, ()) = join!(all, async { go.notify_one() });

        assert_eq!(outcomes, [0; 10]);
        assert!(flights.open().is_empty());
    }

    #[tokio::test]
    async fn who_waits_executes_when_the_first_is_gone() {
        let flights = Flights::default();
        let mut first = Box::pin(flights.join(1, pending()));
        assert!(first.as_mut().now_or_never().is_none());
        let mut second = Box::pin(flights.join(1, async { "second" }));
        assert!(second.as_mut().now_or_never().is_none());

        drop(first);

        assert_eq!(second.await, "second");
        assert!(flights.open().is_empty());
    }

    #[tokio::test]
    async fn a_question_that_all_give_up_is_forgotten() {
        let flights: Flights<u8, ()> = Flights::default();
        let mut only = Box::pin(flights.join(1, pending()));
        assert!(only.as_mut().now_or_never().is_none());

        drop(only);

        assert!(flights.open().is_empty());
    }
}
