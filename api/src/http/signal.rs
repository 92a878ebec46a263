//! When the process is told to stop.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

/// Listen for SIGTERM and SIGINT from now on. The future ends at the first;
/// the second ends the process at once.
///
/// # Errors
/// If the system does not let us listen.
pub fn stop() -> io::Result<impl Future<Output = ()> + Send> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        either(&mut terminate, &mut interrupt).await;
        tokio::spawn(async move {
            either(&mut terminate, &mut interrupt).await;
            tracing::warn!("told to stop twice: requests that run are dropped");
            std::process::exit(1);
        });
    })
}

async fn either(terminate: &mut Signal, interrupt: &mut Signal) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
