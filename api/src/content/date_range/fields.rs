//! A date that is written, part by part.

use std::fmt::{self, Write};

use icu_datetime::parts::{DAY, MONTH, YEAR};
use writeable::{Part, PartsWrite, Writeable};

/// What a part of a written date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Day,
    Month,
    Year,
    /// What stands between the others.
    Between,
}

/// A part of a written date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) kind: Kind,
    pub(super) text: String,
}

/// The parts of a date, in the order in which they are written; `None` if it
/// can't be written.
pub(super) fn fields(date: &impl Writeable) -> Option<Vec<Field>> {
    let mut writer = Writer {
        fields: Vec::new(),
        kind: Kind::Between,
    };
    date.write_to_parts(&mut writer).ok()?;
    Some(writer.fields)
}

struct Writer {
    fields: Vec<Field>,
    kind: Kind,
}

impl Write for Writer {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        match self.fields.last_mut() {
            Some(field) if field.kind == self.kind => field.text.push_str(text),
            _ => self.fields.push(Field {
                kind: self.kind,
                text: text.to_owned(),
            }),
        }
        Ok(())
    }
}

impl PartsWrite for Writer {
    type SubPartsWrite = Self;

    fn with_part(
        &mut self,
        part: Part,
        mut write: impl FnMut(&mut Self) -> fmt::Result,
    ) -> fmt::Result {
        let outer = self.kind;
        // The digits of a number are parts, too: they are of what they count.
        self.kind = match part {
            DAY => Kind::Day,
            MONTH => Kind::Month,
            YEAR => Kind::Year,
            _ => outer,
        };
        let written = write(self);
        self.kind = outer;
        written
    }
}
