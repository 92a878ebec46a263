//! What a command says to the person who gave it.

use std::io::{self, Write};

use crate::error::causes;

/// Print a line to standard output.
pub(super) fn say(line: impl std::fmt::Display) -> io::Result<()> {
    writeln!(io::stdout(), "{line}")
}

/// Print `error` and its causes to standard error, one a line.
pub(super) fn error(error: &anyhow::Error) -> io::Result<()> {
    let mut stderr = io::stderr().lock();
    writeln!(stderr, "error: {error}")?;
    for cause in causes(error.as_ref()) {
        writeln!(stderr, "  because: {cause}")?;
    }
    Ok(())
}
