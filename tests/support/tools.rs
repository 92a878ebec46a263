//! Other programs that some tests need, and that not every machine has.

use std::io::Write as _;
use std::path::PathBuf;

/// The folder that `MASTHEAD_TEST_{name}` names, as `.ci/run` fills it, if
/// `mark` is in it. `None`: the run leaves out `what`, and says so.
///
/// # Panics
/// If it is not there, and `MASTHEAD_TEST_REQUIRE_{name}` is set.
#[must_use]
pub fn tools(name: &str, mark: &str, what: &str) -> Option<PathBuf> {
    let folder = std::env::var_os(format!("MASTHEAD_TEST_{name}")).map(PathBuf::from);
    let found = folder.filter(|folder| folder.join(mark).exists());
    if found.is_none() {
        let required = std::env::var_os(format!("MASTHEAD_TEST_REQUIRE_{name}"));
        let is_required = required.is_some_and(|value| !value.is_empty() && value != "0");
        assert!(!is_required, "what it takes is not installed: {what}");
        let text = format!("this run leaves out {what}: what it takes is not installed");
        drop(writeln!(std::io::stderr(), "\n{text}\n"));
    }
    found
}
