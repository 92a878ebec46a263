//! Batches without a timer: a request drives its own loads.
//!
//! `DataLoader` gathers keys and hands the load to a spawner. Spawned on the
//! runtime, a load may begin on another thread while fields are still adding
//! their keys, and one statement becomes several. Here it is queued instead,
//! and polled by the task that executes the request, only after every field
//! that could add a key was polled.

use std::collections::HashMap;
use std::future::{Future, poll_fn};
use std::hash::Hash;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use async_graphql::dataloader::{DataLoader, HashMapCache};
use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use crate::database::Database;

/// Loads what fields of one request ask for, each thing once.
pub type Batches = DataLoader<Database, HashMapCache>;

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
    let batches = DataLoader::with_cache(
        database,
        // The queue outlives the execution: a load that finds it gone is of a
        // request that was given up.
        move |load| drop(sender.send(load)),
        HashMapCache::default(),
    )
    .delay(Duration::ZERO)
    // One statement for all keys of a kind, however many.
    .max_batch_size(usize::MAX);
    batches.enable_all_cache(memory == Memory::Kept);
    (batches, Queue(receiver))
}

impl Queue {
    /// Run `execution` to its end, and between its polls what it queued.
    pub async fn drive<T>(mut self, execution: impl Future<Output = T>) -> T {
        let mut execution = pin!(execution);
        let mut loads = FuturesUnordered::new();
        poll_fn(|context| {
            if let Poll::Ready(output) = execution.as_mut().poll(context) {
                return Poll::Ready(output);
            }
            while let Poll::Ready(Some(load)) = self.0.poll_recv(context) {
                loads.push(load);
            }
            while let Poll::Ready(Some(())) = loads.poll_next_unpin(context) {}
            Poll::Pending
        })
        .await
    }
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
