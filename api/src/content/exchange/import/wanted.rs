//! An article as the input wants it, beside what is stored of it.

use masthead_entities::{article, article_translation};
use sea_orm::{NotSet, Set};

use crate::content::exchange::record::Article;
use crate::content::exchange::store::articles::Stored;

/// An article, what it refers to, and what is stored of it.
pub(super) struct Wanted {
    pub(super) line: u64,
    pub(super) article: Article,
    pub(super) issue: i64,
    pub(super) topic: i64,
    pub(super) authors: Vec<i64>,
    pub(super) stored: Option<Stored>,
}

impl Wanted {
    pub(super) const fn place(&self) -> (i64, i32) {
        (self.issue, self.article.position)
    }

    pub(super) fn stored_place(&self) -> Option<(i64, i32)> {
        let stored = self.stored.as_ref()?;
        Some((stored.facts.issue_id, stored.facts.position))
    }

    pub(super) fn words(&self, locale: &str) -> Option<&article_translation::Model> {
        let mut words = self.stored.as_ref()?.translations.iter();
        words.find(|words| words.locale == locale)
    }

    /// The stored translations that the record does not name.
    pub(super) fn unnamed(&self) -> impl Iterator<Item = &article_translation::Model> {
        let named = &self.article.translations;
        self.stored
            .iter()
            .flat_map(|stored| &stored.translations)
            .filter(|words| named.iter().all(|(locale, _)| *locale != words.locale))
    }

    pub(super) fn facts_differ(&self) -> bool {
        self.stored.as_ref().is_none_or(|Stored { facts, .. }| {
            self.place() != (facts.issue_id, facts.position)
                || facts.topic_id != self.topic
                || facts.trend != self.article.trend
                || facts.original_locale != self.article.original_locale
        })
    }

    pub(super) fn byline_differs(&self) -> bool {
        let stored = self.stored.as_ref().map(|stored| stored.authors.as_slice());
        stored.unwrap_or_default() != self.authors
    }

    pub(super) fn row(&self, id: Option<i64>) -> article::ActiveModel {
        article::ActiveModel {
            id: id.map_or(NotSet, Set),
            key: Set(self.article.key.clone()),
            issue_id: Set(self.issue),
            position: Set(self.article.position),
            topic_id: Set(self.topic),
            trend: Set(self.article.trend),
            original_locale: Set(self.article.original_locale.clone()),
            version: Set(self
                .stored
                .as_ref()
                .map_or(1, |stored| stored.facts.version + 1)),
        }
    }
}
