//! What is measured, as tables in Markdown on standard output.

use std::fmt::Display;
use std::io::{self, Write};
use std::time::Duration;

/// Print a line.
///
/// # Errors
/// If nobody reads.
pub(crate) fn say(line: impl Display) -> anyhow::Result<()> {
    Ok(writeln!(io::stdout(), "{line}")?)
}

/// Rows under their heads. The first column is text, the others are figures.
#[derive(Debug)]
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without rows.
    pub(crate) fn of(heads: &[&str]) -> Self {
        let heads = heads.iter().map(|head| (*head).to_owned()).collect();
        Self { rows: vec![heads] }
    }

    pub(crate) fn push(&mut self, row: Vec<String>) {
        self.rows.push(row);
    }

    /// Print it.
    ///
    /// # Errors
    /// If nobody reads.
    pub(crate) fn say(&self) -> anyhow::Result<()> {
        let widths: Vec<usize> = (0..self.rows[0].len())
            .map(|column| {
                let cells = self.rows.iter().map(|row| row[column].chars().count());
                cells.max().unwrap_or_default()
            })
            .collect();
        for (number, row) in self.rows.iter().enumerate() {
            let cells = row.iter().zip(&widths).enumerate();
            let cells: Vec<String> = cells
                .map(|(column, (cell, width))| match column {
                    0 => format!("{cell:<width$}"),
                    _ => format!("{cell:>width$}"),
                })
                .collect();
            say(format_args!("| {} |", cells.join(" | ")))?;
            if number == 0 {
                let rules = widths.iter().enumerate().map(|(column, width)| {
                    let rule = "-".repeat(width - 1);
                    if column == 0 {
                        format!("{rule}-")
                    } else {
                        format!("{rule}:")
                    }
                });
                say(format_args!(
                    "| {} |",
                    rules.collect::<Vec<_>>().join(" | ")
                ))?;
            }
        }
        Ok(())
    }
}

/// A figure, or a dash where this system does not tell it.
pub(crate) fn figure(value: Option<impl Display>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| value.to_string())
}

/// Bytes as megabytes.
pub(crate) fn megabytes(bytes: Option<u64>) -> String {
    figure(bytes.map(|bytes| format!("{:.0}", bytes as f64 / 1e6)))
}

/// A time in milliseconds.
pub(crate) fn milliseconds(time: Duration) -> String {
    format!("{:.2}", time.as_secs_f64() * 1e3)
}

/// One figure in relation to another, where both are known.
pub(crate) fn ratio(of: Option<f64>, to: Option<f64>) -> Option<f64> {
    to.filter(|to| *to > 0.0).and_then(|to| Some(of? / to))
}
