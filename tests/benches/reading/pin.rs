//! Who runs on which cores: the server on the first, whoever asks it and
//! PostgreSQL on the others, so that neither takes the other's time.
//!
//! This is done by `taskset`, where that is.

use std::path::Path;
use std::process::{Command, Stdio};

use masthead::database::Engine;
use support::TestApp;

use crate::meter::Meter;
use crate::usage;

/// Where systems have it.
const TASKSET: [&str; 2] = ["/usr/bin/taskset", "/bin/taskset"];

/// How the cores are divided.
#[derive(Clone, Debug)]
pub(crate) struct Cores {
    taskset: &'static str,
    first: String,
    others: String,
}

impl Cores {
    /// Nothing where there is one core alone, or no `taskset`.
    pub(crate) fn divided() -> Option<Self> {
        let taskset = TASKSET.into_iter().find(|path| Path::new(path).is_file())?;
        let cores = usage::cores()?;
        let (first, others) = cores.split_first()?;
        let others: Vec<String> = others.iter().map(u32::to_string).collect();
        (!others.is_empty()).then(|| Self {
            taskset,
            first: first.to_string(),
            others: others.join(","),
        })
    }

    /// What a command begins with whose process is to be on the first core.
    pub(crate) fn of_server(&self) -> [&str; 3] {
        [self.taskset, "-c", &self.first]
    }

    /// Put this process, and PostgreSQL if it runs here, on the other cores.
    /// Gives whether PostgreSQL is there, or has no part in it.
    pub(crate) fn leave_first(&self, app: &TestApp) -> bool {
        self.put(std::process::id(), &self.others);
        if app.engine() != Engine::Postgres {
            return true;
        }
        let backends = Meter::of(app).backends();
        let postmaster = backends.first().and_then(|backend| usage::parent(*backend));
        let processes = postmaster.into_iter().chain(backends);
        let put: Vec<bool> = processes
            .map(|process| self.put(process, &self.others))
            .collect();
        !put.is_empty() && put.into_iter().all(|is_put| is_put)
    }

    /// Let this process run anywhere again.
    pub(crate) fn take_all(&self) {
        self.put(
            std::process::id(),
            &format!("{},{}", self.first, self.others),
        );
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
