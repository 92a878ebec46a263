//! Who runs on which cores: the server on the first, whoever asks it and
//! PostgreSQL on the others, so that neither takes the other's time.
//!
//! This is done by `taskset`, where that is.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use masthead::database::Engine;
use support::TestApp;

use crate::meter::Meter;

/// Where systems have it.
const TASKSET: [&str; 2] = ["/usr/bin/taskset", "/bin/taskset"];

/// How the cores are divided.
#[derive(Clone, Debug)]
pub(crate) struct Cores {
    taskset: &'static str,
    count: usize,
}

impl Cores {
    /// Nothing where there is one core alone, or no `taskset`.
    pub(crate) fn divided() -> Option<Self> {
        let count = std::thread::available_parallelism().map_or(1, usize::from);
        let taskset = TASKSET.into_iter().find(|path| Path::new(path).is_file())?;
        (count > 1).then_some(Self { taskset, count })
    }

    /// What a command begins with whose process is to be on the first core.
    pub(crate) fn of_server(&self) -> [&'static str; 3] {
        [self.taskset, "-c", "0"]
    }

    /// Put this process, and PostgreSQL if it runs here, on the other cores.
    /// Gives whether PostgreSQL is there, or has no part in it.
    pub(crate) fn leave_first(&self, app: &TestApp) -> bool {
        let others = format!("1-{}", self.count - 1);
        self.put(std::process::id(), &others);
        if app.engine() != Engine::Postgres {
            return true;
        }
        let backends = Meter::of(app).backends();
        let postmaster = backends.first().and_then(|backend| parent(*backend));
        let processes = postmaster.into_iter().chain(backends);
        let put: Vec<bool> = processes
            .map(|process| self.put(process, &others))
            .collect();
        !put.is_empty() && put.into_iter().all(|is_put| is_put)
    }

    /// Let this process run anywhere again.
    pub(crate) fn take_all(&self) {
        self.put(std::process::id(), &format!("0-{}", self.count - 1));
    }

    fn put(&self, process: u32, cores: &str) -> bool {
        let mut command = Command::new(self.taskset);
        command
            .args(["-a", "-c", "-p", cores, &process.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    }
}

fn parent(process: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    fields.split_whitespace().nth(1)?.parse().ok()
}
