//! Counting, by callgrind.

use std::process::{Command, Stdio};

use anyhow::{Context, ensure};

use crate::requests::{ANSWER, Case};

/// Whether there is a Valgrind.
pub(crate) fn is_possible() -> bool {
    let mut command = Command::new("valgrind");
    command.arg("--version").stdout(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

/// The instructions of one request of a case, on average. Whatever a process
/// does beside its requests is in both of two runs, and not in their
/// difference.
///
/// # Errors
/// If a request fails.
pub(crate) fn of(case: Case, url: &str) -> anyhow::Result<u64> {
    let count = case.count();
    let few = run(case, url, count)?;
    let many = run(case, url, 2 * count)?;
    Ok(many.saturating_sub(few) / count)
}

/// The instructions of a process that answers so many requests.
fn run(case: Case, url: &str, count: u64) -> anyhow::Result<u64> {
    let mut command = Command::new("valgrind");
    command
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe()?)
        .args([ANSWER, url, case.name(), &count.to_string()])
        .stdin(Stdio::null());
    let output = command.output().context("Valgrind does not start")?;
    let told = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{}: {told}", case.name());
    let counted = told.lines().find_map(|line| {
        let (_, count) = line.split_once("Collected :")?;
        count.trim().parse().ok()
    });
    counted.with_context(|| format!("callgrind tells no count: {told}"))
}
