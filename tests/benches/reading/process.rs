//! The `masthead` command as a process, and the memory that it takes.

use std::fs::{self, File};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::{sleep, timeout};

use crate::pin::Cores;
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

/// Where processes run.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    /// A folder for what they leave.
    pub(crate) folder: PathBuf,
    pub(crate) cores: Option<Cores>,
}

impl Place {
    /// A command of a server: on the core that is for it.
    fn server(&self, program: &Path) -> anyhow::Result<Command> {
        let Some(cores) = &self.cores else {
            return command(program, &self.folder);
        };
        let [taskset, arguments @ ..] = cores.of_server();
        let mut command = command(Path::new(taskset), &self.folder)?;
        command.args(arguments).arg(program);
        Ok(command)
    }
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

const MASTHEAD: &str = env!("CARGO_BIN_EXE_masthead-under-test");

/// Run Masthead to its end.
///
/// # Errors
/// If it does not do what it is told.
pub(crate) async fn run(folder: &Path, arguments: &[&str]) -> anyhow::Result<Took> {
    let mut command = command(Path::new(MASTHEAD), folder)?;
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
    /// Masthead on a database, with its defaults, but without a limit of the
    /// rate: one address asks for all.
    ///
    /// # Errors
    /// If it does not start.
    pub(crate) async fn masthead(place: &Place, url: &str) -> anyhow::Result<Self> {
        let mut command = place.server(Path::new(MASTHEAD))?;
        command.args(["serve", "--listen", "127.0.0.1:0", "--database-url", url]);
        command.args(["--rate-limit", "off"]);
        Self::start(command).await
    }

    /// This program once more, with other arguments.
    ///
    /// # Errors
    /// If it does not start.
    pub(crate) async fn own(place: &Place, arguments: &[&str]) -> anyhow::Result<Self> {
        let mut command = place.server(&std::env::current_exe()?)?;
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
