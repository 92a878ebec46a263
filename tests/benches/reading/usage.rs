//! What processes use of the machine, as Linux tells it in `/proc`. Elsewhere
//! nothing is known.

use std::fs;
use std::time::Duration;

/// Linux counts the time of processes in hundredths of a second.
const TICK: Duration = Duration::from_millis(10);

/// How long a process has computed since its start.
pub(crate) fn cpu(process: u32) -> Option<Duration> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name of the program, in brackets, may hold anything.
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks = |place| fields.split_whitespace().nth(place)?.parse::<u32>().ok();
    Some(TICK * (ticks(11)? + ticks(12)?))
}

/// The process that started another.
pub(crate) fn parent(process: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    fields.split_whitespace().nth(1)?.parse().ok()
}

/// The cores that this process may run on.
pub(crate) fn cores() -> Option<Vec<u32>> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let mut lines = status.lines();
    let list = lines.find_map(|line| line.strip_prefix("Cpus_allowed_list:"))?;
    let mut cores = Vec::new();
    for range in list.trim().split(',') {
        let (low, high) = range.split_once('-').unwrap_or((range, range));
        cores.extend(low.parse::<u32>().ok()?..=high.parse().ok()?);
    }
    Some(cores)
}

/// How long all cores together have computed since the machine's start.
pub(crate) fn machine() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/stat").ok()?;
    let fields: Vec<f64> = stat
        .lines()
        .next()?
        .split_whitespace()
        .skip(1)
        .filter_map(|field| field.parse().ok())
        .collect();
    // User, nice and system; neither idle nor waiting; interrupts and what
    // other machines have stolen.
    let busy = fields.get(..3)?.iter().sum::<f64>() + fields.get(5..8)?.iter().sum::<f64>();
    Some(TICK.mul_f64(busy))
}

/// The memory that a process has at present, in bytes.
pub(crate) fn resident(process: u32) -> Option<u64> {
    status(process, "VmRSS:")
}

/// The most memory that a process has had, in bytes.
pub(crate) fn peak(process: u32) -> Option<u64> {
    status(process, "VmHWM:")
}

fn status(process: u32, name: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

/// The processes by which a PostgreSQL server on this machine serves a
/// database. They say so in their titles.
pub(crate) fn backends(database: &str) -> Vec<u32> {
    let serves = |process: &u32| {
        let title = fs::read(format!("/proc/{process}/cmdline")).unwrap_or_default();
        let title = String::from_utf8_lossy(&title).into_owned();
        title.starts_with("postgres: ") && title.contains(&format!(" {database} "))
    };
    let Ok(entries) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter(serves)
        .collect()
}
