//! What runs beside the server for as long as that does.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::sleep;

/// How long to wait before a worker that broke off begins again.
const PAUSE: Duration = Duration::from_secs(1);

/// Workers, each of which goes on until all are stopped.
#[derive(Debug)]
pub(super) struct Workers {
    tasks: JoinSet<()>,
    stopping: watch::Sender<()>,
}

impl Workers {
    /// None yet.
    pub(super) fn new() -> Self {
        Self {
            tasks: JoinSet::new(),
            stopping: watch::Sender::new(()),
        }
    }

    /// Begin to work. What `work` answers is dropped at the stop, wherever it
    /// waits: what it has not committed is undone. It should not end before
    /// that; if it does, it is begun again.
    pub(super) fn start<Work>(
        &mut self,
        name: &'static str,
        work: impl Fn() -> Work + Send + 'static,
    ) where
        Work: Future<Output = ()> + Send + 'static,
    {
        let mut stopped = self.stopping.subscribe();
        self.tasks.spawn(async move {
            tokio::select! {
                biased;
                _ = stopped.changed() => {}
                () = work_on(name, work) => {}
            }
        });
    }

    /// Stop all, and wait until they have.
    pub(super) async fn stop(mut self) {
        drop(self.stopping);
        while self.tasks.join_next().await.is_some() {}
    }
}

/// Work, again and again.
async fn work_on<Work>(name: &'static str, work: impl Fn() -> Work)
where
    Work: Future<Output = ()>,
{
    loop {
        // What panicked is begun anew from what is stored.
        let ended = AssertUnwindSafe(work()).catch_unwind().await;
        let how = if ended.is_err() { "panicked" } else { "ended" };
        tracing::error!(worker = name, "the worker \"{name}\" {how}; it begins anew");
        sleep(PAUSE).await;
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use tokio::sync::Notify;

    use super::Workers;

    #[tokio::test]
    async fn a_worker_that_breaks_off_begins_again_until_it_is_stopped() {
        let mut workers = Workers::new();
        let begun = Arc::new(AtomicU32::new(0));
        let again = Arc::new(Notify::new());
        let (count, is_again) = (Arc::clone(&begun), Arc::clone(&again));

        workers.start("test", move || {
            let (count, is_again) = (Arc::clone(&count), Arc::clone(&is_again));
            async move {
                assert!(count.fetch_add(1, Ordering::SeqCst) > 0, "it breaks off");
                is_again.notify_one();
                std::future::pending::<()>().await;
            }
        });

        again.notified().await;
        workers.stop().await;
        assert_eq!(begun.load(Ordering::SeqCst), 2);
    }
}
