//! What an import or an export did, for people.

use std::fmt;

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
}

impl ImportReport {
    /// Whether the database is as it was.
    #[must_use]
    pub fn changed_nothing(&self) -> bool {
        self.kinds()
            .iter()
            .all(|(_, counts)| counts.created + counts.updated + counts.removed == 0)
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
