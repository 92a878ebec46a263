//! What can be told: the types of messages.

use std::fmt;

use async_graphql::Enum;

use crate::change_log::{Change, Thing};

/// What a message tells, by its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Enum)]
#[graphql(name = "WebhookEvent")]
pub enum Event {
    /// `publication.published`: the publication was made.
    PublicationPublished,
    /// `publication.updated`: its name, address, paths, time zone or locales
    /// changed.
    PublicationUpdated,
    /// `issue.published`: readers see an issue in a locale.
    IssuePublished,
    /// `issue.updated`: an issue that readers see changed in a locale.
    IssueUpdated,
    /// `issue.unpublished`: readers see an issue in a locale no longer.
    IssueUnpublished,
    /// `article.published`: readers see an article in a locale.
    ArticlePublished,
    /// `article.updated`: an article that readers see changed in a locale.
    ArticleUpdated,
    /// `article.corrected`: the same, and it has a correction more.
    ArticleCorrected,
    /// `article.unpublished`: readers see an article in a locale no longer.
    ArticleUnpublished,
    /// `topic.published`: readers see a topic in a locale.
    TopicPublished,
    /// `topic.updated`: a topic changed in a locale.
    TopicUpdated,
    /// `topic.unpublished`: readers see a topic in a locale no longer.
    TopicUnpublished,
    /// `author.published`: readers see an author in a locale.
    AuthorPublished,
    /// `author.updated`: an author changed in a locale.
    AuthorUpdated,
    /// `author.unpublished`: readers see an author in a locale no longer.
    AuthorUnpublished,
    /// `ping`: a test, sent when it is asked for.
    Ping,
}

impl Event {
    /// All of them, in the order of the schema.
    pub const ALL: [Self; 16] = [
        Self::PublicationPublished,
        Self::PublicationUpdated,
        Self::IssuePublished,
        Self::IssueUpdated,
        Self::IssueUnpublished,
        Self::ArticlePublished,
        Self::ArticleUpdated,
        Self::ArticleCorrected,
        Self::ArticleUnpublished,
        Self::TopicPublished,
        Self::TopicUpdated,
        Self::TopicUnpublished,
        Self::AuthorPublished,
        Self::AuthorUpdated,
        Self::AuthorUnpublished,
        Self::Ping,
    ];

    /// What tells such an entry of the change log.
    #[must_use]
    pub const fn of(thing: Thing, change: Change) -> Self {
        match (thing, change) {
            (Thing::Publication, Change::Published) => Self::PublicationPublished,
            (Thing::Publication, _) => Self::PublicationUpdated,
            (Thing::Issue, Change::Published) => Self::IssuePublished,
            (Thing::Issue, Change::Unpublished) => Self::IssueUnpublished,
            (Thing::Issue, _) => Self::IssueUpdated,
            (Thing::Article, Change::Published) => Self::ArticlePublished,
            (Thing::Article, Change::Updated) => Self::ArticleUpdated,
            (Thing::Article, Change::Corrected) => Self::ArticleCorrected,
            (Thing::Article, Change::Unpublished) => Self::ArticleUnpublished,
            (Thing::Topic, Change::Published) => Self::TopicPublished,
            (Thing::Topic, Change::Unpublished) => Self::TopicUnpublished,
            (Thing::Topic, _) => Self::TopicUpdated,
            (Thing::Author, Change::Published) => Self::AuthorPublished,
            (Thing::Author, Change::Unpublished) => Self::AuthorUnpublished,
            (Thing::Author, _) => Self::AuthorUpdated,
        }
    }

    /// Its type in a message, and as it is stored.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PublicationPublished => "publication.published",
            Self::PublicationUpdated => "publication.updated",
            Self::IssuePublished => "issue.published",
            Self::IssueUpdated => "issue.updated",
            Self::IssueUnpublished => "issue.unpublished",
            Self::ArticlePublished => "article.published",
            Self::ArticleUpdated => "article.updated",
            Self::ArticleCorrected => "article.corrected",
            Self::ArticleUnpublished => "article.unpublished",
            Self::TopicPublished => "topic.published",
            Self::TopicUpdated => "topic.updated",
            Self::TopicUnpublished => "topic.unpublished",
            Self::AuthorPublished => "author.published",
            Self::AuthorUpdated => "author.updated",
            Self::AuthorUnpublished => "author.unpublished",
            Self::Ping => "ping",
        }
    }

    /// The event of this type; `None`: there is none.
    #[must_use]
    pub fn of_text(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event| event.as_str() == text)
    }
}

impl fmt::Display for Event {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self.as_str())
    }
}
