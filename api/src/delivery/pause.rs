//! Waiting after faults.

use std::time::Duration;

use tokio::time::sleep;

/// How long to wait after the first fault; twice as long each time, up to
/// [`LONGEST`].
const SHORTEST: Duration = Duration::from_millis(250);
const LONGEST: Duration = Duration::from_secs(60);

/// How long to wait after the next fault.
#[derive(Debug)]
pub(super) struct Pause(Duration);

impl Default for Pause {
    fn default() -> Self {
        Self(SHORTEST)
    }
}

impl Pause {
    /// Log what was not done, and why, and wait.
    pub(super) async fn after(&mut self, what: &str) {
        let pause = self.0;
        tracing::warn!("{what}; it is told again in {pause:?}");
        sleep(pause).await;
        self.0 = (pause * 2).min(LONGEST);
    }
}
