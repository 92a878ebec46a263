//! Gathering the keys of a batch, and handing out what it found.

use std::any::{Any, TypeId};
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::hash::Hash;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::anyhow;
use async_graphql::dataloader::Loader;
use futures_util::future::{BoxFuture, try_join_all};
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::oneshot;

use super::Memory;
use crate::database::Database;
use crate::error::Error;

/// Loads what fields of one request ask for, each thing once.
#[derive(Clone)]
pub struct Batches(Arc<Shared>);

struct Shared {
    database: Database,
    memory: Memory,
    /// A [`Gathered`] for each kind of key.
    gathered: Mutex<HashMap<TypeId, Box<dyn Any + Send>>>,
    queue: UnboundedSender<BoxFuture<'static, ()>>,
}

/// What is known and asked of one kind of key.
struct Gathered<K, V> {
    /// What earlier batches found, if that is remembered; `None`: nothing.
    found: HashMap<K, Option<V>>,
    /// Who waits for the next batch.
    waiting: Vec<(K, oneshot::Sender<Outcome<V>>)>,
}

type Outcome<V> = Result<Option<V>, Arc<Error>>;

impl Batches {
    pub(super) fn new(
        database: Database,
        memory: Memory,
        queue: UnboundedSender<BoxFuture<'static, ()>>,
    ) -> Self {
        Self(Arc::new(Shared {
            database,
            memory,
            gathered: Mutex::default(),
            queue,
        }))
    }

    /// What the batches are loaded from.
    #[must_use]
    pub fn database(&self) -> &Database {
        &self.0.database
    }

    /// The answer to `key`, with the next batch; `None` if there is none.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn load_one<K, V>(&self, key: K) -> Outcome<V>
    where
        K: Clone + Eq + Hash + Send + Sync + 'static,
        V: Clone + Send + 'static,
        Database: Loader<K, Value = V, Error = Arc<Error>>,
    {
        let answer = {
            let mut kinds = self.0.gathered();
            let gathered = of_kind::<K, V>(&mut kinds)?;
            if let Some(found) = gathered.found.get(&key) {
                return Ok(found.clone());
            }
            let (sender, answer) = oneshot::channel();
            gathered.waiting.push((key, sender));
            if gathered.waiting.len() == 1 {
                let shared = Arc::clone(&self.0);
                // The queue outlives the execution: a load that finds it gone
                // is of a request that was given up.
                drop(self.0.queue.send(Box::pin(shared.load::<K, V>())));
            }
            answer
        };
        let lost = |_| Err(lost());
        answer.await.unwrap_or_else(lost)
    }

    /// The answers to `keys`, with the next batch, without those that there are
    /// none to.
    ///
    /// # Errors
    /// If the database does not answer.
    pub async fn load_many<K, V>(
        &self,
        keys: impl IntoIterator<Item = K>,
    ) -> Result<HashMap<K, V>, Arc<Error>>
    where
        K: Clone + Eq + Hash + Send + Sync + 'static,
        V: Clone + Send + 'static,
        Database: Loader<K, Value = V, Error = Arc<Error>>,
    {
        let loads = keys.into_iter().map(|key| async {
            let found = self.load_one(key.clone()).await?;
            Ok::<_, Arc<Error>>(found.map(|found| (key, found)))
        });
        let found = try_join_all(loads).await?;
        Ok(found.into_iter().flatten().collect())
    }
}

impl Shared {
    fn gathered(&self) -> MutexGuard<'_, HashMap<TypeId, Box<dyn Any + Send>>> {
        self.gathered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Load whatever was asked for until now.
    async fn load<K, V>(self: Arc<Self>)
    where
        K: Clone + Eq + Hash + Send + Sync + 'static,
        V: Clone + Send + 'static,
        Database: Loader<K, Value = V, Error = Arc<Error>>,
    {
        let waiting = match of_kind::<K, V>(&mut self.gathered()) {
            Ok(gathered) => std::mem::take(&mut gathered.waiting),
            // A kind of key has one kind of answer.
            Err(_) => return,
        };
        let keys: HashSet<K> = waiting.iter().map(|(key, _)| key.clone()).collect();
        let keys: Vec<K> = keys.into_iter().collect();
        let loaded = self.database.load(&keys).await;
        if let (Memory::Kept, Ok(found)) = (self.memory, &loaded)
            && let Ok(gathered) = of_kind::<K, V>(&mut self.gathered())
        {
            let answers = keys.into_iter().map(|key| {
                let answer = found.get(&key).cloned();
                (key, answer)
            });
            gathered.found.extend(answers);
        }
        for (key, asked) in waiting {
            let answer = match &loaded {
                Ok(found) => Ok(found.get(&key).cloned()),
                Err(error) => Err(Arc::clone(error)),
            };
            // Whoever is gone needs none.
            drop(asked.send(answer));
        }
    }
}

impl fmt::Debug for Batches {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let memory = &self.0.memory;
        formatter
            .debug_struct("Batches")
            .field("memory", memory)
            .finish_non_exhaustive()
    }
}

fn of_kind<K, V>(
    kinds: &mut HashMap<TypeId, Box<dyn Any + Send>>,
) -> Result<&mut Gathered<K, V>, Arc<Error>>
where
    K: Send + 'static,
    V: Send + 'static,
{
    let kind = kinds.entry(TypeId::of::<K>()).or_insert_with(|| {
        Box::new(Gathered::<K, V> {
            found: HashMap::new(),
            waiting: Vec::new(),
        })
    });
    kind.downcast_mut().ok_or_else(lost)
}

/// The fault of a batch that ended without an answer.
fn lost() -> Arc<Error> {
    Arc::new(Error::Internal(anyhow!("a batch was lost")))
}
