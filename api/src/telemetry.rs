//! Logs: to standard error, as text or as JSON.

use std::io::{IsTerminal, stderr};

use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::SubscriberBuilder;

use crate::config::{Log, LogFormat};

/// Start to log, and log panics as any other fault. Only the first call in a
/// process has an effect.
pub fn start(log: &Log) {
    // The configuration has checked the filter.
    let filter = EnvFilter::try_new(&log.filter).unwrap_or_default();
    let subscriber = SubscriberBuilder::default()
        .with_env_filter(filter)
        .with_writer(stderr)
        .with_ansi(stderr().is_terminal());
    let started = match log.format {
        LogFormat::Text => subscriber.try_init(),
        LogFormat::Json => subscriber.json().flatten_event(true).try_init(),
    };
    if started.is_ok() {
        std::panic::set_hook(Box::new(log_panic));
    }
}

fn log_panic(panic: &std::panic::PanicHookInfo<'_>) {
    let text = panic.payload_as_str().unwrap_or("no text");
    let place = panic.location().map(ToString::to_string);
    tracing::error!(panic.place = place, "a task panicked: {text}");
}
