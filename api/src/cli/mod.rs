//! Commands: what an operator can tell Masthead to do.

mod arguments;
mod check;
mod documents;
mod export;
mod import;
mod keys;
mod locale;
mod migrate;
mod rebuild;
mod schema;
mod serve;
mod terminal;
mod workers;

use std::process::ExitCode;

use anyhow::Context;

use crate::config::Config;
use crate::database::Database;
use crate::telemetry;
use arguments::{Arguments, Command};

/// Do what the command line says. The answer is the status of the process: 0
/// if it was done, 1 if it could not be, 2 if it was not understood.
#[must_use]
pub fn run() -> ExitCode {
    let Arguments { command, sources } = match Arguments::parse() {
        Ok(arguments) => arguments,
        Err(refusal) => return refused(&refusal),
    };
    let done = Config::load(&sources)
        .map_err(anyhow::Error::from)
        .and_then(|config| dispatch(command, config));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The reader of standard error may be gone; the status tells all
            // the same.
            drop(terminal::error(&error));
            ExitCode::FAILURE
        }
    }
}

fn refused(refusal: &clap::Error) -> ExitCode {
    // Help and version are printed in this way too, with status 0.
    drop(refusal.print());
    ExitCode::from(u8::try_from(refusal.exit_code()).unwrap_or(2))
}

fn dispatch(command: Command, config: Config) -> anyhow::Result<()> {
    telemetry::start(&config.log);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("the runtime does not start")?;
    runtime.block_on(async {
        match command {
            Command::Serve(options) => serve::run(config, options).await,
            Command::Migrate(options) => migrate::run(config, options).await,
            Command::Import(options) => import::run(config, options).await,
            Command::Export(options) => export::run(config, options).await,
            Command::Rebuild => rebuild::run(config).await,
            Command::Locale(what) => locale::run(config, what).await,
            Command::Keys(what) => keys::run(config, what).await,
            Command::Documents(what) => documents::run(config, what).await,
            Command::Schema => schema::run(),
            Command::Check => check::run(config).await,
        }
    })
}

/// The database that the configuration names.
async fn connect(config: &Config) -> anyhow::Result<Database> {
    let url = crate::config::without_password(&config.database.url);
    Database::connect(&config.database)
        .await
        .with_context(|| format!("can't use the database {url}"))
}
