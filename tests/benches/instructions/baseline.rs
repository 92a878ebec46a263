//! What was counted before.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, ensure};

use crate::say;

/// How much of its baseline a count may be.
const MOST: f64 = 1.1;

/// The counts of `baseline.txt`: a line each, the name and the count.
pub(crate) struct Baseline(Vec<(String, u64)>);

impl Baseline {
    /// Read the file.
    ///
    /// # Errors
    /// If it is not there, or of another form.
    pub(crate) fn read() -> anyhow::Result<Self> {
        let text = fs::read_to_string(file()).context("the baseline can't be read")?;
        let counts = text.lines().map(|line| {
            let (name, count) = line.rsplit_once(' ').context("a line has two words")?;
            Ok((name.to_owned(), count.parse()?))
        });
        Ok(Self(counts.collect::<anyhow::Result<_>>()?))
    }

    /// Write these counts into the file.
    ///
    /// # Errors
    /// If it can't be written.
    pub(crate) fn write(counts: &[(&str, u64)]) -> anyhow::Result<()> {
        let lines = counts
            .iter()
            .map(|(name, count)| format!("{name} {count}\n"));
        let text: String = lines.collect();
        fs::write(file(), &text)?;
        say(format_args!("the baseline is now\n{text}"))
    }

    /// Print how these counts compare.
    ///
    /// # Errors
    /// If one has grown by more than a tenth, or has no baseline.
    pub(crate) fn hold(&self, counts: &[(&str, u64)]) -> anyhow::Result<()> {
        say("instructions an answer, of the baseline:")?;
        let mut grown = Vec::new();
        for (name, count) in counts {
            let known = self.0.iter().find(|(known, _)| known == name);
            let (_, known) = known.with_context(|| format!("\"{name}\" has no baseline"))?;
            let share = *count as f64 / *known as f64;
            say(format_args!(
                "{name:<20} {count:>9} of {known:>9}: {share:.3}"
            ))?;
            if share > MOST {
                grown.push(*name);
            }
        }
        ensure!(
            grown.is_empty(),
            "more than a tenth above the baseline: {}. If that is worth it, write it anew with\n\n    \
             UPDATE_INSTRUCTIONS=1 cargo bench -p masthead-tests --bench instructions\n",
            grown.join(", ")
        );
        Ok(())
    }
}

fn file() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("benches/instructions/baseline.txt")
}
