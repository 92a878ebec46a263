//! Batches without a timer: a request drives its own loads.
//!
//! A load that is spawned on the runtime may begin on another thread while
//! fields are still adding their keys, and one statement becomes several; one
//! that waits for a timer is late. Here a load is queued with its first key,
//! and polled by the task that executes the request, only after every field
//! that could add a key was polled. (async-graphql's `DataLoader` is not used:
//! even without a delay each of its batches goes through a thread of timers.)

mod gathering;

use std::collections::HashMap;
use std::future::{Future, poll_fn};
use std::hash::Hash;
use std::sync::Arc;
use std::task::Poll;

use async_graphql::dataloader::Loader;
use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::cache::entities::Entity;
use crate::database::Database;
use crate::error::Error;
pub use gathering::Batches;

/// The loads that one request has queued.
#[derive(Debug)]
pub struct Queue(UnboundedReceiver<BoxFuture<'static, ()>>);

/// Whether what was loaded is remembered to the end of the request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Memory {
    /// It is: nothing changes meanwhile.
    Kept,
    /// It is not: the request writes, and then reads what it wrote.
    None,
}

/// A loader for one request, and the queue that [`Queue::drive`] works off.
#[must_use]
pub fn batches(database: Database, memory: Memory) -> (Batches, Queue) {
    let (sender, receiver) = unbounded_channel();
    let database = match memory {
        Memory::Kept => database,
        Memory::None => database.without_entities(),
    };
    (Batches::new(database, memory, sender), Queue(receiver))
}

impl Queue {
    /// Run `execution` to its end, and between its polls what it queued.
    ///
    /// It is large, and is moved only once: into its own box.
    pub fn drive<F: Future>(mut self, execution: F) -> impl Future<Output = F::Output> {
        let mut execution = Box::pin(execution);
        let mut loads = FuturesUnordered::new();
        poll_fn(move |context| {
            loop {
                if let Poll::Ready(output) = execution.as_mut().poll(context) {
                    return Poll::Ready(output);
                }
                while let Poll::Ready(Some(load)) = self.0.poll_recv(context) {
                    loads.push(load);
                }
                let mut has_loaded = false;
                while let Poll::Ready(Some(())) = loads.poll_next_unpin(context) {
                    has_loaded = true;
                }
                // What was loaded lets fields go on.
                if !has_loaded {
                    return Poll::Pending;
                }
            }
        })
    }
}

/// The answer to `key`: at once if it is in memory, else with the next batch.
///
/// # Errors
/// If the database does not answer.
pub async fn load<K>(batches: &Batches, key: K) -> Result<Option<K::Value>, Arc<Error>>
where
    K: Entity + Clone + Eq + Hash + Send + Sync,
    Database: Loader<K, Value = <K as Entity>::Value, Error = Arc<Error>>,
{
    let entities = batches.database().entities();
    if let Some(known) = entities.and_then(|entities| entities.find(&key)) {
        return Ok(known);
    }
    batches.load_one(key).await
}

/// The answer to the question of this group about this thing, if it is in
/// memory; the inner `None` is known to be nothing.
#[must_use]
pub fn known<E: Entity>(
    batches: &Batches,
    group: &E::Group,
    id: &E::Id,
) -> Option<Option<E::Value>> {
    batches.database().entities()?.known::<E>(group, id)
}

/// The answer to `question`: at once if it is in memory, else as `read` has it.
/// What is not there is not remembered: a client can ask for anything.
///
/// # Errors
/// Those of `read`.
pub async fn known_or<E: Entity>(
    batches: &Batches,
    question: &E,
    read: impl Future<Output = Result<Option<E::Value>, Error>>,
) -> Result<Option<E::Value>, Error> {
    let Some((entities, group)) = batches.database().entities().zip(question.group()) else {
        return read.await;
    };
    if let Some(known) = entities.find(question) {
        return Ok(known);
    }
    let position = entities.position();
    let found = read.await?;
    if found.is_some() {
        let answer = (question.id().clone(), found.clone());
        entities.put::<E>(position, group, [answer]);
    }
    Ok(found)
}

/// The keys of a batch, those together that one statement can answer.
pub fn grouped<'a, Key, Group, Id>(
    keys: &'a [Key],
    split: impl Fn(&'a Key) -> (Group, Id),
) -> HashMap<Group, Vec<Id>>
where
    Group: Eq + Hash,
{
    let mut groups: HashMap<Group, Vec<Id>> = HashMap::new();
    for key in keys {
        let (group, id) = split(key);
        groups.entry(group).or_default().push(id);
    }
    groups
}
