//! What is to be measured.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, bail, ensure};

pub(crate) const HELP: &str = "\
cargo bench --profile dist -p masthead-tests --bench reading -- [OPTIONS]

  --issues N            issues of the publication, 8 articles each [default: 1000]
  --seconds N           how long each question is asked, each time [default: 3]
  --connections N,N     at how many connections [default: 1,32]
  --database-url URL    a PostgreSQL server whose user may make databases; else
                        that of TEST_DATABASE_URL, else an installed PostgreSQL
                        with a cluster that ends with the run";

/// The first argument of the process that answers without work.
pub(crate) const ANSWER_FIXED: &str = "answer-fixed";

/// How much is measured.
#[derive(Debug)]
pub(crate) struct Options {
    pub(crate) issues: u32,
    pub(crate) seconds: Duration,
    pub(crate) connections: Vec<usize>,
    pub(crate) database_url: Option<String>,
}

/// What this process is asked to do.
#[derive(Debug)]
pub(crate) enum Asked {
    Measure(Options),
    /// Give the answers in this folder as they are.
    AnswerFixed(PathBuf),
    Help,
    /// `cargo test --all-targets` runs benchmarks too, and is not to wait.
    Nothing,
}

impl Options {
    /// Read the arguments of the process.
    ///
    /// # Errors
    /// If one is unknown or out of bounds.
    pub(crate) fn parse(arguments: impl Iterator<Item = String>) -> anyhow::Result<Asked> {
        let mut arguments = arguments.peekable();
        if arguments.next_if(|first| first == ANSWER_FIXED).is_some() {
            let folder = arguments.next().context("answer from which folder?")?;
            return Ok(Asked::AnswerFixed(folder.into()));
        }
        let mut options = Self {
            issues: 1000,
            seconds: Duration::from_secs(3),
            connections: vec![1, 32],
            database_url: None,
        };
        let mut is_bench = false;
        while let Some(name) = arguments.next() {
            match name.as_str() {
                "--help" | "-h" => return Ok(Asked::Help),
                // Cargo gives it last.
                "--bench" => is_bench = true,
                _ => {
                    let value = arguments
                        .next()
                        .with_context(|| format!("{name} needs a value, or is unknown"))?;
                    options
                        .set(&name, value)
                        .with_context(|| format!("{name} is of no use"))?;
                }
            }
        }
        Ok(if is_bench {
            Asked::Measure(options)
        } else {
            Asked::Nothing
        })
    }

    fn set(&mut self, name: &str, value: String) -> anyhow::Result<()> {
        match name {
            "--issues" => {
                self.issues = value.parse()?;
                ensure!((20..=20_000).contains(&self.issues), "20 to 20000 issues");
            }
            "--seconds" => {
                let seconds: f64 = value.parse()?;
                ensure!((0.1..=60.0).contains(&seconds), "0.1 to 60 seconds");
                self.seconds = Duration::from_secs_f64(seconds);
            }
            "--connections" => {
                let numbers: Result<_, _> = value.split(',').map(str::parse).collect();
                self.connections = numbers?;
                let served = self.connections.iter().all(|many| (1..=256).contains(many));
                ensure!(served, "1 to 256 connections");
            }
            "--database-url" => self.database_url = Some(value),
            _ => bail!("there is no such option; --help tells which there are"),
        }
        Ok(())
    }
}
