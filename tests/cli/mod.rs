//! The `masthead` command, as a process.

pub(crate) mod ask;
mod commands;
mod database_gone;
mod documents;
mod keys;
mod kill;
mod locale;
mod log;
mod purge;
mod schedules;
mod settings;
mod shutdown;
mod two_processes;
mod varnish;

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

use tempfile::TempDir;

/// A command in a folder of its own, without settings from around.
pub(crate) fn masthead(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_masthead-under-test"));
    command.current_dir(folder).env_clear();
    command
}

/// What a command that ended has said.
pub(crate) struct Said {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Run a command to its end.
pub(crate) fn run(command: &mut Command) -> Said {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    Said {
        status: status.code().unwrap(),
        out: String::from_utf8(stdout).unwrap(),
        err: String::from_utf8(stderr).unwrap(),
    }
}

/// A server that runs, in a folder of its own.
pub(crate) struct Process {
    child: Child,
    pub(crate) address: SocketAddr,
    /// What it said before it told its address.
    pub(crate) said: Vec<String>,
    _out: BufReader<ChildStdout>,
    folder: TempDir,
}

impl Process {
    /// Start `masthead serve` on a free port, and wait until it listens.
    pub(crate) fn serve(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut child = masthead(folder.path())
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(File::create(folder.path().join("log")).unwrap())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut said = Vec::new();
        let address = loop {
            let mut line = String::new();
            assert_ne!(out.read_line(&mut line).unwrap(), 0, "it ended: {said:?}");
            if let Some((_, rest)) = line.split_once("http://") {
                break rest.split('/').next().unwrap().parse().unwrap();
            }
            said.push(line.trim_end().to_owned());
        };
        Self {
            child,
            address,
            said,
            _out: out,
            folder,
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What it has logged.
    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.folder().join("log")).unwrap()
    }

    /// Send a signal such as `TERM`.
    pub(crate) fn signal(&self, name: &str) {
        let kill = format!("kill -{name} {}", self.child.id());
        let sent = Command::new("sh").args(["-c", &kill]).status().unwrap();
        assert!(sent.success());
    }

    /// Wait for its end; its status, if it was not ended by a signal.
    pub(crate) fn end(mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It has ended already, unless the test failed.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
