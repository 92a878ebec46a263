//! Doing what is due, for as long as a server runs.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::sleep;

use super::firing::{Run, run_due};
use crate::clock::Clock;
use crate::database::Database;
use crate::error::line;

/// How often schedules are looked at, whatever is known of them: another
/// process may have made one, and clocks may jump.
const POLL: Duration = Duration::from_secs(1);

/// Do what is due, as soon as it is, for ever. Any number of processes may on
/// one database.
pub async fn keep_schedules(database: Database, clock: Arc<Clock>) {
    let mut writes = database.writes().subscribe();
    let mut told = HashSet::new();
    let mut answers = true;
    loop {
        let ran = run_due(&database, &clock).await;
        // Told once, not every second.
        if let Err(fault) = &ran
            && answers
        {
            tracing::warn!("schedules can't be done: {}", line(fault));
        }
        answers = ran.is_ok();
        let run = ran.unwrap_or_default();
        tell(&run, &mut told);
        let pause = run.next.map_or(POLL, |next| {
            let pause = (next - clock.now()).to_std();
            pause.unwrap_or_default().min(POLL)
        });
        tokio::select! {
            () = sleep(pause) => {}
            // Its sender is in `database`, so that it is never gone.
            _ = writes.changed() => {}
        }
    }
}

/// Log what kept schedules from being done, each once.
fn tell(run: &Run, told: &mut HashSet<i64>) {
    for (id, fault) in &run.faults {
        if told.insert(*id) {
            tracing::warn!(
                schedule.id = id,
                "the schedule {id} is not done yet: {}",
                line(fault)
            );
        }
    }
    told.retain(|id| run.faults.iter().any(|(faulted, _)| faulted == id));
}
