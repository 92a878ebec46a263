//! What a command says to the person who gave it.

use std::io::{self, Write};

/// Print a line to standard output.
pub(super) fn say(line: impl std::fmt::Display) -> io::Result<()> {
    writeln!(io::stdout(), "{line}")
}

/// Print `error` and its causes to standard error, one a line. A cause that the
/// line above has told already is left out.
pub(super) fn error(error: &anyhow::Error) -> io::Result<()> {
    let mut stderr = io::stderr().lock();
    writeln!(stderr, "error: {error}")?;
    let mut told = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !told.contains(&cause) {
            writeln!(stderr, "  because: {cause}")?;
        }
        told = cause;
    }
    Ok(())
}
