//! The `masthead` command as a process, and the memory that it takes.

use std::fs::{self, File};
use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::{sleep, timeout};

use crate::usage;

/// No step takes longer, on the largest publication.
const PATIENCE: Duration = Duration::from_secs(1800);

/// How often a running process is asked for its memory.
const GLANCE: Duration = Duration::from_millis(10);

/// What a command that has ended took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Took {
    pub(crate) time: Duration,
    pub(crate) peak: Option<u64>,
}

/// A command in `folder`, without settings from around. It ends with us.
fn command(program: &Path, folder: &Path) -> anyhow::Result<Command> {
    let log = File::create(folder.join("log"))?;
    let mut command = Command::new(program);
    command
        .current_dir(folder)
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(log)
        .kill_on_drop(true);
    Ok(command)
}

fn masthead(folder: &Path) -> anyhow::Result<Command> {
    command(Path::new(env!("CARGO_BIN_EXE_masthead-under-test")), folder)
}

/// Run Masthead to its end.
///
/// # Errors
/// If it does not do what it is told.
pub(crate) async fn run(folder: &Path, arguments: &[&str]) -> anyhow::Result<Took> {
    let mut command = masthead(folder)?;
    command.args(arguments).stdout(Stdio::null());
    let began = Instant::now();
    let mut child = command.spawn()?;
    let process = child.id().context("it has begun")?;
    let mut peak = None;
    let status = loop {
        // The most is never less than it was: the last glance has it.
        peak = peak.max(usage::peak(process));
        tokio::select! {
            status = child.wait() => break status?,
            () = sleep(GLANCE) => {}
        }
        if began.elapsed() > PATIENCE {
            bail!("{arguments:?} does not end");
        }
    };
    let time = began.elapsed();
    if !status.success() {
        let log = fs::read_to_string(folder.join("log"))?;
        bail!("{arguments:?} failed: {log}");
    }
    Ok(Took { time, peak })
}

/// A process that serves until it is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    pub(crate) process: u32,
    _child: Child,
    _out: BufReader<ChildStdout>,
}

impl Server {
    /// Masthead on a database.
    ///
    /// # Errors
    /// If it does not start.
    pub(crate) async fn masthead(folder: &Path, url: &str) -> anyhow::Result<Self> {
        let mut command = masthead(folder)?;
        command.args(["serve", "--listen", "127.0.0.1:0", "--database-url", url]);
        Self::start(command).await
    }

    /// This program once more, with other arguments.
    ///
    /// # Errors
    /// If it does not start.
    pub(crate) async fn own(folder: &Path, arguments: &[&str]) -> anyhow::Result<Self> {
        let mut command = command(&std::env::current_exe()?, folder)?;
        command.args(arguments);
        Self::start(command).await
    }

    async fn start(mut command: Command) -> anyhow::Result<Self> {
        let mut child = command.spawn()?;
        let process = child.id().context("it has begun")?;
        let out = child.stdout.take().context("it is piped")?;
        let mut out = BufReader::new(out);
        let address = timeout(PATIENCE, address(&mut out)).await??;
        Ok(Self {
            address,
            process,
            _child: child,
            _out: out,
        })
    }
}

/// The address that a server tells once it listens.
async fn address(out: &mut BufReader<ChildStdout>) -> anyhow::Result<SocketAddr> {
    let mut line = String::new();
    while out.read_line(&mut line).await? > 0 {
        if let Some((_, rest)) = line.split_once("http://") {
            return Ok(rest.split(['/', '\n']).next().unwrap_or_default().parse()?);
        }
        line.clear();
    }
    bail!("a server ended before it listened")
}
