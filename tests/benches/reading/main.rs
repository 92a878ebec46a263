//! How fast Masthead reads, takes in and gives out content, and in how much
//! memory: on each engine, beside an answer of the same bytes that needs no
//! work. See "Measuring" in the README.

mod client;
mod corpus;
mod exchange;
mod fixed;
mod load;
mod meter;
mod options;
mod process;
mod questions;
mod random;
mod reading;
mod search;
mod table;
mod usage;

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;
use masthead::database::Engine;
use support::cluster;
use tokio::signal::unix::{SignalKind, signal};

use corpus::Corpus;
use options::{Asked, Options};
use table::say;

/// The same as the server's, for the answers that need no work.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let done = match Options::parse(std::env::args().skip(1)) {
        Ok(Asked::Measure(options)) => measure(&options),
        Ok(Asked::AnswerFixed(folder)) => fixed::serve(&folder),
        Ok(Asked::Nothing) => say("this is measured by `cargo bench` alone"),
        Ok(Asked::Help) => say(options::HELP),
        Err(refusal) => Err(refusal),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            drop(writeln!(io::stderr(), "error: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Measure, or end when told to; either way nothing stays behind.
fn measure(options: &Options) -> anyhow::Result<()> {
    // One thread asks, and leaves the other cores to those who answer.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        let done = tokio::select! {
            done = all(options) => done,
            _ = interrupt.recv() => Err(anyhow::anyhow!("interrupted")),
            _ = terminate.recv() => Err(anyhow::anyhow!("told to end")),
        };
        cluster::end().await;
        done
    })
}

async fn all(options: &Options) -> anyhow::Result<()> {
    if let Some(url) = &options.database_url {
        cluster::use_server(url.clone());
    }
    let folder = tempfile::tempdir().context("a temporary folder can't be made")?;
    let corpus = Corpus::write(folder.path(), options.issues)?;
    say(format_args!(
        "# A publication of {} issues, {} articles in 3 locales: {} records, {:.1} MB\n\n\
         Measured on {} cores{}.",
        corpus.issues(),
        corpus.articles(),
        corpus.records(),
        corpus.bytes() as f64 / 1e6,
        std::thread::available_parallelism()?,
        if cfg!(debug_assertions) {
            ", WITHOUT optimization: these figures mean nothing"
        } else {
            ""
        }
    ))?;
    for engine in cluster::engines() {
        on(engine, options, &corpus, folder.path()).await?;
    }
    say(reading::LEGEND)
}

async fn on(
    engine: Engine,
    options: &Options,
    corpus: &Corpus,
    folder: &Path,
) -> anyhow::Result<()> {
    let app = support::TestApp::on(engine).await;
    let measured = async {
        say(format_args!("\n## {}", cluster::name(engine)))?;
        exchange::measure(&app, corpus, folder).await?;
        reading::measure(&app, options, corpus, folder).await?;
        search::measure(&app, options, folder).await
    }
    .await;
    app.end().await;
    measured
}
