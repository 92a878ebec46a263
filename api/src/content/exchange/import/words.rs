//! The words of articles: write the translations that differ.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use masthead_entities::article_translation::{ActiveModel, Model, State};
use sea_orm::{DbErr, NotSet, Set};

use super::wanted::Wanted;
use super::{Importer, count};
use crate::audit::Actor;
use crate::content::article::refresh_public_at_of_articles;
use crate::content::collation::sort_key;
use crate::content::derived::{Words, derive};
use crate::content::exchange::record::{ArticleWords, Name};
use crate::content::exchange::store::translations;
use crate::content::folding::fold;
use crate::content::language::Translated;
use crate::content::revision::keep;

/// What is to be written of the words of a batch.
#[derive(Default)]
struct Writing {
    new: Vec<ActiveModel>,
    changed: Vec<ActiveModel>,
    /// Slugs that were left: the article, the locale, the slug.
    former: Vec<(i64, String, String)>,
    /// Articles that went to another issue.
    moved: Vec<i64>,
    /// All words that are new or changed, their ids still to be found.
    words: Vec<Words>,
}

impl Importer<'_> {
    /// Write the translations that differ, and count what was done.
    pub(super) async fn write_words(
        &mut self,
        wanted: Vec<Wanted>,
        ids: &HashMap<String, i64>,
    ) -> Result<(), DbErr> {
        let mut writing = Writing::default();
        for wanted in wanted {
            let Some(id) = ids.get(&wanted.article.key).copied() else {
                continue;
            };
            let place = wanted.stored_place();
            if place.is_some_and(|(issue, _)| issue != wanted.issue) {
                writing.moved.push(id);
            }
            let is_new = wanted.stored.is_none();
            let pruned = self.prune && wanted.unnamed().next().is_some();
            let differs = pruned || wanted.facts_differ() || wanted.byline_differs();
            let words_differ = self.gather_words(wanted, id, &mut writing);
            if is_new || differs || words_differ {
                self.touched.one(Translated::Article, id);
            }
            let counts = &mut self.report.articles;
            if is_new {
                counts.created += 1;
            } else {
                count(counts, differs || words_differ);
            }
        }
        translations::write_translations(self.tx, writing.new).await?;
        self.write_changed(writing.changed).await?;
        translations::keep_former_slugs(self.tx, writing.former).await?;
        self.derive(writing.words).await?;
        if !writing.moved.is_empty() {
            refresh_public_at_of_articles(self.tx, &writing.moved).await?;
        }
        Ok(())
    }

    /// Write changed translations, and keep what they were.
    async fn write_changed(&self, changed: Vec<ActiveModel>) -> Result<(), DbErr> {
        let ids: Vec<i64> = changed
            .iter()
            .filter_map(|row| row.id.try_as_ref().copied())
            .collect();
        keep(self.tx, Translated::Article, &ids).await?;
        translations::write_translations(self.tx, changed).await
    }

    /// Make what is made of words.
    async fn derive(&self, mut words: Vec<Words>) -> Result<(), DbErr> {
        let articles: Vec<i64> = words.iter().map(|words| words.article_id).collect();
        let mut ids = translations::ids_of(self.tx, &articles).await?;
        for words in &mut words {
            let key = (words.article_id, words.locale.clone());
            words.translation_id = ids.remove(&key).unwrap_or_default();
        }
        derive(self.tx, words).await
    }

    /// Gather what is to be written of one article; whether that is anything.
    fn gather_words(&mut self, wanted: Wanted, article: i64, writing: &mut Writing) -> bool {
        let issue_published_at = self.published.get(&wanted.issue).copied();
        let source = Source::of(&wanted);
        let name = Name::Article(wanted.article.key);
        let stored = wanted.stored.into_iter();
        let mut stored: HashMap<String, Model> = stored
            .flat_map(|stored| stored.translations)
            .map(|words| (words.locale.clone(), words))
            .collect();
        let mut differ = false;
        for (locale, words) in wanted.article.translations {
            let stored = stored.remove(&locale);
            let is_taken = self.tell_taken_slug(&name, &locale, &words, stored.as_ref());
            if !self.is_to_be_written(&words, stored.as_ref(), is_taken) {
                continue;
            }
            differ = true;
            let public_at = public_at(&words, issue_published_at);
            writing.words.push(Words {
                translation_id: 0,
                article_id: article,
                locale: locale.clone(),
                title: words.title.clone(),
                lead: words.lead.clone(),
                body: words.body.clone(),
                public_at,
            });
            let mut row = row(&locale, words, self.now);
            row.source_version = Set(source.version);
            row.article_id = Set(article);
            row.topic_id = Set(wanted.topic);
            row.public_at = Set(public_at);
            let Some(stored) = stored else {
                writing.new.push(row);
                continue;
            };
            if row.slug == NotSet {
                row.slug = Set(self.kept_slug(&stored));
            } else if row.slug != Set(stored.slug.clone()) && !is_taken {
                writing.former.push((article, locale, stored.slug.clone()));
            }
            row.id = Set(stored.id);
            row.version = Set(stored.version + 1);
            if text_differs(&row, &stored) {
                row.text_version = Set(stored.version + 1);
            } else {
                row.text_version = Set(stored.text_version);
                if source.is_same {
                    row.source_version = Set(stored.source_version);
                }
            }
            writing.changed.push(row);
        }
        differ
    }

    /// Whether another article took the slug that a translation leaves, which is
    /// told. Without a slug of its own it keeps the one that it has, and whoever
    /// took that is told at the end.
    fn tell_taken_slug(
        &mut self,
        name: &Name,
        locale: &str,
        words: &ArticleWords,
        stored: Option<&Model>,
    ) -> bool {
        let stored = stored.filter(|_| words.slug.is_some());
        let Some(parked) = stored.and_then(|stored| self.parked_slugs.remove(&stored.id)) else {
            return false;
        };
        let taker = (parked.line, &parked.taker);
        self.tell_former_slug(taker, &parked.slug, Some(locale), name);
        true
    }

    /// Whether a translation is new or another than what is stored; counted.
    fn is_to_be_written(
        &mut self,
        words: &ArticleWords,
        stored: Option<&Model>,
        is_taken: bool,
    ) -> bool {
        let counts = &mut self.report.translations;
        let Some(stored) = stored else {
            counts.created += 1;
            return true;
        };
        let differs = is_taken || words_differ(words, stored);
        count(counts, differs);
        differs
    }

    /// The slug in the row of a translation that keeps its own.
    fn kept_slug(&self, stored: &Model) -> String {
        if self.parked_slugs.contains_key(&stored.id) {
            return translations::parked_slug(stored.id);
        }
        stored.slug.clone()
    }
}

/// The original that the translations of an article are made from.
struct Source {
    /// Its version once the article is written.
    version: i32,
    /// Whether it is in the locale that it was in before.
    is_same: bool,
}

impl Source {
    fn of(wanted: &Wanted) -> Self {
        let locale = &wanted.article.original_locale;
        let stored = wanted.stored.as_ref();
        let is_same = stored.is_some_and(|stored| stored.facts.original_locale == *locale);
        let stored = stored.and_then(|stored| {
            let mut translations = stored.translations.iter();
            translations.find(|words| words.locale == *locale)
        });
        let mut named = wanted.article.translations.iter();
        let named = named.find(|(named, _)| named == locale);
        let version = match (stored, named) {
            (None, _) => 1,
            (Some(stored), Some((_, words))) if words_differ(words, stored) => stored.version + 1,
            (Some(stored), _) => stored.version,
        };
        Self { version, is_same }
    }
}

/// Since when readers see a translation, if they do.
fn public_at(
    words: &ArticleWords,
    issue_published_at: Option<DateTime<Utc>>,
) -> Option<DateTime<Utc>> {
    let issue_published_at = issue_published_at.filter(|_| words.state == State::Published)?;
    Some(words.published_at.unwrap_or(issue_published_at))
}

/// The first version of a translation, but for what it belongs to.
fn row(locale: &str, words: ArticleWords, now: DateTime<Utc>) -> ActiveModel {
    ActiveModel {
        id: NotSet,
        article_id: NotSet,
        topic_id: NotSet,
        locale: Set(locale.to_owned()),
        slug: words.slug.map_or(NotSet, Set),
        folded_title: Set(fold(&words.title)),
        sort_title: Set(sort_key(locale, &words.title)),
        title: Set(words.title),
        lead: Set(words.lead),
        state: Set(words.state),
        published_at: Set(words.published_at),
        public_at: NotSet,
        version: Set(1),
        updated_at: Set(words.updated_at.unwrap_or(now)),
        updated_by: Set(Some(Actor::COMMAND_LINE.to_owned())),
        text_version: Set(1),
        source_version: Set(1),
        approved_at: Set(None),
        approved_by: Set(None),
        body: Set(words.body),
    }
}

fn text_differs(row: &ActiveModel, stored: &Model) -> bool {
    row.title != Set(stored.title.clone())
        || row.lead != Set(stored.lead.clone())
        || row.body != Set(stored.body.clone())
}

fn words_differ(words: &ArticleWords, stored: &Model) -> bool {
    words.slug.as_ref().is_some_and(|slug| *slug != stored.slug)
        || stored.title != words.title
        || stored.lead != words.lead
        || stored.body != words.body
        || stored.state != words.state
        || stored.published_at != words.published_at
        || words
            .updated_at
            .is_some_and(|updated_at| updated_at != stored.updated_at)
}
