//! What is wrong with an input, line by line.

use std::collections::HashSet;
use std::fmt;

use super::fields::Problem;
use super::record::Name;

/// How many faults are shown, at most; all are counted.
pub const MAX_SHOWN: usize = 100;

/// One field of one record that can't be taken as it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The line in the input, from 1.
    pub line: u64,
    /// What the record is about, such as `issue 423`; empty if that can't be
    /// told.
    pub record: String,
    /// The field's path, such as `translations.be.slug`; empty: the record.
    pub field: String,
    /// What is wrong, and what would be right.
    pub problem: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "line {}", self.line)?;
        for part in [&self.record, &self.field] {
            if !part.is_empty() {
                write!(formatter, ", {part}")?;
            }
        }
        write!(formatter, ": {}", self.problem)
    }
}

/// All that is wrong with an input.
#[derive(Debug, Default)]
pub struct Faults {
    first: Vec<Fault>,
    count: u64,
    lines: HashSet<u64>,
}

impl Faults {
    /// The first hundred, by line.
    #[must_use]
    pub fn shown(&self) -> &[Fault] {
        &self.first
    }

    /// How many there are.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// How many records have one.
    #[must_use]
    pub fn records(&self) -> usize {
        self.lines.len()
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub(super) fn add(&mut self, line: u64, name: Option<&Name>, problem: Problem) {
        self.count += 1;
        self.lines.insert(line);
        self.first.push(Fault {
            line,
            record: name.map(ToString::to_string).unwrap_or_default(),
            field: problem.field,
            problem: problem.what,
        });
        if self.first.len() >= 2 * MAX_SHOWN {
            self.cut();
        }
    }

    /// Put them in the order of the lines.
    pub(super) fn cut(&mut self) {
        self.first.sort_by_key(|fault| fault.line);
        self.first.truncate(MAX_SHOWN);
    }
}

impl fmt::Display for Faults {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (count, records) = (self.count, self.records());
        let faults = if count == 1 { "fault" } else { "faults" };
        let lines = if records == 1 { "line" } else { "lines" };
        write!(
            formatter,
            "{count} {faults} in {records} {lines} of the input; nothing was applied"
        )?;
        for fault in &self.first {
            write!(formatter, "\n  {fault}")?;
        }
        let hidden = count - self.first.len() as u64;
        if hidden > 0 {
            write!(formatter, "\n  and {hidden} more")?;
        }
        Ok(())
    }
}
