//! What is to be measured.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, bail, ensure};
use masthead::database::Engine;

use crate::corpus::BODY;

pub(crate) const HELP: &str = "\
cargo bench --profile dist -p masthead-tests --bench reading -- [OPTIONS]

  --only PART,PART      of these parts alone: exchange, hot, varied, publish,
                        memory, search; without exchange the content is
                        imported all the same
  --engine NAME         on sqlite or postgres alone
  --issues N            issues of the publication, 8 articles each [default: 1000]
  --body N              characters of an article's body [default: 2500]
  --scale N             measure nothing but the varied questions, on a publication
                        N times as large beside the one of --issues
  --seconds N           how long each question is asked, each time [default: 3]
  --connections N,N     at how many connections [default: 1,32,256]
  --writes N            how much is written while a checker reads [default: 500]
  --database-url URL    a PostgreSQL server whose user may make databases; else
                        that of TEST_DATABASE_URL, else an installed PostgreSQL
                        with a cluster that ends with the run";

/// The first argument of the process that answers without work.
pub(crate) const ANSWER_FIXED: &str = "answer-fixed";

/// The first argument of the process that answers by hand-written SQL.
pub(crate) const ANSWER_PLAINLY: &str = "answer-plainly";

/// How much is measured.
#[derive(Debug)]
pub(crate) struct Options {
    parts: Vec<Part>,
    engine: Option<Engine>,
    pub(crate) issues: u32,
    /// Characters of a body.
    pub(crate) body: usize,
    pub(crate) scale: Option<u32>,
    pub(crate) seconds: Duration,
    pub(crate) connections: Vec<usize>,
    pub(crate) writes: u32,
    pub(crate) database_url: Option<String>,
}

/// A part of what is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Exchange,
    Hot,
    Varied,
    Publish,
    Memory,
    Search,
}

/// What this process is asked to do.
#[derive(Debug)]
pub(crate) enum Asked {
    Measure(Options),
    /// Give the answers in this folder as they are.
    AnswerFixed(PathBuf),
    /// Ask the database of this URL by hand-written SQL.
    AnswerPlainly(String),
    Help,
    /// `cargo test --all-targets` runs benchmarks too, and is not to wait.
    Nothing,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            parts: Vec::new(),
            engine: None,
            issues: 1000,
            body: BODY,
            scale: None,
            seconds: Duration::from_secs(3),
            connections: vec![1, 32, 256],
            writes: 500,
            database_url: None,
        }
    }
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
        if arguments.next_if(|first| first == ANSWER_PLAINLY).is_some() {
            let url = arguments.next().context("answer from which database?")?;
            return Ok(Asked::AnswerPlainly(url));
        }
        let mut options = Self::default();
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

    /// Whether this part is measured.
    pub(crate) fn measures(&self, part: Part) -> bool {
        self.parts.is_empty() || self.parts.contains(&part)
    }

    /// Whether it is measured on this engine.
    pub(crate) fn is_on(&self, engine: Engine) -> bool {
        self.engine.is_none_or(|only| only == engine)
    }

    fn set(&mut self, name: &str, value: String) -> anyhow::Result<()> {
        match name {
            "--only" => {
                let parts: anyhow::Result<_> = value.split(',').map(part).collect();
                self.parts = parts?;
            }
            "--engine" => self.engine = Some(engine(&value)?),
            "--issues" => self.issues = within(&value, 20, 100_000)?,
            "--body" => self.body = within(&value, 100, 100_000)? as usize,
            "--scale" => self.scale = Some(within(&value, 2, 100)?),
            "--writes" => self.writes = within(&value, 1, 1_000_000)?,
            "--seconds" => {
                let seconds: f64 = value.parse()?;
                ensure!((0.1..=60.0).contains(&seconds), "0.1 to 60 seconds");
                self.seconds = Duration::from_secs_f64(seconds);
            }
            "--connections" => {
                let numbers: Result<_, _> = value.split(',').map(str::parse).collect();
                self.connections = numbers?;
                let served = self.connections.iter().all(|many| (1..=512).contains(many));
                ensure!(served, "1 to 512 connections");
            }
            "--database-url" => self.database_url = Some(value),
            _ => bail!("there is no such option; --help tells which there are"),
        }
        Ok(())
    }
}

fn part(name: &str) -> anyhow::Result<Part> {
    Ok(match name {
        "exchange" => Part::Exchange,
        "hot" => Part::Hot,
        "varied" => Part::Varied,
        "publish" => Part::Publish,
        "memory" => Part::Memory,
        "search" => Part::Search,
        _ => bail!("there is no part {name}; --help tells which there are"),
    })
}

fn engine(name: &str) -> anyhow::Result<Engine> {
    Ok(match name {
        "sqlite" => Engine::Sqlite,
        "postgres" => Engine::Postgres,
        _ => bail!("an engine is sqlite or postgres"),
    })
}

fn within(text: &str, least: u32, most: u32) -> anyhow::Result<u32> {
    let number = text.parse()?;
    ensure!((least..=most).contains(&number), "{least} to {most}");
    Ok(number)
}
