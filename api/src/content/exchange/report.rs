//! What an import or an export did, for people.

use std::fmt;

use super::fault::MAX_SHOWN;

/// What became of the records of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub created: u64,
    pub updated: u64,
    pub unchanged: u64,
    /// Removed because the input did not name them.
    pub removed: u64,
}

/// What an import did. A record counts as updated if its facts or any of its
/// translations changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    pub publication: Counts,
    pub topics: Counts,
    pub authors: Counts,
    pub issues: Counts,
    pub articles: Counts,
    /// Of all the four kinds that have them.
    pub translations: Counts,
    /// Links of the input's bodies that lead to no article.
    pub warnings: Warnings,
}

/// A link of a body to an article that there is not. Readers see its words
/// alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The line in the input, from 1.
    pub line: u64,
    /// The key of the article that has the link.
    pub article: String,
    pub locale: String,
    /// The key that the link names.
    pub target: String,
}

impl fmt::Display for Warning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            line,
            article,
            locale,
            target,
        } = self;
        write!(
            formatter,
            "line {line}, article {article}, {locale}: there is no article {target:?} to link to"
        )
    }
}

/// What an import warns of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Warnings {
    first: Vec<Warning>,
    count: u64,
}

impl Warnings {
    /// The first hundred, by line.
    #[must_use]
    pub fn shown(&self) -> &[Warning] {
        &self.first
    }

    /// How many there are.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }

    pub(super) fn add(&mut self, warning: Warning) {
        self.count += 1;
        if self.first.len() < MAX_SHOWN {
            self.first.push(warning);
        }
    }

    /// Count further ones, which come after all that were added.
    pub(super) const fn add_untold(&mut self, count: u64) {
        self.count += count;
    }
}

impl fmt::Display for Warnings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.count {
            1 => write!(formatter, "1 link leads to no article")?,
            count => write!(formatter, "{count} links lead to no article")?,
        }
        for warning in &self.first {
            write!(formatter, "\n  {warning}")?;
        }
        let hidden = self.count - self.first.len() as u64;
        if hidden > 0 {
            write!(formatter, "\n  and {hidden} more")?;
        }
        Ok(())
    }
}

impl ImportReport {
    /// Whether the database is as it was.
    #[must_use]
    pub fn changed_nothing(&self) -> bool {
        self.kinds()
            .iter()
            .all(|(_, counts)| counts.created + counts.updated + counts.removed == 0)
    }

    /// What changed, by kinds, in one line; empty where nothing did.
    #[must_use]
    pub fn changes(&self) -> String {
        let kinds = self.kinds();
        let changed = kinds.iter().filter_map(|(kind, counts)| {
            let counts = [
                ("created", counts.created),
                ("updated", counts.updated),
                ("removed", counts.removed),
            ];
            let counts = counts.iter().filter(|(_, count)| *count > 0);
            let counts: Vec<String> = counts
                .map(|(what, count)| format!("{count} {what}"))
                .collect();
            (!counts.is_empty()).then(|| format!("{kind}: {}", counts.join(", ")))
        });
        changed.collect::<Vec<_>>().join("; ")
    }

    const fn kinds(&self) -> [(&'static str, Counts); 6] {
        [
            ("publication", self.publication),
            ("topics", self.topics),
            ("authors", self.authors),
            ("issues", self.issues),
            ("articles", self.articles),
            ("translations", self.translations),
        ]
    }
}

impl fmt::Display for ImportReport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "{:12} {:>9} {:>9} {:>9} {:>9}",
            "", "created", "updated", "unchanged", "removed"
        )?;
        for (kind, counts) in self.kinds() {
            let Counts {
                created,
                updated,
                unchanged,
                removed,
            } = counts;
            write!(
                formatter,
                "\n{kind:12} {created:>9} {updated:>9} {unchanged:>9} {removed:>9}"
            )?;
        }
        if self.warnings.count() > 0 {
            write!(formatter, "\n\n{}", self.warnings)?;
        }
        Ok(())
    }
}

/// What an export wrote.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ExportReport {
    pub topics: u64,
    pub authors: u64,
    pub issues: u64,
    pub articles: u64,
    /// The size of the output.
    pub bytes: u64,
}

impl fmt::Display for ExportReport {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            topics,
            authors,
            issues,
            articles,
            bytes,
        } = self;
        write!(
            formatter,
            "wrote the publication, {topics} topics, {authors} authors, {issues} issues and \
             {articles} articles: {bytes} bytes"
        )
    }
}
